"""A clerk who notes on paper what the program should know, and goes back and forth on paper as steps are undone."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy.orm import Session

from models import audit, trail, undo
from models.base import Record
from models.checks import BOOKS
from models.database import Database
from models.errors import UserError
from models.postings import Standing
from tests import founded

TODAY = date(2026, 11, 20)


class Clerk(RuleBasedStateMachine):
    """Work in any order on a new data file, back and forth.

    `paper` is what was noted of it, `former` how it was before each step, `later` how it was before each undo.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.database: Database = founded.make(Path(self.folder.name) / "甲.zbtz", "甲局第一党支部", TODAY)
        self.paper: Any = None
        self.former: list[Any] = []
        self.later: list[Any] = []

    def teardown(self) -> None:
        try:
            self.the_trail_tells_the_same_as_the_tables()
        finally:
            self.database.close()
            self.folder.cleanup()

    @contextmanager
    def working(self) -> Iterator[Session]:
        """Saves what is done within; on paper too, unless the program refuses it."""
        before, known = deepcopy(self.paper), self._latest()
        try:
            with self.database.writing("办理") as session:
                yield session
        except UserError:
            self.paper = before
        else:
            if self._latest() > known:
                self.former.append(before)
                self.later.clear()

    @rule()
    def take_back(self) -> None:
        """Undoes the last step; where the program refuses, nothing may have changed."""
        if not self.former:
            return
        try:
            with self.database.writing("撤销") as session:
                undo.undo_last(session, TODAY)
        except UserError:
            return
        self.later.append(self.paper)
        self.paper = self.former.pop()

    @rule()
    def do_again(self) -> None:
        """Does again what was undone last; nothing stands in the way of that."""
        if not self.later:
            return
        with self.database.writing("重做") as session:
            undo.redo_last(session, TODAY)
        self.former.append(self.paper)
        self.paper = self.later.pop()

    @invariant()
    def the_books_agree(self) -> None:
        with self.database.reading() as session:
            assert [problem for books in BOOKS for problem in books(session)] == []
            if self.paper is not None:
                self.compare(session)

    def compare(self, session: Session) -> None:
        """Asserts that the program knows what stands on paper."""
        raise AssertionError("each clerk compares books of their own")

    def now(self, session: Session, type_: type[Record], number: int) -> int:
        """The entry that stands for one on paper, which going back and forth may have booked anew."""
        return Standing(session)(type_, number)

    def the_trail_tells_the_same_as_the_tables(self) -> None:
        with self.database.reading() as session:
            assert trail.break_in_chain(session) is None
            assert list(trail.differences(session)) == []

    def _latest(self) -> int:
        with self.database.reading() as session:
            return audit.latest(session)
