"""Saving a whole roster: every row finds its member or becomes one, thousands of rows at a time."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from models import audit, initials
from models.errors import FieldError
from models.records.members import members
from models.records.members.facts import OpenFacts, Turn, require_past, snapshot
from models.records.members.members import IN_THE_BRANCH, TEXT_FIELDS, Member
from models.records.members.placing import Place, Places, require_few
from models.records.outcomes import Outcome, Values
from models.rules import identity
from models.rules.identity import in_eighteen, is_old_number
from models.rules.periods import PartialDate

IDENTITY = ("id_number", "birth_date", "sex")
BULK_FIELDS = tuple(column.name for column in Member.__table__.columns if column.name != "id")


@dataclass
class _Roster:
    """What is known while rows come in: members by identity number and name, the places for them, rows to add.

    Numbers are known by their eighteen digits, so that a number of fifteen meets its owner; `met` holds the members
    that earlier rows have brought.
    """

    session: Session
    places: Places
    facts: OpenFacts
    turn: Turn | None
    by_id: dict[int, Member] = field(default_factory=dict)
    by_number: dict[str, Member] = field(default_factory=dict)
    by_name: defaultdict[str, list[Member]] = field(default_factory=lambda: defaultdict(list))
    added: list[dict[str, Any]] = field(default_factory=list)
    added_at: list[int] = field(default_factory=list)
    added_numbers: dict[str, int] = field(default_factory=dict)
    added_names: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    met: set[int] = field(default_factory=set)

    def knows(self, member: Member) -> None:
        self.by_id[member.id] = member
        self.by_name[member.name].append(member)
        if member.id_number:
            self.by_number[in_eighteen(member.id_number)] = member


def save(
    session: Session, rows: Sequence[Values], branch_id: int | None = None, turn: Turn | None = None
) -> list[Outcome]:
    """Adds or changes one member a row, matched by record number, identity number, then name and birth date.

    A name alone never meets anybody. A record number counts only where name or identity number agrees with the
    record: a roster of another file has numbers of its own. An empty cell clears a field only in a row that names its
    record; a date less exact than the one known leaves it. Rows without a branch go to `branch_id`. `turn` says since
    when what the rows change is so. Answers one Outcome a row; refused rows save nothing, and leave no branch or group
    behind.
    """
    require_few(rows)
    places = Places(session, branch_id, {values.get("branch") for values in rows})
    roster = _Roster(session, places, OpenFacts(session), turn)
    for member in session.scalars(select(Member).order_by(Member.id)):
        roster.knows(member)
    outcomes: list[Outcome | None] = []
    for values in rows:
        try:
            outcomes.append(_take(roster, values, len(outcomes)))
        except FieldError as error:
            outcomes.append(Outcome("refused", field=error.field, why=str(error)))
    return _flush(roster, outcomes)


def _take(roster: _Roster, values: Values, position: int) -> Outcome | None:
    """The outcome of one row, or None when it waits to be added at the end."""
    numbered = _numbered(roster, values)
    member = numbered or _match(roster, values)
    if member is not None:
        return _update(roster, member, values, clears=numbered is not None)
    filled = members.completed({key: value for key, value in values.items() if key != "id"})
    if not filled.get("name"):
        raise FieldError("name", "没有姓名。")
    members.require_known_person(filled)
    repeated = _repeated(roster, filled)
    if repeated is not None:
        return repeated
    branch_id, group_id = roster.places.made(roster.places.of(filled.get("branch"), filled.get("group")))
    row: dict[str, Any] = dict.fromkeys(BULK_FIELDS)
    row.update((key, value) for key, value in filled.items() if key in TEXT_FIELDS)
    row.update(branch_id=branch_id, group_id=group_id)
    row.update(initials=initials.of(filled["name"]), status=IN_THE_BRANCH, version=1)
    if row["id_number"]:
        roster.added_numbers[in_eighteen(row["id_number"])] = len(roster.added)
    roster.added_names[row["name"]].append(len(roster.added))
    roster.added.append(row)
    roster.added_at.append(position)
    return None


def _numbered(roster: _Roster, values: Values) -> Member | None:
    """The member of the record number in the row, where name or identity number says that it is the same person.

    Of two of one name it is not the numbered one where the birth date is that of the other: the number is of elsewhere.
    """
    text = str(values.get("id") or "")
    member = roster.by_id.get(int(text)) if text.isdecimal() and len(text) < 10 else None
    if member is None:
        return None
    if bool(member.id_number) and _same_number(values.get("id_number"), member.id_number):
        return member
    if values.get("name") != member.name:
        return None
    born = _born(values)
    contradicted = born is not None and member.birth_date is not None and not member.birth_date.agrees_with(born)
    return None if contradicted and _match(roster, values) is not None else member


def _same_number(one: str | None, other: str | None) -> bool:
    return bool(one and other) and in_eighteen(one or "") == in_eighteen(other or "")


def _born(values: Values) -> PartialDate | None:
    number = values.get("id_number")
    born: PartialDate | None = values.get("birth_date") or (identity.birth_date(number) if number else None)
    return born


def _match(roster: _Roster, values: Values) -> Member | None:
    number, name = values.get("id_number"), values.get("name")
    member = roster.by_number.get(in_eighteen(number)) if number else None
    if member is not None:
        if name and name != member.name:
            raise FieldError("id_number", f"这个身份证号已登记在{member.name}名下，与“{name}”不符，请核对。")
        return member
    born = _born(values)
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


def _update(roster: _Roster, member: Member, values: Values, clears: bool) -> Outcome:
    changes = _changes(roster, member, values, clears)
    known, place = Place(member.branch_id, member.group_id), _place(roster.places, member, values, clears)
    if not changes and place == known:
        roster.met.add(member.id)
        return Outcome("unchanged", member.id)
    if member.id in roster.met:
        raise FieldError("name", f"“{member.name}”在文件中出现两次而内容不同，前一行已取用，请核对这一行。")
    if member.status != IN_THE_BRANCH:
        raise FieldError("name", f"{member.name}已于 {member.left_on} {member.status}，如已回来请先恢复在册。")
    turn = _turn(roster, values)
    roster.met.add(member.id)
    before = snapshot(member)
    if "name" in changes:
        changes["initials"] = initials.of(changes["name"])
    for key, value in changes.items():
        setattr(member, key, value)
    if place != known:
        member.branch_id, member.group_id = roster.places.made(place)
    if changes.get("id_number"):
        roster.by_number[in_eighteen(changes["id_number"])] = member
    after = snapshot(member)
    if after != before:
        roster.facts.note(member.id, before, after, turn)
    return Outcome("updated", member.id)


def _turn(roster: _Roster, values: Values) -> Turn | None:
    """Since when and why what a row changes is so: as the row says, else as is said for all.

    A date known to the month or the year begins with its first day. FieldError for a day that is still to come.
    """
    turn, since = roster.turn, values.get("changed_on")
    if turn is None or since is None:
        return turn
    require_past("changed_on", since.earliest, turn.on)
    return replace(turn, on=since.earliest, reason=values.get("change_reason") or turn.reason)


def _changes(roster: _Roster, member: Member, values: Values, clears: bool) -> dict[str, Any]:
    """What the row changes in the member's own fields; `clears` lets empty cells empty a field."""
    person = {key: getattr(member, key) for key in IDENTITY}
    person |= {key: values[key] for key in IDENTITY if values.get(key) is not None or (key in values and clears)}
    person["id_number"] = values.get("id_number") or member.id_number
    checked = members.completed({"dues_base": values.get("dues_base")} | person)
    if clears and "name" in values and not values["name"]:
        raise FieldError("name", "没有姓名。")
    _require_free(roster, member, values.get("id_number"))
    merged = dict(values)
    if checked["id_number"]:
        merged |= {key: checked[key] for key in ("birth_date", "sex") if key in values or values.get("id_number")}
    changes = {
        key: value
        for key, value in merged.items()
        if key in TEXT_FIELDS and _differs(getattr(member, key), value, clears)
    }
    if _same_number(changes.get("id_number"), member.id_number) and is_old_number(changes["id_number"]):
        del changes["id_number"]
    members.require_known_person({key: changes.get(key, getattr(member, key)) for key in IDENTITY})
    return changes


