"""What was done about unpaid dues: notes in order, deadlines, corrections, and reasons that stop the run."""

from collections.abc import Mapping
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.database import Database
from models.errors import FieldError, UserError
from models.ledger import View
from models.ledgers.dues.arrears_paper import arrears_sheets, has_reached
from models.ledgers.dues.ladder import EXCUSED, STAGES, ArrearsRow, arrears_rows, note_rows, rungs
from models.ledgers.dues.owed import owed_months
from models.ledgers.dues.owed import run as run_of
from models.records.dues import months, payments, reminders, standing
from models.records.dues.payments import Collection
from models.records.dues.reminders import ACCEPTED
from models.records.members import members
from models.rules.periods import Month, PartialDate, Period
from models.undo import undo_last
from tests import founded

DAY = date(2026, 11, 23)
MAY, NOVEMBER = Month(2026, 5), Month(2026, 11)
SIX = [MAY + number for number in range(1, 7)]


@pytest.fixture
def owing(database: Database) -> Database:
    """One member who pays nothing from June to November 2026."""
    with database.writing("欠交") as session:
        member = {"name": "张红卫", "birth_date": PartialDate(1980), "dues_base": Decimal(5000)}
        members.add(session, member)
        for month in SIX:
            months.open_month(session, month, month.first_day)
    return database


def row(database: Database, month: Month = NOVEMBER) -> ArrearsRow:
    with database.reading() as session:
        (found,) = arrears_rows(session, View(DAY, Period(month, month)))
        owed = owed_months(session, month)[found.id]
        assert run_of(owed, months.opened(session), month) == found.run
        return found


def note(database: Database, **values: Any) -> int:
    with database.writing("记录") as session:
        wanted: dict[str, Any] = {"on": DAY, "kind": ACCEPTED, "text": "住院"} | values
        return reminders.remind(session, 1, **wanted).id


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


@pytest.mark.parametrize(
    ("values", "field", "why"),
    [
        ({"kind": "谈话", "deadline": date(2026, 11, 1)}, "deadline", "限期早于"),
        ({}, "from_month", "从哪个月起"),
        ({"from_month": NOVEMBER, "to_month": MAY}, "to_month", "早于起始月"),
        ({"from_month": MAY, "to_month": MAY + 2}, "from_month", "重叠"),
        ({"from_month": MAY}, "from_month", "重叠"),
    ],
)
def test_what_says_too_little_is_refused_at_its_field(
    owing: Database, values: Mapping[str, Any], field: str, why: str
) -> None:
    note(owing, from_month=MAY + 1, to_month=MAY + 1)
    with pytest.raises(FieldError, match=why) as refused:
        note(owing, **values)
    assert refused.value.field == field


def test_six_months_lead_to_the_meeting_and_change_nobody(owing: Database):
    found = row(owing)
    assert (found.run, found.count, found.owed, found.stage) == (6, 6, Decimal("300.00"), STAGES[-1])
    with owing.reading() as session:
        assert members.find(session, "张红卫").status == "在册"
        ((number, paper),) = arrears_sheets(session, View(DAY, Period(NOVEMBER, NOVEMBER)))
    assert (number, paper.run, paper.owed, len(paper.months)) == (1, 6, Decimal("300.00"), 6)
    assert has_reached(paper)


def test_a_reason_stops_the_run_and_its_end_begins_a_new_one(owing: Database):
    number = note(owing, from_month=MAY + 2)
    assert (row(owing).run, row(owing).stage, row(owing).count) == (0, EXCUSED, 6)
    with owing.writing("到此为止") as session:
        reminders.change(session, number, {"to_month": MAY + 4})
    assert (row(owing).run, row(owing).stage) == (2, "催交")
    with owing.writing("撤销") as session:
        undo_last(session, DAY)
    assert row(owing).stage == EXCUSED
    with owing.writing("删") as session:
        reminders.remove(session, number)
    assert row(owing).run == 6
    with owing.writing("再删") as session, pytest.raises(UserError, match="可能已经删除"):
        reminders.remove(session, number)


def test_talks_and_deadlines_stand_in_the_ledger_and_on_the_paper(owing: Database):
    note(owing, kind="谈话", text="答应补交", by="王建国", deadline=date(2026, 12, 5))
    note(owing, kind="记录原因", text="本人住院")
    found = row(owing)
    assert (found.talks, found.deadline, found.reminder) == (1, date(2026, 12, 5), "记录原因：本人住院")
    with owing.reading() as session:
        view = View(DAY, Period(NOVEMBER, NOVEMBER))
        ((_, paper),) = arrears_sheets(session, view)
        notes = note_rows(session, View(DAY, Period.of_year(2026)))
    assert paper.done == ((DAY, "谈话（王建国）：答应补交，限 2026-12-05 前交清"),)
    assert paper.reasons == ((DAY, "本人住院"),)
    assert [(each.kind, each.by) for each in notes] == [("谈话", "王建国"), ("记录原因", None)]


def test_every_stage_has_its_rung(owing: Database):
    with owing.reading() as session:
        stages = [arrears_rows(session, View(DAY, Period(month, month)))[0].stage for month in SIX]
        found = rungs(arrears_rows(session, View(DAY, Period(NOVEMBER, NOVEMBER))))
    assert stages == ["未交", "催交", "批评教育", "批评教育", "红色预警", "达到六个月，请支部研究"]
    assert [(each.stage, each.people) for each in found] == [(stage, int(stage == STAGES[-1])) for stage in STAGES]


@settings(max_examples=15, deadline=None)
@given(
    paid=st.sets(st.sampled_from(range(6))),
    spans=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)).map(sorted), max_size=1),
)
def test_the_run_ends_at_the_last_month_paid_or_excused(paid: set[int], spans: list[list[int]]):
    with TemporaryDirectory() as folder, closing(founded.make(Path(folder) / "甲.zbtz", "甲局", DAY)) as database:
        with database.writing("造") as session:
            members.add(session, {"name": "甲", "birth_date": PartialDate(1980), "dues_base": Decimal(5000)})
            for month in SIX:
                months.open_month(session, month, month.first_day)
            for number in paid:
                payments.collect(session, 1, SIX[number], Collection(DAY, "现金"), None, [SIX[number]])
            for first, last in spans:
                reminders.remind(session, 1, DAY, ACCEPTED, "住院", from_month=SIX[first], to_month=SIX[last])
        excused = {number for first, last in spans for number in range(first, last + 1)}
        ends = [number for number in range(6) if number in paid | excused]
        with database.reading() as session:
            books = standing.Books(session)
            assert books.run(books.members[0], NOVEMBER) == 5 - max(ends, default=-1)
