"""Arrangements with single members about when and where they pay, and what they mean for arrears.

Sources: 中组发〔2008〕3号 art. 12 (quarterly, or through relatives or another member, with the branch's consent) and
art. 9 (members on the move with their certificate may pay where they are).
"""

from collections.abc import Sequence

from models.rules.periods import Month

QUARTERLY, PROXY, ELSEWHERE, ABROAD = "按季交纳", "由他人代交", "在流入地交纳", "出国（境），回来补交"
ARRANGEMENTS = (QUARTERLY, PROXY, ELSEWHERE, ABROAD)
SIX_MONTHS = 6
LONGEST_AHEAD, LONGEST_BEHIND = 24, 120  # months; further off a day is mistyped: dues owed for ten years are paid once


def quarter_end(month: Month) -> Month:
    """The last month of the quarter."""
    return Month(month.year, (month.number + 2) // 3 * 3)


def waits(kind: str, first: Month, last: Month | None, month: Month, until: Month) -> bool:
    """Whether an unpaid `month` is no arrears yet when looked at in `until`, under an arrangement `first` to `last`.

    A quarterly payer owes the months of a quarter with its last one; who is abroad owes them when back.
    """
    if month < first or (last is not None and month > last):
        return False
    if kind == QUARTERLY:
        return until < quarter_end(month)
    return kind == ABROAD and (last is None or until <= last)


def pays_elsewhere(kind: str, first: Month, last: Month | None, month: Month) -> bool:
    """Whether the dues of `month` are not this branch's to collect."""
    return kind == ELSEWHERE and first <= month and (last is None or month <= last)


def far_off(covered: Sequence[Month], paid_in: Month) -> str:
    """补交 or 预交 where a payment covers more than six months before or after that in which it is made, else ""."""
    if sum(month < paid_in for month in covered) > SIX_MONTHS:
        return "补交"
    return "预交" if sum(month > paid_in for month in covered) > SIX_MONTHS else ""


def out_of_reach(covered: Sequence[Month], paid_in: Month) -> str:
    """Why nobody pays for these months in that one, as a sentence's second half; "" within two years ahead of the last
    and ten years behind the first.
    """
    if max(covered) - paid_in > LONGEST_AHEAD:
        return f"比所属月份 {max(covered)} 早了两年以上"
    return f"比所属月份 {min(covered)} 晚了十年以上" if paid_in - min(covered) > LONGEST_BEHIND else ""
