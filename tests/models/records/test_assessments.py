"""Assessments: what is sound, who must have decided it, which one counts, and reading them from a file."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from models.database import Database
from models.errors import FieldError
from models.records.dues import assessments, months, payscale
from models.records.dues.assessments import Assessment
from models.records.dues.standing import Books
from models.records.members import members
from models.records.members.members import Member
from models.records.outcomes import Outcome
from models.rules.periods import Month, PartialDate
from models.rules.worksheet import PayScale, worksheet
from tests.people import id_number

JANUARY, JULY, NOVEMBER = Month(2026, 1), Month(2026, 7), Month(2026, 11)
DECIDED, APPROVED = date(2026, 10, 8), date(2026, 10, 20)
PAY: dict[str, Any] = {"dues_category": "在职", "dues_base": Decimal("7420.00")}


@pytest.fixture
def zhang(database: Database) -> Database:
    """One member without category and base."""
    with database.writing("加人") as session:
        members.add(session, {"name": "张红卫", "id_number": id_number("1980-03-05")})
    return database


def roster(database: Database, **values: Any) -> None:
    with database.writing("改名册") as session:
        members.change(session, 1, values)


def save(database: Database, *rows: dict[str, Any]) -> list[Outcome]:
    with database.writing("导入核定") as session:
        return assessments.save(session, [{"name": "张红卫"} | row for row in rows])


def kinds(outcomes: Sequence[Outcome]) -> list[str]:
    return [outcome.kind for outcome in outcomes]


def due(database: Database, month: Month = NOVEMBER) -> str | None:
    """The due a month opened now would give, in yuan."""
    with database.trying() as session:
        months.open_month(session, month, month.first_day)
        found = Books(session).standing(session.get_one(Member, 1), month).due
    return None if found is None else str(found)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (PAY, "111.30"),
        ({"dues_category": "离退休", "dues_base": Decimal("5000.01")}, "50.00"),
        ({"dues_category": "年薪", "dues_base": Decimal("245000.00")}, "1000.00"),
        ({"dues_category": "个体", "dues_base": Decimal("9000.00")}, "135.00"),
        ({"dues_category": "农民"}, "0.20"),
        ({"dues_category": "农民", "amount": Decimal("0.50")}, "0.50"),
        ({"dues_category": "学生"}, "0.20"),
        ({"dues_base": Decimal("7420.00")}, "111.30"),
        ({"amount": Decimal("30.00")}, "30.00"),
    ],
)
def test_a_sound_assessment_gives_its_due(zhang: Database, row: dict[str, Any], expected: str):
    assert kinds(save(zhang, row)) == ["added"]
    assert due(zhang) == expected
    assert kinds(save(zhang, row)) == ["unchanged"]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"dues_category": "在职"}, "dues_base"),
        (PAY | {"dues_base": Decimal("0.00")}, "dues_base"),  # P21
        (PAY | {"dues_base": Decimal("-1.00")}, "dues_base"),
        (PAY | {"dues_base": Decimal("1.00")}, "dues_base"),
        ({"reason": "年度核定"}, "dues_category"),
        (PAY | {"from_month": NOVEMBER, "to_month": JULY}, "to_month"),
        ({"dues_category": "农民", "amount": Decimal("0.19")}, "amount"),  # P04
        ({"dues_category": "农民", "amount": Decimal("1.01")}, "amount"),
        ({"amount": Decimal("-1.00")}, "amount"),
        (PAY | {"from_month": Month(2007, 1)}, "dues_base"),
    ],
)
def test_what_gives_no_sound_due_is_refused(zhang: Database, row: dict[str, Any], field: str):
    (outcome,) = save(zhang, row)
    assert (outcome.kind, outcome.field) == ("refused", field)
    assert due(zhang) is None


REDUCED = {"amount": Decimal("50.00"), "reason": "困难减免", "from_month": JULY}


@pytest.mark.parametrize("amount", ["50.00", "0.00"])
def test_a_reduction_on_pay_needs_the_approval_of_the_committee_above(zhang: Database, amount: str):  # P22
    row = PAY | REDUCED | {"amount": Decimal(amount), "decided_on": DECIDED}
    (outcome,) = save(zhang, row)
    assert (outcome.kind, outcome.field) == ("refused", "approved_on")
    assert kinds(save(zhang, row | {"approved_on": APPROVED, "approval_no": "示机党〔2026〕7号"})) == ["added"]
    assert due(zhang) == amount


@pytest.mark.parametrize("known", ["in the roster", "by an earlier assessment", "by its reason"])
def test_a_reduction_is_seen_wherever_the_base_is_known(zhang: Database, known: str):
    if known == "in the roster":
        roster(zhang, **PAY)
    elif known == "by an earlier assessment":
        save(zhang, PAY | {"from_month": JANUARY})
    row = {"amount": Decimal("50.00"), "from_month": JULY, "decided_on": DECIDED}
    (outcome,) = save(zhang, row | ({"reason": "困难减免"} if known == "by its reason" else {}))
    assert (outcome.kind, outcome.field) == ("refused", "approved_on")


@pytest.mark.parametrize("stated", [True, False])
def test_for_the_retired_the_branch_decides_alone(zhang: Database, stated: bool):  # P23
    pension: dict[str, Any] = {"dues_category": "离退休", "dues_base": Decimal("6240.00")}
    save(zhang, pension | {"from_month": JANUARY})
    row = REDUCED | ({"dues_category": "离退休"} if stated else {})
    (outcome,) = save(zhang, row)
    assert (outcome.kind, outcome.field) == ("refused", "decided_on")
    assert kinds(save(zhang, row | {"decided_on": DECIDED})) == ["added"]
    assert due(zhang) == "50.00"


def test_more_than_the_scale_is_voluntary_and_needs_nobody(zhang: Database):
    assert kinds(save(zhang, PAY | {"amount": Decimal("200.00")})) == ["added"]
    assert due(zhang) == "200.00"


def test_the_assessment_that_began_last_counts_and_a_span_ends(zhang: Database):  # P13, P14
    save(zhang, PAY | {"from_month": JANUARY})
    save(zhang, {"dues_category": "离退休", "dues_base": Decimal("5000.00"), "from_month": JULY, "reason": "退休"})
    exempt = {"amount": Decimal("0.00"), "from_month": Month(2026, 9), "to_month": Month(2026, 10)}
    save(zhang, exempt | {"decided_on": DECIDED, "reason": "困难减免"})
    found = {number: due(zhang, Month(2026, number)) for number in (1, 6, 7, 9, 10, 11)}
    assert found == {1: "111.30", 6: "111.30", 7: "25.00", 9: "0.00", 10: "0.00", 11: "25.00"}


def test_the_roster_counts_where_no_assessment_does(zhang: Database):
    roster(zhang, **PAY)
    assert due(zhang) == "111.30"
    save(zhang, PAY | {"dues_base": Decimal("8000.00"), "from_month": JULY, "to_month": JULY})
    assert [due(zhang, month) for month in (JANUARY, JULY, NOVEMBER)] == ["111.30", "120.00", "111.30"]


def test_a_row_that_repeats_the_roster_adds_nothing(zhang: Database):
    roster(zhang, **PAY)
    assert kinds(save(zhang, PAY, {"dues_category": None, "dues_base": None})) == ["unchanged", "unchanged"]
    assert kinds(save(zhang, PAY | {"dues_base": Decimal("7500.00")})) == ["added"]


def test_a_base_alone_is_pay_or_for_the_retired_a_pension(zhang: Database):
    save(zhang, {"dues_base": Decimal("5000.00"), "from_month": JANUARY})
    assert due(zhang) == "50.00"
    roster(zhang, post="退休干部")
    save(zhang, {"dues_base": Decimal("5000.00"), "from_month": JULY, "reason": "更正"})
    assert due(zhang, JULY) == "50.00"  # the category of the assessment before it stands
    with zhang.reading() as session:
        assert [each.dues_category for each in assessments.by_member(session)[1]] == ["在职", "在职"]


def test_an_opened_month_keeps_its_due(zhang: Database):
    save(zhang, PAY)
    with zhang.writing("开账") as session:
        months.open_month(session, Month(2026, 10), DECIDED)
    save(zhang, PAY | {"dues_base": Decimal("10000.01")})
    assert (due(zhang, Month(2026, 10)), due(zhang)) == ("111.30", "200.00")


def test_a_row_without_a_start_changes_the_lasting_assessment_but_empties_nothing(zhang: Database):
    save(zhang, PAY | {"from_month": JANUARY, "reason": "年度核定"})
    row = {"dues_category": "在职", "dues_base": Decimal("8000.00"), "from_month": None, "reason": None}
    assert kinds(save(zhang, row)) == ["updated"]
    with zhang.reading() as session:
        (found,) = assessments.by_member(session)[1]
        assert (found.from_month, found.reason, found.dues_base) == (JANUARY, "年度核定", Decimal("8000.00"))


def test_a_numbered_row_empties_what_was_emptied(zhang: Database):
    save(zhang, PAY | {"from_month": JANUARY, "to_month": JULY, "reason": "年度核定"})
    full = PAY | {"from_month": JANUARY, "to_month": None, "reason": None, "id": "1"}
    assert kinds(save(zhang, full)) == ["updated"]
    with zhang.reading() as session:
        (found,) = assessments.by_member(session)[1]
        assert (found.to_month, found.reason) == (None, None)


def test_a_number_of_another_file_names_nothing_here(zhang: Database):
    assert kinds(save(zhang, PAY | {"id": "77"})) == ["added"]
    assert kinds(save(zhang, PAY | {"id": "77"})) == ["unchanged"]


def test_one_assessment_twice_in_a_file_with_two_contents_is_refused_each_time(zhang: Database):
    rows = [PAY | {"from_month": JULY}, PAY | {"from_month": JULY, "dues_base": Decimal("9000.00")}]
    assert kinds(save(zhang, *rows)) == ["added", "refused"]
    assert kinds(save(zhang, *rows)) == ["unchanged", "refused"]


def test_people_are_named_by_number_or_by_a_name_that_is_clear(zhang: Database):
    with zhang.writing("加人") as session:
        for born in ("1990-01-01", "1991-01-01"):
            members.add(session, {"name": "李静", "id_number": id_number(born)})
        outcomes = assessments.save(
            session,
            [
                {"id_number": id_number("1990-01-01")} | PAY,
                {"name": "李静"} | PAY,
                {"name": "李静", "id_number": id_number("1980-03-05")} | PAY,
                {"name": "无此人"} | PAY,
                {"id_number": id_number("1970-01-01")} | PAY,
                PAY,
            ],
        )
        assert [outcome.field for outcome in outcomes] == [None, "name", "name", "name", "id_number", "name"]
        members.leave(session, 3, "转出", APPROVED)
        assert kinds(assessments.save(session, [{"name": "李静"} | PAY])) == ["unchanged"]


def test_save_one_adds_changes_and_refuses(zhang: Database):
    with zhang.writing("核定") as session:
        made = assessments.save_one(session, 1, PAY)
        assert assessments.save_one(session, 1, {"dues_base": Decimal("8000.00")}, made.id).dues_base == Decimal(8000)
        with pytest.raises(FieldError, match="没有编号为 9"):
            assessments.save_one(session, 1, PAY, 9)
        with pytest.raises(FieldError, match="基数"):
            assessments.save_one(session, 1, {"dues_base": Decimal(0)}, made.id)
        assessments.remove(session, made.id)
        assert session.get(Assessment, made.id) is None


def test_another_s_assessment_is_not_changed_through_a_member(zhang: Database):
    with zhang.writing("核定") as session:
        members.add(session, {"name": "李静", "birth_date": PartialDate(1990)})
        made = assessments.save_one(session, 1, PAY)
        with pytest.raises(FieldError):
            assessments.save_one(session, 2, PAY, made.id)


def test_a_list_with_two_lasting_assessments_read_again_changes_nothing(zhang: Database):
    """The row without months means the older assessment that it repeats, not the one that began last."""
    rows = [PAY, PAY | {"dues_base": Decimal("8000.00"), "from_month": JULY, "reason": "更正"}]
    assert kinds(save(zhang, *rows)) == ["added", "added"]
    assert kinds(save(zhang, *rows)) == ["unchanged", "unchanged"]


def test_what_stands_is_not_verified_anew(zhang: Database):
    """A due once sound stays as it was when another assessment later makes it a reduction."""
    rows = [{"dues_category": "在职", "amount": Decimal("10.00"), "from_month": JANUARY},
            {"dues_base": Decimal("8000.00"), "from_month": JANUARY, "to_month": NOVEMBER}]  # fmt: skip
    assert kinds(save(zhang, *rows)) == ["added", "added"]
    assert kinds(save(zhang, *rows)) == ["unchanged", "unchanged"]


def test_a_rise_of_pay_waits_for_the_next_year(zhang: Database):  # P13
    save(zhang, PAY | {"from_month": JANUARY, "reason": "年度核定"})
    rise = PAY | {"dues_base": Decimal("8000.00"), "from_month": Month(2026, 5)}
    for said in ({}, {"reason": "年度核定"}):
        (outcome,) = save(zhang, rise | said)
        assert (outcome.kind, outcome.field) == ("refused", "reason")
        assert "年内一般不变" in (outcome.why or "")
    assert due(zhang) == "111.30"
    assert kinds(save(zhang, rise | {"from_month": Month(2027, 1)})) == ["added"]
    assert due(zhang, Month(2027, 1)) == "120.00"


@pytest.mark.parametrize("reason", ["退休", "就业", "失业/下岗", "转入", "新党员", "困难减免", "更正", "其他"])
def test_within_the_year_a_due_changes_for_a_reason(zhang: Database, reason: str):
    save(zhang, PAY | {"from_month": JANUARY})
    row = {"dues_base": Decimal("8000.00"), "from_month": JULY, "reason": reason}
    assert kinds(save(zhang, row)) == ["added"]
    assert (due(zhang, Month(2026, 6)), due(zhang, JULY)) == ("111.30", "120.00")


def test_who_retires_in_july_pays_by_the_pension_from_then_on(zhang: Database):  # P14
    save(zhang, PAY | {"from_month": JANUARY})
    pension = {"dues_category": "离退休", "dues_base": Decimal("4800.00"), "from_month": JULY, "reason": "退休"}
    assert kinds(save(zhang, pension)) == ["added"]
    assert (due(zhang, Month(2026, 6)), due(zhang, JULY), due(zhang)) == ("111.30", "24.00", "24.00")


@pytest.mark.parametrize(("month", "kind"), [(1, "added"), (3, "added"), (4, "refused")])
def test_the_assessment_of_a_year_may_begin_until_march(zhang: Database, month: int, kind: str):
    save(zhang, PAY | {"from_month": Month(2025, 1)})
    row = PAY | {"dues_base": Decimal("8000.00"), "from_month": Month(2026, month), "reason": "年度核定"}
    assert kinds(save(zhang, row)) == [kind]


SHEET = worksheet(
    PayScale.parse(payscale.supplied()[0]),
    "机关公务员",
    {"职务工资": Decimal("2000.00"), "级别工资": Decimal("3000.00"), "个人所得税": Decimal("80.00")},
).text()


def test_a_worksheet_gives_the_base_and_is_kept(zhang: Database):
    assert kinds(save(zhang, {"dues_category": "在职", "worksheet": SHEET, "from_month": JANUARY})) == ["added"]
    assert due(zhang) == "49.20"
    with zhang.reading() as session:
        (kept,) = assessments.by_member(session)[1]
        assert (kept.dues_base, kept.worksheet) == (Decimal("4920.00"), SHEET)


def test_a_base_that_differs_from_its_worksheet_is_refused(zhang: Database):
    (outcome,) = save(zhang, {"worksheet": SHEET, "dues_base": Decimal("5000.00")})
    assert (outcome.kind, outcome.field) == ("refused", "dues_base")
    assert kinds(save(zhang, {"worksheet": SHEET, "dues_base": Decimal("4920.00")})) == ["added"]


def test_a_base_entered_directly_takes_the_place_of_a_worksheet(zhang: Database):
    save(zhang, {"worksheet": SHEET, "from_month": JANUARY})
    save(zhang, {"dues_base": Decimal("5000.00"), "from_month": JANUARY})
    with zhang.reading() as session:
        (kept,) = assessments.by_member(session)[1]
        assert (kept.dues_base, kept.worksheet) == (Decimal("5000.00"), None)


def test_a_row_that_stands_before_what_it_rests_on_waits_for_it(zhang: Database):
    """For the retired the branch decides alone; that he is retired the next row says."""
    reduced = {"amount": Decimal("1.00"), "from_month": JANUARY, "to_month": JULY, "decided_on": DECIDED,
               "reason": "困难减免"}  # fmt: skip
    retired = {"dues_category": "离退休", "dues_base": Decimal("4000.00"), "reason": "年度核定"}
    assert kinds(save(zhang, reduced, retired)) == ["added", "added"]
    assert kinds(save(zhang, reduced, retired)) == ["unchanged", "unchanged"]
    assert kinds(save(zhang, {"amount": Decimal("-1.00")}, {"amount": Decimal("-2.00")})) == ["refused", "refused"]


def test_what_another_follows_does_not_count_any_longer(zhang: Database):
    reduced = {"amount": Decimal("30.00"), "approved_on": APPROVED, "from_month": Month(2026, 4), "to_month": JULY}
    save(zhang, PAY, PAY | {"from_month": JANUARY, "dues_base": Decimal("8000.00")}, reduced)
    with zhang.reading() as session:
        (own,) = assessments.by_member(session).values()
        counting = {
            month: [str(each.amount or each.dues_base) for each in assessments.counting_from(own, month)]
            for month in (Month(2025, 12), JANUARY, JULY, NOVEMBER)
        }
    assert counting == {
        Month(2025, 12): ["7420.00", "8000.00", "30.00"],
        JANUARY: ["8000.00", "30.00"],
        JULY: ["8000.00", "30.00"],
        NOVEMBER: ["8000.00"],
    }
