"""How values are written on papers, and what stands in their place to be filled in by hand."""

from datetime import date
from decimal import Decimal

from models.rules import capitals


def day(value: date | None) -> str:
    """2026年11月23日, or the places for year, month and day."""
    return f"{value.year}年{value.month}月{value.day}日" if value else "　　　年　月　日"


def yuan(value: Decimal | None) -> str:
    """￥111.30, or the sign alone."""
    return f"￥{value:,.2f}" if value is not None else "￥"


def in_capitals(value: Decimal | None) -> str:
    """人民币壹佰壹拾壹元叁角整, or the places for the figures."""
    if value is not None:
        return capitals.amount(value)
    return "人民币　  万　  仟　  佰　  拾　  元　  角　  分"


def count(value: int | None) -> str:
    """13人, or the word alone."""
    return f"{value}人" if value is not None else "　　人"


def said(value: str | None) -> str:
    return value or ""
