"""What care asks for on the Today page: each thing that is due, where it leads, and nothing of illness or money."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from models.database import Database
from models.ledger import View
from models.ledgers.care.changes import review_rows
from models.ledgers.care.today import care_notices
from models.ledgers.notices import Notice
from models.records.care import cases as care_cases
from models.records.care import concerns as care_concerns
from models.records.care import pairings
from models.records.care import rounds as care_rounds
from models.records.care import visits as care_visits
from models.records.members import members
from models.records.members.organisation import branches
from models.rules import care
from models.rules.periods import Month, Period

TODAY = date(2026, 11, 20)
NOVEMBER = Month(2026, 11)
VIEW = View(TODAY, Period(NOVEMBER, NOVEMBER))
EVERYTHING = 99
CANARY = "青山鹦鹉"


def told(session: Session, view: View = VIEW) -> dict[tuple[str, str], Notice]:
    return {(each.who, each.text): each for each in care_notices(session, view, EVERYTHING)}


def taken_in(session: Session, name: str, on: date, **values: Any) -> int:
    member = members.find(session, name)
    case = care_cases.apply(session, {"sort": "困难党员", **values}, on, TODAY, member.id)
    for kind in (care.DISCUSSED, care.POSTED, care.APPROVED, care.TAKEN_IN):
        care_cases.take_step(session, case.id, kind, on, {"until": on, "degree": "一般困难"}, TODAY)
    return case.id


def test_a_review_falls_due_before_the_festival_that_comes(sample: Database) -> None:
    with sample.writing("登记") as session:
        number = taken_in(session, "刘洋", date(2026, 8, 3), health=CANARY, detail=CANARY)
    with sample.reading() as session:
        assert not any("刘洋" in text for _, text in told(session))
        january = told(session, replace(VIEW, today=date(2027, 1, 20)))  # 春节 is on 6 February 2027
        late = told(session, replace(VIEW, today=date(2027, 2, 10)))
    (found,) = [each for (_, text), each in january.items() if text.startswith("春节前：")]
    assert (found.mark[1], found.who, found.key) == ("warn", "帮扶核查", "care")
    assert "刘洋" in found.text
    assert any(text.startswith("已过期：") for _, text in late)
    assert all(each.target != ("cases", number) or "刘洋" in each.text for each in january.values())
    assert CANARY not in repr(january)


def test_a_posting_that_is_over_asks_for_the_next_step(sample: Database) -> None:
    with sample.writing("登记") as session:
        member = members.find(session, "刘洋")
        case = care_cases.apply(session, {"sort": "困难党员"}, date(2026, 11, 2), TODAY, member.id)
        care_cases.take_step(session, case.id, care.DISCUSSED, date(2026, 11, 3), {}, TODAY)
        until = {"until": date(2026, 11, 19)}
        care_cases.take_step(session, case.id, care.POSTED, date(2026, 11, 9), until, TODAY)
    with sample.reading() as session:
        found = told(session)[("公示期满", "可以办下一步：刘洋")]
        assert (found.mark, found.target) == (("1 人", "warn"), ("cases", case.id))
        assert not any(who == "公示期满" for who, _ in told(session, replace(VIEW, today=date(2026, 11, 19))))


def test_what_was_promised_and_is_overdue_is_told_with_its_place(sample: Database) -> None:
    with sample.writing("登记") as session:
        for each in care_visits_open(session):
            care_visits.remove(session, each)
        values = {"name": "钱永年", "on": date(2025, 12, 1), "visitors": "周丽萍", "followup": CANARY}
        visit = care_visits.enter(session, values | {"followup_on": date(2026, 1, 5)}, TODAY)
        number = visit.id
    with sample.reading() as session:
        found = told(session)[("走访后续", "逾期没有办：钱永年")]
        assert (found.mark, found.target) == (("1 件", "bad"), ("ledgers", ("care_visits", number, 2025)))
        assert CANARY not in repr(told(session))


def care_visits_open(session: Session) -> list[int]:
    return [each.id for each in session.query(care_visits.CareVisit).filter_by(done_on=None) if each.followup]


def test_matters_are_told_by_their_kind_and_not_by_what_they_say(sample: Database) -> None:
    with sample.writing("登记") as session:
        for day in (10, 12):
            values = {"matter": CANARY, "kind": "就医", "raised_on": date(2026, 10, day), "due_on": date(2026, 11, day)}
            care_concerns.add(session, values, TODAY)
    with sample.reading() as session:
        (found,) = [each for (who, _), each in told(session).items() if who == "急难愁盼"]
    assert "就医" in found.text
    assert (found.mark[1], found.target) == ("bad", ("ledgers", "care_concerns"))
    assert CANARY not in repr(found)


def test_agreements_and_tasks_that_end_soon(sample: Database) -> None:
    with sample.writing("登记") as session:
        for each in pairings.running(session):
            pairings.change(session, each.id, {"ended_on": TODAY}, TODAY)
        values = {"partner": "示例村", "since": date(2024, 12, 1), "until": date(2026, 12, 1)}
        number = pairings.pair(session, branches(session)[0].id, values, TODAY).id
        task = pairings.add_task(session, number, {"task": CANARY, "due_on": date(2026, 11, 1)}, TODAY).id
    with sample.reading() as session:
        known = told(session)
        other = told(session, replace(VIEW, branch_id=branches(session)[1].id))
    assert known[("结对协议", "快到期：示例村")].target == ("ledgers", ("care_pairings", number))
    assert known[("结对任务", "已逾期：示例村")].target == ("ledgers", ("care_pairing_tasks", task))
    assert not any(who.startswith("结对") for who, _ in other)


@pytest.mark.parametrize(
    ("festival", "year", "last_on", "asks"),
    [
        ("七一", 2026, None, True),
        ("七一", 2026, date(2026, 12, 1), False),
        ("春节", 2027, None, False),
        ("国庆", 2026, None, True),
        ("日常", 2026, None, False),
        ("日常", 2026, date(2026, 11, 1), True),
    ],
)
def test_a_round_left_open_after_its_festival(
    sample: Database, festival: str, year: int, last_on: date | None, asks: bool
) -> None:
    with sample.writing("登记") as session:
        values = {"festival": festival, "year": year, "last_on": last_on, "name": "某次慰问"}
        number = care_rounds.begin(session, values).id
    with sample.reading() as session:
        found = told(session).get(("慰问", "某次慰问还没有办结"))
    assert (found is not None and found.target == ("rounds", number)) is asks


def test_many_things_end_in_one_line_with_a_count(sample: Database) -> None:
    with sample.reading() as session:
        whole = care_notices(session, VIEW, EVERYTHING)
        cut, single = care_notices(session, VIEW, 2), care_notices(session, VIEW, 1)
    assert len(whole) > 3
    assert cut[0] == whole[0]
    assert (len(cut), cut[1].mark[0], cut[1].who) == (2, f"{len(whole) - 1} 项", "另有")
    assert (single[0].mark[0], single[0].target) == (f"{len(whole)} 项", "cases")
    assert [each.mark[1] for each in whole] == sorted(each.mark[1] for each in whole)


def test_no_line_tells_of_money(sample: Database) -> None:
    with sample.writing("登记") as session:
        number = taken_in(session, "刘洋", date(2025, 11, 3))
        care_cases.add_income(session, number, {"source": "工资", "amount": Decimal("76543.21")})
    with sample.reading() as session:
        assert "76" not in repr(care_notices(session, VIEW, EVERYTHING))


@pytest.mark.parametrize("today", [TODAY, date(2026, 12, 20), date(2027, 1, 20), date(2027, 6, 10), date(2027, 9, 1)])
def test_the_reviews_are_those_of_the_ledger(sample: Database, today: date) -> None:
    with sample.writing("登记") as session:
        taken_in(session, "刘洋", date(2026, 8, 3))
    for number in (None, 1):
        with sample.reading() as session:
            branch_id = None if number is None else branches(session)[number].id
            view = replace(VIEW, today=today, branch_id=branch_id)
            due = [row for row in review_rows(session, view) if (row.due_on - today).days <= 30]
            told_of = [each.mark[0] for (who, _), each in told(session, view).items() if who == "帮扶核查"]
        assert sum(int(words.removesuffix(" 人")) for words in told_of) == len(due)
