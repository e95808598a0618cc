"""Saving a whole roster: every row finds its member or becomes one, thousands of rows at a time."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from models import audit, initials
from models.errors import FieldError
from models.records import members
from models.records.members import IN_THE_BRANCH, TEXT_FIELDS, Member
from models.records.organisation import Organisation, branch_for, branches, group_for
from models.records.outcomes import Outcome, Values
from models.rules.periods import PartialDate

BULK_FIELDS = tuple(column.name for column in Member.__table__.columns if column.name != "id")


@dataclass
class _Roster:
    """What is known while rows come in: members by identity number and name, organisations by name, rows to add."""

    session: Session
    branch_id: int | None
    by_id: dict[int, Member] = field(default_factory=dict)
    by_number: dict[str, Member] = field(default_factory=dict)
    by_name: defaultdict[str, list[Member]] = field(default_factory=lambda: defaultdict(list))
    branch_ids: dict[str | None, int] = field(default_factory=dict)
    group_ids: dict[tuple[int, str], int] = field(default_factory=dict)
    added: list[dict[str, Any]] = field(default_factory=list)
    added_at: list[int] = field(default_factory=list)
    added_numbers: dict[str, int] = field(default_factory=dict)
    added_names: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))


def save(session: Session, rows: Sequence[Values], branch_id: int | None = None) -> list[Outcome]:
    """Adds or changes one member a row, matched by record number, identity number, then name and birth date.

    A name alone never meets anybody. An empty cell clears a field only in a row that names its record; a date less
    exact than the one known leaves it. Rows without a branch go to `branch_id`. Answers one Outcome a row; refused
    rows save nothing.
    """
    roster = _Roster(session, branch_id)
    for member in session.scalars(select(Member)):
        roster.by_id[member.id] = member
        roster.by_name[member.name].append(member)
        if member.id_number:
            roster.by_number[member.id_number] = member
    outcomes: list[Outcome | None] = []
    for values in rows:
        try:
            outcomes.append(_take(roster, values, len(outcomes)))
        except FieldError as error:
            outcomes.append(Outcome("refused", field=error.field, why=str(error)))
    return _flush(roster, outcomes)


def _take(roster: _Roster, values: Values, position: int) -> Outcome | None:
    """The outcome of one row, or None when it waits to be added at the end."""
    member = _match(roster, values)
    if member is not None:
        return _update(roster, member, values)
    filled = members.completed({key: value for key, value in values.items() if key != "id"})
    if not filled.get("name"):
        raise FieldError("name", "没有姓名。")
    members.require_known_person(filled)
    repeated = _repeated(roster, filled)
    if repeated is not None:
        return repeated
    branch_id = _branch_id(roster, filled.get("branch"))
    row: dict[str, Any] = dict.fromkeys(BULK_FIELDS)
    row.update((key, value) for key, value in filled.items() if key in TEXT_FIELDS)
    row.update(initials=initials.of(filled["name"]), branch_id=branch_id, status=IN_THE_BRANCH, version=1)
    if filled.get("group"):
        row["group_id"] = _group_id(roster, branch_id, filled["group"])
    if row["id_number"]:
        roster.added_numbers[row["id_number"]] = len(roster.added)
    roster.added_names[row["name"]].append(len(roster.added))
    roster.added.append(row)
    roster.added_at.append(position)
    return None


def _match(roster: _Roster, values: Values) -> Member | None:
    number, name = values.get("id_number"), values.get("name")
    if values.get("id"):
        return _by_record_number(roster, values)
    if number and number in roster.by_number:
        member = roster.by_number[number]
        if name and name != member.name:
            raise FieldError("id_number", f"这个身份证号已登记在{member.name}名下，与“{name}”不符，请核对。")
        return member
    born = values.get("birth_date") or (members.completed({"id_number": number}).get("birth_date") if number else None)
    if not name or not born:
        return None
    same = [
        member
        for member in roster.by_name.get(name, ())
        if member.birth_date and member.birth_date.agrees_with(born) and not (number and member.id_number)
    ]
    if len(same) > 1:
        raise FieldError("id_number", f"名册中有 {len(same)} 位同名且出生日期相符的“{name}”，请补填身份证号。")
    return same[0] if same else None


def _by_record_number(roster: _Roster, values: Values) -> Member:
    text = str(values["id"])
    member = roster.by_id.get(int(text)) if text.isdigit() else None
    if member is None:
        raise FieldError("id", f"没有编号为“{text}”的党员；新增的人请把编号留空。")
    same_name = values.get("name") == member.name
    same_number = bool(member.id_number) and values.get("id_number") == member.id_number
    if not same_name and not same_number:
        raise FieldError("id", f"编号 {text} 是{member.name}，与这一行的“{values.get('name') or '空'}”不符。")
    return member


def _update(roster: _Roster, member: Member, values: Values) -> Outcome:
    own = bool(values.get("id"))
    if own and "name" in values and not values["name"]:
        raise FieldError("name", "没有姓名。")
    number = values.get("id_number") or member.id_number
    checked = members.completed(
        {
            "id_number": number,
            "birth_date": values.get("birth_date") or member.birth_date,
            "sex": values.get("sex") or member.sex,
        }
    )
    merged = dict(values) | ({key: checked[key] for key in ("birth_date", "sex") if key in values} if number else {})
    other = roster.by_number.get(values.get("id_number") or "")
    if other is not None and other is not member:
        raise FieldError("id_number", f"这个身份证号已登记在{other.name}名下，请核对。")
    changes = {
        key: value
        for key, value in merged.items()
        if key in TEXT_FIELDS and _differs(getattr(member, key), value, clears=own)
    }
    if merged.get("branch"):
        branch_id = _branch_id(roster, merged["branch"])
        if branch_id != member.branch_id:
            changes["branch_id"] = branch_id
    if merged.get("group"):
        group_id = _group_id(roster, changes.get("branch_id", member.branch_id), merged["group"])
        if group_id != member.group_id:
            changes["group_id"] = group_id
    elif own and "group" in merged and member.group_id is not None:
        changes["group_id"] = None
    if not changes:
        return Outcome("unchanged", member.id)
    if "name" in changes:
        changes["initials"] = initials.of(changes["name"])
    for key, value in changes.items():
        setattr(member, key, value)
    if changes.get("id_number"):
        roster.by_number[changes["id_number"]] = member
    return Outcome("updated", member.id)


def _differs(known: Any, value: Any, clears: bool) -> bool:
    if value is None:
        return clears and known is not None
    if isinstance(known, PartialDate) and isinstance(value, PartialDate):
        return value != known and not (value.agrees_with(known) and len(str(value)) < len(str(known)))
    return bool(value != known)


def _repeated(roster: _Roster, filled: Mapping[str, Any]) -> Outcome | None:
    """What becomes of a row whose person an earlier row of the same file has already brought."""
    earlier = roster.added_numbers.get(filled.get("id_number") or "")
    if earlier is None:
        born = filled.get("birth_date")
        for index in roster.added_names.get(filled["name"], ()):
            row = roster.added[index]
            if (
                row["birth_date"]
                and born
                and row["birth_date"].agrees_with(born)
                and not (row["id_number"] and filled.get("id_number"))
            ):
                earlier = index
    if earlier is None:
        return None
    row = roster.added[earlier]
    if row["name"] != filled["name"]:
        raise FieldError("id_number", f"身份证号与前面的{row['name']}相同，请核对。")
    if any(_differs(row[key], value, clears=False) for key, value in filled.items() if key in TEXT_FIELDS):
        raise FieldError("name", f"“{filled['name']}”在文件中出现两次而内容不同，前一行已取用，请核对这一行。")
    return Outcome("unchanged")


def _branch_id(roster: _Roster, name: str | None) -> int:
    if name not in roster.branch_ids:
        if name:
            roster.branch_ids[name] = branch_for(roster.session, name).id
        elif roster.branch_id is not None:
            roster.branch_ids[name] = roster.branch_id
        else:
            known = branches(roster.session)
            if len(known) != 1:
                raise FieldError("branch", "没有写明所在党支部，请填写或在导入时选定支部。")
            roster.branch_ids[name] = known[0].id
    return roster.branch_ids[name]


def _group_id(roster: _Roster, branch_id: int, name: str) -> int:
    key = (branch_id, name)
    if key not in roster.group_ids:
        branch = roster.session.get_one(Organisation, branch_id)
        roster.group_ids[key] = group_for(roster.session, branch, name).id
    return roster.group_ids[key]


def _flush(roster: _Roster, outcomes: Sequence[Outcome | None]) -> list[Outcome]:
    """Adds the waiting rows in bulk with their audit lines and fills the places of their outcomes."""
    roster.session.flush()
    settled = list(outcomes)
    if roster.added:
        statement = insert(Member).returning(Member.id, sort_by_parameter_order=True)
        ids = list(roster.session.scalars(statement, roster.added))
        audit.note_added(roster.session, Member, zip(ids, roster.added, strict=True))
        for position, member_id in zip(roster.added_at, ids, strict=True):
            settled[position] = Outcome("added", member_id)
    return [outcome for outcome in settled if outcome is not None]
