"""Filling a ledger for a view: the words of its furniture come from the settings and the organisation looked at."""

from collections.abc import Sequence
from dataclasses import make_dataclass, replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from models import audit, settings
from models.kinds import TEXT
from models.ledger import Column, Furniture, Ledger, Sheet, View, filled
from models.records.members.organisation import Organisation, branch_named
from models.rules.periods import Month, Period


def sheet(session: Session, ledger: Ledger, view: View) -> Sheet:
    """The ledger in its local form for this view; a month given to a ledger of the year means its year."""
    from models.ledgers.variants import local  # not at the start of the window, which needs no ledger yet

    return as_formed(session, local(session, ledger, view=ledger.seen(view)), view)


def as_formed(session: Session, ledger: Ledger, view: View) -> Sheet:
    """The ledger as it is given, for this view, with its furniture."""
    view = ledger.seen(view)
    return filled(ledger, session, view, furniture(session, view))


def sheets(session: Session, ledger: Ledger, view: View) -> list[Sheet]:
    """The ledger for a view of any length: one of the year gives a sheet for each year of the period."""
    first, last = view.period.first.year, view.period.last.year
    if ledger.span != "year" or first == last:
        return [sheet(session, ledger, view)]
    years = [Period.of_year(year) for year in range(first, last + 1)]
    return [sheet(session, ledger, replace(view, period=year)) for year in years]


def in_one(parts: Sequence[Sheet]) -> Sheet:
    """Several sheets of one ledger as one table, for a file that holds but one: each row begins with its heading."""
    first = parts[0]
    keys = [column.key for column in first.columns]
    row_of = make_dataclass("PartRow", ["part", *keys], frozen=True, slots=True)
    rows = [row_of(part.heading, *(getattr(row, key) for key in keys)) for part in parts for row in part.rows]
    return replace(first, columns=(Column("part", "表名", TEXT, 24, entered=False), *first.columns), rows=rows)


def furniture(session: Session, view: View) -> Furniture:
    """Unit, names and dates for the furniture: those of the branch looked at, else of the whole file."""
    chosen = settings.read(session)
    branch = session.get(Organisation, view.branch_id) if view.branch_id is not None else None
    last = view.today + timedelta(days=chosen.notice_days)
    return Furniture(
        unit=branch.name if branch else chosen.unit,
        maker=chosen.maker,
        secretary=(branch.secretary if branch else None) or chosen.secretary,
        check=check_words(audit.head(session), audit.length(session)),
        fields={
            "notice_from": _chinese(view.today),
            "notice_to": _chinese(last),
            "telephone": chosen.telephone,
        },
    )


def check_words(head: str, length: int) -> str:
    """The head of the trail as printed at the foot of a ledger, and how many lines it covers (models/heads.py)."""
    return f"{head[:4]} {head[4:8]}（{length} 条）" if head else ""


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def view_of(session: Session, today: date, period: Period | None = None, branch: str | None = None) -> View:
    """The view of a period (None: the working month) and of a branch by name (None: all); UserError for no such one."""
    branch_id = branch_named(session, branch).id if branch else None
    return View(today, period or default_period(settings.read(session), today), branch_id)


def default_period(chosen: settings.Settings, today: date) -> Period:
    """The working month of the file, or the month of today where none was chosen yet."""
    month = chosen.month if chosen.working_month else Month.of(today)
    return Period(month, month)
