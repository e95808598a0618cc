"""Pairings and volunteer service in the list of ledgers and papers: what each is for, and how papers are listed."""

from models.kinds import NUMBER, PERSON, TEXT
from models.ledger import Column
from models.ledgers.served import SERVICE_HOURS

LEDGER_USES = {
    "care_pairings": "F46　和谁结对，协议何时到期，可导入",
    "care_pairing_tasks": "F46　任务、进展、成效、销号，可导入",
    "care_registrations": "谁到哪个社区报到，认领岗位，可导入",
    "care_service": "F45　登记的服务和活动记录，可导入",
    "care_service_hours": "每人全年服务小时",
}
USES = {"care_service_card": "F45　每人一张，社区盖章确认"}
COLUMNS: dict[str, tuple[Column, ...]] = {
    "care_service_card": (
        Column("name", "姓名", PERSON, 10),
        Column("unit", "党支部", TEXT, 18),
        Column("community", "报到社区", TEXT, 18),
        Column("times", "次数", NUMBER, 7),
        Column("total", "小时", SERVICE_HOURS, 8),
    )
}
