"""Line breaking: half-width, full-width and mixed lines, by example and by law."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporters.linebreaks import CLOSING, OPENING, break_lines
from exporters.text import columns_of

MIXED = st.text("党员收缴（）《》“”，。；：！？、%￥$()[]0123456789.,abcXYZ-/ —…\n", max_size=120)

PIECES = st.tuples(
    st.sampled_from(["", "（", "“", "￥", "《"]),
    st.sampled_from(["党", "费", "员", "1,234.50", "abc", "WPS"]),
    st.sampled_from(["", "", "，", "。", "）", "%，", "：", " "]),
).map("".join)


def ems(text):
    """Two for a full-width character, one for a half-width one."""
    return float(columns_of(text))


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("党费收缴登记表", 20, ["党费收缴登记表"]),
        ("党费收缴登记表", 8, ["党费收缴", "登记表"]),
        ("党费收缴，登记表", 8, ["党费收", "缴，登记", "表"]),
        ("按时交纳（一月）党费", 10, ["按时交纳", "（一月）党", "费"]),
        ("一季度1,234.50元", 12, ["一季度", "1,234.50元"]),
        ("合计￥1,234.50", 12, ["合计", "￥1,234.50"]),
        ("比例1.5%，不变", 10, ["比例1.5%，", "不变"]),
        ("abc def ghi", 7, ["abc def", "ghi"]),
        ("abc def", 3, ["abc", "def"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("一\n二\r\n三", 10, ["一", "二", "三"]),
        ("一\n\n二", 10, ["一", "", "二"]),
        ("他说：“好。”她走了", 12, ["他说：", "“好。”她走", "了"]),
        ("前后——都要……记", 10, ["前后——都", "要……记"]),
        ("　　一、会议", 10, ["　　一、会", "议"]),
        ("阿依古丽·买买提", 9, ["阿依古", "丽·买买", "提"]),
        ("（1,234.501,234.501,234.50", 19, ["（1,234.501,234.50", "1,234.50"]),
        ("，，，，，", 4, ["，，", "，，", "，"]),
    ],
)
def test_lines(text, width, lines):
    assert break_lines(text, width, ems) == lines


def test_the_first_line_of_a_paragraph_may_be_indented():
    assert break_lines("一二三四五六\n七八九", 8, ems, indent=4) == ["一二", "三四五六", "七八", "九"]


@given(MIXED, st.integers(2, 60))
def test_no_line_is_too_wide(text, width):
    assert all(ems(line) <= width for line in break_lines(text, width, ems))


@given(MIXED, st.integers(2, 60))
def test_nothing_but_spaces_is_lost(text, width):
    assert re.sub(r"\s", "", "".join(break_lines(text, width, ems))) == re.sub(r"\s", "", text)


@given(st.lists(PIECES, max_size=40).map("".join), st.integers(16, 60))
def test_marks_stand_with_what_they_belong_to(text, width):
    """No line begins with a closing mark or ends with an opening one, as long as a line holds a word and its marks."""
    lines = break_lines(text, width, ems)
    assert not any(line[0] in CLOSING for line in lines[1:])
    assert not any(line[-1] in OPENING for line in lines[:-1])


@given(MIXED)
def test_a_text_that_fits_stays_one_line(text):
    line = text.replace("\n", "")
    assert break_lines(line, ems(line) + 1, ems) == [line]


@given(st.text(max_size=60), st.integers(1, 30))
def test_any_text_can_be_broken(text, width):
    assert re.sub(r"\s", "", "".join(break_lines(text, width, ems))) == re.sub(r"\s", "", text)
