"""Trouble while a sheet is written: one sentence, the old file as it was, nothing left lying about."""

import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import openpyxl
import pytest

from exporters import csv_file, excel, pdf
from exporters.forms import FORMS
from models.errors import UserError
from tests.exporters import sheets

resource = pytest.importorskip("resource", reason="limits on the size of a file are POSIX")

WRITERS: dict[str, Callable[[Path], object]] = {
    "x.xlsx": lambda path: excel.write(sheets.register(500), path),
    "locked.xlsx": lambda path: excel.write(sheets.register(500), path, "口令"),
    "x.pdf": lambda path: pdf.write(sheets.register(50), path),
    "x.csv": lambda path: csv_file.write(sheets.register(500), path),
    **{f"{form.name}.pdf": partial(form.draw, [form.blank]) for form in FORMS},
}


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("room", [0, 1000, 5000])
def test_a_full_disk(tmp_path, name, room):
    path = tmp_path / name
    path.write_bytes(b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        with pytest.raises(UserError, match="磁盘空间不够"):
            WRITERS[name](path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert {entry.name: entry.read_bytes() for entry in tmp_path.iterdir()} == {name: b"old"}
    WRITERS[name](path)
    assert path.stat().st_size > 5000


@pytest.mark.parametrize("name", WRITERS)
def test_a_missing_folder(tmp_path, name):
    with pytest.raises(UserError, match=r"没有“.*missing”这个文件夹"):
        WRITERS[name](tmp_path / "missing" / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", WRITERS)
def test_nothing_is_written_anywhere_else(tmp_path, monkeypatch, name):
    """Not into the system's folder for temporary files either, where a name would lie for others to read."""
    nowhere = tmp_path / "nowhere"
    monkeypatch.setattr(tempfile, "tempdir", str(nowhere))
    WRITERS[name](tmp_path / name)
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_libreoffice_works_the_totals_out_to_the_values_written(tmp_path):
    """Without their values the formulas must be calculated; what comes out is what was written behind them."""
    excel.write(sheets.register(40), tmp_path / "x.xlsx")
    known = openpyxl.load_workbook(tmp_path / "x.xlsx", data_only=True).worksheets[0]
    with zipfile.ZipFile(tmp_path / "x.xlsx") as book, zipfile.ZipFile(tmp_path / "y.xlsx", "w") as bare:
        for part in book.namelist():
            bare.writestr(part, re.sub(rb"</f><v>[^<]*</v>", b"</f>", book.read(part)))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", tmp_path / "out", tmp_path / "y.xlsx"], check=True, timeout=100)
    worked = openpyxl.load_workbook(tmp_path / "out" / "y.xlsx", data_only=True).worksheets[0]
    row = next(cell.row for cell in known["A"] if cell.value == "合　计")
    totals = [known.cell(row, place).value for place in range(6, 21)]
    assert [worked.cell(row, place).value for place in range(6, 21)] == [pytest.approx(total) for total in totals]
    assert all(total > 0 for total in totals)
