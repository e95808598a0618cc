"""Amounts and dates in capital figures, as on vouchers and slips (支付结算办法 附件一; 会计基础工作规范 art. 52)."""

from datetime import date
from decimal import Decimal

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_SECTIONS = ("", "万", "亿")
_LIMIT = Decimal(10) ** 12


def amount(yuan: Decimal) -> str:
    """The amount with its prefix 人民币: 1409.50 is 人民币壹仟肆佰零玖元伍角整.

    整 is added unless the amount ends in fen: the bank rule allows it and the accounting rule asks for it. A negative
    amount (a reversal) has 负 after the prefix. ValueError for a third decimal and from a thousand billion (万亿) yuan.
    """
    fen_in_all = abs(yuan) * 100
    if fen_in_all != fen_in_all.to_integral_value():
        raise ValueError(f"金额 {yuan} 超过两位小数，不能大写。")
    if abs(yuan) >= _LIMIT:
        raise ValueError(f"金额 {yuan} 过大，不能大写。")
    whole, rest = divmod(int(fen_in_all), 100)
    jiao, fen = divmod(rest, 10)
    text = number(whole) + "元" if whole or not rest else ""
    if jiao:
        # The jiao after a zero in the place of the yuan: 零 may be left out, the rule's own examples write it.
        text += ("零" if whole and whole % 10 == 0 else "") + _DIGITS[jiao] + "角"
    if fen:
        text += ("零" if whole and not jiao else "") + _DIGITS[fen] + "分"
    else:
        text += "整"
    return "人民币" + ("负" if yuan < 0 else "") + text


def number(whole: int) -> str:
    """A whole number from 0 to below 10^12: 107000 is 壹拾万柒仟, 100001 is 壹拾万零壹."""
    if not whole:
        return _DIGITS[0]
    text = ""
    gap = False
    for power in range(11, -1, -1):
        digit = whole // 10**power % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + _PLACES[power % 4]
            gap = False
        else:
            # A zero that only ends its section is not read (拾万柒仟); an empty section is (壹亿零伍仟).
            gap = bool(power % 4) or not whole // 10**power % 10000
        if power % 4 == 0 and whole // 10**power % 10000:
            text += _SECTIONS[power // 4]
    return text


def day(of: date) -> str:
    """A date so written that no figure can be put before another: 2026-10-20 is 贰零贰陆年零壹拾月零贰拾日."""
    year = "".join(_DIGITS[int(figure)] for figure in f"{of.year:04d}")
    month = ("零" if of.month in (1, 2, 10) else "") + number(of.month)
    monthday = ("零" if of.day < 10 or of.day % 10 == 0 else "") + number(of.day)
    return f"{year}年{month}月{monthday}日"
