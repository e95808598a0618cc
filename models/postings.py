"""Money taken back and booked again: never deleted, each time by a new entry, and which entry stands for which now."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import steps
from models.audit import ADD, UNTRACKED, Change, Operation
from models.base import Record
from models.effects import Effect
from models.records.care import donations
from models.records.care import handing as care_handing
from models.records.care.donation_drives import DonationDrive
from models.records.care.donations import Donation, Handover
from models.records.care.funds import CareFund, CareFundEntry
from models.records.care.rounds import CareGift, CareHandout, CarePart, CareRound
from models.records.dues import cash_book, large_payments, payments
from models.records.dues.cash_book import CashEntry
from models.records.dues.large_payments import LargePayment
from models.records.dues.payments import Allotment, Payment

Place = tuple[type[Record], int]
ENTRIES: tuple[type[Any], ...] = (
    Payment, LargePayment, CashEntry, CareFundEntry, CareHandout, Handover, Donation,
)  # fmt: skip
"""Whatever is booked, in the order in which it is reversed: handed over first, then what was given."""
MONEY = (*ENTRIES, Allotment)
_REVERSING: Mapping[type[Record], Callable[[Session, int, str, date], object]] = {
    Payment: payments.reverse,
    LargePayment: large_payments.reverse,
    CashEntry: cash_book.reverse,
    CareFundEntry: care_handing.reverse_entry,
    CareHandout: care_handing.reverse_handout,
    Handover: donations.reverse_handover,
    Donation: donations.reverse,
}
_OF_TODAY = (CashEntry, Handover)
"""Their balance is drawn day by day: booked again on the day of old, it would fall short until the counter-entry."""


class Standing:
    """Which entry stands for one that was reversed and booked again by taking back or doing again."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._next: dict[Place, int] = {}
        booked = _booked(session)
        for number, taken in steps.takings(session):
            for type_ in ENTRIES:
                again = [each for each, reversed_id in booked[number, type_] if reversed_id is None]
                for gone, new in zip(_reversed_by(booked[taken, type_]), again, strict=True):
                    self._next[type_, gone] = new

    def __call__(self, type_: type[Record], number: int) -> int:
        """The entry that stands for the one of this number now; itself where it was never booked again."""
        while (type_, number) in self._next:
            number = self._next[type_, number]
        return number

    def note(self, type_: type[Record], gone: int, new: int) -> None:
        """Notes what was booked again just now."""
        self._next[type_, gone] = new

    def value(self, type_: type[Record], name: str, value: Any) -> Any:
        """The value of a column, of one that names an entry the entry that stands for it."""
        target = _named_entries(type_).get(name)
        return value if target is None or value is None else self(target, value)

    def of(self, effect: Effect) -> int:
        """The record that an effect on money is to be taken back from: the one standing now, if it agrees."""
        type_, number = effect.record_type, effect.record_id
        if type_ is Allotment:
            return self._part(effect)
        now = self(type_, number)
        return now if now != number and (effect.added or self.agrees(effect, now)) else number

    def agrees(self, effect: Effect, number: int) -> bool:
        """Whether the record of the number holds what the operation left."""
        record = self._session.get(effect.record_type, number)
        return record is not None and all(
            self.value(effect.record_type, name, getattr(record, name))
            == self.value(effect.record_type, name, value)
            for name, value in effect.after.items()
        )  # fmt: skip

    def _part(self, effect: Effect) -> int:
        """The part of the payment standing now that is booked to the same month."""
        part = self._session.get(Allotment, effect.record_id)
        if part is None or effect.added or (now := self(Payment, part.payment_id)) == part.payment_id:
            return effect.record_id
        same = select(Allotment).where(Allotment.payment_id == now, Allotment.month == part.month)
        found = [each for each in self._session.scalars(same.order_by(Allotment.id)) if self.agrees(effect, each.id)]
        found.sort(key=lambda each: each.amount != part.amount)
        return found[0].id if found else effect.record_id


def _booked(session: Session) -> Mapping[tuple[int, type[Any]], list[tuple[int, int | None]]]:
    """The entries booked by what was taken back or took back, by operation and table, each with what it reverses."""
    found: defaultdict[tuple[int, type[Any]], list[tuple[int, int | None]]] = defaultdict(list)
    took = select(Operation.id).where(Operation.undoes_id.is_not(None))
    taken = select(Operation.undoes_id).where(Operation.undoes_id.is_not(None))
    for type_ in ENTRIES:
        lines = select(Change.operation_id, Change.record_id, type_.reverses_id)
        lines = lines.join(type_, type_.id == Change.record_id)
        lines = lines.where(Change.table_name == type_.__tablename__, Change.verb == ADD)
        lines = lines.where(Change.operation_id.in_(took) | Change.operation_id.in_(taken))
        for operation, number, reversed_id in session.execute(lines.order_by(Change.record_id)):
            found[operation, type_].append((number, reversed_id))
    return found


