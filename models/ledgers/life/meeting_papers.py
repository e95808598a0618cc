"""Which papers of meetings there are, and what reads their records."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from models.ledger import View
from models.ledgers.life import minutes_papers, work_book
from models.ledgers.life.attendance_sheet import attendance_records
from models.ledgers.life.meetings import KINDS_OF
from models.ledgers.life.sign_in import sign_in_sheets

Numbered = Sequence[tuple[int, Any]]
MEETING_PAPERS: Mapping[str, Callable[[Session, View], Numbered]] = {
    "life_minutes": minutes_papers.held,
    **{name: partial(minutes_papers.held, kinds=kinds) for name, kinds in KINDS_OF.items()},
    "life_sign_in": sign_in_sheets,
    "life_attendance": attendance_records,
    "life_work_book": work_book.work_books,
}
LISTED: Mapping[str, Callable[[Session, View], Numbered]] = {"life_work_book": work_book.listed}
"""Papers of which a list needs less than a page."""
COMPLETED: Mapping[str, Callable[[Session, View, Any], Any]] = {"life_work_book": work_book.completed}
"""What makes a record of such a list whole."""
