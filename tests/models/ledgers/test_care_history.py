"""The history of one person: every record that tells of it, by day, each with where it stands."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from models.database import Database
from models.ledgers.care.history import Event, timeline
from models.records.care import cases as care_cases
from models.records.care import concerns as care_concerns
from models.records.care import donation_drives, donations, helped
from models.records.care import funds as care_funds
from models.records.care import handing as care_handing
from models.records.care import rounds as care_rounds
from models.records.care import visits as care_visits
from models.records.care.rounds import Chosen
from models.records.dues import reductions
from models.records.members import members
from models.rules import care
from models.rules.periods import Month

TODAY = date(2026, 11, 20)


@pytest.fixture
def case_id(sample: Database) -> int:
    with sample.writing("登记帮扶申请") as session:
        member = members.find(session, "刘洋")
        return care_cases.apply(session, {"sort": "困难党员"}, date(2026, 1, 5), TODAY, member.id).id


def only(session: Session, case_id: int, kind: str) -> Event:
    (found,) = [event for event in timeline(session, case_id) if event.kind == kind]
    return found


def given(session: Session, case_id: int, **values: Any) -> tuple[int, int]:
    """A round of 春节 with a gift of two sources that was handed out."""
    care_funds.receive(session, {"fund": "工会", "on": date(2026, 1, 6), "amount": Decimal(900)}, TODAY)
    care_funds.receive(session, {"fund": "捐赠", "on": date(2026, 1, 6), "amount": Decimal(900)}, TODAY)
    number = care_rounds.begin(session, {"festival": "春节", "year": 2026, "name": "某次慰问", **values}).id
    gift = care_rounds.choose(session, number, Chosen("刘洋", "困难党员", members.find(session, "刘洋").id, case_id))
    goods = {"goods": "大米", "quantity": Decimal(2), "unit": "袋"}
    care_rounds.settle(session, gift.id, goods, [("工会", Decimal(300)), ("捐赠", Decimal(200))])
    proxy = {"on": date(2026, 2, 9), "receiver": "刘小洋", "relation": "子女"}
    return number, care_handing.hand_out(session, gift.id, proxy, TODAY).id


def test_a_gift_tells_its_sources_its_proxy_and_its_round(sample: Database, case_id: int) -> None:
    with sample.writing("登记") as session:
        number, handout = given(session, case_id)
        found = only(session, case_id, "慰问")
        assert found.on == date(2026, 2, 9)
        assert found.place is not None
        assert found.place[1][1][0] == number
        for words in ("某次慰问", "500.00 元", "工会 300.00", "捐赠 200.00", "大米 2 袋", "由刘小洋（子女）代领"):
            assert words in found.detail
        care_handing.reverse_handout(session, handout, "登记有误", date(2026, 2, 10))
        assert only(session, case_id, "慰问冲销").detail == "某次慰问　登记有误"


def test_a_gift_that_waits_is_told_once_its_round_has_a_day(sample: Database, case_id: int) -> None:
    with sample.writing("登记") as session:
        number = care_rounds.begin(session, {"festival": "春节", "year": 2027, "first_on": date(2027, 1, 20)}).id
        care_rounds.choose(session, number, Chosen("刘洋", "困难党员", members.find(session, "刘洋").id))
        found = only(session, case_id, "慰问")
        assert (found.on, found.detail) == (date(2027, 1, 20), "2027年春节慰问　待发放")


def test_a_visit_says_for_which_round_it_was(sample: Database, case_id: int) -> None:
    with sample.writing("登记") as session:
        given(session, case_id)
        values = {"occasion": "春节", "visitors": "周丽萍", "on": date(2026, 2, 9)}
        visit = care_visits.enter(session, values, TODAY, case_id=case_id).id
        care_visits.enter(session, values | {"on": date(2026, 5, 9), "occasion": "住院"}, TODAY, case_id=case_id)
        festive = only(session, case_id, "走访（春节）")
        assert festive.detail == "周丽萍（某次慰问）"
        assert festive.place == ("care", ("ledgers", ("care_visits", visit, 2026)))
        assert only(session, case_id, "走访（住院）").detail == "周丽萍"


@pytest.mark.parametrize(("day", "belongs"), [(8, False), (9, True), (12, True), (13, False)])
def test_a_round_with_days_takes_the_visits_of_those_days(
    sample: Database, case_id: int, day: int, belongs: bool
) -> None:
    with sample.writing("登记") as session:
        given(session, case_id, first_on=date(2026, 2, 9), last_on=date(2026, 2, 12))
        values = {"occasion": "春节", "visitors": "周丽萍", "on": date(2026, 2, day)}
        care_visits.enter(session, values, TODAY, case_id=case_id)
        assert ("某次慰问" in only(session, case_id, "走访（春节）").detail) is belongs


def test_a_reduction_says_how_far_it_is(sample: Database, case_id: int) -> None:
    asked = {"from_month": Month(2026, 12), "to_month": Month(2027, 5), "cause": "家人患病", "applied_on": TODAY}
    with sample.writing("登记") as session:
        member_id = members.find(session, "刘洋").id
        reductions.save_one(session, member_id, asked | {"amount": Decimal(5)})
        found = only(session, case_id, "党费减免")
    assert (found.on, found.detail) == (TODAY, "2026年12月至2027年5月，每月 5.00 元　申请中")
    assert found.place == ("dues", ("dues_reductions", member_id, 2026))


def test_what_came_from_donations_and_what_was_asked_for(sample: Database, case_id: int) -> None:
    with sample.writing("登记") as session:
        branch_id = care_cases.find(session, case_id).branch_id
        drive = donation_drives.begin(session, {"name": "送温暖", "begins": date(2026, 5, 1)}).id
        donations.give(session, drive, {"giver": "住户甲", "on": date(2026, 5, 2), "amount": Decimal(100)}, TODAY)
        passed = {"receiver": "刘洋", "on": date(2026, 5, 3), "amount": Decimal(60)}
        donations.pass_on(session, drive, passed, TODAY)
        wrong = donations.pass_on(session, drive, passed | {"amount": Decimal(7)}, TODAY)
        donations.reverse_handover(session, wrong.id, "记错", TODAY)
        person = {"name": "刘洋", "what": "学费", "on": date(2026, 6, 1), "drive_id": drive}
        helped.add(session, person | {"branch_id": branch_id}, TODAY)
        matter = {"matter": "装扶手", "raised_by": "刘洋", "raised_on": date(2026, 7, 1)}
        care_concerns.add(session, matter, TODAY, branch_id)
        care_concerns.add(session, matter | {"raised_by": "刘洋洋"}, TODAY, branch_id)
        assert only(session, case_id, "捐赠转交").detail == "60.00 元　送温暖"
        assert only(session, case_id, "受助").detail == "学费　送温暖"
        concern = only(session, case_id, "急难愁盼")
    assert concern.detail == "装扶手　还没有销号"
    assert concern.place is not None
    assert concern.place[1][1][0] == "care_concerns"


def test_the_steps_stand_among_the_rest_the_latest_first(sample: Database, case_id: int) -> None:
    with sample.writing("登记") as session:
        given(session, case_id)
        care_cases.take_step(session, case_id, care.CLOSED, date(2026, 3, 1), {"reason": "脱困"}, TODAY)
        assert [event.kind for event in timeline(session, case_id)] == [care.CLOSED, "慰问", care.APPLIED]


def test_steps_of_one_day_stand_the_latest_first(sample: Database, case_id: int) -> None:
    day = date(2026, 1, 6)
    with sample.writing("登记") as session:
        care_cases.take_step(session, case_id, care.DISCUSSED, day, {"degree": "一般困难"}, TODAY)
        care_cases.take_step(session, case_id, care.POSTED, day, {"until": day}, TODAY)
        assert [event.kind for event in timeline(session, case_id)][:2] == [care.POSTED, care.DISCUSSED]
