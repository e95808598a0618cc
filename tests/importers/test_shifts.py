"""Cells that slipped under a neighbour's heading: one sentence with the row, and the rows are held back."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from importers import matching
from models.ledgers.members.roster import MEMBERS
from tests.importers.invented import HEAD, book, grid, people, rows_of

ROWS = rows_of(people(6))


def read(*rows):
    return matching.match(book(grid(HEAD, *rows)), MEMBERS)


def moved_left(row):
    """Somebody deleted the cell of the name."""
    return (*row[:1], *row[2:], None)


def moved_right(row):
    """Somebody inserted a cell before the name."""
    return (*row[:1], None, *row[1:-1])


def test_rows_moved_to_the_left_are_said_and_held_back():
    match = read(*ROWS[:3], *map(moved_left, ROWS[3:]))
    assert [row.number for row in match.rows] == [2, 3, 4]
    assert {problem.row for problem in match.problems} == {5, 6, 7}
    assert "“姓名”一列里是性别，像是这一行错了列，请核对。" in {problem.why for problem in match.problems}
    assert "从第 5 行起，“姓名”一列里是性别，像是各列错了位，这样的 3 行没有读入，请核对。" in match.notices


def test_rows_moved_to_the_right_are_held_back():
    match = read(*ROWS[:4], *map(moved_right, ROWS[4:]))
    assert [row.number for row in match.rows] == [2, 3, 4, 5]
    assert any("第 6 行" in notice and "错了位" in notice for notice in match.notices)


def test_numbers_among_the_names_and_dates_among_the_telephones():
    number = ROWS[1][3]
    match = read(ROWS[0], (2, number, "男", number, "2010-05-01", "10000000001"), (*ROWS[2][:5], date(2010, 5, 1)))
    assert [row.number for row in match.rows] == [2]
    whys = {problem.row: problem.why for problem in match.problems}
    assert whys == {
        3: "“姓名”一列里是身份证号，像是这一行错了列，请核对。",
        4: "“联系电话”一列里是日期，像是这一行错了列，请核对。",
    }


def test_one_row_is_said_alone():
    match = read(*ROWS[:3], (*ROWS[3][:5], "2010.05.01"))
    assert match.notices == ("第 5 行，“联系电话”一列里是日期，像是各列错了位，这样的 1 行没有读入，请核对。",)


@given(st.integers(0, len(ROWS) - 1), st.sampled_from([moved_left, moved_right]))
def test_nobody_moved_is_ever_saved_and_nobody_else_is_lost(first, move):
    match = read(*ROWS[:first], *map(move, ROWS[first:]), *ROWS[:1])
    expected = [*range(2, first + 2), len(ROWS) + 2]
    assert [row.number for row in match.rows] == expected
