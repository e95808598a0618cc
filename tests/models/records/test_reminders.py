"""What was done about unpaid dues."""

from datetime import date

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
