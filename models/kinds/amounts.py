"""Whole numbers, money and shares."""

from decimal import Decimal
from typing import Any

from models.kinds.figures import decimal
from models.kinds.kind import Align, Cell, Kind, Raw, tidy

LARGEST_MONEY = Decimal("9999999999.99")


class Number(Kind):
    """A whole number."""

    align: Align = "right"
    excel_format = "0"

    def read(self, raw: Raw) -> int | None:
        amount = decimal(raw)
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
        amount = decimal(raw)
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
        amount = decimal(text.rstrip("%％"))
        return amount / 100 if amount is not None and percent else amount

    def show(self, value: Any) -> str:
        return "" if value is None else f"{(value * 100).normalize():f}%"

    def cell(self, value: Any) -> Cell:
        return None if value is None else Decimal(value)


NUMBER = Number()
MONEY = Money()
RATE = Rate()
