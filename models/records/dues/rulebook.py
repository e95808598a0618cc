"""The dues rules of a data file: those that come with the program and those the secretary put in their place."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record
from models.codes import RESOURCES
from models.errors import UserError
from models.rules.dues import DuesRules
from models.rules.periods import Month


class DuesRuleSet(Record):
    """One dated set of rules as the secretary keeps it: `document` is JSON as in resources/scales/dues.json."""

    __tablename__ = "dues_rule_sets"

    from_month: Mapped[Month] = mapped_column(unique=True)
    document: Mapped[str]


@cache
def supplied() -> tuple[Mapping[str, Any], ...]:
    """The documents that come with the program."""
    return tuple(json.loads((RESOURCES / "scales" / "dues.json").read_text(encoding="utf-8")))


def documents(session: Session) -> dict[Month, Mapping[str, Any]]:
    """Every document in force by its first month: the secretary's own take the place of those supplied."""
    found: dict[Month, Mapping[str, Any]] = {Month.parse(document["from"]): document for document in supplied()}
    for rule_set in session.scalars(select(DuesRuleSet).order_by(DuesRuleSet.from_month)):
        found[rule_set.from_month] = json.loads(rule_set.document)
    return found


def read(session: Session) -> Sequence[DuesRules]:
    """All dated rules, the earliest first."""
    found = documents(session)
    return [DuesRules.parse(found[month]) for month in sorted(found)]


def save(session: Session, document: Mapping[str, Any]) -> None:
    """Puts a set of rules in force from its month on; UserError when it is not a sound one. Opened months stay."""
    try:
        rules = DuesRules.parse(document)
    except (KeyError, ValueError, ArithmeticError) as error:
        raise UserError(f"党费标准没有保存：{error}") from None
    text = json.dumps(document, ensure_ascii=False)
    known = session.scalars(select(DuesRuleSet).where(DuesRuleSet.from_month == rules.from_month)).first()
    if known is None:
        session.add(DuesRuleSet(from_month=rules.from_month, document=text))
    else:
        known.document = text
    session.flush()


def without(session: Session, month: Month) -> Month | None:
    """The first month of the rules that would count from `month` on were the secretary's own set of it taken away.

    None where no earlier ones are; UserError where the set is not the secretary's own.
    """
    _own(session, month)
    left = {Month.parse(document["from"]) for document in supplied()} | (set(documents(session)) - {month})
    return max((each for each in left if each <= month), default=None)


def remove(session: Session, month: Month) -> None:
    """Takes the secretary's own set from `month` away; UserError where it is not theirs. Opened months stay."""
    session.delete(_own(session, month))
    session.flush()


def _own(session: Session, month: Month) -> DuesRuleSet:
    known = session.scalars(select(DuesRuleSet).where(DuesRuleSet.from_month == month)).first()
    if known is None:
        raise UserError(f"从{month.chinese}起的标准是程序带来的，不能删除；可以修改它，或从某个月起用新标准。")
    return known
