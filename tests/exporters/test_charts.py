"""Charts: their figures are the ledger's, and the same picture stands on the screen, on paper and in Excel."""

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from exporters import charts
from models.ledgers.charts import Chart, Series, charts_of
from models.ledgers.dues.ladder import STAGES
from tests.exporters import pages

MONTHS = Chart(
    "各月应交和实交", "元", ("1月", "2月", "3月"),
    (Series("应交", (Decimal("100.50"), Decimal(80), Decimal(0))),
     Series("实交", (Decimal("90.25"), Decimal(80), Decimal(0)))),
)  # fmt: skip
STAGED = Chart("欠交人数（按阶段）", "人", ("未交", "催交"), (Series("人数", (5, 0)),))
_TEXTS = re.compile(r"<text[^>]*>([^<]*)</text>")


def texts(chart: Chart) -> list[str]:
    return _TEXTS.findall(charts.svg(chart, 640, 250, "Zhibu Sans").decode())


def test_the_picture_says_title_labels_and_figures():
    said = texts(MONTHS)
    assert said[:3] == ["各月应交和实交（元）", "实交", "应交"]
    assert {"1月", "2月", "3月", "90.25", "80.00", "200"} <= set(said)
    assert "0.00" not in said


def test_the_screen_is_given_its_own_letters_and_no_clipping():
    svg = charts.svg(STAGED, 640, 250, "Zhibu Sans").decode()
    assert "font-family: 'Zhibu Sans'" in svg
    assert "clipPath" not in svg
    assert ET.fromstring(svg.partition("?>")[2].partition("'>")[2]).get("width") == "640"


def test_three_charts_stand_on_a_page_with_embedded_letters(tmp_path: Path):
    assert charts.write_pdf("2026年党费收缴登记表图表", [MONTHS, STAGED] * 2, tmp_path / "x.pdf") == frozenset()
    first, second = pages.texts(tmp_path / "x.pdf")
    assert first.count("（元）") == 2
    assert "90.25" in first
    assert "第 2 页　共 2 页" in second
    assert b"Helvetica" not in (tmp_path / "x.pdf").read_bytes()


def test_excel_draws_its_own_chart_of_the_figures(tmp_path: Path):
    charts.write_workbook([MONTHS, STAGED], tmp_path / "x.xlsx")
    book = load_workbook(tmp_path / "x.xlsx")
    page = book["各月应交和实交"]
    assert [[cell.value for cell in row] for row in page["A2:C4"]] == [
        [None, "应交", "实交"], ["1月", 100.5, 90.25], ["2月", 80, 80],
    ]  # fmt: skip
    (drawn,) = page._charts
    drawn_from = [series.val.numRef.f for series in drawn.series]
    assert drawn_from == ["'各月应交和实交'!$B$3:$B$5", "'各月应交和实交'!$C$3:$C$5"]
    assert len(book["欠交人数（按阶段）"]._charts[0].series) == 1


@given(st.floats(0, 10**10))
def test_the_grid_reaches_over_the_highest_in_round_figures(value: float):
    top = charts.round_above(value)
    assert top >= value
    assert top % 4 == 0
    assert top <= max(4 * value, 8)


@dataclass
class _Filled:
    """As much of a sheet as a chart looks at."""

    name: str
    rows: list[object]


@pytest.mark.parametrize("name", ["dues_register", "dues_arrears", "members_statistics", "dues_payments"])
def test_a_ledger_without_rows_has_no_chart(name: str):
    assert charts_of(_Filled(name, [])) == ()


@dataclass
class _Owing:
    stage: str
    owed: Decimal


def test_arrears_are_drawn_by_stage():
    owing = ((STAGES[0], "10"), (STAGES[0], "5.50"), (STAGES[4], "1"))
    rows: list[object] = [_Owing(stage, Decimal(owed)) for stage, owed in owing]
    people, owed = charts_of(_Filled("dues_arrears", rows))
    assert people.labels[-1] == "达到六个月"
    assert people.series[0].values == (2, 0, 0, 0, 1)
    assert owed.series[0].values[0] == Decimal("15.50")


def test_bars_of_different_things_stand_apart_each_with_its_figure(tmp_path: Path) -> None:
    cases = Chart("纳入和退出", "名", ("1季度", "2季度"), (Series("纳入", (3, 0)), Series("退出", (1, 2))), apart=True)
    assert sorted(each for each in texts(cases) if each in "123") == ["1", "1", "2", "2", "3", "3"]  # grid and bars
    charts.write_workbook([cases], tmp_path / "x.xlsx")
    (chart,) = load_workbook(tmp_path / "x.xlsx")["纳入和退出"]._charts
    assert chart.overlap in (0, None)
