"""Members: the person as the national entry card and the roster know them, and the verbs of joining and leaving."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import initials, variants
from models.base import Record, numbered
from models.codes import LEFT_REASON
from models.errors import FieldError, UserError
from models.kinds import ID_NUMBER, NAME, Kind, tidy
from models.kinds.words import LONGEST_NAME
from models.records import erasures
from models.records.members import facts
from models.records.members.facts import Turn
from models.records.members.organisation import Organisation, branch_for, group_for, own_branch
from models.rules import identity
from models.rules.periods import Month, PartialDate

IN_THE_BRANCH = "在册"
PAST_DAYS = ("birth_date", "work_started_on", "joined_on", "full_member_on", "lost_since", "transferred_in_on")
PROBATIONARY, FULL = "预备党员", "正式党员"
TRANSFERRED_IN = "转入"
REJOINED = (TRANSFERRED_IN, "恢复党籍", "其他")


class Member(Record):
    """One member; `status` is 在册 or the reason for which the member left; dates are as exact as they are known."""

    __tablename__ = "members"

    name: Mapped[str]
    initials: Mapped[str]
    sex: Mapped[str | None]
    ethnicity: Mapped[str | None]
    birth_date: Mapped[PartialDate | None]
    id_number: Mapped[str | None] = mapped_column(unique=True)
    native_place: Mapped[str | None]
    education: Mapped[str | None]
    degree: Mapped[str | None]
    work_started_on: Mapped[PartialDate | None]
    joined_on: Mapped[PartialDate | None]
    full_member_on: Mapped[PartialDate | None]
    category: Mapped[str | None]
    branch_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    post: Mapped[str | None]
    rank: Mapped[str | None]
    party_post: Mapped[str | None]
    phone: Mapped[str | None]
    address: Mapped[str | None]
    dues_category: Mapped[str | None]
    dues_base: Mapped[Decimal | None]
    remark: Mapped[str | None]
    position: Mapped[str | None]
    landline: Mapped[str | None]
    party_status: Mapped[str | None]
    is_lost: Mapped[bool | None]
    lost_since: Mapped[PartialDate | None]
    is_floating: Mapped[bool | None]
    floating_to: Mapped[str | None]
    joined_how: Mapped[str | None]
    joined_at: Mapped[str | None]
    full_member_how: Mapped[str | None]
    probation_until: Mapped[PartialDate | None]
    seniority_correction: Mapped[int | None]
    new_stratum: Mapped[str | None]
    technical_post: Mapped[str | None]
    is_migrant_worker: Mapped[bool | None]
    household_place: Mapped[str | None]
    transferred_in_on: Mapped[PartialDate | None]
    dues_from: Mapped[Month | None]
    status: Mapped[str] = mapped_column(default=IN_THE_BRANCH)
    left_on: Mapped[date | None]
    left_to: Mapped[str | None]
    dues_until: Mapped[Month | None]


TEXT_FIELDS = frozenset(
    column.name for column in Member.__table__.columns if column.name not in {"id", "version", "branch_id", "group_id"}
)


def add(session: Session, values: Mapping[str, Any]) -> Member:
    """Adds a member; `values` by roster field, `branch` and `group` by name. FieldError for an unsound value."""
    values = completed(values)
    if not values.get("name"):
        raise FieldError("name", "请填写姓名。")
    require_known_person(values)
    member = Member(status=IN_THE_BRANCH)
    _assign(session, member, values)
    session.add(member)
    session.flush()
    return member


def change(session: Session, member_id: int, values: Mapping[str, Any], turn: Turn | None = None) -> Member:
    """Changes the given fields of a member and no others; FieldError for an unsound value.

    `turn` says from which day and why what is followed over time is different; without it everything is a correction.
    """
    erasures.require_known(session, member_id)
    member = find_by_id(session, member_id)
    before = facts.snapshot(member)
    merged = completed(
        {"id_number": member.id_number, "birth_date": member.birth_date, "sex": member.sex} | dict(values)
    )
    changed = {key: merged[key] for key in values} | {
        key: merged[key] for key in ("birth_date", "sex") if "id_number" in values
    }
    if "name" in values and not values["name"]:
        raise FieldError("name", "请填写姓名。")
    _assign(session, member, changed)
    note(session, member, before, turn)
    return member


def verify(session: Session, member_id: int, values: Mapping[str, Any]) -> None:
    """FieldError for a change that `change` would refuse, before anything is changed."""
    member = find_by_id(session, member_id)
    completed({"id_number": member.id_number, "birth_date": member.birth_date, "sex": member.sex} | dict(values))
    if "name" in values and not values["name"]:
        raise FieldError("name", "请填写姓名。")
    _require_own_number(session, member.id, values.get("id_number"))


def note(session: Session, member: Member, before: facts.Snapshot, turn: Turn | None) -> None:
    """Writes down what is different about a member since `before`."""
    session.flush()
    after = facts.snapshot(member)
    if after != before:
        facts.OpenFacts(session, member.id).note(member.id, before, after, turn)
        session.flush()


def leave(
    session: Session, member_id: int, reason: str, on: date, to: str | None = None, dues_until: Month | None = None
) -> None:
    """A member leaves the branch: transferred, died, removed …; dues stop after `dues_until` (default: that month)."""
    member = find_by_id(session, member_id)
    if member.status != IN_THE_BRANCH:
        raise UserError(f"{member.name}已于 {member.left_on} {member.status}，不能再次登记离开。")
    if reason not in LEFT_REASON.options:
        raise FieldError("reason", f"离开原因应为{'、'.join(LEFT_REASON.options)}。")
    before = facts.snapshot(member)
    member.status = reason
    member.left_on = on
    member.left_to = to
    member.dues_until = dues_until or Month.of(on)
    note(session, member, before, Turn(on, to))


def come_back(session: Session, member_id: int) -> None:
    """Takes back a leaving entered by mistake."""
    erasures.require_known(session, member_id)
    member = find_by_id(session, member_id)
    before = facts.snapshot(member)
    member.status, member.left_on, member.left_to, member.dues_until = IN_THE_BRANCH, None, None, None
    note(session, member, before, None)


def rejoin(session: Session, member_id: int, on: date, how: str) -> None:
    """Somebody who had left is in the branch again from the day: transferred back, or the membership was restored.

    Dues begin with that month, after a transfer with the next; the months between stay as they are.
    """
    erasures.require_known(session, member_id)
    member = find_by_id(session, member_id)
    if member.status == IN_THE_BRANCH:
        raise UserError(f"{member.name}现在就在册，不用登记回来。")
    if how not in REJOINED:
        raise FieldError("how", f"回来的原因应为{'、'.join(REJOINED)}。")
    if member.left_on is not None and on < member.left_on:
        raise FieldError("on", f"回来的日期不能早于离开的日期 {member.left_on}。")
    before = facts.snapshot(member)
    member.status, member.left_on, member.left_to, member.dues_until = IN_THE_BRANCH, None, None, None
    member.dues_from = Month.of(on) + (how == TRANSFERRED_IN)
    note(session, member, before, Turn(on, how))


def completed(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with birth date and sex filled in from the identity number; FieldError where they contradict it.

    A base of dues below zero is refused too.
    """
    filled = dict(values)
    base = filled.get("dues_base")
    if base is not None and base < 0:
        raise FieldError("dues_base", f"缴费基数 {base:.2f} 是负数，请核对。")
    number = filled.get("id_number")
    if not number:
        return filled
    born, sex = identity.birth_date(number), identity.sex(number)
    typed = filled.get("birth_date")
    if born is not None and typed is not None and not born.agrees_with(typed):
        raise FieldError("birth_date", f"出生日期 {typed} 与身份证号中的 {born} 不一致，请核对。")
    if filled.get("sex") and filled["sex"] != sex:
        raise FieldError("sex", f"性别“{filled['sex']}”与身份证号（{sex}）不一致，请核对。")
    filled["birth_date"] = born or typed
    filled["sex"] = sex
    return filled


