"""F34: the votes on secretaries' reports of the year's duties (述职评议), and the grades of branches (党支部考核)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import FieldError
from models.kinds import CODE, DAY, NUMBER, PERSON, TEXT, Choice
from models.ledger import LINES_OF_A_DAY, Column, Ledger, Outcome, Values, View
from models.ledgers.dues.past_registers import YEAR
from models.ledgers.life.polls import node_named
from models.records.life import duty_reviews
from models.records.life.duty_reviews import GRADE_FIELDS, GRADES, REVIEW_FIELDS, BranchGrade, DutyReview
from models.records.members.organisation import Organisation
from models.records.outcomes import Taken, settled, take_each

GRADE = Choice(GRADES, synonyms={"好": "优秀", "较好": "良好", "差": "较差"}, tones={"优秀": "good", "较差": "bad"})


@dataclass(frozen=True, slots=True)
class DutyReviewRow:
    """The votes on one report of a year."""

    id: int
    organisation_id: int
    year: int
    name: str
    branch: str
    held_on: date | None
    valid: int | None
    good: int | None
    fair: int | None
    average: int | None
    poor: int | None
    opinion: str | None
    remark: str | None


@dataclass(frozen=True, slots=True)
class BranchGradeRow:
    """The grade of an organisation for a year."""

    id: int
    organisation_id: int
    year: int
    branch: str
    grade: str
    graded_on: date | None
    graded_by: str | None
    remark: str | None


def review_rows(session: Session, view: View) -> list[DutyReviewRow]:
    """The reports of the view's year, by organisation."""
    chosen = (
        select(DutyReview, Organisation.name)
        .join(Organisation, Organisation.id == DutyReview.organisation_id)
        .where(DutyReview.year.between(view.period.first.year, view.period.last.year))
        .order_by(DutyReview.year, DutyReview.organisation_id, DutyReview.id)
    )
    if view.branch_id is not None:
        chosen = chosen.where(DutyReview.organisation_id == view.branch_id)
    return [
        DutyReviewRow(
            id=each.id,
            organisation_id=each.organisation_id,
            year=each.year,
            name=each.name,
            branch=branch,
            **{key: getattr(each, key) for key in REVIEW_FIELDS},
        )
        for each, branch in session.execute(chosen)
    ]


def grade_rows(session: Session, view: View) -> list[BranchGradeRow]:
    """The grades of the view's year, by organisation."""
    chosen = (
        select(BranchGrade, Organisation.name)
        .join(Organisation, Organisation.id == BranchGrade.organisation_id)
        .where(BranchGrade.year.between(view.period.first.year, view.period.last.year))
        .order_by(BranchGrade.year, BranchGrade.organisation_id)
    )
    if view.branch_id is not None:
        chosen = chosen.where(BranchGrade.organisation_id == view.branch_id)
    return [
        BranchGradeRow(
            id=each.id,
            organisation_id=each.organisation_id,
            year=each.year,
            branch=branch,
            **{key: getattr(each, key) for key in GRADE_FIELDS},
        )
        for each, branch in session.execute(chosen)
    ]


def _save_reviews(session: Session, rows: Sequence[Values], view: View) -> list[Outcome]:
    taken = Taken()
    return take_each(session, rows, lambda values: _take_review(session, values, view, taken))


def _take_review(session: Session, values: Values, view: View, taken: Taken) -> Outcome:
    node_id, year, name = _node(session, values, view), _year(values, view), values.get("name") or ""
    stated = {key: values[key] for key in REVIEW_FIELDS if values.get(key) is not None}
    return settled(
        duty_reviews.review_of(session, node_id, year, name),
        stated,
        taken,
        name,
        add=lambda given: duty_reviews.review(session, node_id, year, name, given, view.today),
        change=lambda number, given: duty_reviews.change_review(session, number, given, view.today),
    )


def _save_grades(session: Session, rows: Sequence[Values], view: View) -> list[Outcome]:
    taken = Taken()
    return take_each(session, rows, lambda values: _take_grade(session, values, view, taken))


def _take_grade(session: Session, values: Values, view: View, taken: Taken) -> Outcome:
    node_id, year = _node(session, values, view), _year(values, view)
    known = duty_reviews.grade_of(session, node_id, year)
    stated = {key: values[key] for key in GRADE_FIELDS if values.get(key) is not None}
    changes = known is None or any(getattr(known, key) != value for key, value in stated.items())
    if known is not None and changes:
        taken.require_new(known.id, values.get("branch") or "这个党组织")
    found = duty_reviews.grade(session, node_id, year, stated, view.today) if changes or known is None else known
    taken.note(found.id)
    return Outcome("added" if known is None else "updated" if changes else "unchanged", found.id)


def _node(session: Session, values: Values, view: View) -> int:
    if not values.get("branch") and view.branch_id is None:
        raise FieldError("branch", "没有写明党支部，请填写。")
    return node_named(session, values.get("branch"), view)


def _year(values: Values, view: View) -> int:
    year: int = values.get("year") or view.period.year
    return year


LIFE_DUTY_REVIEWS = Ledger(
    name="life_duty_reviews",
    title="述职评议测评汇总表",
    columns=(
        Column("year", "年度", YEAR, 6),
        Column("branch", "党支部", TEXT, 16, required=True, synonyms=("所在党支部", "党组织")),
        Column("name", "书记姓名", PERSON, 10, required=True, synonyms=("姓名", "述职人")),
        Column("held_on", "评议日期", DAY, 11),
        Column("valid", "有效票", NUMBER, 7),
        Column("good", "好", NUMBER, 6, synonyms=("好票", "好（票）")),
        Column("fair", "较好", NUMBER, 6, synonyms=("较好票", "较好（票）")),
        Column("average", "一般", NUMBER, 6, synonyms=("一般票", "一般（票）")),
        Column("poor", "差", NUMBER, 6, synonyms=("差票", "差（票）")),
        Column("opinion", "意见", TEXT, 40, synonyms=("意见建议", "点评意见")),
        Column("remark", "备注", TEXT, 14),
        Column("id", "编号", CODE, 6, entered=False),
    ),
    rows=review_rows,
    save=_save_reviews,
    span="year",
    lines=LINES_OF_A_DAY,
    signatures=("负责人：", "监票人：", "计票人：", "填表人：{maker}", "填表日期：{date}"),
    empty="这一年还没有述职评议，往年的在上面选年份。点“登记述职”填写票数。",
)
LIFE_BRANCH_GRADES = Ledger(
    name="life_branch_grades",
    title="党支部考核结果台账",
    columns=(
        Column("year", "年度", YEAR, 6),
        Column("branch", "党支部", TEXT, 18, required=True, synonyms=("支部", "党组织", "所在党支部")),
        Column("grade", "考核结果", GRADE, 10, required=True, synonyms=("等次", "考核等次")),
        Column("graded_on", "考核日期", DAY, 11),
        Column("graded_by", "考核单位", TEXT, 20),
        Column("remark", "备注", TEXT, 20),
        Column("id", "编号", CODE, 6, entered=False),
    ),
    rows=grade_rows,
    save=_save_grades,
    span="year",
    lines=LINES_OF_A_DAY,
    orientation="portrait",
    empty="这一年还没有党支部考核结果，往年的在上面选年份。",
)
REVIEW_COLUMNS = tuple(column for column in LIFE_DUTY_REVIEWS.columns if column.key in REVIEW_FIELDS)
GRADE_COLUMNS = tuple(column for column in LIFE_BRANCH_GRADES.columns if column.key in GRADE_FIELDS)
