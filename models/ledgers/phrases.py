"""Small phrases that several ledgers and pages say."""

from collections.abc import Sequence
from datetime import date


def listed(names: Sequence[str], at_most: int = 4, counted: str = "人") -> str:
    """Names as a sentence takes them: 张三、李四等 7 人; those of other things are `counted` by their own word."""
    if len(names) <= at_most:
        return "、".join(names)
    return f"{'、'.join(names[:at_most])}等 {len(names)} {counted}"


def short(day: date) -> str:
    """11月23日."""
    return f"{day.month}月{day.day}日"


def long(day: date) -> str:
    """2026年11月23日."""
    return f"{day.year}年{short(day)}"
