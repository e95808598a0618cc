"""Phrases and templates as data: those supplied are sound, the branch's own count before them."""

import re

import pytest

from models.database import Database
from models.errors import FieldError, UserError
from models.records.life import activity_kinds, phrases
from models.rules.templates import PLACES, blanks

HALF_WIDTH = re.compile(r"[,;:!?()]")


def test_what_is_supplied_is_sound() -> None:
    known = {kind.key for kind in activity_kinds.supplied()}
    found = phrases.supplied()
    assert len({each.key for each in found}) == len({each.title for each in found}) == len(found)
    for each in found:
        assert set(each.kinds) <= known
        assert not HALF_WIDTH.search(each.text)
        assert not each.template or each.kinds


def test_every_kind_with_minutes_begins_with_a_template(sample: Database) -> None:
    with sample.reading() as session:
        for kind in activity_kinds.kinds(session):
            if kind.kept_in == "activities":
                assert phrases.template(session, kind.key), kind.name
                assert phrases.phrases(session, kind.key)


def test_the_places_for_numbers_are_those_that_the_program_fills() -> None:
    counted = [
        place for each in phrases.supplied() for place in blanks(each.text) if "到】" in place or "席】" in place
    ]
    assert {place.strip("【】") for place in counted} <= set(PLACES)


def test_a_branch_adds_changes_and_takes_back(sample: Database) -> None:
    with sample.writing("x") as session:
        own = phrases.save(
            session, None, {"title": " 学习强国 ", "text": "\n通报学习积分。\n", "kinds": ("theme_day",)}
        )
        assert (own.title, own.text, own.is_own) == ("学习强国", "通报学习积分。", True)
        assert phrases.phrases(session, "theme_day")[0] == own
        assert own not in phrases.phrases(session, "party_lecture")
        phrases.save(session, "summary", {"text": "散会。"})
        assert next(each.text for each in phrases.everything(session) if each.key == "summary") == "散会。"
        phrases.restore(session, "summary")
        assert next(each.text for each in phrases.everything(session) if each.key == "summary") != "散会。"
        phrases.save(session, "summary", {"active": False})
        assert "summary" not in {each.key for each in phrases.everything(session)}
        assert "summary" in {each.key for each in phrases.everything(session, idle=True)}
        phrases.remove(session, own.key)
        assert own.key not in {each.key for each in phrases.everything(session, idle=True)}


def test_a_template_of_the_branch_counts_before_the_supplied_one(sample: Database) -> None:
    with sample.writing("x") as session:
        phrases.save(
            session,
            None,
            {"title": "本支部大会", "text": "一、开会。", "kinds": ("general_meeting",), "template": True},
        )
        assert phrases.template(session, "general_meeting") == "一、开会。"
        assert phrases.template(session, "theme_day") != "一、开会。"
        assert phrases.template(session, "own_9") == ""


@pytest.mark.parametrize(
    ("values", "field"), [({"title": "", "text": "一"}, "title"), ({"title": "一", "text": " "}, "text")]
)
def test_a_phrase_needs_a_name_and_words(sample: Database, values: dict[str, str], field: str) -> None:
    with sample.writing("x") as session, pytest.raises(FieldError) as refused:
        phrases.save(session, None, values)
    assert refused.value.field == field


def test_supplied_ones_are_not_removed_and_own_ones_not_restored(sample: Database) -> None:
    with sample.writing("x") as session:
        with pytest.raises(UserError, match="停用"):
            phrases.remove(session, "summary")
        with pytest.raises(UserError, match="删除"):
            phrases.restore(session, "own_1")
