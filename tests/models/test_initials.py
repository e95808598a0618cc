"""Initials: surnames are read as surnames, given names as words, and nothing else changes them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import initials
from models.codes import RESOURCES

SURNAMES = json.loads((RESOURCES / "codes" / "surnames.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("张红卫", "zhw"), ("单玉", "sy"), ("曾红", "zh"), ("仇英", "qy"), ("解放", "xf"), ("查良", "zl"),
        ("区明", "om"), ("盖云", "gy"), ("任静", "rj"), ("朴正", "pz"), ("尉明", "wm"), ("尉迟静", "ycj"),
        ("尉迟", "wc"), ("万俟红", "mqh"), ("单于红", "cyh"), ("长孙无", "zsw"), ("澹台明", "ttm"), ("令狐云", "lhy"),
        ("乐正玉", "yzy"), ("乐玉", "yy"), ("吐谷浑明", "tyhm"), ("爱新觉罗红", "axjlh"), ("欧阳单", "oyd"),
        ("红单", "hd"), ("李Ann3", "lann3"), ("阿依古丽·买买提", "ayglmmt"), ("单增·玉", "dzy"), ("", ""),
        ("单", "s"),
    ],
)  # fmt: skip
def test_a_surname_is_read_as_one(name: str, wanted: str) -> None:
    assert initials.of(name) == wanted


@given(st.sampled_from(sorted(SURNAMES["several"])), st.text("红卫玉明静", min_size=1, max_size=2))
def test_a_long_surname_gives_a_letter_for_each_of_its_characters(surname: str, given_name: str) -> None:
    letters = "".join(syllable[0] for syllable in SURNAMES["several"][surname].split())
    assert initials.of(surname + given_name) == letters + initials.of(given_name)


def test_the_readings_are_whole():
    for surname, reading in (SURNAMES["one"] | SURNAMES["several"]).items():
        syllables = reading.split()
        assert len(syllables) == len(surname), surname
        assert all(syllable.isalpha() and syllable[0].isascii() for syllable in syllables), surname
