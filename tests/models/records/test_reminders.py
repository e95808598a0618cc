"""What was done about unpaid dues, and the count of the cash drawer."""

from datetime import date
from decimal import Decimal

import pytest

from models.database import Database
from models.errors import FieldError, UserError
from models.records import members, reminders
from models.rules.periods import PartialDate

DAY = date(2026, 11, 23)


def test_reminders_are_kept_in_order(database: Database):
    with database.writing("催交") as session:
        members.add(session, {"name": "张红卫", "birth_date": PartialDate(1980)})
        reminders.remind(session, 1, date(2026, 11, 25), "谈话", "答应月底交")
        reminders.remind(session, 1, DAY, "提醒", " 打了电话 ")
        for kind, text, why in (("通报", "x", "种类应为"), ("提醒", "  ", "写明情况")):
            with pytest.raises(FieldError, match=why):
                reminders.remind(session, 1, DAY, kind, text)
        with pytest.raises(UserError, match="没有编号为 9"):
            reminders.remind(session, 9, DAY, "提醒", "x")
    with database.reading() as session:
        assert [each.text for each in reminders.of_member(session, 1)] == ["打了电话", "答应月底交"]


def test_a_count_of_the_same_day_replaces_the_one_before(database: Database):
    with database.writing("点钞") as session:
        booked = Decimal("136.30")
        assert reminders.count_cash(session, DAY, {Decimal(100): 1, Decimal("0.10"): 3}, booked) == Decimal("-36.00")
        assert reminders.count_cash(session, DAY, {Decimal(50): 3}, booked, "找零另放") == Decimal("13.70")
        with pytest.raises(FieldError, match="负数"):
            reminders.count_cash(session, DAY, {Decimal(50): -1}, booked)
    with database.reading() as session:
        kept = reminders.cash_count(session, DAY)
        assert kept is not None
        assert (kept.counted, kept.remark) == (Decimal("150.00"), "找零另放")
        assert reminders.counted_pieces(kept) == {Decimal(50): 3}
        assert reminders.cash_count(session, date(2026, 11, 24)) is None