def require_known_person(values: Mapping[str, Any]) -> None:
    """FieldError unless there is an identity number or a birth date: a name alone tells nobody apart."""
    if not values.get("id_number") and not values.get("birth_date"):
        raise FieldError("id_number", "没有身份证号，也没有出生日期，无法确认是哪一位，请补填其中一项。")


def _assign(session: Session, member: Member, values: Mapping[str, Any]) -> None:
    _require_own_number(session, member.id, values.get("id_number"))
    for key, value in values.items():
        if key in TEXT_FIELDS and getattr(member, key) != value:
            setattr(member, key, value)
    if "name" in values:
        member.initials = initials.of(values["name"])
    if values.get("branch") or member.branch_id is None:
        name = values.get("branch")
        member.branch_id = (branch_for(session, name) if name else own_branch(session)).id
    if "group" in values:
        branch = session.get_one(Organisation, member.branch_id)
        member.group_id = group_for(session, branch, values["group"]).id if values["group"] else None


def _require_own_number(session: Session, member_id: int | None, number: str | None) -> None:
    """FieldError when the identity number is somebody else's."""
    if not number:
        return
    other = session.scalars(select(Member).where(Member.id_number == number, Member.id != (member_id or 0))).first()
    if other is not None:
        raise FieldError("id_number", f"这个身份证号已登记在{other.name}名下，请核对。")


