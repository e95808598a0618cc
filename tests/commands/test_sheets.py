"""What comes out: lists, ledgers in three formats for any period, forms, and files that read back."""

import csv
import io
import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import msoffcrypto
import openpyxl
import pypdfium2
import pytest
from sqlalchemy import select

import commands
from commands.arguments import parse
from models.database import Database
from models.records.members import members
from models.records.private_exports import PrivateExport
from tests import founded
from tests.commands.conftest import TODAY, Run
from tests.people import id_number

Book = Callable[..., Path]
LEDGERS = ["members", "members_roster", "dues_register", "dues_assessments", "dues_payments", "dues_arrears",
           "dues_remittances", "dues_summary", "dues_notice"]  # fmt: skip
ZHANG, LI = id_number("1980-03-05"), id_number("1955-08-12", 2)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two members, October and November opened, Zhang paid both, October handed up."""
    folder = tmp_path_factory.mktemp("两人")
    path, roster = folder / "a.zbtz", folder / "名册.csv"
    head = ("姓名", "公民身份号码", "党费类别", "缴费基数", "联系电话", "备注")
    rows = (
        ("张红卫", ZHANG, "在职", "7420", "10000000001", "=1+1"),
        ("李素云", LI, "离退休", "5000", "10000000002", ""),
    )
    roster.write_text("\n".join(map(",".join, (head, *rows))), encoding="utf-8")
    founded.make(path, "甲局第一党支部", TODAY).close()
    work = [f"import members {roster}"]
    for month in ("2026-10", "2026-11"):
        work += [f"dues open {month}", f"dues collect {month} --member 1 --on {month}-23"]
    for words in (*work, "dues remit 2026-10 --on 2026-10-26 --voucher V-1"):
        assert commands.run(parse(["--data", str(path), *words.split()]), TODAY) == 0
    return path


@pytest.fixture
def books(kept: Path, tmp_path: Path) -> Path:
    """A copy of that file."""
    return Path(shutil.copyfile(kept, tmp_path / "a.zbtz"))


def cells(path: Path, password: str | None = None) -> list[list[Any]]:
    """All rows of a workbook's first sheet, as values."""
    content = io.BytesIO()
    with path.open("rb") as file:
        if password is None:
            content.write(file.read())
        else:
            locked = msoffcrypto.OfficeFile(file)
            locked.load_key(password)
            locked.decrypt(content)
    sheet = openpyxl.load_workbook(content).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_ledgers_and_forms_are_listed(run: Run):
    found = run("ledgers", "--json", data=None).json
    assert [list(each) for each in found] == [["name", "title", "importable"]] * len(found)
    assert {each["name"] for each in found} >= set(LEDGERS)
    rooms = ("members", "dues_", "life_", "care_")
    assert all(each["name"].startswith(rooms) or each["name"] == "sendings" for each in found)
    importable = [each["name"] for each in found if each["importable"]]
    assert set(importable) >= {"members", "dues_assessments", "dues_worksheets", "dues_payments"}
    forms = run("forms", "--json", data=None).json
    assert [list(each) for each in forms] == [["name", "title"]] * len(forms)
    assert forms
    for each in forms:
        assert f"{each['name']}\t{each['title']}" in run("forms", data=None).out


@pytest.mark.parametrize("ledger", LEDGERS)
@pytest.mark.parametrize("ending", ["xlsx", "pdf", "csv", "XLSX"])
def test_every_ledger_is_written_in_every_format(run: Run, books: Path, tmp_path: Path, ledger: str, ending: str):
    path = tmp_path / f"表.{ending}"
    done = run("export", ledger, path)
    assert (done.status, done.err) == (0, "")
    head = {"xlsx": b"PK", "pdf": b"%PDF", "csv": b"\xef\xbb\xbf"}[ending.lower()]
    assert path.read_bytes().startswith(head)
    assert "张红卫" in done.out or path.name in done.out


