"""The tables that the import dialog shows, and the list of rows that were not taken."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, make_dataclass
from typing import Any

from gui.importing.work import Opened, Preview, headings_of, matched_tables
from importers import rows, years
from importers.headings import Vocabulary
from importers.intake import Report
from importers.matching import Match
from importers.tables import Table
from models.kinds import NUMBER, TEXT, tidy
from models.ledger import Column, Ledger, Sheet

_ROW = Column("row", "行", NUMBER, 5)
_SHEET = Column("sheet", "工作表", TEXT, 10)


@dataclass(frozen=True)
class TroubledRow:
    """A line of the tables of problems and of rows left out."""

    sheet: str
    row: int
    name: str
    field: str
    value: str
    why: str


def tables_of(opened: Opened, preview: Preview, ledger: Ledger) -> Mapping[str, Sheet]:
    """The tables of a preview by the words on their tabs, what is to be looked at first; empty ones are left out."""
    report = preview.report
    names = _Names(opened, ledger, report)
    titles = {column.key: column.title for column in ledger.columns}
    where = (_SHEET, _ROW) if len(report.match.sheets) > 1 else (_ROW,)
    problems = [
        TroubledRow(
            each.sheet, each.row, names.at(each.sheet, each.row), titles.get(each.field or "", ""), each.value, each.why
        )
        for each in report.problems
    ]
    skipped = [TroubledRow(each.sheet, each.row, "", "", "", each.why) for each in report.match.skipped]
    why = (
        _text("name", "姓名", 10),
        _text("field", "列", 10),
        _text("value", "内容", 16),
        _text("why", "为什么不能导入", 40),
    )
    change = (_text("name", "姓名", 10), _text("title", "列"), _text("old", "原来", 18), _text("new", "改为", 18))
    found = {
        f"有问题 {len({(each.sheet, each.row) for each in problems})}": plain("问题", (*where, *why), problems),
        f"修改 {report.counts['updated']}": plain("修改", (*where, *change), preview.changed),
        f"新增 {report.counts['added']}": _added(report, ledger, where),
        f"跳过 {len(skipped)}": plain("跳过", (*where, _text("why", "为什么跳过", 40)), skipped),
    }
    return {words: sheet for words, sheet in found.items() if sheet.rows}


class _Names:
    """The names that stand in the rows of a file, sound or not."""

    def __init__(self, opened: Opened, ledger: Ledger, report: Report) -> None:
        self._columns = {
            table.grid.name: (table.grid, [block.fields["name"] for block in table.blocks if "name" in block.fields])
            for table in matched_tables(opened, ledger, report.match)
        }

    def at(self, sheet: str, row: int) -> str:
        """The name in a row (counted as a person sees it), the first where tables stand side by side."""
        grid, columns = self._columns[sheet]
        return next((text for column in columns if (text := tidy(grid.at(row - 1, column)))), "")


class _Lines:
    """The rows of a table as they were read: with what merged cells, and the lines over sections, give to them."""

    def __init__(self, table: Table, ledger: Ledger, match: Match, file_name: str) -> None:
        vocabulary = Vocabulary(ledger, match.memory)
        dated = years.KEY in vocabulary.entered and years.KEY not in match.mapping.values()
        year = years.year_of(table.grid, table.heading_row, file_name) if dated else None
        self._everywhere = {vocabulary.columns[years.KEY].title: str(year)} if year is not None else {}
        told = [rows.told_apart(table, block, vocabulary) for block in table.blocks]
        self.name = table.grid.name
        self._grid = table.grid
        self._lent = {place: raw for each in told for place, raw in each.lent.items()}
        self._headed = {row: given for each in told for row, given in each.headed.items()}
        self._places = {heading.text: heading.column for heading in headings_of(table)}
        fields = {key: text for text, key in match.mapping.items()}
        self._given = {
            fields.get(column.key, column.title): column.key
            for column in ledger.columns
            if any(column.key in given for given in self._headed.values())
        }

    @property
    def headings(self) -> list[str]:
        """The headings as found, and those under which the title, and lines over sections, would have had to stand."""
        return list(dict.fromkeys([*self._everywhere, *self._given, *self._places]))

    def text(self, row: int, heading: str) -> str:
        """What a row, counted from 0, has under a heading; empty where the table has no such heading."""
        column = self._places.get(heading, -1)
        own = tidy(self._grid.at(row, column)) or tidy(self._lent.get((row, column))) if column >= 0 else ""
        own = own or self._everywhere.get(heading, "")
        return own or self._headed.get(row, {}).get(self._given.get(heading, ""), "")


def problem_sheet(opened: Opened, ledger: Ledger, report: Report) -> Sheet:
    """The rows that are not taken as they stand in the file, each with its reasons, to be corrected and imported."""
    tables, name = matched_tables(opened, ledger, report.match), opened.workbook.name
    found = [_Lines(table, ledger, report.match, name) for table in tables]
    texts = list(dict.fromkeys(text for each in found for text in each.headings))
    keys = {text: f"column_{number}" for number, text in enumerate(texts)}
    row_type = make_dataclass("UntakenRow", ["row", "why", *keys.values()], frozen=True)
    whys: dict[tuple[str, int], dict[str, None]] = {}
    for problem in report.problems:
        whys.setdefault((problem.sheet, problem.row), {})[problem.why] = None
    untaken = [
        row_type(row=number, why="".join(reasons), **{key: each.text(number - 1, text) for text, key in keys.items()})
        for each in found
        for (sheet, number), reasons in whys.items()
        if sheet == each.name
    ]
    columns = (  # the number of the record, if there is one, stays last: only there it is read again
        Column("row", "原行号", NUMBER, 7),
        _text("why", "没有导入的原因", 40),
        *(_text(key, text, 12) for text, key in keys.items()),
    )
    return plain(f"{opened.path.stem}中没有导入的行", columns, untaken)


def _added(report: Report, ledger: Ledger, where: tuple[Column, ...]) -> Sheet:
    read = {key for row in report.match.rows for key in row.values}
    columns = [column for column in ledger.columns if column.key in read]
    row_type = make_dataclass("AddedRow", ["sheet", "row", *(column.key for column in columns)], frozen=True)
    rows = [
        row_type(sheet=row.sheet, row=row.number, **{column.key: row.values.get(column.key) for column in columns})
        for row, outcome in report.outcomes
        if outcome.kind == "added"
    ]
    return plain("新增", (*where, *columns), rows)


def plain(heading: str, columns: Iterable[Column], rows: Sequence[Any]) -> Sheet:
    """A sheet without furniture."""
    return Sheet(
        name="import",
        heading=heading,
        columns=tuple(columns),
        rows=rows,
        totals={},
        lines=("", "", ""),
        signatures=(),
        note="",
        orientation="landscape",
    )


def _text(key: str, title: str, width: float = 12) -> Column:
    return Column(key, title, TEXT, width)
