"""What is counted beside the activities: talks, training, tests, ballots, tasks, problems, honours, members' turns."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from models.ledgers.life.items import Amount, Item, Source, Span, full_names, parts
from models.records.life.activities import Activity
from models.records.life.appraisals import Appraisal, AppraisalResult
from models.records.life.decisions import Decision
from models.records.life.duty_reviews import DutyReview
from models.records.life.followups import FollowUp
from models.records.life.honours import HONOUR, Honour
from models.records.life.polls import Poll
from models.records.life.problems import Problem
from models.records.life.reminder_slips import ReminderSlip
from models.records.life.scores import Score
from models.records.life.study import StudyEntry
from models.records.life.talks import Talk
from models.records.members.birthdays import BirthdayNote
from models.records.members.members import Member
from models.records.members.service import Retirement, Secondment
from models.rules.appraisal import GRADES
from models.rules.periods import PartialDate

Asked = Select[*tuple[Any, ...]]
SORT, LIST = "sort", "list"
HALF_A_MONTH = 15  # days; reports count those who were away from their work at least so long
_CONFIDENTIAL = "（不公开）"


@dataclass(frozen=True)
class Told:
    """What a record says of itself: its kind, what it is called in a list, what it adds, what it names."""

    kind: str
    name: str
    amounts: Mapping[str, Amount]
    words: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Table:
    """A table to be counted: `asked` selects its `id`, `day` and `branch_id` with what `tell` speaks of.

    `day` is the day on which a record counts, `tell` is handed a row and the day on which it is counted. `sums` answers
    what the records of a day add up to, from the columns of `asked` and the day on which they are counted.
    """

    name: str
    asked: Asked
    tell: Callable[[Any, date], Told]
    sums: Callable[[Any, date], Mapping[str, Any]] | None = None

    @property
    def source(self) -> Source:
        return Source(self.name, self.read, summed=self._summed if self.sums is not None else None)

    def read(self, session: Session, span: Span) -> list[Item]:
        """The records of the span in order of the day, of one branch where only that is counted."""
        asked = self._asked(span).order_by(self.asked.selected_columns["day"])
        names = full_names(session)
        found = []
        for row in session.execute(asked):
            told = self.tell(row, span.today)
            branch = names.get(row.branch_id, "")
            found.append(
                Item(self.name, row.id, row.day, self.name, told.kind, told.name, branch, told.amounts, told.words)
            )
        return found

    def _asked(self, span: Span) -> Asked:
        known = self.asked.selected_columns
        asked = self.asked.where(known["day"].between(span.first, span.last))
        return asked if span.branch_id is None else asked.where(known["branch_id"] == span.branch_id)

    def _summed(self, session: Session, span: Span) -> list[Item]:
        """A record for each day, which adds what those of the day do."""
        assert self.sums is not None
        asked = self._asked(span).subquery()
        sums = self.sums(asked.c, span.today)
        rows = session.execute(select(asked.c.day, *sums.values()).group_by(asked.c.day))
        return [
            Item(
                self.name,
                0,
                day,
                self.name,
                "",
                "",
                "",
                {key: sum_ or 0 for key, sum_ in zip(sums, added, strict=True)},
            )
            for day, *added in rows
        ]


def of_member(record_type: Any, day: Any, *columns: Any) -> Asked:
    """A question for records of members, with the member's name."""
    owned = select(record_type.id, day.label("day"), Member.branch_id.label("branch_id"), Member.name, *columns)
    return owned.join(Member, Member.id == record_type.member_id)


def _talk(row: Any, _today: date) -> Told:
    """Of one in confidence only its sort is told."""
    name = _CONFIDENTIAL if row.confidential else f"{row.talkers}与{row.talked}"
    return Told(row.sort, name, {"times": 1, "people": len(parts(row.talked))}, {SORT: (row.sort,)})


def _study(row: Any, _today: date) -> Told:
    amounts = {"people": 1, "hours": row.hours, "central": int(row.is_central)}
    return Told("自学培训", f"{row.name}　{row.content}", amounts, {})


def _score(row: Any, _today: date) -> Told:
    taken = row.score is not None
    amounts = {"due": 1, "taken": int(taken), "passed": int(row.passed)}
    return Told("理论测试", f"{row.name}　{row.subject}", amounts, {})


def _appraisal(row: Any, _today: date) -> Told:
    ballots = {key: getattr(row, key) or 0 for key in ("due", "attended", "issued", "returned")}
    grades = {grade: getattr(row, grade) or 0 for grade in GRADES}
    return Told("民主评议党员", "", ballots | grades | {"graded": sum(grades.values())}, {})


def _poll(row: Any, _today: date) -> Told:
    amounts = {"times": 1, "eligible": row.eligible or 0, "took_part": row.took_part or 0}
    return Told("民主测评", row.title, amounts, {})


def _review(row: Any, _today: date) -> Told:
    return Told("述职评议", row.name, {"people": 1, "valid": row.valid or 0}, {})


