"""How a case stands in one word, and what goes on when it ends."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from models.database import Database
from models.ledger import View
from models.ledgers.care.cases import case_rows
from models.ledgers.care.changes import CARE_CHANGES, change_rows
from models.ledgers.care.standing import CaseStanding, running, standings, still_running
from models.records.care import cases as care_cases
from models.records.care import rounds as care_rounds
from models.records.care.rounds import Chosen
from models.records.dues import reductions
from models.records.members import members
from models.records.members.members import Member
from models.records.members.organisation import branches
from models.rules import care
from models.rules.periods import Month, Period

TODAY = date(2026, 11, 20)


def test_a_case_that_ended_says_what_goes_on(sample: Database) -> None:
    asked = {"amount": Decimal(5), "from_month": Month(2026, 12), "to_month": Month(2027, 5), "cause": "家人患病"}
    decided = {"applied_on": TODAY, "decided_on": TODAY, "approved_on": TODAY}
    with sample.writing("登记") as session:
        member = members.find(session, "刘洋")
        number = care_cases.apply(session, {"sort": "困难党员"}, TODAY, TODAY, member.id).id
        assert still_running(session, number, TODAY) == ""
        reduction = reductions.save_one(session, member.id, asked)
        assert running(session, member.id, TODAY) == []
        reductions.save_one(session, member.id, decided, reduction.id)
        festive = care_rounds.begin(session, {"festival": "春节", "year": 2027}).id
        care_rounds.choose(session, festive, Chosen("刘洋", "困难党员", member.id))
        care_cases.take_step(session, number, care.CLOSED, TODAY, {"reason": "脱困"}, TODAY)
        said = still_running(session, number, TODAY)
        assert "党费减免还执行到2027年5月" in said
        assert said.endswith("还在2027年春节慰问的名单里，没有发放。")
        assert running(session, member.id, date(2027, 6, 1)) == []


def test_the_latest_case_of_each_member_is_told(sample: Database) -> None:
    with sample.writing("登记") as session:
        member = members.find(session, "刘洋")
        first = care_cases.apply(session, {"sort": "困难党员"}, date(2026, 3, 1), TODAY, member.id).id
        care_cases.take_step(session, first, care.CLOSED, date(2026, 4, 1), {"reason": "脱困"}, TODAY)
        assert standings(session, TODAY, (member.id,)) == {member.id: CaseStanding(first, care.LEFT)}
        second = care_cases.apply(session, {"sort": "困难党员"}, date(2026, 11, 1), TODAY, member.id).id
        assert standings(session, date(2026, 10, 1), (member.id,))[member.id].is_open is False
        now = standings(session, TODAY, select(Member.id))
        assert now[member.id] == CaseStanding(second, "已申请")
        assert members.find(session, "王建国").id not in now


def test_a_case_goes_with_its_member_to_another_branch(sample: Database) -> None:
    view = View(TODAY, Period.of_year(2026))
    with sample.writing("登记") as session:
        member = members.find(session, "刘洋")
        first, second = branches(session)[:2]
        number = care_cases.apply(session, {"sort": "困难党员"}, TODAY, TODAY, member.id).id
        care_cases.bring_forward(session, number, care.TAKEN_IN, TODAY, "一般困难", None, TODAY)
        members.change(session, member.id, {"branch": second.name})
        rows = {row.id: row.branch for row in case_rows(session, view)}
        assert rows[number] == second.name
        assert number in [row.id for row in case_rows(session, replace(view, branch_id=second.id))]
        assert number not in [row.id for row in case_rows(session, replace(view, branch_id=first.id))]
        changes = [row.case_id for row in change_rows(session, replace(view, branch_id=second.id))]
        assert number in changes
        note = CARE_CHANGES.note
        assert callable(note)
        assert f"纳入 {len(changes)} 个" in note(session, replace(view, branch_id=second.id))
