"""What was typed on the collection page: whom it means, and how much."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.kinds import MONEY
from models.ledgers.dues.collection import CollectionLine
from models.variants import expression

_AMOUNT = r"\d+(?:\.\d*)?"
_TAIL = re.compile(r"\d+x?")
_ALONE = re.compile(_AMOUNT)
_BEFORE = re.compile(rf"({_AMOUNT})元?(?:\s+(.+)|([^\d\s.元].*))")
_BEHIND = re.compile(rf"(.*[^\d\s.])\s*?({_AMOUNT})元?")
_SHORTEST_TAIL = 3


@dataclass(frozen=True)
class Entry:
    """A line of entry: an amount in yuan or None for all that is owed, and the words that mean a member.

    Figures alone may be either; then `amount` and `tail` (the end of an identity number) are both set.
    """

    amount: Decimal | None = None
    who: str = ""
    tail: str = ""


def read_entry(text: str) -> Entry:
    """Reads "yw", "50 yw", "50yw", "yw 50", "1234" or "张红卫"; ValueError with a sentence for an unsound amount."""
    plain = unicodedata.normalize("NFKC", text).replace("。", ".").replace(",", "").casefold().strip()
    if _TAIL.fullmatch(plain):
        long_enough = len(plain) >= _SHORTEST_TAIL
        amount = MONEY.read(plain) if plain.isdigit() else None
        return Entry(amount, "", plain if long_enough else "")
    if _ALONE.fullmatch(plain):
        return Entry(_money(plain))
    if found := _BEFORE.fullmatch(plain):
        return Entry(_money(found[1]), _letters(found[2] or found[3]))
    if found := _BEHIND.fullmatch(plain):
        return Entry(_money(found[2]), _letters(found[1]))
    return Entry(None, _letters(plain))


def _money(text: str) -> Decimal:
    amount = MONEY.read(text.rstrip("."))
    assert isinstance(amount, Decimal)
    return amount


def _letters(text: str) -> str:
    """The words without the spaces and apostrophes that an input method puts between syllables."""
    return re.sub(r"[\s'’]", "", text)


def matching(lines: Sequence[CollectionLine], who: str) -> list[CollectionLine]:
    """The members that `who` may mean, the likeliest first: a full name, then those who owe, then all others.

    Pinyin initials count from the first, or from the given name; a part of the name and the end of the identity
    number count too.
    """
    if not who:
        return []
    ranked = [(rank, line) for line in lines if (rank := _rank(line, who)) is not None]
    ranked.sort(key=lambda pair: (pair[1].name != who, pair[1].state != "owing", pair[0]))
    return [line for _, line in ranked]


def _rank(line: CollectionLine, who: str) -> int | None:
    number, name, said = (line.id_number or "").casefold(), line.name.casefold(), expression(who)
    met = (
        line.initials == who or said.fullmatch(name),
        line.initials.startswith(who),
        said.match(name),
        line.initials[1:].startswith(who),
        said.search(name),
        len(who) >= _SHORTEST_TAIL and number.endswith(who),
    )
    return next((rank for rank, each in enumerate(met) if each), None)
