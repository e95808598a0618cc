"""Drafts: there again after a crash, no part of the trail, gone when the record is saved or removed."""

from datetime import date, datetime

import pytest
from sqlalchemy import select

from models import audit
from models.database import Database
from models.records.life import activities, drafts
from models.records.life.drafts import Draft
from models.records.members import organisation
from models.undo import can_undo

DAY, TODAY = date(2026, 11, 10), date(2026, 11, 12)
AT = datetime(2026, 11, 12, 10, 32)


@pytest.fixture
def held(sample: Database) -> int:
    """The number of a record that was begun."""
    with sample.writing("记录") as session:
        branch = organisation.branches(session)[0].id
        return activities.begin(session, branch, "general_meeting", DAY, TODAY).id


def test_a_draft_comes_back_as_it_was_typed(sample: Database, held: int) -> None:
    typed = {"text": "一、“四、”\n【】𬎆\t", "held_on": "2026-13-"}
    with sample.writing("草稿") as session:
        drafts.keep(session, held, {"text": "一"}, AT)
        drafts.keep(session, held, typed, AT)
    with sample.reading() as session:
        found = drafts.find(session, held)
        assert found is not None
        assert (found.content, found.at, found.outdated) == (typed, AT, False)
        assert drafts.find(session, held + 1) is None
        assert len(session.scalars(select(Draft)).all()) == 1


def test_a_draft_is_no_operation(sample: Database, held: int) -> None:
    with sample.reading() as session:
        before = audit.latest(session), audit.head(session), can_undo(session)
    with sample.writing("草稿") as session:
        drafts.keep(session, held, {"text": "一"}, AT)
    with sample.reading() as session:
        assert (audit.latest(session), audit.head(session), can_undo(session)) == before


def test_a_record_that_changed_under_the_draft_is_told(sample: Database, held: int) -> None:
    with sample.writing("草稿") as session:
        drafts.keep(session, held, {"text": "二"}, AT)
    with sample.writing("保存") as session:
        activities.change(session, held, {"text": "一"}, TODAY)
    with sample.reading() as session:
        found = drafts.find(session, held)
        assert found is not None
        assert found.outdated


def test_drafts_of_what_was_removed_go_with_the_next(sample: Database, held: int) -> None:
    with sample.writing("草稿") as session:
        drafts.keep(session, held, {"text": "一"}, AT)
        drafts.keep(session, held + 100, {"text": "二"}, AT)
    with sample.writing("删除") as session:
        activities.remove(session, held)
    with sample.writing("草稿") as session:
        drafts.drop(session, 0)
        assert session.scalars(select(Draft)).all() == []
