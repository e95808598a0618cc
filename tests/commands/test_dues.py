"""The month through commands: every vector, opening, collecting, reversing, handing up, and how everybody stands."""

import csv
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from models.records.dues import payments
from tests.commands.conftest import Done, Run
from tests.people import id_number

Book = Callable[..., Path]
VECTORS = Path(__file__).parents[1] / "data" / "dues_vectors.csv"
CATEGORIES = {"salary": "在职", "retired": "离退休"}
MEMBER_KEYS = ["id", "name", "due", "paid", "state", "arrears_months", "warning", "working"]
TOP_KEYS = ["month", "collection_day", "members", "total_due", "total_paid", "total_remitted"]


@pytest.fixture
def books(run: Run, file: Path, book: Book) -> Path:
    """Zhang and Li owe 111.30 and 25.00, Sun has no assessment, Lin was admitted on 25 November; November is open."""
    head = ("姓名", "公民身份号码", "党费类别", "缴费基数", "入党时间", "人员类别")
    rows = (
        ("张红卫", id_number("1980-03-05"), "在职", 7420, "2001-07-01", "正式党员"),
        ("李素云", id_number("1955-08-12", 2), "离退休", 5000, "1980-07-01", "正式党员"),
        ("孙八", id_number("1990-01-01", 3), None, None, "2015-07-01", "正式党员"),
        ("林小满", id_number("1998-05-05", 4), "在职", 6843, "2026-11-25", "预备党员"),
    )
    assert run("import", "members", book(head, *rows)).status == 0
    assert run("dues", "open", "2026-11").status == 0
    return file


def status(run: Run, month: str = "2026-11") -> Any:
    return run("dues", "status", month, "--json").json


def of(run: Run, name: str, month: str = "2026-11") -> Any:
    return next(each for each in status(run, month)["members"] if each["name"] == name)


def collect(run: Run, *words: str) -> Done:
    return run("dues", "collect", "2026-11", *words)


def test_every_vector_through_import_open_and_status(run: Run, file: Path, book: Book):
    with VECTORS.open(encoding="utf-8", newline="") as lines:
        vectors = list(csv.DictReader(lines))
    people = [(vector["id"], id_number("1980-01-01", place)) for place, vector in enumerate(vectors)]
    run("import", "members", book(("姓名", "公民身份号码"), *people))
    assessed = [(each["id"], CATEGORIES[each["category"]], each["base"]) for each in vectors]
    path = book(("姓名", "党费类别", "缴费基数"), *assessed, name="核定.xlsx")
    assert run("import", "dues_assessments", path, "--json").json["added"] == len(vectors)
    run("dues", "open", "2026-11")
    found = {each["name"]: each for each in status(run)["members"]}
    for vector in vectors:
        owed = min(Decimal(vector["to_jiao_half_up"]), Decimal(1000))
        told = found[vector["id"]]
        assert told["due"] == f"{owed:.2f}", vector["id"]
        percent = f"{(Decimal(vector['rate']) * 100).normalize():f}%"
        assert told["working"].startswith(f"{vector['base']} × {percent} = "), vector["id"]
        assert f"{owed:.2f}" in told["working"], vector["id"]


def test_status_has_the_shape_that_was_agreed(run: Run, books: Path):
    told = status(run)
    assert list(told) == TOP_KEYS
    assert (told["month"], told["collection_day"]) == ("2026-11", "2026-11-23")
    assert [list(each) for each in told["members"]] == [MEMBER_KEYS] * 4
    assert told["members"][0] == {
        "id": 1, "name": "张红卫", "due": "111.30", "paid": "0.00", "state": "unpaid", "arrears_months": 1,
        "warning": "未交", "working": "7420.00 × 1.5% = 111.30",
    }  # fmt: skip
    assert (told["total_due"], told["total_paid"], told["total_remitted"]) == ("238.90", "0.00", "0.00")
    sun = told["members"][2]
    assert (sun["due"], sun["state"], sun["arrears_months"]) == (None, "unassessed", 0)
    assert "张红卫\t111.30\t0.00\t未交\t7420.00 × 1.5% = 111.30" in run("dues", "status", "2026-11").out


def test_a_month_not_opened_is_refused(run: Run, books: Path):
    for words in (("status", "2026-12"), ("collect", "2026-12", "--all"), ("collect", "2026-12", "--member", "1"),
                  ("remit", "2026-12", "--on", "2026-12-24", "--voucher", "V")):  # fmt: skip
        done = run("dues", *words)
        assert (done.status, done.out) == (1, "")
        assert "还没有开账" in done.err


