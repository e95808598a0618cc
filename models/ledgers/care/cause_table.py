"""The causes of hardship as a table."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.kinds import NUMBER, TEXT
from models.ledger import Column, Sheet
from models.ledgers.life.kind_table import IDLE, IN_USE, STATE
from models.records.care import causes as care_causes


@dataclass(frozen=True, slots=True)
class CauseRow:
    """A cause; `used` is how many cases have it."""

    id: str
    name: str
    used: int
    state: str


def cause_table(session: Session) -> Sheet:
    """Every cause in the order in which it is offered, those too that are offered no more."""
    rows = [
        CauseRow(each.name, each.name, each.used, IN_USE if each.active else IDLE)
        for each in care_causes.causes(session)
    ]
    return Sheet("care_causes", "困难类型", COLUMNS, rows, {}, ("", "", ""), (), "", "portrait")


COLUMNS = (
    Column("name", "困难类型", TEXT, 24),
    Column("used", "帮扶记录", NUMBER, 9),
    Column("state", "状态", STATE, 8),
)
