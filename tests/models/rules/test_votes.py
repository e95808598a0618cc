"""Quorums and majorities: every vector of the domain notes, the laws behind them, and what is said of a vote."""

import csv
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules import elections, votes
from models.rules.votes import ADMISSION, COMMITTEE, NOT_PASSED, ORDINARY, PASSED, VOID, Tally, fault_in, verdict

ANSWERS: dict[str, Callable[[int], int]] = {
    "quorum_at_least_half": votes.quorum,
    "quorum_more_than_half": votes.quorum_to_admit,
    "votes_to_pass": votes.votes_to_pass,
    "election_present_four_fifths": elections.quorum_to_elect,
    "excellent_max_third": votes.excellent_cap,
    "candidates_min_for_seats": elections.candidates_needed,
    "votes_to_be_elected": elections.votes_to_be_elected,
}
PEOPLE = st.integers(1, 400)


def vectors() -> list[dict[str, str]]:
    file = Path(__file__).parents[2] / "data" / "vote_vectors.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("vector", vectors(), ids=lambda vector: f"{vector['question']}-{vector['n']}")
def test_every_vector(vector: dict[str, str]):
    assert ANSWERS[vector["question"]](int(vector["n"])) == int(vector["answer"])


@given(PEOPLE)
def test_the_numbers_are_the_smallest_that_do(people: int):
    for smallest, share, beyond in (
        (votes.quorum(people), Fraction(1, 2), False),
        (votes.votes_to_pass(people), Fraction(1, 2), True),
        (elections.quorum_to_elect(people), Fraction(4, 5), False),
    ):
        assert smallest > people * share or (smallest == people * share and not beyond)
        assert smallest - 1 < people * share or (smallest - 1 == people * share and beyond)
    assert votes.excellent_cap(people) <= Fraction(people, 3) < votes.excellent_cap(people) + 1
    assert (
        5 * (elections.candidates_needed(people) - people)
        >= people
        > 5 * (elections.candidates_needed(people) - people - 1)
    )


@st.composite
def tallies(draw: st.DrawFn) -> Tally:
    """Counts that can be, of a vote on an admission."""
    entitled = draw(st.integers(1, 60))
    present = draw(st.integers(0, entitled))
    favour = draw(st.integers(0, present))
    against = draw(st.integers(0, present - favour))
    abstained = draw(st.integers(0, present - favour - against))
    written = draw(st.integers(0, entitled - present))
    agreed = draw(st.integers(0, written))
    return Tally(entitled, present, favour, against, abstained, agreed, written - agreed)


@given(tallies())
@settings(max_examples=300)
def test_a_resolution_passes_when_more_than_half_of_all_entitled_agree(tally: Tally):
    found = verdict(ADMISSION, tally)
    enough = 2 * tally.present > tally.entitled
    carried = 2 * (tally.favour + tally.written_favour) > tally.entitled
    assert found.outcome == (VOID if not enough else PASSED if carried else NOT_PASSED)


@given(tallies())
def test_one_more_in_favour_never_loses_a_vote(tally: Tally):
    if tally.against and verdict(ADMISSION, tally).passed:
        turned = Tally(
            tally.entitled, tally.present, tally.favour + 1, tally.against - 1, tally.abstained,
            tally.written_favour, tally.written_against,
        )  # fmt: skip
        assert verdict(ADMISSION, turned).passed


def test_what_is_said_of_a_vote_that_passed():
    found = verdict(ADMISSION, Tally(11, 8, 8), guests=1)
    assert found.reason == ("到会 8 人，超过应到 11 人的半数；赞成 8 票，须 6 票以上。预备党员参加讨论，没有表决权。")


def test_exactly_half_may_vote_on_ordinary_matters_and_not_on_admission():
    assert verdict(ORDINARY, Tally(10, 5, 5)).outcome == NOT_PASSED
    assert "达到应到 10 人的半数" in verdict(ORDINARY, Tally(10, 5, 5)).reason
    refused = verdict(ADMISSION, Tally(10, 5, 5))
    assert refused.outcome == VOID
    assert "须有 6 名以上有表决权的党员到会" in refused.reason


def test_written_opinions_count_for_admission():
    found = verdict(ADMISSION, Tally(11, 6, 5, 1, written_favour=1))
    assert found.passed
    assert "赞成 6 票（其中会前书面意见 1 票）" in found.reason


def test_members_of_a_committee_are_called_so():
    assert "须有 3 名以上委员到会" in verdict(COMMITTEE, Tally(5, 2, 2)).reason


def test_who_did_not_vote_is_counted():
    assert "另有 2 人没有表决。" in verdict(ORDINARY, Tally(9, 8, 6)).reason


@pytest.mark.parametrize(
    ("rule", "tally", "field"),
    [
        (ORDINARY, Tally(9, 10, 1), "present"),
        (ORDINARY, Tally(9, 8, 9), "favour"),
        (ORDINARY, Tally(9, 8, 5, 4), "against"),
        (ORDINARY, Tally(9, 8, 5, 3, 1), "abstained"),
        (ORDINARY, Tally(9, 8, 5, written_favour=1), "written_favour"),
        (ADMISSION, Tally(9, 8, 5, written_favour=1, written_against=1), "written_against"),
        (ORDINARY, Tally(9, 8, -1), "favour"),
    ],
)
def test_numbers_that_cannot_be_are_told_at_their_field(rule, tally, field):
    fault = fault_in(rule, tally)
    assert fault is not None
    assert fault.field == field
    with pytest.raises(ValueError, match=r"。$"):
        verdict(rule, tally)


def test_nobody_with_a_vote_decides_nothing():
    assert verdict(ORDINARY, Tally(0, 0, 0)).outcome == VOID
