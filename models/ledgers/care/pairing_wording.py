"""How the trail calls pairings, their tasks, registrations at communities and services."""

from collections.abc import Mapping

from models.kinds import Kind
from models.ledger import Ledger
from models.ledgers.care.pairings import CARE_PAIRING_TASKS, CARE_PAIRINGS
from models.ledgers.care.volunteering import CARE_REGISTRATIONS, CARE_SERVICE

TABLES: Mapping[str, str] = {
    "pairings": "结对",
    "pairing_tasks": "结对任务",
    "registrations": "社区报到",
    "service_entries": "志愿服务",
}


def _titled(ledger: Ledger) -> Mapping[str, tuple[str, Kind]]:
    return {column.key: (column.title, column.kind) for column in ledger.columns if column.entered}


COLUMNS: Mapping[str, Mapping[str, tuple[str, Kind]]] = {
    "pairings": _titled(CARE_PAIRINGS),
    "pairing_tasks": _titled(CARE_PAIRING_TASKS),
    "registrations": _titled(CARE_REGISTRATIONS),
    "service_entries": _titled(CARE_SERVICE),
}
