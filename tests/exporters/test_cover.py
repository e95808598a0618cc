"""A workbook with a cover: what it says, where its contents lead, and that a password covers it too."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from exporters import excel
from exporters.book import Book
from exporters.cover import Cover, Entry
from importers import reader
from tests.exporters.sheets import notice, register

LINES = (("单位", "甲局第一党支部"), ("所属期", "2026年11月"), ("制表人", "=周丽萍"), ("日期", "2026年11月23日"))


@pytest.fixture
def book() -> Book:
    sheets = [register(), notice()]
    entries = tuple(Entry(each.heading, len(each.rows), "合计 1,234.00 元") for each in sheets)
    return Book(sheets, Cover("报送材料目录", LINES, (*entries, Entry("党费上缴单", None, "纸质", "上缴单.pdf"))))


def test_the_cover_says_whose_it_is_and_leads_to_every_tab(book: Book, tmp_path: Path):
    excel.write_book(book, tmp_path / "上报.xlsx")
    found = load_workbook(tmp_path / "上报.xlsx")
    cover, *others = found.worksheets
    assert cover.title == "目录"
    assert [cover.cell(row, 1).value for row in range(1, 6)] == [
        "报送材料目录",
        *(f"{name}：{text}" for name, text in LINES),
    ]
    assert cover["A4"].data_type == "s"
    assert [cover.cell(7, column).value for column in range(1, 5)] == ["序号", "名称", "行数", "说明"]
    for row, page in zip((8, 9), others, strict=True):
        link = cover.cell(row, 2).hyperlink
        assert link.location == f"'{page.title}'!A1"
        assert cover.cell(row, 3).value == len(book.sheets[row - 8].rows)
    assert cover["B10"].hyperlink.target == "上缴单.pdf"
    assert [page["A1"].value for page in others] == [sheet.heading for sheet in book.sheets]


def test_sheets_behind_a_cover_are_those_without_one(book: Book, tmp_path: Path):
    excel.write_book(book, tmp_path / "a.xlsx")
    excel.write_all(book.sheets, tmp_path / "b.xlsx")
    covered, plain = load_workbook(tmp_path / "a.xlsx"), load_workbook(tmp_path / "b.xlsx")
    for one, other in zip(covered.worksheets[1:], plain.worksheets, strict=True):
        assert list(one.iter_rows(values_only=True)) == list(other.iter_rows(values_only=True))


def test_a_locked_book_opens_with_its_password_alone(book: Book, tmp_path: Path):
    path = tmp_path / "上报.xlsx"
    excel.write_book(book, path, "一句自己记得住的话")
    with pytest.raises(reader.NeedsPasswordError):
        reader.read(path)
    opened = reader.read(path, "一句自己记得住的话")
    assert opened.grids[0].name == "目录"
    assert len(opened.grids) == 3


def test_a_cover_alone_is_a_workbook(tmp_path: Path):
    path = tmp_path / "目录.xlsx"
    excel.write_book(Book([], Cover("报送材料目录", LINES, (Entry("花名册", 47, "", "01 花名册.xlsx"),))), path)
    (page,) = load_workbook(path).worksheets
    assert page["B8"].hyperlink.target == "01 花名册.xlsx"


def test_the_same_book_gives_the_same_bytes(book: Book, tmp_path: Path):
    for name in ("a.xlsx", "b.xlsx"):
        excel.write_book(book, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
