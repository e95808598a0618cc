"""Amounts as people write them: with ￥, 元, commas and spaces, or in Chinese figures."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from models.kinds.kind import Raw, is_unknown, tidy

_PLAIN_FIGURES = str.maketrans("〇零两壹贰叁肆伍陆柒捌玖拾佰仟", "零零二一二三四五六七八九十百千")
_CHINESE_NUMBER = re.compile(
    "(?:([一二三四五六七八九])千)?零?(?:([一二三四五六七八九])百)?零?(?:([一二三四五六七八九]?)(十))?零?([一二三四五六七八九])?"
)


def decimal(raw: Raw) -> Decimal | None:
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
