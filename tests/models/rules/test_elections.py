"""Elections: the quorum, who is elected, ties, ballots that do not count."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.elections import (
    RUN_OFF,
    UNCONTESTED,
    Poll,
    Standing,
    elected,
    fault_in,
    votes_to_be_elected,
)
from models.rules.votes import NOT_PASSED, PASSED, VOID

FOUR = (Standing("丁一", 9, 1), Standing("王二", 8, 2), Standing("李三", 7, 3), Standing("张四", 3, 7))


def poll(**changes: Any) -> Poll:
    """An election of three by ten who came and voted, with some of its parts changed."""
    return Poll(**({"entitled": 12, "present": 10, "seats": 3, "issued": 10, "returned": 10} | changes))


def test_those_with_the_most_votes_are_elected():
    found = elected(poll(), FOUR)
    assert found.outcome == PASSED
    assert found.names == ("丁一", "王二", "李三")
    assert "须" not in found.reason
    assert "6 票以上" in found.reason


def test_exactly_four_fifths_may_elect_and_one_less_may_not():
    enough = poll(entitled=10, present=8, issued=8, returned=8)
    four = [Standing(each.name, 5 + (each.favour > 7)) for each in FOUR[:3]] + [Standing("张四", 4)]
    assert elected(enough, four).outcome == PASSED
    found = elected(poll(entitled=13), FOUR)
    assert found.outcome == VOID
    assert "须 11 人以上" in found.reason


def test_exactly_half_is_not_elected():
    four = (*FOUR[:2], Standing("李三", 5, 5), Standing("张四", 3, 7))
    found = elected(poll(), four)
    assert found.outcome == NOT_PASSED
    assert found.names == ("丁一", "王二")
    assert found.vacant == 1
    assert "还差 1 名" in found.reason


def test_more_ballots_than_were_issued_void_the_election():
    found = elected(poll(issued=9), FOUR)
    assert found.outcome == VOID
    assert found.names == ()


def test_a_tie_for_the_last_seat_is_voted_on_again():
    five = (Standing("丁一", 9), Standing("王二", 7), Standing("李三", 6), Standing("张四", 6), Standing("赵五", 2))
    found = elected(poll(), five)
    assert found.names == ("丁一", "王二")
    assert found.tied == ("李三", "张四")
    assert found.vacant == 1
    assert "再次投票" in found.reason


def test_in_a_run_off_whoever_has_more_is_elected():
    two = (Standing("李三", 5), Standing("张四", 4))
    found = elected(poll(seats=1, way=RUN_OFF), two)
    assert found.names == ("李三",)
    assert "得票多的当选" in found.reason


def test_somebody_written_in_may_be_elected():
    five = (*FOUR[:2], Standing("李三", 2, 8), Standing("张四", 3, 7), Standing("赵五", 7, listed=False))
    assert elected(poll(), five).names == ("丁一", "王二", "赵五")


@pytest.mark.parametrize(
    ("changes", "standings", "field"),
    [
        ({"present": 13}, FOUR, "present"),
        ({"issued": 11}, FOUR, "issued"),
        ({"spoilt": 11}, FOUR, "spoilt"),
        ({"seats": 0}, FOUR, "seats"),
        ({"returned": -1}, FOUR, "returned"),
        ({"seats": 4}, FOUR, "candidates"),
        ({"way": UNCONTESTED}, FOUR, "candidates"),
        ({"spoilt": 1}, FOUR, "votes"),
        ({}, [Standing(name, 8) for name in "甲乙丙丁"], "votes"),
        ({}, [Standing("甲", -1), *FOUR], "votes"),
    ],
)
def test_numbers_that_cannot_be_are_told_with_their_field(changes, standings, field):
    fault = fault_in(poll(**changes), standings)
    assert fault is not None
    assert fault.field == field
    with pytest.raises(ValueError, match=r"。$"):
        elected(poll(**changes), standings)


@given(st.lists(st.integers(0, 10), min_size=4, max_size=7), st.integers(1, 3))
def test_who_is_elected_has_the_votes_and_more_than_who_is_not(counts: list[int], seats: int):
    standings = [Standing(f"甲{number}", count) for number, count in enumerate(counts)]
    asked = poll(seats=seats)
    if fault_in(asked, standings) is not None:
        return
    found = elected(asked, standings)
    votes = {each.name: each.favour for each in standings}
    others = [name for name in votes if name not in found.names]
    assert len(found.names) + found.vacant == seats
    for name in found.names:
        assert votes[name] >= votes_to_be_elected(10)
        assert all(votes[name] > votes[other] for other in others) or not found.tied
    if found.vacant and not found.tied:
        assert all(votes[other] < votes_to_be_elected(10) for other in others)
    assert len({votes[name] for name in found.tied}) <= 1
