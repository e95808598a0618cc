"""What was sent up the chain: when, to whom, by whom, and of each table what tells later how it has changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record, numbered
from models.errors import FieldError, UserError
from models.kinds import tidy
from models.rules.periods import Month

WORKBOOK, WORKBOOKS, PAGES = "一个 Excel 文件", "文件夹，每张表一个 Excel", "文件夹，每张表一个 PDF"
FORMS = (WORKBOOK, WORKBOOKS, PAGES)
LONGEST = 60


class Sending(Record):
    """One sending; `branch_id` None is the whole file, `form` one of FORMS, `file_name` the workbook or the folder."""

    __tablename__ = "sendings"

    sent_on: Mapped[date]
    recipient: Mapped[str]
    sender: Mapped[str]
    first_month: Mapped[Month]
    last_month: Mapped[Month]
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    form: Mapped[str]
    locked: Mapped[bool]
    file_name: Mapped[str]
    remark: Mapped[str | None]


class SentTable(Record):
    """One ledger or paper of a sending; `name` is the catalogue's, `content` its rows packed, "" for a paper."""

    __tablename__ = "sent_tables"

    sending_id: Mapped[int] = mapped_column(ForeignKey("sendings.id"), index=True)
    name: Mapped[str]
    heading: Mapped[str]
    rows: Mapped[int]
    content: Mapped[str]


@dataclass(frozen=True)
class Table:
    """A ledger or paper that was sent, as `SentTable` keeps it."""

    name: str
    heading: str
    rows: int
    content: str = ""


@dataclass(frozen=True)
class Letter:
    """What is said of a sending besides its tables."""

    sent_on: date
    recipient: str
    sender: str
    first_month: Month
    last_month: Month
    branch_id: int | None
    form: str
    locked: bool
    file_name: str
    remark: str | None = None


def record(session: Session, letter: Letter, tables: Sequence[Table]) -> Sending:
    """Keeps what was sent; FieldError where the letter names nobody, UserError where nothing was sent."""
    recipient = tidy(letter.recipient)
    if not recipient:
        raise FieldError("recipient", "请填写报送给谁。")
    if len(recipient) > LONGEST:
        raise FieldError("recipient", f"报送给谁最长 {LONGEST} 个字。")
    if letter.form not in FORMS:
        raise FieldError("form", f"形式应为{'、'.join(FORMS)}。")
    if not tables:
        raise UserError("还没有选要报送的台账或表格。")
    made = Sending(**{**vars(letter), "recipient": recipient})
    session.add(made)
    session.flush()
    for table in tables:
        session.add(SentTable(sending_id=made.id, **vars(table)))
    session.flush()
    return made


def withdraw(session: Session, sending_id: int) -> None:
    """Takes a sending out of the list that was entered by mistake; files already handed over are not touched."""
    sending = require(session, sending_id)
    for table in tables_of(session, sending_id):
        session.delete(table)
    session.flush()
    session.delete(sending)
    session.flush()


def require(session: Session, sending_id: int) -> Sending:
    """The sending of this number; UserError when there is none."""
    return numbered(session, Sending, sending_id, "报送登记")


def last(session: Session) -> Sending | None:
    """The sending recorded last, None before the first."""
    return session.scalars(select(Sending).order_by(Sending.id.desc()).limit(1)).first()


def tables_of(session: Session, sending_id: int) -> Sequence[SentTable]:
    """What a sending held, in its order."""
    return session.scalars(select(SentTable).where(SentTable.sending_id == sending_id).order_by(SentTable.id)).all()
