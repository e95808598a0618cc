"""A record from its template to its filing: what is handed on, called anew, checked, and refused."""

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from models.database import Database
from models.errors import UserError
from models.records.life import (
    activities,
    activity_files,
    activity_kinds,
    attendance,
    decisions,
    drafts,
    filing,
    phrases,
    recording,
)
from models.records.life.activities import FILED, find, minutes_of
from models.records.life.attendance import Mark
from models.records.life.recording import FREE, Called
from models.records.members import members, organisation
from models.rules.periods import PartialDate
from models.rules.templates import blanks
from tests.people import id_number

DAY, TODAY = date(2026, 11, 10), date(2026, 11, 12)


def branch(session: Session) -> int:
    return organisation.branches(session)[0].id


def begun(session: Session, kind: str = "general_meeting", **values: object) -> int:
    return recording.begin(session, branch(session), kind, DAY, TODAY, {"begins": "15:00", **values}).id


def everybody(session: Session, activity_id: int, state: str = "出席", reason: str | None = None) -> None:
    marks = {each.member_id: Mark(state, reason) for each in attendance.roll(session, activity_id)}
    attendance.mark(session, activity_id, marks)


def test_new_minutes_begin_with_the_template(sample: Database) -> None:
    with sample.writing("x") as session:
        number = begun(session, chair="张红卫")
        written, called = minutes_of(session, number), attendance.roll(session, number)
        assert written is not None
        assert written.text is not None
        assert written.text.startswith(
            f"一、张红卫同志主持会议，说明会议议题，清点人数：应到 {len(called)} 人，实到 【实到】 人"
        )
        everybody(session, number)
        filled = recording.places(session, number)
        assert (filled["实到"], filled["缺席"], filled["请假人员"]) == (str(len(called)), "0", "无")
        assert filled["是否符合规定"] == "符合规定"
        who = called[0].member_id
        attendance.mark(session, number, {who: Mark("请假", "出差")})
        name = members.find_by_id(session, who).name
        assert recording.places(session, number)["请假人员"] == f"{name}（出差）"


def test_numbers_of_who_came_are_not_filled_in_halfway(sample: Database) -> None:
    with sample.writing("x") as session:
        number = begun(session)
        first = attendance.roll(session, number)[0].member_id
        attendance.mark(session, number, {first: Mark("出席")})
        assert "实到" not in recording.places(session, number)


def test_the_last_record_hands_on_place_and_people(sample: Database) -> None:
    with sample.writing("x") as session:
        begun(session, place="三楼会议室", chair="张红卫", recorder="周丽萍")
        again = find(session, recording.begin(session, branch(session), "general_meeting", TODAY, TODAY, {}).id)
        assert (again.begins, again.place, again.chair, again.recorder) == ("15:00", "三楼会议室", "张红卫", "周丽萍")
        kind = activity_kinds.save(session, None, {"name": "读书会"})
        other = find(session, recording.begin(session, branch(session), kind.key, TODAY, TODAY, {}).id)
        assert other.place is None


def test_what_is_removed_takes_its_files_and_draft_but_no_votes(sample: Database, tmp_path: Path) -> None:
    scan = tmp_path / "签字.pdf"
    scan.write_bytes(b"%PDF-1.7")
    with sample.writing("x") as session:
        number = begun(session)
        activity_files.attach(session, number, {scan: "签字件"})
        drafts.keep(session, number, {"text": "一"}, datetime(2026, 11, 12, 10, 0))
        everybody(session, number)
        vote = decisions.decide(session, number, {"text": "同意", "favour": 9})
        with pytest.raises(UserError, match="还登记着表决"):
            recording.remove(session, number)
        decisions.remove(session, vote.id)
        recording.remove(session, number)
        assert session.get(activities.Activity, number) is None
        assert activity_files.counts(session, [number]) == {}
        assert drafts.find(session, number) is None


def test_a_record_begun_by_mistake_is_a_plan_again(sample: Database) -> None:
    with sample.writing("x") as session:
        planned = activities.plan(session, branch(session), "theme_day", {"planned_on": DAY})
        recording.hold(session, planned.id, DAY, TODAY)
        activities.upload(session, planned.id, TODAY)
        recording.unhold(session, planned.id)
        assert (planned.state, planned.held_on, planned.uploaded_on) == (activities.PLANNED, None, None)
        assert minutes_of(session, planned.id) is None
        assert attendance.roll(session, planned.id) == []


def test_a_plan_is_held_as_it_was_planned(sample: Database) -> None:
    with sample.writing("x") as session:
        values = {"planned_on": DAY, "theme": "学习", "place": "展馆", "responsible": "陈桂芳"}
        planned = activities.plan(session, branch(session), "theme_day", values)
        held = recording.hold(session, planned.id, DAY, TODAY)
        assert (held.theme, held.place, held.chair) == ("学习", "展馆", "陈桂芳")
        written = minutes_of(session, held.id)
        assert written is not None
        assert "活动主题：学习。" in (written.text or "")


