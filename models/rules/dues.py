"""What a member owes: dated scales, bands on the whole base, rounding and the norm of 1000 yuan.

Sources: 中组发〔2008〕3号 articles 2–6 (rates), 组电明字〔2017〕5号 (norm of 1000, basic pension). The band is chosen
on the exact base; its upper limit is included, its rate applies to the whole base.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, ROUND_UP, Decimal
from typing import Any

from models.rules.periods import Month

FEN, JIAO, YUAN = Decimal("0.01"), Decimal("0.1"), Decimal(1)
LARGEST_BASE = Decimal("9999999.99")  # yuan a month; what is more was typed with too many figures
ROUNDINGS: Mapping[str, tuple[Decimal, str, str]] = {
    "分四舍五入": (FEN, ROUND_HALF_UP, "四舍五入到分"),
    "角四舍五入": (JIAO, ROUND_HALF_UP, "四舍五入到角"),
    "角进一": (JIAO, ROUND_UP, "进到角"),
    "元四舍五入": (YUAN, ROUND_HALF_UP, "四舍五入到元"),
    "元进一": (YUAN, ROUND_UP, "进到元"),
}


@dataclass(frozen=True)
class Band:
    """Bases up to and including `up_to` (None: without limit) pay `rate`, a fraction of the whole base."""

    up_to: Decimal | None
    rate: Decimal


@dataclass(frozen=True)
class CategoryRule:
    """How one category of members pays: by bands on a base, or a fixed sum a month (which may lie in a range)."""

    source: str
    bands: tuple[Band, ...] = ()
    fixed: Decimal | None = None
    least: Decimal | None = None
    most: Decimal | None = None

    @property
    def needs_base(self) -> bool:
        return bool(self.bands)


@dataclass(frozen=True)
class DuesRules:
    """The rules in force from a month on; `cap` is the norm that an assessed due does not exceed, in yuan."""

    from_month: Month
    source: str
    rounding: str
    cap: Decimal
    large_extra: Decimal
    categories: Mapping[str, CategoryRule]

    @classmethod
    def parse(cls, document: Mapping[str, Any]) -> "DuesRules":
        """Reads one document of resources/scales/dues.json; ValueError, KeyError or ArithmeticError when it is none."""
        if document["rounding"] not in ROUNDINGS:
            raise ValueError(f"没有“{document['rounding']}”这种取整方式。")
        return cls(
            from_month=Month.parse(document["from"]),
            source=document["source"],
            rounding=document["rounding"],
            cap=_positive(document["cap"]),
            large_extra=_positive(document["large_extra"]),
            categories={name: _category(name, rule) for name, rule in document["categories"].items()},
        )


def _category(name: str, rule: Mapping[str, Any]) -> CategoryRule:
    def amount(key: str) -> Decimal | None:
        return _positive(rule[key]) if rule.get(key) is not None else None

    bands = tuple(
        Band(_positive(band["up_to"]) if band["up_to"] is not None else None, _positive(band["rate"]))
        for band in rule.get("bands", ())
    )
    fixed, least, most = amount("fixed"), amount("least"), amount("most")
    if bands:
        _verify_bands(name, bands)
    elif fixed is None:
        raise ValueError(f"“{name}”既没有档次也没有固定数额。")
    elif least is not None and most is not None and not least <= fixed <= most:
        raise ValueError(f"“{name}”的固定数额不在 {least} 元至 {most} 元之间。")
    return CategoryRule(rule["source"], bands, fixed, least, most)


def _positive(text: str) -> Decimal:
    amount = Decimal(text)
    if not (amount.is_finite() and amount > 0):
        raise ValueError(f"“{text}”不是大于零的数。")
    return amount


def _verify_bands(name: str, bands: Sequence[Band]) -> None:
    limits = [band.up_to for band in bands[:-1] if band.up_to is not None]
    if bands[-1].up_to is not None or len(limits) != len(bands) - 1 or limits != sorted(set(limits)):
        raise ValueError(f"“{name}”的档次应由低到高排列，最后一档不设上限。")
    if any(band.rate >= 1 for band in bands):
        raise ValueError(f"“{name}”的比例应小于 1（1.5% 写作 0.015）。")


@dataclass(frozen=True)
class AssessedDue:
    """A month's due in yuan with the arithmetic that gave it and the rule it rests on; `rate` is None when fixed."""

    amount: Decimal
    rate: Decimal | None
    working: str
    source: str


