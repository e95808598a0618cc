"""Workbooks: what is written is read back the same by other readers, nothing becomes a formula, nothing is lost."""

import io
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal

import msoffcrypto
import openpyxl
import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st
from msoffcrypto.exceptions import InvalidKeyError

from exporters import excel, layout
from exporters.text import columns_of, holdable
from models.errors import UserError
from models.kinds import MONEY, NUMBER, TEXT
from models.ledger import Column
from tests.exporters import sheets

PLAIN_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)


def opened(path):
    return openpyxl.load_workbook(path).worksheets[0]


def calamine_rows(path):
    return python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def data_rows(page, sheet):
    """The cells of the data by key, as openpyxl reads them."""
    heading = next(row for row in page.iter_rows(max_row=6) if row[0].value == layout.NUMBER_TITLE)
    first = heading[0].row + (2 if any(column.band for column in sheet.columns) else 1)
    keys = ["", *(column.key for column in sheet.columns), *(["id"] if layout.returns(sheet) else [])]
    for row in page.iter_rows(min_row=first, max_row=first + len(sheet.rows) - 1):
        yield dict(zip(keys, row, strict=True))


@pytest.mark.parametrize("sheet", [sheets.register(), sheets.roster(), sheets.notice()], ids=lambda s: s.heading)
def test_every_value_is_read_back_by_openpyxl(tmp_path, sheet):
    excel.write(sheet, tmp_path / "x.xlsx")
    for number, (cells, row) in enumerate(zip(data_rows(opened(tmp_path / "x.xlsx"), sheet), sheet.rows, strict=True)):
        assert cells[""].value == number + 1
        for column in sheet.columns:
            raw = cells[column.key].value
            assert column.kind.read(raw) == getattr(row, column.key), column.title
        if sheet.importable:
            assert cells["id"].value == row.id


@pytest.mark.parametrize("sheet", [sheets.register(), sheets.roster(), sheets.notice()], ids=lambda s: s.heading)
def test_every_value_is_read_back_by_calamine(tmp_path, sheet):
    excel.write(sheet, tmp_path / "x.xlsx")
    rows = calamine_rows(tmp_path / "x.xlsx")
    first = next(number for number, row in enumerate(rows) if row[0] == 1)
    for read, row in zip(rows[first:], sheet.rows, strict=False):
        for place, column in enumerate(sheet.columns, start=1):
            raw = None if read[place] == "" else read[place]
            assert column.kind.read(raw) == getattr(row, column.key), column.title


def test_values_have_native_types_and_formats(tmp_path):
    excel.write(sheets.roster(), tmp_path / "x.xlsx")
    cells = list(data_rows(opened(tmp_path / "x.xlsx"), sheets.roster()))
    first, fifth = cells[0], cells[4]
    assert (first["id_number"].data_type, first["id_number"].number_format) == ("s", "@")
    assert (first["phone"].value, first["phone"].number_format) == ("10000000000", "@")
    assert (first["birth_date"].value, first["birth_date"].number_format) == (datetime(1960, 1, 1), "yyyy-mm-dd")
    assert (fifth["birth_date"].value, fifth["birth_date"].number_format) == ("1961-01", "@")
    assert (first["base"].value, first["base"].number_format) == (5000, "#,##0.00")
    assert first["name"].border.left.style == "thin"
    assert first["name"].font.name == "宋体"


def test_totals_are_formulas_with_their_values(tmp_path):
    sheet = sheets.register()
    excel.write(sheet, tmp_path / "x.xlsx")
    asked = opened(tmp_path / "x.xlsx")
    known = openpyxl.load_workbook(tmp_path / "x.xlsx", data_only=True).worksheets[0]
    row = next(cell.row for cell in asked["A"] if cell.value == "合　计")
    for place, column in enumerate(sheet.columns, start=2):
        letter = openpyxl.utils.get_column_letter(place)
        if column.totalled:
            assert asked.cell(row, place).value == f"=SUM({letter}4:{letter}17)"
            assert known.cell(row, place).value == pytest.approx(float(sheet.totals[column.key]))
            summed = sum(known.cell(each, place).value or 0 for each in range(4, 18))
            assert summed == pytest.approx(known.cell(row, place).value)


def test_the_furniture_stands_where_offices_expect_it(tmp_path):
    sheet = sheets.register()
    excel.write(sheet, tmp_path / "x.xlsx")
    page = opened(tmp_path / "x.xlsx")
    words = [cell.value for row in page.iter_rows() for cell in row if isinstance(cell.value, str)]
    for said in (sheet.heading, *sheet.lines, *sheet.signatures, sheet.note, "　人民币壹万叁仟柒佰贰拾元零肆角整"):
        assert said in words
    assert page.freeze_panes == "C4"
    assert (page.print_title_rows, page.print_area) == ("$3:$3", "'2026年度党费收缴登记表'!$A$1:$V$22")
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "landscape")
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert page.oddFooter.left.text == "内部资料　账簿校验 7f3a 91c2"
    assert page.oddFooter.right.text == "第 &P 页　共 &N 页"
    assert page.calculate_dimension() == "A1:V22"


