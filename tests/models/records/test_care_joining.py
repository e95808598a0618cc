"""What is kept of the need of a member who was entered twice: everything goes over, and comes back by undo."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import checks, trail, undo
from models.database import Database
from models.errors import UserError
from models.records.care import cases as care_cases
from models.records.care import donation_drives, donations, volunteering
from models.records.care import funds as care_funds
from models.records.care import handing as care_handing
from models.records.care import rounds as care_rounds
from models.records.care import visits as care_visits
from models.records.care.donations import Donation
from models.records.care.rounds import CareGift, Chosen
from models.records.care.visits import CareVisit
from models.records.care.volunteering import Registration, ServiceEntry
from models.records.members import members, merging
from models.records.members.merging import Choices
from models.records.members.organisation import branches
from models.rules import care

TODAY = date(2026, 11, 20)
HUNDRED = Decimal("100.00")


@pytest.fixture
def twins(sample: Database) -> tuple[int, int]:
    """刘洋 entered a second time."""
    with sample.writing("重复登记") as session:
        kept = members.find(session, "刘洋")
        values = {"name": "刘洋", "birth_date": kept.birth_date, "branch": branches(session)[0].name}
        return kept.id, members.add(session, values).id


def case(session: Session, member_id: int, on: date, **values: Any) -> int:
    return care_cases.apply(session, {"sort": "困难党员", **values}, on, TODAY, member_id).id


def join(sample: Database, twins: tuple[int, int]) -> None:
    with sample.writing("合并") as session:
        merging.merge(session, *twins, Choices(), TODAY)


def test_two_open_cases_become_one_with_the_steps_and_the_household_of_both(
    sample: Database, twins: tuple[int, int]
) -> None:
    with sample.writing("登记") as session:
        own = case(session, twins[0], date(2026, 9, 1), health="慢性病")
        other = case(session, twins[1], date(2026, 8, 1), health="住院", detail="独居", low_income=True)
        care_cases.take_step(session, other, care.DISCUSSED, date(2026, 8, 9), {"degree": "一般困难"}, TODAY)
        for number, born in ((own, None), (other, 1950)):
            values = {"relation": "母亲", "name": "刘母", "birth_year": born}
            care_cases.add_relative(session, number, values)
            care_cases.add_income(session, number, {"source": "工资", "amount": Decimal("60000.00")})
        care_cases.add_income(session, other, {"whose": "刘母", "source": "工资", "amount": Decimal("12000.00")})
        care_cases.change(session, other, {"aid": "2025年春节 500元", "asked": Decimal(2000)})
        care_visits.enter(session, {"on": TODAY, "visitors": "周丽萍"}, TODAY, case_id=other)
    with sample.reading() as session:
        assert merging.plan(session, *twins).joins_cases
    join(sample, twins)
    with sample.reading() as session:
        found = care_cases.open_of(session, twins[0])
        assert found is not None
        assert (found.id, found.health, found.detail, found.low_income) == (own, "慢性病；住院", "独居", True)
        steps = [(step.kind, step.on) for step in care_cases.steps_of(session, own)]
        assert steps == [
            (care.APPLIED, date(2026, 8, 1)), (care.DISCUSSED, date(2026, 8, 9)), (care.APPLIED, date(2026, 9, 1)),
        ]  # fmt: skip
        assert [each.birth_year for each in care_cases.relatives(session, own)] == [1950]
        assert care_cases.income_per_head(session, own) == Decimal("3000.00")
        assert (found.aid, found.asked) == ("2025年春节 500元", Decimal(2000))
        visit = session.scalars(select(CareVisit).where(CareVisit.case_id == own)).one()
        assert visit.member_id == twins[0]
    with sample.writing("撤销") as session:
        undo.undo_last(session, TODAY)
    with sample.reading() as session:
        back = care_cases.open_of(session, twins[1])
        assert back is not None
        assert (back.id, back.health, len(care_cases.steps_of(session, other))) == (other, "住院", 2)
        assert list(trail.differences(session)) == []


def test_incomes_that_contradict_each_other_are_refused(sample: Database, twins: tuple[int, int]) -> None:
    with sample.writing("登记") as session:
        for member_id, amount in zip(twins, ("60000.00", "50000.00"), strict=True):
            number = case(session, member_id, date(2026, 9, 1))
            care_cases.add_income(session, number, {"source": "工资", "amount": Decimal(amount)})
    with pytest.raises(UserError, match=r"家庭收入不同（工资 60,000.00 元和 50,000.00 元）"):
        join(sample, twins)


def test_gifts_of_one_round_stay_both_with_a_word(sample: Database, twins: tuple[int, int]) -> None:
    with sample.writing("登记") as session:
        care_funds.receive(session, {"fund": "工会", "on": TODAY, "amount": Decimal(500)}, TODAY)
        number = care_rounds.begin(session, {"festival": "春节", "year": 2027}).id
        for member_id in twins:
            gift = care_rounds.choose(session, number, Chosen("刘洋", "困难党员", member_id))
            care_rounds.settle(session, gift.id, {}, [("工会", HUNDRED)])
            care_handing.hand_out(session, gift.id, {}, TODAY)
    join(sample, twins)
    with sample.reading() as session:
        found = session.scalars(select(CareGift).where(CareGift.round_id == number).order_by(CareGift.id)).all()
        assert [(each.member_id, each.again) for each in found] == [(twins[0], None), (twins[0], "合并重复登记")]
        assert care_handing.given(session, number) == {"工会": HUNDRED * 2}
    assert checks.check(sample) == []
    with sample.writing("撤销") as session:
        undo.undo_last(session, TODAY)
    with sample.reading() as session:
        again = session.scalars(select(CareGift).where(CareGift.member_id == twins[1])).one()
        assert again.again is None
        assert care_rounds.standing(session, again.id) is not None


def test_donations_registrations_and_services_go_over_and_count_once(sample: Database, twins: tuple[int, int]) -> None:
    service = {"on": date(2026, 5, 9), "content": "防汛巡查", "hours": Decimal(3)}
    with sample.writing("登记") as session:
        drive = donation_drives.begin(session, {"name": "送温暖", "begins": date(2026, 5, 1)}).id
        given = donations.give(session, drive, {"giver": "住户甲", "on": TODAY, "amount": HUNDRED}, TODAY)
        given.member_id = twins[1]
        for member_id, day in zip(twins, (date(2026, 3, 2), date(2026, 3, 1)), strict=True):
            volunteering.serve(session, member_id, None, service, TODAY)
            values = {"community": "示例二社区", "registered_on": day}
            volunteering.register(session, member_id, values, TODAY)
        volunteering.serve(session, twins[1], None, service | {"content": "值守"}, TODAY)
    join(sample, twins)
    with sample.reading() as session:
        assert session.get_one(Donation, given.id).member_id == twins[0]
        mine = session.scalars(
            select(ServiceEntry).where(ServiceEntry.member_id == twins[0], ServiceEntry.on == service["on"])
        )
        assert sorted(each.content for each in mine) == ["值守", "防汛巡查"]
        chosen = select(Registration).where(Registration.member_id == twins[0], Registration.community == "示例二社区")
        assert session.scalars(chosen).one().registered_on == date(2026, 3, 1)
    with sample.writing("撤销") as session:
        undo.undo_last(session, TODAY)
    with sample.reading() as session:
        assert len(session.scalars(select(ServiceEntry).where(ServiceEntry.member_id == twins[1])).all()) == 2
