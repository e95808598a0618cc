"""Stopping a session's work from outside, between two of its statements."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import event
from sqlalchemy.orm import Session

_MOMENTS = ("do_orm_execute", "before_flush")


@contextmanager
def stoppable(session: Session, look: Callable[[], object]) -> Iterator[None]:
    """While it lasts `look` is called before whatever the session asks or writes; what it raises ends the work there.

    The transaction is left to the caller, who rolls it back.
    """

    def before(*_given: object) -> None:
        look()

    for moment in _MOMENTS:
        event.listen(session, moment, before)
    try:
        yield
    finally:
        for moment in _MOMENTS:
            event.remove(session, moment, before)
