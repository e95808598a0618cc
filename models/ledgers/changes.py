"""What has changed in a ledger since it was sent: rows added, changed and gone, and which cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, make_dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from models.kinds import MONEY, RATE, TEXT, Align, Cell, Choice, Kind, Rate, Text
from models.ledger import Column, Sheet, View
from models.ledgers import catalogue, snapshots
from models.ledgers.sheets import sheet
from models.ledgers.snapshots import Snapshot
from models.records import sendings
from models.records.sendings import Sending
from models.rules.periods import Period

ADDED, CHANGED, REMOVED = "新增", "修改", "删除"
SORT = Choice((ADDED, CHANGED, REMOVED), tones={ADDED: "good", CHANGED: "warn", REMOVED: "bad"})
BY_CALENDAR = frozenset({"age", "seniority"})  # they grow with the days, and nobody changed them
_SORT_COLUMN = Column("sort_of_change", "变动", SORT, 6, entered=False)
_BEFORE_COLUMN = Column("said_before", "原来的内容", TEXT, 30, entered=False)


class AsCell(Kind):
    """Values that are cells of a spreadsheet already, shown as the kind they came from shows them."""

    def __init__(self, kind: Kind) -> None:
        self.align: Align = kind.align
        self.excel_format = kind.excel_format
        self._rate = isinstance(kind, Rate)

    def show(self, value: Any) -> str:
        if isinstance(value, Decimal | int):
            if self.excel_format.endswith(".00"):
                return MONEY.show(Decimal(value))
            return (
                RATE.show(Decimal(value)) if self._rate else f"{value:f}" if isinstance(value, Decimal) else str(value)
            )
        return "" if value is None else str(value)

    def cell(self, value: Any) -> Cell:
        cell: Cell = value
        return cell


@dataclass(frozen=True)
class Changes:
    """One ledger since it was sent: the rows that changed as a sheet, and by place how and in which cells.

    `counts` says how many rows were added, changed and removed; `columns` names those that came or went.
    """

    sheet: Sheet
    marks: Mapping[int, tuple[str, frozenset[str]]]
    counts: Mapping[str, int]
    columns: str = ""

    @property
    def chinese(self) -> str:
        """新增 1 行，修改 2 行."""
        said = [f"{words} {self.counts[words]} 行" for words in (ADDED, CHANGED, REMOVED) if self.counts[words]]
        return "，".join(said) or "没有改动"


def since(session: Session, sending: Sending, today: date) -> list[Changes]:
    """Each ledger of a sending for the same period and branch as it stands now, compared with what was sent."""
    view = View(today, Period(sending.first_month, sending.last_month), sending.branch_id)
    found = []
    for table in sendings.tables_of(session, sending.id):
        ledger = next((each for each in catalogue.LEDGERS if each.name == table.name), None)
        if ledger is None or not table.content:
            continue
        now = sheet(session, ledger, view)
        changes = compared(snapshots.read(table.content), replace(now, heading=table.heading))
        found.append(replace(changes, sheet=_headed(changes, sending)))
    return found


def _headed(changes: Changes, sending: Sending) -> Sheet:
    """The sheet with words around it that say what it was compared with."""
    left, _, right = changes.sheet.lines
    day = sending.sent_on
    said = f"与{day.year}年{day.month}月{day.day}日报送的相比：{changes.chinese}"
    note = "涂色的格是改动过的，原来的内容写在最后一列。"
    return replace(
        changes.sheet,
        heading=f"{changes.sheet.heading}（改动）",
        lines=(left, said, right),
        signatures=(),
        note=f"{note}{changes.columns}。" if changes.columns else note,
    )


def compared(before: Snapshot, now: Sheet) -> Changes:
    """The rows of a sheet that are not as they were.

    A column that was not sent then or is gone now is no change, nor are years of age and of membership.
    """
    columns = [column for column in now.columns if column.key != "id"]
    keys = [column.key for column in columns]
    row_of = make_dataclass("ChangedRow", [_SORT_COLUMN.key, *keys, _BEFORE_COLUMN.key], frozen=True, slots=True)
    both = [column for column in columns if column.key in before.titles and column.key not in BY_CALENDAR]
    rows: list[Any] = []
    marks: dict[int, tuple[str, frozenset[str]]] = {}
    counts = dict.fromkeys((ADDED, CHANGED, REMOVED), 0)

    def note(sort: str, cells: Mapping[str, Cell], marked: Sequence[Column], said: str) -> None:
        marks[len(rows)] = sort, frozenset({_SORT_COLUMN.key, *(column.key for column in marked)})
        rows.append(row_of(sort, *(cells.get(key) for key in keys), said))
        counts[sort] += 1

    left = dict(before.rows)
    for key, row in snapshots.keyed(now.columns, now.rows):
        cells = {column.key: column.kind.cell(getattr(row, column.key)) for column in columns}
        old = left.pop(key, None)
        if old is None:
            note(ADDED, cells, columns, "")
            continue
        different = [column for column in both if not _same(old[column.key], cells[column.key])]
        if different:
            said = "；".join(f"{column.title}：{_told(column, old[column.key])}" for column in different)
            note(CHANGED, cells, different, said)
    for old in left.values():
        note(REMOVED, old, columns, "报送时有这一行，现在没有了")
    shown = tuple(replace(each, kind=each.kind if _is_text(each.kind) else AsCell(each.kind)) for each in columns)
    return Changes(
        sheet=replace(
            now, columns=(_SORT_COLUMN, *shown, _BEFORE_COLUMN), rows=rows, totals={}, capitals=None, importable=False
        ),
        marks=marks,
        counts=counts,
        columns=_columns_said(before, columns),
    )


def _columns_said(before: Snapshot, columns: Sequence[Column]) -> str:
    now = {column.key: column.title for column in columns}
    came = [title for key, title in now.items() if key not in before.titles]
    went = [title for key, title in before.titles.items() if key not in now]
    said = [f"比报送时多了列：{'、'.join(came)}"] if came else []
    return "；".join([*said, *([f"少了列：{'、'.join(went)}"] if went else [])])


def _is_text(kind: Kind) -> bool:
    return type(kind) in (Kind, Text)


def _same(old: Cell, new: Cell) -> bool:
    """Whether two cells say the same; nothing and an empty text do."""
    return (old or None) == (new or None) if isinstance(old, str) or isinstance(new, str) else old == new


def _told(column: Column, cell: Cell) -> str:
    return AsCell(column.kind).show(cell) or "（空）"
