"""One roster in every form that files come in: whatever the ending, the same people are read."""

import csv
import html
import io
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlwt
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from importers import matching, reader
from models.ledgers.members.roster import MEMBERS
from tests.importers import hostile
from tests.importers.invented import found, people, shown

HEAD = ("姓 名", "性别", "公民身份号码", "出生日期", "联系电话", "家庭住址", "备注")
KEYS = ("name", "sex", "id_number", "birth_date", "phone", "address", "remark")
PEOPLE = people(12)
PEOPLE[3]["remark"] = '住址,电话;待核\t见"附件"\n第二行'
PEOPLE[5]["name"] = "欧阳𬎆\ue863"
ALL = [shown(person, *KEYS) for person in PEOPLE]
PLAIN = [[person[key] for key in KEYS] for person in PEOPLE]
TEXTS = [["" if cell is None else str(cell) for cell in row] for row in PLAIN]


def separated(delimiter=",", encoding="utf-8", line="\r\n", before=""):
    out = io.StringIO()
    out.write(before)
    csv.writer(out, delimiter=delimiter, lineterminator=line).writerows([HEAD, *TEXTS])
    return out.getvalue().encode(encoding)


def xlsx(from_1904=False, alter=None):
    book = openpyxl.Workbook()
    if from_1904:
        book.epoch = CALENDAR_MAC_1904
    for row in (HEAD, *PLAIN):
        book.active.append(row)
    if alter:
        alter(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls(from_1904=False):
    book = xlwt.Workbook(encoding="utf-8")
    book.dates_1904 = from_1904
    sheet = book.add_sheet("名册")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for number, row in enumerate((HEAD, *PLAIN)):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write(number, column, datetime(cell.year, cell.month, cell.day), day)
            elif cell is not None:
                sheet.write(number, column, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def page(encoding="utf-8", declared=True):
    rows = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>".replace("\n", "<br>") for cell in row) + "</tr>\n"
        for row in TEXTS
    )
    head = "<tr>" + "".join(f"<th rowspan=1><b>{cell}</b></th>" for cell in HEAD) + "</tr>"
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={encoding}">' if declared else ""
    title = f"<tr><td colspan={len(HEAD)}>测试支部党员名册</td></tr>"
    return (
        f'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>{meta}<title>名册</title>'
        "<style>td {}</style></head>"
        f"<body><table border=1>{title}{head}{rows}</table></body></html>"
    ).encode("gb18030" if encoding == "gb2312" else encoding)


def xml2003():
    def cell(value):
        if value is None:
            return "<Cell/>"
        if isinstance(value, date):
            return f'<Cell ss:StyleID="d"><Data ss:Type="DateTime">{value}T00:00:00.000</Data></Cell>'
        return f'<Cell><Data ss:Type="String">{html.escape(value)}</Data></Cell>'

    rows = "".join("<Row>" + "".join(map(cell, row)) + "</Row>" for row in (HEAD, *PLAIN))
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="d">'
        '<NumberFormat ss:Format="yyyy\\-mm\\-dd"/></Style></Styles><Worksheet ss:Name="名册"><Table>'
        f'<Row ss:Index="2"><Cell ss:MergeAcross="6"><Data ss:Type="String">党员名册</Data></Cell></Row>{rows}'
        "</Table></Worksheet></Workbook>"
    ).encode()


FORMS = {
    "名册.xlsx": xlsx,
    "名册1904.xlsx": lambda: xlsx(from_1904=True),
    "名册.et": xlsx,
    "名册.xls": xls,
    "名册1904.xls": lambda: xls(from_1904=True),
    "老.et": xls,
    "名不副实.csv": xls,
    "名不副实.txt": xlsx,
    "utf8.csv": separated,
    "utf8bom.csv": lambda: separated(encoding="utf-8-sig"),
    "gb18030.csv": lambda: separated(encoding="gb18030"),
    "utf16.csv": lambda: separated(encoding="utf-16"),
    "utf16.txt": lambda: separated("\t", "utf-16"),
    "utf16be.txt": lambda: separated("\t", "utf-16-be"),
    "分号.csv": lambda: separated(";"),
    "竖线.csv": lambda: separated("|"),
    "制表符.xls": lambda: separated("\t", "gb18030"),
    "换行.csv": lambda: separated(line="\n"),
    "声明.csv": lambda: separated(";", before="sep=;\r\n"),
    "网页.xls": page,
    "网页gb.xls": lambda: page("gb2312"),
    "网页无声明.xls": lambda: page("gb18030", declared=False),
    "xml.xls": xml2003,
}


def read(tmp_path: Path, name: str, data: bytes) -> matching.Match:
    path = tmp_path / name
    path.write_bytes(data)
    return matching.match(reader.read(path), MEMBERS)


@pytest.mark.parametrize("name", FORMS)
def test_the_same_people_are_read_from_every_form(tmp_path, name):
    match = read(tmp_path, name, FORMS[name]())
    answer = found(match, *KEYS)
    if name.startswith("网页"):  # a page cannot tell one blank from several
        answer = [{key: value and value.replace("\t", " ") for key, value in person.items()} for person in answer]
        assert answer == [{key: value and value.replace("\t", " ") for key, value in each.items()} for each in ALL]
    else:
        assert answer == ALL
    assert match.problems == ()
    assert match.rows[0].number == match.header_row + 1


