"""F08, the cash book of dues that may be used and the requests behind its spending."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.kinds import CODE, DAY, MONEY, TEXT, Choice
from models.ledger import Column, Ledger, View
from models.ledgers.dues import booking
from models.ledgers.dues.booking import CARRIED
from models.ledgers.members.roster import RECORD_NUMBER
from models.records.dues.cash_book import INCOMES, KEPT, USES, CashEntry
from models.records.dues.remittances import Remittance
from models.records.dues.spending import SpendingRequest
from models.records.members.organisation import Organisation

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class CashBookRow:
    """One line of the book in yuan; `id` None for what was carried over and for dues kept at a remittance."""

    id: int | None
    on: date | None
    number: str | None
    summary: str
    kind: str
    income: Decimal | None
    spending: Decimal | None
    balance: Decimal
    handler: str | None = None
    approver: str | None = None
    decided_on: date | None = None
    scan: str = ""
    branch: str = ""
    remark: str | None = None
    standing: bool = False


@dataclass(frozen=True)
class BookTotals:
    """A year of the book in yuan: carried over, come in, gone out, and what is left."""

    carried: Decimal
    income: Decimal
    spending: Decimal

    @property
    def balance(self) -> Decimal:
        return self.carried + self.income - self.spending


def cash_book_rows(session: Session, view: View) -> list[CashBookRow]:
    """The book of a branch, or all books in one, for the days of a period; at its head what was carried over."""
    first, last = view.period.first.first_day, view.period.last.last_day
    everything = sorted([*_entries(session, view), *_kept(session, view)], key=_place)
    carried = sum((_net(each) for each in everything if each.on is not None and each.on < first), ZERO)
    rows = [CashBookRow(None, first, None, CARRIED, "", None, None, carried)] if carried else []
    balance = carried
    for each in everything:
        if each.on is not None and first <= each.on <= last:
            balance += _net(each)
            rows.append(_with_balance(each, balance))
    return rows


def book_totals(session: Session, view: View) -> BookTotals:
    """The sums of the book for a period."""
    rows = cash_book_rows(session, view)
    carried = rows[0].balance if rows and rows[0].summary == CARRIED and rows[0].id is None else ZERO
    income = sum((each.income for each in rows if each.income is not None), ZERO)
    return BookTotals(carried, income, sum((each.spending for each in rows if each.spending is not None), ZERO))


def _place(row: CashBookRow) -> tuple[date, int]:
    assert row.on is not None
    return row.on, row.id or 0


def _net(row: CashBookRow) -> Decimal:
    return (row.income or ZERO) - (row.spending or ZERO)


def _with_balance(row: CashBookRow, balance: Decimal) -> CashBookRow:
    return CashBookRow(
        row.id, row.on, row.number, row.summary, row.kind, row.income, row.spending, balance, row.handler,
        row.approver, row.decided_on, row.scan, row.branch, row.remark, row.standing,
    )  # fmt: skip


def _entries(session: Session, view: View) -> list[CashBookRow]:
    chosen = select(CashEntry)
    if view.branch_id is not None:
        chosen = chosen.where(CashEntry.branch_id == view.branch_id)
    names = {each.id: each.name for each in session.scalars(select(Organisation))}
    undone = set(session.scalars(select(CashEntry.reverses_id).where(CashEntry.reverses_id.is_not(None))))
    return [
        CashBookRow(
            id=each.id,
            on=each.on,
            number=each.number,
            summary=each.summary,
            kind=each.kind,
            income=each.amount if each.kind in INCOMES else None,
            spending=-each.amount if each.kind in USES else None,
            balance=ZERO,
            handler=each.handler,
            approver=each.approver,
            decided_on=each.decided_on,
            scan="有" if each.attachment_id else "",
            branch=names.get(each.branch_id or 0, ""),
            remark=each.remark,
            standing=each.reverses_id is None and each.id not in undone,
        )
        for each in session.scalars(chosen)
    ]


def _kept(session: Session, view: View) -> list[CashBookRow]:
    """What a branch kept of the dues it settled: it comes into the book by itself."""
    chosen = select(Remittance).where(Remittance.kept > ZERO)
    if view.branch_id is not None:
        chosen = chosen.where(Remittance.branch_id == view.branch_id)
    names = {each.id: each.name for each in session.scalars(select(Organisation))}
    return [
        CashBookRow(
            id=None,
            on=each.remitted_on,
            number=None,
            summary=f"{each.month.chinese}党费按比例留存",
            kind=KEPT,
            income=each.kept,
            spending=None,
            balance=ZERO,
            handler=each.handler,
            branch=names.get(each.branch_id or 0, ""),
        )
        for each in session.scalars(chosen.order_by(Remittance.month))
    ]


def _note(session: Session, view: View) -> str:
    sums = book_totals(session, view)
    words = (
        f"{CARRIED} {sums.carried:,.2f} 元，本年收入 {sums.income:,.2f} 元，支出 {sums.spending:,.2f} 元，"
        f"结余 {sums.balance:,.2f} 元。"
    )
    short = [row for row in cash_book_rows(session, view) if row.balance < 0]
    if short:
        words += f"{short[0].on} 起支出大于收入 {-short[0].balance:,.2f} 元，请核对。"
    return words


DUES_CASH_BOOK = Ledger(
    name="dues_cash_book",
    title="党费收支台账",
    columns=(
        Column("on", "日期", DAY, 11, required=True),
        Column("number", "凭证号", CODE, 12, synonyms=("凭证编号",)),
        Column("summary", "摘要", TEXT, 26, required=True, synonyms=("事项", "内容")),
        Column("kind", "类别", Choice((*INCOMES, KEPT, *USES)), 12),
        Column("income", "收入", MONEY, 11, totalled=True, synonyms=("收入金额",)),
        Column("spending", "支出", MONEY, 11, totalled=True, synonyms=("支出金额",)),
        Column("balance", "结余", MONEY, 11, synonyms=("余额",)),
        Column("handler", "经办人", TEXT, 9),
        Column("approver", "审批人", TEXT, 9),
        Column("decided_on", "研究日期", DAY, 11, synonyms=("支委会研究日期",)),
        Column("branch", "所属单位", TEXT, 12, entered=False),
        Column("scan", "附件", TEXT, 6, entered=False),
        Column("remark", "备注", TEXT, 12),
        RECORD_NUMBER,
    ),
    rows=cash_book_rows,
    save=booking.save,
    span="year",
    signatures=("支部书记：", "会计：", "出纳：{maker}", "填表日期：{date}"),
    note=_note,
    empty="这一年还没有收支。上级下拨、返还的党费点“记收入”，用党费点“记支出”。",
)

REQUEST_STATE = Choice(
    ("待研究", "待支出", "部分支出", "已支出"),
    tones={"待研究": "warn", "待支出": "warn", "部分支出": "warn", "已支出": "good"},
)


@dataclass(frozen=True, slots=True)
class SpendingRow:
    """One request with what was spent under it, in yuan."""

    id: int
    asked_on: date
    activity: str
    kind: str
    people: int | None
    budget: Decimal
    spent: Decimal
    decided_on: date | None
    approver: str | None
    approved_on: date | None
    state: str
    handler: str | None
    remark: str | None


def spending_rows(session: Session, view: View) -> Sequence[SpendingRow]:
    """The requests made on the days of a period."""
    days = SpendingRequest.asked_on.between(view.period.first.first_day, view.period.last.last_day)
    chosen = select(SpendingRequest).where(days).order_by(SpendingRequest.asked_on, SpendingRequest.id)
    if view.branch_id is not None:
        chosen = chosen.where(SpendingRequest.branch_id == view.branch_id)
    sums = select(CashEntry.request_id, func.sum(CashEntry.amount)).group_by(CashEntry.request_id)
    spent = {request_id: -amount for request_id, amount in session.execute(sums)}
    return [_request(each, spent.get(each.id, ZERO)) for each in session.scalars(chosen)]


def _request(each: SpendingRequest, spent: Decimal) -> SpendingRow:
    if each.decided_on is None:
        state = "待研究"
    elif not spent:
        state = "待支出"
    else:
        state = "部分支出" if spent < each.budget else "已支出"
    return SpendingRow(
        each.id, each.asked_on, each.activity, each.kind, each.people, each.budget, spent, each.decided_on,
        each.approver, each.approved_on, state, each.handler, each.remark,
    )  # fmt: skip


DUES_SPENDING = Ledger(
    name="dues_spending",
    title="党费使用登记表",
    columns=(
        Column("asked_on", "申请日期", DAY, 11, entered=False),
        Column("activity", "活动名称", TEXT, 24, entered=False),
        Column("kind", "用途类别", Choice(USES), 12, entered=False),
        Column("budget", "预算金额", MONEY, 11, entered=False, totalled=True),
        Column("spent", "已支出", MONEY, 11, entered=False, totalled=True),
        Column("decided_on", "研究日期", DAY, 11, entered=False),
        Column("approver", "审批人", TEXT, 10, entered=False),
        Column("approved_on", "批准日期", DAY, 11, entered=False),
        Column("state", "状态", REQUEST_STATE, 9, entered=False),
        Column("handler", "经办人", TEXT, 9, entered=False),
        Column("remark", "备注", TEXT, 12, entered=False),
    ),
    rows=spending_rows,
    span="year",
    empty="这一年还没有使用党费的申请。先填申请、经支委会研究，再支出。",
)
