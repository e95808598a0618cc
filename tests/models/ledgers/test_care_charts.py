"""Charts of care: their sums are those of the ledger, and none of them names anybody."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from models.database import Database
from models.ledger import View
from models.ledgers.catalogue import named
from models.ledgers.charts import Chart, charts_of
from models.ledgers.sheets import sheet
from models.records.members.members import Member
from models.rules.periods import Period

TODAY = date(2026, 11, 20)
NAMES = ("care_totals", "care_changes", "care_service", "care_donations", "care_statistics")


def drawn(database: Database, ledger: str, period: str = "2026") -> tuple[Sequence[Chart], Sequence[Any]]:
    with database.reading() as session:
        shown = sheet(session, named(ledger), View(TODAY, Period.parse(period)))
    return charts_of(shown), shown.rows


def test_money_by_source_and_by_round_is_the_money_of_the_ledger(sample: Database) -> None:
    found, rows = drawn(sample, "care_totals")
    assert [chart.title for chart in found] == ["慰问金：按资金来源", "慰问金：按慰问批次"]
    for chart in found:
        assert sum(chart.series[0].values) == sum(row.amount for row in rows) > 0


def test_cases_come_and_leave_by_quarter(sample: Database) -> None:
    (chart,), rows = drawn(sample, "care_changes")
    assert chart.labels == ("1季度", "2季度", "3季度", "4季度")
    kinds = [row.kind for row in rows]
    assert {each.name: sum(each.values) for each in chart.series} == {
        kind: kinds.count(kind) for kind in ("纳入", "退出")
    }


class Told(NamedTuple):
    """As much of a ledger of changes as its chart looks at."""

    name: str
    rows: Sequence[Any]


class Changed(NamedTuple):
    """A step that changed the list."""

    kind: str
    on: date


def test_cases_of_several_years_stand_by_year() -> None:
    steps = [("纳入", 2024), ("纳入", 2026), ("调整", 2026), ("退出", 2026)]
    (chart,) = charts_of(Told("care_changes", [Changed(kind, date(year, 5, 1)) for kind, year in steps]))
    assert chart.labels == ("2024年", "2025年", "2026年")
    assert [each.values for each in chart.series] == [(1, 0, 1), (0, 0, 1)]


def test_hours_and_people_of_service_stand_by_month(sample: Database) -> None:
    (hours, people), rows = drawn(sample, "care_service")
    assert hours.labels[0] == "1月"
    assert sum(hours.series[0].values) == sum(row.total for row in rows)
    assert sum(people.series[0].values) == sum(row.people for row in rows)


def test_money_given_stands_by_month_without_the_worth_of_goods(sample: Database) -> None:
    (chart,), _rows = drawn(sample, "care_donations")
    assert sum(chart.series[0].values) == Decimal(23300)


def test_of_several_years_each_measure_has_its_own_chart(sample: Database) -> None:
    beside, _ = drawn(sample, "care_statistics")
    assert {len(chart.series) for chart in beside} == {2}
    yearly, _ = drawn(sample, "care_statistics", "2025..2026")
    assert all(chart.labels == ("2025年", "2026年") for chart in yearly)
    assert len({chart.title for chart in yearly}) == len(yearly)


def test_no_chart_of_care_names_anybody(sample: Database) -> None:
    with sample.reading() as session:
        people = [name for (name,) in session.query(Member.name)]
    told = str([drawn(sample, name)[0] for name in NAMES])
    assert not [name for name in people if name in told]
