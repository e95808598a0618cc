"""The roster: all fields of a member for exchange, and form F10 for paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, make_dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import codes
from models.kinds import CODE, FLAG, ID_NUMBER, MONEY, MONTH, NAME, NUMBER, PARTIAL_DAY, PHONE, TEXT
from models.ledger import LINES_OF_A_DAY, Column, Ledger, Outcome, Values, View
from models.records.members import roster
from models.records.members.facts import Turn
from models.records.members.members import FULL, IN_THE_BRANCH, PROBATIONARY, Member
from models.records.members.organisation import Organisation
from models.records.members.timeline import Timeline
from models.rules.periods import PartialDate

PERSON_COLUMNS = (
    Column("name", "姓名", NAME, 10, required=True),
    Column("sex", "性别", codes.SEX, 6),
    Column("ethnicity", "民族", codes.ETHNICITY, 8),
    Column("birth_date", "出生日期", PARTIAL_DAY, 11),
    Column("id_number", "公民身份号码", ID_NUMBER, 20),
    Column("native_place", "籍贯", TEXT, 14),
    Column("education", "学历", codes.EDUCATION, 10),
    Column("degree", "学位", codes.DEGREE, 8),
    Column("work_started_on", "参加工作时间", PARTIAL_DAY, 11),
    Column("joined_on", "入党时间", PARTIAL_DAY, 11),
    Column("full_member_on", "转正时间", PARTIAL_DAY, 11),
    Column("category", "人员类别", codes.CATEGORY, 10),
    Column("branch", "所在党支部", TEXT, 14),
    Column("post", "工作单位及职务", TEXT, 18),
    Column("rank", "职级", TEXT, 12),
    Column("party_post", "党内职务", codes.PARTY_POST, 10),
    Column("group", "所在党小组", TEXT, 12),
    Column("phone", "联系电话", PHONE, 14),
    Column("address", "家庭住址", TEXT, 24),
    Column("dues_category", "党费类别", codes.DUES_CATEGORY, 10),
    Column("dues_base", "缴费基数", MONEY, 11),
    Column("remark", "备注", TEXT, 14),
)
CARD_COLUMNS = (
    Column("position", "工作岗位", codes.POSITION, 10),
    Column("landline", "固定电话", PHONE, 14),
    Column("party_status", "党籍状态", codes.PARTY_STATUS, 10),
    Column("is_lost", "是否为失联党员", FLAG, 8),
    Column("lost_since", "失去联系日期", PARTIAL_DAY, 11),
    Column("is_floating", "是否为流动党员", FLAG, 8),
    Column("floating_to", "外出流向", TEXT, 14),
    Column("joined_how", "入党类型", TEXT, 10),
    Column("joined_at", "入党时所在支部", TEXT, 14),
    Column("full_member_how", "转正情况", TEXT, 10),
    Column("probation_until", "延长预备期至", PARTIAL_DAY, 11),
    Column("seniority_correction", "党龄校正值", NUMBER, 8),
    Column("new_stratum", "新社会阶层类型", TEXT, 10),
    Column("technical_post", "从事专业技术职务", TEXT, 12),
    Column("is_migrant_worker", "是否农民工", FLAG, 8),
    Column("household_place", "户籍所在地", TEXT, 18),
    Column("transferred_in_on", "组织关系转入时间", PARTIAL_DAY, 11),
    Column("dues_from", "党费起交月", MONTH, 9),
)
CHANGE_COLUMNS = (
    Column("changed_on", "变动日期", PARTIAL_DAY, 11),
    Column("change_reason", "变动原因", TEXT, 14),
)
RECORD_NUMBER = Column("id", "编号", CODE, 6, entered=False)
ROSTER_FIELDS = tuple(column.key for column in PERSON_COLUMNS)
MemberRow = make_dataclass(
    "MemberRow",
    [
        *("id", "version", "branch_id", "status", "initials"),
        *(column.key for column in PERSON_COLUMNS + CARD_COLUMNS + CHANGE_COLUMNS),
    ],
    frozen=True,
    slots=True,
)


def member_rows(session: Session, view: View, everyone: bool = False) -> list[Any]:
    """The members of a view in order of branch and entry, as immutable rows; `everyone` with those who left."""
    chosen = select(Member).order_by(Member.branch_id, Member.id)
    if view.branch_id is not None:
        chosen = chosen.where(Member.branch_id == view.branch_id)
    if not everyone:
        chosen = chosen.where(Member.status == IN_THE_BRANCH)
    names = {each.id: each.name for each in session.scalars(select(Organisation))}
    return [_row(member, names, {}) for member in session.scalars(chosen)]


def members_on(session: Session, view: View) -> list[Any]:
    """The members in the branch of the view; as of an earlier day those who were in it then, as they were then."""
    if view.as_of is None:
        return member_rows(session, view)
    names = {each.id: each.name for each in session.scalars(select(Organisation))}
    known = Timeline(session)
    found = known.members(view.as_of, view.branch_id)
    rows = [_row(member, names, known.values(member, view.as_of)) for member in found]
    return sorted(rows, key=lambda row: (row.branch_id, row.id))


_PLAIN = tuple(column.key for column in PERSON_COLUMNS + CARD_COLUMNS if column.key not in {"branch", "group"})
_KEPT = ("id", "version", "status", "initials", *_PLAIN)


def _row(member: Member, names: Mapping[int, str], then: Mapping[str, Any]) -> Any:
    """A member as a row; `then` is what was otherwise on the day that is looked at."""
    values = {key: getattr(member, key) for key in _KEPT}
    branch_id, group_id = then.get("branch_id", member.branch_id), then.get("group_id", member.group_id)
    values |= {key: value for key, value in then.items() if key in values}
    empty = {column.key: None for column in CHANGE_COLUMNS}  # to be filled in beside what is changed
    return MemberRow(branch_id=branch_id, branch=names.get(branch_id), group=names.get(group_id), **values, **empty)


def _save(session: Session, rows: Sequence[Values], view: View) -> Sequence[Outcome]:
    turn = Turn(view.today, "导入名册", corrections=frozenset({"name", "id_number"}), exact=False)
    return roster.save(session, rows, view.branch_id, turn)


MEMBERS = Ledger(
    name="members",
    title="党员信息",
    columns=(*PERSON_COLUMNS, *CARD_COLUMNS, *CHANGE_COLUMNS, RECORD_NUMBER),
    rows=member_rows,
    save=_save,
    span="none",
    heading="{title}",
    lines=("填报单位：{unit}", "", "截至{date}"),
    empty="名册里还没有党员。",
)


def seniority(member: Any, view: View) -> int | None:
    """Whole years of membership on the day of the view, counted from full membership and corrected in months."""
    since: PartialDate | None = member.full_member_on
    if since is None:
        return None
    start, today = since.earliest, view.today
    passed = (today.year - start.year) * 12 + today.month - start.month - (today.day < start.day)
    return max((passed + (member.seniority_correction or 0)) // 12, 0)


RosterRow = make_dataclass(
    "RosterRow",
    ["id", "seniority", *(c.key for c in PERSON_COLUMNS if c.key not in {"dues_category", "dues_base"}),
     "transferred_in_on"],
    frozen=True,
    slots=True,
)  # fmt: skip


def roster_rows(session: Session, view: View) -> list[Any]:
    """Form F10: the members without pay or dues, with the years of membership."""
    keys = [each.name for each in fields(RosterRow) if each.name != "seniority"]
    return [
        RosterRow(seniority=seniority(row, view), **{key: getattr(row, key) for key in keys})
        for row in members_on(session, view)
    ]


@dataclass(frozen=True)
class RosterCount:
    """How many members there are, as the head of form F10 says it."""

    everybody: int
    full: int
    probationary: int
    women: int
    minorities: int

    @property
    def chinese(self) -> str:
        return (
            f"党员总数 {self.everybody} 人（正式 {self.full}，预备 {self.probationary}，"
            f"女 {self.women}，少数民族 {self.minorities}）"
        )


def count(rows: Sequence[Any]) -> RosterCount:
    """The counts of a roster's rows; a member whose ethnicity is unknown is not counted as a minority."""
    return RosterCount(
        everybody=len(rows),
        full=sum(row.category == FULL for row in rows),
        probationary=sum(row.category == PROBATIONARY for row in rows),
        women=sum(row.sex == "女" for row in rows),
        minorities=sum(row.ethnicity not in (None, "汉族") for row in rows),
    )


def _roster_note(session: Session, view: View) -> str:
    return count(members_on(session, view)).chinese + "。党龄自转为正式党员之日起计算。"


_SHOWN = {column.key: column for column in PERSON_COLUMNS + CARD_COLUMNS}
MEMBERS_ROSTER = Ledger(
    name="members_roster",
    title="党员花名册",
    columns=(
        *(_SHOWN[key] for key in ROSTER_FIELDS[: ROSTER_FIELDS.index("category")]),
        Column("seniority", "党龄", NUMBER, 5),
        *(_SHOWN[key] for key in ("category", "branch", "post", "rank", "party_post", "group", "phone", "address")),
        _SHOWN["transferred_in_on"],
        _SHOWN["remark"],
    ),
    rows=roster_rows,
    span="none",
    heading="{title}",
    lines=LINES_OF_A_DAY,
    note=_roster_note,
    as_of=True,
    empty="名册里还没有党员。",
)
