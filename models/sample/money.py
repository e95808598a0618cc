"""The invented branch's money beside its dues: cash counted, dues returned and used, a large payment."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from models.ledger import View
from models.ledgers.dues.closing import drawer
from models.records.dues import cash, cash_book, large_payments, months, payments, spending
from models.records.dues.payments import Collection
from models.rules.periods import Month, Period

Doing = Callable[[str, Callable[[Session], Any]], None]
_DENOMINATIONS = tuple(Decimal(value) for value in ("100", "50", "20", "10", "5", "1", "0.5", "0.1"))
_SECRETARY, _CLERK = "张红卫", "周丽萍"
_DONOR = "施蘅"
_ABOUT = (
    "从本局办公室退休，在职期间多次被评为优秀共产党员，退休后坚持参加组织生活，为老干部学习小组讲党课。"
    "今年“七一”前夕，自愿一次多交党费一千元，以表对党的感激。"
)


def use_dues(doing: Doing, last: Month, ids: dict[str, int]) -> None:
    """A large payment, dues returned, requested and spent through the program's own actions, in the year to `last`."""
    doing("大额党费", lambda session: _give(session, last + -4, ids[_DONOR]))
    doing("记党费收入", lambda session: _receive(session, last))
    doing("党费使用申请", lambda session: _ask(session, last))
    doing("记党费支出", lambda session: _spend(session, last))


def count_cash(doing: Doing, last: Month) -> None:
    """The cash of the last two collections counted, that of the last handed over."""
    for month in (last + -1, last):
        doing(f"{month.chinese}点钞", partial(_count, month))
    doing(f"{last.chinese}现金交接", lambda session: _hand_over(session, last))


def _count(month: Month, session: Session) -> None:
    """A count that agrees with the books."""
    day = months.require(session, month).collection_day
    booked = drawer(session, View(day, Period(month, month))).booked
    pieces, left = {}, booked
    for value in _DENOMINATIONS:
        pieces[value], left = int(left // value), left % value
    cash.count_cash(session, day, pieces, booked)


def _hand_over(session: Session, month: Month) -> None:
    day = months.require(session, month).collection_day
    cash.hand_over(session, day, day, _CLERK, _SECRETARY)


def _give(session: Session, month: Month, donor: int) -> None:
    """A retired member's thousand yuan, by transfer, described and handed on; the receipt has come."""
    day = months.require(session, month).collection_day
    payments.collect(session, donor, month, Collection(day, "转账"), Decimal("1000.00"))
    known = {"description": _ABOUT, "handed_on": day + timedelta(days=7), "receipt_no": "中组收字第0001号"}
    large_payments.describe(session, 1, known)


def _receive(session: Session, last: Month) -> None:
    year = _year(last)
    for on, number, summary, kind, amount in (
        (year(-1, 12, 20), "收-2025-04", "机关党委返还2025年党费", "返还党费", "1860.00"),
        (year(0, 2, 5), "收-2026-01", "区委组织部下拨春节慰问专款", "下拨党费", "1500.00"),
        (year(0, 6, 21), "收-2026-02", "党费专户利息", "利息", "12.68"),
    ):
        values = {"on": on, "number": number, "summary": summary, "kind": kind, "amount": Decimal(amount)}
        cash_book.receive(session, values | {"handler": _CLERK})


def _ask(session: Session, last: Month) -> None:
    year = _year(last)
    common = {"handler": _CLERK, "approver": "局机关党委"}
    spending.save(session, common | {
        "asked_on": year(0, 1, 28), "activity": "春节走访慰问困难党员", "kind": "慰问困难党员",
        "held_on": year(0, 2, 10), "people": 3, "purpose": "慰问3名生活困难党员，每人500元。",
        "budget": Decimal("1500.00"), "decided_on": year(0, 1, 30), "approved_on": year(0, 2, 3),
    })  # fmt: skip
    spending.save(session, common | {
        "asked_on": year(0, 6, 15), "activity": "七一主题党日学习用书", "kind": "教育培训",
        "held_on": year(0, 7, 1), "place": "三楼会议室", "people": 47,
        "purpose": "为全体党员购买学习用书47册，用于七一主题党日和下半年学习。",
        "budget": Decimal("1200.00"), "decided_on": year(0, 6, 18), "approved_on": year(0, 6, 20),
    })  # fmt: skip
    spending.save(session, {
        "asked_on": year(0, 11, 2), "activity": "制作党员活动室宣传栏", "kind": "购置资料设备",
        "purpose": "更新活动室宣传栏四块。", "budget": Decimal("600.00"), "handler": _CLERK,
    })  # fmt: skip


def _spend(session: Session, last: Month) -> None:
    year = _year(last)
    for request, on, number, summary, kind, amount, decided in (
        (1, year(0, 2, 10), "支-2026-01", "慰问困难党员3人", "慰问困难党员", "1500.00", year(0, 1, 30)),
        (2, year(0, 6, 29), "支-2026-02", "购买学习用书47册", "教育培训", "1128.00", year(0, 6, 18)),
    ):
        values = {"on": on, "number": number, "summary": summary, "kind": kind, "amount": Decimal(amount)}
        people = {"handler": _CLERK, "approver": _SECRETARY, "decided_on": decided, "request_id": request}
        cash_book.spend(session, values | people)


def _year(last: Month) -> Callable[[int, int, int], date]:
    """Days of the year that ends with `last`, and of the one before."""

    def day(offset: int, month: int, number: int) -> date:
        back = 0 if Month(last.year, month) <= last + 1 else -1
        return date(last.year + offset + back, month, number)

    return day
