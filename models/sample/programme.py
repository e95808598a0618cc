"""What the sample's branches do in a month of the calendar, read from the texts in resources/sample."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from models.codes import RESOURCES
from models.records.dues import months
from models.rules.cadence import is_workday
from models.rules.periods import Month

BRANCHES = ("第一党支部", "第二党支部", "第三党支部")
GROUPS = ("第一党小组", "第二党小组")
ROOT = "总支"
_EVERY_BRANCH = "各支部"
_TABLES = {
    ("committees", "activities"): ("committee_meeting", 5, "16:00", 75),
    ("groups", "activities"): ("group_meeting", 9, "17:00", 50),
    ("theme_days", "activities"): ("theme_day", 16, "15:00", 120),
    ("general_meetings", "activities"): ("general_meeting", 24, "15:00", 90),
    ("general_meetings", "lectures"): ("party_lecture", 19, "15:00", 60),
    ("study", "activities"): ("", 0, "15:30", 90),
    ("together", "activities"): ("", 0, "14:30", 120),
}
"""By file and table of it: the kind, the day of the month, when it begins and how long it takes, where not said."""
_ONE_DAY = ("theme_day",)  # which all branches hold on the fixed day, others one branch after the other
_HOURS = {"theme_day": "2", "party_lecture": "1", "group_meeting": "0.5"}
_FORMS = {
    "theme_day": "现场活动", "group_study": "集中学习", "seminar": "研讨", "online_study": "线上",
    "party_lecture": "集中授课", "volunteering": "现场活动", "community": "现场活动",
}  # fmt: skip
_CHAIRS = {ROOT: "张红卫", BRANCHES[0]: "张红卫", BRANCHES[1]: "蒋玥", BRANCHES[2]: "戚琰"}
_RECORDERS = {ROOT: "周丽萍", BRANCHES[0]: "周丽萍", BRANCHES[1]: "韩翊", BRANCHES[2]: "邹琮"}
_GROUP_CHAIRS = (("刘洋", "郑卫东"), ("朱棠", "杨砚舟"), ("柏旻", "窦皓"))
_GROUP_RECORDERS = (("赵䶮", "陈桂芳"), ("吕芷", "秦禾"), ("章泓", "苏湉"))
_POSTS = {
    "张红卫": "支部书记", "蒋玥": "支部书记", "戚琰": "支部书记", "周丽萍": "组织委员", "龚文博": "宣传委员",
    "韩翊": "宣传委员", "邹琮": "宣传委员",
}  # fmt: skip
_PLACES = {ROOT: "一楼报告厅", BRANCHES[0]: "三楼会议室", BRANCHES[1]: "二楼党员活动室", BRANCHES[2]: "五楼会议室"}
_PLACED = {"committee_meeting": "小会议室", "online_study": "各自岗位"}
_KEPT = ("place", "tags", "lecturer", "works", "product", "guests", "people", "eligible", "begins", "minutes")


@dataclass(frozen=True)
class Occasion:
    """Something that the branches do in a month: what, who, on which day, and what is written of it.

    `branch` is a name of BRANCHES or ROOT, `group` one of GROUPS or None; `values` are fields of an activity.
    """

    kind: str
    branch: str
    group: str | None
    day: date
    text: str
    resolution: str | None
    values: Mapping[str, Any] = field(default_factory=dict)


def programme(month: Month) -> list[Occasion]:
    """Everything that is done in the month, by day."""
    found = [
        occasion
        for (file, table), usual in _TABLES.items()
        for entry in texts(file)[table]
        for occasion in _occasions(entry, usual, month)
    ]
    return sorted(found, key=lambda each: (each.day, each.branch, each.group or "", each.kind))


@cache
def texts(file: str) -> Mapping[str, Any]:
    """The tables of one of the files of texts."""
    return tomllib.loads((RESOURCES / "sample" / f"{file}.toml").read_text(encoding="utf-8"))


def _occasions(entry: Mapping[str, Any], usual: tuple[str, int, str, int], month: Month) -> Iterator[Occasion]:
    """The occasions of an entry in the month: one, or one for each branch or group."""
    turns: Sequence[int] = entry.get("months") or (entry["month"],)
    if month.number not in turns:
        return
    kind, day, begins, minutes = usual
    turn = turns.index(month.number)
    given = {"begins": begins, "minutes": minutes, **entry, "kind": entry.get("kind", kind)}
    given["day"] = entry.get("day", day)
    who = _at(entry.get("who", _EVERY_BRANCH), turn)
    places = _places(given["kind"], who)
    for number, (branch, group) in enumerate(places):
        several = "months" not in entry and len(places) > 1  # lists go by month, else by branch
        yield _occasion(given, turn if not several else number, number, (branch, group), month)


def _places(kind: str, who: str) -> list[tuple[str, str | None]]:
    if kind == "group_meeting":
        return [(branch, group) for branch in BRANCHES for group in GROUPS]
    return [(branch, None) for branch in BRANCHES] if who == _EVERY_BRANCH else [(who, None)]


def _occasion(
    given: Mapping[str, Any], turn: int, number: int, place: tuple[str, str | None], month: Month
) -> Occasion:
    branch, group = place
    kind: str = given["kind"]
    values = {key: _at(given[key], turn) for key in _KEPT if key in given}
    values["theme"] = _at(given["theme"], turn)
    if kind in ("theme_day", "volunteering", "community", "contest", "debate"):
        values["title"] = values["theme"]
    values.setdefault("place", _PLACED.get(kind, _PLACES[branch]))
    hours = given.get("hours", _HOURS.get(kind))
    chair, recorder = _CHAIRS[branch], _RECORDERS[branch]
    if group is not None:
        which = BRANCHES.index(branch), GROUPS.index(group)
        chair, recorder = _GROUP_CHAIRS[which[0]][which[1]], _GROUP_RECORDERS[which[0]][which[1]]
    values |= {
        "hours": Decimal(hours) if hours else None,
        "is_online": given.get("online"),
        "form": _FORMS.get(kind),
        "lecturer_post": _POSTS.get(values["lecturer"], "党员") if "lecturer" in values else None,
        "chair": chair,
        "recorder": recorder,
        "responsible": chair,
    }
    own = given.get("own")
    parts = [_at(given.get("text", ""), turn), _at(given.get("told", ""), turn), own[number] if own else ""]
    text = "\n".join(part for part in parts if part)
    later = 0 if kind in _ONE_DAY else number // 2 if group else number
    day = _working(month, given["day"] + later)
    return Occasion(kind, branch, group, day, text, given.get("resolution"), values)


def _at(value: Any, turn: int) -> Any:
    return value[turn if len(value) > 1 else 0] if isinstance(value, list) else value


def _working(month: Month, number: int) -> date:
    """The day of this number in the month, or the working day next to it."""
    holidays, workdays = months.rest_days()
    day = date(month.year, month.number, min(number, month.last_day.day))
    step = 1
    while not is_workday(day, holidays, workdays):
        day += timedelta(days=step)
        if Month.of(day) != month:
            day, step = month.last_day, -1
    return day
