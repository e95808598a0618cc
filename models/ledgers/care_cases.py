"""F40 困难党员台账 and 困难群众（户）台账: everybody looked after, as it stood on any day."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import codes
from models.kinds import CODE, DAY, FLAG, ID_NUMBER, MONEY, NAME, PARTIAL_DAY, PHONE, TEXT, Choice, Number, Raw
from models.ledger import LINES_OF_A_DAY, Column, Ledger, Outcome, Values, View
from models.ledgers import care_aid, care_saving
from models.ledgers.care_aid import LISTED, Aid
from models.records.care_cases import (
    CASE_FIELDS,
    DEGREES,
    HOUSE_SORTS,
    MEMBER_SORTS,
    OWN_FIELDS,
    CareCase,
    CareStep,
    HouseholdIncome,
    HouseholdMember,
)
from models.records.care_causes import SUPPLIED
from models.records.members import Member
from models.records.organisation import Organisation, root
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
_STEP = ("id", "case_id", "kind", "on", "until", "degree", "reason", "activity_id")
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
    aid: str | None
    applied_on: date
    taken_in_on: date | None
    recognised: str | None
    standing: str | None
    state: str
    left_on: date | None
    left_reason: str | None
    remark: str | None


def listed_rows(session: Session, view: View, of_members: bool) -> list[CaseRow]:
    """The cases as the ledgers show them: 历次慰问 tells what was handed out by rounds too."""
    return case_rows(session, view, of_members, care_aid.handed_out(session, view.today))


def case_rows(session: Session, view: View, of_members: bool | None = None, aid: Aid | None = None) -> list[CaseRow]:
    """The cases that had been applied for by the view's day, in order of branch and entry.

    Those of members, those of others, or all (None). `aid` is what was handed out to their people.
    """
    place = func.coalesce(Member.branch_id, CareCase.branch_id)  # where the roster has a member now
    chosen = (
        select(CareCase, Member, Organisation.name)
        .outerjoin(Member, Member.id == CareCase.member_id)
        .outerjoin(Organisation, Organisation.id == place)
        .order_by(place, CareCase.id)
    )
    meant = None
    if of_members is not None:
        meant = CareCase.member_id.is_not(None) if of_members else CareCase.member_id.is_(None)
        chosen = chosen.where(meant)
    if view.branch_id is not None:
        chosen = chosen.where(place == view.branch_id)
    steps, above = steps_by_case(session, view.today, meant), root(session).name
    people = _counted(session, HouseholdMember.case_id, func.count())
    income = _counted(session, HouseholdIncome.case_id, func.sum(HouseholdIncome.amount))
    return [
        _row(
            case, member, branch or above, steps[case.id], people.get(case.id, 0), income.get(case.id),
            aid.of(case.id, case.member_id) if aid is not None else (),
        )
        for case, member, branch in session.execute(chosen)
        if case.id in steps
    ]  # fmt: skip


def steps_by_case(session: Session, day: date, meant: Any = None) -> dict[int, list[Any]]:
    """The steps taken until `day` by number of the case, the earliest first: rows with the fields of CareStep.

    Those of the cases that `meant` (a condition) holds for, or of all.
    """
    found: defaultdict[int, list[Any]] = defaultdict(list)
    columns = (getattr(CareStep, key) for key in _STEP)
    chosen = select(*columns).where(CareStep.on <= day).order_by(CareStep.on, CareStep.id)
    if meant is not None:
        chosen = chosen.where(CareStep.case_id.in_(select(CareCase.id).where(meant)))
    step: Any
    for step in session.execute(chosen):
        found[step.case_id].append(step)
    return dict(found)


def _counted(session: Session, case_id: Any, what: Any) -> dict[int, Any]:
    rows = session.execute(select(case_id, what).group_by(case_id)).all()
    return {row[0]: row[1] for row in rows}


def _row(
    case: CareCase, member: Member | None, branch: str, steps: list[Any], relatives: int, income: Decimal | None,
    given: Sequence[tuple[date, str]],
) -> CaseRow:  # fmt: skip
    person: Any = case if member is None else member
    first = {step.kind: step for step in reversed(steps)}
    taken_in, left = first.get(care.TAKEN_IN), first.get(care.CLOSED)
    told: dict[str, Any] = {key: getattr(person, key) for key in OWN_FIELDS}
    told |= {key: getattr(member, key, None) for key in _OF_THE_ROSTER}
    told |= {key: getattr(case, key) for key in CASE_FIELDS} | {"aid": care_aid.in_words(given, case.aid)}
    household = care.Household(relatives, case.stated_people, case.stated_income)
    return CaseRow(
        id=case.id, member_id=case.member_id, branch=branch, person_kind=_kind_of(member), people=household.size,
        per_head=household.per_head(None if income is None else [income]),
        degree=care.degree_on(steps, steps[-1].on), state=care.state_on(steps, steps[-1].on) or "",
        standing=care.standing_of(taken_in is not None, left is not None, left.reason if left is not None else None),
        applied_on=steps[0].on, taken_in_on=taken_in.on if taken_in is not None else None,
        left_on=left.on if left is not None else None, left_reason=left.reason if left is not None else None,
        **told,
    )  # fmt: skip


def _kind_of(member: Member | None) -> str | None:
    """在职 or 离退休, by the post in the roster."""
    if member is None or member.position is None:
        return None
    return _RETIRED if _RETIRED in member.position else _AT_WORK


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
