"""Kinds of value: how each is read from what people type, shown, aligned and given to a spreadsheet.

A value not known is None throughout; `read` gives None for the empty cell and for the words that mean unknown.
`read` raises ValueError with one plain Chinese sentence when the value cannot be that kind.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from models.rules import dates, identity
from models.rules.periods import Month, PartialDate

Align = Literal["left", "right", "centre"]
Tone = Literal["plain", "quiet", "good", "warn", "bad"]
Raw = str | int | float | bool | Decimal | date | datetime | None
Cell = str | int | Decimal | date | None

UNKNOWN = frozenset({"", "不详", "不明", "不清", "无", "未知", "暂无", "空", "null", "none", "nan", "n/a", "#n/a"})
LONGEST_NAME = 50
LONGEST_TEXT = 32_767  # more does not fit a cell of a spreadsheet
LARGEST_MONEY = Decimal("9999999999.99")
UNTIL_NOW = frozenset({"至今", "迄今", "今", "现在", "目前"})
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_DASHES = re.compile("[\\s\\-—–－―_/\\\\／.。、?？*…~～]*")
_HAN_NAME = re.compile("[\u4e00-\u9fff]{2,4}")  # most names and numbers need no tidying
_DIGITS = re.compile("[0-9]{5,20}")
_DOTS = re.compile("[•‧∙⋅・･．.﹒●]")


def tidy(raw: Raw) -> str:
    """The text of a raw value without padding, control or invisible characters; whole floats lose their .0."""
    if raw is None:
        return ""
    if isinstance(raw, str) and raw.isprintable():  # nothing to take out: every space in it is a plain one
        return raw.strip()
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    text = _CONTROL.sub("", _INVISIBLE.sub("", str(raw)))
    return text.replace("\u3000", " ").replace("\xa0", " ").strip()


def is_unknown(text: str) -> bool:
    """Whether a cell says that its value is not known (empty, 不详, 无, dashes …)."""
    return text.casefold() in UNKNOWN or (not text[0].isalnum() and _DASHES.fullmatch(text) is not None)


class Kind:
    """Text on one line, and the ground on which the other kinds stand."""

    align: Align = "left"
    excel_format = "@"

    def read(self, raw: Raw) -> Any:
        """The value typed or imported; ValueError with a sentence when it cannot be one."""
        text = tidy(raw)
        if len(text) > LONGEST_TEXT:
            raise ValueError(f"文字有 {len(text)} 个字符，超过 {LONGEST_TEXT} 个，请缩短。")
        return None if is_unknown(text) else text

    def show(self, value: Any) -> str:
        """As it stands on the screen."""
        return "" if value is None else str(value)

    def paper(self, value: Any) -> str:
        """As it stands on paper."""
        return self.show(value)

    def cell(self, value: Any) -> Cell:
        """The native value of a spreadsheet cell."""
        return None if value is None else self.show(value)

    def tone(self, value: Any) -> Tone:
        return "plain"

    def sort_key(self, value: Any) -> Any:
        """What values are ordered by; never compared with that of None."""
        return value


class Text(Kind):
    """Free text, kept as typed."""


class Name(Kind):
    """A person's name: no padding between two characters, one kind of middle dot, no invisible characters."""

    def read(self, raw: Raw) -> str | None:
        if isinstance(raw, str) and _HAN_NAME.fullmatch(raw) and raw not in UNKNOWN:
            return raw
        text = unicodedata.normalize("NFC", tidy(raw))
        latin = re.search("[A-Za-z]", text)
        text = text if latin else _DOTS.sub("·", text)
        text = re.sub(r"\s+", " " if latin else "", text).strip(" ·'‘’")
        if is_unknown(text):
            return None
        if text[0] in "=+-@＝＋－＠":
            raise ValueError(f"“{text[:20]}”像公式，不是姓名。")
        letters = any(character.isalpha() or unicodedata.category(character) == "Co" for character in text)
        if not letters or not isinstance(raw, str) or len(text) > LONGEST_NAME or re.search("[:：]", text):
            raise ValueError(f"“{text[:20]}”不是姓名。")
        return text


class Person(Kind):
    """A member, shown by name; the value is the name as it stands in the record."""

    def read(self, raw: Raw) -> str | None:
        return NAME.read(raw)


class Code(Kind):
    """An identifier made of figures and letters, always text (phone numbers, record numbers, voucher numbers)."""

    def read(self, raw: Raw) -> str | None:
        if isinstance(raw, float) and not raw.is_integer():
            raise ValueError(f"“{raw}”带小数，不是号码。")
        text = unicodedata.normalize("NFKC", tidy(raw)).lstrip("'‘’").strip()
        return None if is_unknown(text) else text


class Phone(Code):
    """A telephone number or several, digits kept as text."""

    def read(self, raw: Raw) -> str | None:
        if isinstance(raw, str) and _DIGITS.fullmatch(raw):
            return raw
        text = super().read(raw)
        if text is None:
            return None
        if re.fullmatch(r"\d(\.\d+)?[eE]\+\d+", text):
            raise ValueError(f"电话“{text}”成了科学记数，数字已不全，请重新填写。")
        return re.sub(r"(?<=\d)\s+(?=\d)", "", text) if re.fullmatch(r"[\d\s]+", text) else text


