"""Care for people in need: how far a case has come, what a household lives on, when a case is looked at again.

Sources: rules.md §4 (income over the twelve months before the application; reviews before 春节 and 七一 and yearly).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from models.rules.cadence import is_workday
from models.rules.periods import Month

APPLIED, DISCUSSED, POSTED, APPROVED, TAKEN_IN = "申请", "支部评议", "公示", "上级审核", "纳入"
CHANGED, REVIEWED, CLOSED = "调整", "复核", "退出"
WAY = (APPLIED, DISCUSSED, POSTED, APPROVED, TAKEN_IN)
ON_RECORD, LEFT = "在册", "已退出"
STATES = ("已申请", "已评议", "公示中", "已审核", ON_RECORD, LEFT)
OUT = ("脱困", "去世", "转出", "其他")
STANDINGS = (ON_RECORD, *OUT)
MONTHS_OF_INCOME = 12
PRIVATE = (
    "病", "癌", "残", "健康", "身体", "医", "收入", "工资", "低保", "金额", "存款", "家庭成员", "家庭人口", "家庭情况",
    "家属", "配偶", "子女", "证号", "身份", "证件", "电话", "手机", "住址", "地址", "账号", "银行", "困难原因",
    "困难情况",
)  # fmt: skip
_BEFORE = 30  # days before a festival in which a review is asked for
_FEN = Decimal("0.01")


@dataclass(frozen=True)
class Step:
    """One step of a case: what was done on which day; `degree` is what a step sets it to, None where it does not."""

    kind: str
    on: date
    degree: str | None = None


@dataclass(frozen=True)
class Household:
    """Whom a household has beside the person of the case, and what an earlier ledger states of it.

    `people` and `income` (yuan a head and month) are stated; what is entered one by one counts before them.
    """

    relatives: int
    people: int | None = None
    income: Decimal | None = None

    @property
    def size(self) -> int | None:
        """How many they are, the person counted; None while nothing is known."""
        return self.relatives + 1 if self.relatives else self.people

    def per_head(self, yearly: Iterable[Decimal] | None) -> Decimal | None:
        """The average monthly income a head in yuan from what came in over twelve months, None where none is entered.

        While nobody else is known of, the person lives alone.
        """
        return self.income if yearly is None else per_head(yearly, self.size or 1)


def state_on(steps: Iterable[Step], day: date) -> str | None:
    """How a case stood at the end of `day`; None before its application."""
    kinds = [step.kind for step in steps if step.on <= day]
    if not kinds:
        return None
    if CLOSED in kinds:
        return LEFT
    return STATES[max(WAY.index(kind) for kind in kinds if kind in WAY)]


def standing_of(taken_in: bool, left: bool, reason: str | None) -> str | None:
    """How somebody stands in the list itself, as forms call it: 在册 or why not any more; None before it."""
    if left:
        return reason if reason in OUT else OUT[-1]
    return ON_RECORD if taken_in else None


def degree_on(steps: Iterable[Step], day: date) -> str | None:
    """The degree that the last step until `day` that sets one gives; steps are in their order."""
    set_ = [step.degree for step in steps if step.on <= day and step.degree is not None]
    return set_[-1] if set_ else None


def tells_private(text: str) -> str | None:
    """The word by which a text that is to be posted speaks of illness, income, family or numbers; None without one."""
    return next((word for word in PRIVATE if word in text), None)


def next_steps(kinds: Sequence[str]) -> tuple[str, ...]:
    """What can come after these steps, the usual one first; nothing after the end of a case."""
    if CLOSED in kinds:
        return ()
    if TAKEN_IN in kinds:
        return (REVIEWED, CHANGED, CLOSED)
    return (WAY[len({kind for kind in kinds if kind in WAY})], CLOSED)


def months_before(applied_on: date) -> tuple[Month, Month]:
    """The first and the last of the twelve whole months before the month of the application."""
    month = Month.of(applied_on)
    return month + -MONTHS_OF_INCOME, month + -1


def per_head(yearly: Iterable[Decimal], people: int) -> Decimal | None:
    """The average monthly income per head in yuan from what came in over twelve months; None without people."""
    if people < 1:
        return None
    return (sum(yearly, Decimal(0)) / MONTHS_OF_INCOME / people).quantize(_FEN, ROUND_HALF_UP)


def monthly(yearly: Decimal) -> Decimal:
    """What came in over twelve months as an average month, in yuan."""
    return (yearly / MONTHS_OF_INCOME).quantize(_FEN, ROUND_HALF_UP)


def working_days(first: date, last: date, holidays: Collection[date], workdays: Collection[date]) -> int:
    """How many working days a posting hangs from `first` to `last`, both counted."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return sum(is_workday(day, holidays, workdays) for day in days)


def posting_ends(first: date, days: int, holidays: Collection[date], workdays: Collection[date]) -> date:
    """The day on which a posting from `first` has hung for so many working days, that one counted; one at least."""
    last = first
    while working_days(first, last, holidays, workdays) < days:
        last += timedelta(days=1)
    return last


def review_due(looked_at: date, festivals: Collection[date]) -> date:
    """By when a case last looked at on `looked_at` is to be looked at again: a year on at the latest.

    It is sooner where a festival lies between, but not one so near that the last look was made for it.
    """
    yearly = looked_at.replace(year=looked_at.year + 1, day=min(looked_at.day, 28))
    due = [day - timedelta(days=1) for day in festivals if day - looked_at > timedelta(days=_BEFORE)]
    return min([yearly, *due])
