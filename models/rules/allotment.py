"""Spreading a payment over the months it covers."""

from collections.abc import Sequence
from decimal import Decimal

from models.rules.periods import Month


def spread(owed: Sequence[tuple[Month, Decimal]], amount: Decimal) -> list[tuple[Month, Decimal]]:
    """Books `amount` (yuan, above zero) to months in order, each up to what is owed for it; the last takes the rest.

    `owed` is not empty; months of which nothing is owed are passed over unless they are the last. Only months that
    receive something are answered, and their sums make up the amount exactly.
    """
    left = amount
    booked = []
    for index, (month, due) in enumerate(owed):
        part = left if index == len(owed) - 1 else min(left, due)
        if part > 0:
            booked.append((month, part))
            left -= part
    return booked


def large_part(owed: Decimal, amount: Decimal, limit: Decimal) -> Decimal:
    """What of one payment is a large voluntary payment, in yuan: all beyond what is owed, once that reaches `limit`.

    Source: 中组发〔2008〕3号 art. 11: such money goes whole to the centre. Of 1050 against a due of 50 it is 1000; of
    1049.99 nothing.
    """
    extra = max(amount - owed, Decimal(0))
    return extra if extra >= limit else Decimal(0)
