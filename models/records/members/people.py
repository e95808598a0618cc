"""The members whom rows of a list mean, by identity number and by name."""

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import FieldError
from models.records.members.members import IN_THE_BRANCH, Member, marks_known, marks_of, split_marks
from models.records.members.organisation import plain
from models.records.outcomes import Values
from models.rules.identity import in_eighteen


class People:
    """The members of a file by identity number and by name, for rows that name them."""

    def __init__(self, session: Session, branch_id: int | None) -> None:
        chosen = select(Member) if branch_id is None else select(Member).where(Member.branch_id == branch_id)
        self._session = session
        self._by_number: dict[str, Member] = {}
        self._by_name: defaultdict[str, list[Member]] = defaultdict(list)
        for member in session.scalars(chosen):
            self._by_name[member.name].append(member)
            if member.id_number:
                self._by_number[in_eighteen(member.id_number)] = member

    def named(self, values: Values) -> Member:
        """The member a row names; FieldError when nobody or several are meant, or name and number disagree.

        Of several with one name, those in the branch are meant.
        """
        number, name = values.get("id_number"), values.get("name")
        if number:
            member = self._by_number.get(in_eighteen(number))
            if member is None:
                raise FieldError("id_number", "名册中没有这个身份证号的党员。")
            if name and name != member.name:
                raise FieldError("name", f"身份证号登记在{member.name}名下，与“{name}”不符。")
            return member
        if not name:
            raise FieldError("name", "没有姓名，也没有身份证号。")
        bare, marks = split_marks(name)
        everyone = self._by_name.get(bare, [])
        found = [member for member in everyone if member.status == IN_THE_BRANCH] or everyone
        if len(found) > 1:
            found = [member for member in found if self._is_meant(member, values, marks)] or found
        if len(found) != 1:
            why = f"名册中没有党员“{name}”。" if not found else f"名册中有 {len(found)} 位“{name}”，请填写身份证号。"
            raise FieldError("name", why)
        return found[0]

    def _is_meant(self, member: Member, values: Values, marks: set[str]) -> bool:
        """Whether branch, birth date and the marks behind the name, as far as a row has them, are this member's."""
        own = marks_of(self._session, member)
        born = values.get("birth_date")
        return (
            marks <= marks_known(self._session, member)
            and (not values.get("branch") or plain(values["branch"]) == plain(own[0]))
            and (born is None or (member.birth_date is not None and member.birth_date.agrees_with(born)))
        )
