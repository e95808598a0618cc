"""What a branch changes of a ledger: words around it, columns renamed, hidden, put in another order or added."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from models.kinds import DAY, MONEY, MONTH, NUMBER, TEXT, Choice, Kind

Every = Literal["once", "year", "month"]
EVERY: Mapping[Every, str] = {"once": "一直有效", "year": "每年另填", "month": "每月另填"}
FIRST_NEW = 1_000_000  # an added column with a key from this number on is not saved yet
KINDS: Mapping[str, str] = {
    "text": "文字",
    "number": "数字",
    "money": "金额",
    "day": "日期",
    "month": "月份",
    "choice": "选项",
}
WORDS: Mapping[str, str] = {
    "unit": "【单位】",
    "maker": "【填表人】",
    "secretary": "【书记】",
    "date": "【日期】",
    "period": "【时期】",
    "notice_from": "【公示开始】",
    "notice_to": "【公示截止】",
    "telephone": "【电话】",
}
_PLAIN: Mapping[str, Kind] = {"text": TEXT, "number": NUMBER, "money": MONEY, "day": DAY, "month": MONTH}
_WIDTHS = {"text": 14, "number": 8, "money": 11, "day": 11, "month": 9, "choice": 10}


@dataclass(frozen=True)
class Extra:
    """A column that a branch added: its values stand for each record once, for each year or for each month."""

    key: str
    title: str
    kind: str = "text"
    options: tuple[str, ...] = ()
    every: Every = "once"
    totalled: bool = False

    @property
    def reads(self) -> Kind:
        """The kind that its values are read and shown by."""
        return Choice(self.options) if self.kind == "choice" else _PLAIN[self.kind]

    @property
    def width(self) -> float:
        return _WIDTHS[self.kind]

    @property
    def is_new(self) -> bool:
        """Whether it is not saved yet."""
        return int(self.key[1:]) >= FIRST_NEW


@dataclass(frozen=True)
class Place:
    """One column in its place; `title` None is the standard one."""

    key: str
    title: str | None = None
    hidden: bool = False


@dataclass(frozen=True)
class Variant:
    """What a branch has of its own in one ledger; None is the standard wording.

    `places` are the columns in their order, with those added; a column of the ledger that it does not name follows
    them. In `heading`, `lines` and `signatures` the words of WORDS stand for what is filled in.
    """

    heading: str | None = None
    lines: tuple[str, str, str] | None = None
    signatures: tuple[str, ...] | None = None
    places: tuple[Place, ...] = ()
    extras: tuple[Extra, ...] = field(default=())

    def document(self) -> dict[str, Any]:
        """The variant without what its added columns are, as JSON keeps it."""
        return {
            "heading": self.heading,
            "lines": None if self.lines is None else list(self.lines),
            "signatures": None if self.signatures is None else list(self.signatures),
            "columns": [[each.key, each.title, each.hidden] for each in self.places],
        }

    @classmethod
    def of_document(cls, document: Mapping[str, Any], extras: tuple[Extra, ...] = ()) -> "Variant":
        """The variant that `document` wrote down, with the columns that were added."""
        lines, signatures = document["lines"], document["signatures"]
        return cls(
            heading=document["heading"],
            lines=None if lines is None else (lines[0], lines[1], lines[2]),
            signatures=None if signatures is None else tuple(signatures),
            places=tuple(Place(key, title, hidden) for key, title, hidden in document["columns"]),
            extras=extras,
        )


def every_of(text: object) -> Every:
    """How often a column is filled in, from its word; what is no such word is once."""
    every: Every
    for every in get_args(Every):
        if text == every:
            return every
    return "once"


def in_words(template: str, title: str) -> str:
    """A ledger's template as a person edits it: {unit} as 【单位】, {title} as the title itself."""
    said = template.replace("{title}", title)
    for key, word in WORDS.items():
        said = said.replace(f"{{{key}}}", word)
    return said


def as_template(said: str) -> str:
    """What a person wrote as a template again; braces of their own stay braces."""
    template = said.replace("{", "{{").replace("}", "}}")
    for key, word in WORDS.items():
        template = template.replace(word, f"{{{key}}}")
    return template