def find_by_id(session: Session, member_id: int) -> Member:
    """The member of this number; UserError when there is none."""
    return numbered(session, Member, member_id, "党员")


def find(session: Session, key: str) -> Member:
    """The member meant by a record number, an identity number or a name; UserError when nobody or several are meant.

    Of several with one name, those in the branch are meant, or the one that `told_apart` names.
    """
    key = key.strip()
    if key.isdecimal() and len(key) < 10:
        return find_by_id(session, int(key))
    name, marks = split_marks(key)
    named = or_(Member.id_number == _read(ID_NUMBER, key), Member.name == _read(NAME, name))
    found = [each for each in session.scalars(select(Member).where(named)) if marks <= marks_known(session, each)]
    present = [member for member in found if member.status == IN_THE_BRANCH] or found
    if not present:
        raise UserError(f"没有找到党员“{key}”。")
    if len(present) > 1:
        numbers = "、".join(str(member.id) for member in present)
        ways = "、".join(told_apart(session, member) for member in present)
        raise UserError(f"有 {len(present)} 位党员叫“{key}”（编号 {numbers}），请改用编号或身份证号，或者写成{ways}。")
    return present[0]


def marks_of(session: Session, member: Member) -> list[str]:
    """What tells a member from another of the same name: branch, month of birth, end of the identity number."""
    known = (
        session.get_one(Organisation, member.branch_id).name,
        str(member.birth_date)[:7] if member.birth_date is not None else "",
        member.id_number[-4:] if member.id_number else "",
        "" if member.status == IN_THE_BRANCH else member.status,
    )
    return [mark for mark in known if mark]


def marks_known(session: Session, member: Member) -> set[str]:
    """Every mark by which a member may be named: those of `marks_of`, and what the search shows besides."""
    besides = f"{member.post or ''} {member.birth_date or ''} 尾号"
    return {*marks_of(session, member), *besides.split()}


def told_apart(session: Session, member: Member) -> str:
    """王伟（第一党支部、1985-03、1234）, as `find` reads it."""
    return f"{member.name}（{'、'.join(marks_of(session, member))}）"


def split_marks(text: str) -> tuple[str, set[str]]:
    """The name and the marks of a text like that of `told_apart`; a plain name has none."""
    name, bracket, rest = text.partition("（")
    marks = rest.removesuffix("）").split("、") if bracket else []
    return name, {mark.strip() for mark in marks if mark.strip()}


def _read(kind: Kind, text: str) -> str:
    """The text as a value of the kind; where it cannot be one, the empty text, which no member has."""
    try:
        return kind.read(text) or ""
    except ValueError:
        return ""


def search(session: Session, text: str, limit: int = 20) -> Sequence[Member]:
    """Members whose name contains the text in any spelling, whose initials begin or whose identity number ends so."""
    text = tidy(text)
    if not text or len(text) > LONGEST_NAME:
        return []
    wanted = or_(
        Member.name.bool_op("GLOB")(variants.glob(text)),
        Member.initials.startswith(text.lower(), autoescape=True),
        Member.id_number.endswith(text.upper(), autoescape=True),
    )
    present_first = (Member.status != IN_THE_BRANCH, Member.id)
    return session.scalars(select(Member).where(wanted).order_by(*present_first).limit(limit)).all()
