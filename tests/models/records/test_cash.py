"""The cash of a collection: counted, its difference explained before the month closes, handed over."""

from datetime import date
from decimal import Decimal

import pytest

from models.database import Database
from models.errors import FieldError, UserError
from models.records.dues import cash, months, payments, remittances
from models.records.dues.payments import Collection
from models.records.members import members
from models.rules.periods import Month, PartialDate

DAY = date(2026, 11, 23)
NOVEMBER = Month(2026, 11)


def test_a_count_of_the_same_day_replaces_the_one_before(database: Database):
    with database.writing("点钞") as session:
        booked = Decimal("136.30")
        assert cash.count_cash(session, DAY, {Decimal(100): 1, Decimal("0.10"): 3}, booked) == Decimal("-36.00")
        assert cash.count_cash(session, DAY, {Decimal(50): 3}, booked, "找零另放") == Decimal("13.70")
        with pytest.raises(FieldError, match="负数"):
            cash.count_cash(session, DAY, {Decimal(50): -1}, booked)
    with database.reading() as session:
        kept = cash.cash_count(session, DAY)
        assert kept is not None
        assert (kept.counted, kept.remark) == (Decimal("150.00"), "找零另放")
        assert cash.counted_pieces(kept) == {Decimal(50): 3}
        assert cash.cash_count(session, date(2026, 11, 24)) is None


def test_an_explanation_stays_with_its_difference(database: Database):
    booked = Decimal("150.00")
    with database.writing("点钞") as session:
        with pytest.raises(UserError, match="还没有点"):
            cash.explain(session, DAY, booked, "少收一元")
        cash.count_cash(session, DAY, {Decimal(50): 2}, booked)
        with pytest.raises(FieldError, match="写明差额"):
            cash.explain(session, DAY, booked, "  ")
        cash.explain(session, DAY, booked, " 五十元找零未还 ")
        cash.count_cash(session, DAY, {Decimal(100): 1}, booked)
        kept = cash.cash_count(session, DAY)
        assert kept is not None
        assert kept.remark == "五十元找零未还"
        cash.count_cash(session, DAY, {Decimal(50): 3}, booked)
        assert kept.remark is None
        with pytest.raises(UserError, match="没有差额"):
            cash.explain(session, DAY, booked, "x")


def test_a_month_does_not_close_over_an_unexplained_difference(database: Database):
    with database.writing("收缴") as session:
        members.add(session, {"name": "张红卫", "birth_date": PartialDate(1980), "dues_base": Decimal("5000.00")})
        months.open_month(session, NOVEMBER, DAY)
        payments.collect(session, 1, NOVEMBER, Collection(DAY))
        remittances.remit(session, NOVEMBER, DAY, "V-1")
        cash.count_cash(session, DAY, {Decimal(20): 2, Decimal(5): 1}, Decimal("50.00"))
        with pytest.raises(UserError, match=r"实点比账面少 5\.00 元，请先查清"):
            remittances.close_month(session, NOVEMBER, DAY)
        cash.explain(session, DAY, Decimal("50.00"), "收缴人次日补齐")
        remittances.close_month(session, NOVEMBER, DAY)


def test_cash_is_handed_from_one_to_another(database: Database):
    with database.writing("点钞") as session:
        with pytest.raises(UserError, match="还没有点"):
            cash.hand_over(session, DAY, DAY, "周丽萍", "张红卫")
        cash.count_cash(session, DAY, {Decimal(50): 3}, Decimal("151.00"))
        with pytest.raises(UserError, match="先写明原因"):
            cash.hand_over(session, DAY, DAY, "周丽萍", "张红卫")
        cash.explain(session, DAY, Decimal("151.00"), "少一元")
        for giver, receiver, field, why in (
            (" ", "张红卫", "giver", "交出人"),
            ("周丽萍", "", "receiver", "接收人"),
            ("周丽萍", "周丽萍 ", "receiver", "两个人"),
        ):
            with pytest.raises(FieldError, match=why) as refusal:
                cash.hand_over(session, DAY, DAY, giver, receiver)
            assert refusal.value.field == field
        done = cash.hand_over(session, DAY, DAY, "周丽萍", "张红卫")
        cash.count_cash(session, DAY, {}, Decimal("151.00"), "已交出")
        assert (done.amount, cash.counted_pieces(done)) == (Decimal("150.00"), {Decimal(50): 3})
        with pytest.raises(UserError, match="是零"):
            cash.hand_over(session, DAY, DAY, "周丽萍", "张红卫")
