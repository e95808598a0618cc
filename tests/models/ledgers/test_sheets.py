"""Every ledger, filled from the sample branch: rows carry their columns, totals are sums, furniture has its words."""

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from models import settings
from models.database import Database
from models.errors import UserError
from models.ledger import Ledger, Sheet, View
from models.ledgers.catalogue import LEDGERS, named
from models.ledgers.sheets import default_period, in_one, sheet, sheets, view_of
from models.records.members import organisation
from models.rules.periods import Month, Period
from models.sample import branch as sample
from tests import samples

TODAY = date(2026, 11, 23)
PERIODS = [Period.parse(text) for text in ("2026-11", "2026-10", "2026", "2025..2026", "2020")]


@pytest.fixture(scope="module")
def branch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with closing(samples.build(tmp_path_factory.mktemp("sample") / "示例.zbtz", samples.DAY)) as made:
        yield made


def filled(database: Database, ledger: Ledger, period: Period = PERIODS[0], branch_id: int | None = None) -> Sheet:
    with database.reading() as session:
        return sheet(session, ledger, View(TODAY, period, branch_id))


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.name)
@pytest.mark.parametrize("period", PERIODS, ids=str)
def test_rows_carry_a_value_for_each_column_in_every_form(branch: Database, ledger: Ledger, period: Period):
    made = filled(branch, ledger, period)
    for row in made.rows:
        for column in made.columns:
            value = getattr(row, column.key)
            assert isinstance(column.kind.show(value), str)
            assert isinstance(column.kind.paper(value), str)
            column.kind.cell(value)
            assert column.kind.tone(value) in ("plain", "quiet", "good", "warn", "bad")
            if value is not None:
                column.kind.sort_key(value)


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.name)
def test_totals_are_the_sums_of_what_the_cells_hold(branch: Database, ledger: Ledger):
    made = filled(branch, ledger)
    assert set(made.totals) == {column.key for column in made.columns if column.totalled}
    for column in made.columns:
        if column.totalled:
            values = [column.kind.cell(getattr(row, column.key)) for row in made.rows]
            assert made.totals[column.key] == sum(value for value in values if isinstance(value, Decimal | int))
    assert (made.capitals is None) is (ledger.capitals_of == "")
    if ledger.capitals_of:
        assert made.capitals == made.totals[ledger.capitals_of]


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.name)
def test_furniture_has_its_words_and_rows_outlive_the_session(branch: Database, ledger: Ledger):
    made = filled(branch, ledger)
    said = (made.heading, *made.lines, *made.signatures, made.note)
    assert not any("{" in words or "}" in words for words in said)
    assert made.heading.endswith(ledger.title)
    assert sample.UNIT in made.lines[0]
    assert re.fullmatch(r"[0-9a-f]{4} [0-9a-f]{4}（\d+ 条）", made.check)
    for row in made.rows[:1]:
        with pytest.raises((AttributeError, TypeError)):
            row.name = "别人"
    one = filled(branch, ledger, branch_id=2)
    assert sample.BRANCHES[0] in one.lines[0]
    assert len(one.rows) <= len(made.rows)


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.name)
def test_declarations_keep_the_rules_of_the_house(ledger: Ledger):
    keys = [column.key for column in ledger.columns]
    assert len(keys) == len(set(keys))
    assert named(ledger.name) is ledger
    assert (keys[-1] == "id") is ledger.importable
    if ledger.public:
        assert not {"id_number", "phone", "dues_base", "amount", "due"} & set(keys)
    assert not ledger.public or all(column.kind.excel_format != "#,##0.00" for column in ledger.columns)


def test_an_unknown_ledger_is_refused_with_those_there_are():
    with pytest.raises(UserError, match="dues_register"):
        named("党费")


def test_a_month_given_to_a_ledger_of_the_year_means_its_year(branch: Database):
    assert filled(branch, named("dues_register")).heading == "2026年度党费收缴登记表"
    assert filled(branch, named("dues_payments")).heading == "2026年11月党费交纳明细"


def test_a_long_period_gives_a_sheet_a_year_which_can_be_put_in_one(branch: Database):
    with branch.reading() as session:
        view = View(TODAY, Period.parse("2025-12..2026-11"))
        register = sheets(session, named("dues_register"), view)
        paid = sheets(session, named("dues_payments"), view)
    assert [each.heading[:4] for each in register] == ["2025", "2026"]
    assert len(paid) == 1
    joined = in_one(register)
    assert len(joined.rows) == sum(len(each.rows) for each in register)
    assert {row.part for row in joined.rows} == {each.heading for each in register}
    assert [column.title for column in joined.columns][:2] == ["表名", "姓名"]


def test_views_are_named_by_period_and_branch(branch: Database):
    with branch.reading() as session:
        assert view_of(session, TODAY).period == PERIODS[0]
        assert view_of(session, TODAY, PERIODS[2], "第二党支部").branch_id == 3
        with pytest.raises(UserError, match="第一党支部、第二党支部、第三党支部"):
            view_of(session, TODAY, None, "第九党支部")


def test_without_a_working_month_it_is_that_of_today():
    assert default_period(settings.Settings(), TODAY) == Period(Month(2026, 11), Month(2026, 11))
    assert default_period(settings.Settings(working_month="2026-03"), TODAY) == Period(Month(2026, 3), Month(2026, 3))


def test_the_names_on_paper_are_those_of_the_branch(branch: Database, tmp_path: Path):
    with branch.reading() as session:
        first = organisation.branches(session)[0]
        view = View(TODAY, PERIODS[0], first.id)
        made = sheet(session, named("dues_notice"), view)
    assert made.lines == ("公示单位（盖章）：第一党支部", "", "公示时间：2026年11月23日至2026年11月28日")
    assert made.signatures == ("监督电话：100-0000-0001", "日期：2026年11月23日")
