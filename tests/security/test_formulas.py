"""No text becomes a formula in any column of any ledger, in Excel or CSV, and the import reads it as it was."""

import csv
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import make_dataclass, replace
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from exporters import csv_file, excel, layout, pdf
from exporters.text import holdable
from importers.reading import child
from models.database import Database
from models.kinds import Rate
from models.ledger import Column, Ledger, Sheet
from models.ledgers.catalogue import LEDGERS
from models.ledgers.sheets import sheet, view_of
from tests import founded
from tests.security.torture import FORMULAS, TEXTS

TODAY = date(2026, 11, 20)
LONGEST = 5_000  # what goes beyond it is refused or fills pages, see test_texts.py
FIRST = "第一行"  # by which the rows are found again


@pytest.fixture(scope="module")
def branch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with closing(founded.make(tmp_path_factory.mktemp("支部") / "甲支部.zbtz", "甲支部", TODAY)) as database:
        yield database


def takes_text(column: Column) -> bool:
    """Whether a text in this column comes out as it is."""
    return column.kind.excel_format == "@" and column.kind.cell(FIRST) == FIRST


def filled(database: Database, ledger: Ledger, texts: tuple[str, ...]) -> Sheet:
    """The ledger with a row for each text, which stands in every column that takes one."""
    with database.reading() as session:
        empty = sheet(session, ledger, view_of(session, TODAY))
    keys = [column.key for column in empty.columns]
    wide = [column.key for column in empty.columns if takes_text(column)]
    row_of = make_dataclass("TextRow", [*dict.fromkeys([*keys, "id"])], frozen=True, slots=True)
    blank = {column.key: Decimal(0) if isinstance(column.kind, Rate) else None for column in empty.columns}
    rows = [row_of(**blank | dict.fromkeys(wide, text) | {"id": n}) for n, text in enumerate((FIRST, *texts), 1)]
    return replace(empty, rows=rows)


def as_read(data: bytes) -> list[list[Any]]:
    """The rows of the first sheet as the import's own reader finds them."""
    kind, found = child.answer(data)
    assert kind == "read", found
    return [list(row) for row in found["sheets"][0][1]]


def require_same(rows: list[list[Any]], made: Sheet, texts: tuple[str, ...]) -> None:
    """Every text stands where it stood, in every column that takes one."""
    first = next(number for number, row in enumerate(rows) if FIRST in row)
    places = [place for place, cell in enumerate(rows[first]) if cell == FIRST]
    printed = layout.printed_columns(made)
    assert len(places) == sum(takes_text(column) for column in printed)
    for number, text in enumerate(texts, first + 1):
        assert {rows[number][place] for place in places} == {text}, (made.name, text)


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.name)
def test_a_workbook_holds_no_formula_and_comes_back(ledger: Ledger, branch: Database, tmp_path: Path) -> None:
    made = filled(branch, ledger, FORMULAS)
    excel.write(made, tmp_path / "x.xlsx")
    data = (tmp_path / "x.xlsx").read_bytes()
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert not [name for name in archive.namelist() if "external" in name.casefold()]
    page = openpyxl.load_workbook(BytesIO(data)).worksheets[0]
    formulas = [cell.value for row in page.iter_rows() for cell in row if cell.data_type == "f"]
    totals = sum(column.totalled for column in made.columns)
    assert len(formulas) <= totals
    assert all(str(each).startswith(("=SUM(", "=SUBTOTAL(")) for each in formulas)
    require_same(as_read(data), made, FORMULAS)


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.name)
def test_a_csv_holds_no_formula_and_comes_back(ledger: Ledger, branch: Database, tmp_path: Path) -> None:
    made = filled(branch, ledger, FORMULAS)
    csv_file.write(made, tmp_path / "x.csv")
    data = (tmp_path / "x.csv").read_bytes()
    cells = [cell for row in csv.reader(StringIO(data.decode("utf-8-sig"), newline="")) for cell in row]
    assert not [cell for cell in cells if cell.strip(" 　\u200b\u2060\ufeff")[:1] in tuple("=+-@＝＋－＠\t\r\n")]
    require_same(as_read(data), made, FORMULAS)


@pytest.mark.slow
@pytest.mark.parametrize("ledger", LEDGERS[::5], ids=lambda ledger: ledger.name)
def test_every_text_stands_in_ledgers_and_on_paper(ledger: Ledger, branch: Database, tmp_path: Path) -> None:
    texts = tuple(text for text in TEXTS if len(text) <= LONGEST)
    made = filled(branch, ledger, texts)
    for write, ending in ((excel.write, "xlsx"), (csv_file.write, "csv"), (pdf.write, "pdf")):
        write(made, tmp_path / f"x.{ending}")
    for ending in ("xlsx", "csv"):
        read = as_read((tmp_path / f"x.{ending}").read_bytes())
        require_same(read, made, tuple(map(holdable, texts)))
