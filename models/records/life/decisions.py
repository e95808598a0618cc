"""Decisions of a meeting: what was voted on, under which rule, and the count of the votes."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record, assign, numbered
from models.errors import FieldError
from models.kinds import tidy
from models.records.life.attendance import Attendance
from models.records.life.voters import open_activity, taken, voters
from models.records.members.members import PROBATIONARY, Member
from models.rules import votes
from models.rules.votes import ADMISSION, COMMITTEE, ORDINARY, RULES, Tally, Verdict, VoteRule

BALLOT, BY_HAND = "无记名投票", "举手表决"
WAYS = (BALLOT, BY_HAND)
VOTES = ("favour", "against", "abstained", "written_favour", "written_against")
FIELDS = ("text", "rule", "way", "subject", "performance", *VOTES, "adopted_on", "remark")
_TEXTS = ("text", "subject", "performance", "remark")
_OF_ADMISSION = ("转正", "接收", "预备党员")
COMMITTEE_MEETING = "committee_meeting"


class Decision(Record):
    """One vote: people with a vote who should come and came when it was entered, and votes by hand or ballot.

    `subject` is who is admitted or becomes a full member, `member_id` that person once in the roster; `performance` and
    `adopted_on` stand in the resolution on an admission (发展党员工作细则 art. 23).
    """

    __tablename__ = "decisions"

    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), index=True)
    text: Mapped[str]
    rule: Mapped[str]
    way: Mapped[str]
    subject: Mapped[str | None]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    performance: Mapped[str | None]
    entitled: Mapped[int]
    present: Mapped[int]
    favour: Mapped[int]
    against: Mapped[int]
    abstained: Mapped[int]
    written_favour: Mapped[int]
    written_against: Mapped[int]
    adopted_on: Mapped[date | None]
    remark: Mapped[str | None]

    @property
    def tally(self) -> Tally:
        """The count as the rules take it."""
        return Tally(self.entitled, self.present, *(getattr(self, key) for key in VOTES))


def usual_rule(kind: str, text: str) -> VoteRule:
    """The rule that a vote most likely goes by: that of committees, of admissions, or the ordinary one."""
    if kind == COMMITTEE_MEETING:
        return COMMITTEE
    return ADMISSION if any(word in text for word in _OF_ADMISSION) else ORDINARY


def decide(session: Session, activity_id: int, values: Mapping[str, Any]) -> Decision:
    """Enters a vote with those who should come and came as the roll counts them.

    A resolution that is lost is entered as well. FieldError for numbers that cannot be, and where `entitled` or
    `present` are given and the roll says otherwise.
    """
    activity = open_activity(session, activity_id)
    given = _given(values)
    rule = RULES.get(given["rule"] or usual_rule(activity.kind, given["text"]).name)
    given |= {"adopted_on": given["adopted_on"] or activity.held_on}
    added = Decision(activity_id=activity_id, **_verified(session, activity_id, given, rule, values))
    session.add(added)
    session.flush()
    return added


def change(session: Session, decision_id: int, values: Mapping[str, Any]) -> Decision:
    """Changes what is given of a vote, and takes those who should come and came anew from the roll."""
    found = _decision(session, decision_id)
    open_activity(session, found.activity_id)
    known = {key: getattr(found, key) for key in FIELDS}
    if voters(session, found.activity_id) is None:
        known |= {key: getattr(found, key) for key in ("entitled", "present")}
    wanted = known | dict(values)
    given = _given(wanted)
    assign(found, _verified(session, found.activity_id, given, RULES.get(given["rule"]), wanted))
    session.flush()
    return found


def remove(session: Session, decision_id: int) -> None:
    """Removes a vote entered by mistake."""
    found = _decision(session, decision_id)
    open_activity(session, found.activity_id)
    session.delete(found)
    session.flush()


def of(session: Session, activity_id: int) -> Sequence[Decision]:
    """The votes of an activity, in order of entry."""
    chosen = select(Decision).where(Decision.activity_id == activity_id)
    return session.scalars(chosen.order_by(Decision.id)).all()


def verdict(decision: Decision, guests: int = 0) -> Verdict:
    """What a vote came to, in words; `guests` are probationary members who sat in."""
    return votes.verdict(RULES[decision.rule], decision.tally, guests)


def outdated(session: Session, activity_id: int) -> list[Decision]:
    """The votes whose numbers of people no longer agree with the roll, as it was changed afterwards."""
    on_roll = voters(session, activity_id)
    if on_roll is None:
        return []
    counted = (on_roll.entitled, on_roll.present)
    return [each for each in of(session, activity_id) if (each.entitled, each.present) != counted]


def lacking(session: Session, activity_id: int) -> list[str]:
    """What stands in the way of filing the record, a sentence each."""
    found = [
        f"表决“{each.text}”时应到 {each.entitled} 人、实到 {each.present} 人，与现在的点名不符，请打开这项表决核对。"
        for each in outdated(session, activity_id)
    ]
    unsaid = (each for each in of(session, activity_id) if each.rule == ADMISSION.name and not each.performance)
    return found + [f"接收、转正的决议要写明主要表现：“{each.text}”。" for each in unsaid]


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    given = {key: values.get(key) for key in FIELDS}
    given |= {key: tidy(given[key]) or None for key in _TEXTS} | {key: given[key] or 0 for key in VOTES}
    if not given["text"]:
        raise FieldError("text", "请填写决议事项。")
    return given


def _verified(
    session: Session, activity_id: int, given: dict[str, Any], rule: VoteRule | None, stated: Mapping[str, Any]
) -> dict[str, Any]:
    """All fields of a vote that can be; FieldError at the first that cannot."""
    if rule is None:
        raise FieldError("rule", f"表决规则应为{'、'.join(RULES)}。")
    given |= {"rule": rule.name, "way": given["way"] or (BALLOT if rule.secret else BY_HAND)}
    if given["way"] not in WAYS:
        raise FieldError("way", f"表决方式应为{'、'.join(WAYS)}。")
    if rule.secret and given["way"] != BALLOT:
        raise FieldError("way", "接收预备党员和预备党员转正，应采取无记名投票。")
    if rule == ADMISSION:
        given["subject"] = given["subject"] or _probationary_in(session, activity_id, given["text"])
        if not given["subject"]:
            raise FieldError("subject", "请填写接收或转正的是谁。")
    given["member_id"] = _member(session, activity_id, given["subject"])
    entitled, present = taken(session, activity_id, stated.get("entitled"), stated.get("present"))
    given |= {"entitled": entitled, "present": present}
    fault = votes.fault_in(rule, Tally(entitled, present, *(given[key] for key in VOTES)))
    if fault is not None:
        raise FieldError(fault.field, fault.sentence)
    return given


def _probationary_in(session: Session, activity_id: int, text: str) -> str | None:
    """The probationary member on the roll whose name stands in the text."""
    names = session.scalars(
        select(Member.name)
        .join(Attendance, Attendance.member_id == Member.id)
        .where(Attendance.activity_id == activity_id, Member.category == PROBATIONARY)
    )
    found = [name for name in names if name in text]
    return found[0] if len(found) == 1 else None


def _member(session: Session, activity_id: int, name: str | None) -> int | None:
    """The one member of this name in the roster, those on the roll before others."""
    if not name:
        return None
    on_roll = select(Attendance.member_id).where(Attendance.activity_id == activity_id)
    own = session.scalars(select(Member.id).where(Member.name == name, Member.id.in_(on_roll))).all()
    found = own or session.scalars(select(Member.id).where(Member.name == name)).all()
    return found[0] if len(found) == 1 else None


def _decision(session: Session, decision_id: int) -> Decision:
    return numbered(session, Decision, decision_id, "表决")
