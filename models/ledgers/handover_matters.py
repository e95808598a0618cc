"""What is still open when the secretary changes: dues, meetings and care, in sums and counts; of illness nothing."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.kinds import MONEY
from models.ledger import View
from models.ledgers.care.changes import LATE, SOON, review_rows
from models.ledgers.dues.collected import cash_taken
from models.ledgers.dues.owed import ZERO, owed_months
from models.ledgers.dues.progress import handing_up, waiting
from models.ledgers.phrases import listed
from models.records.care import donations
from models.records.care.cases import CareCase, CareStep
from models.records.care.concerns import CareConcern
from models.records.care.donation_drives import DonationDrive
from models.records.care.pairings import Pairing, PairingTask
from models.records.care.rounds import CareRound
from models.records.care.visits import CareVisit
from models.records.dues import cash
from models.records.dues.cash import CashCount, CashHandover
from models.records.dues.months import DuesMonth
from models.records.dues.reductions import Reduction
from models.records.life.activities import PLANNED, RECORDING, Activity
from models.records.life.activity_kinds import by_key
from models.records.life.followups import FollowUp
from models.records.life.problems import Problem
from models.records.members import committee
from models.records.members.members import Member
from models.rules import care, stock
from models.rules.deadlines import NEAR, OVERDUE, standing

_AGREEMENTS_END = 90  # days ahead in which the next secretary has to see to an agreement
_FEW = 6
_MOST_PAYERS = 60  # named one by one


@dataclass(frozen=True, slots=True)
class Matter:
    """An open matter: the chapter it belongs to, what it is, how much of it there is, and which."""

    chapter: str
    name: str
    count: str
    told: str = ""


Found = Iterator[Matter]


def open_matters(session: Session, view: View) -> tuple[Matter, ...]:
    """Everything that is open on the view's day in the whole file, chapter by chapter."""
    return tuple(matter for source in _SOURCES for matter in source(session, view))


def _months(session: Session) -> Sequence[DuesMonth]:
    """The months of this file that are opened and not closed."""
    chosen = select(DuesMonth).where(DuesMonth.closed_on.is_(None), DuesMonth.brought_in.is_(False))
    return session.scalars(chosen.order_by(DuesMonth.month)).all()


def _arrears(session: Session, _view: View) -> Found:
    last = session.scalars(select(DuesMonth.month).order_by(DuesMonth.month.desc()).limit(1)).first()
    if last is None:
        return
    owed = owed_months(session, last)
    named = session.execute(select(Member.id, Member.name).order_by(Member.branch_id, Member.id))
    parts, total = [], ZERO
    for number, name in named:
        if number in owed:
            rest = sum((each.rest for each in owed[number]), ZERO)
            total += rest
            parts.append(f"{name} {len(owed[number])} 个月 {MONEY.show(rest)} 元")
    if parts:
        more = f"；另有 {len(parts) - _MOST_PAYERS} 人，见党费欠交情况表" if len(parts) > _MOST_PAYERS else ""
        told = f"合计 {MONEY.show(total)} 元：{'；'.join(parts[:_MOST_PAYERS])}{more}。"
        yield Matter("党费", "欠交党费", f"{len(parts)} 人", told)


def _unclosed(session: Session, _view: View) -> Found:
    found = _months(session)
    if found:
        yield Matter(
            "党费", "没有结账的月份", f"{len(found)} 个月", _listed([each.month.chinese for each in found], 12)
        )


def _not_handed_up(session: Session, _view: View) -> Found:
    found = [(month, amount) for month, amount in waiting(session) if amount > 0]
    if found:
        total = sum((amount for _, amount in found), ZERO)
        told = "；".join(f"{month.chinese} {MONEY.show(amount)} 元" for month, amount in found)
        yield Matter("党费", "收了没有上缴", f"{MONEY.show(total)} 元", f"{told}。")


