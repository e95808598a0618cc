"""Elections: candidates by strokes, the count, voting again, and taking the elected into the committee."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from models.database import Database
from models.errors import FieldError, UserError
from models.records.life import activities, attendance, elections
from models.records.life.attendance import Mark
from models.records.life.elections import Election
from models.records.members import committee, organisation
from models.records.members.members import Member

DAY, TODAY = date(2026, 11, 10), date(2026, 11, 12)
BODY = "第一党支部委员会委员"
FOUR = ("赵䶮", "王建国", "张红卫", "周丽萍")


def held_meeting(session: Session, absent: int = 0) -> int:
    held = activities.begin(session, organisation.branches(session)[0].id, "general_meeting", DAY, TODAY)
    roll = attendance.roll(session, held.id)
    late = [each.member_id for each in roll if each.voting][:absent]
    marks = {each.member_id: Mark("缺席" if each.member_id in late else "出席") for each in roll}
    attendance.mark(session, held.id, marks)
    return held.id


def election(session: Session, names: tuple[str, ...] = FOUR, **values: object) -> Election:
    """An election of three of the committee with these candidates."""
    made = elections.call(session, held_meeting(session), {"body": BODY, "seats": 3} | values)
    for name in names:
        elections.nominate(session, made.id, session.query(Member.id).filter_by(name=name).scalar())
    return made


def counted(session: Session, made: Election, **favours: int) -> list[str]:
    """Counts all who came as having returned a ballot; answers who is elected."""
    ids = {each.name: each.id for each in elections.candidates(session, made.id)}
    ballots = {"issued": made.present, "returned": made.present}
    votes = {ids[name]: {"favour": favour, "against": made.present - favour} for name, favour in favours.items()}
    return list(elections.count(session, made.id, ballots, votes).names)


def names(session: Session, made: Election) -> list[str]:
    return [each.name for each in elections.candidates(session, made.id)]


def test_candidates_stand_by_strokes_and_can_be_moved(sample: Database) -> None:
    with sample.writing("x") as session:
        made = election(session)
        assert names(session, made) == ["王建国", "张红卫", "周丽萍", "赵䶮"]
        last = elections.candidates(session, made.id)[-1]
        elections.move(session, last.id, -2)
        assert names(session, made) == ["王建国", "赵䶮", "张红卫", "周丽萍"]
        elections.nominate(session, made.id, "丁一")
        assert names(session, made)[0] == "丁一"
        elections.sort_by_strokes(session, made.id)
        assert names(session, made) == ["丁一", "王建国", "张红卫", "周丽萍", "赵䶮"]
        elections.withdraw(session, elections.candidates(session, made.id)[0].id)
        assert [each.place for each in elections.candidates(session, made.id)] == [1, 2, 3, 4]
        with pytest.raises(FieldError, match="已经在选票上"):
            elections.nominate(session, made.id, session.query(Member.id).filter_by(name="王建国").scalar())


def test_two_of_one_name_are_told_apart(sample: Database) -> None:
    with sample.writing("x") as session:
        made = election(session)
        elections.nominate(session, made.id, "王建国")
        assert len({*names(session, made)}) == 5
        with pytest.raises(FieldError, match="不是姓名"):
            elections.nominate(session, made.id, "=1")


def test_a_namesake_stands_once_as_well(sample: Database) -> None:
    with sample.writing("x") as session:
        made = election(session)
        other = session.query(Member).filter_by(name="陈桂芳").one()
        other.name = "王建国"
        assert elections.nominate(session, made.id, other.id).name.startswith("王建国（")
        with pytest.raises(FieldError, match="已经在选票上"):
            elections.nominate(session, made.id, other.id)


def test_a_count_that_cannot_be_is_told_at_the_longer_of_two_names(sample: Database) -> None:
    with sample.writing("x") as session:
        made = election(session)
        elections.nominate(session, made.id, "王建国庆")
        stands = {each.name: each for each in elections.candidates(session, made.id)}
        ballots = {"issued": made.present, "returned": made.present}
        with pytest.raises(FieldError) as refused:
            elections.count(session, made.id, ballots, {stands["王建国庆"].id: {"favour": made.present + 1}})
        assert refused.value.field == f"votes_{stands['王建国庆'].id}"


def test_the_elected_are_taken_into_a_new_term(sample: Database) -> None:
    with sample.writing("x") as session:
        made = election(session)
        won = counted(session, made, 王建国=13, 张红卫=12, 周丽萍=11, 赵䶮=4)
        assert won == ["王建国", "张红卫", "周丽萍"]
        posts = {each.id: post for each, post in zip(
            elections.elected_candidates(session, made.id), ("书记", "组织委员", "宣传委员"), strict=True
        )}  # fmt: skip
        term = elections.seat_elected(session, made.id, posts, new_term=True)
        seats = committee.seats(session, term.id)
        assert [(each.name, each.post, each.since) for each in seats] == [
            ("王建国", "书记", DAY), ("张红卫", "组织委员", DAY), ("周丽萍", "宣传委员", DAY),
        ]  # fmt: skip
        assert committee.current(session, organisation.branches(session)[0].id) is term
        with pytest.raises(UserError, match="已经登记进支部班子"):
            elections.seat_elected(session, made.id, posts, new_term=True)
        with pytest.raises(UserError, match="先在支部班子里删除"):
            elections.remove(session, made.id)


def test_a_by_election_joins_the_committee_that_stands(sample: Database) -> None:
    with sample.writing("x") as session:
        made = election(session, ("郑卫东", "陈桂芳"), seats=1, body="补选一名委员", post="纪检委员")
        standing = committee.current(session, organisation.branches(session)[0].id)
        assert counted(session, made, 郑卫东=11, 陈桂芳=2) == ["郑卫东"]
        assert elections.seat_elected(session, made.id, {}, new_term=False) is standing
        assert committee.seats(session, standing.id)[-1].post == "纪检委员"


def test_a_tie_is_voted_on_again_among_the_tied(sample: Database) -> None:
    with sample.writing("x") as session:
        made = election(session)
        assert counted(session, made, 王建国=13, 张红卫=12, 周丽萍=8, 赵䶮=8) == ["王建国", "张红卫"]
        again = elections.vote_again(session, made.id)
        assert (again.way, again.seats, again.again_of) == ("再次投票", 1, made.id)
        assert names(session, again) == ["周丽萍", "赵䶮"]
        assert counted(session, again, 周丽萍=9, 赵䶮=4) == ["周丽萍"]
        with pytest.raises(UserError, match="没有空缺"):
            elections.vote_again(session, again.id)
        with pytest.raises(UserError, match="先删除再次投票"):
            elections.remove(session, made.id)
        elections.remove(session, again.id)
        elections.remove(session, made.id)
        assert elections.of(session, made.activity_id) == []


def test_somebody_written_in_can_win(sample: Database) -> None:
    with sample.writing("x") as session:
        made = election(session)
        elections.nominate(session, made.id, session.query(Member.id).filter_by(name="龚文博").scalar(), listed=False)
        assert names(session, made)[-1] == "龚文博"
        assert counted(session, made, 王建国=13, 张红卫=12, 周丽萍=2, 赵䶮=3, 龚文博=8) == [
            "王建国",
            "张红卫",
            "龚文博",
        ]


@pytest.mark.parametrize(
    ("ballots", "votes", "field"),
    [
        ({"issued": 99, "returned": 9}, {}, "issued"),
        ({"issued": 10, "returned": 9, "spoilt": 10}, {}, "spoilt"),
        ({"issued": 10, "returned": 10}, {"王建国": 11}, "votes_王建国"),
        ({"issued": 10, "returned": 10}, {"王建国": -1}, "votes_王建国"),
    ],
)
def test_counts_that_cannot_be_are_told_at_their_field(
    sample: Database, ballots: dict[str, int], votes: dict[str, int], field: str
) -> None:
    with sample.writing("x") as session:
        made = election(session).id
        ids = {each.name: each.id for each in elections.candidates(session, made)}
    with pytest.raises(FieldError) as refused, sample.writing("x") as session:
        elections.count(session, made, ballots, {ids[name]: {"favour": favour} for name, favour in votes.items()})
    expected = f"votes_{ids[field.removeprefix('votes_')]}" if field.startswith("votes_") else field
    assert refused.value.field == expected


def test_too_few_candidates_are_refused_with_the_count(sample: Database) -> None:
    with sample.writing("x") as session:
        made = election(session, FOUR[:3])
        with pytest.raises(FieldError, match="至少要有 4 名候选人"):
            elections.count(session, made.id, {"issued": 10, "returned": 10}, {})


@pytest.mark.parametrize(("values", "field"), [({"seats": 3}, "body"), ({"body": BODY}, "seats")])
def test_an_election_needs_a_body_and_seats(sample: Database, values: dict[str, object], field: str) -> None:
    with sample.writing("x") as session, pytest.raises(FieldError) as refused:
        elections.call(session, held_meeting(session), values)
    assert refused.value.field == field


def test_fewer_than_four_fifths_elect_nobody(sample: Database) -> None:
    with sample.writing("x") as session:
        held = held_meeting(session, absent=4)
        made = elections.call(session, held, {"body": BODY, "seats": 1})
        elections.nominate(session, made.id, "甲一")
        elections.nominate(session, made.id, "乙二")
        found = elections.count(session, made.id, {"issued": made.present, "returned": made.present}, {})
        assert found.names == ()
        assert "不足五分之四" in found.reason
