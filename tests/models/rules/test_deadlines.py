"""Deadlines: what is overdue, near, open and done."""

from datetime import date

import pytest

from models.rules.deadlines import DONE, NEAR, OPEN, OVERDUE, standing

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("due_on", "done_on", "expected"),
    [
        (date(2026, 11, 22), None, OVERDUE),
        (TODAY, None, NEAR),
        (date(2026, 11, 30), None, NEAR),
        (date(2026, 12, 1), None, OPEN),
        (None, None, OPEN),
        (date(2026, 11, 22), TODAY, DONE),
    ],
)
def test_how_a_task_stands(due_on: date | None, done_on: date | None, expected: str) -> None:
    assert standing(due_on, done_on, TODAY) == expected
