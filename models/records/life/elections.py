"""Elections at a meeting: seats, candidates in the order of their surnames' strokes, ballots, who is elected."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import strokes
from models.base import Record, assign, numbered
from models.errors import FieldError, UserError
from models.kinds import NAME, tidy
from models.records.life.voters import open_activity, taken, voters
from models.records.members import committee
from models.records.members.committee import Term
from models.records.members.members import Member, find_by_id
from models.rules import elections
from models.rules.elections import COMPETED, RUN_OFF, WAYS, Elected, Poll, Standing

BALLOTS = ("issued", "returned", "spoilt")
VOTES = ("favour", "against", "abstained", "invalid")
FIELDS = ("body", "post", "way", "seats", *BALLOTS, "teller", "counters", "remark")
_TEXTS = ("body", "post", "teller", "counters", "remark")


class Election(Record):
    """An election of so many `seats` of `body`; people entitled to vote as the roll counted them.

    `teller` is 总监票人, `counters` are 计票人; `again_of` is the election whose open seats this one fills; `term_id`
    the committee into which the elected were taken.
    """

    __tablename__ = "elections"

    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), index=True)
    again_of: Mapped[int | None] = mapped_column(ForeignKey("elections.id"))
    body: Mapped[str]
    post: Mapped[str]
    way: Mapped[str]
    seats: Mapped[int]
    entitled: Mapped[int]
    present: Mapped[int]
    issued: Mapped[int]
    returned: Mapped[int]
    spoilt: Mapped[int]
    teller: Mapped[str | None]
    counters: Mapped[str | None]
    term_id: Mapped[int | None] = mapped_column(ForeignKey("terms.id"))
    remark: Mapped[str | None]

    @property
    def poll(self) -> Poll:
        """The election as the rules take it."""
        numbers = {key: getattr(self, key) for key in ("entitled", "present", "seats", "way", *BALLOTS)}
        return Poll(**numbers)


class Candidate(Record):
    """Somebody on a ballot in its `place`, or written on one (not `listed`), with the votes counted."""

    __tablename__ = "candidates"
    __table_args__ = (UniqueConstraint("election_id", "member_id"),)

    election_id: Mapped[int] = mapped_column(ForeignKey("elections.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    name: Mapped[str]
    place: Mapped[int]
    listed: Mapped[bool]
    opinion: Mapped[str | None]
    favour: Mapped[int]
    against: Mapped[int]
    abstained: Mapped[int]
    invalid: Mapped[int]

    @property
    def standing(self) -> Standing:
        """The candidate as the rules take it."""
        return Standing(self.name, self.favour, self.against, self.abstained, self.invalid, self.listed)


def call(session: Session, activity_id: int, values: Mapping[str, Any]) -> Election:
    """Enters an election at a meeting; FieldError without a body or seats, or for a way that is none."""
    open_activity(session, activity_id)
    given = _given({key: values.get(key) for key in FIELDS} | {"way": values.get("way") or COMPETED})
    entitled, present = taken(session, activity_id, values.get("entitled"), values.get("present"))
    added = Election(activity_id=activity_id, entitled=entitled, present=present, **given)
    session.add(added)
    session.flush()
    return added


def change(session: Session, election_id: int, values: Mapping[str, Any]) -> Election:
    """Changes what is given of an election, with those who should come and came anew from the roll."""
    found = _open(session, election_id)
    given = _given({key: values.get(key, getattr(found, key)) for key in FIELDS})
    known = {} if voters(session, found.activity_id) else {"entitled": found.entitled, "present": found.present}
    stated = known | {key: values[key] for key in ("entitled", "present") if values.get(key) is not None}
    counted = taken(session, found.activity_id, stated.get("entitled"), stated.get("present"))
    assign(found, given | dict(zip(("entitled", "present"), counted, strict=True)))
    _require_possible(found, candidates(session, found.id))
    session.flush()
    return found


def remove(session: Session, election_id: int) -> None:
    """Removes an election entered by mistake, with its candidates; UserError once its elected sit in a committee."""
    found = _open(session, election_id)
    if found.term_id is not None:
        raise UserError("当选的人已经登记进支部班子，请先在支部班子里删除，再删除这次选举。")
    if session.scalars(select(Election.id).where(Election.again_of == found.id)).first() is not None:
        raise UserError("这次选举之后还有再次投票，请先删除再次投票。")
    for each in candidates(session, found.id):
        session.delete(each)
    session.flush()
    session.delete(found)
    session.flush()


def of(session: Session, activity_id: int) -> Sequence[Election]:
    """The elections of an activity, in order of entry."""
    chosen = select(Election).where(Election.activity_id == activity_id)
    return session.scalars(chosen.order_by(Election.id)).all()


def candidates(session: Session, election_id: int) -> Sequence[Candidate]:
    """Who stands, in the order of the ballot, and behind them who was written in."""
    chosen = select(Candidate).where(Candidate.election_id == election_id)
    return session.scalars(chosen.order_by(Candidate.listed.desc(), Candidate.place, Candidate.id)).all()


def nominate(
    session: Session, election_id: int, who: int | str, opinion: str | None = None, listed: bool = True
) -> Candidate:
    """Puts a member, or by name somebody from elsewhere, on the ballot in the order of strokes.

    Not `listed`, it is somebody whom voters wrote in (另选他人). FieldError for somebody who stands already.
    """
    found = _open(session, election_id)
    member = find_by_id(session, who) if isinstance(who, int) else None
    name = member.name if member is not None else _name(str(who))
    known = candidates(session, found.id)
    if any(each.member_id == member.id if member else (each.member_id, each.name) == (None, name) for each in known):
        raise FieldError("name", f"{name}已经在选票上。" if listed else f"{name}已经登记。")
    if any(each.name == name for each in known):  # two of one name are told apart on the ballot
        name = f"{name}（{member.birth_date}生）" if member is not None else f"{name}（另一人）"
    added = Candidate(
        election_id=found.id, member_id=member.id if member else None, name=name, listed=listed, place=0,
        opinion=tidy(opinion) or None, **dict.fromkeys(VOTES, 0),
    )  # fmt: skip
    session.add(added)
    session.flush()
    before = sum(each.listed and strokes.key(each.name) <= strokes.key(name) for each in known)
    _number([*known[:before], added, *known[before:]])
    session.flush()
    return added


def describe(session: Session, candidate_id: int, opinion: str | None) -> None:
    """Says what those think who nominated a candidate (推荐意见)."""
    found = _candidate(session, candidate_id)
    _open(session, found.election_id)
    found.opinion = tidy(opinion) or None
    session.flush()


def withdraw(session: Session, candidate_id: int) -> None:
    """Takes somebody off the ballot."""
    found = _candidate(session, candidate_id)
    _open(session, found.election_id)
    session.delete(found)
    session.flush()
    _number(candidates(session, found.election_id))
    session.flush()


def move(session: Session, candidate_id: int, by: int) -> None:
    """Moves a candidate up (by less than 0) or down on the ballot, where strokes are counted otherwise."""
    found = _candidate(session, candidate_id)
    _open(session, found.election_id)
    order = [each for each in candidates(session, found.election_id) if each.listed]
    place = order.index(found)
    order.insert(max(0, min(len(order) - 1, place + by)), order.pop(place))
    _number(order)
    session.flush()


def sort_by_strokes(session: Session, election_id: int) -> None:
    """Puts the candidates back into the order of their surnames' strokes."""
    _open(session, election_id)
    _number(sorted(candidates(session, election_id), key=lambda each: (not each.listed, strokes.key(each.name))))
    session.flush()


