"""What care asks for on the Today page: names and kinds of what is due, never illness, money or numbers."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import festivals
from models.kinds import Tone
from models.ledger import View
from models.ledgers.care.changes import LATE, YEAR, place, review_of
from models.ledgers.care.pairings import REMINDED_DAYS
from models.ledgers.care.ways import LOOKED
from models.ledgers.notices import Notice
from models.ledgers.phrases import listed
from models.records.care.cases import CareCase, CareStep
from models.records.care.concerns import CareConcern
from models.records.care.pairings import Pairing, PairingTask
from models.records.care.rounds import CareRound
from models.records.care.visits import CareVisit
from models.records.members.members import Member
from models.rules import care
from models.rules.deadlines import NEAR, OVERDUE, standing
from models.rules.deadlines import REMINDED_DAYS as REMINDED_SHORTLY

CARE = "care"
_ASKED_BEFORE = timedelta(days=30)  # before a festival or a year's end in which reviews are asked for
_FEW = 3  # names in one line
_TONES: Sequence[Tone] = ("bad", "warn")
Found = tuple[str, Any]
"""Whom or what a line is about, and what of the page of care it leads to."""


def care_notices(session: Session, view: View, most: int) -> list[Notice]:
    """A line for each thing that is due, the most urgent first; past `most` the last line counts the others."""
    found = [notice for source in _SOURCES for notice in source(session, view)]
    found.sort(key=lambda notice: _TONES.index(notice.mark[1]))
    if len(found) <= most:
        return found
    rest = found[most - 1 :]
    kinds = "、".join(dict.fromkeys(notice.who for notice in rest))
    who = "另有" if most > 1 else "需要办的"
    return [*found[: most - 1], Notice((f"{len(rest)} 项", rest[0].mark[1]), who, kinds, CARE, target="cases")]


def _told(who: str, said: str, tone: Tone, unit: str, found: Sequence[Found], ledger: str) -> Iterator[Notice]:
    """One line: it leads to the record where there is one, and to the ledger where there are several."""
    if found:
        target = found[0][1] if len(found) == 1 else ("ledgers", ledger)
        names = listed([name for name, _ in found], _FEW, unit)
        yield Notice((f"{len(found)} {unit}", tone), who, f"{said}{names}", CARE, target=target)


def _reviews(session: Session, view: View) -> Iterator[Notice]:
    """Those on the list who are to be looked at again before the festival that comes, or after a year."""
    taken_in = select(CareStep.case_id).where(CareStep.kind == care.TAKEN_IN, CareStep.on <= view.today)
    looked = _cases(view, func.max(CareStep.on)).where(
        CareStep.kind.in_(LOOKED), CareStep.case_id.in_(taken_in), CareStep.case_id.not_in(_past(view, care.CLOSED))
    )
    rows = session.execute(looked.group_by(CareStep.case_id)).all()
    if not rows:
        return
    days = festivals.between(min(on for _, _, on in rows), max(on for _, _, on in rows) + YEAR)
    reviews = {on: review_of(on, days, view.today) for on in {on for _, _, on in rows}}
    due = [(*reviews[on], name, ("cases", number)) for number, name, on in rows]
    due = sorted((each for each in due if each[0] - view.today <= _ASKED_BEFORE), key=lambda each: each[0])
    late = [(name, target) for _, _, state, name, target in due if state == LATE]
    yield from _told("帮扶核查", "已过期：", "bad", "人", late, "care_reviews")
    for wanted in ("春节", "七一", "满一年"):
        said = f"{wanted}：" if wanted == "满一年" else f"{wanted}前："
        found = [(name, target) for _, before, state, name, target in due if state != LATE and before == wanted]
        yield from _told("帮扶核查", said, "warn", "人", found, "care_reviews")


def _postings(session: Session, view: View) -> Iterator[Notice]:
    """Cases whose posting is over and whose next step is not taken."""
    later = _past(view, care.APPROVED, care.TAKEN_IN, care.CHANGED, care.REVIEWED, care.CLOSED)
    over = _cases(view).where(CareStep.kind == care.POSTED, CareStep.until < view.today, CareStep.case_id.not_in(later))
    found = [(name, ("cases", number)) for number, name in session.execute(over.order_by(CareStep.until))]
    yield from _told("公示期满", "可以办下一步：", "warn", "人", found, "care_posting")


def _cases(view: View, *columns: Any) -> Any:
    """A question about steps by the view's day: number of the case, whose it is, and more columns."""
    chosen = (
        select(CareStep.case_id, func.coalesce(Member.name, CareCase.name), *columns)
        .join(CareCase, CareCase.id == CareStep.case_id)
        .outerjoin(Member, Member.id == CareCase.member_id)
        .where(CareStep.on <= view.today)
    )
    return chosen if view.branch_id is None else chosen.where(place() == view.branch_id)


