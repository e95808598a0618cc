"""F40 困难党员台账 and 困难群众（户）台账: everybody looked after, as it stood on any day."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import Subquery, case, func, select
from sqlalchemy.orm import Session

from models import codes
from models.kinds import CODE, DAY, FLAG, ID_NUMBER, MONEY, NAME, PARTIAL_DAY, PHONE, TEXT, Choice, Number, Raw
from models.ledger import LINES_OF_A_DAY, Column, Ledger, Outcome, Values, View
from models.ledgers.care import aid as care_aid
from models.ledgers.care import saving as care_saving
from models.ledgers.care import ways as care_ways
from models.ledgers.care.aid import LISTED, NOTHING, Aid, Received
from models.records.care.cases import (
    CASE_FIELDS,
    DEGREES,
    HOUSE_SORTS,
    MEMBER_SORTS,
    OWN_FIELDS,
    CareCase,
    HouseholdIncome,
    HouseholdMember,
)
from models.records.care.causes import SUPPLIED
from models.records.members.members import Member
from models.records.members.organisation import Organisation, root
from models.rules import care
from models.rules.periods import PartialDate

MEMBER_SORT, HOUSE_SORT = (Choice(sorts, open=True) for sorts in (MEMBER_SORTS, HOUSE_SORTS))
CAUSE = Choice(SUPPLIED, open=True)
DEGREE = Choice(
    DEGREES, tones={"特别困难": "bad", "比较困难": "warn"}, synonyms={"特别": "特别困难", "一般": "一般困难"}
)
STATE = Choice(care.STATES, tones={care.ON_RECORD: "warn", care.LEFT: "quiet"})
STANDING = Choice(
    care.STANDINGS,
    tones={care.ON_RECORD: "warn"},
    synonyms={
        "正在帮扶": care.ON_RECORD, "帮扶中": care.ON_RECORD, "在帮扶": care.ON_RECORD, "已纳入": care.ON_RECORD,
        "已脱困": "脱困", "解除": "脱困", "已解除": "脱困", "已去世": "去世", "病故": "去世", "已故": "去世",
        "已转出": "转出", "已退出": "其他", "退出": "其他",
    },
)  # fmt: skip


class Heads(Number):
    """How many people, also written 3人 or 4口人."""

    def read(self, raw: Raw) -> int | None:
        return super().read(re.sub(r"[口人]+\s*$", "", raw) if isinstance(raw, str) else raw)


HEADS = Heads()
_OF_THE_ROSTER = ("ethnicity", "joined_on", "post")
_OF_CASE = tuple(key for key in CASE_FIELDS if key != "aid")
_TOLD = (*OWN_FIELDS, *_OF_THE_ROSTER, *_OF_CASE)
_RETIRED, _AT_WORK = "离退休", "在职"


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case as it stood on a day; `per_head` is the average monthly income per head in yuan."""

    id: int
    member_id: int | None
    branch: str
    name: str
    sex: str | None
    birth_date: PartialDate | None
    ethnicity: str | None
    id_number: str | None
    joined_on: PartialDate | None
    person_kind: str | None
    post: str | None
    address: str | None
    phone: str | None
    people: int | None
    per_head: Decimal | None
    sort: str
    cause: str | None
    detail: str | None
    health: str | None
    certificates: str | None
    low_income: bool | None
    honoured: bool | None
    veteran: bool | None
    degree: str | None
    measures: str | None
    helper: str | None
    helper_phone: str | None
    paired_on: date | None
    asked: Decimal | None
    received: Received
    applied_on: date
    taken_in_on: date | None
    recognised: str | None
    standing: str | None
    state: str
    left_on: date | None
    left_reason: str | None
    remark: str | None

    @property
    def aid(self) -> str | None:
        """历次慰问 in words; they are made where they are looked at."""
        return self.received.words


def listed_rows(session: Session, view: View, of_members: bool) -> list[CaseRow]:
    """The cases as the ledgers show them: 历次慰问 tells what was handed out by rounds too."""
    return case_rows(session, view, of_members, care_aid.handed_out(session, view.today, of_members=of_members))


