"""F23: every name stands once on the sheet to be signed; the attendance of any year stands whole on its pages."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from exporters.forms import attendance, sign_in
from models.ledgers.life.attendance_sheet import AttendanceRecord, Line, Meeting
from tests.exporters import pages
from tests.exporters.forms.meeting_records import SIGN_IN


@pytest.mark.parametrize("names", [1, 2, 16, 47, 48, 49, 50, 51, 52, 53, 54, 150])
def test_every_name_stands_once_with_room_for_one_more(tmp_path: Path, names: int) -> None:
    record = replace(SIGN_IN, names=tuple(f"党员甲{n:03d}" for n in range(names)))
    assert sign_in.draw([record], tmp_path / "x.pdf") == frozenset()
    found = pages.texts(tmp_path / "x.pdf")
    assert sorted(re.findall(r"党员甲\d{3}", "".join(found))) == list(record.names)
    assert len(found) == (1 if names <= 52 else 2 if names <= 100 else 3)
    assert f"{names}人" in found[0]


def year(meetings: int, members: int) -> AttendanceRecord:
    held = tuple(
        Meeting(n, date(2026, 1, 2) + timedelta(days=n * 360 // meetings), "支部党员大会") for n in range(meetings)
    )
    lines = tuple(
        Line(n, f"党员甲{n:03d}", "一", 1, {each.id: "√" for each in held}, meetings, meetings, 0, n % 4, 0)
        for n in range(members)
    )
    return AttendanceRecord("第一党支部", 2026, "张红卫", "周丽萍", date(2026, 11, 23), held, lines)


YEARS = [(1, 3, 1), (24, 23, 1), (25, 23, 2), (60, 24, 6), (200, 50, 27)]


@pytest.mark.parametrize(("meetings", "members", "count"), YEARS)
def test_every_meeting_has_its_column_on_every_block_of_members(
    tmp_path: Path, meetings: int, members: int, count: int
) -> None:
    assert attendance.draw([year(meetings, members)], tmp_path / "x.pdf") == frozenset()
    found = pages.texts(tmp_path / "x.pdf")
    assert len(found) == count
    body = [text.replace("√出席", "") for text in found]
    assert sum(text.count("√") for text in body) == meetings * members
    assert "".join(found).count("100.0%") == members
    assert [f"第 {n} 页　共 {count} 页" in text for n, text in enumerate(found, 1)] == [True] * count


def test_who_was_absent_three_times_is_named_for_it(tmp_path: Path) -> None:
    attendance.draw([year(12, 8)], tmp_path / "x.pdf")
    (text,) = pages.texts(tmp_path / "x.pdf")
    assert text.count("无故缺席3次") == 2
    assert "无故缺席2次" not in text
