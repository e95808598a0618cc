"""Members of one name, told apart by the first thing in which they differ."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from models.records.members.members import Member


def distinct_names(members: Iterable[Member], branches: Mapping[int, str]) -> dict[int, str]:
    """The names of those who share theirs, by number: 王伟（第一党支部）, 王伟（1985-03）, 王伟（尾号 1234）."""
    sharing: defaultdict[str, list[Member]] = defaultdict(list)
    for member in members:
        sharing[member.name].append(member)
    told: dict[int, str] = {}
    for name, group in sharing.items():
        if len(group) > 1:
            marks = _marks(group, branches)
            told |= {member.id: f"{name}（{mark}）" for member, mark in zip(group, marks, strict=True)}
    return told


def _marks(group: list[Member], branches: Mapping[int, str]) -> list[str]:
    """For each of a group the mark of the first kind that differs for all of them; the record's number always does."""
    kinds = (
        [branches.get(member.branch_id, "") for member in group],
        [str(member.birth_date)[:7] if member.birth_date is not None else "" for member in group],
        [f"尾号 {member.id_number[-4:]}" if member.id_number else "" for member in group],
    )
    for marks in kinds:
        if all(marks) and len(set(marks)) == len(marks):
            return marks
    return [f"编号 {member.id}" for member in group]
