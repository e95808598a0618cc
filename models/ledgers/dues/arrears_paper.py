"""What goes before the general meeting about a member whose dues are unpaid for six months: facts, no verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from models.ledger import View
from models.ledgers.dues.ladder import said
from models.ledgers.sheets import furniture
from models.records.dues import reminders
from models.records.dues.reminders import ACCEPTED, Reminder
from models.records.dues.standing import ZERO, Books, Standing
from models.records.members.organisation import branches
from models.rules.arrears import SIX_MONTHS
from models.rules.periods import Month

_REASONS = ("记录原因", ACCEPTED)


@dataclass(frozen=True, slots=True)
class ArrearsRecord:
    """The case of one member: who, the months of the run with (month, due, paid) in yuan, what was done, what was said.

    `done` and `reasons` are (day, words); without a member it is the blank to fill in by hand.
    """

    unit: str | None = None
    name: str | None = None
    sex: str | None = None
    born: str | None = None
    joined: str | None = None
    post: str | None = None
    run: int | None = None
    owed: Decimal | None = None
    months: tuple[tuple[str, Decimal, Decimal], ...] = ()
    done: tuple[tuple[date, str], ...] = ()
    reasons: tuple[tuple[date, str], ...] = ()
    made_on: date | None = None


def arrears_sheets(session: Session, view: View) -> Sequence[tuple[int, ArrearsRecord]]:
    """A paper for each member who owes months in a row up to the view's, the longest run first, by number of member.

    Those who have reached six months come first; for others the paper can be prepared while a talk is still possible.
    """
    books = Books(session, view.branch_id)
    units = {branch.id: branch.name for branch in branches(session)}
    unit, noted = furniture(session, view).unit, reminders.by_member(session)
    found = []
    for member in books.members:
        owed = [month for month, _ in books.unpaid_months(member, view.month)]
        if not owed:
            continue
        run = books.run(member, min(view.month, max(books.opened)))
        notes = noted.get(member.id, ())
        standings = [(month, books.standing(member, month)) for month in owed]
        record = ArrearsRecord(
            unit=units.get(member.branch_id, unit),
            name=member.name,
            sex=member.sex,
            born=str(member.birth_date or ""),
            joined=str(member.joined_on or ""),
            post=member.post,
            run=run,
            owed=sum((each.owed for _, each in standings), ZERO),
            months=tuple(_told(month, each) for month, each in standings),
            done=tuple((each.on, said(each)) for each in notes if each.kind not in _REASONS),
            reasons=tuple((each.on, _reason(each)) for each in notes if each.kind in _REASONS),
            made_on=view.today,
        )
        found.append((member.id, record))
    return sorted(found, key=lambda pair: -(pair[1].run or 0))


def has_reached(record: ArrearsRecord) -> bool:
    """Whether the months are so many that the branch has to take the case before its meeting."""
    return record.run is not None and record.run >= SIX_MONTHS


def _told(month: Month, standing: Standing) -> tuple[str, Decimal, Decimal]:
    return month.chinese, standing.due or ZERO, standing.paid


def _reason(note: Reminder) -> str:
    return said(note) if note.kind == ACCEPTED else note.text
