"""What the ledgers of festival rounds show, and what can be done in them."""

from collections.abc import Sequence
from typing import Any

from gui.care import round_forms
from gui.ledgers.chapter_page import Chapter, RowDeed
from gui.page import Page
from models.ledgers.care_funds import CARE_FUNDS
from models.ledgers.care_gifts import CARE_GIFTS
from models.ledgers.care_totals import CARE_TOTALS


def _open_round(page: Page, row: Any) -> None:
    page.go("care", ("rounds", row.round_id))


def _reverse(page: Page, rows: Sequence[Any]) -> None:
    round_forms.ask_for_reversal(page, rows[0])


ROUNDS = (
    Chapter(
        CARE_GIFTS.name, "慰问发放台账", "F42　谁领了什么，可导入", CARE_GIFTS,
        change=("打开这次慰问", _open_round), more=(RowDeed("冲销发放…", _reverse, needs_rows=True),),
    ),
    Chapter(CARE_TOTALS.name, "走访慰问汇总表", "F43　按支部、类别、来源", CARE_TOTALS),
    Chapter(
        CARE_FUNDS.name, "帮扶资金来源", "到账、发放和结余", CARE_FUNDS,
        ("登记到账", round_forms.ask_for_income),
        more=(RowDeed("冲销到账…", round_forms.reverse_income, needs_rows=True),),
    ),
)  # fmt: skip