@pytest.mark.parametrize(
    ("ledger", "period", "heading"),
    [
        ("dues_payments", None, "2026年11月党费交纳明细"),
        ("dues_payments", "2026", "2026年度党费交纳明细"),
        ("dues_payments", "2026H2", "2026年下半年党费交纳明细"),
        ("dues_payments", "2026Q4", "2026年第四季度党费交纳明细"),
        ("dues_payments", "2026-10", "2026年10月党费交纳明细"),
        ("dues_payments", "2026-03..2026-10", "2026年3月—10月党费交纳明细"),
        ("dues_payments", "2025..2026", "2025—2026年度党费交纳明细"),
        ("dues_register", None, "2026年度党费收缴登记表"),
        ("dues_register", "2026-11", "2026年度党费收缴登记表"),
        ("dues_register", "2025", "2025年度党费收缴登记表"),
    ],
)
def test_the_period_is_the_one_asked_for(
    run: Run, books: Path, tmp_path: Path, ledger: str, period: str | None, heading: str
):
    run("export", ledger, tmp_path / "表.xlsx", *(("--period", period) if period else ()))
    assert cells(tmp_path / "表.xlsx")[0][0] == heading
    run("export", ledger, tmp_path / "表.pdf", *(("--period", period) if period else ()))
    assert heading in text(tmp_path / "表.pdf")


def test_the_payments_of_a_period_are_those_of_its_days(run: Run, books: Path, tmp_path: Path):
    for period, count in (("2026-10", 1), ("2026-11", 1), ("2026-10..2026-11", 2), ("2026-12", 0), ("2026", 2)):
        run("export", "dues_payments", tmp_path / "表.csv", "--period", period)
        with (tmp_path / "表.csv").open(encoding="utf-8-sig", newline="") as lines:
            assert len(list(csv.DictReader(lines))) == count, period


def test_a_ledger_of_the_year_has_a_sheet_for_each_year_of_a_span(run: Run, books: Path, tmp_path: Path):
    run("export", "dues_register", tmp_path / "表.xlsx", "--period", "2025..2026")
    sheets = openpyxl.load_workbook(tmp_path / "表.xlsx").worksheets
    assert [sheet["A1"].value for sheet in sheets] == ["2025年度党费收缴登记表", "2026年度党费收缴登记表"]
    run("export", "dues_register", tmp_path / "表.csv", "--period", "2025..2026")
    with (tmp_path / "表.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [(row["表名"][:4], row["姓名"], row["全年实交"]) for row in rows[-2:]] == [
        ("2026", "张红卫", "222.60"), ("2026", "李素云", "0"),
    ]  # fmt: skip


def test_one_branch_alone(run: Run, books: Path, book: Book, tmp_path: Path):
    run(
        "import",
        "members",
        book(("姓名", "公民身份号码", "所在党支部"), ("王五", id_number("1990-01-01"), "第二党支部")),
    )
    run("export", "members", tmp_path / "表.csv", "--branch", "第二党支部")
    with (tmp_path / "表.csv").open(encoding="utf-8-sig", newline="") as lines:
        assert [row["姓名"] for row in csv.DictReader(lines)] == ["王五"]
    done = run("export", "members", tmp_path / "表.csv", "--branch", "第九党支部")
    assert (done.status, "第二党支部" in done.err) == (1, True)


def test_a_workbook_is_locked_with_the_password_of_a_file(run: Run, books: Path, tmp_path: Path):
    key = tmp_path / "钥匙.txt"
    key.write_text("工作簿密码", encoding="utf-8")
    path = tmp_path / "表.xlsx"
    assert run("export", "members", path, "--protect-with", key).status == 0
    assert path.read_bytes().startswith(b"\xd0\xcf\x11\xe0")
    assert cells(path, "工作簿密码")[0][0] == "党员信息"
    done = run("import", "members", path, "--open-with", key, "--json")
    assert (done.json["unchanged"], done.json["problems"]) == (2, [])
    for ending in ("pdf", "csv"):
        refused = run("export", "members", tmp_path / f"锁.{ending}", "--protect-with", key)
        assert (refused.status, f"锁.{ending}" in refused.err) == (1, True)
        assert not (tmp_path / f"锁.{ending}").exists()


