"""理论测试成绩: the scores of tests person by person, and each test with its average and how many took part."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.kinds import CODE, DAY, ID_NUMBER, NUMBER, PERSON, RATE, TEXT, Choice
from models.ledger import Column, Ledger, Outcome, Values, View
from models.ledgers.short_numbers import SHORT
from models.records.life import scores
from models.records.life.scores import FIELDS, Score
from models.records.members.members import Member
from models.records.members.organisation import Organisation
from models.records.members.people import People
from models.records.members.timeline import Timeline
from models.records.outcomes import Taken, meant, settled, take_each

PASSED, FAILED, AWAY = "合格", "不合格", "缺考"
RESULT = Choice((PASSED, FAILED, AWAY), tones={FAILED: "bad", AWAY: "warn"})
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One member's score of one test."""

    id: int
    member_id: int
    on: date
    subject: str
    name: str
    id_number: str | None
    branch: str
    branch_id: int
    score: Decimal | None
    full_mark: Decimal
    passed: str
    remark: str | None


@dataclass(frozen=True, slots=True)
class ExamRow:
    """One test in one branch; `average` and the best and lowest are of those who took it, the shares of all."""

    on: date
    subject: str
    branch: str
    called: int
    taken: int
    participation: Decimal
    average: Decimal | None
    best: Decimal | None
    lowest: Decimal | None
    full_mark: Decimal
    passed: int
    pass_rate: Decimal | None


def score_rows(session: Session, view: View) -> list[ScoreRow]:
    """The scores of the year's tests, the tests by day, within one the best first."""
    chosen = (
        select(Score, Member, Organisation.name)
        .join(Member, Member.id == Score.member_id)
        .join(Organisation, Organisation.id == Member.branch_id)
        .where(Score.on.between(view.period.first.first_day, view.period.last.last_day))
    )
    if view.branch_id is not None:
        chosen = chosen.where(Member.branch_id == view.branch_id)
    found = [
        ScoreRow(
            id=each.id,
            member_id=member.id,
            on=each.on,
            subject=each.subject,
            name=member.name,
            id_number=member.id_number,
            branch=branch,
            branch_id=member.branch_id,
            score=each.score,
            full_mark=each.full_mark,
            passed=AWAY if each.score is None else PASSED if each.passed else FAILED,
            remark=each.remark,
        )
        for each, member, branch in session.execute(chosen)
    ]
    return sorted(found, key=lambda row: (row.on, row.subject, -(row.score if row.score is not None else -1), row.id))


def exam_rows(session: Session, view: View) -> list[ExamRow]:
    """Each test of the year in each branch; called were all in the branch on the day, or all who are on the list."""
    tests: defaultdict[tuple[date, str, str, int], list[ScoreRow]] = defaultdict(list)
    for row in score_rows(session, view):
        tests[row.on, row.subject, row.branch, row.branch_id].append(row)
    known = Timeline(session)
    present: dict[tuple[date, int], int] = {}
    found = []
    for (on, subject, branch, branch_id), rows in tests.items():
        if (on, branch_id) not in present:
            present[on, branch_id] = sum(1 for _ in known.members(on, branch_id))
        found.append(_exam_row(on, subject, branch, max(present[on, branch_id], len(rows)), rows))
    return found


def _exam_row(on: date, subject: str, branch: str, called: int, rows: Sequence[ScoreRow]) -> ExamRow:
    marks = [row.score for row in rows if row.score is not None]
    passed = sum(row.passed == PASSED for row in rows)
    return ExamRow(
        on=on,
        subject=subject,
        branch=branch,
        called=called,
        taken=len(marks),
        participation=share(len(marks), called),
        average=(sum(marks, _NOTHING) / len(marks)).quantize(Decimal("0.01")) if marks else None,
        best=max(marks, default=None),
        lowest=min(marks, default=None),
        full_mark=max(row.full_mark for row in rows),
        passed=passed,
        pass_rate=share(passed, len(marks)) if marks else None,
    )


