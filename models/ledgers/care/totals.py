"""F43 走访慰问情况汇总表: each round by branch: people by category, money, goods, and the sources."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.kinds import DAY, MONEY, NUMBER, TEXT
from models.ledger import Column, Ledger, View
from models.ledgers.care.gift_rows import HANDED, GiftRow, parts_from, rows_of
from models.records.care.funds import SORTS, CareFund
from models.records.care.rounds import CATEGORIES, CareRound

ZERO = Decimal(0)
_UNTOLD = ""  # goods whose source nobody said
_PEOPLE = dict(zip(CATEGORIES, ("members", "old", "cadres", "others", "rest"), strict=True))
_SOURCES = dict(zip(SORTS, ("dues", "above", "office", "union", "donated"), strict=True))
_OF_SOURCES = {**_SOURCES, "其他": "other"}


@dataclass(frozen=True, slots=True)
class TotalRow:
    """What one branch's people were given in a round; money in yuan, goods valued apart from it and told by source.

    `reversals` counts the hand-outs that were reversed, `reversed_sum` is their money; neither is in the other sums.
    """

    id: int
    round: str
    branch: str
    members: int
    old: int
    cadres: int
    others: int
    rest: int
    people: int
    amount: Decimal
    value: Decimal | None
    unvalued: int
    goods: str | None
    leaders: str | None
    dues: Decimal
    above: Decimal
    office: Decimal
    union: Decimal
    donated: Decimal
    other: Decimal
    reversals: int | None
    reversed_sum: Decimal | None
    first_on: Any
    last_on: Any

    @property
    def by_source(self) -> dict[str, Decimal]:
        """The money of each source by its name."""
        return {title: getattr(self, key) for title, key in _OF_SOURCES.items()}


def total_rows(session: Session, view: View) -> list[TotalRow]:
    """A row for each round and branch of the period's year, of what was handed out."""
    groups: defaultdict[tuple[int, str], list[GiftRow]] = defaultdict(list)
    for row in rows_of(session, CareRound.year == view.period.year, view.branch_id):
        if row.state == HANDED or row.undone:
            groups[row.round_id, row.branch].append(row)
    sorts = dict(session.execute(select(CareFund.name, CareFund.sort)).all())
    leaders = dict(session.execute(select(CareRound.id, CareRound.leaders)).all())
    return [
        _total(number, group, sorts, leaders[round_id])
        for number, ((round_id, _branch), group) in enumerate(groups.items(), 1)
    ]


def told_goods(group: Iterable[GiftRow]) -> str | None:
    """What was given in goods, by the source they came from: 工会：大米 4 袋、食用油 1 桶；捐赠：棉被 2 床."""
    found: dict[str, dict[tuple[str, str], Decimal | None]] = {}
    for row in group:
        if row.goods is not None:
            sums = found.setdefault(row.goods_source or _UNTOLD, {})
            known = sums.get((row.goods, row.unit or ""), ZERO)
            counted = known is not None and row.quantity is not None
            sums[row.goods, row.unit or ""] = (known or ZERO) + (row.quantity or ZERO) if counted else None
    told = {
        source: "、".join(
            f"{name} {count.normalize():f} {unit}".rstrip() if count else name for (name, unit), count in sums.items()
        )
        for source, sums in found.items()
    }
    return "；".join(f"{source}：{said}" if source != _UNTOLD else said for source, said in told.items()) or None


def _total(number: int, everybody: list[GiftRow], sorts: Mapping[str, str], leaders: str | None) -> TotalRow:
    group = [row for row in everybody if row.state == HANDED]
    undone = [each for row in everybody for each in row.undone]
    people = Counter(_PEOPLE.get(row.category, "rest") for row in group)
    money: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in group:
        for source, amount in parts_from(row.sources, row.amount):
            money[_SOURCES.get(sorts.get(source, source), "other")] += amount
    values = [row.value for row in group if row.value is not None]
    days = sorted(row.handed_on for row in group if row.handed_on is not None)
    counted: dict[str, Any] = {key: people[key] for key in _PEOPLE.values()}
    counted |= {key: money[key] for key in (*_SOURCES.values(), "other")}
    return TotalRow(
        id=number,
        round=everybody[0].round,
        branch=everybody[0].branch,
        people=len(group),
        amount=sum(money.values(), ZERO),
        value=sum(values, ZERO) if values else None,
        unvalued=sum(row.goods is not None and row.value is None for row in group),
        goods=told_goods(group),
        leaders=leaders,
        reversals=len(undone) or None,
        reversed_sum=sum((each.amount for each in undone), ZERO) if undone else None,
        first_on=days[0] if days else None,
        last_on=days[-1] if days else None,
        **counted,
    )


def _note(rows: Sequence[TotalRow]) -> str:
    unvalued = sum(row.unvalued for row in rows)
    more = f"另有 {unvalued} 份慰问品没有折款，不计入。" if unvalued else ""
    return f"慰问品折款另列，不计入慰问金；冲销的不计入人数和金额。{more}"


CARE_TOTALS = Ledger(
    name="care_totals",
    title="走访慰问情况汇总表",
    columns=(
        Column("round", "慰问批次", TEXT, 16, entered=False),
        Column("branch", "党支部", TEXT, 14, entered=False),
        *(
            Column(key, title, NUMBER, 8, band="慰问人数", entered=False, totalled=True)
            for title, key in _PEOPLE.items()
        ),
        Column("people", "合计", NUMBER, 7, band="慰问人数", entered=False, totalled=True),
        Column("amount", "慰问金", MONEY, 11, entered=False, totalled=True),
        Column("value", "慰问品折款", MONEY, 11, entered=False, totalled=True),
        *(
            Column(key, title, MONEY, 10, band="资金来源", entered=False, totalled=True)
            for title, key in _OF_SOURCES.items()
        ),
        Column("goods", "慰问品（按来源）", TEXT, 18, entered=False),
        Column("leaders", "走访领导", TEXT, 14, entered=False),
        Column("reversals", "笔数", NUMBER, 6, band="冲销", entered=False, totalled=True),
        Column("reversed_sum", "金额", MONEY, 10, band="冲销", entered=False, totalled=True),
        Column("first_on", "开始", DAY, 11, band="时间", entered=False),
        Column("last_on", "结束", DAY, 11, band="时间", entered=False),
    ),
    rows=total_rows,
    span="year",
    signatures=("支部书记：", "组织委员：", "填表人：{maker}", "填表日期：{date}"),
    note_of=_note,
    empty="这一年还没有发放过慰问金、慰问品。",
)