def test_opening_names_who_is_not_assessed_and_again_adds_only_them(run: Run, books: Path, book: Book):
    again = run("dues", "open", "2026-11")
    assert again.status == 0
    assert "新增应交 0 人" in again.out
    assert "孙八" in again.out
    assert "孙八" in again.err
    assess = book(("姓名", "党费类别", "缴费基数"), ("孙八", "在职", 3000), ("张红卫", "在职", 9999), name="核定.xlsx")
    assert run("dues", "assess", assess).status == 0
    done = run("dues", "open", "2026-11")
    assert ("新增应交 1 人" in done.out, done.err) == (True, "")
    assert [of(run, name)["due"] for name in ("孙八", "张红卫")] == ["15.00", "111.30"]
    run("dues", "open", "2026-12")
    assert of(run, "张红卫", "2026-12")["due"] == "150.00"


def test_collecting_takes_what_is_owed_and_tells_the_payment(run: Run, books: Path):
    done = collect(run, "--member", "张红卫", "--json")
    assert (done.status, done.err) == (0, "")
    paid = {"id": 1, "member": "张红卫", "amount": "111.30", "months": ["2026-11"]}
    assert done.json == {"payments": [paid]}
    zhang = of(run, "张红卫")
    assert (zhang["paid"], zhang["state"], zhang["arrears_months"], zhang["warning"]) == ("111.30", "paid", 0, "")
    again = collect(run, "--member", "张红卫")
    assert (again.status, "没有应交未交" in again.err) == (1, True)


@pytest.mark.parametrize("key", ["1", id_number("1980-03-05"), " 张红卫 ", "张 红 卫"])
def test_a_member_is_named_by_number_identity_or_name(run: Run, books: Path, key: str):
    assert collect(run, "--member", key, "--json").json["payments"][0]["member"] == "张红卫"


@pytest.mark.parametrize("key", ["赵六", "99", "=张红卫", "无", "", "110105199001011234"])
def test_nobody_of_that_name_is_refused(run: Run, books: Path, key: str):
    done = collect(run, "--member", key, "--json")
    assert (done.status, done.out) == (1, "")
    assert done.err.strip()
    assert status(run)["total_paid"] == "0.00"


def test_two_of_that_name_are_refused_with_their_numbers(run: Run, books: Path, book: Book):
    run("import", "members", book(("姓名", "公民身份号码"), ("张红卫", id_number("1991-01-01"))))
    done = collect(run, "--member", "张红卫")
    assert done.status == 1
    assert "1、5" in done.err
    assert collect(run, "--member", "1").status == 0


@pytest.mark.parametrize("amount", ["0", "-5", "0.001", "50.005", "五角钱", "", "nan", "1e999"])
def test_an_amount_that_is_no_money_is_refused(run: Run, books: Path, amount: str):
    done = collect(run, "--member", "1", f"--amount={amount}", "--json")
    assert (done.status, done.out) == (1, "")
    assert done.err.strip()
    assert status(run)["total_paid"] == "0.00"


def test_part_excess_and_a_span(run: Run, books: Path):
    collect(run, "--member", "1", "--amount", "11.30")
    assert (of(run, "张红卫")["state"], of(run, "张红卫")["paid"]) == ("part", "11.30")
    collect(run, "--member", "1", "--amount", "150.00")
    assert (of(run, "张红卫")["state"], of(run, "张红卫")["paid"]) == ("paid", "161.30")
    span = collect(run, "--member", "2", "--covers", "2026-11..2027-01", "--json").json["payments"][0]
    assert (span["amount"], span["months"]) == ("75.00", ["2026-11", "2026-12", "2027-01"])
    run("dues", "open", "2026-12")
    assert of(run, "李素云", "2026-12")["state"] == "paid"
    assert of(run, "张红卫", "2026-12")["paid"] == "0.00"
    refused = collect(run, "--member", "1", "--covers", "2027-01..2026-11")
    assert (refused.status, "早于" in refused.err) == (1, True)


def test_a_day_of_another_decade_is_refused_in_one_sentence(run: Run, books: Path):
    for whom in (("--all",), ("--member", "2")):
        refused = collect(run, *whom, "--on", "2006-11-23")
        assert refused.status == 1
        assert "交纳日期 2006-11-23 比所属月份 2026-11 早了两年以上，请核对。" in refused.err
    assert status(run)["total_paid"] == "0.00"


def test_all_are_collected_once_and_those_without_a_due_left_out(run: Run, books: Path):
    done = collect(run, "--all", "--on", "2026-11-23", "--method", "转账", "--json")
    assert [each["amount"] for each in done.json["payments"]] == ["111.30", "25.00", "102.60"]
    assert collect(run, "--all", "--json").json == {"payments": []}
    assert of(run, "孙八")["state"] == "unassessed"
    assert status(run)["total_paid"] == "238.90"