@pytest.mark.parametrize("name", ["表.xls", "表", "表.docx", "没有/表.xlsx", "a.zbtz"])
def test_a_file_that_cannot_be_written_is_refused_by_name(run: Run, books: Path, tmp_path: Path, name: str):
    before = books.read_bytes()
    done = run("export", "members", tmp_path / name)
    assert (done.status, done.out) == (1, "")
    assert done.err.strip()
    assert books.read_bytes() == before
    assert run("form", "dues_slip", tmp_path / name).status == 1


def test_no_ledger_and_no_form_of_that_name(run: Run, books: Path, tmp_path: Path):
    for words in (("export", "nosuch", tmp_path / "a.xlsx"), ("form", "nosuch", tmp_path / "a.pdf")):
        done = run(*words)
        assert (done.status, "没有名为“nosuch”" in done.err) == (1, True)


def edited(path: Path, change: Callable[[Any, dict[str, int]], None]) -> None:
    """Changes an exported workbook by hand, with a program that keeps no sums; columns are found by their titles."""
    workbook = openpyxl.load_workbook(path)
    sheet = workbook.worksheets[0]
    for row in sheet.iter_rows():
        titles = {str(cell.value): cell.column for cell in row if cell.value}
        if {"姓名", "编号"} <= set(titles):
            change(sheet, titles)
    workbook.save(path)


def cell_of(sheet: Any, titles: dict[str, int], name: str, title: str) -> Any:
    for row in range(1, sheet.max_row + 1):
        if sheet.cell(row, titles["姓名"]).value == name:
            return sheet.cell(row, titles[title])
    raise AssertionError(name)


@pytest.mark.parametrize("ledger", ["members", "dues_assessments", "dues_worksheets", "dues_payments"])
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_what_was_exported_reads_back_without_a_change(
    run: Run, books: Path, book: Book, tmp_path: Path, ledger: str, ending: str
):
    head = ("姓名", "党费类别", "缴费基数", "起始月", "核定金额", "支部研究日期", "调整原因")
    run(
        "dues",
        "assess",
        book(head, ("李素云", "离退休", 5000, "2026-12", 10, "2026-11-20", "困难减免"), name="核定.xlsx"),
    )
    run("dues", "reverse", "2", "--reason", "记错")
    path = tmp_path / f"交换.{ending}"
    run("export", ledger, path, "--period", "2026")
    before = books.read_bytes()
    done = run("import", ledger, path, "--json")
    assert (done.status, done.json["problems"], done.json["added"], done.json["updated"]) == (0, [], 0, 0)
    assert done.json["unchanged"] == done.json["rows_read"] > 1
    assert done.json["skipped"] == []  # neither the totals nor the row that says them in words
    assert books.read_bytes() == before


def test_an_edited_roster_changes_just_what_was_edited(run: Run, books: Path, tmp_path: Path):
    path = tmp_path / "交换.xlsx"
    run("export", "members", path)

    def change(sheet: Any, titles: dict[str, int]) -> None:
        assert [title for title, column in titles.items() if column == max(titles.values())] == ["编号"]
        cell_of(sheet, titles, "李素云", "联系电话").value = None
        cell_of(sheet, titles, "李素云", "备注").value = "外出"
        cell_of(sheet, titles, "张红卫", "姓名").value = "张宏卫"

    edited(path, change)
    before = run("members", "--json").json
    done = run("import", "members", path, "--json")
    assert (done.status, done.json["updated"], done.json["added"]) == (0, 2, 0)
    after = run("members", "--json").json
    assert after[0] == before[0] | {"name": "张宏卫"}
    assert after[1] == before[1] | {"phone": None, "remark": "外出"}


