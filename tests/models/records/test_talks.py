"""Talks: people by name, several at once, what is confidential, coverage by the committee."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import trail, undo
from models.database import Database
from models.errors import FieldError, UserError
from models.ledger import View
from models.ledgers.life.talk_coverage import NOT_YET, PARTLY, TALKED, coverage_rows
from models.ledgers.life.talks import HIDDEN, LIFE_TALKS, talk_rows
from models.records.life import talks
from models.records.life.talks import Disclosure, Talk, TalkPerson, TalkText
from models.records.members import members, organisation
from models.rules.periods import PartialDate, Period

TODAY = date(2030, 11, 20)  # a year of which the sample knows nothing
YEAR = View(TODAY, Period.of_year(2030))
DAY = date(2030, 5, 6)
PLAIN: dict[str, Any] = {"on": DAY, "talkers": "张红卫", "talked": "吴国强", "text": "思想平稳", "promises": "多学习"}
CLOSED = PLAIN | {"confidential": True}


def first_branch(session: Session) -> int:
    return organisation.branches(session)[0].id


def entered(session: Session, **values: Any) -> Talk:
    return talks.enter(session, first_branch(session), PLAIN | values, TODAY)


def people(session: Session, talk: Talk) -> list[tuple[str, str, bool]]:
    found = session.scalars(select(TalkPerson).where(TalkPerson.talk_id == talk.id).order_by(TalkPerson.id))
    return [(each.role, each.name, each.member_id is not None) for each in found]


def test_people_are_found_in_the_roster_or_kept_by_name(sample: Database) -> None:
    with sample.writing("x") as session:
        talk = entered(session, talked="吴国强，刘洋；吴国强的妻子\n吴国强")
        assert people(session, talk) == [
            ("talker", "张红卫", True),
            ("talked", "吴国强", True),
            ("talked", "刘洋", True),
            ("talked", "吴国强的妻子", False),
        ]
        assert (talk.talked, talk.sort, talk.branch_id) == (
            "吴国强、刘洋、吴国强的妻子",
            "谈心谈话",
            talk.organisation_id,
        )


def test_one_of_two_namesakes_is_meant_by_what_stands_behind_the_name(sample: Database) -> None:
    with sample.writing("x") as session:
        second = organisation.branches(session)[1]
        other = members.add(session, {"name": "吴国强", "branch": second.name, "birth_date": PartialDate(1990, 2)})
        with pytest.raises(FieldError, match="2 位党员") as refusal:
            entered(session)
        assert refusal.value.field == "talked"
        talk = entered(session, talked=f"吴国强（{second.name}）、刘洋")
        found = session.scalars(select(TalkPerson.member_id).where(TalkPerson.talk_id == talk.id)).all()
        assert other.id in found
        assert talk.talked == "吴国强、刘洋"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("on", None, "请填写谈话日期"),
        ("on", date(2031, 1, 1), "还没有到"),
        ("talkers", None, "请填写谈话人"),
        ("talked", "、；", "请填写被谈话人"),
        ("talked", "=1+1", "不是姓名"),
        ("begins", "下班后", "不是时间"),
    ],
)
def test_an_unsound_talk_is_refused_at_its_field(sample: Database, field: str, value: Any, said: str) -> None:
    with sample.writing("x") as session, pytest.raises(FieldError, match=said) as refusal:
        entered(session, **{field: value})
    assert refusal.value.field == field


def test_a_change_of_people_keeps_the_rest(sample: Database) -> None:
    with sample.writing("x") as session:
        talk = entered(session)
        talks.change(session, talk.id, {"talked": "刘洋"}, TODAY)
        assert people(session, talk) == [("talker", "张红卫", True), ("talked", "刘洋", True)]
        assert talks.written(session, talk.id).text == "思想平稳"


def test_types_that_the_branch_wrote_are_offered_again(sample: Database) -> None:
    with sample.writing("x") as session:
        entered(session, sort="入户夜谈")
        assert talks.sorts(session)[:2] == ("谈心谈话", "家庭走访")
        assert talks.sorts(session)[-1] == "入户夜谈"


def test_what_was_said_in_confidence_is_handed_out_with_a_note_alone(sample: Database) -> None:
    with sample.writing("x") as session:
        talk = entered(session, confidential=True)
        with pytest.raises(UserError, match="不公开"):
            talks.written(session, talk.id)
        assert talks.disclose(session, talk.id, "查看", TODAY).text == "思想平稳"
        (noted,) = session.scalars(select(Disclosure).where(Disclosure.talk_id == talk.id)).all()
        assert (noted.on, noted.purpose) == (TODAY, "查看")
        open_talk = entered(session)
        talks.disclose(session, open_talk.id, "查看", TODAY)
        assert session.scalars(select(Disclosure).where(Disclosure.talk_id == open_talk.id)).all() == []


def test_the_list_hides_it_and_shows_it_again_when_it_is_opened(sample: Database) -> None:
    with sample.writing("x") as session:
        talk = entered(session, confidential=True)
        (row,) = talk_rows(session, YEAR)
        assert (row.text, row.promises, row.talked) == (HIDDEN, HIDDEN, "吴国强")
        talks.change(session, talk.id, {"confidential": False}, TODAY)
        (row,) = talk_rows(session, YEAR)
        assert (row.text, row.promises) == ("思想平稳", "多学习")


def test_a_talk_goes_whole_and_comes_back_whole(sample: Database) -> None:
    with sample.writing("登记") as session:
        number = entered(session, confidential=True).id
        talks.disclose(session, number, "打印", TODAY)
    with sample.writing("删除") as session:
        talks.remove(session, number)
        assert session.scalars(select(TalkText).where(TalkText.talk_id == number)).all() == []
    with sample.writing("撤销") as session:
        undo.undo_last(session, TODAY)
    with sample.reading() as session:
        assert len(session.scalars(select(Disclosure).where(Disclosure.talk_id == number)).all()) == 1
        assert [each.text for each in session.scalars(select(TalkText).where(TalkText.talk_id == number))] == [
            "思想平稳"
        ]
        assert list(trail.differences(session)) == []


def save(session: Session, *rows: dict[str, Any]) -> list[tuple[str, str | None]]:
    assert LIFE_TALKS.save is not None
    return [(each.kind, each.field) for each in LIFE_TALKS.save(session, rows, YEAR)]


def test_talks_come_in_and_what_went_out_comes_back_unchanged(sample: Database) -> None:
    with sample.writing("导入") as session:
        assert save(session, PLAIN | {"sort": "谈心谈话"}, CLOSED | {"sort": "家庭走访"}) == [("added", None)] * 2
        rows = [
            {column.key: getattr(row, column.key) for column in LIFE_TALKS.columns} for row in talk_rows(session, YEAR)
        ]
        assert save(session, *rows) == [("unchanged", None)] * 2
        without_numbers = [{key: value for key, value in row.items() if key != "id"} for row in rows]
        assert save(session, *without_numbers) == [("unchanged", None)] * 2
        assert save(session, rows[0] | {"text": "思想有波动"}) == [("updated", None)]
        assert {row.text for row in talk_rows(session, YEAR)} == {"思想有波动", HIDDEN}
        texts = select(TalkText.text).join(Talk, Talk.id == TalkText.talk_id)
        assert session.scalars(texts.where(Talk.confidential, Talk.on == DAY)).all() == ["思想平稳"]


def test_an_import_opens_no_confidential_talk(sample: Database) -> None:
    with sample.writing("导入") as session:
        save(session, CLOSED)
        (row,) = talk_rows(session, YEAR)
        opened = {column.key: getattr(row, column.key) for column in LIFE_TALKS.columns} | {"confidential": False}
        assert save(session, opened) == [("refused", "confidential")]
        assert [row.text for row in talk_rows(session, YEAR)] == [HIDDEN]


def states(session: Session) -> dict[str, tuple[str, str | None]]:
    return {row.name: (row.state, row.missing) for row in coverage_rows(session, YEAR)}


def test_the_coverage_tells_with_whom_the_committee_has_not_talked(sample: Database) -> None:
    with sample.writing("x") as session:
        assert states(session)["吴国强"][0] == NOT_YET
        entered(session)
        assert states(session)["吴国强"] == (TALKED, None)
        entered(session, talkers="吴国强", talked="刘洋")  # a member with a member: not the committee's talk
        assert states(session)["刘洋"][0] == NOT_YET
        entered(session, talkers="刘洋", talked="周丽萍")  # from below counts as well
        assert states(session)["刘洋"][0] == TALKED
        entered(session, talkers="张红卫", talked="周丽萍")
        assert states(session)["张红卫"] == (PARTLY, "龚文博")
        entered(session, talkers="龚文博", talked="张红卫、周丽萍")
        assert [states(session)[name] for name in ("张红卫", "周丽萍", "龚文博")] == [(TALKED, None)] * 3


def test_a_reminder_of_duty_is_no_heart_to_heart_talk(sample: Database) -> None:
    with sample.writing("x") as session:
        entered(session, sort="约谈提醒（个别）")
        assert states(session)["吴国强"][0] == NOT_YET