def _unvouched(session: Session, _view: View) -> Found:
    opened = session.scalars(select(DuesMonth.month).where(DuesMonth.brought_in.is_(False)).order_by(DuesMonth.month))
    found = {each.id: each for month in opened for each in handing_up(session, month).unvouched}.values()
    if found:
        told = "；".join(f"{each.remitted_on} 上缴的还缺 {MONEY.show(each.missing)} 元" for each in found)
        yield Matter("党费", "上缴缺凭证", f"{len(found)} 笔", f"{told}。")


def _cash(session: Session, _view: View) -> Found:
    """Cash that was counted and not handed over, and that of open months which nobody counted."""
    handed = select(CashHandover.count_id)
    counts = session.scalars(select(CashCount).where(CashCount.counted > ZERO, CashCount.id.not_in(handed)))
    held = [(each.day, each.counted) for each in counts]
    if held:
        told = "；".join(f"{day} 收的 {MONEY.show(amount)} 元" for day, amount in held)
        yield Matter("党费", "现金没有交接", f"{len(held)} 次", f"{told}。")
    taken = [(each, cash_taken(session, each.month)) for each in _months(session)]
    uncounted = [
        (each.month.chinese, amount)
        for each, amount in taken
        if amount > 0 and cash.cash_count(session, each.collection_day) is None
    ]
    if uncounted:
        told = "；".join(f"{month} {MONEY.show(amount)} 元" for month, amount in uncounted)
        yield Matter("党费", "现金没有点", f"{len(uncounted)} 次", f"{told}。")


def _applications(session: Session, _view: View) -> Found:
    """Reductions that were asked for and neither granted nor refused: how many, not whose."""
    chosen = select(func.count(Reduction.id))
    count = session.scalar(chosen.where(Reduction.approved_on.is_(None), Reduction.refused_on.is_(None)))
    if count:
        yield Matter("党费", "少交免交待批", f"{count} 份", "见党费少交（免交）台账。")


def _minutes(session: Session, view: View) -> Found:
    kinds = by_key(session)

    def said(each: Activity, day: date | None) -> str:
        return f"{kinds[each.kind].name}{f'（{day}）' if day is not None else ''}"

    begun = session.scalars(select(Activity).where(Activity.state == RECORDING).order_by(Activity.held_on)).all()
    if begun:
        yield Matter(
            "组织生活", "记录没有定稿", f"{len(begun)} 次", _listed([said(each, each.held_on) for each in begun])
        )
    late = (
        select(Activity)
        .where(Activity.state == PLANNED, Activity.planned_on < view.today)
        .order_by(Activity.planned_on)
    )
    planned = session.scalars(late).all()
    if planned:
        told = _listed([said(each, each.planned_on) for each in planned])
        yield Matter("组织生活", "到期没有开展的计划", f"{len(planned)} 项", told)


def _tasks(session: Session, view: View) -> Found:
    """What meetings decided and problems to be put right, the overdue ones by name."""
    decided = select(FollowUp.issue, FollowUp.due_on).where(FollowUp.done_on.is_(None)).order_by(FollowUp.due_on)
    problems = select(Problem.problem, Problem.due_on).where(Problem.closed_on.is_(None)).order_by(Problem.due_on)
    for name, chosen in (("后续事项没有办结", decided), ("整改没有销号", problems)):
        rows = session.execute(chosen).all()
        if rows:
            late = [what for what, due_on in rows if due_on is not None and due_on < view.today]
            told = f"其中逾期 {len(late)} 项：{_listed(late)}" if late else ""
            yield Matter("组织生活", name, f"{len(rows)} 项", told)


def _terms(session: Session, view: View) -> Found:
    ending = committee.ending(session, view.today)
    if ending:
        told = _listed([f"{each.name}（{each.due_on}）" for each in ending])
        yield Matter("组织生活", "快要换届", f"{len(ending)} 个", told)


