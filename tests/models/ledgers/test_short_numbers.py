"""Points, marks and hours as they are written and read."""

from decimal import Decimal

import pytest

from models.ledgers.short_numbers import SHORT


@pytest.mark.parametrize(("number", "shown"), [("18.00", "18"), ("17.50", "17.5"), ("-2.05", "-2.05"), ("0", "0")])
def test_noughts_behind_are_left_out(number: str, shown: str) -> None:
    assert SHORT.show(Decimal(number)) == shown
    assert SHORT.read(shown) == Decimal(number)


def test_a_mark_that_cannot_be_is_not_called_an_amount_of_money() -> None:
    with pytest.raises(ValueError, match="最多两位小数的数字"):
        SHORT.read("17.555")
