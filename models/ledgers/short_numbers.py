"""Numbers that are written as short as they are: points, marks, hours."""

from decimal import Decimal
from typing import Any

from models.kinds import Cell, Money, Raw, tidy


class ShortNumber(Money):
    """A number with up to two places, written without noughts behind: 18, 17.5, -2."""

    excel_format = "General"

    def read(self, raw: Raw) -> Decimal | None:
        try:
            return super().read(raw)
        except ValueError:
            raise ValueError(f"“{tidy(raw)[:30]}”应是最多两位小数的数字。") from None

    def show(self, value: Any) -> str:
        return "" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")

    def cell(self, value: Any) -> Cell:
        return None if value is None else Decimal(self.show(value))


SHORT = ShortNumber()
