"""Names in the order of the strokes of their surnames."""

import pytest

from models import strokes

# Common surnames as lists by strokes print them: 丁 2, 万马 3, 王文方 4, 卢 5, 朱刘 6, 吴 7, 林郑 8, 赵 9, 郭黄龚 11.
SURNAMES = "丁万马王文方卢田冯吕朱刘许孙李杨吴何宋张陈林欧罗周郑赵胡徐郭黄龚彭谢魏"


def test_surnames_stand_by_their_strokes():
    assert "".join(sorted(set(SURNAMES), key=strokes.key)) == SURNAMES


@pytest.mark.parametrize(
    ("character", "count"), [("一", 1), ("丁", 2), ("阿", 7), ("肖", 7), ("单", 8), ("龚", 11), ("魏", 17), ("喆", 12)]
)
def test_strokes_are_counted_as_the_table_of_2013_counts_them(character: str, count: int):
    assert strokes.count(character) == count


def test_a_given_name_of_one_character_comes_before_one_of_two():
    assert sorted(["田大利", "田富"], key=strokes.key) == ["田富", "田大利"]
    assert sorted(["李大鸣", "李一鸣"], key=strokes.key) == ["李一鸣", "李大鸣"]


def test_characters_unknown_come_last():
    assert strokes.count("A") is None
    assert sorted(["Anna", "魏红"], key=strokes.key) == ["魏红", "Anna"]


def test_a_dot_in_a_name_has_no_strokes():
    assert strokes.key("阿依古丽·买买提") == strokes.key("阿依古丽买买提")
