"""Texts with places to fill in, as 【应到】: templates of minutes and phrases."""

import re
from collections.abc import Mapping

PLACES: Mapping[str, str] = {
    "日期": "活动日期",
    "时间": "开始时间",
    "地点": "地点",
    "组织": "支部或党小组的名称",
    "主持人": "主持人",
    "记录人": "记录人",
    "议题": "议题（主题）",
    "授课人": "授课人",
    "学时": "学时",
    "应到": "应到人数",
    "实到": "实到人数",
    "请假": "请假人数（含公出）",
    "缺席": "缺席人数",
    "请假人员": "请假的人和原因",
    "缺席人员": "缺席的人和原因",
    "列席人员": "列席的人",
    "有表决权应到": "有表决权的应到人数",
    "有表决权实到": "有表决权的实到人数",
    "是否符合规定": "有表决权的到会是否够规定的人数",
}
"""The places that the program fills by itself; any other is for a person to fill."""
_PLACE = re.compile(r"【([^【】\n]*)】")


def fill(text: str, known: Mapping[str, str]) -> str:
    """The text with each place filled whose value is known and not empty; the others stay as they are."""
    return _PLACE.sub(lambda found: known.get(found[1].strip()) or found[0], text)


def blanks(text: str) -> list[str]:
    """The places still to be filled, each once, with their brackets."""
    return list(dict.fromkeys(found[0] for found in _PLACE.finditer(text)))


def next_blank(text: str, start: int = 0) -> tuple[int, int] | None:
    """Where the first place at or behind `start` begins and ends, from the beginning again where there is none."""
    found = _PLACE.search(text, start) or _PLACE.search(text)
    return found.span() if found is not None else None