def _reversed_by(booked: Sequence[tuple[int, int | None]]) -> list[int]:
    """What the counter-entries of an operation reverse, but for what it booked itself."""
    own = {number for number, _ in booked}
    return [gone for _, gone in booked if gone is not None and gone not in own]


@cache
def _named_entries(type_: type[Record]) -> Mapping[str, type[Record]]:
    """The columns of a table that name an entry of money, and of which table."""
    tables = {entry.__tablename__: entry for entry in ENTRIES}
    return {
        key.parent.name: tables[key.column.table.name]
        for key in type_.__table__.foreign_keys
        if key.column.table.name in tables and key.parent.name != "reverses_id"
    }


@dataclass
class Postings:
    """The entries among the effects of an operation, to be taken back on `today` by new ones for a `reason`."""

    session: Session
    standing: Standing
    reason: str
    today: date

    def take_back(self, effects: Sequence[Effect]) -> list[Effect]:
        """Reverses what was booked, books again what was reversed, moves back what was moved between months.

        Answers the effects that are left. What the counter-entries name stays: a drive with what was given in it, a
        gift handed out with its round.
        """
        entries = [effect for effect in effects if effect.added and effect.record_type in ENTRIES]
        left = [effect for effect in effects if not (effect.added and effect.record_type in MONEY)]
        own = {effect.record_id for effect in entries if effect.record_type is Payment}
        for effect in effects:
            if effect.added and effect.record_type is Allotment:
                part = self.session.get_one(Allotment, effect.record_id)
                if part.payment_id not in own:
                    self.session.add(self._moved_back(part))
        booked = self._booked(entries)
        self._reverse([entry for entry in booked if entry.reverses_id is None])
        for entry in booked:
            if entry.reverses_id is not None:
                self._book_again(entry)
        named = {place for entry in booked for place in _named_by(self.session, entry)}
        return [each for each in left if not (each.added and (each.record_type, each.record_id) in named)]

    def _booked(self, entries: Sequence[Effect]) -> list[Any]:
        """The entries that stand for those of the operation, in order; one that it reversed itself is settled."""
        records: list[Any] = [
            self.session.get_one(effect.record_type, self.standing.of(effect))
            for effect in sorted(entries, key=lambda each: (ENTRIES.index(each.record_type), each.record_id))
        ]
        own: set[tuple[type[Any], int | None]] = {(each.record_type, each.record_id) for each in entries}
        counters = {(type(each), each.reverses_id) for each in records} & own
        return [
            each
            for each in records
            if (type(each), each.id) not in counters and (type(each), each.reverses_id) not in counters
        ]

    def _reverse(self, booked: Sequence[Any]) -> None:
        paid = {each.id for each in booked if isinstance(each, Payment)}
        for each in booked:
            # a large payment that came with dues goes back with them
            if not isinstance(each, LargePayment) or each.payment_id not in paid:
                _REVERSING[type(each)](self.session, each.id, self.reason, self.today)

    def _book_again(self, counter: Any) -> None:
        """Books again what a counter-entry reversed, on its day, or today where balances are drawn day by day."""
        type_, original = type(counter), self.session.get_one(type(counter), counter.reverses_id)
        values = {
            column.name: self.standing.value(type_, column.name, getattr(original, column.name))
            for column in type_.__table__.columns
            if column.name not in (*UNTRACKED, "reverses_id")
        }
        if type_ in _OF_TODAY and original.on != self.today:
            said = "；".join(filter(None, (original.remark, f"原登记日期 {original.on}")))
            values |= {"on": self.today, "remark": said}
        again = type_(**values)
        self.session.add(again)
        self.session.flush()
        self.standing.note(type_, original.id, again.id)
        if type_ is Payment:
            parts = select(Allotment).where(Allotment.payment_id == counter.id).order_by(Allotment.id)
            for part in self.session.scalars(parts).all():
                self.session.add(
                    Allotment(payment_id=again.id, member_id=part.member_id, month=part.month, amount=-part.amount)
                )
        self.session.flush()

    def _moved_back(self, part: Allotment) -> Allotment:
        return Allotment(
            payment_id=self.standing(Payment, part.payment_id),
            member_id=part.member_id,
            month=part.month,
            amount=-part.amount,
            remittance_id=part.remittance_id,
        )


def _named_by(session: Session, record: Record) -> set[Place]:
    """What an entry of money beside dues hangs on, by table and number."""
    if isinstance(record, Handover | Donation):
        return {(DonationDrive, record.drive_id)}
    if isinstance(record, CareFundEntry):
        return {(CareFund, record.fund_id)}
    if not isinstance(record, CareHandout):
        return set()
    gift = session.get_one(CareGift, record.gift_id)
    parts = session.scalars(select(CarePart).where(CarePart.gift_id == gift.id)).all()
    named: set[Place] = {(CareGift, gift.id), (CareRound, gift.round_id)}
    named |= {(CarePart, part.id) for part in parts} | {(CareFund, part.fund_id) for part in parts}
    return named if gift.goods_fund_id is None else named | {(CareFund, gift.goods_fund_id)}
