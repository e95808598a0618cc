"""The records behind F26: a sheet for each talk. Those of confidential talks say so in place of what was said."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from models.ledger import View
from models.ledgers.life.talks import TalkRow, talk_rows
from models.records.life import talks

PRINTED = "打印"
_NOT_PRINTED = "（不公开，内容另存）"


@dataclass(frozen=True, slots=True)
class TalkRecord:
    """F26: one talk; None where it is to be written by hand."""

    unit: str | None = None
    sort: str | None = None
    on: date | None = None
    begins: str | None = None
    place: str | None = None
    talkers: str | None = None
    talked: str | None = None
    text: str | None = None
    promises: str | None = None
    confidential: bool = False


def talk_sheets(session: Session, view: View) -> Sequence[tuple[int, Any]]:
    """A sheet for each talk of the period, with its number; never with what was said in a confidential one."""
    return [(row.id, _sheet(row)) for row in talk_rows(session, view)]


def disclosed_sheets(session: Session, view: View, numbers: Collection[int]) -> Sequence[tuple[int, Any]]:
    """The sheets of the talks numbered with all that was said; each confidential one leaves a line in the trail."""
    found = []
    for row in talk_rows(session, view):
        if row.id in numbers:
            written = talks.disclose(session, row.id, PRINTED, view.today)
            found.append((row.id, replace(_sheet(row), text=written.text, promises=written.promises)))
    return found


def _sheet(row: TalkRow) -> TalkRecord:
    return TalkRecord(
        unit=row.branch,
        sort=row.sort,
        on=row.on,
        begins=row.begins,
        place=row.place,
        talkers=row.talkers,
        talked=row.talked,
        text=_NOT_PRINTED if row.confidential else row.text,
        promises=None if row.confidential else row.promises,
        confidential=row.confidential,
    )
