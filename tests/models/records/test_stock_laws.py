"""A donation drive over any course of work: nothing goes out that did not come in, on no day, and undo puts it back."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import accumulate

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.records.care import donation_drives, donations
from models.records.care.donations import Donation, Handover
from tests.models.records.clerk import TODAY, Clerk
from tests.night import more

YUAN = "元"
DAYS = st.integers(1, 20).map(lambda day: date(2026, 11, day))
THINGS = st.sampled_from([YUAN, "大衣", "书"])
MANY = st.integers(1, 60).map(lambda number: Decimal(number) / 2)


@dataclass
class Paper:
    """What was given and passed on and still stands: by number, what and how much."""

    given: dict[int, tuple[str, Decimal]] = field(default_factory=dict)
    passed: dict[int, tuple[str, Decimal]] = field(default_factory=dict)

    def left(self) -> defaultdict[str, Decimal]:
        left: defaultdict[str, Decimal] = defaultdict(Decimal)
        for sign, moved in ((1, self.given), (-1, self.passed)):
            for what, many in moved.values():
                left[what] += sign * many
        return left


def line(what: str, many: Decimal, on: date) -> dict[str, object]:
    if what == YUAN:
        return {"on": on, "amount": many}
    return {"on": on, "item": what, "quantity": many, "unit": "件"}


def moves(session: Session) -> Iterator[tuple[date, str, Decimal]]:
    recorded: list[Donation | Handover] = [*session.scalars(select(Donation)), *session.scalars(select(Handover))]
    for row in recorded:
        sign = 1 if isinstance(row, Donation) else -1
        if row.amount:
            yield row.on, YUAN, sign * row.amount
        if row.item and row.quantity:
            yield row.on, row.item, sign * Decimal(row.quantity)


class Drive(Clerk):
    """One drive, whose goods come, go and come back."""

    @initialize()
    def begin(self) -> None:
        self.paper = Paper()
        with self.working() as session:
            self.drive = donation_drives.begin(session, {"name": "暖冬捐赠", "begins": date(2026, 11, 1)}).id
        self.former.clear()  # the drive stays

    @rule(what=THINGS, many=MANY, on=DAYS)
    def give(self, what: str, many: Decimal, on: date) -> None:
        with self.working() as session:
            made = donations.give(session, self.drive, {"giver": "局机关工会", **line(what, many, on)}, TODAY)
            self.paper.given[made.id] = what, many

    @rule(what=THINGS, many=MANY, on=DAYS)
    def pass_on(self, what: str, many: Decimal, on: date) -> None:
        with self.working() as session:
            made = donations.pass_on(session, self.drive, {"receiver": "市民政局", **line(what, many, on)}, TODAY)
            self.paper.passed[made.id] = what, many

    @precondition(lambda self: self.paper and self.paper.given)
    @rule(data=st.data(), on=DAYS)
    def reverse_a_donation(self, data: st.DataObject, on: date) -> None:
        number = data.draw(st.sampled_from(sorted(self.paper.given)))
        with self.working() as session:
            donations.reverse(session, self.now(session, Donation, number), "记错", on)
            del self.paper.given[number]

    @precondition(lambda self: self.paper and self.paper.passed)
    @rule(data=st.data(), on=DAYS)
    def reverse_what_was_passed_on(self, data: st.DataObject, on: date) -> None:
        number = data.draw(st.sampled_from(sorted(self.paper.passed)))
        with self.working() as session:
            donations.reverse_handover(session, self.now(session, Handover, number), "记错", on)
            del self.paper.passed[number]

    def compare(self, session: Session) -> None:
        found: dict[str, list[tuple[date, Decimal]]] = {}
        for on, what, many in sorted(moves(session)):
            found.setdefault(what, []).append((on, many))
        left = self.paper.left()
        for what, moved in found.items():
            assert sum(many for _, many in moved) == left[what]
            by_day = {day: sum(many for on, many in moved if on == day) for day in sorted({on for on, _ in moved})}
            assert min(accumulate(by_day.values())) >= 0, f"{what} {by_day}"


class LongDrive(Drive):
    """The same for as long as a nightly run may take."""


TestDrive = Drive.TestCase
TestDrive.settings = settings(max_examples=3, stateful_step_count=12, deadline=None)
TestLongDrive = pytest.mark.slow(LongDrive.TestCase)
TestLongDrive.settings = settings(max_examples=more(30), stateful_step_count=40, deadline=None)
