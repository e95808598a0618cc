"""One posting of dues with the scan of its slip, to be stopped, refused or cut short at any of its system calls."""

from contextlib import closing
from decimal import Decimal
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import attachments
from models.attachments import FOLDER, Attachment
from models.database import Database
from models.errors import UserError
from models.records.dues import payments
from models.records.dues.payments import Collection, Payment
from tests.reliability import tracer
from tests.reliability.conftest import NOVEMBER, TODAY

SAVED = "saved"
PAYER = 20


def post(session: Session, number: int) -> None:
    payments.collect(session, PAYER, NOVEMBER, Collection(TODAY, remark=f"第{number}笔"), Decimal("1.00"))
    attachments.add(session, f"第{number}笔.pdf", b"%PDF-1.7" + bytes(5000))


def attempt(database: Database, number: int) -> str:
    """SAVED when the program acknowledged it, else the sentence with which it refused."""
    try:
        with database.writing("收缴") as session:
            post(session, number)
    except UserError as error:
        return str(error)
    return SAVED


def post_between_marks(path: Path, password: str | None, number: int) -> tuple[str, str]:
    """Posts once between the marks and once more behind them: what came of either."""
    with closing(Database.open(path, password)) as database:
        with database.trying() as session:  # what is slow, or read from elsewhere, for the first time only
            post(session, 0)
        tracer.mark()
        first = attempt(database, number)
        tracer.mark()
        return first, attempt(database, number + 1)


def posted(database: Database) -> set[str]:
    """What was posted here and has its scan; asserts that neither is there without the other."""
    with database.reading() as session:
        found = {name for name in session.scalars(select(Payment.remark)) if name and name.startswith("第")}
        scans = set(session.scalars(select(Attachment.name).where(Attachment.name.like("第%笔.pdf"))))
        stored = set(session.scalars(select(Attachment.stored)))
    assert scans == {f"{name}.pdf" for name in found}
    assert {each.name for each in (database.path.parent / FOLDER).iterdir()} == stored
    return found
