"""The shared declaration: a ledger is declared once and read by screen, form, Excel, CSV and paper alike."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from sqlalchemy.orm import Session

from models.kinds import Kind
from models.records.local_forms import Variant, as_template
from models.records.outcomes import Outcome, Values
from models.rules.periods import Month, Period

__all__ = ["Column", "Furniture", "Ledger", "Outcome", "Session", "Sheet", "Values", "View", "adapted", "filled"]
Span = Literal["year", "month", "any", "none"]
_RECORD = "id"


@dataclass(frozen=True)
class Column:
    """One column: `key` names the attribute of a row; `width` is in characters of half an em.

    `band` joins neighbouring columns under one upper heading. `entered` columns can be typed and imported;
    `synonyms` are other headings under which an imported file may carry them.
    """

    key: str
    title: str
    kind: Kind
    width: float = 10
    band: str = ""
    required: bool = False
    entered: bool = True
    totalled: bool = False
    synonyms: tuple[str, ...] = ()

    def total_text(self, total: Decimal | int) -> str:
        """A total as the column writes figures: money to the fen, anything else no longer than it is."""
        if self.kind.excel_format.endswith(".00"):
            return f"{total:,.2f}"
        return f"{total:,.2f}".rstrip("0").rstrip(".")


@dataclass(frozen=True)
class View:
    """What is looked at: the day it is looked at, the period, one branch or all (None).

    `as_of` is an earlier day of which it is asked what was so then; it is then `today` as well.
    """

    today: date
    period: Period
    branch_id: int | None = None
    as_of: date | None = None

    def back_to(self, day: date | None) -> "View":
        """The same as of an earlier day; None looks at what is so now."""
        return self if day is None else replace(self, today=day, as_of=day)

    @property
    def month(self) -> Month:
        return self.period.last


RowsReader = Callable[[Session, View], Sequence[Any]]
RowsSaver = Callable[[Session, Sequence[Values], View], Sequence[Outcome]]
NoteReader = Callable[[Session, View], str]
Fitter = Callable[[Session, "Ledger", View | None], "Ledger"]


LINES_OF_A_DAY = ("填报单位（盖章）：{unit}", "", "截至{date}")  # above a ledger of what is so on a day


@dataclass(frozen=True)
class Ledger:
    """A ledger: how its rows are read, which action saves rows, its columns and its furniture on paper.

    `rows` answers immutable rows with one attribute a column key (and `id` where a row is one record).
    `save` takes rows of values by column key and answers one Outcome each, in order; without it the ledger
    cannot be imported. `span` says what period it shows: a year, a month (or any period within a year), any (several
    years too), or none.
    `heading` is a template over {period} and {title}. `lines` stand under the title (left, centre, right) and
    `signatures` under the table, both templates over {unit}, {maker}, {secretary}, {date}, {period}. One that is
    `as_of` can tell what was so on an earlier day.
    `note` stands under the table; what it says of the rows themselves, `note_of` makes of them as they were read.
    `fitted` answers the ledger with the columns that follow from what the data file holds: those that a view needs,
    or without a view all that an import may bring.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: RowsReader
    save: RowsSaver | None = None
    span: Span = "month"
    heading: str = "{period}{title}"
    lines: tuple[str, str, str] = ("填报单位（盖章）：{unit}", "", "单位：元")
    signatures: tuple[str, ...] = ("支部书记：", "组织委员：", "填表人：{maker}", "填表日期：{date}")
    note: NoteReader | str = ""
    note_of: Callable[[Sequence[Any]], str] | None = None
    orientation: Literal["landscape", "portrait"] = "landscape"
    capitals_of: str = ""
    public: bool = False
    as_of: bool = False
    empty: str = "这里还没有记录。"
    fitted: Fitter | None = None

    @property
    def importable(self) -> bool:
        return self.save is not None

    def seen(self, view: View) -> View:
        """The view as the ledger takes it: one of the year shows the whole year."""
        return replace(view, period=Period.of_year(view.period.year)) if self.span == "year" else view


