"""Comma-separated files: readable by Excel and WPS, without formulas, whole."""

import csv
import re
import shutil
import subprocess
from decimal import Decimal

import openpyxl
import pytest

from exporters import csv_file
from exporters.text import holdable
from models.kinds import MONEY
from models.ledger import Column
from tests.exporters import sheets


def read(path):
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.reader(lines))


def test_a_roster_is_written_for_excel(tmp_path):
    path = tmp_path / "x.csv"
    sheet = sheets.roster()
    csv_file.write(sheet, path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert path.read_bytes().count(b"\r\n") == path.read_bytes().count(b"\n") == 15
    heading, *rows = read(path)
    assert heading == [*(column.title for column in sheet.columns), "编号"]
    for line, row in zip(rows, sheet.rows, strict=True):
        for text, column in zip(line, sheet.columns, strict=False):
            assert column.kind.read(text) == getattr(row, column.key)
        assert line[-1] == str(row.id)


def test_a_register_has_no_furniture(tmp_path):
    csv_file.write(sheets.register(), tmp_path / "x.csv")
    heading, *rows = read(tmp_path / "x.csv")
    assert (len(rows), heading[0], heading[-1]) == (14, "姓名", "备注")
    assert rows[0][2:5] == ["9310.00", "0.015", "139.70"]


@pytest.mark.parametrize("text", sheets.FORMULAS)
def test_no_text_begins_a_formula(tmp_path, text):
    csv_file.write(sheets.texts([text]), tmp_path / "x.csv")
    (line,) = read(tmp_path / "x.csv")[1:]
    assert line[0] == ("'" + text if not text.startswith(("#", "_")) else text)


def test_an_amount_below_zero_stays_a_number(tmp_path):
    column = sheets.REGISTER_COLUMNS[2]
    row = sheets.row_type(column.key)(Decimal("-111.30"))
    csv_file.write(sheets.sheet([column], [row]), tmp_path / "x.csv")
    assert read(tmp_path / "x.csv")[1] == ["-111.30"]


def test_tortured_texts_come_back_whole(tmp_path):
    csv_file.write(sheets.texts(sheets.TORTURE), tmp_path / "x.csv")
    for line, text in zip(read(tmp_path / "x.csv")[1:], sheets.TORTURE, strict=True):
        whole = holdable(text)
        assert line[0] in (whole, "'" + whole)


def test_columns_of_the_same_title_are_told_apart_by_their_band(tmp_path):
    columns = [Column(f"{band}", "金额", MONEY, band=band) for band in ("应交", "实交")]
    csv_file.write(sheets.sheet(columns, []), tmp_path / "x.csv")
    assert read(tmp_path / "x.csv") == [["应交金额", "实交金额"]]


def test_stopping_leaves_the_old_file(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(b"old")

    def progress(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        csv_file.write(sheets.register(600), path, progress)
    assert {entry.name: entry.read_bytes() for entry in tmp_path.iterdir()} == {"x.csv": b"old"}


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_libreoffice_finds_no_formula_in_it(tmp_path):
    csv_file.write(sheets.texts(sheets.FORMULAS), tmp_path / "x.csv")
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--infilter=CSV:44,34,76"]
    subprocess.run(
        [*command, "--convert-to", "xlsx", "--outdir", tmp_path, tmp_path / "x.csv"], check=True, timeout=100
    )
    page = openpyxl.load_workbook(tmp_path / "x.xlsx").active
    kinds = {cell.data_type for row in page.iter_rows() for cell in row if cell.value is not None}
    assert kinds <= {"s", "n"}
    assert not [cell for row in page.iter_rows() for cell in row if re.match(r"[=@]", str(cell.value))]
