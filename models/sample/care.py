"""Whom the invented branches look after: cases at every stage, of members and of people beside them."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from models.records.care import cases as care_cases
from models.records.members import members
from models.records.members.organisation import branches
from models.rules import care
from models.rules.identity import check_character

_DAYS_APART = 12
_POSTED_FOR = 7
# The person, days since the application, the steps after it, degree, and what else is known.
_MEMBERS: Sequence[tuple[str, int, Sequence[str], str, Mapping[str, Any]]] = (
    ("姜秀兰", 240, care.WAY[1:], "特别困难", {
        "cause": "本人重大疾病", "detail": "长期住院，自费药多", "health": "住院治疗", "measures": "走访、党费减免",
        "helper": "周丽萍", "certificates": "住院证明",
        "asked": Decimal(3000), "aid": "2025年春节 500元",
    }),
    ("喻璟", 210, care.WAY[1:], "一般困难", {
        "cause": "年老丧失劳动能力", "detail": "独居，子女在外地", "health": "慢性病", "sort": "老党员",
        "helper": "李明", "measures": "每月上门一次",
    }),
    ("孙志强", 330, (*care.WAY[1:], care.CHANGED), "比较困难", {
        "cause": "低收入", "detail": "家庭无其他收入", "low_income": True, "certificates": "低保证", "helper": "周丽萍",
    }),
    ("吴国强", 20, (care.DISCUSSED,), "一般困难", {"cause": "子女上学", "detail": "两个孩子同时上大学"}),
)  # fmt: skip
_HOUSES: Sequence[tuple[str, int, Sequence[str], str, Mapping[str, Any]]] = (
    ("尚桂枝", 260, (*care.WAY[1:], care.CLOSED), "一般困难", {
        "sort": "突发严重困难户", "cause": "意外事故", "address": "示例社区三号楼", "helper": "刘洋", "sex": "女",
    }),
    ("孔令海", 30, (care.DISCUSSED, care.POSTED), "比较困难", {
        "sort": "边缘易致贫户", "cause": "家属重大疾病", "address": "示例村二组", "helper": "刘洋", "sex": "男",
    }),
)  # fmt: skip
_HOMES: Mapping[str, tuple[tuple[str, str, int], ...]] = {
    "姜秀兰": (("配偶", "田守义", 1989),),
    "孙志强": (("母亲", "陶玉芬", 1948), ("儿子", "孙晓航", 2010)),
    "孔令海": (("配偶", "曾桂芳", 1976), ("女儿", "孔思雨", 2009)),
}
# Source, sum over twelve months, and whose it is ("" for the person's own and for what all of them have).
_INCOMES: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "姜秀兰": (("工资", "43200.00", ""), ("配偶收入", "18600.00", "田守义")),
    "孙志强": (("低保金", "9840.00", ""), ("其他收入", "6500.00", "陶玉芬")),
    "孔令海": (("经营收入", "21400.00", ""),),
}


def add(session: Session, today: date) -> None:
    """Enters the cases as they would have been entered, a step at a time."""
    for name, ago, steps, degree, values in _MEMBERS:
        member = members.find(session, name)
        given = {"sort": "困难党员"} | dict(values)
        case = care_cases.apply(session, given, today - timedelta(days=ago), today, member.id)
        _live(session, case.id, name, steps, degree, today)
    node = branches(session)[0].id
    for number, (name, ago, steps, degree, values) in enumerate(_HOUSES, 1):
        given = dict(values) | {"name": name, "branch_id": node, "id_number": _number(values["sex"], number)}
        given["phone"] = f"1003457{number:04d}"
        case = care_cases.apply(session, given, today - timedelta(days=ago), today)
        _live(session, case.id, name, steps, degree, today)


def _live(session: Session, case_id: int, name: str, steps: Sequence[str], degree: str, today: date) -> None:
    for relation, who, born in _HOMES.get(name, ()):
        care_cases.add_relative(session, case_id, {"relation": relation, "name": who, "birth_year": born})
    for source, amount, whose in _INCOMES.get(name, ()):
        earned = {"source": source, "amount": Decimal(amount), "whose": whose or None}
        care_cases.add_income(session, case_id, earned)
    day = care_cases.steps_of(session, case_id)[0].on
    for kind in steps:
        day += timedelta(days=_DAYS_APART)
        given: dict[str, Any] = {"degree": degree if kind in (care.DISCUSSED, care.TAKEN_IN) else None}
        if kind == care.CHANGED:
            given["degree"], given["reason"] = care_cases.DEGREES[0], "家人生病，支出增加"
        if kind == care.POSTED:
            given["until"] = day + timedelta(days=_POSTED_FOR)
        if kind == care.CLOSED:
            given["reason"] = care.OUT[0]
        care_cases.take_step(session, case_id, kind, min(day, today), given, today)


def _number(sex: str, sequence: int) -> str:
    """An identity number of nobody: its region is no county's."""
    body = f"42990719750{sequence}1800{1 if sex == '男' else 2}"
    return body + check_character(body)
