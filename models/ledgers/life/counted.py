"""The records behind a figure of the statistics of organisation life."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from models.errors import UserError
from models.kinds import DAY, TEXT
from models.ledger import Column, Sheet, View
from models.ledgers.life.counts import FIGURE, part_of, read
from models.ledgers.life.items import Amount
from models.ledgers.life.measures import Measure, Pool, measures
from models.records.life import activity_kinds

CALLED = {
    "present": "实到",
    "entitled": "应到",
    "dual_came": "参加",
    "dual": "应参加",
    "uploaded": "已上传",
    "times": "记录",
    "kept": "已开展",
    "planned": "计划",
    "taking_part": "实参评",
    "took_part": "实参评",
    "eligible": "应参评",
    "attended": "实参评",
    "due": "应参评",
    "passed": "合格",
    "taken": "参加测试",
    "closed": "已销号",
    "found": "查找问题",
}
"""What the amounts of a share are called, by their names."""


@dataclass(frozen=True, slots=True)
class CountedRow:
    """A record that a figure counts: `source` and `id` say which; what it adds, of a share out of `of`."""

    id: int
    source: str
    on: date
    kind: str
    name: str
    branch: str
    adds: Amount
    of: Amount | None


@dataclass(frozen=True)
class Counted:
    """The records of a figure as a table, the figure, and in words how they make it up."""

    sheet: Sheet
    figure: Amount | None
    words: str


def counted(session: Session, view: View, key: str, column: str) -> Counted:
    """The records that the figure of a measure counts in a column of the ledger; UserError where there are none."""
    part = part_of(view, column)
    if part is None:
        raise UserError("请选一个数字，再看它是怎么来的。")
    pool = Pool(read(session, [part], view))
    known = measures(activity_kinds.kinds(session, idle=True), pool)
    measure = next((each for each in known if each.key == key), None)
    items = pool.counted(measure) if measure is not None else []
    if measure is None or not items:
        raise UserError("这一格没有记录。")
    rows = [
        CountedRow(
            id=item.id,
            source=item.source,
            on=item.on,
            kind=item.kind_name,
            name=item.name,
            branch=item.branch,
            adds=item.amounts[measure.adds],
            of=item.amounts[measure.of] if measure.of else None,
        )
        for item in items
    ]
    figure = measure.figure(items)
    heading = f"{measure.title}（{part.first:%Y-%m-%d} 至 {part.last:%Y-%m-%d}）"
    sheet = Sheet("life_counted", heading, _columns(measure), rows, {}, ("", "", ""), (), "", "portrait")
    return Counted(sheet, figure, _words(measure, rows, figure))


def _columns(measure: Measure) -> tuple[Column, ...]:
    share = bool(measure.of)
    return (
        Column("on", "日期", DAY, 11),
        Column("kind", "种类", TEXT, 12),
        Column("name", "名称", TEXT, 26),
        Column("branch", "党组织", TEXT, 14),
        Column("adds", CALLED[measure.adds] if share else measure.unit, FIGURE, 8),
        *([Column("of", CALLED[measure.of], FIGURE, 8)] if share else []),
    )


def _words(measure: Measure, rows: list[CountedRow], figure: Amount | None) -> str:
    added = FIGURE.show(sum((row.adds for row in rows), 0))
    if measure.of:
        whole = FIGURE.show(sum((row.of or 0 for row in rows), 0))
        return f"共 {len(rows)} 条记录：{added} ÷ {whole} ＝ {FIGURE.show(figure)}%"
    return f"共 {len(rows)} 条记录，合计 {added} {measure.unit}"
