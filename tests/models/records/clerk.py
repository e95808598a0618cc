"""A clerk who notes on paper what the program should know, and takes a step back on paper whenever it is undone."""

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
from models.checks import BOOKS
from models.database import Database
from models.errors import UserError
from tests import founded

TODAY = date(2026, 11, 20)


class Clerk(RuleBasedStateMachine):
    """Work in any order on a new data file; `paper` is what was noted of it, `former` how it was before each step."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.database: Database = founded.make(Path(self.folder.name) / "甲.zbtz", "甲局第一党支部", TODAY)
        self.paper: Any = None
        self.former: list[Any] = []

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
        self.paper = self.former.pop()

    @invariant()
    def the_books_agree(self) -> None:
        with self.database.reading() as session:
            assert [problem for books in BOOKS for problem in books(session)] == []
            if self.paper is not None:
                self.compare(session)

    def compare(self, session: Session) -> None:
        """Asserts that the program knows what stands on paper."""
        raise AssertionError("each clerk compares books of their own")

    def the_trail_tells_the_same_as_the_tables(self) -> None:
        with self.database.reading() as session:
            assert trail.break_in_chain(session) is None
            assert list(trail.differences(session)) == []

    def _latest(self) -> int:
        with self.database.reading() as session:
            return audit.latest(session)