def test_a_public_sheet_says_so_and_not_internal(tmp_path):
    excel.write(sheets.notice(), tmp_path / "x.xlsx")
    page = opened(tmp_path / "x.xlsx")
    assert page.oddFooter.left.text == "公示　账簿校验 7f3a 91c2"
    assert page.page_setup.orientation == "portrait"


def test_bands_stand_over_their_columns(tmp_path):
    excel.write(sheets.roster(), tmp_path / "x.xlsx")
    page = opened(tmp_path / "x.xlsx")
    assert (page["G3"].value, page["G4"].value, page["H4"].value, page["B3"].value) == (
        "工作", "工作单位及职务", "联系电话", "姓名",
    )  # fmt: skip
    merged = {str(area) for area in page.merged_cells.ranges}
    assert {"G3:H3", "B3:B4", "A3:A4", "A1:L1"} <= merged
    assert page.print_title_rows == "$3:$4"
    assert page.print_area.endswith("$A$1:$L$20")  # 编号 is not printed


def test_a_band_longer_than_its_columns_gets_the_lines_it_needs(tmp_path):
    band = "理想信念和组织生活（20分）"
    sheet = sheets.sheet([Column("text", "支部评", NUMBER, 6, band=band)], [])
    excel.write(sheet, tmp_path / "x.xlsx")
    page = opened(tmp_path / "x.xlsx")
    lines = page["B3"].value.split("\n")
    assert "".join(lines) == band
    assert len(lines) > 1
    assert not any(line.endswith("（") for line in lines)
    assert page.row_dimensions[3].height >= len(lines) * 14


def test_an_empty_sheet_is_a_blank_form(tmp_path):
    excel.write(sheets.register(0), tmp_path / "x.xlsx")
    page = opened(tmp_path / "x.xlsx")
    label = next(cell.row for cell in page["A"] if cell.value == "合　计")
    assert label == 4 + layout.BLANK_ROWS
    assert all(page.cell(row, 2).border.left.style == "thin" for row in range(4, label))
    assert all(page.cell(row, place).value is None for row in range(4, label) for place in range(1, 23))


def formulas(path):
    with zipfile.ZipFile(path) as archive:
        return [name for name in archive.namelist() if b"<f>" in archive.read(name) or b"<f " in archive.read(name)]


@pytest.mark.parametrize("text", sheets.FORMULAS)
def test_no_text_becomes_a_formula_wherever_it_stands(tmp_path, text):
    path = tmp_path / "x.xlsx"
    sheet = sheets.texts(
        [text], heading=text, lines=(text, text, text), signatures=(text,), note=text, check=text.replace("&", "")
    )
    excel.write(sheet, path)
    assert formulas(path) == []
    assert {cell.data_type for row in opened(path).iter_rows() for cell in row if cell.value is not None} <= {"s", "n"}
    assert calamine_rows(path)[3][1] == text
    with zipfile.ZipFile(path) as archive:
        assert not [name for name in archive.namelist() if "external" in name.casefold()]


def test_tortured_texts_come_back_whole(tmp_path):
    path = tmp_path / "x.xlsx"
    excel.write(sheets.texts(sheets.TORTURE), path)
    read = [row[1] for row in calamine_rows(path)[3 : 3 + len(sheets.TORTURE)]]
    assert read == [holdable(text) for text in sheets.TORTURE]


def test_what_no_file_can_hold_is_seen():
    assert [holdable(text) for text in ("a\x00b", "\ud800x", "\ufffe", "a\tb\nc")] == ["a�b", "�x", "�", "a\tb\nc"]


@settings(deadline=None, max_examples=50)
@given(values=st.lists(PLAIN_TEXT, min_size=1, max_size=10))
def test_any_text_comes_back_the_same(tmp_path_factory, values):
    path = tmp_path_factory.mktemp("any") / "x.xlsx"
    excel.write(sheets.texts(values), path)
    read = [row[1] for row in calamine_rows(path)[3 : 3 + len(values)]]
    assert read == [holdable(value) for value in values]


@settings(deadline=None, max_examples=50)
@given(
    amount=st.decimals(Decimal("-9999999999.99"), Decimal("9999999999.99"), places=2),
    number=st.integers(-9_999_999_999, 9_999_999_999),
)
def test_any_figure_comes_back_to_the_last_digit(tmp_path_factory, amount, number):
    path = tmp_path_factory.mktemp("any") / "x.xlsx"
    columns = (Column("amount", "金额", MONEY), Column("number", "个数", NUMBER))
    row = sheets.row_type("amount", "number")(amount, number)
    excel.write(sheets.sheet(columns, [row]), path)
    read = opened(path)[4]
    assert (MONEY.read(read[1].value), NUMBER.read(read[2].value)) == (amount, number)


