"""Pieces of a text around the words that were looked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.snippets import CUT, snippet, words_of

TEXTS = st.text(alphabet="会议同意签订协议 \nabAİ", max_size=300)
WORDS = st.lists(st.text(alphabet="会议同协ab", min_size=1, max_size=3), max_size=3)


@given(text=TEXTS, words=WORDS, room=st.integers(20, 120))
def test_a_piece_has_room_and_marks_nothing_but_the_words(text: str, words: list[str], room: int):
    made = snippet(text, words, room)
    assert len(made.text.strip(CUT)) <= room
    assert "\n" not in made.text
    ends = [place for mark in made.marks for place in mark]
    assert ends == sorted(ends)
    for first, end in made.marks:
        assert any(word.lower() in made.text[first:end].lower() for word in words)
    unmarked = "".join(c if not any(a <= n < b for a, b in made.marks) else "\0" for n, c in enumerate(made.text))
    assert not any(word in unmarked for word in words)


def test_a_long_text_is_cut_around_the_first_word():
    made = snippet("开头" * 50 + "会议同意签订结对共建协议。" + "结尾" * 60, ("共建", "协议"), 40)
    assert made.text.startswith(CUT)
    assert made.text.endswith(CUT)
    assert [made.text[first:end] for first, end in made.marks] == ["共建协议"]


@pytest.mark.parametrize(
    ("asked", "words"), [("", ()), ("  ", ()), ("党费　老党员 党费", ("党费", "老党员")), ("ABC abc", ("abc",))]
)
def test_words_are_parted_by_spaces(asked: str, words: tuple[str, ...]):
    assert words_of(asked) == words


def test_without_a_word_it_is_the_beginning():
    assert snippet("甲乙丙", ("丁",)).text == "甲乙丙"
    assert snippet("", ("丁",)).marks == ()
