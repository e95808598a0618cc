"""Whom the line of entry means and how much: what stands in the box, and what Enter would do, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gui.dues.collect_search import Entry, matching, read_entry
from models.kinds import Tone
from models.ledgers.dues.collection import CollectionLine

NOBODY = "没有这个人：可输姓名、首字母、证号末几位"


@dataclass(frozen=True)
class Aim:
    """What is aimed at: `line` (None: nobody), the `amount` typed in yuan (None: all that is owed), all who match.

    `fault` is the sentence for an entry that cannot be understood.
    """

    line: CollectionLine | None = None
    amount: Decimal | None = None
    matches: tuple[CollectionLine, ...] = ()
    picked: bool = False
    fault: str = ""

    @property
    def sum(self) -> Decimal | None:
        """What Enter would take, in yuan; None for nothing."""
        if self.line is None or self.line.state in ("left", "unassessed"):
            return None
        return self.amount if self.amount is not None else self.line.proposed or None

    @property
    def is_over(self) -> bool:
        """Whether more than is owed was typed, so that the months have to be chosen."""
        return self.line is not None and self.amount is not None and self.amount > self.line.proposed

    @property
    def deed(self) -> str:
        """What Enter does, for the narrow column of the state."""
        if self.sum is None:
            return ""
        return "回车选月份" if self.is_over else "回车收清" if self.sum == self.line_owed else "回车收缴"

    @property
    def line_owed(self) -> Decimal:
        return self.line.proposed if self.line is not None else Decimal(0)

    @property
    def hint(self) -> tuple[str, Tone]:
        """What Enter would do, or why it does nothing; empty where nothing is aimed at."""
        if self.fault:
            return self.fault, "bad"
        if self.line is None:
            return "", "quiet"
        if self.line.state in ("left", "unassessed"):
            return f"{self.line.name}：{self.line.working or self.line.mark[0]}", "warn"
        others = f"（还有 {len(self.matches) - 1} 人相符，↓ 换人）" if len(self.matches) > 1 and not self.picked else ""
        if self.sum is None:
            return f"{self.line.name}{self.line.mark[0]}，先输金额可以预交{others}", "quiet"
        what = "比应交多，回车后选月份" if self.is_over else self.line.covers
        return f"{self.line.name} {self.sum:,.2f} 元，{what}{others}", "plain"


def aim(lines: Sequence[CollectionLine], text: str, picked: int | None) -> Aim:
    """What `text` aims at among the lines; `picked` is the number of a member chosen by hand."""
    try:
        entry = read_entry(text)
    except ValueError as problem:
        return Aim(next((line for line in lines if line.id == picked), None), fault=str(problem))
    by_hand = None if entry.who else next((line for line in lines if line.id == picked), None)
    if by_hand is not None:
        return Aim(by_hand, entry.amount, tuple(lines), picked=True)
    matches = tuple(matching(lines, entry.tail or entry.who))
    if matches:
        return Aim(matches[0], None if entry.tail else entry.amount, matches)
    return Aim(fault=NOBODY if _names_somebody(entry) else "", amount=entry.amount)


def _names_somebody(entry: Entry) -> bool:
    return bool(entry.who or (entry.tail and entry.amount is None))