def test_a_number_that_excel_would_cut_is_written_as_text(tmp_path):
    path = tmp_path / "x.xlsx"
    row_of = sheets.row_type("number")
    columns = [Column("number", "个数", NUMBER)]
    excel.write(sheets.sheet(columns, [row_of(10**15 - 1), row_of(10**15), row_of(-(10**20))]), path)
    assert [cell.value for cell in opened(path)["B"][3:6]] == [10**15 - 1, str(10**15), str(-(10**20))]


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(1900, 2, 28), date(1900, 3, 1), date(2026, 2, 28)])
def test_days_before_excels_false_leap_day_are_kept(tmp_path, day):
    path = tmp_path / "x.xlsx"
    column = sheets.ROSTER_COLUMNS[4]
    excel.write(sheets.sheet([column], [sheets.row_type(column.key)(day)]), path)
    assert column.kind.read(opened(path)["B4"].value) == day


def test_a_text_too_long_for_a_cell_is_refused_with_its_place(tmp_path):
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"old")
    for long in ("字" * 32_768, "𪻐" * 16_384):
        with pytest.raises(UserError, match=r"第5行“内容”有\d+个字，超过 Excel 一格的32767个"):
            excel.write(sheets.texts(["短", long]), path)
    assert path.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


def test_equal_sheets_give_equal_bytes(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        excel.write_all([sheets.register(), sheets.roster()], tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_nothing_but_the_program_stands_in_the_properties(tmp_path):
    excel.write(sheets.register(), tmp_path / "x.xlsx")
    properties = openpyxl.load_workbook(tmp_path / "x.xlsx").properties
    assert (properties.creator, properties.title, properties.lastModifiedBy) == ("支部台账", None, None)
    with zipfile.ZipFile(tmp_path / "x.xlsx") as archive:
        assert not re.search("张红卫|周丽萍", archive.read("docProps/app.xml").decode())


def test_a_locked_workbook_opens_by_its_password_only(tmp_path):
    path = tmp_path / "x.xlsx"
    excel.write(sheets.register(), path, password="口令 12345")
    locked = msoffcrypto.OfficeFile(io.BytesIO(path.read_bytes()))
    locked.load_key(password="口令 12345")
    plain = io.BytesIO()
    locked.decrypt(plain)
    assert openpyxl.load_workbook(plain).worksheets[0]["B4"].value == "张红卫"
    other = msoffcrypto.OfficeFile(io.BytesIO(path.read_bytes()))
    other.load_key(password="wrong")
    with pytest.raises(InvalidKeyError):
        other.decrypt(io.BytesIO())


def test_several_sheets_make_one_workbook_with_names_of_their_own(tmp_path):
    heading = "中共某某局机关委员会二〇二六年度党费收缴使用和管理情况登记表[一]"
    excel.write_all([sheets.register(heading=heading), sheets.roster(3, heading=heading)], tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert len(book.sheetnames) == 2
    assert all(len(name) <= 31 for name in book.sheetnames)
    assert book.worksheets[1]["B5"].value == "张红卫"


def test_choices_can_be_picked_where_the_sheet_comes_back(tmp_path):
    excel.write(sheets.roster(), tmp_path / "x.xlsx")
    rules = opened(tmp_path / "x.xlsx").data_validations.dataValidation
    assert [(str(rule.sqref), rule.formula1) for rule in rules] == [("C5:C18", '"男,女"')]


class StoppedError(Exception):
    pass


@pytest.mark.parametrize("password", [None, "口令"])
def test_stopping_leaves_the_old_file(tmp_path, password):
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"old")
    seen = []

    def progress(done, total):
        seen.append((done, total))
        if done >= 1000:
            raise StoppedError

    with pytest.raises(StoppedError):
        excel.write(sheets.register(2000), path, password, progress)
    assert seen == [(500, 2000), (1000, 2000)]
    assert {entry.name: entry.read_bytes() for entry in tmp_path.iterdir()} == {"x.xlsx": b"old"}


def test_a_sheet_of_one_column_of_long_texts_grows_in_height(tmp_path):
    excel.write(sheets.texts(["短", "长" * 100, "一\n二\n三"]), tmp_path / "x.xlsx")
    page = opened(tmp_path / "x.xlsx")
    assert [page.row_dimensions[row].height for row in (4, 5, 6)] == [20, 62, 48]
    assert TEXT.excel_format == page["B5"].number_format


def test_a_roster_is_no_wider_than_a_page_of_a4_prints_legibly(tmp_path):
    excel.write(sheets.full_roster(47), tmp_path / "x.xlsx")
    page = opened(tmp_path / "x.xlsx")
    assert sum(column.width for column in page.column_dimensions.values()) <= 250
    assert page.page_setup.paperSize == 9
    (heading,) = (row for row in page.iter_rows(max_row=6) if row[0].value == layout.NUMBER_TITLE)
    for cell in heading:
        width = page.column_dimensions[cell.column_letter].width
        assert all(columns_of(line) <= width for line in cell.value.split("\n")), cell.value
    heights = [page.row_dimensions[row].height for row in range(heading[0].row + 1, heading[0].row + 48)]
    assert max(heights) <= 3 * 14 + 6


def test_a_narrow_table_keeps_the_widths_it_declares(tmp_path):
    sheet = sheets.notice()
    excel.write(sheet, tmp_path / "x.xlsx")
    widths = [column.width for column in opened(tmp_path / "x.xlsx").column_dimensions.values()]
    assert all(width >= column.width for width, column in zip(widths[1:], layout.printed_columns(sheet), strict=True))
