"""The sample's members over time: committees and their terms, posts held before, task forces, a retirement."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy.orm import Session

from models.records.members import birthdays, cards, committee, facts, organisation, service
from models.rules.presence import Span

_DUTIES = {
    "书记": "主持支部全面工作",
    "组织委员": "组织发展、党员管理、党费收缴",
    "宣传委员": "宣传教育、主题党日",
}
_PEOPLE: Mapping[str, tuple[str, ...]] = {
    "第一党支部": ("张红卫", "周丽萍", "龚文博"),
    "第二党支部": ("蒋玥", "沈衡", "韩翊"),
    "第三党支部": ("戚琰", "谢瑾", "邹琮"),
}
_TERM_BEGAN = {"第一党支部": (2, 9), "第二党支部": (1, 4), "第三党支部": (2, 3)}  # years back, and the month


def add(session: Session, ids: Mapping[str, int], today: date) -> None:
    """Enters it all through the program's own actions; `ids` are the members' numbers by name."""
    for branch in organisation.branches(session):
        _committee(session, branch.id, branch.name, ids, today)
    long_ago = today.year - 6
    span = Span(date(long_ago, 4, 1), date(today.year - 2, 9, 15))
    facts.add_past(session, ids["张红卫"], "party_post", "组织委员", span, "换届后任书记")
    service.second(session, ids["冯昱"], {
        "body": "巡察整改专班", "duty": "材料组", "basis": "示机办〔2026〕11号",
        "since": today - timedelta(days=140), "until": today - timedelta(days=48),
    })  # fmt: skip
    service.second(session, ids["曹朔"], {
        "body": "营商环境提升专班", "duty": "综合协调", "since": today - timedelta(days=33),
    })  # fmt: skip
    service.retire(session, ids["沈衡"], {
        "retired_on": date(today.year, 6, 30), "held_on": date(today.year, 7, 1), "form": "荣退仪式",
        "keepsake": "荣退纪念牌", "talker": "蒋玥",
    })  # fmt: skip
    birthdays.note(session, ids["张红卫"], today.year, {"form": "重温入党誓词", "talker": "周丽萍"})
    root = organisation.root(session)
    cards.fill_in(session, root.id, {
        "full_name": "中共示例局机关总支部委员会", "short_name": root.name, "code": "010020003",
        "category": "党总支部", "contact": "周丽萍", "telephone": "100-0000-0001", "secretary": "张红卫",
        "unit_relation": cards.SAME_AS_ABOVE, "is_joint": False,
    })  # fmt: skip


def _committee(session: Session, branch_id: int, name: str, ids: Mapping[str, int], today: date) -> None:
    years, month = _TERM_BEGAN[name]
    began = date(today.year - years, month, 15)
    term = committee.begin(session, branch_id, {"appointed_on": began})
    for who, (post, duties) in zip(_PEOPLE[name], _DUTIES.items(), strict=True):
        since = today - timedelta(days=60) if who == "谢瑾" else began  # came by transfer in the middle of the year
        committee.seat(session, term.id, {"member_id": ids[who], "post": post, "duties": duties, "since": since})
