"""Points, marks and hours as they are written and read."""

from decimal import Decimal

import pytest

from models.kinds import MONEY, NUMBER, Kind
from models.ledger import Column
from models.ledgers.short_numbers import SHORT


@pytest.mark.parametrize(("number", "shown"), [("18.00", "18"), ("17.50", "17.5"), ("-2.05", "-2.05"), ("0", "0")])
def test_noughts_behind_are_left_out(number: str, shown: str) -> None:
    assert SHORT.show(Decimal(number)) == shown
    assert SHORT.read(shown) == Decimal(number)


@pytest.mark.parametrize(
    ("kind", "total", "said"),
    [(SHORT, "298.00", "298"), (SHORT, "1020.5", "1,020.5"), (NUMBER, "1100", "1,100"), (MONEY, "1100", "1,100.00")],
)
def test_a_total_is_written_as_its_column_writes_figures(kind: Kind, total: str, said: str) -> None:
    assert Column("sum", "合计", kind, totalled=True).total_text(Decimal(total)) == said


def test_a_mark_that_cannot_be_is_not_called_an_amount_of_money() -> None:
    with pytest.raises(ValueError, match="最多两位小数的数字"):
        SHORT.read("17.555")
