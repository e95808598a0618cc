"""Donations: money and goods in and out, counter-entries, undo, the ledgers and their round trip."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import undo
from models.audit import Operation
from models.database import Database
from models.errors import FieldError, UserError
from models.ledger import View
from models.ledgers.care.cases import case_rows
from models.ledgers.care.donation_drives import CARE_HELPED, drive_rows, helped_rows
from models.ledgers.care.donation_papers import acknowledgements, donation_sheets, receipts
from models.ledgers.care.donation_receipts import CARE_RECEIPTS, receipt_rows, receivers, without_receipt
from models.ledgers.care.donations import CARE_DONATIONS, QUANTITY, donation_rows, handover_rows
from models.ledgers.care.stock import stock_rows
from models.ledgers.sheets import sheet
from models.records.care import donation_drives, donations, helped, pairings
from models.records.care.donation_drives import DonationDrive
from models.records.care.donations import Donation, Handover
from models.rules import stock
from models.rules.periods import Period

TODAY = date(2030, 3, 20)
YEAR = View(TODAY, Period.of_year(2030))
COATS: dict[str, Any] = {
    "giver": "局机关工会",
    "on": date(2030, 1, 5),
    "item": "大衣",
    "quantity": Decimal(230),
    "unit": "件",
}
CASH: dict[str, Any] = {"giver": "张红卫", "on": date(2030, 1, 6), "amount": Decimal("500.00")}


def drive(session: Session) -> int:
    return donation_drives.begin(session, {"name": "清雪除冰", "begins": date(2030, 1, 4)}).id


def passed(on: int = 10, **values: Any) -> dict[str, Any]:
    return {"receiver": "市民政局", "on": date(2030, 1, on), **values}


def coats(quantity: str, on: int = 10) -> dict[str, Any]:
    return passed(on, item="大衣", quantity=Decimal(quantity), unit="件")


def said(*quantities: Decimal) -> str:
    return " ".join(map(stock.said, quantities))


def test_the_giver_is_a_member_or_a_name(sample: Database) -> None:
    with sample.writing("x") as session:
        number = drive(session)
        assert donations.give(session, number, CASH, TODAY).member_id is not None
        assert donations.give(session, number, COATS, TODAY).member_id is None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"giver": " "}, "giver"),
        ({"on": None}, "on"),
        ({"on": date(2030, 3, 21)}, "on"),
        ({"item": None}, "item"),
        ({"item": None, "quantity": None, "unit": None}, "amount"),
        ({"quantity": None}, "quantity"),
        ({"quantity": Decimal(0)}, "quantity"),
        ({"unit": None}, "unit"),
        ({"unit": "5"}, "unit"),
        ({"unit": "２０．５"}, "unit"),
        ({"amount": Decimal(-5)}, "amount"),
        ({"item": None, "quantity": None, "unit": None, "amount": Decimal(5), "value": Decimal(5)}, "item"),
    ],
)
def test_what_is_no_donation_is_refused_at_its_field(sample: Database, change: dict[str, Any], field: str) -> None:
    with sample.writing("x") as session:
        number = drive(session)
        with pytest.raises(FieldError) as refusal:
            donations.give(session, number, COATS | change, TODAY)
        assert refusal.value.field == field
        assert donation_rows(session, YEAR) == []


def test_no_more_goods_go_out_than_there_are_on_any_day(sample: Database) -> None:
    with sample.writing("x") as session:
        number = drive(session)
        donations.give(session, number, COATS, TODAY)
        donations.pass_on(session, number, coats("30", 12), TODAY)
    for handover in (coats("1", 4), coats("201", 10), coats("0.5", 10) | {"unit": "箱"}):
        with pytest.raises(FieldError, match="2030-01-") as refusal, sample.writing("x") as session:
            donations.pass_on(session, number, handover, TODAY)
        assert refusal.value.field == "quantity"
    with sample.writing("x") as session:
        donations.pass_on(session, number, coats("199.5", 10), TODAY)
        (row,) = [each for each in stock_rows(session, YEAR) if each.drive_id == number]
        assert said(row.opening, row.received, row.issued, row.closing) == "0 230 229.5 0.5"


def test_no_more_money_goes_out_than_came_in_whatever_goods_are_worth(sample: Database) -> None:
    with sample.writing("x") as session:
        number = drive(session)
        donations.give(session, number, CASH, TODAY)
        donations.give(session, number, COATS | {"value": Decimal(9000)}, TODAY)
    with pytest.raises(FieldError, match=r"2030-01-10 会少 0\.01 元"), sample.writing("x") as session:
        donations.pass_on(session, number, passed(amount=Decimal("500.01")), TODAY)
    with sample.writing("x") as session:
        donations.pass_on(session, number, passed(amount=Decimal("200.00")), TODAY)
        (row,) = drive_rows(session, YEAR)
        assert said(row.money, row.passed, row.balance) == "500 200 300"
        shown = sheet(session, CARE_DONATIONS, YEAR)
        assert shown.totals["amount"] == shown.capitals == Decimal(500)
        assert "捐款合计 500.00 元" in shown.note
        assert "大衣 230 件" in shown.note


def test_a_donation_is_reversed_once_and_not_after_it_went_out(sample: Database) -> None:
    with sample.writing("x") as session:
        number = drive(session)
        given = donations.give(session, number, COATS, TODAY).id
        out = donations.pass_on(session, number, coats("1"), TODAY).id
    with pytest.raises(UserError, match="大衣到 2030-03-20 会少 1 件"), sample.writing("x") as session:
        donations.reverse(session, given, "记错", TODAY)
    with pytest.raises(FieldError, match="原因"), sample.writing("x") as session:
        donations.reverse_handover(session, out, " ", TODAY)
    with sample.writing("x") as session:
        donations.reverse_handover(session, out, "记错", TODAY)
        donations.reverse(session, given, "记错", TODAY)
        assert [row.state for row in donation_rows(session, YEAR)] == ["已冲销", "冲销"]
        assert [row.state for row in handover_rows(session, YEAR)] == ["已冲销", "冲销"]
        (row,) = [each for each in stock_rows(session, YEAR) if each.drive_id == number]
        assert said(row.received, row.issued, row.closing) == "0 0 0"
        with pytest.raises(UserError, match="已经冲销过"):
            donations.reverse(session, given, "记错", TODAY)
        with pytest.raises(UserError, match="本身就是冲销"):
            donations.complete(session, given + 1, {"receipt_no": "1"})


def test_undo_makes_counter_entries_and_says_when_it_cannot(sample: Database) -> None:
    with sample.writing("x") as session:
        number = drive(session)
    with sample.writing("登记捐赠") as session:
        donations.give(session, number, COATS, TODAY)
        donations.give(session, number, CASH, TODAY)
        donations.pass_on(session, number, coats("5"), TODAY)
    with sample.writing("撤销") as session:
        assert undo.undo_last(session, TODAY) == "登记捐赠"
        assert sorted(row.state for row in donation_rows(session, YEAR)) == ["冲销", "冲销", "已冲销", "已冲销"]
        assert len(session.scalars(select(Handover)).all()) >= 2
        (row,) = drive_rows(session, YEAR)
        assert (said(row.money, row.balance), row.goods, row.givers) == ("0 0", "", 0)


def test_undo_is_refused_where_the_goods_went_on(sample: Database) -> None:
    with sample.writing("x") as session:
        number = drive(session)
    with sample.writing("登记捐赠") as session:
        donations.give(session, number, COATS, TODAY)
    with sample.reading() as session:
        chosen = select(Operation).where(Operation.title == "登记捐赠").order_by(Operation.id.desc())
        given = session.scalars(chosen).first()
    assert given is not None
    with sample.writing("转交") as session:
        donations.pass_on(session, number, coats("5"), TODAY)
    with pytest.raises(UserError, match="已经转交出去"), sample.writing("撤销") as session:
        undo.take_back(session, given, TODAY)


def test_rows_go_round_and_a_known_donation_is_only_completed(sample: Database) -> None:
    with sample.writing("x") as session:
        number = drive(session)
        donations.give(session, number, COATS, TODAY)
        donations.give(session, number, CASH, TODAY)
        rows = [{c.key: getattr(row, c.key) for c in CARE_DONATIONS.columns} for row in donation_rows(session, YEAR)]
        assert CARE_DONATIONS.save is not None
        again = CARE_DONATIONS.save(session, rows, YEAR)
        assert [each.kind for each in again] == ["unchanged", "unchanged"]
        rows[0] |= {"value": Decimal("9200.00"), "receipt_no": "S-1"}
        rows[1] |= {"amount": Decimal("600.00")}
        completed, refused = CARE_DONATIONS.save(session, rows, YEAR)
        assert (completed.kind, refused.kind, refused.field) == ("updated", "refused", "amount")
        fresh = {key: value for key, value in rows[1].items() if key not in ("id", "drive")}
        (added,) = CARE_DONATIONS.save(session, [fresh], YEAR)
        assert added.kind == "added"
        (unknown,) = CARE_DONATIONS.save(session, [fresh | {"drive": "没有的活动"}], YEAR)
        assert (unknown.kind, unknown.field) == ("refused", "drive")
        assert len(session.scalars(select(Donation).where(Donation.drive_id == number)).all()) == 3


def test_two_equal_donations_of_a_file_are_two(sample: Database) -> None:
    with sample.writing("x") as session:
        drive(session)
        assert CARE_DONATIONS.save is not None
        for _ in range(2):
            CARE_DONATIONS.save(session, [CASH, CASH], YEAR)
        assert len(donation_rows(session, YEAR)) == 2


def test_a_sheet_holds_what_stands_of_each_drive(sample: Database) -> None:
    with sample.writing("x") as session:
        number = drive(session)
        donations.give(session, number, COATS, TODAY)
        wrong = donations.give(session, number, CASH, TODAY)
        donations.reverse(session, wrong.id, "重复登记", TODAY)
        ((_, record),) = donation_sheets(session, YEAR)
        assert (record.total, record.goods, len(record.lines)) == (0, "大衣 230 件", 1)


def test_drives_are_kept_while_anything_is_recorded_in_them(sample: Database) -> None:
    with sample.writing("x") as session:
        number = drive(session)
        with pytest.raises(FieldError, match="已经有"):
            drive(session)
        donations.give(session, number, CASH, TODAY)
        with pytest.raises(UserError, match="已有登记"):
            donations.remove_drive(session, number)
        empty = donation_drives.begin(session, {"name": "空", "begins": TODAY}).id
        donations.remove_drive(session, empty)
        assert [each.name for each in donation_drives.drives(session) if each.begins.year == 2030] == ["清雪除冰"]


def test_those_helped_are_listed_and_never_public(sample: Database) -> None:
    with sample.writing("x") as session:
        values = {"name": "小禾", "sort": helped.PUPIL, "what": "图书 20 本", "on": TODAY}
        number = helped.add(session, values, TODAY).id
        helped.change(session, number, {"what": "图书 30 本"}, TODAY)
        (row,) = helped_rows(session, YEAR)
        assert (row.person, row.what) == ("小禾", "图书 30 本")
        assert not CARE_HELPED.public
        assert "小禾" not in sheet(session, CARE_HELPED, YEAR).note
        helped.remove(session, number)
        assert helped_rows(session, YEAR) == []


@pytest.mark.parametrize(
    ("raw", "read"), [("1,000", 1000), ("0.125", Decimal("0.125")), (12.5, Decimal("12.5")), (3, 3), ("", None)]
)
def test_a_quantity_is_read_exactly(raw: Any, read: Any) -> None:
    assert QUANTITY.read(raw) == read


def test_a_quantity_with_its_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="只填数字"):
        QUANTITY.read("15桶")


def receipt(database: Database, *lines: dict[str, Any]) -> list[int]:
    with database.writing("x") as session:
        number = drive(session)
        return [donations.give(session, number, line, TODAY).id for line in lines]


def test_one_receipt_may_name_several_things_of_one_giver_and_day_and_nobody_elses(sample: Database) -> None:
    first, second, other = receipt(sample, COATS, CASH | {"giver": COATS["giver"], "on": COATS["on"]}, CASH)
    with sample.writing("x") as session:
        for number in (first, second):
            donations.complete(session, number, {"receipt_no": "2030-001"})
        with pytest.raises(FieldError, match="已在 2030-01-05 开给“局机关工会”") as refusal:
            donations.complete(session, other, {"receipt_no": "2030-001"})
        assert refusal.value.field == "receipt_no"
        with pytest.raises(FieldError, match="请换一个号"):
            donations.give(session, drive_of(session, first), CASH | {"receipt_no": "2030-001"}, TODAY)


def drive_of(session: Session, donation_id: int) -> int:
    return session.get_one(Donation, donation_id).drive_id


@pytest.mark.parametrize(
    ("written", "following"),
    [
        ((), "2030-001"), (("2029-017",), "2030-001"), (("2030-009", "2030-002"), "2030-010"), (("JS0099",), "JS0100"),
        (("收字第7号",), "2030-001"), (("无号", "A99"), "A100"),
    ],
)  # fmt: skip
def test_the_next_receipt_follows_those_written_in_their_own_manner(
    database: Database, written: tuple[str, ...], following: str
) -> None:
    with database.writing("x") as session:
        number = drive(session)
        for day, said_no in enumerate(written, 5):
            donations.give(session, number, CASH | {"on": date(2030, 1, day), "receipt_no": said_no}, TODAY)
        assert donations.next_receipt(session, date(2030, 2, 1)) == following


def test_receipts_are_listed_by_number_and_void_ones_stay(sample: Database) -> None:
    with_no: tuple[dict[str, Any], ...] = (
        {"receipt_no": "2030-010"},
        {"receipt_no": "2030-010"},
        {"receipt_no": "2030-9"},
        {},
    )
    lines = (COATS, CASH | {"giver": COATS["giver"], "on": COATS["on"]}, CASH, CASH | {"giver": "刘洋"})
    numbers = receipt(sample, *(line | said_no for line, said_no in zip(lines, with_no, strict=True)))
    with sample.writing("x") as session:
        donations.reverse(session, numbers[2], "重复登记", TODAY)
        rows = receipt_rows(session, YEAR)
        assert [(row.number, row.state, row.amount, row.goods) for row in rows] == [
            ("2030-9", "作废", None, ""), ("2030-010", "有效", Decimal("500.00"), "大衣 230 件"),
        ]  # fmt: skip
        assert rows[1].lines == (numbers[0], numbers[1])
        assert [row.id for row in without_receipt(session, YEAR)] == [numbers[3]]
        assert sheet(session, CARE_RECEIPTS, YEAR).note == "共 2 张，其中作废 1 张。还有 1 笔捐赠没有开收据。"
        assert [(number, record.number) for number, record in receipts(session, YEAR)] == [(numbers[0], "2030-010")]


def test_a_receiver_signs_once_for_all_of_a_day(sample: Database) -> None:
    with sample.writing("x") as session:
        number = drive(session)
        for line in (COATS, CASH):
            donations.give(session, number, line, TODAY)
        first = donations.pass_on(session, number, coats("100") | {"receipt_no": "WZ1", "handler": "周丽萍"}, TODAY)
        donations.pass_on(session, number, passed(amount=Decimal("200.00")), TODAY)
        wrong = donations.pass_on(session, number, coats("5"), TODAY)
        donations.reverse_handover(session, wrong.id, "数量有误", TODAY)
        later = donations.pass_on(session, number, coats("30", on=11), TODAY)
        found = dict(acknowledgements(session, YEAR))
    assert list(found) == [first.id, later.id]
    one = found[first.id]
    assert (one.total, one.goods, one.number, one.handler) == (Decimal("200.00"), "大衣 100 件", None, "周丽萍")
    assert len(one.lines) == 2


def test_receivers_are_offered_from_drives_pairings_and_those_who_are_helped(sample: Database) -> None:
    with sample.writing("x") as session:
        offered = receivers(session, View(date(2026, 11, 20), Period.of_year(2026)))
        on_the_list = [row.name for row in case_rows(session, YEAR) if row.state == "在册"]
        partners = [each.partner for each in pairings.running(session)]
        assert {"市应急物资保障站", "周小禾", *on_the_list, *partners} <= set(offered)
        assert len(set(offered)) == len(offered)


def test_a_donation_lies_within_the_days_of_its_drive(sample: Database) -> None:
    with sample.writing("x") as session:
        number = drive(session)
        with pytest.raises(FieldError, match="早于“清雪除冰”的开始日期 2030-01-04") as refusal:
            donations.give(session, number, CASH | {"on": date(2030, 1, 3)}, TODAY)
        assert refusal.value.field == "on"
        donations.give(session, number, CASH, TODAY)
        donations.change_drive(session, number, {"ends": date(2030, 1, 6)})
        with pytest.raises(FieldError, match="已在 2030-01-06 结束"):
            donations.give(session, number, CASH | {"on": date(2030, 1, 7)}, TODAY)
        assert donations.pass_on(session, number, passed(amount=Decimal(100)), TODAY).id


@pytest.mark.parametrize(
    ("change", "field"), [({"begins": date(2030, 1, 7)}, "begins"), ({"ends": date(2030, 1, 5)}, "ends")]
)
def test_the_days_of_a_drive_keep_its_donations(sample: Database, change: dict[str, date], field: str) -> None:
    with sample.writing("x") as session:
        number = drive(session)
        donations.give(session, number, CASH, TODAY)
    with pytest.raises(FieldError, match="2030-01-06") as refusal, sample.writing("x") as session:
        donations.change_drive(session, number, change)
    assert refusal.value.field == field
    with sample.reading() as session:
        assert session.get_one(DonationDrive, number).begins == date(2030, 1, 4)