def _past(view: View, *kinds: str) -> Any:
    """The numbers of the cases that have taken one of these steps."""
    return select(CareStep.case_id).where(CareStep.kind.in_(kinds), CareStep.on <= view.today)


def _visits(session: Session, view: View) -> Iterator[Notice]:
    chosen = select(CareVisit.name, CareVisit.id, CareVisit.on).where(
        CareVisit.followup.is_not(None), CareVisit.done_on.is_(None), CareVisit.followup_on < view.today
    )
    rows = session.execute(_of_branch(chosen, CareVisit, view).order_by(CareVisit.followup_on)).all()
    found = [(name, ("ledgers", ("care_visits", number, on.year))) for name, number, on in rows]
    yield from _told("走访后续", "逾期没有办：", "bad", "件", found, "care_visits")


def _concerns(session: Session, view: View) -> Iterator[Notice]:
    chosen = select(CareConcern.kind, CareConcern.id).where(
        CareConcern.closed_on.is_(None), CareConcern.due_on < view.today, CareConcern.raised_on <= view.today
    )
    rows = session.execute(_of_branch(chosen, CareConcern, view).order_by(CareConcern.due_on)).all()
    kinds = dict.fromkeys(kind for kind, _ in rows)
    if rows:
        target: Any = ("care_concerns", rows[0].id) if len(rows) == 1 else "care_concerns"
        said = f"逾期没有销号：{listed(list(kinds), _FEW, '类')}"
        yield Notice((f"{len(rows)} 件", "bad"), "急难愁盼", said, CARE, target=("ledgers", target))


def _pairings(session: Session, view: View) -> Iterator[Notice]:
    """Agreements that run out and tasks that are due, soon or already."""
    chosen = select(Pairing.partner, Pairing.id, Pairing.until).where(Pairing.ended_on.is_(None))
    tasks = (
        select(Pairing.partner, PairingTask.id, PairingTask.due_on)
        .join(Pairing, Pairing.id == PairingTask.pairing_id)
        .where(PairingTask.done_on.is_(None), Pairing.ended_on.is_(None))
    )
    for who, ledger, rows, days, over in (
        ("结对协议", "care_pairings", chosen.order_by(Pairing.until), REMINDED_DAYS, "已到期："),
        ("结对任务", "care_pairing_tasks", tasks.order_by(PairingTask.due_on), REMINDED_SHORTLY, "已逾期："),
    ):
        found: dict[str, list[Found]] = {OVERDUE: [], NEAR: []}
        for partner, number, until in session.execute(_of_branch(rows, Pairing, view)):
            found.get(standing(until, None, view.today, days), []).append((partner, ("ledgers", (ledger, number))))
        yield from _told(who, over, "bad", "项", found[OVERDUE], ledger)
        yield from _told(who, "快到期：", "warn", "项", found[NEAR], ledger)


def _rounds(session: Session, view: View) -> Iterator[Notice]:
    """Rounds that are open although their festival is over."""
    chosen = select(CareRound).where(CareRound.closed_on.is_(None)).order_by(CareRound.id)
    if view.branch_id is not None:
        chosen = chosen.where(CareRound.branch_id.is_(None) | (CareRound.branch_id == view.branch_id))
    for each in session.scalars(chosen):
        over = _over_after(each)
        if over is not None and over < view.today:
            yield Notice(("没有办结", "warn"), "慰问", f"{each.name}还没有办结", CARE, target=("rounds", each.id))


def _over_after(each: CareRound) -> date | None:
    """The last day of a round: that of its festival, or the later one that was written; None where nobody says."""
    own = festivals.NAMED[each.festival](each.year) if each.festival in festivals.NAMED else None
    return max((day for day in (own, each.last_on) if day is not None), default=None)


def _of_branch(chosen: Any, record: Any, view: View) -> Any:
    return chosen if view.branch_id is None else chosen.where(record.branch_id == view.branch_id)


_SOURCES: Sequence[Callable[[Session, View], Iterator[Notice]]] = (
    _reviews, _postings, _visits, _concerns, _pairings, _rounds,
)  # fmt: skip
