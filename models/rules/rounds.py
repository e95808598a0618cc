"""The sums of a festival round: what is given by source, category and branch, and how far vouchers bear it out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Share:
    """Money in yuan that one gift takes from one source."""

    gift: int
    source: str
    category: str
    branch: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Compared:
    """What a source gave in a round beside what its vouchers say, in yuan."""

    source: str
    given: Decimal
    vouched: Decimal

    @property
    def difference(self) -> Decimal:
        """Above zero where vouchers say more than was given."""
        return self.vouched - self.given


def total(shares: Iterable[Share]) -> Decimal:
    """All money of the shares, in yuan."""
    return sum((share.amount for share in shares), ZERO)


def sums(shares: Iterable[Share], of: Callable[[Share], str]) -> dict[str, Decimal]:
    """The money by source, category or branch, in order of first appearance."""
    found: dict[str, Decimal] = {}
    for share in shares:
        found[of(share)] = found.get(of(share), ZERO) + share.amount
    return found


def compared(given: Mapping[str, Decimal], vouched: Mapping[str, Decimal]) -> list[Compared]:
    """Every source that gave or has a voucher, in order of first appearance."""
    return [
        Compared(name, given.get(name, ZERO), vouched.get(name, ZERO)) for name in dict.fromkeys((*given, *vouched))
    ]


def differing(given: Mapping[str, Decimal], vouched: Mapping[str, Decimal]) -> list[Compared]:
    """The sources whose vouchers do not make up what they gave."""
    return [each for each in compared(given, vouched) if each.difference]