def rules_for(month: Month, rules: Iterable[DuesRules]) -> DuesRules:
    """The rules in force in `month`; ValueError with a sentence when there are none yet."""
    in_force = [rule for rule in rules if rule.from_month <= month]
    if not in_force:
        raise ValueError(f"没有{month.chinese}适用的党费标准。")
    return max(in_force, key=lambda rule: rule.from_month)


def rounded(amount: Decimal, rounding: str) -> Decimal:
    """The amount rounded once by a named way, in whole fen."""
    unit, how, _ = ROUNDINGS[rounding]
    return amount.quantize(unit, how).quantize(FEN)


def assess(rules: DuesRules, category: str | None, base: Decimal | None) -> AssessedDue:
    """The due of a category on a monthly base in yuan, never zero; ValueError with a sentence where there is none."""
    if category is None:
        raise ValueError("没有党费类别。")
    rule = rules.categories.get(category)
    if rule is None:
        raise ValueError(f"没有“{category}”这个党费类别的标准。")
    if not rule.needs_base:
        assert rule.fixed is not None
        return AssessedDue(rule.fixed, None, f"固定 {rule.fixed:.2f}", rule.source)
    if base is None or base <= 0:
        raise ValueError(f"“{category}”按基数计算党费，缴费基数还没有填写或为零。")
    if base > LARGEST_BASE:
        raise ValueError(f"缴费基数每月 {base:,.2f} 元太大，请核对是否多输了几位。")
    band = next(band for band in rule.bands if band.up_to is None or base <= band.up_to)
    exact = base * band.rate
    amount = rounded(exact, rules.rounding)
    if amount == 0:
        raise ValueError(f"缴费基数 {base:.2f} 元太小，算出的党费不足取整单位，请核对基数或另选类别。")
    working = f"{base:.2f} × {percent(band.rate)} = {_plain(exact)}"
    if amount != exact:
        working += f"，{ROUNDINGS[rules.rounding][2]} {amount:.2f}"
    if amount > rules.cap:
        amount = rules.cap
        working += f"，按上限 {amount:.2f}"
    return AssessedDue(amount, band.rate, working, rule.source)


def fixed_due(rules: DuesRules, category: str | None, amount: Decimal, reason: str | None) -> AssessedDue:
    """A due set by decision, in yuan, zero for an exemption.

    ValueError where it is below zero or outside the range of the category (farmers 0.20 to 1.00).
    """
    rule = rules.categories.get(category or "")
    if amount < 0:
        raise ValueError("核定金额不能是负数。")
    if amount and rule and rule.least is not None and rule.most is not None and not rule.least <= amount <= rule.most:
        raise ValueError(f"“{category}”每月党费应在 {rule.least:.2f} 元至 {rule.most:.2f} 元之间。")
    word = "免交" if amount == 0 else f"核定 {amount:.2f}"
    return AssessedDue(amount, None, f"{word}（{reason}）" if reason else word, rule.source if rule else rules.source)


def percent(rate: Decimal) -> str:
    """A fraction in per cent without needless zeros: 0.015 is 1.5%."""
    return f"{(rate * 100).normalize():f}%"


def _plain(amount: Decimal) -> str:
    text = f"{amount.normalize():f}"
    return f"{amount:.2f}" if len(text.partition(".")[2]) <= 2 else text


def band_in_words(rules: DuesRules, category: str, base: Decimal | None) -> str:
    """The band a base falls in, as said beside the working: 5000 元以上至 10000 元（含），1.5%."""
    rule = rules.categories.get(category)
    if rule is None or not rule.needs_base or not base:
        return "固定数额"
    lower: Decimal | None = None
    for band in rule.bands:
        if band.up_to is None:
            return f"{lower:.0f} 元以上，{percent(band.rate)}"
        if base <= band.up_to:
            start = f"{lower:.0f} 元以上至 " if lower is not None else ""
            return f"{start}{band.up_to:.0f} 元{'以下' if lower is None else ''}（含），{percent(band.rate)}"
        lower = band.up_to
    raise ValueError("档次没有上限为空的末档。")