class IdNumber(Code):
    """A citizen identity number, upper case; a number cell has lost its last digits and is refused."""

    def read(self, raw: Raw) -> str | None:
        if isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) >= 10**15:
            raise ValueError("身份证号以数字格式保存，末三位已丢失，请按原件以文本重新填写。")
        if isinstance(raw, str) and len(raw) == 18 and identity.fault_in(raw) is None:
            return raw
        text = super().read(raw)
        if text is None:
            return None
        text = re.sub(r"\s", "", text).upper()
        if re.fullmatch(r"\d(\.\d+)?E\+?\d+", text):
            raise ValueError("身份证号成了科学记数，末几位已丢失，请按原件以文本重新填写。")
        if len(text) != 18 and re.search("[^0-9]", text):
            raise ValueError(f"“{text[:20]}”不是公民身份号码；护照、军官证等号码请写到备注里，并补填出生日期。")
        fault = identity.fault_in(text)
        if fault:
            raise ValueError(fault)
        return text


class Number(Kind):
    """A whole number."""

    align: Align = "right"
    excel_format = "0"

    def read(self, raw: Raw) -> int | None:
        amount = _decimal(raw)
        if amount is None:
            return None
        if abs(amount) > LARGEST_MONEY:
            raise ValueError(f"“{tidy(raw)[:30]}”过大。")
        if amount != amount.to_integral_value():
            raise ValueError(f"“{tidy(raw)}”不是整数。")
        return int(amount)

    def cell(self, value: Any) -> Cell:
        return None if value is None else int(value)


class Money(Kind):
    """An amount in yuan, a Decimal of whole fen; a third decimal is refused, never rounded away."""

    align: Align = "right"
    excel_format = "#,##0.00"

    def read(self, raw: Raw) -> Decimal | None:
        amount = _decimal(raw)
        if amount is None:
            return None
        rounded = amount.quantize(Decimal("0.01")) if abs(amount) <= LARGEST_MONEY else None
        if rounded is None:
            raise ValueError(f"金额“{tidy(raw)[:30]}”过大。")
        if rounded != amount:
            raise ValueError(f"金额“{tidy(raw)}”超过两位小数，请写到分。")
        return rounded

    def show(self, value: Any) -> str:
        return "" if value is None else f"{value:,.2f}"

    def cell(self, value: Any) -> Cell:
        return None if value is None else Decimal(value)


class Rate(Kind):
    """A share as a Decimal fraction, shown in per cent (0.015 is 1.5%)."""

    align: Align = "right"
    excel_format = "0.0%"

    def read(self, raw: Raw) -> Decimal | None:
        text = tidy(raw)
        percent = text.endswith(("%", "％"))
        amount = _decimal(text.rstrip("%％"))
        return amount / 100 if amount is not None and percent else amount

    def show(self, value: Any) -> str:
        return "" if value is None else f"{(value * 100).normalize():f}%"

    def cell(self, value: Any) -> Cell:
        return None if value is None else Decimal(value)


class Day(Kind):
    """A day, or a date of which only the month or year is known (`exact=False`); the value is date or PartialDate."""

    excel_format = "yyyy-mm-dd"
    align: Align = "centre"

    def __init__(self, exact: bool = True) -> None:
        self.exact = exact

    def read(self, raw: Raw) -> date | PartialDate | None:
        value = raw if isinstance(raw, date) else tidy(raw) if isinstance(raw, str) else raw
        if isinstance(value, str) and (is_unknown(value) or value in UNTIL_NOW):
            return None
        found = dates.read(value)
        if found is None or not self.exact:
            return found
        if found.full is None:
            raise ValueError(f"“{tidy(raw)}”没有写到日。")
        return found.full

    def show(self, value: Any) -> str:
        return "" if value is None else str(value)

    def paper(self, value: Any) -> str:
        return "" if value is None else str(value).replace("-", ".")

    def cell(self, value: Any) -> Cell:
        if isinstance(value, PartialDate):
            return value.full or str(value)
        return value if value is None or isinstance(value, date) else str(value)

    def sort_key(self, value: Any) -> Any:
        return str(value)


class MonthKind(Kind):
    """A calendar month: 2026-11 on the screen and in a workbook, 2026.11 on paper."""

    align: Align = "centre"

    def paper(self, value: Any) -> str:
        return "" if value is None else str(value).replace("-", ".")

    def read(self, raw: Raw) -> Month | None:
        value = tidy(raw) if isinstance(raw, str) else raw
        if isinstance(value, str) and (is_unknown(value) or value in UNTIL_NOW):
            return None
        found = dates.read(value)
        if found is None:
            return None
        if found.month is None:
            raise ValueError(f"“{tidy(raw)}”没有写到月。")
        return Month(found.year, found.month)