def test_a_recorded_payment_is_not_changed_by_a_file(run: Run, books: Path, tmp_path: Path):
    path = tmp_path / "交换.xlsx"
    run("export", "dues_payments", path, "--period", "2026")

    def change(sheet: Any, titles: dict[str, int]) -> None:
        cell_of(sheet, titles, "张红卫", "实交").value = 1.0

    edited(path, change)
    done = run("import", "dues_payments", path, "--json")
    assert (done.status, done.json["added"], done.json["updated"]) == (1, 0, 0)
    (problem,) = done.json["problems"]
    assert (problem["field"], "冲销" in problem["why"]) == ("amount", True)
    assert run("dues", "status", "2026-10", "--json").json["total_paid"] == "111.30"


def test_a_payment_takes_a_remark_by_its_number(run: Run, books: Path, tmp_path: Path):
    path = tmp_path / "交换.xlsx"
    run("export", "dues_payments", path, "--period", "2026")

    def change(sheet: Any, titles: dict[str, int]) -> None:
        cell_of(sheet, titles, "张红卫", "备注").value = "本人交"

    edited(path, change)
    assert run("import", "dues_payments", path, "--json").json["updated"] == 1
    assert run("import", "dues_payments", path, "--json").json["updated"] == 0


def test_in_csv_a_formula_is_text_and_comes_back_as_typed(run: Run, books: Path, tmp_path: Path):
    run("export", "members", tmp_path / "表.csv")
    assert ",'=1+1," in (tmp_path / "表.csv").read_text(encoding="utf-8-sig")
    assert run("import", "members", tmp_path / "表.csv", "--json").json["unchanged"] == 2
    assert run("members", "--json").json[0]["remark"] == "=1+1"


def test_the_roster_form_is_without_pay_and_the_notice_without_numbers(run: Run, books: Path, tmp_path: Path):
    for ending, read in (("pdf", text), ("csv", lambda path: path.read_text(encoding="utf-8-sig"))):
        run("export", "members_roster", tmp_path / f"名册.{ending}")
        assert "7420" not in read(tmp_path / f"名册.{ending}").replace(",", "")
        run("export", "dues_notice", tmp_path / f"公示.{ending}")
        shown = read(tmp_path / f"公示.{ending}")
        assert "张红卫" in shown
        assert not any(kept in shown.replace(",", "") for kept in (ZHANG, LI, "111.30", "7420", "10000000001"))


def test_the_register_has_one_row_a_member(run: Run, books: Path, tmp_path: Path):
    run("export", "dues_register", tmp_path / "表.csv")
    with (tmp_path / "表.csv").open(encoding="utf-8-sig", newline="") as lines:
        zhang, li = csv.DictReader(lines)
    assert (zhang["姓名"], zhang["10月"], zhang["11月"], zhang["全年实交"], zhang["交至年月"]) == (
        "张红卫", "111.30", "111.30", "222.60", "2026-11",
    )  # fmt: skip
    assert (li["姓名"], li["10月"], li["备注"]) == ("李素云", "", "欠交")


def pages(path: Path) -> int:
    document = pypdfium2.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()


def test_a_form_has_a_page_a_record_one_by_number_or_none_to_fill_in(run: Run, books: Path, tmp_path: Path):
    path = tmp_path / "凭条.pdf"
    run("dues", "collect", "2026-11", "--member", "2", "--on", "2026-11-23")
    assert "共 2 份" in run("form", "dues_slip", path).out
    assert "共 3 份" in run("form", "dues_slip", path, "--period", "2026").out
    assert "共 1 份" in run("form", "dues_slip", path, "--id", "1").out
    assert "2026-00001" in text(path)
    assert "空白表" in run("form", "dues_slip", path, "--period", "2025").out
    assert pages(path) == 1
    refused = run("form", "dues_slip", path, "--id", "99")
    assert (refused.status, "编号为 99" in refused.err) == (1, True)
    assert run("form", "dues_slip", path, "--id", "1", "--period", "2026-11").status == 1


def test_a_notice_is_found_by_its_number_in_whichever_month_it_is(run: Run, books: Path, tmp_path: Path):
    path = tmp_path / "公示.pdf"
    for number, month in ((1, "2026年10月"), (2, "2026年11月")):
        assert "共 1 份" in run("form", "dues_notice", path, "--id", number).out
        assert month in text(path)
    assert run("form", "dues_notice", path).out
    assert "2026年11月" in text(path)  # the working month, where nothing is said
    assert run("form", "dues_notice", path, "--id", "3").status == 1


