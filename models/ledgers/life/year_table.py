"""F24, 组织生活开展情况统计表: committee meetings and activities of all members by month, and the months on time."""

from collections import defaultdict
from dataclasses import make_dataclass
from typing import Any

from sqlalchemy import extract, func, select
from sqlalchemy.orm import Session

from models.kinds import NUMBER, TEXT
from models.ledger import Column, Ledger, View
from models.ledgers.life.obligations import SHARE, share
from models.records.life import activity_kinds
from models.records.life.activities import HELD, Activity
from models.records.life.owing import Node, Owing
from models.rules.periods import Month, Period

COMMITTEE_KIND = "committee_meeting"
_COMMITTEES, _MEMBERS = "支委会次数", "党员集体活动次数"
_PARTS = (("c", _COMMITTEES), ("m", _MEMBERS))
_MONTHS = range(1, 13)
_KEYS = tuple(f"{part}{month}" for part, _ in _PARTS for month in _MONTHS)
YearTableRow = make_dataclass(
    "YearTableRow",
    [
        "above",
        "branch",
        "kind",
        *(key for p, _ in _PARTS for key in (*(f"{p}{n}" for n in _MONTHS), f"{p}_on", f"{p}_rate")),
    ],
    frozen=True,
    slots=True,
)


def year_table_rows(session: Session, view: View) -> list[Any]:
    """A row a branch; a month with one meeting at least is on time, months to come count for nothing."""
    owing, counts = Owing(session), _counts(session, view.period.year)
    above = "" if owing.root in owing.branches else owing.root.name
    found = []
    for branch in owing.branches:
        if view.branch_id not in (None, branch.id):
            continue
        values: dict[str, Any] = {"above": above, "branch": branch.name, "kind": branch.kind}
        for part, _ in _PARTS:
            owed = _owed(owing, branch, part, view)
            held = counts[part, branch.id]
            on_time = sum(1 for month in owed if held[month.number])
            for number in _MONTHS:
                values[f"{part}{number}"] = held[number] or None
            values[f"{part}_on"] = on_time if owed else None
            values[f"{part}_rate"] = share(on_time, len(owed))
        found.append(YearTableRow(**values))
    return found


def _owed(owing: Owing, branch: Node, part: str, view: View) -> list[Month]:
    """The months of the year until now in which the branch owed a meeting of this part."""
    months = [month for month in Period.of_year(view.period.year).months if month.first_day <= view.today]
    if part == "m":
        return months
    return [month for month in months if owing.has_committee(branch.id, min(month.last_day, view.today))]


def _counts(session: Session, year: int) -> defaultdict[tuple[str, int], defaultdict[int, int]]:
    """How often each branch met in each month of the year: its committee, and all its members."""
    whole = Period.of_year(year)
    together = {key for key, kind in activity_kinds.by_key(session).items() if kind.entitled == "members"}
    month = extract("month", Activity.held_on)
    chosen = (
        select(Activity.organisation_id, Activity.kind, month, func.count())
        .where(Activity.held_on.between(whole.first.first_day, whole.last.last_day), Activity.state.in_(HELD))
        .group_by(Activity.organisation_id, Activity.kind, month)
    )
    found: defaultdict[tuple[str, int], defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    for branch_id, kind, number, count in session.execute(chosen):
        part = "c" if kind == COMMITTEE_KIND else "m" if kind in together else ""
        if part:
            found[part, branch_id][int(number)] += count
    return found


def _columns(part: str, band: str) -> tuple[Column, ...]:
    months = tuple(Column(f"{part}{n}", f"{n}月", NUMBER, 4, band, totalled=True) for n in _MONTHS)
    return (
        *months,
        Column(f"{part}_on", "按时月数", NUMBER, 6, band),
        Column(f"{part}_rate", "完成率", SHARE, 7, band),
    )


LIFE_YEAR_TABLE = Ledger(
    name="life_year_table",
    title="组织生活开展情况统计表",
    columns=(
        Column("above", "党组织", TEXT, 12),
        Column("branch", "党支部", TEXT, 12),
        Column("kind", "支部类型", TEXT, 8),
        *(column for part, band in _PARTS for column in _columns(part, band)),
    ),
    rows=year_table_rows,
    span="year",
    lines=("填报单位（盖章）：{unit}", "", "截至{date}　单位：次"),
    note="按时月数是当月至少开展一次的月份数；完成率＝按时月数÷已到的月份数，不设委员会的支部不计支委会。"
    "党员集体活动是全体党员参加的党员大会、党课、主题党日、组织生活会、集体学习等。",
    empty="还没有党支部。",
)
