"""How the trail calls votes, elections, the agenda, tasks and lists of problems, and their columns."""

from collections.abc import Mapping

from models.kinds import DAY, FLAG, NUMBER, TEXT, Kind
from models.ledgers.life.followups import FOLLOWUP_COLUMNS
from models.ledgers.life.problems import LIFE_LISTS
from models.ledgers.life.votes import LIFE_VOTES
from models.records.life import problems

TABLES: Mapping[str, str] = {
    "agenda_items": "议题",
    "contributions": "发言",
    "decisions": "表决",
    "exclusions": "不计入应到会",
    "elections": "选举",
    "candidates": "候选人",
    "follow_ups": "后续事项",
    "problems": "清单条目",
}
SAID_BY = ("name", "text", "issue", "problem", "body")
"""The columns that say what such a record is about, where it is about no member."""
COLUMNS: Mapping[str, Mapping[str, tuple[str, Kind]]] = {
    "agenda_items": {"title": ("议题", TEXT), "tags": ("标签", TEXT), "place": ("次序", NUMBER)},
    "contributions": {"speaker": ("发言人", TEXT), "text": ("发言要点", TEXT)},
    "decisions": {column.key: (column.title, column.kind) for column in LIFE_VOTES.columns if column.entered},
    "exclusions": {"reason": ("原因", TEXT), "approved_by": ("批准", TEXT)},
    "elections": {
        "body": ("选举", TEXT),
        "post": ("职务", TEXT),
        "way": ("方式", TEXT),
        "seats": ("应选", NUMBER),
        "entitled": ("应到", NUMBER),
        "present": ("实到", NUMBER),
        "issued": ("发出选票", NUMBER),
        "returned": ("收回选票", NUMBER),
        "spoilt": ("无效票", NUMBER),
        "teller": ("总监票人", TEXT),
        "counters": ("计票人", TEXT),
        "remark": ("备注", TEXT),
    },
    "candidates": {
        "name": ("姓名", TEXT),
        "place": ("次序", NUMBER),
        "listed": ("列入选票", FLAG),
        "opinion": ("推荐意见", TEXT),
        "favour": ("赞成", NUMBER),
        "against": ("不赞成", NUMBER),
        "abstained": ("弃权", NUMBER),
        "invalid": ("部分无效", NUMBER),
    },
    "follow_ups": {column.key: (column.title, column.kind) for column in FOLLOWUP_COLUMNS},
    "problems": {
        "found_on": ("列入日期", DAY),
        **{each.key: (each.title, each.kind) for each in LIFE_LISTS.columns if each.key in problems.FIELDS},
    },
}
