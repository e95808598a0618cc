"""Lines among the rows that head a section of a table: 第一党支部（5人） says where the people below it belong."""

import re
import unicodedata
from dataclasses import dataclass, field

from importers import synonyms

_COUNT = r"(?:[(:]?(?:共|党员)*\d+[人名](?:党员)?\)?)?:?"
_NUMBERED = r"(?:\(?(?:\d+|[一二三四五六七八九十]+)(?:\)|[、.]\)?))?"
_LISTS = "(?:党员|人员|同志|名单|名册|花名册|情况|登记|一览|统计|表|册)*"
_SORTS = (
    ("branch", re.compile(rf"{_NUMBERED}(?:(?:所[在属])?党?支部(?:名称)?:)?([^:、,。()]*支部(?:委员会)?){_COUNT}")),
    ("group", re.compile(rf"{_NUMBERED}(?:(?:所[在属])?党?小组(?:名称)?:)?([^:、,。()]*小组){_COUNT}")),
    ("others", re.compile(rf"{_NUMBERED}(?:附表?\d*:?)?([^:、,。()]*(?:{synonyms.NO_MEMBERS}){_LISTS}){_COUNT}")),
    ("members", re.compile(rf"{_NUMBERED}((?:{synonyms.MEMBERS}){_LISTS}){_COUNT}")),
)
_LONGEST = 60


@dataclass
class Section:
    """Where a table has come to: what lines over the rows give to them, by key, and who they are if no members."""

    given: dict[str, str] = field(default_factory=dict)
    others: str = ""

    def begins(self, text: str) -> "Section | None":
        """The section that this line heads; None for a line that heads none."""
        plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text[:_LONGEST]))
        for key, sort in _SORTS:
            found = sort.fullmatch(plain)
            if found:
                return self._after(key, found[1])
        return None

    def _after(self, key: str, name: str) -> "Section":
        if key == "others":
            return Section(self.given, name)
        if key == "members":
            return Section(self.given)
        return Section({key: name} if key == "branch" else self.given | {key: name})
