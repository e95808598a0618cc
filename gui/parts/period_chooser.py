"""Choosing the period that a ledger shows: a month of the opened ones and their years, or a whole year."""

from collections.abc import Sequence

from gui.parts.chooser import Chooser
from models.ledger import Span
from models.rules.periods import Month, Period

_YEARS_BACK = 5
_TOGETHER = (3, 5, 10)


def offer_periods(chooser: Chooser, span: Span, opened: Sequence[Month], shown: Period, years_ahead: int = 0) -> None:
    """Fills the chooser with what this kind of ledger can show, `shown` chosen; hidden for one without a period.

    `years_ahead` is how many years to come are offered where whole years are.
    """
    chooser.setVisible(span != "none")
    newest = max([*opened, shown.last])
    if span == "year":
        latest = max([newest.year, *(month.year + years_ahead for month in opened)])
        years = range(latest, min([*(month.year for month in opened), newest.year - _YEARS_BACK]) - 1, -1)
        chooser.offer([(f"{year}年", Period.of_year(year)) for year in years])
        chooser.choose(Period.of_year(shown.year))
        return
    months = sorted({*opened, *(newest + -back for back in range(12))}, reverse=True)
    periods = [Period(month, month) for month in months]
    spans = [Period.parse(f"{newest.year}Q{quarter}") for quarter in range(1, 5)]
    spans += [Period.parse(f"{newest.year}H1"), Period.parse(f"{newest.year}H2"), Period.of_year(newest.year)]
    if span == "any":
        spans += _earlier(newest.year)
    chooser.offer([(period.chinese, period) for period in dict.fromkeys([*periods, *spans, shown])])
    chooser.choose(shown)


def _earlier(year: int) -> list[Period]:
    """The halves and the whole of each year before, then the last three, five and ten years together."""
    parts = (f"{year - back}{part}" for back in range(1, _YEARS_BACK + 1) for part in ("H1", "H2", ""))
    together = (Period(Month(year - back + 1, 1), Month(year, 12)) for back in _TOGETHER)
    return [*map(Period.parse, parts), *together]