def case_rows(session: Session, view: View, of_members: bool | None = None, aid: Aid = NOTHING) -> list[CaseRow]:
    """The cases that had been applied for by the view's day, in order of branch and entry.

    Those of members, those of others, or all (None). `aid` is what was handed out to their people.
    """
    way, home, income = care_ways.ways(view.today), _counted(HouseholdMember, func.count()), _incomes()
    place = func.coalesce(Member.branch_id, CareCase.branch_id)  # where the roster has a member now
    chosen = (
        select(
            CareCase.id, CareCase.member_id, Organisation.name, Member.position, way.c.applied_on, way.c.place,
            way.c.taken_in_on, way.c.left_on, home.c.counted, income.c.counted, CareCase.stated_people,
            CareCase.stated_income, CareCase.aid, *(_of_person(key) for key in OWN_FIELDS),
            *(getattr(Member, key) for key in _OF_THE_ROSTER), *(getattr(CareCase, key) for key in _OF_CASE),
        )
        .join(way, way.c.case_id == CareCase.id)
        .outerjoin(Member, Member.id == CareCase.member_id)
        .outerjoin(Organisation, Organisation.id == place)
        .outerjoin(home, home.c.case_id == CareCase.id)
        .outerjoin(income, income.c.case_id == CareCase.id)
        .order_by(place, CareCase.id)
    )  # fmt: skip
    if of_members is not None:
        chosen = chosen.where(CareCase.member_id.is_not(None) if of_members else CareCase.member_id.is_(None))
    if view.branch_id is not None:
        chosen = chosen.where(place == view.branch_id)
    degrees, reasons = care_ways.degrees(session, view.today), care_ways.reasons(session, view.today)
    shelf = _Shelf(degrees, reasons, aid, root(session).name)
    return [_row(shelf, *row) for row in session.execute(chosen)]


@dataclass(frozen=True)
class _Shelf:
    """What belongs to the cases that are read, by their number: degrees, why they ended, what was handed out."""

    degrees: Mapping[int, str | None]
    reasons: Mapping[int, str | None]
    aid: Aid
    above: str


def _of_person(key: str) -> Any:
    """What the roster says of a member, or the case of anybody else."""
    return case((Member.id.is_(None), getattr(CareCase, key)), else_=getattr(Member, key))


def _counted(record: Any, what: Any) -> Subquery:
    return select(record.case_id, what.label("counted")).group_by(record.case_id).subquery()


def _incomes() -> Subquery:
    return _counted(HouseholdIncome, func.sum(HouseholdIncome.amount))


def _row(
    shelf: _Shelf, number: int, member_id: int | None, branch: str | None, position: str | None, applied_on: date,
    place: int, taken_in_on: date | None, left_on: date | None, relatives: int | None, income: Decimal | None,
    stated_people: int | None, stated_income: Decimal | None, kept: str | None, *told: Any,
) -> CaseRow:  # fmt: skip
    household = care.Household(relatives or 0, stated_people, stated_income)
    reason, has_left = shelf.reasons.get(number), left_on is not None
    return CaseRow(
        id=number, member_id=member_id, branch=branch or shelf.above, person_kind=_kind_of(position),
        people=household.size, per_head=household.per_head(None if income is None else [income]),
        degree=shelf.degrees.get(number), state=care_ways.state_of(place, has_left),
        standing=care.standing_of(taken_in_on is not None, has_left, reason),
        applied_on=applied_on, taken_in_on=taken_in_on, left_on=left_on, left_reason=reason,
        received=shelf.aid.of(number, member_id, kept), **dict(zip(_TOLD, told, strict=True)),
    )  # fmt: skip


def _kind_of(position: str | None) -> str | None:
    """在职 or 离退休, by the post in the roster."""
    if position is None:
        return None
    return _RETIRED if _RETIRED in position else _AT_WORK


def _save(session: Session, rows: Sequence[Values], view: View, of_members: bool) -> list[Outcome]:
    aid = care_aid.handed_out(session, view.today)
    known = {row.id: row for row in case_rows(session, view, of_members, aid)}
    return care_saving.save(session, rows, view, known, aid, of_members)


def _note(rows: Sequence[CaseRow]) -> str:
    standing = [row for row in rows if row.state == care.ON_RECORD]
    degrees = [f"{each} {sum(row.degree == each for row in standing)}" for each in DEGREES]
    return f"在册 {len(standing)} 人，其中{'、'.join(degrees)}。本表含健康、收入等个人情况，不张贴、不公示。"


def _person(of_members: bool) -> tuple[Column, ...]:
    entered = not of_members
    found = (
        Column("name", "姓名", NAME, 9, required=True, synonyms=("户主", "户主姓名", "困难党员姓名")),
        Column("sex", "性别", codes.SEX, 5, entered=entered),
        Column("birth_date", "出生日期", PARTIAL_DAY, 11, entered=entered, synonyms=("出生年月",)),
        Column("id_number", "公民身份号码", ID_NUMBER, 20),
    )
    of_the_roster = (
        Column("ethnicity", "民族", TEXT, 6, entered=False),
        Column("joined_on", "入党时间", PARTIAL_DAY, 11, entered=False),
        Column("person_kind", "人员类别", TEXT, 8, entered=False),
        Column("post", "单位及职务", TEXT, 14, entered=False),
    )
    home = (
        Column("address", "家庭住址", TEXT, 16, entered=entered, synonyms=("住址", "通讯地址")),
        Column("phone", "联系电话", PHONE, 13, entered=entered),
    )
    return (*found, *(of_the_roster if of_members else ()), *home)


