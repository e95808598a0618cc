"""The cash of a collection: counted piece by piece, its difference explained, and handed over from one to another."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record
from models.errors import FieldError, UserError
from models.kinds import tidy


class CashCount(Record):
    """The cash counted on a day: `pieces` is JSON of how many of each denomination, `booked` the cash in the books.

    `remark` explains why the two differ.
    """

    __tablename__ = "cash_counts"

    day: Mapped[date] = mapped_column(unique=True)
    pieces: Mapped[str]
    counted: Mapped[Decimal]
    booked: Mapped[Decimal]
    remark: Mapped[str | None]

    @property
    def difference(self) -> Decimal:
        """Counted less booked, in yuan."""
        return self.counted - self.booked


class CashHandover(Record):
    """The cash of a collection passed from the collector to a second person; `pieces` as they were then."""

    __tablename__ = "cash_handovers"

    count_id: Mapped[int] = mapped_column(ForeignKey("cash_counts.id"), index=True)
    handed_on: Mapped[date]
    giver: Mapped[str]
    receiver: Mapped[str]
    amount: Mapped[Decimal]
    pieces: Mapped[str]
    remark: Mapped[str | None]


def count_cash(
    session: Session, day: date, pieces: Mapping[Decimal, int], booked: Decimal, remark: str | None = None
) -> Decimal:
    """Keeps the count of a day (a later count of the same day replaces it); answers counted − booked, in yuan.

    The explanation given before stays while the difference is the same, and goes with it when it changes.
    """
    if any(number < 0 for number in pieces.values()):
        raise FieldError("pieces", "张数不能是负数。")
    counted = sum((value * number for value, number in pieces.items()), Decimal(0))
    text = json.dumps({str(value): number for value, number in pieces.items()})
    known = cash_count(session, day)
    if known is None:
        session.add(CashCount(day=day, pieces=text, counted=counted, booked=booked, remark=remark))
    else:
        same = known.difference == counted - booked
        known.pieces, known.counted, known.booked = text, counted, booked
        known.remark = remark if remark or not same else known.remark
    session.flush()
    return counted - booked


def explain(session: Session, day: date, booked: Decimal, reason: str) -> None:
    """Says why the count of a day differs from the cash in the books, in yuan, as they stand now."""
    known = _required(session, day)
    reason = tidy(reason)
    if not reason:
        raise FieldError("remark", "请写明差额的原因。")
    if known.counted == booked:
        raise UserError("实点与账面相符，没有差额要说明。")
    known.booked, known.remark = booked, reason
    session.flush()


def require_explained(session: Session, day: date, booked: Decimal | None = None) -> None:
    """UserError when the count kept for a day differs from the books and nobody said why.

    `booked` is the cash in the books as it stands now, in yuan; without it the count is held against what was noted
    with it. An explanation of another difference explains nothing.
    """
    known = cash_count(session, day)
    if known is None:
        return
    difference = known.counted - (known.booked if booked is None else booked)
    if difference and not (known.remark and difference == known.difference):
        raise UserError(f"{said_difference(difference)}，请先查清，并在结账窗口写明原因，再结账。")


def hand_over(
    session: Session, day: date, on: date, giver: str, receiver: str, remark: str | None = None
) -> CashHandover:
    """Records that the cash counted for a day's collection passed from one person to another."""
    known = _required(session, day)
    giver, receiver = tidy(giver), tidy(receiver)
    for key, name, words in (("giver", giver, "交出人"), ("receiver", receiver, "接收人")):
        if not name:
            raise FieldError(key, f"请填写{words}。")
    if giver == receiver:
        raise FieldError("receiver", "交出人和接收人应是两个人。")
    if not known.counted:
        raise UserError("实点现金是零，不用交接。")
    if known.difference and not known.remark:
        raise UserError(f"{said_difference(known.difference)}，请先写明原因，再交接。")
    done = CashHandover(
        count_id=known.id,
        handed_on=on,
        giver=giver,
        receiver=receiver,
        amount=known.counted,
        pieces=known.pieces,
        remark=remark,
    )
    session.add(done)
    session.flush()
    return done


def last_handover(session: Session, count_id: int) -> CashHandover | None:
    """The last time the cash of a count was handed over."""
    found = select(CashHandover).where(CashHandover.count_id == count_id).order_by(CashHandover.id.desc())
    return session.scalars(found).first()


def cash_count(session: Session, day: date) -> CashCount | None:
    """The count kept for a day."""
    return session.scalars(select(CashCount).where(CashCount.day == day)).first()


def counted_pieces(count: CashCount | CashHandover) -> dict[Decimal, int]:
    """How many of each denomination (yuan) were counted."""
    return {Decimal(value): number for value, number in json.loads(count.pieces).items()}


def said_difference(difference: Decimal) -> str:
    """实点比账面少 3.50 元, for counted less booked in yuan."""
    return f"实点比账面{'多' if difference > 0 else '少'} {abs(difference):,.2f} 元"


def _required(session: Session, day: date) -> CashCount:
    known = cash_count(session, day)
    if known is None:
        raise UserError(f"{day} 的现金还没有点，请先在收缴日点钞。")
    return known
