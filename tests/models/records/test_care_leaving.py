"""What becomes of the care for a member who leaves or dies."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from models import trail, undo
from models.database import Database
from models.errors import FieldError
from models.records.care import cases as care_cases
from models.records.care import funds as care_funds
from models.records.care import handing as care_handing
from models.records.care import leaving as care_leaving
from models.records.care import rounds as care_rounds
from models.records.care.cases import CareCase
from models.records.care.rounds import CareGift, Chosen
from models.records.members import members
from models.rules import care

TODAY = date(2026, 11, 20)
DAY = date(2026, 11, 18)
CANARY = "青山鹦鹉"


def case_of(session: Session, on: date) -> int:
    """A case of 刘洋 that was taken in on a day, with wife and son."""
    given = {"sort": "困难党员", "health": CANARY, "detail": CANARY, "helper": "周丽萍", "measures": "每月上门"}
    member_id = members.find(session, "刘洋").id
    number = care_cases.apply(session, given, on, TODAY, member_id).id
    for kind in care.WAY[1:]:
        care_cases.take_step(session, number, kind, on, {"until": on, "degree": "特别困难"}, TODAY)
    for relation, name in (("配偶", "陈静"), ("儿子", "刘小洋")):
        care_cases.add_relative(session, number, {"relation": relation, "name": name})
    return number


def listed(session: Session, festival: str) -> CareGift:
    number = care_rounds.begin(session, {"festival": festival, "year": 2027}).id
    gift = care_rounds.choose(session, number, Chosen("刘洋", "困难党员", members.find(session, "刘洋").id))
    return care_rounds.settle(session, gift.id, {"goods": "大米"}, [])


def test_nothing_is_open_for_most(sample: Database) -> None:
    with sample.reading() as session:
        found = care_leaving.open_matters(session, members.find(session, "刘洋").id)
    assert found == care_leaving.Matters(None, (), (), ())


def test_what_is_open_is_known_before_somebody_leaves(sample: Database) -> None:
    with sample.writing("登记") as session:
        number = case_of(session, date(2026, 9, 1))
        spring, july = listed(session, "春节"), listed(session, "七一")
        handed = care_handing.hand_out(session, july.id, {}, TODAY)
        found = care_leaving.open_matters(session, members.find(session, "刘洋").id)
        assert found == care_leaving.Matters(number, ("陈静", "刘小洋"), (spring.id,), ("2027年春节慰问",))
        care_handing.reverse_handout(session, handed.id, "退回", TODAY)
        assert care_leaving.open_matters(session, members.find(session, "刘洋").id).gifts == (spring.id,)


@pytest.mark.parametrize(("why", "said"), [("去世", "去世"), ("转出", "转出"), ("除名", "其他")])
def test_a_case_ends_with_the_reason_and_never_before_its_last_step(sample: Database, why: str, said: str) -> None:
    with sample.writing("登记") as session:
        number = case_of(session, date(2026, 11, 19))
        ended = care_leaving.end_case(session, number, why, DAY, TODAY)
        assert (ended.kind, ended.on, ended.reason) == (care.CLOSED, date(2026, 11, 19), said)


def test_the_family_of_one_who_died_goes_on_being_helped(sample: Database) -> None:
    with sample.writing("登记") as session:
        number = case_of(session, date(2026, 9, 1))
    with sample.writing("登记刘洋去世") as session:
        with pytest.raises(FieldError, match="由谁代表家庭"):
            care_leaving.hand_to_family(session, number, None, DAY, TODAY)
        family = care_leaving.hand_to_family(session, number, "陈静", DAY, TODAY).id
    with sample.reading() as session:
        made = care_cases.find(session, family)
        assert (made.member_id, made.name, made.sort) == (None, "陈静", "因公牺牲或去世党员家庭")
        assert (made.helper, made.measures, made.health, made.detail) == ("周丽萍", "每月上门", None, None)
        steps = [(step.kind, step.on, step.degree) for step in care_cases.steps_of(session, family)]
        assert steps == [(care.APPLIED, DAY, None), (care.TAKEN_IN, DAY, "特别困难")]
        assert [each.name for each in care_cases.relatives(session, family)] == ["刘小洋"]
        assert care_cases.steps_of(session, number)[-1].kind == care.CLOSED
    with sample.writing("撤销") as session:
        undo.undo_last(session, TODAY)
    with sample.reading() as session:
        assert session.get(CareCase, family) is None
        assert care_cases.steps_of(session, number)[-1].kind == care.TAKEN_IN
        assert list(trail.differences(session)) == []


def test_a_gift_that_waits_is_dropped_or_taken_by_the_family(sample: Database) -> None:
    with sample.writing("登记") as session:
        care_funds.receive(session, {"fund": "工会", "on": DAY, "amount": 100}, TODAY)
        spring, july = listed(session, "春节"), listed(session, "七一")
        members.leave(session, spring.member_id or 0, "去世", DAY)
        care_leaving.drop_gifts(session, (spring.id,))
        with pytest.raises(FieldError, match="已去世"):
            care_handing.hand_out(session, july.id, {}, TODAY)
        proxy = {"receiver": "陈静", "relation": "配偶", "word": "家属代领"}
        assert care_handing.hand_out(session, july.id, proxy, TODAY).receiver == "陈静"
        assert session.get(CareGift, spring.id) is None
