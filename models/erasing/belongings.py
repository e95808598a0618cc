"""What of a data file is about one person: records there now, and those that only the trail still remembers."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from models.audit import REMOVE, Change
from models.base import Base
from models.records import variants
from models.records.care.cases import CareCase
from models.records.life.talks import TalkPerson, TalkText
from models.records.members.facts import MemberFact, Merger
from models.records.members.members import Member

OWNERS = ("members", "care_cases", "care_visits", "care_gifts")
"""Tables whose records are a person or about one: whatever names such a record is about that person too."""
_AT_ONCE = 500
_SHORT = 4  # characters; a shorter text is found in too many others to be taken for this person's
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Belongings:
    """The records about a person by table and number with what is needed of them, and the words that betray the person.

    `names` are those the person bears or bore, `numbers` identity, telephone and account numbers and addresses.
    """

    records: Mapping[str, Mapping[int, Values]]
    names: frozenset[str]
    numbers: frozenset[str]


def of_member(session: Session, member_id: int) -> Belongings:
    """All that is about a member, and about the records that were joined into this one."""
    joined = session.scalars(select(Merger.gone_id).where(Merger.member_id == member_id)).all()
    return _all(session, {"members": {member_id, *joined}})


def of_case(session: Session, case_id: int) -> Belongings:
    """All that is about the person of a case who is no member."""
    return _all(session, {"care_cases": {case_id}})


def _all(session: Session, roots: Mapping[str, Iterable[int]]) -> Belongings:
    removed = _removed(session)
    found: dict[str, dict[int, Values]] = {}
    for table in Base.metadata.sorted_tables:
        numbers = set(roots.get(table.name, ()))
        links = [key.parent.name for key in table.foreign_keys if key.column.table.name in OWNERS]
        for link in links:
            target = next(key.column.table.name for key in table.c[link].foreign_keys)
            numbers |= _naming(session, table, link, found.get(target, {}), removed[table.name])
        if numbers:
            found[table.name] = {number: _values(session, table, number, removed[table.name]) for number in numbers}
    found["extra_values"] = _filled_in(session, found.get("members", {}), removed["extra_values"])
    talks = _own_talks(session, found.get("members", {}))
    if talks:
        found["talk_texts"] = {number: {} for number in talks}
    told = list(_told(session, found))
    long_enough = frozenset(text for text in _numbers(told) if len(text) > _SHORT)
    return Belongings(found, frozenset(_names(told)), long_enough)


def _removed(session: Session) -> Mapping[str, Mapping[int, Values]]:
    """What the trail remembers of records that were removed, by table and number."""
    found: defaultdict[str, dict[int, Values]] = defaultdict(dict)
    lines = select(Change.table_name, Change.record_id, Change.old).where(Change.verb == REMOVE)
    for table, number, old in session.execute(lines):
        found[table][number] = json.loads(old or "{}")
    return found


def _naming(
    session: Session, table: Table, link: str, owners: Iterable[int], removed: Mapping[int, Values]
) -> set[int]:
    """The records of a table that name one of the owners, there or removed."""
    wanted = set(owners)
    found = {number for number, values in removed.items() if values.get(link) in wanted}
    for some in _chunks(sorted(wanted)):
        found |= set(session.scalars(select(table.c.id).where(table.c[link].in_(some))))
    return found


def _chunks(numbers: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(numbers), _AT_ONCE):
        yield numbers[start : start + _AT_ONCE]


def _values(session: Session, table: Table, number: int, removed: Mapping[int, Values]) -> Values:
    if number in removed or table.name not in _READ:
        return removed.get(number, {})
    stored = select(*(table.c[name] for name in _READ[table.name])).where(table.c.id == number)
    return dict(session.execute(stored).mappings().one())


_READ: Mapping[str, tuple[str, ...]] = {
    Member.__tablename__: ("name", "id_number", "phone", "landline", "address"),
    CareCase.__tablename__: ("member_id", "name", "id_number", "phone", "address"),
    MemberFact.__tablename__: ("field", "value"),
    "care_gifts": ("account",),
}
"""What is read of each record: who the person is, and what else betrays the person."""


def _filled_in(session: Session, own: Iterable[int], removed: Mapping[int, Values]) -> dict[int, Values]:
    """What was filled in for the person in the columns that the branch added."""
    wanted = set(own)
    columns = set(session.scalars(variants.columns_of_members()))
    there = {number for each in wanted for number in variants.values_of_member(session, each)}
    gone = {n for n, each in removed.items() if each["record_id"] in wanted and each["column_id"] in columns}
    return {number: {} for number in there | gone}


def _own_talks(session: Session, own: Iterable[int]) -> list[int]:
    """The texts of talks in which nobody but the person was talked to."""
    wanted = set(own)
    people: defaultdict[int, set[int | None]] = defaultdict(set)
    talked = select(TalkPerson.talk_id, TalkPerson.member_id).where(TalkPerson.role == "talked")
    for talk_id, member_id in session.execute(talked):
        people[talk_id].add(member_id)
    alone = {talk_id for talk_id, who in people.items() if who <= wanted and who}
    texts = session.execute(select(TalkText.id, TalkText.talk_id))
    return [number for number, talk_id in texts if talk_id in alone]


def _told(session: Session, found: Mapping[str, Mapping[int, Values]]) -> Iterator[tuple[str, Values]]:
    """What is and was said of the person's own records: there, before they were removed, and in the trail."""
    for table, records in found.items():
        yield from ((table, values) for values in records.values())
    lines = select(Change.table_name, Change.record_id, Change.old, Change.new).where(Change.table_name.in_(_READ))
    for table, number, *texts in session.execute(lines):
        if number in found.get(table, {}):
            yield from ((table, json.loads(text)) for text in texts if text)


def _names(told: Iterable[tuple[str, Values]]) -> Iterator[str]:
    for table, values in told:
        if table in ("members", "care_cases"):
            yield from _texts(values, ("name",))
        elif table == "member_facts" and values.get("field") == "name":
            yield from _texts(values, ("value",))


def _numbers(told: Iterable[tuple[str, Values]]) -> Iterator[str]:
    for table, values in told:
        if table in ("members", "care_cases", "care_gifts"):
            yield from _texts(values, ("id_number", "phone", "landline", "address", "account"))


def _texts(values: Values, keys: Iterable[str]) -> Iterator[str]:
    yield from (str(values[key]) for key in keys if values.get(key))