def _decision(row: Any, _today: date) -> Told:
    return Told("表决", row.text, {"times": 1}, {})


def _task(row: Any, _today: date) -> Told:
    return Told("后续事项", row.issue, {"times": 1}, {})


def _problem(row: Any, today: date) -> Told:
    closed = row.closed_on is not None and row.closed_on <= today
    return Told(row.list_name, row.problem, {"found": 1, "closed": int(closed)}, {LIST: (row.list_name,)})


def _slip(row: Any, _today: date) -> Told:
    return Told("党建工作提醒单", row.number, {"times": 1}, {})


def _secondment(row: Any, today: date) -> Told:
    days = ((row.until or max(today, row.day)) - row.day).days + 1
    return Told("抽调专班", f"{row.name}　{row.body}", {"people": 1, "long": int(days >= HALF_A_MONTH)}, {})


def _retirement(row: Any, _today: date) -> Told:
    return Told("荣退", f"{row.name}　{row.form or ''}".rstrip(), {"people": 1}, {})


def _birthday(row: Any, _today: date) -> Told:
    return Told("政治生日", f"{row.name}　{row.form or ''}".rstrip(), {"people": 1}, {})


def _graded(grade: str) -> Any:
    """How many members were given a grade in an appraisal."""
    counted = select(func.count()).where(AppraisalResult.appraisal_id == Appraisal.id, AppraisalResult.grade == grade)
    return counted.scalar_subquery().label(grade)


TABLES = (
    Table("talks", select(Talk.id, Talk.on.label("day"), Talk.branch_id, Talk.sort, Talk.talkers, Talk.talked,
                          Talk.confidential), _talk),
    Table("study", of_member(StudyEntry, StudyEntry.on, StudyEntry.content, StudyEntry.hours, StudyEntry.is_central),
          _study),
    Table("scores", of_member(Score, Score.on, Score.subject, Score.score, Score.passed), _score),
    Table("appraisals", select(Appraisal.id, Appraisal.held_on.label("day"), Appraisal.branch_id, Appraisal.due,
                               Appraisal.attended, Appraisal.issued, Appraisal.returned, *map(_graded, GRADES)),
          _appraisal),
    Table("polls", select(Poll.id, Poll.held_on.label("day"), Poll.organisation_id.label("branch_id"), Poll.title,
                          Poll.eligible, Poll.took_part), _poll),
    Table("duty_reviews", select(DutyReview.id, DutyReview.held_on.label("day"),
                                 DutyReview.organisation_id.label("branch_id"), DutyReview.name, DutyReview.valid),
          _review),
    Table("decisions", select(Decision.id, Activity.held_on.label("day"), Activity.branch_id, Decision.text)
          .join(Activity, Activity.id == Decision.activity_id), _decision),
    Table("followups", select(FollowUp.id, FollowUp.done_on.label("day"), FollowUp.branch_id, FollowUp.issue), _task),
    Table("problems", select(Problem.id, Problem.found_on.label("day"), Problem.branch_id, Problem.problem,
                             Problem.list_name, Problem.closed_on), _problem),
    Table("reminder_slips", select(ReminderSlip.id, ReminderSlip.issued_on.label("day"), ReminderSlip.branch_id,
                                   ReminderSlip.number), _slip),
    Table("birthdays", of_member(BirthdayNote, BirthdayNote.held_on, BirthdayNote.form), _birthday),
    Table("secondments", of_member(Secondment, Secondment.since, Secondment.until, Secondment.body), _secondment),
    Table("retirements", of_member(Retirement, Retirement.retired_on, Retirement.form), _retirement),
)  # fmt: skip


def honours(session: Session, span: Span) -> list[Item]:
    """Honours of members and of branches; their day may be known to the month or the year alone."""
    branch = func.coalesce(Member.branch_id, Honour.organisation_id)
    asked = (
        select(Honour.id, Honour.awarded_on, Honour.title, Honour.member_id, Member.name, branch.label("branch_id"))
        .join(Member, Member.id == Honour.member_id, isouter=True)
        .where(
            Honour.kind == HONOUR, Honour.awarded_on.between(PartialDate(span.first.year), PartialDate.of(span.last))
        )
        .order_by(Honour.awarded_on, Honour.id)
    )
    if span.branch_id is not None:
        asked = asked.where(branch == span.branch_id)
    names = full_names(session)
    return [
        Item(
            "honours", row.id, row.awarded_on.earliest, "honours", HONOUR, f"{row.name or ''}　{row.title}".strip(),
            names.get(row.branch_id, ""),
            {"people": int(row.member_id is not None), "organisations": int(row.member_id is None)},
        )
        for row in session.execute(asked)
        if span.first <= row.awarded_on.earliest <= span.last
    ]  # fmt: skip


SOURCES = (
    *(table.source for table in TABLES),
    Source("honours", honours),
)
