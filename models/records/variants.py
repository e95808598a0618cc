"""The local form of each ledger, the columns that a branch added to it, and what was filled in there."""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ForeignKey, Select, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record
from models.errors import FieldError, UserError
from models.kinds import Choice, tidy
from models.records.local_forms import KINDS, Extra, Variant, every_of

LONGEST_TITLE = 20
MOST_EXTRAS = 20
MOST_OPTIONS = 40
# Ledgers of the same records: what is added to one can be taken into the other, and holds the same values.
_SUBJECTS = {"members_roster": "members", "members_entry": "members", "directory": "members"}


_OF_MEMBERS = ("members", "dues_register", "dues_arrears", "dues_yearly")  # whose rows bear the number of a member


class LedgerVariant(Record):
    """The local form of one ledger; `document` is JSON as `Variant.document` writes it."""

    __tablename__ = "ledger_variants"

    ledger: Mapped[str] = mapped_column(unique=True)
    document: Mapped[str]


class ExtraColumn(Record):
    """A column that a branch added; `subject` is the ledger whose records it belongs to, `options` a JSON list."""

    __tablename__ = "extra_columns"

    subject: Mapped[str]
    title: Mapped[str]
    kind: Mapped[str]
    options: Mapped[str]
    every: Mapped[str]
    totalled: Mapped[bool]


class ExtraValue(Record):
    """What was filled in for one record: `period` is "", YYYY or YYYY-MM, `value` the text that the kind reads."""

    __tablename__ = "extra_values"
    __table_args__ = (UniqueConstraint("column_id", "record_id", "period"),)

    column_id: Mapped[int] = mapped_column(ForeignKey("extra_columns.id"))
    record_id: Mapped[int]
    period: Mapped[str]
    value: Mapped[str]


def subject_of(ledger: str) -> str:
    """The ledger whose added columns this one can show."""
    return _SUBJECTS.get(ledger, ledger)


def read(session: Session, ledger: str) -> Variant | None:
    """The local form of a ledger, None where it has the standard one."""
    kept = _kept(session, ledger)
    if kept is None:
        return None
    document = json.loads(kept.document)
    shown = {key for key, _, _ in document["columns"]}
    return Variant.of_document(document, tuple(each for each in extras(session, ledger) if each.key in shown))


def changed(session: Session) -> Sequence[str]:
    """The names of the ledgers that have a form of their own."""
    return session.scalars(select(LedgerVariant.ledger).order_by(LedgerVariant.id)).all()


def extras(session: Session, ledger: str) -> list[Extra]:
    """Every column that was ever added to the ledger or to one of the same records, shown there or not."""
    found = select(ExtraColumn).where(ExtraColumn.subject == subject_of(ledger)).order_by(ExtraColumn.id)
    return [_extra(each) for each in session.scalars(found)]


def save(session: Session, ledger: str, variant: Variant) -> None:
    """Keeps the local form of a ledger; whether it is sound is `models.ledgers.variants` to say."""
    text = json.dumps(variant.document(), ensure_ascii=False)
    kept = _kept(session, ledger)
    if kept is None:
        session.add(LedgerVariant(ledger=ledger, document=text))
    else:
        kept.document = text
    session.flush()


def reset(session: Session, ledger: str) -> None:
    """Gives a ledger its standard form again; columns added and what was filled in there stay for another time."""
    kept = _kept(session, ledger)
    if kept is not None:
        session.delete(kept)
        session.flush()


def add_extra(session: Session, ledger: str, wanted: Extra) -> Extra:
    """Adds a column, or finds the one of this title and kind again; the key of `wanted` counts for nothing.

    FieldError where its title, kind or options are unsound.
    """
    title, options = _sound(wanted)
    known = extras(session, ledger)
    for each in known:
        if (each.title, each.kind) == (title, wanted.kind):
            return change_extra(session, each.key, wanted)
    if len(known) >= MOST_EXTRAS:
        raise FieldError("title", f"最多可以增加 {MOST_EXTRAS} 列。")
    made = ExtraColumn(
        subject=subject_of(ledger),
        title=title,
        kind=wanted.kind,
        options=json.dumps(options, ensure_ascii=False),
        every=wanted.every,
        totalled=wanted.totalled,
    )
    session.add(made)
    session.flush()
    return _extra(made)


def change_extra(session: Session, key: str, wanted: Extra) -> Extra:
    """Changes title, options, total of an added column; its kind, and how often it is filled in, stay."""
    title, options = _sound(wanted)
    column = session.get(ExtraColumn, number_of(key))
    if column is None:
        raise UserError("这一列已经不在了，请重新打开“调整表样”。")
    column.title, column.totalled = title, wanted.totalled
    column.options = json.dumps(options, ensure_ascii=False)
    session.flush()
    return _extra(column)


def values(session: Session, wanted: Sequence[Extra], periods: Mapping[str, str]) -> dict[tuple[int, str], Any]:
    """What was filled in, by record and key; `periods` says by key which period is looked at."""
    readers = {number_of(each.key): each for each in wanted}
    found: dict[tuple[int, str], Any] = {}
    for kept in session.scalars(_values_in(readers, periods)):
        extra = readers[kept.column_id]
        if kept.period == periods[extra.key]:
            found[kept.record_id, extra.key] = _read(extra, kept.value)
    return found


