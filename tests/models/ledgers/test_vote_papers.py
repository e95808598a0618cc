"""What stands behind the papers of votes, elections and the 组织生活会."""

from datetime import date

import pytest

from models.database import Database
from models.ledger import View
from models.ledgers.life.vote_papers import election_record
from models.ledgers.paper_records import PAPERS
from models.records.life import activities, attendance, elections
from models.records.life.attendance import Mark
from models.records.members import organisation
from models.records.members.members import Member
from models.rules.periods import Period

DAY, TODAY = date(2026, 11, 10), date(2026, 11, 20)
VIEW = View(TODAY, Period.of_year(2026))


@pytest.fixture
def election(sample: Database) -> int:
    """An election of two by members and somebody from elsewhere, counted."""
    with sample.writing("x") as session:
        held = activities.begin(session, organisation.branches(session)[0].id, "general_meeting", DAY, TODAY)
        held.place = "三楼会议室"
        attendance.mark(session, held.id, {each.member_id: Mark("出席") for each in attendance.roll(session, held.id)})
        made = elections.call(session, held.id, {"body": "委员会委员", "seats": 2, "teller": "郑卫东"})
        for name in ("刘洋", "王建国"):
            number = session.query(Member.id).filter_by(name=name).scalar()
            elections.nominate(session, made.id, number, opinion="同意")
        elections.nominate(session, made.id, "丁一")
        votes = {each.id: {"favour": 9} for each in elections.candidates(session, made.id)[:2]}
        elections.count(session, made.id, {"issued": made.present, "returned": made.present, "spoilt": 1}, votes)
        return made.id


def test_a_ballot_names_candidates_in_order_for_everybody_who_came(sample: Database, election: int) -> None:
    with sample.reading() as session:
        ballot = election_record(session, "life_ballot", election)
        present = session.get_one(elections.Election, election).present
    assert ballot.names == ("丁一", "王建国", "刘洋")
    assert (ballot.copies, ballot.seats, ballot.held_on) == (present, 2, DAY)


def test_the_count_sheet_says_who_is_elected(sample: Database, election: int) -> None:
    with sample.reading() as session:
        sheet = election_record(session, "life_count_sheet", election)
    assert [line.result for line in sheet.lines] == ["当选", "当选", "未当选"]
    assert sheet.reason.endswith("应选 2 名，当选 2 名：丁一、王建国。")
    assert (sheet.spoilt, sheet.teller, sheet.place) == (1, "郑卫东", "三楼会议室")


def test_nominations_tell_what_the_roster_knows(sample: Database, election: int) -> None:
    with sample.reading() as session:
        record = election_record(session, "life_nominations", election)
        liu = session.query(Member).filter_by(name="刘洋").one()
        assert record.nominees[-1].native_place == liu.native_place
        assert record.nominees[-1].joined == str(liu.joined_on)
    assert [(each.name, each.opinion) for each in record.nominees] == [
        ("丁一", None), ("王建国", "同意"), ("刘洋", "同意"),
    ]  # fmt: skip
    assert record.nominees[0].sex is None


@pytest.mark.parametrize("name", ["life_ballot", "life_count_sheet", "life_nominations"])
def test_the_papers_of_a_year_are_those_of_its_elections(sample: Database, election: int, name: str) -> None:
    with sample.reading() as session:
        found = [number for number, _ in PAPERS[name](session, VIEW)]
        assert found[-1] == election
        assert len(found) == 2  # the sample fills a seat in its third branch
        assert PAPERS[name](session, View(TODAY, Period.of_year(2025))) == []
        assert PAPERS[name](session, View(TODAY, Period.of_year(2026), 3)) == []


def test_a_vote_sheet_has_the_admissions_of_a_meeting(sample: Database) -> None:
    with sample.reading() as session:
        ((_, sheet),) = PAPERS["life_vote_sheet"](session, VIEW)
    assert [row.subject for row in sheet.rows] == ["程一帆"]
    assert sheet.unit == "第一党支部"


def test_the_papers_of_the_life_meeting_are_one_a_branch(sample: Database) -> None:
    with sample.reading() as session:
        reviews = [record for _, record in PAPERS["life_review_list"](session, VIEW)]
        opinions = [record for _, record in PAPERS["life_opinion_sheet"](session, VIEW)]
    assert [record.unit for record in reviews] == ["第一党支部", "第二党支部", "第三党支部"]
    assert ("张红卫", "书记") in reviews[0].names
    assert [record.year for record in opinions] == [2026] * 3
