"""The make-up of the roster on a day: by sex, ethnicity, age, education and years of membership."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy.orm import Session

from models.codes import RESOURCES
from models.kinds import NUMBER, TEXT, Rate
from models.ledger import LINES_OF_A_DAY, Column, Ledger, View
from models.ledgers.members.person import age
from models.ledgers.members.roster import count, members_on, seniority
from models.records.members.members import FULL, PROBATIONARY
from models.rules.bands import UNKNOWN, Bands, Groups

Reader = Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class StatisticRow:
    """One class of a grouping: how many members, how many of them full, probationary, women, of a minority."""

    grouping: str
    name: str
    people: int
    share: Decimal
    full: int
    probationary: int
    women: int
    minorities: int


@cache
def _bands() -> tuple[Bands, Bands, Groups]:
    loaded = json.loads((RESOURCES / "scales" / "bands.json").read_text(encoding="utf-8"))
    age_bands, seniority_bands = (
        Bands(tuple((name, highest) for name, highest in loaded[key])) for key in ("age", "seniority")
    )
    return age_bands, seniority_bands, Groups(tuple((name, tuple(words)) for name, words in loaded["education"]))


def statistic_rows(session: Session, view: View) -> list[StatisticRow]:
    """Every grouping counts the same people: those in the branch on the view's day."""
    people = members_on(session, view)
    ages, years, educations = _bands()
    groupings: tuple[tuple[str, Sequence[str], Reader], ...] = (
        ("人员类别", (FULL, PROBATIONARY), lambda row: row.category or UNKNOWN),
        ("性别", ("男", "女"), lambda row: row.sex or UNKNOWN),
        ("民族", ("汉族", "少数民族"), _ethnicity),
        ("年龄", ages.names, lambda row: ages.band(age(row.birth_date, view.today))),
        ("学历", educations.names, lambda row: educations.band(row.education)),
        ("党龄", (*years.names, "预备期"), lambda row: _seniority(row, years, view)),
    )
    return [row for grouping in groupings for row in _counted(people, *grouping)]


def _ethnicity(row: Any) -> str:
    if not row.ethnicity:
        return UNKNOWN
    return "汉族" if row.ethnicity == "汉族" else "少数民族"


def _seniority(row: Any, bands: Bands, view: View) -> str:
    return "预备期" if row.category == PROBATIONARY else bands.band(seniority(row, view))


def _counted(people: Sequence[Any], grouping: str, names: Sequence[str], band: Reader) -> Iterator[StatisticRow]:
    found: dict[str, list[Any]] = {name: [] for name in names}
    for row in people:
        found.setdefault(band(row), []).append(row)
    for name, rows in found.items():
        counts = count(rows)
        share = (Decimal(counts.everybody) / max(len(people), 1)).quantize(Decimal("0.001"))
        yield StatisticRow(
            grouping, name, counts.everybody, share, counts.full, counts.probationary, counts.women, counts.minorities
        )


class Share(Rate):
    """A share of all, in per cent with one decimal."""

    def show(self, value: Any) -> str:
        return f"{value * 100:.1f}%"


def _note(session: Session, view: View) -> str:
    return count(members_on(session, view)).chinese + "。党龄自转为正式党员之日起计算，年龄、党龄按截至日期的周年计算。"


MEMBERS_STATISTICS = Ledger(
    name="members_statistics",
    title="党员基本情况统计表",
    columns=(
        Column("grouping", "项目", TEXT, 10),
        Column("name", "分类", TEXT, 14),
        Column("people", "人数", NUMBER, 8),
        Column("share", "占党员总数", Share(), 10),
        Column("full", "正式党员", NUMBER, 9, band="其中"),
        Column("probationary", "预备党员", NUMBER, 9, band="其中"),
        Column("women", "女", NUMBER, 7, band="其中"),
        Column("minorities", "少数民族", NUMBER, 9, band="其中"),
    ),
    rows=statistic_rows,
    span="none",
    heading="{title}",
    lines=LINES_OF_A_DAY,
    note=_note,
    orientation="portrait",
    as_of=True,
    empty="名册里还没有党员。",
)
