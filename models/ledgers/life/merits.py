"""What a member was honoured for, and the grades of the yearly appraisals, for the page of the person."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.records.life import honours
from models.records.life.appraisals import Appraisal, AppraisalResult


@dataclass(frozen=True, slots=True)
class Merit:
    """One honour or grade: when, what, and from whom or by which document."""

    when: str
    what: str
    source: str = ""


def merits(session: Session, member_id: int) -> tuple[Merit, ...]:
    """The grades of a member's appraisals and the member's honours, the latest first; sanctions are left out."""
    graded = session.execute(
        select(Appraisal.year, AppraisalResult.grade)
        .join(Appraisal, Appraisal.id == AppraisalResult.appraisal_id)
        .where(AppraisalResult.member_id == member_id, AppraisalResult.grade.is_not(None))
    )
    found = [Merit(f"{year}年", f"民主评议：{grade}") for year, grade in graded]
    for each in honours.of_member(session, member_id):
        source = "，".join(part for part in (each.awarded_by, each.document_no) if part)
        found.append(Merit(str(each.awarded_on), each.title, source))
    return tuple(sorted(found, key=lambda each: each.when, reverse=True))
