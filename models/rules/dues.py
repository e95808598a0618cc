"""What a member owes: dated scales, bands on the whole base, rounding and the norm of 1000 yuan.

Sources: 中组发〔2008〕3号 articles 2–6 (rates), 组电明字〔2017〕5号 (norm of 1000, basic pension). The band is chosen
on the exact base; its upper limit is included, its rate applies to the whole base.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, ROUND_UP, Decimal
from typing import Any

from models.rules.periods import Month

FEN, JIAO, YUAN = Decimal("0.01"), Decimal("0.1"), Decimal(1)
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
        """Reads one document of resources/scales/dues.json; raises ValueError or KeyError when it is not one."""
        if document["rounding"] not in ROUNDINGS:
            raise ValueError(f"没有“{document['rounding']}”这种取整方式。")
        return cls(
            from_month=Month.parse(document["from"]),
            source=document["source"],
            rounding=document["rounding"],
            cap=Decimal(document["cap"]),
            large_extra=Decimal(document["large_extra"]),
            categories={name: _category(rule) for name, rule in document["categories"].items()},
        )


def _category(rule: Mapping[str, Any]) -> CategoryRule:
    def amount(key: str) -> Decimal | None:
        return Decimal(rule[key]) if rule.get(key) is not None else None

    bands = tuple(
        Band(Decimal(band["up_to"]) if band["up_to"] is not None else None, Decimal(band["rate"]))
        for band in rule.get("bands", ())
    )
    limits = [band.up_to for band in bands]
    if bands and (limits[-1] is not None or limits[:-1] != sorted(limit for limit in limits[:-1] if limit is not None)):
        raise ValueError("档次应由低到高排列，最后一档不设上限。")
    return CategoryRule(rule["source"], bands, amount("fixed"), amount("least"), amount("most"))


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
    """The due of a category on a monthly base in yuan; ValueError with a sentence where none can be worked out."""
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
    band = next(band for band in rule.bands if band.up_to is None or base <= band.up_to)
    exact = base * band.rate
    amount = rounded(exact, rules.rounding)
    working = f"{base:.2f} × {percent(band.rate)} = {_plain(exact)}"
    if amount != exact:
        working += f"，{ROUNDINGS[rules.rounding][2]} {amount:.2f}"
    if amount > rules.cap:
        amount = rules.cap
        working += f"，按上限 {amount:.2f}"
    return AssessedDue(amount, band.rate, working, rule.source)


def fixed_due(rules: DuesRules, category: str | None, amount: Decimal, reason: str | None) -> AssessedDue:
    """A due set by decision, in yuan; ValueError where the category allows only a range (farmers 0.20 to 1.00)."""
    rule = rules.categories.get(category or "")
    if rule and rule.least is not None and rule.most is not None and not rule.least <= amount <= rule.most:
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
