"""Telling the rows of data below a heading from everything else that stands there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from importers import synonyms
from importers.banners import Section
from importers.grid import Grid
from importers.headings import Vocabulary, normal
from importers.tables import Block, Table
from models.kinds import Raw, is_unknown, tidy
from models.rules import identity

Skipped = tuple[int, str]

_SPACES = re.compile(r"\s+")
_TOTAL = re.compile(
    rf"(?:.{{0,6}})(?:{'|'.join(synonyms.TOTALS)})(?:[:：(（\d].*|人数|人|数)?"
    r"|(?:以上|本表|本页|全部|合|总)?共有?\d+[人名位].*"
    r"|(?:月|人)?(?:平均|人均|最[高低大小])(?:值|数|额|基数)?"
)
_FURNITURE = re.compile(
    rf"(?:{synonyms.FURNITURE})(?:[(（][^)）]*[)）]|签字|签名|签章|盖章|\d)*[:：].*"
    r"|.{0,12}(?:签字|签名|盖章|签章)[)）]?",
    re.DOTALL,
)
_PAGE = re.compile(r"[(（]?(?:第\d+页.*|共\d+页|[接承转过][上下前次]页|续表).{0,3}")
_HINT = re.compile(rf"[(（【\[*]?(?:{synonyms.HINTS})[)）】\]*。]?|(?:{synonyms.HINTS})[:：(（].*", re.DOTALL)
_HINT_WITHIN = re.compile(
    "必填|选填|格式|如[:：]|例[:：如]|yyyy|YYYY|下拉|请填|请选|精确到|位数字|男/女|男或女|文本型?"
)
_ODD = re.compile(
    "[:：计計总共均最写页续签章填选请式例示如本字符期拉动须可共样范模]"
)  # one of these stands in each of the words above
_COUNTED = re.compile("[甲乙丙丁戊己庚辛壬癸]|[(（]?[0-9]{1,2}[)）]?|[A-Z]")
_SAMPLE_NAMED = re.compile(f"(?:{'|'.join(synonyms.SAMPLES)})[:：(（]")
_LONGEST = 200  # characters by which a text is told to be a total, a hint or furniture
_NEAR_THE_HEADING = 3

_LOOSE = "标题下只有零散内容，不像一行数据，没有读入。"
_AFTER_THE_END = "在表格结束（空行或合计）之后，像是附注，没有读入。"
_OTHER_TABLE = "属于下面的另一张表，没有读入。"
_OTHERS = "在“{}”之下，不是在册党员，没有读入；如要读入，请去掉这行小标题。"
_SAMPLE = "像是填写示例，没有读入。"
_CONTINUED = "与上一行合并，属于上一行，没有单独读入。"

Sort = Literal["data", "nothing", "doubt", "total", "banner", "other table"]


@dataclass
class Rows:
    """The rows of a block by number, from 0, as they were told apart.

    `lent` are values that merged cells give, `headed` those that the line over a section gives to its rows, by key;
    `totals` are the lines of sums.
    """

    data: list[int] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    lent: dict[tuple[int, int], Raw] = field(default_factory=dict)
    notes: list[int] = field(default_factory=list)
    headed: dict[int, dict[str, str]] = field(default_factory=dict)
    totals: list[int] = field(default_factory=list)


def told_apart(table: Table, block: Block, vocabulary: Vocabulary) -> Rows:
    """Every row below the heading, as data, as doubtful (with why), or as nothing to speak of."""
    return _Reader(table, block, vocabulary).read()


class _Reader:
    """Goes down one block row by row and remembers whether the table has ended and how full its rows are."""

    def __init__(self, table: Table, block: Block, vocabulary: Vocabulary) -> None:
        self._grid: Grid = table.grid
        self._start = table.heading_row + 1
        self._block = block
        self._vocabulary = vocabulary
        self._columns = sorted(block.fields.values())
        self._subjects = [block.fields[key] for key in vocabulary.subjects if key in block.fields]
        self._needed = [block.fields[key] for key in vocabulary.needed] or self._subjects
        self._words = {column: self._words_over(column) for column in range(block.first, block.last + 1)}
        self._heading_words = frozenset().union(*self._words.values())
        self._rows = Rows()
        self._section = Section()
        self._ended = False
        self._filled = 0

    def read(self) -> Rows:
        self._spread_merges()
        for row in range(self._start, len(self._grid.rows)):
            sort, why = self._sort(row)
            if sort == "data" and self._section.others:
                sort, why = "doubt", _OTHERS.format(self._section.others)
            if sort == "data":
                self._rows.data.append(row)
                if self._section.given:
                    self._rows.headed[row] = self._section.given
            elif sort == "doubt":
                self._rows.skipped.append((row, why))
            elif sort == "total":
                self._ended = True
                self._rows.totals.append(row)
            elif sort == "other table":
                self._leave_the_rest(row)
                break
        return self._rows

    def _words_over(self, column: int) -> frozenset[str]:
        """Everything that the heading and the rows over it say in one column."""
        rows = range(max(0, self._start - _NEAR_THE_HEADING - 2), self._start)
        texts = (self._grid.at(row, column) for row in rows)
        return frozenset(normal(text) for text in texts if isinstance(text, str))

    def _spread_merges(self) -> None:
        """Cells merged downward lend their value to each row; a block merged both ways is a note, not data."""
        for top, left, bottom, right in self._grid.merges:
            if top < self._start or bottom == top or not self._block.first <= left <= self._block.last:
                continue
            value = self._grid.at(top, left)
            if right > left and not any(left <= column <= right for column in self._subjects):
                self._rows.lent |= dict.fromkeys((top, column) for column in range(left, right + 1))
                if value is not None:
                    self._rows.notes.append(top)
            elif value is not None and left in self._columns and (top + 1, left) not in self._rows.lent:
                below = range(top + 1, min(bottom + 1, len(self._grid.rows)))
                self._rows.lent |= dict.fromkeys(((row, left) for row in below), value)

    def _sort(self, row: int) -> tuple[Sort, str]:
        if self._is_banner(row):
            return "banner", ""
        cells = self._grid.rows[row]
        own = [column for column in self._columns if column < len(cells) and cells[column] is not None]
        if self._rows.lent:
            own = [column for column in own if (row, column) not in self._rows.lent]
        subject = next((tidy(cells[column]) for column in self._subjects if column in own), "")
        if not subject and not any(tidy(cells[column]) for column in own):
            return self._sort_without_values(row)
        first = next(filter(None, map(tidy, cells[self._block.first :])))
        odd = self._sort_oddity(row, own, subject, first)
        if odd is not None:
            return odd
        return self._sort_body(row, own, subject)

    def _is_banner(self, row: int) -> bool:
        """Whether the row is the head of a section; its rows are then known by it, and the table goes on."""
        if "branch" not in self._vocabulary.entered:
            return False
        cells = self._between(row)
        if len(cells) - cells.count(None) != 1:
            return False
        at, text = next((at, cell) for at, cell in enumerate(cells, self._block.first) if cell is not None)
        if at > min(self._subjects) or not isinstance(text, str):
            return False
        begun = self._section.begins(text)
        if begun is None:
            return False
        self._section = begun
        self._ended = False
        return True

    def _sort_without_values(self, row: int) -> tuple[Sort, str]:
        """A row with nothing in a known column: blank, a count prepared for later, or words beside the table."""
        cells = [tidy(cell) for cell in self._between(row)]
        leading = next(filter(None, map(tidy, self._grid.rows[row])), "")  # 合计 may stand in the column of the count
        if any(_TOTAL.fullmatch(_SPACES.sub("", cell)) for cell in (leading, *cells)):
            return "total", ""
        faults = [column for column in self._subjects if (row, column) in self._grid.faults]
        if faults and not self._ended:
            return "data", ""
        if any(cells):
            return "nothing", ""
        self._ended = self._ended or bool(self._rows.data)
        return "nothing", ""

    def _sort_oddity(self, row: int, own: list[int], subject: str, first: str) -> tuple[Sort, str] | None:
        """What tells a row that is no data by its words alone; None for a row that may be data."""
        plain = _SPACES.sub("", subject[:_LONGEST])
        beginning = _SPACES.sub("", first[:_LONGEST])
        odd = _ODD.search(plain) or _ODD.search(beginning)
        if odd and (_TOTAL.fullmatch(beginning) or _TOTAL.fullmatch(plain)):
            return "total", ""
        again = self._sort_heading(row) if self._may_be_heading(subject) else None
        if again is not None:
            return again
        if row < self._start + _NEAR_THE_HEADING and self._is_guidance(row, own, plain):
            return "nothing", ""
        if odd and (_HINT.fullmatch(plain) or _FURNITURE.fullmatch(plain) or _FURNITURE.fullmatch(beginning)):
            return "nothing", ""
        if odd and (_PAGE.fullmatch(plain) or _PAGE.fullmatch(beginning)):
            return "nothing", ""
        if not subject and self._is_furniture(row):
            return "nothing", ""
        if self._is_sample(row, plain, beginning):
            return "doubt", _SAMPLE
        return None

    def _may_be_heading(self, subject: str) -> bool:
        word = subject if subject.isalpha() else normal(subject)
        return not word or word in self._heading_words or bool(self._vocabulary.keys(word))

    def _sort_heading(self, row: int) -> tuple[Sort, str] | None:
        """The heading once more (as printed on every page), or the heading of another table."""
        cells = enumerate(self._between(row), self._block.first)
        texts = {column: normal(cell) for column, cell in cells if isinstance(cell, str)}
        same = sum(text in self._words[column] for column, text in texts.items())
        if texts and same * 4 >= len(texts) * 3:
            return "nothing", ""
        texts = {column: text for column, text in texts.items() if column in self._columns}
        known = {key for text in texts.values() for key in self._vocabulary.keys(text)}
        if same > 1 or (len(known) * 2 >= len(texts) and len(known) >= min(3, len(texts)) and len(texts) > 1):
            return "other table", ""
        return None

    def _is_guidance(self, row: int, own: list[int], subject: str) -> bool:
        """A row of hints (必填, 如1990-01-01) or of column numbers (甲 乙 1 2 3) just below the heading."""
        texts = [_SPACES.sub("", tidy(self._grid.at(row, column))[:_LONGEST]) for column in own]
        if len(texts) > 2 and all(_COUNTED.fullmatch(text) for text in texts):
            return True
        hints = sum(bool(_HINT.fullmatch(text) or _HINT_WITHIN.search(text)) for text in texts)
        return hints * 2 > len(texts) or (hints > 0 and bool(_HINT.fullmatch(subject)))

    def _is_furniture(self, row: int) -> bool:
        """Whether half of what the row holds is the kind of word that stands beside signatures."""
        texts = [_SPACES.sub("", tidy(cell)[:_LONGEST]) for cell in self._between(row) if cell is not None]
        return sum(bool(_FURNITURE.fullmatch(text)) for text in texts) * 2 >= len(texts)

    def _is_sample(self, row: int, subject: str, beginning: str) -> bool:
        marked = not beginning.isdecimal() and re.sub(r"[\W\d]", "", beginning) in synonyms.SAMPLES
        named = _SAMPLE_NAMED.match(subject) is not None
        first = not self._rows.data and row < self._start + _NEAR_THE_HEADING
        return marked or named or (first and subject in synonyms.SAMPLE_NAMES and not self._is_somebody(row))

    def _is_somebody(self, row: int) -> bool:
        """Whether 张三 is a person after all: a sample row has no number that holds, and stands in rosters alone."""
        if "birth_date" not in self._vocabulary.columns:
            return True
        column = self._block.fields.get("id_number")
        number = "" if column is None else tidy(self._grid.at(row, column)).upper()
        return identity.fault_in(number) is None

    def _sort_body(self, row: int, own: list[int], subject: str) -> tuple[Sort, str]:
        """Data, or in doubt: a row that lacks what every row needs, or that comes after the end of the table."""
        needed = [column for column in self._needed if column in own or (row, column) in self._grid.faults]
        if not needed and any((row, column) in self._rows.lent for column in self._needed):
            return "doubt", _CONTINUED
        if subject and is_unknown(subject):
            subject = ""
        if len(own) == 1 and (not subject or len(subject) > 10 or self._stretches(row, own[0])):
            return (
                ("nothing", "") if _FURNITURE.search(tidy(self._grid.at(row, own[0]))[:_LONGEST]) else ("doubt", _LOOSE)
            )
        if self._ended and (not subject or len(own) * 2 < self._usual):
            return "doubt", _AFTER_THE_END
        self._filled += len(own)
        return "data", ""

    @property
    def _usual(self) -> float:
        """How many known cells a row of this table has, on average."""
        return self._filled / len(self._rows.data) if self._rows.data else 0

    def _stretches(self, row: int, column: int) -> bool:
        return any(top == row and left == column and right > left for top, left, _, right in self._grid.merges)

    def _leave_the_rest(self, row: int) -> None:
        """Everything from the heading of another table on is named, none of it read."""
        for below in range(row + 1, len(self._grid.rows)):
            if any(cell is not None for cell in self._between(below)):
                self._rows.skipped.append((below, _OTHER_TABLE))

    def _between(self, row: int) -> Sequence[Raw]:
        return self._grid.rows[row][self._block.first : self._block.last + 1]
