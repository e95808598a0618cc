"""Two pairings of the sample with their tasks, registrations at communities, and services by hand."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.records.care import pairings, volunteering
from models.records.care.pairings import Pairing
from models.records.members.members import IN_THE_BRANCH, Member
from models.records.members.organisation import branches

_VILLAGE, _COMMUNITY = "示例县青石镇青石村党支部", "示例街道和平社区党委"
# Days before the present one, task, owner, planned, spent, progress, result, days ago that it was closed.
_VILLAGE_TASKS = (
    (150, "开展一次联合主题党日", "周丽萍", None, None, "已在村里开展", "两个支部 46 人参加，现场议定三件实事", 155),
    (60, "维修村口 600 米水渠", "吴国强", "8000.00", "7860.00", "验收合格", "解决 40 亩地灌溉", 66),
    (-5, "帮助销售秋收农产品", "刘洋", None, None, "已联系两家食堂，订购 1.2 吨", None, None),
    (12, "为村活动室配两台旧电脑", "孙志强", "1200.00", None, "正在办理资产调拨", None, None),
    (-40, "给村干部讲一堂党纪课", "戚琰", None, None, None, None, None),
)
_COMMUNITY_TASKS = (
    (90, "清理楼道和飞线充电", "龚文博", None, None, "清理 12 个单元", "社区已确认", 92),
    (-20, "冬季清雪责任路段", "曹朔", None, None, "已划分路段", None, None),
)  # fmt: skip
# Days before the present one that they registered, name, what they are good at, the post.
_REGISTERED = (
    (240, "刘洋", "摄影", "宣传员"),
    (240, "孙志强", "电工", "家电维修"),
    (238, "龚文博", "法律", "政策宣讲员"),
    (238, "曹朔", "驾驶", "应急队员"),
    (236, "吴国强", "书法", "文明劝导员"),
    (230, "冯昱", "英语", "课后辅导员"),
)
# Days before the present one, names (none: so many people), content, hours each, confirmed by, for the village.
_SERVED = (
    (210, ("刘洋", "龚文博"), 0, "楼道杂物清理", "2", "社区王主任", False),
    (180, ("孙志强",), 0, "为独居老人检修电路", "3", "社区王主任", False),
    (150, ("吴国强",), 0, "书写便民标语", "1.5", "社区网格员", False),
    (121, (), 14, "水渠清淤", "4", None, True),
    (95, ("曹朔", "刘洋", "孙志强"), 0, "飞线充电劝导", "2.5", "社区王主任", False),
    (61, ("冯昱",), 0, "暑期课后辅导", "2", "社区网格员", False),
    (33, (), 8, "路口文明引导", "1.5", "社区网格员", False),
    (9, ("龚文博",), 0, "法律咨询", "2", None, False),
)


def add(session: Session, today: date) -> None:
    """Adds all of it for the twelve months that end with `today`."""
    first = branches(session)[0].id
    village = _pair(session, first, today, {
        "partner": _VILLAGE, "partner_kind": "村", "sort": "联建联帮", "number": "联建〔3〕号", "contact": "石根生",
        "phone": "10000000311", "own_contact": "周丽萍", "responsible": "张红卫", "content": "组织联建、产业帮扶",
    }, 300, 320)  # fmt: skip
    community = _pair(session, None, today, {
        "partner": _COMMUNITY, "partner_kind": "社区", "sort": "双报到社区", "number": "共建〔17〕号",
        "contact": "王素云", "phone": "10000000322", "own_contact": "龚文博", "responsible": "张红卫",
        "content": "在职党员报到、志愿服务",
    }, 250, 21)  # fmt: skip
    for pairing, tasks in ((village, _VILLAGE_TASKS), (community, _COMMUNITY_TASKS)):
        for task in tasks:
            _add_task(session, pairing, today, *task)
    _register(session, today)
    _serve(session, today, first, village)


def _pair(
    session: Session, branch_id: int | None, today: date, values: Mapping[str, Any], begun: int, left: int
) -> Pairing:
    since = today - timedelta(days=begun)
    days = {"agreed_on": since, "since": since, "until": today + timedelta(days=left)}
    return pairings.pair(session, branch_id, {**values, **days}, today)


def _add_task(
    session: Session,
    pairing: Pairing,
    today: date,
    due: int,
    task: str,
    owner: str,
    planned: str | None,
    spent: str | None,
    progress: str | None,
    result: str | None,
    done: int | None,
) -> None:
    values = {
        "task": task, "due_on": today - timedelta(days=due), "owner": owner, "progress": progress, "result": result,
        "planned": Decimal(planned) if planned else None, "spent": Decimal(spent) if spent else None,
        "done_on": today - timedelta(days=done) if done is not None else None,
    }  # fmt: skip
    pairings.add_task(session, pairing.id, values, today)


def _register(session: Session, today: date) -> None:
    known = _members(session)
    for days, name, skills, post in _REGISTERED:
        if name in known:
            values = {"community": "和平社区", "registered_on": today - timedelta(days=days), "skills": skills}
            volunteering.register(session, known[name], {**values, "post": post}, today)


def _serve(session: Session, today: date, branch_id: int, village: Pairing) -> None:
    known = _members(session)
    for days, names, people, content, hours, confirmed_by, for_village in _SERVED:
        values: dict[str, Any] = {
            "on": today - timedelta(days=days), "content": content, "hours": Decimal(hours),
            "community": "青石村" if for_village else "和平社区", "confirmed_by": confirmed_by,
            "pairing_id": village.id if for_village else None, "remark": "个人认领" if names else None,
        }  # fmt: skip
        if people:
            volunteering.serve(session, None, branch_id, {**values, "people": people}, today)
        for name in names:
            if name in known:
                volunteering.serve(session, known[name], None, values, today)


def _members(session: Session) -> dict[str, int]:
    """The members of the branches by name, without those of whom there are two."""
    found: dict[str, int] = {}
    twice = set()
    for name, number in session.execute(select(Member.name, Member.id).where(Member.status == IN_THE_BRANCH)):
        if name in found:
            twice.add(name)
        found[name] = number
    return {name: number for name, number in found.items() if name not in twice}
