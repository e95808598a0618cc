"""What the papers of money say, a record for each; all None or empty, it is the blank to fill in by hand."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class LargeRecord:
    """The description sheet of a large voluntary payment: who gave it, how much in yuan, and a few lines about them."""

    name: str | None = None
    sex: str | None = None
    ethnicity: str | None = None
    born: str | None = None
    joined: str | None = None
    post: str | None = None
    unit: str | None = None
    amount: Decimal | None = None
    paid_on: date | None = None
    method: str | None = None
    description: str | None = None
    handed_on: date | None = None
    receipt_no: str | None = None


@dataclass(frozen=True, slots=True)
class HandoverRecord:
    """Cash passed from one to another: `pieces` are (yuan, how many), `booked` is what the books say."""

    number: str | None = None
    unit: str | None = None
    collected_on: date | None = None
    pieces: tuple[tuple[Decimal, int], ...] = ()
    amount: Decimal | None = None
    booked: Decimal | None = None
    explained: str | None = None
    giver: str | None = None
    receiver: str | None = None
    handed_on: date | None = None
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class SpendingRecord:
    """F08, the request to use dues with room for those who approve it."""

    unit: str | None = None
    asked_on: date | None = None
    activity: str | None = None
    kind: str | None = None
    held_on: date | None = None
    place: str | None = None
    people: int | None = None
    purpose: str | None = None
    budget: Decimal | None = None
    balance: Decimal | None = None
    decided_on: date | None = None
    approver: str | None = None
    approved_on: date | None = None
    handler: str | None = None


@dataclass(frozen=True, slots=True)
class Heads:
    """Members counted by what they live on."""

    working: int = 0
    retired: int = 0
    students: int = 0
    others: int = 0

    @property
    def total(self) -> int:
        return self.working + self.retired + self.students + self.others


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """F04 for a period: how many members paid in time, late and for months before, and the money in yuan."""

    unit: str | None = None
    period: str | None = None
    members: Heads | None = None
    in_time: Heads | None = None
    late: Heads | None = None
    back_payers: Heads | None = None
    due: Decimal | None = None
    current: Decimal | None = None
    back: Decimal | None = None
    advance: Decimal | None = None
    paid: Decimal | None = None
    handed_up: Decimal | None = None
    kept: Decimal | None = None
    voucher: str | None = None
    maker: str | None = None
    reported_on: date | None = None


@dataclass(frozen=True, slots=True)
class CardMonth:
    """A month on a member's card, in yuan."""

    number: int
    due: Decimal | None = None
    paid: Decimal | None = None
    paid_on: date | None = None


@dataclass(frozen=True, slots=True)
class CardRecord:
    """F09, a member's dues of a year on a small card; the collector signs or seals each month."""

    year: int | None = None
    name: str | None = None
    unit: str | None = None
    monthly: Decimal | None = None
    months: tuple[CardMonth, ...] = ()

    @property
    def paid(self) -> Decimal:
        return sum((each.paid for each in self.months if each.paid is not None), Decimal(0))


@dataclass(frozen=True, slots=True)
class YearNoticeRecord:
    """F06 for a year: what was collected, handed up, received and used, in sums; no member's name or amount."""

    unit: str | None = None
    year: int | None = None
    members: int | None = None
    due: Decimal | None = None
    paid: Decimal | None = None
    handed_up: Decimal | None = None
    kept: Decimal | None = None
    large: tuple[int, Decimal] | None = None
    carried: Decimal | None = None
    incomes: tuple[tuple[str, Decimal], ...] = ()
    uses: tuple[tuple[str, Decimal], ...] = ()
    balance: Decimal | None = None
    shown_from: date | None = None
    shown_until: date | None = None
    telephone: str | None = None
    posted_on: date | None = None
