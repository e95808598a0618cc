"""The dated rules of dues as a table, in words."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.kinds import MONEY, MONTH, TEXT
from models.ledger import Column, Sheet
from models.records.dues import rulebook
from models.records.dues.rulebook import DuesRuleSet
from models.rules.dues import ROUNDINGS, DuesRules, percent
from models.rules.periods import Month


@dataclass(frozen=True, slots=True)
class ScaleRow:
    """One dated set of rules; `until` is the last month before the next set, None for the last."""

    id: Month
    from_month: Month
    until: Month | None
    paid: str
    retired: str
    rounding: str
    cap: Decimal
    origin: str


def scales(session: Session) -> Sheet:
    """Every set of rules, the latest first; `id` is the month from which it counts."""
    rules = sorted(rulebook.read(session), key=lambda each: each.from_month)
    own = set(session.scalars(select(DuesRuleSet.from_month)))
    following = [each.from_month + -1 for each in rules[1:]]
    rows = [
        ScaleRow(
            each.from_month,
            each.from_month,
            until,
            in_words(each, "在职"),
            in_words(each, "离退休"),
            ROUNDINGS[each.rounding][2],
            each.cap,
            "自己设的" if each.from_month in own else "程序带来",
        )
        for each, until in zip(rules, [*following, None], strict=True)
    ]
    return Sheet("scales", "党费标准", COLUMNS, rows[::-1], {}, ("", "", ""), (), "", "landscape")


def in_words(rules: DuesRules, category: str) -> str:
    """The bands of a category: ≤3000 0.5%，≤5000 1%，以上 2%; a fixed sum as 每月 0.20 元."""
    rule = rules.categories.get(category)
    if rule is None:
        return ""
    if rule.fixed is not None:
        return f"每月 {rule.fixed:.2f} 元"
    return "，".join(
        f"≤{band.up_to:.0f} {percent(band.rate)}" if band.up_to is not None else f"以上 {percent(band.rate)}"
        for band in rule.bands
    )


COLUMNS = (
    Column("from_month", "从哪个月起", MONTH, 9),
    Column("until", "到哪个月止", MONTH, 9),
    Column("paid", "在职", TEXT, 34),
    Column("retired", "离退休", TEXT, 20),
    Column("rounding", "取整", TEXT, 12),
    Column("cap", "每月上限", MONEY, 9),
    Column("origin", "来源", TEXT, 8),
)
