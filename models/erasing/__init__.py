"""Erasing a person: what the file knows of somebody who left goes for good, while books, counts and trail still agree.

The person's records stay as numbers under a word that is no name, so that money, attendances and ballots are counted
as before. The lines of the trail lose what they told of the person; the hashes between them stay, and the erasure
itself writes down the fingerprint of what was left of each, so that a line altered by anybody else still shows. Old
backups, files that were exported and paper are out of reach.

Those hashes have no key, and one kept in the file would change nothing: whoever holds the decrypted file would hold it
too. With both, a guess at a line as it was written can be tried, the whole of it: every value of a record that was
added, but of a change no more than what was changed, so a name or a number alone where nothing else was. What guards
against that is the file's password. A random salt in each line, which goes with its words, would end it; it would be
another form of the trail.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import audit
from models.erasing import belongings, traces
from models.erasing.belongings import Belongings
from models.erasing.traces import Traces
from models.erasing.words import Words
from models.errors import UserError
from models.records import erasures, variants
from models.records.care import cases as care_cases
from models.records.care.cases import CareCase
from models.records.erasures import Erasure
from models.records.members.members import IN_THE_BRANCH, Member, find_by_id
from models.rules import care


@dataclass(frozen=True)
class Plan:
    """What an erasure will do: how many records are the person's own, by table, and names that others bear too."""

    name: str
    records: dict[str, int]
    ambiguous: tuple[str, ...]


def plan_member(session: Session, member_id: int) -> Plan:
    """What erasing a member will do; UserError for one who is in the branch or was erased before."""
    member = _erasable(session, member_id)
    return _plan(session, member.name, belongings.of_member(session, member_id))


def plan_case(session: Session, case_id: int) -> Plan:
    """What erasing the person of a case will do; UserError for a member, and for a case that has not ended."""
    case = _ended(session, case_id)
    return _plan(session, case.name or "", belongings.of_case(session, case_id))


def erase_member(session: Session, member_id: int, today: date) -> Erasure:
    """Erases a member who left, within the session's transaction; it can never be undone.

    The file should be scrubbed afterwards (`Database.scrub`), so that nothing stays in its unused places.
    """
    _erasable(session, member_id)
    own = belongings.of_member(session, member_id)
    for number in own.records["members"]:
        for value in variants.values_of_member(session, number).values():
            session.delete(value)
    return _erase(session, own, today, erasures.member(member_id))


def erase_case(session: Session, case_id: int, today: date) -> Erasure:
    """Erases the person of a case who is no member, otherwise as `erase_member`."""
    _ended(session, case_id)
    return _erase(session, belongings.of_case(session, case_id), today, _told_case(case_id))


def _erase(session: Session, own: Belongings, today: date, whose: str) -> Erasure:
    assert isinstance(session, audit.AuditedSession)
    session.flush()
    found = Traces(own, _words(session, own))
    prints = traces.rewrite_trail(session, found)
    traces.rewrite_tables(session, found)
    session.lines[:] = [found.line(line) for line in session.lines]
    session.expire_all()
    erasure = Erasure(on=today, whose=whose, lines=json.dumps(prints, separators=(",", ":")))
    session.add(erasure)
    session.flush()
    return erasure


def _plan(session: Session, name: str, own: Belongings) -> Plan:
    counted = {table: len(numbers) for table, numbers in own.records.items()}
    return Plan(name, counted, _words(session, own).ambiguous)


def _words(session: Session, own: Belongings) -> Words:
    return Words(own.names, own.numbers, _other_names(session, own))


def _other_names(session: Session, own: Belongings) -> Iterable[str]:
    for record_type in (Member, CareCase):
        mine = own.records.get(record_type.__tablename__, {})
        for number, name in session.execute(select(record_type.id, record_type.name)):
            if number not in mine and name:
                yield name


def _erasable(session: Session, member_id: int) -> Member:
    member = find_by_id(session, member_id)
    if member.status == IN_THE_BRANCH:
        raise UserError(f"{member.name}现在在册，个人信息不能删除；请先登记转出或离开。")
    _require_first(session, erasures.member(member_id))
    return member


def _ended(session: Session, case_id: int) -> CareCase:
    case = care_cases.find(session, case_id)
    if case.member_id is not None:
        raise UserError("这一位是党员，请在“党员”页里删除个人信息。")
    if care.CLOSED not in {step.kind for step in care_cases.steps_of(session, case_id)}:
        raise UserError(f"{case.name}的帮扶还没有退出，个人信息不能删除；请先登记退出。")
    _require_first(session, _told_case(case_id))
    return case


def _require_first(session: Session, whose: str) -> None:
    """UserError where the person was erased before."""
    if erasures.is_erased(session, whose):
        raise UserError("这一位的个人信息已经删除过了。")


def _told_case(case_id: int) -> str:
    return f"帮扶对象（编号 {case_id}）"
