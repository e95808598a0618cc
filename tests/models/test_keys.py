"""From a password to a key: what one file needs to be opened again, and by nobody else."""

import secrets
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import keys
from models.keys import FOREIGN_HEADS, SALT_BYTES, key_for, new_key

FULL_COST = keys._COST
SOME_PASSWORD = st.text(min_size=1, max_size=40)


@given(SOME_PASSWORD)
def test_the_password_and_the_salt_give_the_key_again(password):
    made = new_key(password)
    assert key_for(password, made.salt) == made


@given(SOME_PASSWORD, SOME_PASSWORD)
def test_another_password_gives_nothing(password, other):
    made = new_key(password)
    found = key_for(other, made.salt)
    assert (found.salt == made.salt) == (found.key == made.key)


def test_every_file_has_its_own_key():
    assert new_key("same words") != new_key("same words")


@pytest.mark.parametrize(
    ("typed", "also"),
    [("密码１２３４", "密码1234"), ("cafe\u0301", "café"), ("ＡＢＣ", "ABC")],
    ids=["full-width digits", "combining accent", "full-width letters"],
)
def test_a_password_typed_by_another_input_method_is_the_same(typed, also):
    made = new_key(typed)
    assert key_for(also, made.salt) == made


def test_a_password_that_is_no_proper_text_still_works():
    broken = "abc\udc80def"
    made = new_key(broken)
    assert key_for(broken, made.salt) == made


def test_no_salt_looks_like_another_format(monkeypatch):
    drawn = iter([b"<" * 8, b"PK\x03\x04abcd", b"abcdefgh"])
    monkeypatch.setattr(secrets, "token_bytes", lambda count: next(drawn))
    assert new_key("words").salt[:8] == b"abcdefgh"
    assert all(len(head) <= SALT_BYTES for head in FOREIGN_HEADS)


def test_what_sqlcipher_is_told_holds_key_and_salt():
    made = new_key("words")
    assert made.pragma == f"x'{made.key.hex()}{made.salt.hex()}'"
    assert len(made.key) == 32
    assert len(made.salt) == SALT_BYTES


def test_a_guess_costs_time_and_memory(monkeypatch):
    assert FULL_COST * 8 * 128 >= 64 * 2**20
    monkeypatch.setattr(keys, "_COST", FULL_COST)
    begun = time.process_time()
    new_key("一句自己记得住的话")
    assert time.process_time() - begun >= 0.15