def _require_free(roster: _Roster, member: Member, number: str | None) -> None:
    """FieldError when the number is somebody else's, in the file or in an earlier row."""
    if not number:
        return
    other = roster.by_number.get(in_eighteen(number), member)
    waiting = roster.added_numbers.get(in_eighteen(number))
    if other is not member or waiting is not None:
        name = other.name if waiting is None else roster.added[waiting]["name"]
        raise FieldError("id_number", f"这个身份证号已登记在{name}名下，请核对。")


def _place(places: Places, member: Member, values: Values, clears: bool) -> Place:
    """Where the row puts a member: a group is left with its branch, or where a row may clear it."""
    branch = places.branch(values.get("branch")) or member.branch_id
    if values.get("group"):
        return Place(branch, places.group(branch, values["group"]))
    leaves = branch != member.branch_id or ("group" in values and clears)
    return Place(branch, None if leaves else member.group_id)


def _differs(known: Any, value: Any, clears: bool) -> bool:
    if value is None:
        return clears and known is not None
    if isinstance(known, PartialDate) and isinstance(value, PartialDate):
        return value != known and not (value.agrees_with(known) and len(str(value)) < len(str(known)))
    return bool(value != known)


def _repeated(roster: _Roster, filled: Mapping[str, Any]) -> Outcome | None:
    """What becomes of a row whose person an earlier row of the same file has already brought."""
    number = filled.get("id_number")
    earlier = roster.added_numbers.get(in_eighteen(number)) if number else None
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
    branch = roster.places.branch(filled.get("branch")) or row["branch_id"]
    group = roster.places.group(branch, filled["group"]) if filled.get("group") else row["group_id"]
    elsewhere = (branch, group) != (row["branch_id"], row["group_id"])
    if elsewhere or any(_differs(row[key], value, clears=False) for key, value in filled.items() if key in TEXT_FIELDS):
        raise FieldError("name", f"“{filled['name']}”在文件中出现两次而内容不同，前一行已取用，请核对这一行。")
    return Outcome("unchanged")


def _flush(roster: _Roster, outcomes: Sequence[Outcome | None]) -> list[Outcome]:
    """Adds the waiting rows in bulk with their audit lines and fills the places of their outcomes."""
    roster.session.flush()
    settled = list(outcomes)
    if roster.added:
        first = _first_free_number(roster.session)
        ids = range(first, first + len(roster.added))
        roster.session.execute(
            insert(Member), [row | {"id": number} for number, row in zip(ids, roster.added, strict=True)]
        )
        audit.note_added(roster.session, Member, zip(ids, roster.added, strict=True))
        for position, member_id in zip(roster.added_at, ids, strict=True):
            settled[position] = Outcome("added", member_id)
    return [outcome for outcome in settled if outcome is not None]


def _first_free_number(session: Session) -> int:
    """The first record number above all that members have or ever had: the trail still speaks of those removed.

    The numbers are given here because answering them from the database costs more with every row (ten thousand
    took three seconds); the transaction holds the file, so nobody else gives the same.
    """
    kept = session.scalar(select(func.max(Member.id))) or 0
    named = select(func.max(audit.Change.record_id)).where(audit.Change.table_name == Member.__tablename__)
    return max(kept, session.scalar(named) or 0) + 1