def share(part: int, whole: int) -> Decimal:
    """A share in tenths of a per cent; of nothing it is none."""
    return (Decimal(part) / whole).quantize(Decimal("0.001")) if whole else _NOTHING


def _save(session: Session, rows: Sequence[Values], view: View) -> list[Outcome]:
    """Adds or changes a score a row: that of its number if the name agrees, else the member's score of that test."""
    people, taken = People(session, view.branch_id), Taken()
    return take_each(session, rows, lambda values: _take(session, people.named(values), values, view, taken))


def _take(session: Session, member: Member, values: Values, view: View, taken: Taken) -> Outcome:
    own = session.scalars(select(Score).where(Score.member_id == member.id)).all()
    known = meant(own, values, ("on", "subject"))
    stated: dict[str, Any] = {key: values[key] for key in FIELDS if values.get(key) is not None}
    passed = stated.pop("passed", None)
    if passed in (PASSED, FAILED):
        stated["passed"] = passed == PASSED
    if known is not None and known.score is None and "score" not in stated:
        stated.pop("passed", None)  # whoever was away has not passed, whatever is written
    return settled(
        known,
        stated,
        taken,
        member.name,
        add=lambda given: scores.enter(session, member.id, given, view.today),
        change=lambda number, given: scores.change(session, number, given, view.today),
    )


def _note(session: Session, view: View) -> str:
    marks = [row.score for row in score_rows(session, view) if row.score is not None]
    average = f"，平均 {SHORT.show(sum(marks, _NOTHING) / len(marks))} 分" if marks else ""
    return f"共 {len(exam_rows(session, view))} 场（按支部计），参加 {len(marks)} 人次{average}。得分空着是缺考。"


_LINES = ("填报单位（盖章）：{unit}", "", "")
LIFE_SCORES = Ledger(
    name="life_scores",
    title="理论测试成绩",
    columns=(
        Column("on", "测试日期", DAY, 11, required=True, synonyms=("日期", "考试日期")),
        Column("subject", "测试名称", TEXT, 22, required=True, synonyms=("名称", "科目", "考试名称")),
        Column("name", "姓名", PERSON, 10, required=True),
        Column("id_number", "公民身份号码", ID_NUMBER, 20),
        Column("branch", "所在党支部", TEXT, 14, entered=False),
        Column("score", "得分", SHORT, 8, synonyms=("成绩", "分数")),
        Column("full_mark", "满分", SHORT, 8),
        Column("passed", "结果", RESULT, 8),
        Column("remark", "备注", TEXT, 14),
        Column("id", "编号", CODE, 6, entered=False),
    ),
    rows=score_rows,
    save=_save,
    span="year",
    lines=_LINES,
    note=_note,
    empty="这一年还没有登记理论测试成绩。全支部的成绩可以从 Excel 表导入，或者复制后粘贴进来。",
)
LIFE_TESTS = Ledger(
    name="life_tests",
    title="理论测试汇总表",
    columns=(
        Column("on", "测试日期", DAY, 11, entered=False),
        Column("subject", "测试名称", TEXT, 24, entered=False),
        Column("branch", "党支部", TEXT, 14, entered=False),
        Column("called", "应参加", NUMBER, 7, entered=False),
        Column("taken", "实参加", NUMBER, 7, entered=False),
        Column("participation", "参加率", RATE, 8, entered=False),
        Column("average", "平均分", SHORT, 8, entered=False),
        Column("best", "最高分", SHORT, 8, entered=False),
        Column("lowest", "最低分", SHORT, 8, entered=False),
        Column("full_mark", "满分", SHORT, 7, entered=False),
        Column("passed", "合格人数", NUMBER, 8, entered=False),
        Column("pass_rate", "合格率", RATE, 8, entered=False),
    ),
    rows=exam_rows,
    span="year",
    lines=_LINES,
    empty="这一年还没有登记理论测试成绩。",
)
SCORE_COLUMNS = tuple(column for column in LIFE_SCORES.columns if column.key in FIELDS)
