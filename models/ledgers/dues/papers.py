"""What the papers with a shape of their own say, a record for each; all None, it is the blank to fill in by hand."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.rules.periods import Month


@dataclass(frozen=True, slots=True)
class SlipRecord:
    """F05: that a member's dues were received, for use in the branch; `covers` says the months, `amount` is yuan."""

    number: str | None = None
    payer: str | None = None
    covers: str | None = None
    amount: Decimal | None = None
    method: str | None = None
    paid_on: date | None = None
    unit: str | None = None
    receiver: str | None = None


@dataclass(frozen=True, slots=True)
class RemittanceRecord:
    """F04 for one remittance: the dues of a month that a unit hands up, and the voucher for them.

    `amount` went up and `kept` stayed: together what was paid for the month itself, before and ahead, in yuan;
    `members` counts those in the unit and `payers` those whose money it is.
    """

    number: str | None = None
    unit: str | None = None
    period: str | None = None
    remitted_on: date | None = None
    members: int | None = None
    payers: int | None = None
    current: Decimal | None = None
    back: Decimal | None = None
    advance: Decimal | None = None
    amount: Decimal | None = None
    voucher: str | None = None
    voucher_dated: date | None = None
    handler: str | None = None
    remark: str | None = None
    kept: Decimal | None = None


@dataclass(frozen=True, slots=True)
class NoticeRecord:
    """F06: who owed dues for a period, by name, and whether they are paid; no amount, base or number of any kind."""

    unit: str | None = None
    period: str | None = None
    names: tuple[tuple[str, bool], ...] = ()
    shown_from: date | None = None
    shown_until: date | None = None
    telephone: str | None = None
    posted_on: date | None = None


@dataclass(frozen=True, slots=True)
class ReductionRecord:
    """F07: the application for reduced dues or exemption; amounts in yuan a month, an `amount` of 0.00 exempts."""

    unit: str | None = None
    name: str | None = None
    sex: str | None = None
    joined_on: str | None = None
    category: str | None = None
    base: Decimal | None = None
    full: Decimal | None = None
    amount: Decimal | None = None
    from_month: Month | None = None
    to_month: Month | None = None
    cause: str | None = None
    applicant: str | None = None
    applied_on: date | None = None
    decided_on: date | None = None
    approver: str | None = None
    approval_no: str | None = None
    approved_on: date | None = None
