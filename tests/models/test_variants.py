"""Names are found whichever way their characters are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, literal, select

from models import variants


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("张国华", "張國華"),
        ("張國華", "张国华"),
        ("張囯華", "张國华"),
        ("黄启彦", "黃啓彥"),
        ("羣峯", "群峰"),
        ("钟书", "錢鍾書"),
        ("锺书", "錢鍾書"),
        ("鍾書", "钱锺书"),
        ("国", "呉國強"),
    ],
)
def test_a_name_is_found_in_any_spelling(typed: str, stored: str):
    assert variants.expression(typed).search(stored)
    assert found_by_glob(typed, stored)


@pytest.mark.parametrize(("typed", "stored"), [("于", "於"), ("干", "乾"), ("哲", "喆"), ("张", "章"), ("锺", "鐘")])
def test_other_names_stay_apart(typed: str, stored: str):
    assert not variants.expression(typed).search(stored)
    assert not found_by_glob(typed, stored)


@given(st.text("张張国國囯aB*?[]^-_%.\\1 ", max_size=6), st.text("张張國国aAbB*?[]^-_%.\\1 ", max_size=8))
def test_both_ways_of_looking_agree_and_signs_are_only_signs(typed: str, stored: str):
    found = variants.expression(typed.lower()).search(stored.lower()) is not None
    assert found_by_glob(typed, stored) == found
    if typed.lower() in stored.lower():
        assert found


def found_by_glob(typed: str, stored: str) -> bool:
    with ENGINE.connect() as connection:
        return bool(connection.scalar(select(literal(stored).bool_op("GLOB")(variants.glob(typed)))))


ENGINE = create_engine("sqlite://")