def test_the_notice_is_one_thing_as_a_ledger_and_as_a_form(run: Run, books: Path, tmp_path: Path):
    for command in ("ledgers", "forms"):
        (found,) = (each for each in run(command, "--json", data=None).json if each["name"] == "dues_notice")
        assert found["title"] == "党费收缴情况公示"
    run("export", "dues_notice", tmp_path / "台账.pdf", "--period", "2026-11")
    run("form", "dues_notice", tmp_path / "公示.pdf", "--period", "2026-11")
    assert (tmp_path / "台账.pdf").read_bytes() == (tmp_path / "公示.pdf").read_bytes()


def test_a_character_that_no_font_has_is_named_with_its_place(run: Run, books: Path, tmp_path: Path):
    database = Database.open(books)
    with database.writing("改名") as session:
        members.find_by_id(session, 2).name = "李\U00031350"
    database.close()
    done = run("export", "members_roster", tmp_path / "名册.pdf")
    assert done.status == 0
    assert "“名册.pdf”：第 2 行“姓名”的“\U00031350”（U+31350）没有字体可画" in done.err
    run("dues", "collect", "2026-11", "--member", "2", "--on", "2026-11-23")
    assert "第 2 份的“\U00031350”（U+31350）没有字体可画" in run("form", "dues_slip", tmp_path / "凭条.pdf").err


@pytest.mark.parametrize("name", ["dues_slip", "dues_remittance", "dues_notice"])
def test_every_form_is_drawn_for_records_and_blank(run: Run, books: Path, tmp_path: Path, name: str):
    for period in ("2026-10", "2020"):
        done = run("form", name, tmp_path / "表.pdf", "--period", period)
        assert (done.status, done.err) == (0, "")
        assert pages(tmp_path / "表.pdf") >= 1


def test_members_who_left_are_listed_when_asked_for(run: Run, books: Path):
    database = Database.open(books)
    with database.writing("转出") as session:
        members.leave(session, 2, "转出", date(2026, 11, 20))
    database.close()
    assert [each["name"] for each in run("members", "--json").json] == ["张红卫"]
    both = run("members", "--all", "--json").json
    assert [(each["id"], each["status"]) for each in both] == [(1, "在册"), (2, "转出")]
    assert "李素云" in run("members", "--all").out
    assert "李素云" not in run("members").out


def test_a_ledger_as_of_an_earlier_day(run: Run, books: Path, tmp_path: Path):
    assert run("export", "members_roster", tmp_path / "册.csv", "--as-of", "1990-01-01").status == 0
    with (tmp_path / "册.csv").open(encoding="utf-8-sig", newline="") as lines:
        then = [row["姓名"] for row in csv.DictReader(lines)]
    assert run("export", "members_roster", tmp_path / "册.csv").status == 0
    with (tmp_path / "册.csv").open(encoding="utf-8-sig", newline="") as lines:
        now = [row["姓名"] for row in csv.DictReader(lines)]
    assert set(then) <= set(now)
    refused = run("export", "dues_payments", tmp_path / "册.csv", "--as-of", "2026-01-01")
    assert (refused.status, "不能按某一天导出" in refused.err) == (1, True)
    refused = run("export", "members_roster", tmp_path / "册.csv", "--as-of", "2199-01-01")
    assert (refused.status, "还没有到" in refused.err) == (1, True)


def test_what_tells_something_private_leaves_a_line_in_the_trail(run: Run, books: Path, tmp_path: Path):
    run("export", "members_roster", str(tmp_path / "册.xlsx"))
    run("export", "dues_notice", str(tmp_path / "公示.xlsx"))
    with closing(Database.open(books, read_only=True)) as database, database.reading() as session:
        found = session.scalars(select(PrivateExport)).all()
    assert [(each.title, each.told, each.way, each.rows) for each in found] == [
        ("党员花名册", "身份证号", "命令行导出", 2)
    ]
