"""Reading files in: what is reported, what is saved, what is refused as a whole, and that nothing comes twice."""

import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import msoffcrypto
import openpyxl
import pytest

from tests.commands.conftest import Done, Run
from tests.people import id_number

Book = Callable[..., Path]
HEAD = ("姓名", "公民身份号码", "联系电话")
ZHANG = ("张红卫", id_number("1980-03-05"), "10000000001")
LI = ("李素云", id_number("1975-08-12", 2), "10000000002")
FIELDS = [
    "name", "sex", "ethnicity", "birth_date", "id_number", "native_place", "education", "degree", "work_started_on",
    "joined_on", "full_member_on", "category", "branch", "post", "rank", "party_post", "group", "phone", "address",
    "dues_category", "dues_base", "remark",
]  # fmt: skip


def members(run: Run, *options: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run("members", "--json", *options).json
    return found


def names(run: Run) -> list[str]:
    return [each["name"] for each in members(run)]


def counts(done: Done) -> tuple[int, int, int]:
    return done.json["added"], done.json["updated"], done.json["unchanged"]


def test_the_answer_has_the_shape_that_was_agreed(run: Run, file: Path, book: Book):
    done = run("import", "members", book(("花名册",), (*HEAD, "爱好"), (*ZHANG, "下棋"), (*LI, "")), "--json")
    assert done.status == 0
    assert done.json == {
        "sheet": "Sheet1",
        "header_row": 2,
        "mapping": {"姓名": "name", "公民身份号码": "id_number", "联系电话": "phone"},
        "unmapped": ["爱好"],
        "rows_read": 2,
        "added": 2,
        "updated": 0,
        "unchanged": 0,
        "skipped": [],
        "problems": [],
    }


def test_a_member_is_told_with_every_field_in_its_standard_form(run: Run, file: Path, book: Book):
    head = (*HEAD, "性别", "民族", "人员类别", "入党时间", "缴费基数", "党费类别", "备注")
    run("import", "members", book(head, (*ZHANG, "1", "汉", "预备", "2001.07", 7420, "在职", "不详")))
    (zhang,) = members(run)
    assert list(zhang) == ["id", "status", *FIELDS]
    wanted = {
        "id": 1,
        "status": "在册",
        "sex": "男",
        "ethnicity": "汉族",
        "category": "预备党员",
        "joined_on": "2001-07",
    }
    wanted |= {"birth_date": "1980-03-05", "dues_base": "7420.00", "branch": "甲局第一党支部", "remark": None}
    assert zhang.items() >= wanted.items()


def test_the_same_file_twice_adds_nothing(run: Run, file: Path, book: Book):
    path = book(HEAD, ZHANG, LI)
    assert counts(run("import", "members", path, "--json")) == (2, 0, 0)
    before = file.read_bytes()
    assert counts(run("import", "members", path, "--json")) == (0, 0, 2)
    assert file.read_bytes() == before
    assert names(run) == ["张红卫", "李素云"]


def test_a_dry_run_reports_the_same_and_saves_nothing(run: Run, file: Path, book: Book):
    before = file.read_bytes()
    path = book(HEAD, ZHANG, ("赵六", "110105199001011234", ""))
    tried = run("import", "members", path, "--dry-run", "--json")
    assert file.read_bytes() == before
    assert members(run) == []
    done = run("import", "members", path, "--json")
    assert (tried.status, tried.json, tried.err) == (done.status, done.json, done.err)
    assert "没有保存" in run("import", "members", path, "--dry-run").out


def test_sound_rows_are_saved_and_the_others_named(run: Run, file: Path, book: Book):
    path = book(HEAD, ZHANG, ("赵六", "110105199001011234", ""), ("王五", "", ""), LI)
    done = run("import", "members", path, "--json")
    assert done.status == 1
    assert counts(done) == (2, 0, 0)
    assert [(each["row"], each["field"]) for each in done.json["problems"]] == [(3, "id_number"), (4, "id_number")]
    assert done.json["problems"][0]["value"] == "110105199001011234"
    assert "校验位" in done.json["problems"][0]["why"]
    assert done.json["rows_read"] == 4
    assert "名册.xlsx" in done.err
    assert "第 3 行" in done.err
    assert names(run) == ["张红卫", "李素云"]


def test_what_saving_refuses_is_reported_by_row_too(run: Run, file: Path, book: Book):
    run("import", "members", book(HEAD, ZHANG))
    done = run("import", "members", book(HEAD, LI, ("张宏伟", ZHANG[1], "")), "--json")
    assert done.status == 1
    (problem,) = done.json["problems"]
    assert (problem["row"], problem["field"], problem["value"]) == (3, "id_number", ZHANG[1])
    assert "张红卫" in problem["why"]


@pytest.mark.parametrize("why", ["nothing", "no table", "damaged", "no file", "a folder", "a picture"])
def test_what_cannot_be_read_is_refused_whole_with_the_file_named(
    run: Run, file: Path, book: Book, tmp_path: Path, why: str
):
    path = tmp_path / "名册.xlsx"
    if why == "nothing":
        book()
    elif why == "no table":
        book(("今天", "天气"), ("晴", "好"))
    elif why == "damaged":
        book(HEAD, ZHANG).write_bytes(book(HEAD, ZHANG).read_bytes()[:-400])
    elif why == "a folder":
        path.mkdir()
    elif why == "a picture":
        path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    before = file.read_bytes()
    done = run("import", "members", path, "--json")
    assert (done.status, done.out) == (1, "")
    assert "名册.xlsx" in done.err
    assert len(done.err.splitlines()) == 1
    assert file.read_bytes() == before


def test_an_encrypted_workbook_opens_with_the_password_in_a_file(run: Run, file: Path, book: Book, tmp_path: Path):
    plain = book(HEAD, ZHANG)
    locked, key = tmp_path / "加密.xlsx", tmp_path / "钥匙.txt"
    with plain.open("rb") as source, locked.open("wb") as target:
        msoffcrypto.OfficeFile(io.BytesIO(source.read())).encrypt("工作簿密码", target)
    key.write_text("工作簿密码\n", encoding="utf-8")
    without = run("import", "members", locked, "--json")
    assert (without.status, without.out) == (1, "")
    assert "密码" in without.err
    assert counts(run("import", "members", locked, "--open-with", key, "--json")) == (1, 0, 0)
    key.write_text("不对", encoding="utf-8")
    assert run("import", "members", locked, "--open-with", key).status == 1


def test_the_sheet_is_found_or_chosen(run: Run, file: Path, tmp_path: Path):
    workbook = openpyxl.Workbook()
    notes = workbook.active
    assert notes is not None
    notes.append(["填表说明：请按样例填写"])
    for title, row in (("一支部", ZHANG), ("二支部", LI)):
        sheet = workbook.create_sheet(title)
        sheet.append(HEAD)
        sheet.append(row)
    workbook.save(tmp_path / "两张.xlsx")
    one = run("import", "members", tmp_path / "两张.xlsx", "--sheet", "二支部", "--dry-run", "--json").json
    assert (one["sheet"], one["added"]) == ("二支部", 1)
    both = run("import", "members", tmp_path / "两张.xlsx", "--json").json
    assert (both["sheet"], both["header_row"], both["added"]) == ("一支部", 1, 2)
    none = run("import", "members", tmp_path / "两张.xlsx", "--sheet", "三支部")
    assert none.status == 1
    assert "二支部" in none.err


def test_rows_go_to_the_branch_chosen_which_must_exist(run: Run, file: Path, book: Book):
    run("import", "members", book((*HEAD, "所在党支部"), (*ZHANG, "甲局第二党支部")))
    done = run("import", "members", book(HEAD, LI), "--branch", "中共甲局第二支部委员会", "--json")
    assert done.status == 0
    assert [each["branch"] for each in members(run)] == ["甲局第二党支部", "甲局第二党支部"]
    none = run("import", "members", book(HEAD, LI), "--branch", "第三党支部")
    assert none.status == 1
    assert "甲局第二党支部" in none.err


@pytest.mark.parametrize(
    ("ledger", "says"), [("dues_arrears", "不能导入"), ("members_roster", "不能导入"), ("党员", "可用的有")]
)
def test_only_what_is_entered_can_be_imported(run: Run, file: Path, book: Book, ledger: str, says: str):
    done = run("import", ledger, book(HEAD, ZHANG))
    assert done.status == 1
    assert says in done.err


def test_every_way_of_a_roster_is_read(run: Run, file: Path, tmp_path: Path):
    text = "\n".join(
        ",".join(row) for row in (HEAD, ZHANG, ("=1+1", LI[1], ""), ("'=王五", id_number("1990-01-01"), ""))
    )
    (tmp_path / "名册.csv").write_bytes(text.encode("gb18030"))
    done = run("import", "members", tmp_path / "名册.csv", "--json")
    assert counts(done)[0] + len({each["row"] for each in done.json["problems"]}) == 3
    assert names(run)[0] == "张红卫"


def test_a_roster_in_doubt_is_saved_whole_or_reported(run: Run, file: Path, book: Book):
    old = ZHANG[1][:6] + ZHANG[1][8:17]
    path = book((*HEAD, "出生日期"), ("张红卫", old, "", "1980-03-05"), ("李素云", "不详", "", "1975-08"))
    done = run("import", "members", path, "--json")
    assert (done.status, counts(done)) == (0, (2, 0, 0))
    zhang, li = members(run)
    assert (zhang["id_number"], zhang["birth_date"]) == (old, "1980-03-05")
    assert (li["id_number"], li["birth_date"], li["sex"]) == (None, "1975-08", None)


def test_a_roster_s_category_and_base_count_for_months_without_an_assessment(run: Run, file: Path, book: Book):
    run("import", "members", book((*HEAD, "党费类别", "缴费基数"), (*ZHANG, "在职", "7,420.00元"), (*LI, "离退休", 0)))
    run("dues", "open", "2026-11")
    zhang, li = run("dues", "status", "2026-11", "--json").json["members"]
    assert (zhang["due"], zhang["state"]) == ("111.30", "unpaid")
    assert (li["due"], li["state"]) == (None, "unassessed")


def test_assessments_by_their_other_headings(run: Run, file: Path, book: Book):
    run("import", "members", book(HEAD, ZHANG, LI))
    head = ("姓名", "身份证号", "党费类别", "缴费基数", "起始月", "终止月", "核定金额", "调整原因", "支部研究日期",
            "上级批准日期", "批准文号")  # fmt: skip
    rows = (
        ("张红卫", ZHANG[1], "在职", 7420, "2026-01", None, None, "年度核定", None, None, None),
        (
            "李素云",
            LI[1],
            "在职",
            7420,
            "2026-11",
            "2026-12",
            0,
            "困难减免",
            "2026-10-08",
            "2026-10-20",
            "示机党〔2026〕7号",
        ),
        ("李素云", LI[1], "在职", "7420.00", "2026年1月", None, None, "年度核定", None, None, None),
    )
    path = book(head, *rows)
    done = run("dues", "assess", path, "--json")
    assert (done.status, counts(done), done.json["unmapped"]) == (0, (3, 0, 0), [])
    assert counts(run("import", "dues_assessments", path, "--json")) == (0, 0, 3)
    for month, state, due in (("2026-10", "unpaid", "111.30"), ("2026-11", "exempt", "0.00")):
        run("dues", "open", month)
        li = run("dues", "status", month, "--json").json["members"][1]
        assert (li["state"], li["due"]) == (state, due)


def test_an_assessment_without_its_base_or_its_approval_is_refused(run: Run, file: Path, book: Book):
    run("import", "members", book(HEAD, ZHANG, LI))
    head = ("姓名", "党费类别", "缴费基数", "核定金额", "调整原因", "支部研究日期")
    path = book(head, ("张红卫", "在职", 0, None, None, None), ("李素云", "在职", 7420, 50, "困难减免", "2026-10-08"))
    done = run("import", "dues_assessments", path, "--json")
    assert done.status == 1
    assert [(each["row"], each["field"]) for each in done.json["problems"]] == [(2, "dues_base"), (3, "approved_on")]


def test_a_file_read_after_the_data_file_was_refused_is_never_opened(run: Run, tmp_path: Path):
    done = run("import", "members", tmp_path / "没有.xlsx")
    assert done.status == 1
    assert "a.zbtz" in done.err


@pytest.mark.parametrize("money", ["7420.001", "约七千", "-1", "1e400", "Infinity"])
def test_money_that_is_none_is_reported_with_row_and_field(run: Run, file: Path, book: Book, money: str):
    done = run("import", "members", book((*HEAD, "缴费基数"), (*ZHANG, money), (*LI, "100")), "--json")
    assert done.status == 1
    assert [(each["row"], each["field"]) for each in done.json["problems"]] == [(2, "dues_base")]
    assert names(run) == ["李素云"]
    assert Decimal(members(run)[0]["dues_base"]) == 100


def test_a_roster_of_another_file_reads_back_whole(run: Run, file: Path, book: Book, tmp_path: Path):
    run("import", "members", book((*HEAD, "备注"), (*ZHANG, "=1+1"), (*LI, "甲\n乙")))
    run("export", "members", tmp_path / "交换.xlsx")
    assert counts(run("import", "members", tmp_path / "交换.xlsx", "--json")) == (0, 0, 2)
    other = tmp_path / "b.zbtz"
    run("init", "--name", "上级党总支", "--kind", "党总支", data=other)
    run("import", "members", book(HEAD, ("王五", id_number("1990-01-01"), ""), name="先.xlsx"), data=other)
    done = run("import", "members", tmp_path / "交换.xlsx", "--json", data=other)
    assert counts(done) == (2, 0, 0)
    told = run("members", "--json", data=other).json
    kept = [{key: each[key] for key in FIELDS} for each in told if each["name"] != "王五"]
    assert kept == [{key: each[key] for key in FIELDS} for each in members(run)]


def test_a_file_whose_name_is_no_text_is_read_all_the_same(run: Run, file: Path, book: Book, tmp_path: Path):
    odd = tmp_path / "册\udcff.xlsx"
    try:
        book(HEAD, ZHANG).rename(odd)
    except (OSError, UnicodeError):
        pytest.skip("the file system takes no such name")
    assert run("import", "members", odd).status == 0
    assert run("check").status == 0


def test_many_problems_are_counted_and_the_first_ones_named(run: Run, file: Path, book: Book):
    done = run("import", "members", book(HEAD, ZHANG, *((f"无名{number}", "", "") for number in range(30))))
    assert done.status == 1
    assert "有 30 行没有保存" in done.err
    assert "第 22 行" in done.err
    assert "第 23 行" not in done.err
    assert "另有 10 处" in done.err