def test_collecting_from_all_is_whole_for_each_when_it_stops_midway(
    run: Run, books: Path, monkeypatch: pytest.MonkeyPatch
):
    whole = payments.collect_all

    def stopping(session: Any, month: Any, how: Any, ids: Any) -> Any:
        done = whole(session, month, how, ids)
        if ids == [2]:
            raise KeyboardInterrupt
        return done

    monkeypatch.setattr(payments, "collect_all", stopping)
    done = collect(run, "--all", "--json")
    assert (done.status, done.out, "中断" in done.err) == (1, "", True)
    assert [each["state"] for each in status(run)["members"]] == ["paid", "unpaid", "unassessed", "unpaid"]
    assert run("check", "--json").json["ok"] is True


def test_a_payment_reversed_restores_what_is_owed_and_only_once(run: Run, books: Path):
    collect(run, "--member", "1")
    assert run("dues", "reverse", "1", "--reason", "记错了人").status == 0
    assert (of(run, "张红卫")["state"], of(run, "张红卫")["paid"]) == ("unpaid", "0.00")
    for number, why in (("1", "已经冲销"), ("2", "本身就是冲销"), ("77", "没有编号为 77")):
        done = run("dues", "reverse", number, "--reason", "再来")
        assert (done.status, why in done.err) == (1, True)
    assert run("dues", "reverse", "1", "--reason", " ").status == 1


def test_handing_up_takes_all_that_waits_and_bars_no_back_pay(run: Run, books: Path):
    hand = ("dues", "remit", "2026-11", "--on", "2026-11-24", "--voucher")
    none = run(*hand, "V-0")
    assert (none.status, "没有待上缴" in none.err) == (1, True)
    collect(run, "--member", "1")
    done = run(*hand, "V-1")
    assert (done.status, "111.30" in done.out) == (0, True)
    assert status(run)["total_remitted"] == "111.30"
    assert run(*hand, "V-2").status == 1
    collect(run, "--member", "2")
    assert run(*hand, "V-2").status == 0
    assert status(run)["total_remitted"] == "136.30"
    assert run(*hand, "").status == 1


def test_back_pay_and_advance_stand_apart_by_the_day_they_were_paid(run: Run, books: Path, tmp_path: Path):
    run("dues", "open", "2026-12")
    line = ("dues", "collect", "2026-12", "--member", "2", "--covers", "2026-11..2027-01", "--on", "2026-12-23")
    assert run(*line).status == 0
    run("export", "dues_summary", tmp_path / "汇总.csv", "--period", "2026-12")
    with (tmp_path / "汇总.csv").open(encoding="utf-8-sig", newline="") as lines:
        (row,) = csv.DictReader(lines)
    assert (row["交当月"], row["补交往月"], row["预交以后"], row["合计"]) == ("25.00", "25.00", "25.00", "75.00")
    assert (status(run)["total_paid"], status(run, "2026-12")["total_paid"]) == ("25.00", "25.00")


def test_arrears_run_over_the_months_that_were_opened(run: Run, file: Path, book: Book):
    head = ("姓名", "公民身份号码", "党费类别", "缴费基数")
    run("import", "members", book(head, ("张红卫", id_number("1980-03-05"), "在职", 7420)))
    for month in range(1, 8):
        run("dues", "open", f"2026-{month:02d}")
    assert [of(run, "张红卫", f"2026-{month:02d}")["arrears_months"] for month in range(1, 8)] == list(range(1, 8))
    assert of(run, "张红卫", "2026-05")["warning"] == "红色预警"
    assert of(run, "张红卫", "2026-06")["warning"] == "达到六个月，请支部研究"
    run("dues", "collect", "2026-04", "--member", "1")
    assert of(run, "张红卫", "2026-07")["arrears_months"] == 3


def test_a_probationer_admitted_within_the_month_owes_it(run: Run, books: Path):
    run("dues", "open", "2026-10")
    assert of(run, "林小满", "2026-10")["state"] == "not_due"
    assert (of(run, "林小满")["state"], of(run, "林小满")["arrears_months"]) == ("unpaid", 1)


def test_payments_read_from_a_file_go_through_the_same_door(run: Run, books: Path, book: Book):
    head = ("姓名", "交纳日期", "实交", "交纳方式", "所属起月", "所属止月")
    rows = (
        ("张红卫", "2026-11-23", 111.3, "现金", None, None),
        ("李素云", "2026-11-23", 50, "微信", "2026-11", "2026-12"),
        ("孙八", "2026-11-23", 15, "现金", None, None),
        ("赵六", "2026-11-23", 15, "现金", None, None),
        ("林小满", "2026-11-23", -1, "现金", None, None),
    )
    path = book(head, *rows, name="交纳.xlsx")
    done = run("import", "dues_payments", path, "--json")
    assert (done.status, done.json["added"]) == (1, 2)
    assert [each["row"] for each in done.json["problems"]] == [4, 5, 6]
    again = run("import", "dues_payments", path, "--json")
    assert (again.json["added"], again.json["unchanged"]) == (0, 2)
    assert [of(run, name)["paid"] for name in ("张红卫", "李素云", "林小满")] == ["111.30", "25.00", "0.00"]
