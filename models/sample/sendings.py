"""What the sample has sent up the chain: the roster of the new year, before people came and went."""

from datetime import date

from sqlalchemy.orm import Session

from models import settings
from models.ledger import View
from models.ledgers.members.roster import MEMBERS_ROSTER
from models.ledgers.sheets import sheet
from models.ledgers.snapshots import taken
from models.records import sendings
from models.records.sendings import WORKBOOK, Letter, Table
from models.rules.periods import Month, Period

RECIPIENT = "示例局机关党委"


def send(session: Session, today: date) -> None:
    """Records a sending of the fifteenth of January, or of `today` where that is earlier in the year."""
    day = min(today, date(today.year, 1, 15))
    month = Month.of(day)
    made = sheet(session, MEMBERS_ROSTER, View(day, Period(month, month)))
    sender = settings.read(session).maker
    letter = Letter(day, RECIPIENT, sender, month, month, None, WORKBOOK, False, "年初名册.xlsx")
    sendings.record(session, letter, [Table(made.name, made.heading, len(made.rows), taken(made))])
