"""Hours of study (学时): what counts for how many, how many a year are asked for, who of the secretaries is untrained.

Source: 2019—2023年全国党员教育培训工作规划, 32 hours for members, 56 for secretaries and committees.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal, InvalidOperation
from typing import Any

from models.rules.periods import Month

MOST = Decimal(1000)  # hours in one line; a year of full days has fewer than three times as many
_HALF = Decimal("0.5")
_FIGURES = str.maketrans("一二两三四五六七八九", "1223456789")
_SAID = re.compile(r"(\d+(?:\.\d+)?|半|十)?(个)?(半)?(天|日|小时|学时|课时|h|分钟|分)?(半)?")


@dataclass(frozen=True)
class StudyRule:
    """What is asked for from a day on: hours a year of members and of committees, and central trainings of these.

    `hour`, `half_day` and `day` are the hours of study that an hour, half a day and a day of it count for.
    """

    start: date
    members: Decimal
    committee: Decimal
    central: int
    new_secretary_months: int
    hour: Decimal
    half_day: Decimal
    day: Decimal
    source: str

    @classmethod
    def parse(cls, document: Mapping[str, Any]) -> "StudyRule":
        """The rule of a JSON document; ValueError with a sentence, or KeyError, when it is not a sound one."""
        amounts = {key: Decimal(str(document[key])) for key in ("members", "committee", "hour", "half_day", "day")}
        rule = cls(
            start=date.fromisoformat(document["from"]),
            central=int(document["central"]),
            new_secretary_months=int(document["new_secretary_months"]),
            source=str(document["source"]),
            **amounts,
        )
        if min(amounts.values()) < 0 or rule.central < 0 or rule.new_secretary_months < 0:
            raise ValueError("学时标准不能小于 0。")
        if not 0 < rule.hour <= rule.half_day <= rule.day:
            raise ValueError("折算应是 1 小时不多于半天、半天不多于 1 天，并且都大于 0。")
        return rule


def rule_on(rules: Sequence[StudyRule], day: date) -> StudyRule:
    """The rule in force on a day; before the first one that first one."""
    earlier = [rule for rule in rules if rule.start <= day]
    return max(earlier, key=lambda rule: rule.start) if earlier else min(rules, key=lambda rule: rule.start)


def hours_of(minutes: int, rule: StudyRule) -> Decimal:
    """The hours of study of an activity of so many minutes: whole half hours, and no more than a day counts for."""
    halves = (Decimal(minutes) / 30).to_integral_value(ROUND_FLOOR)
    return min(halves * _HALF * rule.hour, rule.day)


def read_hours(text: str, rule: StudyRule) -> Decimal:
    """Hours of study as people write them: 4, 3.5学时, 90分钟, 半天, 1天半; ValueError with a sentence for the rest."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").translate(_FIGURES).replace("十", "10")
    found = _SAID.fullmatch(plain)
    if not plain or found is None or not (found[1] or found[3]):
        raise ValueError(f"“{text[:20]}”不是学时，请写数字，或者写“半天”“1天”“2小时”。")
    amount = _HALF if found[1] == "半" else Decimal(found[1] or 0)
    amount += _HALF if found[3] or found[5] else 0
    return _within(_counted(amount, found[4] or "学时", rule), text)


def _counted(amount: Decimal, unit: str, rule: StudyRule) -> Decimal:
    if unit in ("天", "日"):
        whole, rest = divmod(amount, 1)
        if rest not in (0, _HALF):
            raise ValueError(f"“{amount}天”请写成整天或半天。")
        return whole * rule.day + (rule.half_day if rest else 0)
    if unit in ("分", "分钟"):
        return (amount / 30).to_integral_value(ROUND_FLOOR) * _HALF * rule.hour
    return amount * rule.hour if unit in ("小时", "h") else amount


def _within(hours: Decimal, text: str) -> Decimal:
    try:
        exact = hours.quantize(Decimal("0.01"))
    except InvalidOperation:
        raise ValueError(f"“{text[:20]}”过大。") from None
    if exact != hours:
        raise ValueError(f"学时“{text[:20]}”超过两位小数。")
    if exact > MOST:
        raise ValueError(f"一次学习不会超过 {MOST} 学时，请核对。")
    return exact


def trained_until(appointed_on: date, rule: StudyRule) -> date:
    """The day by which a secretary appointed on a day is to be trained; the last of a month that has no such date."""
    month = Month.of(appointed_on) + rule.new_secretary_months
    return date(month.year, month.number, min(appointed_on.day, month.last_day.day))