@dataclass(frozen=True)
class Sheet:
    """A ledger filled for one view: all that a screen, a workbook or a page needs, outliving the session.

    `totals` maps the keys of totalled columns to their sums; `capitals` is the amount to be written in capital
    figures, or None; `check` is the short fingerprint of the audit trail printed at the foot ("" leaves it out).
    """

    name: str
    heading: str
    columns: tuple[Column, ...]
    rows: Sequence[Any]
    totals: Mapping[str, Decimal | int]
    lines: tuple[str, str, str]
    signatures: tuple[str, ...]
    note: str
    orientation: Literal["landscape", "portrait"]
    capitals: Decimal | None = None
    public: bool = False
    check: str = ""
    importable: bool = False

    def without(self, *keys: str) -> "Sheet":
        """The same sheet with these columns left out."""
        return replace(self, columns=tuple(column for column in self.columns if column.key not in keys))


@dataclass(frozen=True)
class Furniture:
    """The words that fill a ledger's templates."""

    unit: str
    maker: str
    secretary: str
    check: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


def adapted(ledger: Ledger, variant: Variant, hidden: bool = False) -> Ledger:
    """The ledger with a branch's own words and columns, in its order; hidden columns are there only with `hidden`.

    A renamed column keeps its standard name among its synonyms, and the number of the record stays last.
    """
    known = {column.key: column for column in ledger.columns}
    known |= {e.key: Column(e.key, e.title, e.reads, e.width, totalled=e.totalled) for e in variant.extras}
    named = {place.key for place in variant.places}
    columns = [
        _renamed(known[place.key], place.title)
        for place in variant.places
        if place.key in known and (hidden or not place.hidden)
    ]
    columns += [column for column in ledger.columns if column.key not in named]
    columns.sort(key=lambda column: column.key == _RECORD)
    left, centre, right = ledger.lines if variant.lines is None else map(as_template, variant.lines)
    return replace(
        ledger,
        columns=tuple(columns),
        heading=ledger.heading if variant.heading is None else as_template(variant.heading),
        lines=(left, centre, right),
        signatures=ledger.signatures if variant.signatures is None else tuple(map(as_template, variant.signatures)),
    )


def _renamed(column: Column, title: str | None) -> Column:
    if title is None or title == column.title:
        return column
    return replace(column, title=title, synonyms=(column.title, *column.synonyms))


def filled(ledger: Ledger, session: Session, view: View, furniture: Furniture) -> Sheet:
    """The ledger's rows and furniture for one view, read within `session` and usable after it is closed."""
    words = {
        "unit": furniture.unit,
        "maker": furniture.maker,
        "secretary": furniture.secretary,
        "date": f"{view.today.year}年{view.today.month}月{view.today.day}日",
        "period": view.period.chinese if ledger.span != "none" else "",
        "title": ledger.title,
        **furniture.fields,
    }
    rows = ledger.rows(session, view)
    totals = {column.key: _total(rows, column) for column in ledger.columns if column.totalled}
    note = ledger.note if isinstance(ledger.note, str) else ledger.note(session, view)
    note = note if ledger.note_of is None else ledger.note_of(rows)
    left, centre, right = (line.format(**words) for line in ledger.lines)
    return Sheet(
        name=ledger.name,
        heading=ledger.heading.format(**words),
        columns=ledger.columns,
        rows=rows,
        totals=totals,
        lines=(left, centre, right),
        signatures=tuple(line.format(**words) for line in ledger.signatures),
        note=note,
        orientation=ledger.orientation,
        capitals=Decimal(totals[ledger.capitals_of]) if ledger.capitals_of else None,
        public=ledger.public,
        check=furniture.check,
        importable=ledger.importable,
    )


def _total(rows: Sequence[Any], column: Column) -> Decimal | int:
    """The sum of what the column's cells hold as numbers (a cell without a number adds nothing)."""
    cells = (column.kind.cell(getattr(row, column.key)) for row in rows)
    return sum((cell for cell in cells if isinstance(cell, Decimal | int)), Decimal(0))
