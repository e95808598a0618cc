"""F02, the base of dues worked out of a month's pay: which items count, what is taken off, and the arithmetic.

Sources: 组电明字〔2017〕5号, questions and answers of 2008 (which items count; after tax). Whether a member's own
insurance and funds are taken off differs between units, and is an option of the scale.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from unicodedata import normalize

from models.rules.periods import Month

ZERO = Decimal(0)


@dataclass(frozen=True)
class PayKind:
    """How the pay of one kind of people is made up: items that count, tax, and their own insurance and funds."""

    category: str
    pay: tuple[str, ...]
    tax: tuple[str, ...]
    own: tuple[str, ...]

    @property
    def off(self) -> tuple[str, ...]:
        return (*self.tax, *self.own)


@dataclass(frozen=True)
class PayScale:
    """The kinds of pay from a month on; `less_own` takes a member's own insurance and funds off the base."""

    from_month: Month
    source: str
    less_own: bool
    left_out: str
    kinds: Mapping[str, PayKind]

    @classmethod
    def parse(cls, document: Mapping[str, Any]) -> "PayScale":
        """Reads one document of resources/scales/pay.json; ValueError or KeyError when it is none."""
        kinds = {name: _kind(name, kind) for name, kind in document["kinds"].items()}
        if not kinds:
            raise ValueError("没有工资类型。")
        return cls(
            Month.parse(document["from"]), document["source"], bool(document["less_own"]), document["left_out"], kinds
        )

    def pay_items(self, kinds: Iterable[str] | None = None) -> tuple[str, ...]:
        """The items of pay of these kinds (None: of all), each once."""
        return self._items(kinds, "pay")

    def off_items(self, kinds: Iterable[str] | None = None) -> tuple[str, ...]:
        """Tax, insurance and funds of these kinds (None: of all), each once."""
        return self._items(kinds, "off")

    def _items(self, kinds: Iterable[str] | None, side: str) -> tuple[str, ...]:
        wanted = set(self.kinds if kinds is None else kinds)
        found = [item for name, kind in self.kinds.items() if name in wanted for item in getattr(kind, side)]
        return tuple(dict.fromkeys(found))


def _kind(name: str, document: Mapping[str, Any]) -> PayKind:
    pay, tax, own = (tuple(document[key]) for key in ("pay", "tax", "own"))
    if not pay:
        raise ValueError(f"“{name}”没有计入基数的工资项目。")
    items = (*pay, *tax, *own)
    twice = next((item for item in items if items.count(item) > 1), None)
    if twice is not None:
        raise ValueError(f"“{name}”的“{twice}”写了两次。")
    odd = next((item for item in items if not f"item_{item}".isidentifier() or normalize("NFKC", item) != item), None)
    if odd is not None:
        raise ValueError(f"“{name}”的项目名称“{odd}”只能用汉字、字母和数字。")
    return PayKind(document["category"], pay, tax, own)


@dataclass(frozen=True)
class Worksheet:
    """One filled worksheet, in yuan: what counts, what is taken off, and what is written down without counting.

    It names all that its base rests on, so that a change of the scale never changes an older worksheet.
    """

    kind: str
    pay: Mapping[str, Decimal]
    off: Mapping[str, Decimal]
    noted: Mapping[str, Decimal]

    @property
    def base(self) -> Decimal:
        """The base in yuan: items that count less what is taken off."""
        return sum(self.pay.values(), ZERO) - sum(self.off.values(), ZERO)

    @property
    def items(self) -> Mapping[str, Decimal]:
        """Every amount by the name of its item."""
        return {**self.pay, **self.off, **self.noted}

    @property
    def working(self) -> str:
        """The arithmetic in words: 2000.00 + 3000.00 − 80.00 = 4920.00."""
        added = " + ".join(f"{amount:.2f}" for amount in self.pay.values())
        taken = "".join(f" − {amount:.2f}" for amount in self.off.values())
        return f"{added}{taken} = {self.base:.2f}"

    def text(self) -> str:
        """As it is kept: JSON."""
        sides = {side: _texts(getattr(self, side)) for side in ("pay", "off", "noted")}
        return json.dumps({"kind": self.kind} | sides, ensure_ascii=False)

    @classmethod
    def parse(cls, text: str) -> "Worksheet":
        """Reads what `text` wrote."""
        kept = json.loads(text)
        pay, off, noted = (
            {item: Decimal(amount) for item, amount in kept[side].items()} for side in ("pay", "off", "noted")
        )
        return cls(kept["kind"], pay, off, noted)


def _texts(amounts: Mapping[str, Decimal]) -> dict[str, str]:
    return {item: f"{amount:.2f}" for item, amount in amounts.items()}


def worksheet(scale: PayScale, kind: str | None, amounts: Mapping[str, Decimal | None]) -> Worksheet:
    """The worksheet of one member from the amounts by item, in yuan; items left empty are left out.

    ValueError with a sentence for an unknown kind, an item that is none of the kind, an amount below zero, or where
    nothing is left as a base.
    """
    if kind is None:
        raise ValueError("没有工资类型（机关公务员、事业单位、离退休等）。")
    made = scale.kinds.get(kind)
    if made is None:
        raise ValueError(f"没有“{kind}”这种工资类型，应为{'、'.join(scale.kinds)}。")
    given = {item: amount for item, amount in amounts.items() if amount is not None}
    foreign = next((item for item, amount in given.items() if amount and item not in (*made.pay, *made.off)), None)
    if foreign is not None:
        raise ValueError(f"“{kind}”没有“{foreign}”这一项，请核对工资类型。")
    below = next((item for item, amount in given.items() if amount < 0), None)
    if below is not None:
        raise ValueError(f"“{below}”是负数，扣款项目也请填正数。")
    off = made.off if scale.less_own else made.tax
    noted = () if scale.less_own else made.own
    sides = [{item: given[item] for item in side if given.get(item)} for side in (made.pay, off, noted)]
    found = Worksheet(kind, *sides)
    if found.base <= 0:
        raise ValueError("计入基数的工资项目还没有填写。" if not found.pay else "扣款合计不少于工资合计，请核对。")
    return found


def scale_for(month: Month | None, scales: Iterable[PayScale]) -> PayScale:
    """The scale in force in `month` (None: the latest); for a month before all of them, the first."""
    ordered = sorted(scales, key=lambda scale: scale.from_month)
    in_force = [scale for scale in ordered if month is None or scale.from_month <= month]
    return in_force[-1] if in_force else ordered[0]


def kind_for(scale: PayScale, position: str | None, post: str | None, category: str | None) -> str | None:
    """The kind of pay that is likely for a member, from where and as what they work; None where nothing tells."""
    words = f"{position or ''} {post or ''} {category or ''}"
    for part, kind in _LIKELY:
        if part in words and kind in scale.kinds:
            return kind
    return None


_LIKELY = (
    ("退休", "离退休"), ("离休", "离退休"), ("年薪", "年薪"), ("工勤", "机关工人"), ("工人", "机关工人"),
    ("驾驶", "机关工人"), ("事业", "事业单位"), ("企业", "企业"), ("机关", "机关公务员"),
)  # fmt: skip
