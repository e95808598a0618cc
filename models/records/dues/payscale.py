"""The items of pay of a data file: those that come with the program and those the secretary put in their place."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record
from models.codes import RESOURCES
from models.errors import UserError
from models.rules.periods import Month
from models.rules.worksheet import PayScale


class PayScaleSet(Record):
    """One dated set of items of pay as the secretary keeps it: `document` is JSON as in resources/scales/pay.json."""

    __tablename__ = "pay_scale_sets"

    from_month: Mapped[Month] = mapped_column(unique=True)
    document: Mapped[str]


@cache
def supplied() -> tuple[Mapping[str, Any], ...]:
    """The documents that come with the program."""
    return tuple(json.loads((RESOURCES / "scales" / "pay.json").read_text(encoding="utf-8")))


def documents(session: Session) -> dict[Month, Mapping[str, Any]]:
    """Every document by its first month: the secretary's own take the place of those supplied."""
    found: dict[Month, Mapping[str, Any]] = {Month.parse(document["from"]): document for document in supplied()}
    for kept in session.scalars(select(PayScaleSet).order_by(PayScaleSet.from_month)):
        found[kept.from_month] = json.loads(kept.document)
    return found


def read(session: Session) -> Sequence[PayScale]:
    """All dated sets of items, the earliest first."""
    found = documents(session)
    return [PayScale.parse(found[month]) for month in sorted(found)]


def save(session: Session, document: Mapping[str, Any]) -> None:
    """Puts a set of items in force from its month on; UserError when it is not a sound one. Worksheets stay."""
    try:
        scale = PayScale.parse(document)
    except (KeyError, ValueError) as error:
        raise UserError(f"工资项目没有保存：{error}") from None
    text = json.dumps(document, ensure_ascii=False)
    known = session.scalars(select(PayScaleSet).where(PayScaleSet.from_month == scale.from_month)).first()
    if known is None:
        session.add(PayScaleSet(from_month=scale.from_month, document=text))
    else:
        known.document = text
    session.flush()