def test_saving_takes_the_draft_and_keeps_own_fields(sample: Database) -> None:
    with sample.writing("x") as session:
        number = begun(session)
        drafts.keep(session, number, {"text": "一"}, datetime(2026, 11, 12, 10, 0))
        assert recording.save(session, number, {"text": "一、", f"{FREE}书目": "选读"}, TODAY) == Called()
        assert drafts.find(session, number) is None
        assert find(session, number).free == {"书目": "选读"}
        recording.save(session, number, {f"{FREE}书目": None}, TODAY)
        assert find(session, number).extras is None


def test_another_day_says_who_is_on_the_list_no_more(sample: Database) -> None:
    with sample.writing("x") as session:
        number = begun(session)
        leaver, marked = (attendance.roll(session, number)[place].member_id for place in (4, 5))
        attendance.mark(session, number, {marked: Mark("出席")})
        names = [members.find_by_id(session, each).name for each in (leaver, marked)]
        for each in (leaver, marked):
            members.leave(session, each, "转出", date(2026, 11, 11))
        called = recording.save(session, number, {"held_on": TODAY}, TODAY)
        assert (called.come, called.gone, called.guests) == ((), (names[0],), (names[1],))
        assert called.sentence == (
            f"{names[0]}那一天不在应到之列，已从名单去掉；{names[1]}那一天不在应到之列，已点过名，改为列席。"
        )


def test_a_roster_set_right_later_is_called_anew(sample: Database) -> None:
    with sample.writing("x") as session:
        number = begun(session)
        gone = attendance.roll(session, number)[3].member_id
        attendance.take_off(session, number, gone)
        name = members.find_by_id(session, gone).name
        everybody(session, number)
        assert any(name in each.sentence for each in filing.findings(session, number, TODAY))
        assert recording.recall(session, number).come == (name,)
        assert recording.recall(session, number) == Called()


@pytest.fixture
def fresh(database: Database) -> Database:
    """A branch of two members in which nothing was held yet."""
    with database.writing("加人") as session:
        for name, born in (("张红卫", "1970-01-02"), ("林小满", "1995-01-02")):
            values = {
                "name": name,
                "id_number": id_number(born),
                "joined_on": PartialDate(2020),
                "category": "正式党员",
            }
            members.add(session, values)
    return database


def test_a_record_is_filed_once_nothing_stops_it(fresh: Database) -> None:
    with fresh.writing("x") as session:
        number = begun(session, chair="张红卫", recorder="周丽萍", theme="林小满同志转正")
        with pytest.raises(UserError, match="没有点名"):
            filing.file(session, number, TODAY)
        everybody(session, number)
        written = minutes_of(session, number)
        assert written is not None
        assert blanks(written.text or "")
        recording.save(session, number, {"text": "一、开会。"}, TODAY)
        (reminder,) = filing.findings(session, number, TODAY)
        assert "支部委员会审查" in reminder.sentence
        assert not reminder.stops
        recording.begin(session, branch(session), "committee_meeting", date(2026, 11, 6), TODAY, {})
        assert filing.findings(session, number, TODAY) == []
        filing.file(session, number, TODAY)
        assert find(session, number).state == FILED


def test_who_was_no_member_on_the_day_stops_the_filing(sample: Database) -> None:
    with sample.writing("x") as session:
        number = begun(session, chair="张红卫", recorder="周丽萍")
        recording.save(session, number, {"text": "一、开会。"}, TODAY)
        everybody(session, number, "请假", "出差")
        leaver = attendance.roll(session, number)[4].member_id
        members.leave(session, leaver, "转出", date(2026, 11, 1))
        name = members.find_by_id(session, leaver).name
        stops = [each for each in filing.findings(session, number, TODAY) if each.stops]
        assert [each.sentence for each in stops] == [f"{name}那一天不在册，不能算应到，请改为列席或去掉。"]
        recording.recall(session, number)
        assert not any(each.stops for each in filing.findings(session, number, TODAY))


def test_a_record_entered_long_after_says_so(sample: Database) -> None:
    with sample.writing("x") as session:
        late = date(2026, 12, 2)
        number = recording.begin(session, branch(session), "theme_day", DAY, late, {}).id
        assert any("2026-12-02 录入" in each.sentence for each in filing.findings(session, number, late))


def test_a_plan_cannot_be_filed(sample: Database) -> None:
    with sample.writing("x") as session:
        planned = activities.plan(session, branch(session), "theme_day", {"planned_on": DAY})
        with pytest.raises(UserError, match="还没有开始记录"):
            filing.findings(session, planned.id, TODAY)


def test_the_template_of_a_kind_without_one_is_empty(sample: Database) -> None:
    with sample.writing("x") as session:
        for each in phrases.supplied():
            if each.template:
                phrases.save(session, each.key, {"active": False})
        assert minutes_of(session, begun(session)) is None
