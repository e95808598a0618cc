"""Polls (民主测评): who could take part, who did, the share of them, and what was counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import FieldError
from models.kinds import CODE, DAY, NUMBER, RATE, TEXT, Choice, Kind, Raw
from models.ledger import LINES_OF_A_DAY, Column, Ledger, Outcome, Values, View
from models.records.life import polls
from models.records.life.polls import FIELDS, Poll
from models.records.members import organisation
from models.records.members.organisation import GROUP, Organisation
from models.records.outcomes import Taken, meant, settled, take_each
from models.rules import appraisal as rules

TITLES = Choice(("干部平时考核民主测评", "领导班子民主测评", "年度考核民主测评", "选人用人民主评议"), open=True)


class Counts(Kind):
    """Votes counted by subject and answer: 领导班子：好 12、较好 2；班子成员：好 11."""

    def read(self, raw: Raw) -> str | None:
        text = super().read(raw)
        return rules.in_words(rules.counts_of(text)) if text else None


COUNTS = Counts()


@dataclass(frozen=True, slots=True)
class PollRow:
    """One poll; `rate` is the share of those who could take part and did, as a fraction."""

    id: int
    organisation_id: int
    branch: str
    title: str
    held_on: date
    eligible: int | None
    took_part: int | None
    rate: Decimal | None
    counts: str | None
    remark: str | None


def poll_rows(session: Session, view: View) -> list[PollRow]:
    """The polls of the view's period, in order of their days."""
    first, last = view.period.first.first_day, view.period.last.last_day
    chosen = (
        select(Poll, Organisation.name)
        .join(Organisation, Organisation.id == Poll.organisation_id)
        .where(Poll.held_on.between(first, last))
        .order_by(Poll.held_on, Poll.id)
    )
    if view.branch_id is not None:
        chosen = chosen.where(Poll.organisation_id == view.branch_id)
    return [
        PollRow(
            id=each.id,
            organisation_id=each.organisation_id,
            branch=name,
            rate=rules.rates(each.took_part, each.eligible),
            **{key: getattr(each, key) for key in FIELDS},
        )
        for each, name in session.execute(chosen)
    ]


def _save(session: Session, rows: Sequence[Values], view: View) -> list[Outcome]:
    """Adds or changes a poll a row: that of its number if the name agrees, else the one of like name and day."""
    taken = Taken()
    return take_each(session, rows, lambda values: _take(session, values, view, taken))


def _take(session: Session, values: Values, view: View, taken: Taken) -> Outcome:
    node_id = node_named(session, values.get("branch"), view)
    own = session.scalars(select(Poll).where(Poll.organisation_id == node_id, Poll.title == values.get("title"))).all()
    stated = {key: values[key] for key in FIELDS if values.get(key) is not None}
    return settled(
        meant(own, values, ("held_on",)),
        stated,
        taken,
        values.get("title") or "民主测评",
        add=lambda given: polls.add(session, node_id, given, view.today),
        change=lambda number, given: polls.change(session, number, given, view.today),
    )


def node_named(session: Session, name: str | None, view: View) -> int:
    """The organisation that a row names, that of the view, or the one of the file; FieldError for no such one."""
    if not name:
        return view.branch_id if view.branch_id is not None else organisation.root(session).id
    nodes = session.scalars(select(Organisation).where(Organisation.kind != GROUP).order_by(Organisation.id)).all()
    found = [each for each in nodes if organisation.plain(each.name) == organisation.plain(name)]
    if not found:
        raise FieldError("branch", f"没有名为“{name}”的党组织，请核对。")
    return found[0].id


LIFE_POLLS = Ledger(
    name="life_polls",
    title="民主测评台账",
    columns=(
        Column("held_on", "测评日期", DAY, 11, required=True),
        Column("title", "测评名称", TITLES, 24, required=True),
        Column("branch", "党组织", TEXT, 16),
        Column("eligible", "应参评", NUMBER, 8, totalled=True, synonyms=("应参评人数", "应参加人数", "应测评")),
        Column("took_part", "实参评", NUMBER, 8, totalled=True, synonyms=("实参评人数", "实参加人数", "实测评")),
        Column("rate", "参评率", RATE, 8, entered=False),
        Column("counts", "测评结果（票数）", COUNTS, 40, synonyms=("测评结果", "结果")),
        Column("remark", "备注", TEXT, 14),
        Column("id", "编号", CODE, 6, entered=False),
    ),
    rows=poll_rows,
    save=_save,
    span="year",
    lines=LINES_OF_A_DAY,
    empty="这段时间没有民主测评。点“登记测评”，填应参评、实参评和票数。",
)
POLL_COLUMNS = tuple(column for column in LIFE_POLLS.columns if column.key in FIELDS)
