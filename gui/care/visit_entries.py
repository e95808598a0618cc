"""Visits and 急难愁盼 in the list of ledgers and papers: what each is for."""

from models.kinds import DAY, TEXT
from models.ledger import Column

LEDGER_USES = {
    "care_visits": "谁去看望、提了什么、答应了什么，可导入",
    "care_concerns": "从反映到销号，办了多少天，可导入",
}
USES = {"care_visit_sheet": "每次走访一页，双方签字，由支部存档"}
COLUMNS: dict[str, tuple[Column, ...]] = {
    "care_visit_sheet": (
        Column("unit", "党支部", TEXT, 18),
        Column("name", "走访对象", TEXT, 10),
        Column("on", "走访日期", DAY, 11),
        Column("occasion", "走访事由", TEXT, 9),
    ),
}