@pytest.mark.parametrize("name", ["网页.xls", "xml.xls"])
def test_rows_are_counted_as_a_person_sees_them(tmp_path, name):
    assert read(tmp_path, name, FORMS[name]()).header_row == (2 if name == "网页.xls" else 3)


def test_a_number_in_a_number_cell_is_refused_in_every_form(tmp_path):
    lossy = int(PEOPLE[0]["id_number"][:15] + "000")

    def alter(sheet):
        sheet["C2"] = lossy

    as_page = (
        page().replace(PEOPLE[0]["id_number"].encode(), b"X").replace(b"<td>X</td>", f"<td x:num>{lossy}</td>".encode())
    )
    as_text = separated().replace(PEOPLE[0]["id_number"].encode(), b"1.19901E+17")
    for name, data in (("a.xlsx", xlsx(alter=alter)), ("a.xls", as_page), ("a.csv", as_text)):
        match = read(tmp_path, name, data)
        assert [problem.field for problem in match.problems] == ["id_number"]
        assert len(match.rows) == 11


def test_formulas_in_a_workbook_that_nothing_calculated_are_reported(tmp_path):
    def alter(sheet):
        sheet["B3"] = '=IF(MOD(MID(C3,17,1),2)=1,"男","女")'

    match = read(tmp_path, "a.xlsx", xlsx(alter=alter))
    assert [(problem.row, problem.field) for problem in match.problems] == [(3, "sex")]
    assert "公式" in match.problems[0].why


def test_formulas_and_errors_in_an_old_workbook_are_reported(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("名册")
    for column, heading in enumerate(("姓名", "性别", "出生日期")):
        sheet.write(0, column, heading)
    for row, name in enumerate(("甲某", "乙某", "丙某"), 1):
        sheet.write(row, 0, name)
        sheet.write(row, 1, "男")
        sheet.write(row, 2, 30247)
    sheet.row(2).set_cell_error(3, 0x2A)  # beside the table: nobody's concern
    sheet.row(4).set_cell_text(0, "丁某")
    sheet.row(4).set_cell_error(1, 0x2A)
    sheet.row(5).set_cell_text(0, "戊某")
    sheet.row(5).write(1, xlwt.Formula("A1"))
    out = io.BytesIO()
    book.save(out)
    match = read(tmp_path, "a.xls", out.getvalue())
    assert [(problem.row, problem.field) for problem in match.problems] == [(5, "sex"), (6, "sex")]
    assert len(match.rows) == 3


def test_quotes_that_do_not_pair_swallow_nothing(tmp_path):
    lines = separated().decode().split("\r\n")
    lines[2] = '"' + lines[2]
    match = read(tmp_path, "a.csv", "\r\n".join(lines[:4]).encode())
    assert len(match.rows) + len(match.problems) == 3
    assert any("引号" in notice for notice in match.notices)


def test_what_csv_guards_against_formulas_is_read_back(tmp_path):
    number = PEOPLE[0]["id_number"]
    data = f'姓名,身份证号,备注\r\n甲某,"=""{number}""",\'=1+1\r\n乙某,\'{number[:-1]}X,\'\'+\r\n\'=x,,\r\n'.encode()
    match = read(tmp_path, "a.csv", data)
    assert match.rows[0].values == {"name": "甲某", "id_number": number, "remark": "=1+1"}
    assert {problem.field for problem in match.problems} == {"id_number", "name"}


def test_names_like_formulas_in_a_workbook_are_reported_not_run(tmp_path):
    def alter(sheet):
        sheet["A2"].value = '=HYPERLINK("http://a.example","甲某")'
        sheet["A2"].data_type = "s"

    match = read(tmp_path, "a.xlsx", xlsx(alter=alter))
    assert [(problem.row, problem.field) for problem in match.problems] == [(2, "name")]


def test_rows_far_down_and_columns_far_out_are_found(tmp_path):
    book = openpyxl.Workbook()
    book.active["AD10"], book.active["AE10"] = "姓名", "性别"
    book.active["AD11"], book.active["AE11"] = "甲某", "男"
    out = io.BytesIO()
    book.save(out)
    match = read(tmp_path, "a.xlsx", out.getvalue())
    assert (match.header_row, match.rows[0].number) == (10, 11)


def test_rich_text_and_inline_text_are_read_whole(tmp_path):
    strings = (
        f'<sst xmlns="{hostile.MAIN}"><si><r><t>姓</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 名</t></r></si>'
        "<si><t>性别</t></si><si><t>甲</t><rPh sb='0' eb='1'><t>jia</t></rPh></si></sst>"
    )
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>甲某</t></is></c><c r="B2" t="str"><f>"男"</f><v>男</v></c></row>'
    )
    match = read(tmp_path, "a.xlsx", hostile.package(rows, {"xl/sharedStrings.xml": strings}))
    assert match.rows[0].values == {"name": "甲某", "sex": "男"}


def test_the_child_holds_neither_database_nor_window():
    heavy = "('sqlalchemy', 'PySide6', 'openpyxl')"
    code = f"import sys, importers.reading.child; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_texts_of_several_lines_full_of_other_marks_do_not_mislead(tmp_path):
    """Minutes have more Chinese commas and semicolons than a table has columns."""
    said = "一、研究，讨论，决定；\n二、通报，学习，交流；\n三、安排，落实，检查。"
    out = io.StringIO(newline="")
    csv.writer(out).writerows([[*HEAD, "备注"], *([*row, said] for row in TEXTS)])
    assert found(read(tmp_path, "记录.csv", out.getvalue().encode()), *KEYS) == ALL