def _values_in(columns: Iterable[int], periods: Mapping[str, str]) -> Select[ExtraValue]:
    """The values of some columns, by number, in any of the periods."""
    return select(ExtraValue).where(ExtraValue.column_id.in_(columns), ExtraValue.period.in_(set(periods.values())))


def fill(
    session: Session, wanted: Sequence[Extra], periods: Mapping[str, str], rows: Mapping[int, Mapping[str, Any]]
) -> set[int]:
    """Keeps what was filled in for records, by number and key, None to empty it; answers the records that changed."""
    numbers = {number_of(each.key): each for each in wanted}
    kept: dict[tuple[int, str], ExtraValue] = {}
    for each in session.scalars(_values_in(numbers, periods)):
        extra = numbers[each.column_id]
        if each.period == periods[extra.key]:
            kept[each.record_id, extra.key] = each
    touched = set()
    for record_id, given in rows.items():
        for extra in wanted:
            if extra.key in given and _put(session, extra, periods[extra.key], record_id, given[extra.key], kept):
                touched.add(record_id)
    session.flush()
    return touched


def values_of_member(session: Session, member_id: int) -> dict[int, ExtraValue]:
    """What was filled in for a member in the columns that the branch added, by number."""
    own = select(ExtraValue).where(ExtraValue.record_id == member_id, ExtraValue.column_id.in_(columns_of_members()))
    return {each.id: each for each in session.scalars(own)}


def columns_of_members() -> Select[Any]:
    """The numbers of the columns added to ledgers of members."""
    return select(ExtraColumn.id).where(ExtraColumn.subject.in_(_OF_MEMBERS))


def hand_over(session: Session, gone_id: int, kept_id: int) -> None:
    """Gives what was filled in for one member to another who is the same person; what stands there stays."""
    own = select(ExtraValue).join(ExtraColumn, ExtraColumn.id == ExtraValue.column_id)
    own = own.where(ExtraColumn.subject.in_(_OF_MEMBERS))
    there = {(each.column_id, each.period) for each in session.scalars(own.where(ExtraValue.record_id == kept_id))}
    for value in session.scalars(own.where(ExtraValue.record_id == gone_id)).all():
        if (value.column_id, value.period) in there:
            session.delete(value)
        else:
            value.record_id = kept_id
    session.flush()


def _put(
    session: Session, extra: Extra, period: str, record_id: int, value: Any, kept: Mapping[tuple[int, str], ExtraValue]
) -> bool:
    """Keeps one value; False where it stood there already."""
    text = "" if value is None else str(value)
    known = kept.get((record_id, extra.key))
    if text == (known.value if known is not None else ""):
        return False
    if known is None:
        session.add(ExtraValue(column_id=number_of(extra.key), record_id=record_id, period=period, value=text))
    elif text:
        known.value = text
    else:
        session.delete(known)
    return True


def number_of(key: str) -> int:
    """The number of the added column that has this key."""
    return int(key.removeprefix("x"))


def _kept(session: Session, ledger: str) -> LedgerVariant | None:
    return session.scalars(select(LedgerVariant).where(LedgerVariant.ledger == ledger)).first()


def _extra(column: ExtraColumn) -> Extra:
    options = tuple(json.loads(column.options))
    return Extra(f"x{column.id}", column.title, column.kind, options, every_of(column.every), column.totalled)


def _read(extra: Extra, text: str) -> Any:
    """A kept text as its value; an option that was taken from the list since stays as it was chosen."""
    return text if isinstance(extra.reads, Choice) else extra.reads.read(text)


def _sound(wanted: Extra) -> tuple[str, list[str]]:
    """The title and options without padding; FieldError where they cannot be."""
    title = tidy(wanted.title)
    if not title:
        raise FieldError("title", "请填写列名。")
    if len(title) > LONGEST_TITLE:
        raise FieldError("title", f"列名最长 {LONGEST_TITLE} 个字。")
    if wanted.kind not in KINDS:
        raise FieldError("kind", f"种类应为{'、'.join(KINDS.values())}。")
    options = list(_tidied(wanted.options)) if wanted.kind == "choice" else []
    if wanted.kind == "choice" and len(options) < 2:
        raise FieldError("options", "选项至少要有两个，用顿号或逗号隔开。")
    if len(options) > MOST_OPTIONS or any(len(option) > LONGEST_TITLE for option in options):
        raise FieldError("options", f"选项最多 {MOST_OPTIONS} 个，每个最长 {LONGEST_TITLE} 个字。")
    if wanted.totalled and wanted.kind not in ("money", "number"):
        raise FieldError("totalled", "只有金额和数字可以合计。")
    return title, options


def _tidied(options: Iterable[str]) -> Iterable[str]:
    """The options without padding, as a choice compares them: （一） is (一)."""
    plain = (re.sub(r"\s", "", unicodedata.normalize("NFKC", tidy(each))) for each in options)
    return dict.fromkeys(text for text in plain if text)