def count(
    session: Session, election_id: int, ballots: Mapping[str, int], votes: Mapping[int, Mapping[str, int]]
) -> Elected:
    """Enters ballots and the votes of each candidate by number; FieldError for numbers that cannot be.

    The field of a vote that cannot be is votes_ and the number of the candidate.
    """
    found = _open(session, election_id)
    standing = candidates(session, election_id)
    assign(found, {key: ballots.get(key, getattr(found, key)) or 0 for key in BALLOTS})
    for each in standing:
        assign(each, {key: votes.get(each.id, {}).get(key, getattr(each, key)) or 0 for key in VOTES})
    _require_possible(found, standing)
    session.flush()
    return outcome(session, election_id)


def outcome(session: Session, election_id: int) -> Elected:
    """Who is elected, as the numbers stand."""
    found = _election(session, election_id)
    return elections.elected(found.poll, [each.standing for each in candidates(session, election_id)])


def is_counted(election: Election) -> bool:
    """Whether any ballot was counted yet."""
    return election.returned > 0


def vote_again(session: Session, election_id: int) -> Election:
    """The next vote on seats that nobody won: among those whose votes were equal, else among those not elected.

    UserError where no seat is open.
    """
    found = _open(session, election_id)
    result = outcome(session, election_id)
    if not is_counted(found) or not result.vacant:
        raise UserError("没有空缺的名额，不需要再次投票。")
    standing = candidates(session, election_id)
    left = [each for each in standing if (each.name in result.tied if result.tied else each.name not in result.names)]
    way = RUN_OFF if result.tied else found.way
    copied = {key: getattr(found, key) for key in ("body", "post", "teller", "counters")}
    added = call(session, found.activity_id, {**copied, "way": way, "seats": result.vacant})
    added.again_of = found.id
    for each in left:
        nominate(session, added.id, each.member_id or each.name, each.opinion)
    session.flush()
    return added


