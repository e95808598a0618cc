"""Ten years of a general branch, invented in bulk: three branches of fifty, 6,000 activities, 200,000 attendances."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from benchmarks.ten_years import YEARS, copy_of
from models.records.life.activities import FILED, Activity, Minutes
from models.records.life.activity_kinds import Kind, kinds
from models.records.life.attendance import Attendance
from models.records.life.decisions import Decision
from models.records.life.followups import FollowUp
from models.records.members import organisation
from models.records.members.members import FULL, IN_THE_BRANCH, Member
from models.rules.meetings import ABSENT, LEAVE, ON_DUTY, PRESENT
from models.rules.periods import Month, PartialDate
from models.rules.votes import ORDINARY

RARE = "结对共建协议"  # stands in one record of a hundred
_BRANCHES, _PEOPLE, _A_YEAR = 3, 50, 200
MEETING = 1933  # a general meeting of the first branch in the last year
CALLED = range(1, 51)  # the numbers of the members called to it
_COMMITTEE, _NAMED = 7, 30  # who comes where not everybody is called
_SURNAMES, _GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "岚澍玥昱珩翊砚舟棠禾溪筠笙芷蘅霁朔晔"
_SENTENCES = (
    "会议由支部书记主持，清点人数后宣布开会。",
    "组织委员通报上次会议议定事项的落实情况，已办结的三项，正在推进的一项。",
    "与会同志集体学习了党章有关章节，逐段领学，交流了各自的体会。",
    "大家认为，要把学习成果转化为做好机关服务工作的实际行动，少说多做，把群众的事放在心上。",
    "纪检委员通报了近期查处的典型案例，提醒全体党员引以为戒，守住底线。",
    "宣传委员介绍了本月主题党日的安排，请各党小组提前做好准备。",
    "关于党费收缴，组织委员说明了本月的收缴情况，提醒外出的同志及时补交。",
    "会议讨论了困难党员的走访慰问方案，同意由两名委员分头上门。",
    "青年党员结合岗位谈了体会，提出办事窗口延时服务的建议，会议同意试行一个月。",
    "老党员回顾了入党时的情形，勉励年轻同志把心思用在工作上。",
    "关于志愿服务，支部与社区商定每月开展一次，由党小组轮流承担。",
    "会议研究了发展党员工作，听取了联系人对入党积极分子的意见。",
    "就办公用房和公务用车管理，大家逐项对照检查，没有发现问题。",
    "支部书记强调，请假要按规定履行手续，缺席的同志一周内补学。",
    "会议要求，各党小组月底前把整改情况报支部，由组织委员汇总。",
)
_THEMES = ("学习党章", "党风廉政建设专题", "走访慰问困难党员", "主题党日活动", "年度工作总结", "志愿服务进社区")
_TAGS = ("党风廉政", "全面从严治党", "意识形态", "发展党员", None, None)


def copied_to(folder: Path) -> Path:
    """A copy of the file in `folder`; it is made once and kept among the temporary files."""
    return copy_of(folder, Path(__file__), _fill)


def _fill(session: Session) -> None:
    pick = random.Random(4)
    above = organisation.root(session)
    known = [kind for kind in kinds(session) if kind.kept_in == "activities" and kind.entitled != "group"]
    number = 0
    for place in range(1, _BRANCHES + 1):
        branch = organisation.add(session, organisation.BRANCH, f"第{place}党支部", above)
        session.execute(insert(Member), [_member(pick, branch.id, place, n) for n in range(_PEOPLE)])
        people = range((place - 1) * _PEOPLE + 1, place * _PEOPLE + 1)
        for year in YEARS:
            of_kind = [known[n % len(known)] for n in range(_A_YEAR)]
            rows = [_activity(pick, number + n, branch.id, year, kind) for n, kind in enumerate(of_kind, 1)]
            session.execute(insert(Activity), rows)
            session.execute(insert(Minutes), [_minutes(pick, row["id"]) for row in rows])
            came = [mark for row, kind in zip(rows, of_kind, strict=True) for mark in _came(pick, row, kind, people)]
            session.execute(insert(Attendance), came)
            session.execute(insert(FollowUp), [_follow_up(row) for row in rows[::4]])
            session.execute(insert(Decision), [_decision(row) for row in rows[::5]])
            number += _A_YEAR


def _member(pick: random.Random, branch_id: int, place: int, number: int) -> dict[str, Any]:
    name = pick.choice(_SURNAMES) + pick.choice(_GIVEN) + pick.choice(_GIVEN)
    joined = PartialDate(1990 + number % 25, 7, 1)
    common = {"version": 1, "branch_id": branch_id, "status": IN_THE_BRANCH, "initials": "zsc", "category": FULL}
    return common | {"name": name, "birth_date": PartialDate(1965 + number % 30, place), "joined_on": joined}


def _activity(pick: random.Random, number: int, branch_id: int, year: int, kind: Kind) -> dict[str, Any]:
    held_on = date(year, 1, 1) + timedelta(days=pick.randrange(365))
    by_name = kind.entitled == "named"
    theme = pick.choice(_THEMES)
    return {
        "id": number, "version": 1, "organisation_id": branch_id, "branch_id": branch_id, "kind": kind.key,
        "state": FILED, "title": f"{theme}（第{number}次）", "theme": theme, "planned_month": Month.of(held_on),
        "planned_on": held_on, "held_on": held_on, "begins": "15:00", "minutes": 90, "place": "三楼会议室",
        "chair": "张红卫", "recorder": "周丽萍", "tags": pick.choice(_TAGS), "lecturer": "张红卫",
        "hours": Decimal(pick.choice((1, 2, 4))), "people": _NAMED if by_name else None, "is_online": None,
        "eligible": _PEOPLE if by_name else None, "product": "调研报告" if number % 9 == 0 else None,
        "uploaded_on": held_on if number % 8 else None, "filed_on": held_on, "entered_on": held_on,
    }  # fmt: skip


def _minutes(pick: random.Random, number: int) -> dict[str, Any]:
    """Six hundred to sixteen hundred characters, as a secretary writes them."""
    lines = [f"{place}、{pick.choice(_SENTENCES)}{pick.choice(_SENTENCES)}" for place in range(1, pick.randint(9, 24))]
    if number % 100 == 0:
        lines.insert(len(lines) // 2, f"会议同意签订{RARE}。")
    return {"version": 1, "activity_id": number, "text": "\n".join(lines), "resolution": "会议同意上述安排。"}


def _came(pick: random.Random, row: dict[str, Any], kind: Kind, people: Sequence[int]) -> Iterator[dict[str, Any]]:
    called = {"committee": people[:_COMMITTEE], "named": people[:_NAMED]}.get(kind.entitled, people)
    for member_id in called:
        state = pick.choices((PRESENT, LEAVE, ON_DUTY, ABSENT), (88, 6, 3, 3))[0]
        yield {
            "version": 1, "activity_id": row["id"], "member_id": member_id, "state": state,
            "reason": "出差" if state == ON_DUTY else None, "entitled": True, "voting": True,
            "dual": member_id == people[0], "made_up_on": None,
        }  # fmt: skip


def _follow_up(row: dict[str, Any]) -> dict[str, Any]:
    done_on = row["held_on"] + timedelta(days=20)
    return {
        "version": 1, "activity_id": row["id"], "branch_id": row["branch_id"], "issue": "将整改情况报支部",
        "owner": "周丽萍", "due_on": row["held_on"] + timedelta(days=30), "done_on": done_on, "result": "已报",
    }  # fmt: skip


def _decision(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "version": 1, "activity_id": row["id"], "text": "同意走访慰问方案", "rule": ORDINARY.name, "way": "举手表决",
        "entitled": 48, "present": 42, "favour": 42, "against": 0, "abstained": 0, "written_favour": 0,
        "written_against": 0, "adopted_on": row["held_on"],
    }  # fmt: skip