class Flag(Kind):
    """Yes or no."""

    align: Align = "centre"
    _YES = frozenset({"是", "√", "✓", "有", "y", "yes", "true", "1", "对"})
    _NO = frozenset({"否", "×", "✗", "没有", "n", "no", "false", "0", "不是", "无"})

    def read(self, raw: Raw) -> bool | None:
        text = tidy(raw).casefold()
        if text in self._YES:
            return True
        if text in self._NO:
            return False
        if is_unknown(text):
            return None
        raise ValueError(f"“{tidy(raw)[:20]}”应写“是”或“否”。")

    def show(self, value: Any) -> str:
        return "" if value is None else "是" if value else "否"


@dataclass(frozen=True)
class Choice(Kind):
    """One of a list of words; `synonyms` maps other ways to write one; `open` lets further words stand as typed."""

    options: tuple[str, ...]
    synonyms: Mapping[str, str] = field(default_factory=dict)
    open: bool = False
    tones: Mapping[str, Tone] = field(default_factory=dict)
    align: Align = "left"

    def read(self, raw: Raw) -> str | None:
        text = tidy(raw)
        if text in self.options:
            return text
        plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
        if plain in self.options:
            return plain
        if plain in self.synonyms:
            return self.synonyms[plain]
        if is_unknown(text):
            return None
        if self.open:
            return text
        listed = "、".join(self.options[:8]) + ("等" if len(self.options) > 8 else "")
        raise ValueError(f"“{text[:20]}”不在可选范围内，应为{listed}。")

    def tone(self, value: Any) -> Tone:
        return self.tones.get(value, "plain")

    def sort_key(self, value: Any) -> Any:
        return self.options.index(value) if value in self.options else len(self.options)


@dataclass(frozen=True)
class Several(Kind):
    """Some of a list of words, in the order of the list; the value is a tuple."""

    options: tuple[str, ...]

    def read(self, raw: Raw) -> tuple[str, ...]:
        given = []
        for part in filter(None, re.split("[；;\\s]+", tidy(raw))):
            given += [part] if part in self.options else [word for word in re.split("[、，,]+", part) if word]
        for word in given:
            if word not in self.options:
                raise ValueError(f"“{word[:20]}”不在可选范围内。")
        return tuple(option for option in self.options if option in given)

    def show(self, value: Any) -> str:
        return "；".join(value or ())


_PLAIN_FIGURES = str.maketrans("〇零两壹贰叁肆伍陆柒捌玖拾佰仟", "零零二一二三四五六七八九十百千")
_CHINESE_NUMBER = re.compile(
    "(?:([一二三四五六七八九])千)?零?(?:([一二三四五六七八九])百)?零?(?:([一二三四五六七八九]?)(十))?零?([一二三四五六七八九])?"
)


def _decimal(raw: Raw) -> Decimal | None:
    """An amount from a number or from text with ￥, 元, commas, spaces, or in Chinese figures (五十)."""
    if raw is None or isinstance(raw, bool):
        if raw is None:
            return None
        raise ValueError("这里应填数字。")
    if isinstance(raw, float):
        raw = Decimal(f"{raw:.15g}")  # a spreadsheet keeps fifteen figures; the rest is noise of binary sums
    if isinstance(raw, Decimal):
        return _finite(raw, str(raw))
    text = unicodedata.normalize("NFKC", tidy(raw))
    if is_unknown(text):
        return None
    plain = re.sub(r"[\s,¥￥']|人民币|RMB|圆|元|整$|/月$", "", text)
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        return _chinese_number(plain, text)
    return _finite(amount, text)


def _finite(amount: Decimal, text: str) -> Decimal:
    if not amount.is_finite():
        raise ValueError(f"“{text[:20]}”不是数字。")
    if amount.adjusted() > 15:
        raise ValueError(f"“{text[:30]}”过大。")
    return amount


def _chinese_number(plain: str, text: str) -> Decimal:
    """A whole number below ten thousand in Chinese figures; 三千五, which may be 3005 or 3500, is none."""
    figures = plain.translate(_PLAIN_FIGURES)
    found = _CHINESE_NUMBER.fullmatch(figures)
    if not found or not figures:
        raise ValueError(f"“{text[:20]}”不是数字。")
    thousands, hundreds, tens, _, ones = ("零一二三四五六七八九".find(part or "零") for part in found.groups())
    if ones and not found[4] and (thousands or hundreds) and "零" not in figures:
        raise ValueError(f"“{text[:20]}”写得不完整，请改用阿拉伯数字。")
    return Decimal(thousands * 1000 + hundreds * 100 + (max(tens, 1) * 10 if found[4] else 0) + ones)


TEXT = Text()
NAME = Name()
PERSON = Person()
CODE = Code()
PHONE = Phone()
ID_NUMBER = IdNumber()
NUMBER = Number()
MONEY = Money()
RATE = Rate()
DAY = Day()
PARTIAL_DAY = Day(exact=False)
MONTH = MonthKind()
FLAG = Flag()
