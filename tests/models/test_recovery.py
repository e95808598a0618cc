"""The recovery code: back to the key however it is typed, and every slip of the pen told by its group."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import UserError
from models.recovery import GROUPS, code_of, key_in, miscounted

KEYS = st.binary(min_size=32, max_size=32)
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@given(KEYS)
def test_a_code_tells_its_key(key):
    code = code_of(key)
    assert len(code.split("-")) == GROUPS
    assert {len(group) for group in code.split("-")} == {5}
    assert key_in(code) == key


@given(KEYS)
def test_how_it_is_typed_does_not_matter(key):
    code = code_of(key)
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in code)
    for typed in (code.lower(), code.replace("-", ""), code.replace("-", "  "), wide, f"\n{code}\n"):
        assert key_in(typed) == key
    assert key_in(code.replace("0", "O").replace("1", "l")) == key


@given(KEYS, st.integers(0, GROUPS * 5 - 1), st.sampled_from(LETTERS))
def test_one_wrong_character_is_told_by_its_group(key, place, letter):
    plain = code_of(key).replace("-", "")
    spoilt = plain[:place] + letter + plain[place + 1 :]
    if spoilt == plain:
        assert key_in(spoilt) == key
    else:
        with pytest.raises(UserError, match=f"第 {place // 5 + 1} 组"):
            key_in(spoilt)


@given(KEYS, st.integers(0, GROUPS * 5 - 1))
def test_a_character_left_out_is_told_by_the_count(key, place):
    plain = code_of(key).replace("-", "")
    spoilt = plain[:place] + plain[place + 1 :]
    assert key_in(spoilt) is None
    assert "现在输了 64 个" in miscounted(spoilt)
    assert not miscounted(plain)
    assert not miscounted("一句自己记得住的话")


@given(KEYS, st.integers(0, GROUPS * 5 - 2))
def test_two_neighbours_that_changed_places_are_told(key, place):
    plain = code_of(key).replace("-", "")
    spoilt = plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]
    if spoilt == plain:
        return
    with pytest.raises(UserError, match="抄错"):
        key_in(spoilt)


@given(KEYS, st.integers(0, GROUPS - 1), st.integers(0, GROUPS - 1))
def test_a_group_in_the_place_of_another_is_told(key, one, other):
    groups = code_of(key).split("-")
    groups[one], groups[other] = groups[other], groups[one]
    if one == other:
        assert key_in("-".join(groups)) == key
    else:
        with pytest.raises(UserError, match="抄错"):
            key_in("-".join(groups))


@pytest.mark.parametrize("text", ["", "密码", "correct horse battery staple", "A" * 64, "A" * 66, "U" * 65, "!" * 65])
def test_what_has_not_the_shape_is_no_code(text):
    assert key_in(text) is None
