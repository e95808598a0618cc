"""Scores of tests of theory (理论测试), one for each member and test."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record, assign, numbered
from models.errors import FieldError
from models.records.members.facts import require_past
from models.records.members.members import find_by_id

FIELDS = ("on", "subject", "score", "full_mark", "passed", "remark")
FULL_MARK = Decimal(100)
PASS_SHARE = Decimal("0.6")  # of the full mark, where nothing is said of passing
MOST = Decimal(10_000)


class Score(Record):
    """What a member reached in one test; a test is told by its day and subject.

    `score` is None for somebody who was to take the test and did not; `passed` is then False.
    """

    __tablename__ = "test_scores"
    __table_args__ = (Index("ix_test_scores_on", "on"), UniqueConstraint("member_id", "on", "subject"))

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    on: Mapped[date]
    subject: Mapped[str]
    score: Mapped[Decimal | None]
    full_mark: Mapped[Decimal]
    passed: Mapped[bool]
    remark: Mapped[str | None]


def of_test(session: Session, member_id: int, on: date, subject: str) -> Score | None:
    """A member's score of one test, None where nothing was entered."""
    chosen = select(Score).where(Score.member_id == member_id, Score.on == on, Score.subject == subject)
    return session.scalars(chosen).first()


def enter(session: Session, member_id: int, values: Mapping[str, Any], today: date) -> Score:
    """Enters a score; FieldError for one beyond the full mark, for a day to come, and for a second one of a test."""
    member = find_by_id(session, member_id)
    given = _verified({key: values.get(key) for key in FIELDS}, today)
    if of_test(session, member.id, given["on"], given["subject"]) is not None:
        raise FieldError("subject", f"{member.name}这次测试的成绩已经登记过，请修改那一条。")
    added = Score(member_id=member.id, **given)
    session.add(added)
    session.flush()
    return added


def change(session: Session, score_id: int, values: Mapping[str, Any], today: date) -> None:
    """Changes what is given of a score; whether it was passed follows from it unless that is given too."""
    found = numbered(session, Score, score_id, "测试成绩")
    kept = {key: getattr(found, key) for key in FIELDS}
    if "passed" not in values and ("score" in values or "full_mark" in values):
        kept["passed"] = None
    given = _verified(kept | {key: values[key] for key in FIELDS if key in values}, today)
    other = of_test(session, found.member_id, given["on"], given["subject"])
    if other is not None and other.id != found.id:
        raise FieldError("subject", "这个人这次测试的成绩已经登记过。")
    assign(found, given)
    session.flush()


def remove(session: Session, score_id: int) -> None:
    """Removes a score entered by mistake."""
    session.delete(numbered(session, Score, score_id, "测试成绩"))
    session.flush()


def _verified(given: dict[str, Any], today: date) -> dict[str, Any]:
    if given["on"] is None:
        raise FieldError("on", "请填写测试日期。")
    require_past("on", given["on"], today)
    if not given["subject"]:
        raise FieldError("subject", "请填写测试名称。")
    full = given["full_mark"] if given["full_mark"] is not None else FULL_MARK
    if not 0 < full <= MOST:
        raise FieldError("full_mark", f"满分应大于 0，不超过 {MOST}。")
    score = given["score"]
    if score is not None and not 0 <= score <= full:
        raise FieldError("score", f"得分应在 0 至满分 {full} 之间；缺考请空着。")
    passed = given["passed"]
    if score is None:
        passed = False
    elif passed is None:
        passed = score >= full * PASS_SHARE
    return given | {"full_mark": full, "passed": passed}
