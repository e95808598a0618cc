"""Looking through the trail: by words, by who did it, by whose record it is, by day."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from models import variants
from models.audit import Change, Operation
from models.base import Base
from models.kinds.words import LONGEST_NAME
from models.ledgers.wording import TABLES, Names, about, differences, verb
from models.records.members.members import Member

ABOUT_SOMEBODY = ("members", "care_cases", "care_visits", "care_gifts")
"""Tables whose records are a person or about one: whatever names such a record is about that person too."""
_AT_ONCE = 500
_NAMESAKES = 20  # people whose name the words may be a part of
MOST = 1000  # operations that words find; the newest


@dataclass(frozen=True)
class Wanted:
    """What is looked for: words, who did it, whose record, from which day to which; what is empty asks nothing."""

    words: str = ""
    actor: str | None = None
    member_id: int | None = None
    first: date | None = None
    last: date | None = None

    def __bool__(self) -> bool:
        return self != Wanted()


def matching(session: Session, wanted: Wanted) -> set[int]:
    """The numbers of the operations that are looked for.

    The words stand in the title, in the name of the record, or in what its old and new values are said to be: what is
    masked or not said by the trail is not found by it either. Words find a thousand operations at the most.
    """
    operations = _operations(session, wanted)
    if wanted.member_id is not None:
        operations &= {operation for _, operation in _lines_about(session, {wanted.member_id})}
    words = wanted.words.strip()
    if not words or not operations:
        return operations
    return _saying(session, words, operations)


def _operations(session: Session, wanted: Wanted) -> set[int]:
    found = select(Operation.id)
    if wanted.actor is not None:
        found = found.where(Operation.actor == wanted.actor)
    if wanted.first is not None:
        found = found.where(Operation.at >= _utc(wanted.first))
    if wanted.last is not None:
        found = found.where(Operation.at < _utc(wanted.last + timedelta(days=1)))
    return set(session.scalars(found))


def _utc(day: date) -> str:
    """The beginning of a day on the wall's clock as the trail writes moments."""
    return datetime.combine(day, time.min).astimezone(UTC).isoformat(timespec="seconds")


def _lines_about(session: Session, member_ids: set[int]) -> set[tuple[int, int]]:
    """The lines (with their operations) of the records that are about these members, also through what names them."""
    records: dict[str, set[int]] = {"members": set(member_ids)}
    for table in Base.metadata.sorted_tables:
        links = {
            key.parent.name: key.column.table.name
            for key in table.foreign_keys
            if key.column.table.name in ABOUT_SOMEBODY and records.get(key.column.table.name)
        }
        if links:
            records.setdefault(table.name, set()).update(_naming(session, table.name, links, records))
    found: set[tuple[int, int]] = set()
    for table_name, numbers in records.items():
        ordered = sorted(numbers)
        for start in range(0, len(ordered), _AT_ONCE):
            lines = select(Change.id, Change.operation_id).where(Change.table_name == table_name)
            lines = lines.where(Change.record_id.in_(ordered[start : start + _AT_ONCE]))
            found |= {(line, operation) for line, operation in session.execute(lines)}
    return found


def _naming(session: Session, table: str, links: Mapping[str, str], records: Mapping[str, set[int]]) -> Iterator[int]:
    """The records of a table that named one of those when they were added, or by a change since."""
    spelt = [f'"{link}":{number}{end}' for link, target in links.items() for number in records[target] for end in ",}"]
    for start in range(0, len(spelt), _AT_ONCE):
        says = or_(*(Change.new.contains(each, autoescape=True) for each in spelt[start : start + _AT_ONCE]))
        yield from session.scalars(select(Change.record_id).where(Change.table_name == table, says))


def _saying(session: Session, words: str, operations: set[int]) -> set[int]:
    """The operations that say the words in their title or in one of their lines."""
    folded = words.casefold()
    titles = select(Operation.id).where(Operation.title.contains(words, autoescape=True))
    found = set(session.scalars(titles)) & operations
    names = Names(session)
    tables = [table for table, word in TABLES.items() if words in word]
    if tables:
        found |= set(session.scalars(select(Change.operation_id).where(Change.table_name.in_(tables)))) & operations
    called = Member.name.bool_op("GLOB")(variants.glob(words[: LONGEST_NAME + 1]))  # more than a name holds
    people = set(session.scalars(select(Member.id).where(called).limit(_NAMESAKES)))
    if people:
        found |= {operation for _, operation in _lines_about(session, people)} & operations
    columns = (Change.operation_id, Change.table_name, Change.record_id, Change.verb, Change.old, Change.new)
    for line in session.execute(select(*columns).where(_holding(words)).order_by(Change.id.desc())):
        if len(found) >= MOST:
            break
        if line.operation_id in operations and line.operation_id not in found:
            change = Change(**line._mapping)
            said = "，".join((about(change, names), *(each.sentence for each in differences(change, names))))
            told = f"{verb(change)}{said}".casefold()
            if folded in told or folded in told.replace(",", ""):
                found.add(line.operation_id)
    return found


def _holding(words: str) -> ColumnElement[bool]:
    """The lines whose old or new values may say the words: as JSON spells them, money without its comma too."""
    spellings = {words, words.replace(",", "")}
    texts = {json.dumps(each, ensure_ascii=False)[1:-1] for each in spellings if each}
    return or_(*(column.contains(text, autoescape=True) for column in (Change.old, Change.new) for text in texts))
