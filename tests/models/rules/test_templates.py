"""Places in a text: filled where they are known, found where they are not."""

import pytest

from models.rules.templates import PLACES, blanks, fill, next_blank

TEXT = "一、【主持人】主持，应到 【应到】 人，【 实到 】 人。\n二、【】"


def test_known_places_are_filled_and_the_others_stay() -> None:
    assert fill(TEXT, {"主持人": "张红卫", "应到": "12", "实到": "9"}) == "一、张红卫主持，应到 12 人，9 人。\n二、【】"
    assert fill(TEXT, {"主持人": "", "应到": "12"}).startswith("一、【主持人】主持，应到 12 人")


def test_what_is_filled_in_is_not_read_again() -> None:
    assert fill("【主持人】", {"主持人": "【应到】", "应到": "1"}) == "【应到】"


def test_filling_twice_changes_nothing() -> None:
    once = fill(TEXT, {"应到": "12"})
    assert fill(once, {"应到": "12"}) == once


def test_blanks_are_told_once() -> None:
    assert blanks("【甲】和【甲】，【乙】，【 】") == ["【甲】", "【乙】", "【 】"]
    assert blanks("没有空") == []
    assert blanks("【跨\n行】") == []


@pytest.mark.parametrize(("start", "found"), [(0, (0, 3)), (1, (4, 7)), (5, (0, 3))])
def test_the_next_blank_goes_round(start: int, found: tuple[int, int]) -> None:
    assert next_blank("【甲】，【乙】", start) == found


def test_no_blank_is_none() -> None:
    assert next_blank("散会。") is None


def test_every_place_has_words() -> None:
    assert all(name and words for name, words in PLACES.items())
