"""Meetings: the clock, and how those called add up."""

import re
import unicodedata
from dataclasses import dataclass

PRESENT, LEAVE, ON_DUTY, ABSENT = "出席", "请假", "公出", "缺席"
STATES = (PRESENT, LEAVE, ON_DUTY, ABSENT)
NEXT = {None: PRESENT, PRESENT: LEAVE, LEAVE: ABSENT, ABSENT: PRESENT, ON_DUTY: PRESENT}
SIGNS = {PRESENT: "√", LEAVE: "△", ON_DUTY: "○", ABSENT: "×"}
"""The marks of the attendance sheet (F23)."""
_CLOCK = re.compile(r"(\d{1,2})(?:[:：时点.](\d{1,2})?分?)?")


@dataclass(frozen=True)
class Count:
    """Those called to an activity: 应到 = 实到 + 请假 + 缺席, and those not called yet while it is recorded.

    `leave` has those away on duty too; `visitors` sat in without being called.
    """

    entitled: int = 0
    present: int = 0
    leave: int = 0
    absent: int = 0
    voting: int = 0
    voting_present: int = 0
    visitors: int = 0

    @property
    def unmarked(self) -> int:
        return self.entitled - self.present - self.leave - self.absent


def clock_time(text: str) -> str:
    """A time of day as HH:MM (9：5, 15时, 1530 and 15点30分 too); ValueError with a sentence where it is none."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    half_day = 12 if plain.startswith(("下午", "晚上")) else 0
    plain = re.sub("^(上午|下午|晚上)", "", plain)
    if re.fullmatch(r"\d{4}", plain):
        plain = f"{plain[:2]}:{plain[2:]}"
    found = _CLOCK.fullmatch(plain.replace("半", "30"))
    if found is None:
        raise ValueError(f"“{text[:20]}”不是时间，请写成 15:00 的样子。")
    hours, minutes = int(found[1]), int(found[2] or 0)
    hours += half_day if hours < 12 else 0
    if hours > 23 or minutes > 59:
        raise ValueError(f"“{text[:20]}”不是时间，请写成 15:00 的样子。")
    return f"{hours:02d}:{minutes:02d}"
