"""Reductions and exemptions: what an application needs, when it counts, and that months with a due keep it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from models.database import Database
from models.errors import FieldError, UserError
from models.records.dues import assessments, months, reductions
from models.records.dues.standing import Books
from models.records.members import members
from models.records.members.members import Member
from models.records.outcomes import Outcome
from models.rules.periods import Month
from tests.people import id_number

ZHANG, WANG = 1, 2
JULY, DECEMBER = Month(2026, 7), Month(2026, 12)
DECIDED, APPROVED = date(2026, 6, 8), date(2026, 6, 20)
ASKED: dict[str, Any] = {
    "amount": Decimal("20.00"), "from_month": JULY, "to_month": DECEMBER, "cause": "家属重病，医疗支出较大",
    "applied_on": date(2026, 6, 1),
}  # fmt: skip


@pytest.fixture
def branch(database: Database) -> Database:
    """Zhang earns, Wang draws a pension."""
    with database.writing("加人") as session:
        members.add(session, {"name": "张红卫", "id_number": id_number("1980-03-05"), "dues_base": Decimal("7420.00")})
        pension = {"dues_category": "离退休", "dues_base": Decimal("4800.00")}
        members.add(session, {"name": "王建国", "id_number": id_number("1955-03-05")} | pension)
    return database


def apply(database: Database, who: int = ZHANG, number: int | None = None, **values: Any) -> int:
    with database.writing("申请") as session:
        return reductions.save_one(session, who, ASKED | values, number).id


def due(database: Database, who: int, month: Month = JULY) -> str:
    with database.trying() as session:
        months.open_month(session, month, month.first_day)
        return str(Books(session).standing(session.get_one(Member, who), month).due)


def test_in_service_it_counts_from_the_approval_above(branch: Database):  # P22
    number = apply(branch)
    assert due(branch, ZHANG) == "111.30"
    apply(branch, number=number, decided_on=DECIDED)
    assert due(branch, ZHANG) == "111.30"
    apply(
        branch, number=number, decided_on=DECIDED, approved_on=APPROVED, approver="机关党委", approval_no="〔2026〕7号"
    )
    assert (due(branch, ZHANG), due(branch, ZHANG, DECEMBER)) == ("20.00", "20.00")
    assert (due(branch, ZHANG, Month(2026, 6)), due(branch, ZHANG, Month(2027, 1))) == ("111.30", "111.30")
    with branch.reading() as session:
        (made,) = assessments.by_member(session)[ZHANG]
        assert (made.reason, made.approval_no, made.reduction_id) == ("困难减免", "〔2026〕7号", number)


@pytest.mark.parametrize("amount", ["10.00", "0.00"])
def test_of_the_retired_the_branch_decides(branch: Database, amount: str):  # P23
    number = apply(branch, WANG, amount=Decimal(amount))
    assert due(branch, WANG) == "24.00"
    apply(branch, WANG, number, amount=Decimal(amount), decided_on=DECIDED)
    assert due(branch, WANG) == amount


def test_a_refusal_takes_it_away_again(branch: Database):
    number = apply(branch, WANG, amount=Decimal(0), decided_on=DECIDED)
    apply(branch, WANG, number, amount=Decimal(0), decided_on=DECIDED, refused_on=date(2026, 6, 25))
    assert due(branch, WANG) == "24.00"
    with branch.reading() as session:
        assert assessments.by_member(session).get(WANG, []) == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"amount": None}, "amount"),
        ({"amount": Decimal("-1.00")}, "amount"),
        ({"amount": Decimal("111.30")}, "amount"),
        ({"from_month": None}, "from_month"),
        ({"to_month": None}, "to_month"),
        ({"to_month": Month(2026, 6)}, "to_month"),
        ({"cause": "　"}, "cause"),
        ({"decided_on": date(2026, 5, 1)}, "decided_on"),
        ({"decided_on": DECIDED, "approved_on": date(2026, 6, 7)}, "approved_on"),
        ({"decided_on": DECIDED, "approved_on": APPROVED, "refused_on": APPROVED}, "refused_on"),
    ],
)
def test_what_says_too_little_or_contradicts_itself_is_refused(branch: Database, values: dict[str, Any], field: str):
    with pytest.raises(FieldError) as refused:
        apply(branch, **values)
    assert refused.value.field == field


def test_two_applications_do_not_cover_the_same_month(branch: Database):
    apply(branch)
    with pytest.raises(FieldError, match="月份不能重叠"):
        apply(branch, from_month=DECEMBER, to_month=Month(2027, 3))
    apply(branch, from_month=Month(2027, 1), to_month=Month(2027, 3))


def test_its_assessment_is_changed_by_the_application_alone(branch: Database):
    number = apply(branch, WANG, amount=Decimal(0), decided_on=DECIDED)
    with branch.reading() as session:
        made = assessments.by_member(session)[WANG][0].id
    with pytest.raises(UserError, match="少交（免交）台账"), branch.writing("删") as session:
        assessments.remove(session, made)
    with pytest.raises(FieldError, match="少交（免交）台账"), branch.writing("改") as session:
        assessments.save_one(session, WANG, {"amount": Decimal(5)}, made)
    apply(branch, WANG, number, amount=Decimal(5), decided_on=DECIDED)
    assert due(branch, WANG) == "5.00"
    with branch.writing("删") as session:
        reductions.remove(session, number)
    assert due(branch, WANG) == "24.00"


def test_one_entered_by_hand_before_becomes_its_outcome(branch: Database):
    by_hand = {"amount": Decimal(0), "from_month": JULY, "to_month": DECEMBER, "decided_on": DECIDED}
    with branch.writing("核定") as session:
        made = assessments.save_one(session, WANG, by_hand | {"reason": "困难减免"}).id
    number = apply(branch, WANG, amount=Decimal(0), decided_on=DECIDED)
    with branch.reading() as session:
        (only,) = assessments.by_member(session)[WANG]
        assert (only.id, only.reduction_id) == (made, number)


def test_a_month_that_has_its_due_keeps_it(branch: Database):
    with branch.writing("开账") as session:
        months.open_month(session, JULY, DECIDED)
    apply(branch, WANG, amount=Decimal(0), decided_on=DECIDED)
    with branch.reading() as session:
        assert Books(session).standing(session.get_one(Member, WANG), JULY).due == Decimal("24.00")
    assert due(branch, WANG, Month(2026, 8)) == "0.00"


def test_rows_of_a_file_add_repeat_change_and_are_refused(branch: Database):
    def save(*rows: dict[str, Any]) -> list[Outcome]:
        with branch.writing("导入") as session:
            return reductions.save(session, rows)

    row = {"name": "王建国"} | ASKED | {"decided_on": DECIDED}
    assert [each.kind for each in save(row, {"name": "没有的人"} | ASKED)] == ["added", "refused"]
    assert [each.kind for each in save(row)] == ["unchanged"]
    assert [each.kind for each in save(row | {"amount": Decimal(8)})] == ["updated"]
    assert due(branch, WANG) == "8.00"


def test_a_row_that_is_refused_on_its_way_leaves_nothing_behind(branch: Database) -> None:
    """Approved, but for months before any rule: no assessment can come of it, and so no application stays."""
    long_ago = {"from_month": Month(1990, 1), "to_month": Month(1990, 12), "applied_on": None}
    row = ASKED | long_ago | {"name": "张红卫", "decided_on": DECIDED, "approved_on": APPROVED}
    with branch.writing("导入") as session:
        (outcome,) = reductions.save(session, [row])
        assert outcome.kind == "refused", outcome
    with branch.reading() as session:
        assert session.scalars(select(reductions.Reduction)).all() == []
        assert session.scalars(select(assessments.Assessment)).all() == []