def elected_candidates(session: Session, election_id: int) -> list[Candidate]:
    """Those who are elected, in the order of their votes."""
    result = outcome(session, election_id)
    by_name = {each.name: each for each in candidates(session, election_id)}
    return [by_name[name] for name in result.names]


def seat_elected(session: Session, election_id: int, posts: Mapping[int, str], new_term: bool) -> Term:
    """Takes those who are elected into the committee with their posts, by the number of the candidate.

    With `new_term` a term begins on the day of the election, unless one did already; else they join the one that
    stands. UserError when nobody is elected, nothing stands, or they were taken in before.
    """
    found = numbered(session, Election, election_id, "选举")
    activity = open_activity(session, found.activity_id)
    if found.term_id is not None:
        raise UserError("这次选举的结果已经登记进支部班子。")
    winners = elected_candidates(session, election_id)
    if not winners:
        raise UserError("这次选举没有人当选。")
    term = committee.current(session, activity.organisation_id)
    if new_term and (term is None or term.appointed_on != activity.held_on):
        term = committee.begin(session, activity.organisation_id, {"appointed_on": activity.held_on})
    if term is None:
        raise UserError("还没有登记这一届委员会，请选择“新一届”。")
    for each in winners:
        who = {"member_id": each.member_id, "name": each.name}
        committee.seat(session, term.id, {**who, "post": posts.get(each.id) or found.post, "since": activity.held_on})
    found.term_id = term.id
    session.flush()
    return term


def nominees(session: Session, election_id: int) -> Sequence[tuple[Candidate, Member | None]]:
    """The candidates on the ballot with what the roster knows of them."""
    chosen = (
        select(Candidate, Member)
        .outerjoin(Member, Member.id == Candidate.member_id)
        .where(Candidate.election_id == election_id, Candidate.listed)
    )
    return [(each, member) for each, member in session.execute(chosen.order_by(Candidate.place, Candidate.id))]


def _given(values: dict[str, Any]) -> dict[str, Any]:
    given = values | {key: tidy(values[key]) or None for key in _TEXTS}
    given |= {key: given[key] or 0 for key in ("seats", *BALLOTS)}
    given["post"] = given["post"] or "委员"
    if not given["body"]:
        raise FieldError("body", "请填写选举什么，如第一党支部委员会委员。")
    if given["seats"] < 1:
        raise FieldError("seats", "请填写应选几名。")
    if given["way"] not in WAYS:
        raise FieldError("way", f"选举方式应为{'、'.join(WAYS)}。")
    return given


def _require_possible(election: Election, standing: Sequence[Candidate]) -> None:
    fault = elections.fault_in(election.poll, [each.standing for each in standing])
    if fault is None or (fault.field == "candidates" and not is_counted(election)):
        return  # candidates are put on the ballot one after another
    if fault.field == "votes":
        named = [each for each in standing if fault.sentence.startswith(each.name)]
        one = max(named, key=lambda each: len(each.name), default=standing[0])  # 李明 begins 李明华 as well
        raise FieldError(f"votes_{one.id}", fault.sentence)
    raise FieldError(fault.field, fault.sentence)


def _number(order: Sequence[Candidate]) -> None:
    for place, each in enumerate(order, 1):
        if each.place != place:
            each.place = place


def _name(text: str) -> str:
    try:
        name = NAME.read(text)
    except ValueError as problem:
        raise FieldError("name", str(problem)) from None
    if name is None:
        raise FieldError("name", "请填写姓名。")
    return name


def _open(session: Session, election_id: int) -> Election:
    found = _election(session, election_id)
    open_activity(session, found.activity_id)
    return found


def _election(session: Session, election_id: int) -> Election:
    return numbered(session, Election, election_id, "选举")


def _candidate(session: Session, candidate_id: int) -> Candidate:
    return numbered(session, Candidate, candidate_id, "候选人")
