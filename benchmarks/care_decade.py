"""Ten years of care, invented in bulk: 5,000 cases, thirty rounds with 50,000 hand-outs, 10,000 visits."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from benchmarks.ten_years import YEARS, copy_of
from models.records.care.cases import (
    DEGREES,
    HOUSE_SORTS,
    MEMBER_SORTS,
    CareCase,
    CareStep,
    HouseholdIncome,
    HouseholdMember,
)
from models.records.care.concerns import CareConcern
from models.records.care.funds import CareFund, CareFundEntry
from models.records.care.rounds import CATEGORIES, CareGift, CareHandout, CarePart, CareRound
from models.records.care.visits import CareVisit
from models.records.members import organisation
from models.records.members.members import FULL, IN_THE_BRANCH, Member
from models.rules import care
from models.rules.periods import PartialDate

FESTIVALS = {"春节": (2, 10), "七一": (6, 25), "国庆": (9, 25)}
ROUND = 28  # the first of the last year's three, with 1,667 people
CASE = 777  # of a member who is in nearly every round
MEMBERS, CASES, GIFTS = 1500, 5000, 50_000
_BRANCHES = 3
_SURNAMES, _GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "岚澍玥昱珩翊砚舟棠禾溪筠笙芷蘅霁朔晔"
_FUNDS = ("党费", "上级下拨", "工会")


def copied_to(folder: Path) -> Path:
    """A copy of the file in `folder`; it is made once and kept among the temporary files."""
    return copy_of(folder, Path(__file__), _fill)


def _fill(session: Session) -> None:
    pick = random.Random(5)
    above = organisation.root(session)
    branches = [
        organisation.add(session, organisation.BRANCH, f"第{n}党支部", above).id for n in range(1, _BRANCHES + 1)
    ]
    session.execute(insert(Member), [_member(pick, branches[n % _BRANCHES], n) for n in range(MEMBERS)])
    cases = [_case(pick, branches, number) for number in range(1, CASES + 1)]
    session.execute(insert(CareCase), cases)
    session.execute(insert(CareStep), [step for case in cases for step in _steps(pick, case["id"])])
    session.execute(insert(HouseholdMember), [_relative(pick, case["id"]) for case in cases])
    session.execute(insert(HouseholdIncome), [_income(pick, case["id"]) for case in cases])
    session.execute(insert(CareFund), [{"version": 1, "name": each, "sort": each} for each in _FUNDS])
    money = [{"version": 1, "fund_id": 2, "on": date(year, 1, 5), "amount": Decimal("3000000.00")} for year in YEARS]
    session.execute(insert(CareFundEntry), money)
    rounds = [_round(year, festival) for year in YEARS for festival in FESTIVALS]
    session.execute(insert(CareRound), rounds)
    gifts = [_gift(cases, number, len(rounds)) for number in range(1, GIFTS + 1)]
    session.execute(insert(CareGift), gifts)
    parts = [{"version": 1, "gift_id": gift["id"], "fund_id": 2, "amount": _sum(gift["id"])} for gift in gifts]
    session.execute(insert(CarePart), parts)
    session.execute(insert(CareHandout), [_handout(gift, rounds[gift["round_id"] - 1]) for gift in gifts])
    session.execute(insert(CareVisit), [_visit(pick, cases, number) for number in range(2 * CASES)])
    session.execute(insert(CareConcern), [_concern(pick, branches) for _ in range(CASES // 2)])


def _name(pick: random.Random) -> str:
    return pick.choice(_SURNAMES) + pick.choice(_GIVEN) + pick.choice(_GIVEN)


def _member(pick: random.Random, branch_id: int, number: int) -> dict[str, Any]:
    joined = PartialDate(1970 + number % 45, 7, 1)
    common = {"version": 1, "branch_id": branch_id, "status": IN_THE_BRANCH, "initials": "zsc", "category": FULL}
    return common | {"name": _name(pick), "birth_date": PartialDate(1945 + number % 50, 3), "joined_on": joined}


def _case(pick: random.Random, branches: list[int], number: int) -> dict[str, Any]:
    of_member = number <= MEMBERS
    return {
        "id": number, "version": 1, "member_id": number if of_member else None,
        "branch_id": branches[(number - 1) % _BRANCHES], "name": None if of_member else _name(pick),
        "sex": None if of_member else "女", "phone": None if of_member else f"{10000000000 + number}",
        "sort": pick.choice(MEMBER_SORTS if of_member else HOUSE_SORTS), "cause": pick.choice(("因病", "因残", "年老")),
        "helper": "周丽萍", "measures": "送医送药，节日慰问", "low_income": number % 4 == 0,
    }  # fmt: skip


def _steps(pick: random.Random, number: int) -> Iterator[dict[str, Any]]:
    on = date(2017, 1, 3) + timedelta(days=pick.randrange(2900))
    for place, kind in enumerate(care.WAY):
        day = on + timedelta(days=9 * place)
        until = day + timedelta(days=5) if kind == care.POSTED else None
        degree = pick.choice(DEGREES) if kind == care.TAKEN_IN else None
        common = {"version": 1, "case_id": number, "kind": kind, "on": day, "until": until}
        yield common | {"degree": degree, "reason": None}
    if number % 5 == 0:
        out = {"version": 1, "case_id": number, "kind": care.CLOSED, "on": on + timedelta(days=300), "until": None}
        yield out | {"degree": None, "reason": care.OUT[0]}


def _relative(pick: random.Random, number: int) -> dict[str, Any]:
    return {"version": 1, "case_id": number, "relation": "配偶", "name": _name(pick), "birth_year": 1960}


def _income(pick: random.Random, number: int) -> dict[str, Any]:
    return {"version": 1, "case_id": number, "source": "养老金", "amount": Decimal(pick.randrange(9000, 30000))}


def _round(year: int, festival: str) -> dict[str, Any]:
    day = date(year, *FESTIVALS[festival])
    known = {"version": 1, "festival": festival, "year": year, "name": f"{year}年{festival}慰问", "handler": "周丽萍"}
    return known | {"first_on": day - timedelta(days=20), "last_on": day, "closed_on": None}


def _sum(number: int) -> Decimal:
    return Decimal((500, 800, 1000)[number % 3])


def _gift(cases: list[dict[str, Any]], number: int, rounds: int) -> dict[str, Any]:
    """Each round goes on where the last one ended among the cases; every third time to the first members again."""
    place = number // rounds if number % 3 else number // rounds % MEMBERS
    case = cases[place % CASES]
    return {
        "id": number, "version": 1, "round_id": number % rounds + 1, "member_id": case["member_id"],
        "case_id": None if case["member_id"] else case["id"], "branch_id": case["branch_id"],
        "name": case["name"] or "党员", "category": CATEGORIES[number % len(CATEGORIES)], "goods": "慰问品",
        "quantity": Decimal(1), "unit": "份", "value": Decimal(200), "goods_fund_id": 3, "bank": "某银行",
        "account": f"6200{number:012}",
    }  # fmt: skip


def _handout(gift: dict[str, Any], of_round: dict[str, Any]) -> dict[str, Any]:
    on = of_round["last_on"] - timedelta(days=gift["id"] % 15)
    known = {"version": 1, "gift_id": gift["id"], "on": on, "amount": _sum(gift["id"])}
    return known | {"receiver": gift["name"], "handler": "周丽萍"}


def _visit(pick: random.Random, cases: list[dict[str, Any]], number: int) -> dict[str, Any]:
    case = cases[number % CASES]
    on = date(2017, 1, 2) + timedelta(days=pick.randrange(3640))
    return {
        "version": 1, "branch_id": case["branch_id"], "case_id": case["id"], "member_id": case["member_id"],
        "name": case["name"] or "党员", "on": on, "occasion": "住院", "visitors": "张红卫", "needs": "陪同取药",
        "followup": "送药", "followup_on": on + timedelta(days=7), "done_on": on + timedelta(days=6), "result": "已办",
    }  # fmt: skip


def _concern(pick: random.Random, branches: list[int]) -> dict[str, Any]:
    on = date(2017, 1, 2) + timedelta(days=pick.randrange(3640))
    return {
        "version": 1, "branch_id": pick.choice(branches), "raised_on": on, "matter": "修路灯", "kind": "生活",
        "due_on": on + timedelta(days=30), "closed_on": on + timedelta(days=20), "progress": "已办结",
    }  # fmt: skip
