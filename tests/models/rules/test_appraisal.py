"""The appraisal: figures that can be, the share of 优秀, votes counted by subject, places."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules import votes
from models.rules.appraisal import Ballots, counts_of, fault_in, fault_in_votes, in_words, ranks, rates, share_of

WORDS = st.sampled_from(["好", "较好", "优秀", "满意", "基本满意", "不了解"])


@pytest.mark.parametrize(
    ("ballots", "field"),
    [
        (Ballots(16, 15, 15, 15, 15), None),
        (Ballots(16, 16, 16, 14, 13), None),
        (Ballots(), None),
        (Ballots(issued=15, valid=3), None),
        (Ballots(16, 17), "attended"),
        (Ballots(16, 15, 16), "issued"),
        (Ballots(16, 15, 15, 16), "returned"),
        (Ballots(16, 15, 15, 14, 15), "valid"),
        (Ballots(due=-1), "due"),
    ],
)
def test_no_figure_is_above_the_one_before_it(ballots: Ballots, field: str | None):
    fault = fault_in(ballots)
    assert (fault[0] if fault else None) == field


def test_votes_for_one_member_are_no_more_than_the_sound_ballots():
    assert fault_in_votes({"outstanding": 10, "passed": 5, "barely": None}, 15) is None
    assert fault_in_votes({"outstanding": 10, "passed": 6, "barely": 0}, 15) == (
        "passed", "各等次共 16 票，多于有效票 15 票，请核对。",
    )  # fmt: skip
    assert fault_in_votes({"outstanding": 99}, None) is None
    assert fault_in_votes({"outstanding": -1}, None) == ("outstanding", "票数不能是负数。")


@pytest.mark.parametrize(
    ("text", "share"),
    [("三分之一", Fraction(1, 3)), ("1/3", Fraction(1, 3)), ("15%", Fraction(3, 20)), (" 12.5 ％", Fraction(1, 8))],
)
def test_the_share_is_read_as_it_is_written(text: str, share: Fraction):
    assert share_of(text) == share


@pytest.mark.parametrize("text", ["", "很多", "0%", "3/2", "1/0", "120%"])
def test_a_share_that_is_none_is_refused(text: str):
    with pytest.raises(ValueError, match="优秀比例"):
        share_of(text)


@pytest.mark.parametrize(
    ("members", "share", "cap"), [(47, "三分之一", 15), (15, "三分之一", 5), (47, "15%", 7), (2, "1/3", 0)]
)
def test_the_cap_is_rounded_down(members: int, share: str, cap: int):
    assert votes.excellent_cap(members, share_of(share)) == cap


def test_counts_are_read_by_subject_and_written_alike():
    text = "领导班子：好 12、较好2票；班子成员:好11，一般 1"
    assert counts_of(text) == (
        ("领导班子", (("好", 12), ("较好", 2))),
        ("班子成员", (("好", 11), ("一般", 1))),
    )  # fmt: skip
    assert in_words(counts_of(text)) == "领导班子：好 12、较好 2；班子成员：好 11、一般 1"
    assert counts_of("满意：20、基本满意：3") == (("", (("满意", 20), ("基本满意", 3))),)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("好", "应写成"),
        ("12", "应写成"),
        ("好 十二", "应写成"),
        ("好 12、好 3", "有一项写了两次"),
        ("甲：好 1；甲：好 2", "同一项测评内容写了两次"),
    ],
)
def test_counts_that_say_nothing_or_twice_are_refused(text: str, words: str):
    with pytest.raises(ValueError, match=words):
        counts_of(text)


@given(st.lists(st.tuples(WORDS, st.integers(0, 999999)), min_size=1, unique_by=lambda each: each[0]), WORDS)
def test_what_is_written_is_read_again(answers: list[tuple[str, int]], subject: str):
    counts = ((f"{subject}方面", tuple(answers)),)
    assert counts_of(in_words(counts)) == counts


def test_equal_totals_share_a_place():
    assert ranks([Decimal(90), None, Decimal(95), Decimal(90), Decimal(1)]) == [2, None, 1, 2, 4]


def test_the_share_of_those_who_took_part():
    assert rates(45, 46) == Decimal("0.9783")
    assert rates(None, 46) is None
    assert rates(0, 0) is None
