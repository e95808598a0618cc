"""Rows in bulk: what the driver is handed is what the record would have been kept as, and the trail agrees."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from models import audit, checks, trail
from models.audit import ADD, CHANGE, REMOVE, AuditedSession, Line, Operation
from models.bulk import Columns
from models.database import Database
from models.records.dues import months
from models.records.dues.months import Due
from models.records.members import members
from models.records.members.members import Member
from models.rules.periods import Month, PartialDate

NOVEMBER, DAY = Month(2026, 11), date(2026, 11, 20)
_VALUES = st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
LINES = st.lists(
    st.builds(Line, st.sampled_from(["dues", "members"]), st.integers(1, 9**9), st.sampled_from([ADD, CHANGE, REMOVE]),
              _VALUES, _VALUES),
    max_size=6,
)  # fmt: skip


def roster(database: Database, people: int) -> None:
    with database.writing("加人") as session:
        for number in range(people):
            base = Decimal(3000 + number % 3) if number % 7 else None
            members.add(session, {"name": f"甲{number}", "birth_date": PartialDate(1980), "dues_base": base})


def test_stored_values_come_back_as_they_were(database: Database):
    names = ("joined_on", "dues_base", "dues_from", "name", "left_on")
    values = (PartialDate(1999, 5), Decimal("7420.50"), NOVEMBER, "张红卫", None)
    with database.reading() as session:
        columns = Columns(session, Member, names)
        assert columns.stored(values) == ("1999-05", 742050, "2026-11", "张红卫", None)
        row = columns.loaded(columns.stored(values))
    assert tuple(getattr(row, name) for name in names) == values


@given(lines=LINES, title=st.text(st.characters(exclude_categories=["Cs"]), max_size=9), undoes=st.none() | st.just(3))
def test_the_chain_of_an_operation_is_what_each_line_gives_alone(lines: list[Line], title: str, undoes: int | None):
    operation = Operation(id=7, at="2026-11-20T08:00:00", actor="周丽萍", title=title, undoes_id=undoes)
    session = AuditedSession()
    session.lines = lines
    previous = "ab" * 32
    for line, row in zip(lines, audit.chain(session.lines, operation, previous), strict=True):
        previous = audit.chained(previous, audit.told(operation), line)
        assert row == (7, *line, previous)


def test_a_month_of_very_many_keeps_every_due_with_its_line(database: Database):
    roster(database, 2500)
    with database.writing("开账") as session:
        opening = months.open_month(session, NOVEMBER, DAY)
    with database.reading() as session:
        dues = session.scalars(select(Due).order_by(Due.id)).all()
        trail_whole = trail.break_in_chain(session)
    assert (opening.added, len(opening.unassessed)) == (2142, 358)
    assert [due.id for due in dues] == list(range(1, 2143))
    assert {due.amount for due in dues} == {Decimal("15.00"), Decimal("30.00")}
    assert dues[0].working == "3001.00 × 1% = 30.01，四舍五入到角 30.00"
    assert (trail_whole, checks.check(database)) == (None, [])
