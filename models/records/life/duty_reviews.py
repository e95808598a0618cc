"""What members thought of a secretary's report on the year's duties (述职评议), and the grade a branch got."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record, numbered
from models.errors import FieldError
from models.records.members.facts import require_past
from models.records.members.organisation import GROUP, Organisation
from models.rules.appraisal import fault_in_votes

VOTES = ("good", "fair", "average", "poor")
REVIEW_FIELDS = ("held_on", "valid", *VOTES, "opinion", "remark")
GRADES = ("优秀", "良好", "一般", "较差")
GRADE_FIELDS = ("grade", "graded_on", "graded_by", "remark")


class DutyReview(Record):
    """One report of a year, by the name of who gave it: sound ballots, the votes for each answer, what was said."""

    __tablename__ = "duty_reviews"
    __table_args__ = (UniqueConstraint("organisation_id", "year", "name"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    year: Mapped[int]
    name: Mapped[str]
    held_on: Mapped[date | None]
    valid: Mapped[int | None]
    good: Mapped[int | None]
    fair: Mapped[int | None]
    average: Mapped[int | None]
    poor: Mapped[int | None]
    opinion: Mapped[str | None]
    remark: Mapped[str | None]


class BranchGrade(Record):
    """The grade that an organisation got for a year, from whom and when (党支部考核)."""

    __tablename__ = "branch_grades"
    __table_args__ = (UniqueConstraint("organisation_id", "year"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    year: Mapped[int]
    grade: Mapped[str]
    graded_on: Mapped[date | None]
    graded_by: Mapped[str | None]
    remark: Mapped[str | None]


def review_of(session: Session, organisation_id: int, year: int, name: str) -> DutyReview | None:
    """What is known of somebody's report of a year."""
    chosen = select(DutyReview).where(
        DutyReview.organisation_id == organisation_id, DutyReview.year == year, DutyReview.name == name
    )
    return session.scalars(chosen).first()


def review(
    session: Session, organisation_id: int, year: int, name: str, values: Mapping[str, Any], today: date
) -> DutyReview:
    """Enters a report and its votes; FieldError for a second one of the year, and for too many votes."""
    node = _node(session, organisation_id)
    if not name:
        raise FieldError("name", "请填写述职人姓名。")
    if review_of(session, node.id, year, name) is not None:
        raise FieldError("name", f"{name}{year}年的述职评议已经登记过，请修改那一条。")
    given = {key: values.get(key) for key in REVIEW_FIELDS}
    _check_review(given, today)
    added = DutyReview(organisation_id=node.id, year=year, name=name, **given)
    session.add(added)
    session.flush()
    return added


def change_review(session: Session, review_id: int, values: Mapping[str, Any], today: date) -> None:
    """Changes what is given of a report's votes."""
    found = numbered(session, DutyReview, review_id, "述职评议")
    given = {key: values.get(key, getattr(found, key)) for key in REVIEW_FIELDS}
    _check_review(given, today)
    for key, value in given.items():
        setattr(found, key, value)
    session.flush()


def remove_review(session: Session, review_id: int) -> None:
    """Removes a report entered by mistake."""
    session.delete(numbered(session, DutyReview, review_id, "述职评议"))
    session.flush()


def grade_of(session: Session, organisation_id: int, year: int) -> BranchGrade | None:
    """The grade of an organisation for a year."""
    chosen = select(BranchGrade).where(BranchGrade.organisation_id == organisation_id, BranchGrade.year == year)
    return session.scalars(chosen).first()


def grade(session: Session, organisation_id: int, year: int, values: Mapping[str, Any], today: date) -> BranchGrade:
    """Enters the grade of an organisation for a year, or changes what is given of it; FieldError without a grade."""
    node = _node(session, organisation_id)
    known = grade_of(session, node.id, year)
    given = {key: values.get(key, getattr(known, key, None)) for key in GRADE_FIELDS}
    if given["grade"] not in GRADES:
        raise FieldError("grade", f"考核结果应为{'、'.join(GRADES)}。")
    if given["graded_on"] is not None:
        require_past("graded_on", given["graded_on"], today)
    found = known or BranchGrade(organisation_id=node.id, year=year)
    for key, value in given.items():
        setattr(found, key, value)
    session.add(found)
    session.flush()
    return found


def remove_grade(session: Session, grade_id: int) -> None:
    """Removes a grade entered by mistake."""
    session.delete(numbered(session, BranchGrade, grade_id, "考核结果"))
    session.flush()


def _node(session: Session, organisation_id: int) -> Organisation:
    node = session.get_one(Organisation, organisation_id)
    if node.kind == GROUP:
        raise FieldError("branch", "党小组不参加这项考核，请选择党支部。")
    return node


def _check_review(given: Mapping[str, Any], today: date) -> None:
    if given["held_on"] is not None:
        require_past("held_on", given["held_on"], today)
    if given["valid"] is not None and given["valid"] < 0:
        raise FieldError("valid", "票数不能是负数。")
    fault = fault_in_votes({key: given[key] for key in VOTES}, given["valid"])
    if fault is not None:
        raise FieldError(*fault)
