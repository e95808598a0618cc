"""Saving the worksheets F02: a row's items of pay become a base, and the base an assessment."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import FieldError
from models.records.dues import assessments, payscale, yearly
from models.records.dues.assessments import Assessment
from models.records.members.members import Member
from models.records.members.people import People
from models.records.outcomes import Outcome, Values
from models.rules.periods import Month
from models.rules.worksheet import PayScale, Worksheet, kind_for, scale_for, worksheet

ITEM = "item_"  # how the key of a column begins that holds the amount of an item


def save(session: Session, rows: Sequence[Values], branch_id: int | None = None) -> list[Outcome]:
    """Saves one worksheet a row: amounts by item under `item_…`, `pay_kind`, and what an assessment has besides.

    A row without amounts is an assessment whose base is entered directly. A base that stands unchanged beside items
    that changed follows them; where both changed and differ, the row is refused.
    """
    people, known, scales = People(session, branch_id), assessments.by_member(session), payscale.read(session)
    outcomes: list[Outcome | None] = []
    sound: list[Values] = []
    for values in rows:
        try:
            member = people.named(values)
            sound.append(_as_assessment(scales, member, known.get(member.id, ()), values))
            outcomes.append(None)
        except FieldError as error:
            outcomes.append(Outcome("refused", field=error.field, why=str(error)))
    saved = iter(assessments.save(session, sound, branch_id))
    return [outcome or next(saved) for outcome in outcomes]


def _as_assessment(
    scales: Sequence[PayScale], member: Member, own: Sequence[Assessment], values: Values
) -> dict[str, Any]:
    """The row as `assessments.save` takes it, its items filled into a worksheet."""
    made = {key: value for key, value in values.items() if not key.startswith(ITEM) and key != "pay_kind"}
    items = {key.removeprefix(ITEM): value for key, value in values.items() if key.startswith(ITEM)}
    if not any(amount is not None for amount in items.values()):
        return made
    target = assessments.meant(own, values)
    before = Worksheet.parse(target.worksheet) if target is not None and target.worksheet else None
    kind = values.get("pay_kind") or (before.kind if before else None)
    if before is not None and _repeats(before, kind, items):
        return made
    scale = scale_for(values.get("from_month") or (target.from_month if target is not None else None), scales)
    found = fill(scale, member, kind, items)
    if target is not None and made.get("dues_base") == target.dues_base:
        made["dues_base"] = None
    made["dues_category"] = made.get("dues_category") or scale.kinds[found.kind].category
    return made | {"worksheet": found.text()}


def _repeats(before: Worksheet, kind: str | None, items: Mapping[str, Decimal | None]) -> bool:
    return kind == before.kind and {item: amount for item, amount in items.items() if amount} == before.items


def fill(scale: PayScale, member: Member, kind: str | None, items: Mapping[str, Decimal | None]) -> Worksheet:
    """The worksheet of a member from amounts by item, in yuan; without a kind, of the one that is likely.

    FieldError, with the key of the column at fault, where it gives no base.
    """
    kind = kind or likely_kind(scale, member)
    try:
        return worksheet(scale, kind, items)
    except ValueError as error:
        named = next((item for item in items if f"“{item}”" in str(error)), None)
        field = ITEM + named if named is not None and kind in scale.kinds else "pay_kind"
        raise FieldError(field, f"{member.name}：{error}") from None


def keep(
    session: Session, member_id: int, month: Month, text: str, category: str, reason: str | None = None
) -> Assessment:
    """Saves a filled worksheet for a member as it counts in `month`.

    One that gives the base that already counts is kept with that assessment. Else it assesses the year: FieldError
    where that changes the due within the year and no reason is given.
    """
    own = session.scalars(select(Assessment).where(Assessment.member_id == member_id)).all()
    known = assessments.covering(assessments.scaled(own), month)
    base = Worksheet.parse(text).base
    if known is not None and (known.dues_base, known.dues_category) == (base, category):
        return assessments.save_one(session, member_id, {"worksheet": text}, known.id)
    return yearly.assess(session, member_id, month.year, category, None, reason, text)


def likely_kind(scale: PayScale, member: Member) -> str | None:
    """The kind of pay a member is likely to have; None where the roster does not tell."""
    return kind_for(scale, member.position, member.post, member.dues_category)
