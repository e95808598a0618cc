"""What the ledgers of festival rounds show, and what can be done in them."""

from collections.abc import Sequence
from typing import Any

from gui.care import fund_forms, round_handing
from gui.ledgers.chapter_page import Chapter, RowDeed
from gui.page import Page
from models.ledgers.care.funds import CARE_FUNDS
from models.ledgers.care.gifts import CARE_GIFTS
from models.ledgers.care.sources import CARE_SOURCES
from models.ledgers.care.totals import CARE_TOTALS


def _open_round(page: Page, row: Any) -> None:
    page.go("care", ("rounds", row.round_id))


def _reverse(page: Page, rows: Sequence[Any]) -> None:
    round_handing.ask_for_reversal(page, rows[0])


ROUNDS = (
    Chapter(
        CARE_GIFTS.name, "慰问发放台账", "F42　谁领了什么，可导入", CARE_GIFTS,
        change=("打开这次慰问", _open_round), more=(RowDeed("冲销发放…", _reverse, needs_rows=True),),
    ),
    Chapter(CARE_TOTALS.name, "走访慰问汇总表", "F43　按支部、类别、来源", CARE_TOTALS),
    Chapter(
        CARE_FUNDS.name, "帮扶资金来源", "到账、发放和结余", CARE_FUNDS,
        ("登记到账", fund_forms.ask_for_income),
        more=(RowDeed("冲销到账…", fund_forms.reverse_income, needs_rows=True),),
    ),
    Chapter(
        CARE_SOURCES.name, "资金来源一览", "各来源结余，改名、停用", CARE_SOURCES,
        ("新增来源", fund_forms.ask_for_source), ("改名", fund_forms.ask_to_rename), fund_forms.remove_source,
        more=(RowDeed("停用／恢复", fund_forms.stop_or_resume, needs_rows=True),),
    ),
)  # fmt: skip
