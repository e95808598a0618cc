"""Sharing out the width of a page: all of it, fairly, and legibly where that can be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporters.columns import LARGEST, SMALLEST, Want, share_out

WANTS = st.lists(
    st.builds(
        Want,
        ems=st.floats(0, 20),
        least=st.floats(0, 6),
        heading=st.floats(9, 60),
        least_heading=st.floats(9, 20),
        weight=st.floats(1, 30),
        sort=st.just("words"),
        group=st.sampled_from(["a", "b", "c"]),
    ).map(lambda want: Want(**{**vars(want), "least": min(want.least, want.ems)})),
    min_size=1,
    max_size=30,
)


@given(WANTS, st.floats(300, 1100))
def test_the_whole_width_is_shared_out(wants, width):
    shares, fits = share_out(wants, width)
    assert sum(share.width for share in shares) == pytest.approx(width)
    assert all(SMALLEST <= share.size <= LARGEST for share in shares)
    if fits:
        for want, share in zip(wants, shares, strict=True):
            assert share.width >= want.needed(share.size) - 0.01


@given(WANTS)
def test_with_room_to_spare_nothing_is_small_or_broken(wants):
    shares, fits = share_out(wants, 10_000)
    assert fits
    assert {share.size for share in shares} == {LARGEST}
    assert all(share.width >= want.comfortable(LARGEST) - 0.01 for want, share in zip(wants, shares, strict=True))


def test_twelve_months_are_twelve_equal_columns():
    months = [Want(3.0 + n / 10, 3.0, 18, 18, 8, "figures", "months") for n in range(12)]
    shares, _ = share_out([Want(3, 3, 18, 18, 10, "words", "words"), *months], 400)
    assert len({round(share.width, 6) for share in shares[1:]}) == 1
    assert shares[0].size > shares[1].size