def _cases(session: Session, view: View) -> Found:
    """Open cases of hardship by kind and state, how many of each and no more."""
    steps: defaultdict[tuple[str, int], list[care.Step]] = defaultdict(list)
    chosen = select(CareCase.sort, CareStep.case_id, CareStep.kind, CareStep.on)
    chosen = chosen.join(CareStep, CareStep.case_id == CareCase.id).order_by(CareStep.on, CareStep.id)
    for sort, number, kind, on in session.execute(chosen):
        steps[sort, number].append(care.Step(kind, on))
    counts = Counter((sort, care.state_on(own, view.today)) for (sort, _), own in steps.items())
    for sort in dict.fromkeys(sort for sort, _ in steps):
        own = [(state, counts[sort, state]) for state in care.STATES if counts[sort, state] and state != care.LEFT]
        if own:
            total = sum(number for _, number in own)
            told = "、".join(f"{state} {number} 人" for state, number in own)
            yield Matter("困难帮扶", f"没有退出的{sort}", f"{total} 人", f"{told}。")


def _reviews(session: Session, view: View) -> Found:
    rows = review_rows(session, view)
    late, soon = (sum(row.state == state for row in rows) for state in (LATE, SOON))
    if late or soon:
        yield Matter("困难帮扶", "要核查的", f"{late + soon} 人", f"已逾期 {late} 人，快到期 {soon} 人。")


def _rounds(session: Session, _view: View) -> Found:
    names = session.scalars(select(CareRound.name).where(CareRound.closed_on.is_(None)).order_by(CareRound.id)).all()
    if names:
        yield Matter("困难帮扶", "没有办结的慰问", f"{len(names)} 次", _listed(names))


def _visits(session: Session, view: View) -> Found:
    promised = select(CareVisit.followup_on).where(CareVisit.followup.is_not(None), CareVisit.done_on.is_(None))
    raised = select(CareConcern.due_on).where(CareConcern.closed_on.is_(None))
    for name, chosen in (("走访后续没有办", promised), ("急难愁盼没有销号", raised)):
        days = session.scalars(chosen).all()
        if days:
            late = sum(day is not None and day < view.today for day in days)
            yield Matter("困难帮扶", name, f"{len(days)} 件", f"其中逾期 {late} 件。" if late else "")


def _goods(session: Session, _view: View) -> Found:
    """What is left of donations, drive by drive: goods by item and unit, money apart from them."""
    goods: dict[int, list[stock.Moved]] = {}
    for number, moved in donations.moves(session):
        goods.setdefault(number, []).append(moved)
    for drive in session.scalars(select(DonationDrive).order_by(DonationDrive.begins, DonationDrive.id)):
        balances = stock.balances(goods.get(drive.id, ())).items()
        left = [f"{kind.item} {stock.said(rest)} {kind.unit}" for kind, rest in balances if rest]
        money = sum((each.adds for each in donations.money_moves(session, drive.id)), Decimal(0))
        if left:
            yield Matter("捐赠", "没有转交的物品", f"{len(left)} 种", f"{drive.name}：{_listed(left, 12)}")
        if money:
            yield Matter("捐赠", "没有转交的捐款", f"{MONEY.show(money)} 元", f"{drive.name}。")


def _pairings(session: Session, view: View) -> Found:
    agreed = select(Pairing.partner, Pairing.until).where(Pairing.ended_on.is_(None)).order_by(Pairing.until)
    ending = [
        f"{partner}（{until}）"
        for partner, until in session.execute(agreed)
        if standing(until, None, view.today, _AGREEMENTS_END) in (NEAR, OVERDUE)
    ]
    if ending:
        yield Matter("结对共建", "到期和快到期的协议", f"{len(ending)} 份", _listed(ending))
    tasks: Any = select(PairingTask.task).join(Pairing, Pairing.id == PairingTask.pairing_id)
    tasks = tasks.where(PairingTask.done_on.is_(None), Pairing.ended_on.is_(None)).order_by(PairingTask.due_on)
    names = session.scalars(tasks).all()
    if names:
        yield Matter("结对共建", "没有办结的任务", f"{len(names)} 项", _listed(names))


def _listed(names: Sequence[str], at_most: int = _FEW) -> str:
    return f"{listed(names, at_most, '项')}。"


_SOURCES: Sequence[Callable[[Session, View], Found]] = (
    _arrears, _unclosed, _not_handed_up, _unvouched, _cash, _applications, _minutes, _tasks, _terms, _cases, _reviews,
    _rounds, _visits, _goods, _pairings,
)  # fmt: skip
