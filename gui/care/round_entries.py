"""The ledgers and papers of festival rounds in the list of all: what each is for, and how papers are listed."""

from models.kinds import MONEY, TEXT
from models.ledger import Column

LEDGER_USES = {
    "care_gifts": "F42　慰问金、慰问品，领取人，可导入",
    "care_totals": "F43　按支部、类别和资金来源",
    "care_funds": "各来源到账、发放和结余",
    "care_sources": "每个来源一行：到账、发放、待发、结余",
}
USES = {"care_signing": "F42　每次慰问一张，本人签字，不印证号账号"}
COLUMNS: dict[str, tuple[Column, ...]] = {
    "care_signing": (
        Column("title", "慰问", TEXT, 18),
        Column("unit", "填报单位", TEXT, 18),
        Column("total", "慰问金合计", MONEY, 12),
        Column("sources", "资金来源", TEXT, 26),
    )
}