CASE_COLUMNS = (
    Column("cause", "困难类型", CAUSE, 12, synonyms=("致困原因", "困难原因类别", "贫困原因")),
    Column("detail", "困难原因", TEXT, 18, synonyms=("困难原因（简述）", "困难情况", "困难状况及原因", "具体描述")),
    Column("health", "健康状况", TEXT, 10, synonyms=("身体健康类型", "身体状况")),
    Column("certificates", "证件", TEXT, 12, synonyms=("低保证、残疾证", "证明材料")),
    Column("low_income", "是否低保", FLAG, 6, synonyms=("低保",)),
    Column("honoured", "是否优抚", FLAG, 6, synonyms=("优抚", "优抚对象")),
    Column("veteran", "是否建国前老党员", FLAG, 8, synonyms=("建国前老党员", "建国前没有工作老党员")),
    Column("degree", "困难程度", DEGREE, 9),
    Column("measures", "帮扶措施", TEXT, 16),
    Column(
        "helper", "结对帮扶人", TEXT, 9,
        synonyms=(
            "结对党员", "结对党员姓名", "帮扶责任人", "结对责任人", "结对帮扶人及电话", "结对帮扶人电话",
            "结对责任人电话",
        ),
    ),
    Column("helper_phone", "帮扶人电话", PHONE, 13, synonyms=("结对党员电话", "帮扶责任人电话")),
    Column("paired_on", "结对时间", DAY, 11, synonyms=("结对日期",)),
    Column("asked", "申请金额", MONEY, 10, synonyms=("申请救助金额", "申请帮扶金额")),
    Column("aid", "历次慰问", LISTED, 24, synonyms=("曾受帮扶", "慰问情况", "慰问记录", "享受帮扶情况")),
    Column("recognised", "组织认定", TEXT, 10, synonyms=("是否取得组织认定", "认定情况", "认定单位")),
)  # fmt: skip


def _columns(of_members: bool) -> tuple[Column, ...]:
    return (
        *_person(of_members),
        Column("people", "家庭人口", HEADS, 6, synonyms=("家庭人口数", "家庭成员数", "家庭总人口")),
        Column("per_head", "人均月收入", MONEY, 10, synonyms=("家庭人均月收入", "月人均收入", "家庭月人均收入")),
        Column("sort", "帮扶类别", MEMBER_SORT if of_members else HOUSE_SORT, 12, synonyms=("帮扶对象类别",)),
        *CASE_COLUMNS,
        Column("applied_on", "申请时间", DAY, 11, synonyms=("申请日期",)),
        Column("taken_in_on", "纳入时间", DAY, 11, synonyms=("纳入日期", "享受帮扶起始", "认定时间")),
        Column("state", "办理进度", STATE, 8, entered=False),
        Column("standing", "目前状态", STANDING, 8, synonyms=("状态", "在册状态")),
        Column("left_on", "退出时间", DAY, 11, synonyms=("退出日期", "享受帮扶截止", "解除时间")),
        Column("left_reason", "退出原因", TEXT, 9),
        Column("branch", "党支部", TEXT, 13, entered=not of_members, synonyms=("所在党支部",)),
        Column("remark", "备注", TEXT, 10),
        Column("id", "编号", CODE, 6, entered=False),
    )


def _ledger(name: str, title: str, of_members: bool, empty: str) -> Ledger:
    return Ledger(
        name=name,
        title=title,
        columns=_columns(of_members),
        rows=partial(listed_rows, of_members=of_members),
        save=partial(_save, of_members=of_members),
        span="none",
        heading="{title}",
        lines=LINES_OF_A_DAY,
        note_of=_note,
        as_of=True,
        empty=empty,
    )


CARE_CASES = _ledger("care_cases", "困难党员台账", True, "还没有困难党员。按 Ctrl+N 登记申请，或导入已有的台账。")
CARE_HOUSEHOLDS = _ledger(
    "care_households", "困难群众（户）台账", False, "还没有困难群众。按 Ctrl+N 登记申请，或导入已有的台账。"
)
