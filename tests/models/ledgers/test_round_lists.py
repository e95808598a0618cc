"""Signing lists of festival rounds as offices keep them: they list people, hand out to them, and go back whole."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from importers import intake, matching
from importers.intake import Report
from importers.reader import read
from models import checks
from models.database import Database
from models.errors import UserError
from models.import_journal import imports, undo_import
from models.ledger import View
from models.ledgers import variants
from models.ledgers.care.gift_rows import HANDED, GiftRow, rows_of
from models.ledgers.care.gifts import CARE_GIFTS
from models.records.care import funds as care_funds
from models.records.care import handing as care_handing
from models.records.care.funds import CareFund
from models.records.care.rounds import CareGift, CareRound
from models.rules.periods import Period

TODAY = date(2026, 11, 20)
VIEW = View(TODAY, Period.of_year(2026))
ACCOUNT = "6200999900001234567"
MERGED: Sequence[Sequence[Any]] = (
    ("示例局机关2026年国庆慰问困难党员发放签领表",),
    ("资金来源：工会　发放日期：2026年9月28日", None, None, None, None, None, None, None, "单位：元"),
    ("序号", "姓名", "所在支部", "慰问类别", "慰问金额（元）", "慰问品", None, None, "领取人签字（代领注明关系）"),
    (None, None, None, None, None, "名称", "数量", "单位", None),
    (1, "王建国", "第一党支部", "老党员", 200, "大米", 1, "袋", "王建国"),
    (2, "钱永年", None, "老党员", 200, "大米", 1, "袋", "钱小年代领（子女）"),
    (None, "小计", None, None, 400, None, 2, None, None),
    (3, "沈衡", "第二党支部", "老党员", 200.5, "食用油", 1, "桶", "沈衡"),
    (None, "合计", None, None, 600.5, None, None, None, None),
    (None, "合计（大写）：陆佰元伍角整", None, None, None, None, None, None, None),
    ("支部书记：张红卫", None, None, "经办人：周丽萍", None, None, None, None, None),
)
FLAT: Sequence[Sequence[Any]] = (
    ("被慰问人", "批次", "类别", "发放金额", "资金来源", "开户行", "卡号", "签领人", "代领关系", "发放时间", "备注"),
    ("孙志强", "2026年中秋慰问", "困难党员", "500元", "工会 300；捐赠 200", "示例银行", ACCOUNT, "本人", None,
     "2026.9.20", None),
    ("住户甲", "2026年中秋慰问", "困难群众", 300, "捐赠", None, None, "住户乙", "配偶", "2026-09-21", "行动不便"),
    ("被慰问人", "批次", "类别", "发放金额", "资金来源", "开户行", "卡号", "签领人", "代领关系", "发放时间", "备注"),
    ("喻璟", "2026年中秋慰问", "老党员", 300, "捐赠", "示例银行", 6200999900001234567, None, None, None, None),
    ("姜秀兰", "2026年中秋慰问", "困难党员", 300, None, None, None, None, None, None, None),
    ("施蘅", "2026年中秋慰问", "老党员", 300, "捐赠", None, None, None, None, None, None),
    ("总计", None, None, 1700, None, None, None, None, None, None, "壹仟柒佰元整"),
)  # fmt: skip


def written(path: Path, rows: Sequence[Sequence[Any]], *merges: str) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for merge in merges:
        book.active.merge_cells(merge)
    book.save(path)
    return path


@pytest.fixture
def merged(tmp_path: Path) -> Path:
    """A list with its title over it, a heading of two lines, branches merged downwards, sums and signatures."""
    crosswise = ("A1:I1", "A2:H2", "F3:H3")
    down = ("A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:E4", "I3:I4", "C5:C6")
    return written(tmp_path / "国庆慰问.xlsx", MERGED, *crosswise, *down)


@pytest.fixture
def flat(tmp_path: Path) -> Path:
    """A list without a title, its heading repeated as on a second page, with accounts, proxies and two sources."""
    return written(tmp_path / "中秋.xlsx", FLAT)


def bring_in(database: Database, path: Path) -> Report:
    with database.writing(f"导入慰问发放台账：{path.name}") as session:
        ledger = variants.fitted(session, CARE_GIFTS, None)
        return intake.save(session, ledger, matching.match(read(path), ledger), VIEW)


def rows_in(session: Session, festival: str) -> dict[str, GiftRow]:
    return {row.name: row for row in rows_of(session, CareRound.name == f"2026年{festival}慰问")}


def left(session: Session, fund: str) -> Decimal:
    return care_handing.balance(session, care_funds.fund_named(session, fund), TODAY)


def undo_last_import(database: Database) -> None:
    with database.writing("撤销导入") as session:
        undo_import(session, imports(session)[0].number, TODAY)


def test_a_list_under_its_title_makes_the_round_and_hands_out(sample: Database, merged: Path) -> None:
    report = bring_in(sample, merged)
    assert (report.counts["added"], report.problems, report.match.skipped) == (3, (), ())
    with sample.reading() as session:
        rows = rows_in(session, "国庆")
        assert {row.state for row in rows.values()} == {HANDED}
        assert {row.handed_on for row in rows.values()} == {date(2026, 9, 28)}
        old, proxied = rows["王建国"], rows["钱永年"]
        assert (old.amount, old.sources) == (Decimal(200), "工会")
        assert (old.goods, old.quantity, old.unit) == ("大米", Decimal(1), "袋")
        assert (proxied.receiver, proxied.relation, proxied.branch) == ("钱小年", "子女", "第一党支部")
        assert (rows["沈衡"].amount, rows["沈衡"].receiver) == (Decimal("200.50"), "沈衡")
    assert bring_in(sample, merged).counts["unchanged"] == 3
    assert checks.check(sample) == []


def test_a_list_without_a_title_keeps_what_is_refused_apart(sample: Database, flat: Path) -> None:
    with sample.writing("到账") as session:
        care_funds.receive(session, {"fund": "捐赠", "on": date(2026, 9, 1), "amount": Decimal(2000)}, TODAY)
    report = bring_in(sample, flat)
    assert report.counts["added"] == 3
    said = {problem.field: problem.why for problem in report.problems}
    assert set(said) == {"account", "sources"}
    assert "后几位已丢失" in said["account"]
    assert "请填写资金来源" in said["sources"]
    with sample.reading() as session:
        rows = rows_in(session, "中秋")
        assert rows["孙志强"].sources == "工会 300.00；捐赠 200.00"
        assert (rows["住户甲"].receiver, rows["住户甲"].relation, rows["施蘅"].state) == ("住户乙", "配偶", "待发放")
        gift = session.get_one(CareGift, rows["孙志强"].id)
        assert (gift.bank, gift.account) == ("示例银行", ACCOUNT)


def test_an_import_goes_back_by_counter_entries(sample: Database, merged: Path) -> None:
    with sample.reading() as session:
        before = left(session, "工会")
    bring_in(sample, merged)
    with sample.reading() as session:
        assert left(session, "工会") == before - Decimal("600.50")
    undo_last_import(sample)
    with sample.reading() as session:
        rows = rows_in(session, "国庆")
        assert {row.state for row in rows.values()} == {"已冲销"}
        assert "发放 200.00 元，2026-11-20 冲销：撤销" in (rows["王建国"].reversals or "")
        assert left(session, "工会") == before
    assert checks.check(sample) == []


def test_of_an_import_what_was_not_handed_out_goes_and_its_source_stays(sample: Database, flat: Path) -> None:
    with sample.writing("到账") as session:
        care_funds.receive(session, {"fund": "捐赠", "on": date(2026, 9, 1), "amount": Decimal(2000)}, TODAY)
    bring_in(sample, flat)
    undo_last_import(sample)
    with sample.reading() as session:
        assert set(rows_in(session, "中秋")) == {"孙志强", "住户甲"}
        assert left(session, "捐赠") == Decimal(2000)


def test_an_import_is_not_taken_back_once_its_round_is_closed(sample: Database, merged: Path) -> None:
    bring_in(sample, merged)
    with sample.writing("办结") as session:
        found = session.scalars(select(CareRound).where(CareRound.name == "2026年国庆慰问")).one()
        care_handing.close(session, found.id, TODAY, "凭证另存")
    with pytest.raises(UserError, match="请先重新打开"):
        undo_last_import(sample)


def test_money_into_a_new_source_is_taken_back(sample: Database) -> None:
    with sample.writing("导入到账") as session:
        care_funds.receive(session, {"fund": "爱心基金", "on": TODAY, "amount": Decimal(2000)}, TODAY)
    undo_last_import(sample)
    with sample.reading() as session:
        assert left(session, "爱心基金") == 0
        assert session.scalars(select(CareFund.name).where(CareFund.name == "爱心基金")).one() == "爱心基金"
