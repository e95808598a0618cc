"""Identity numbers: the official example, the check digit as a law, what is read out of a number."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models.rules import identity
from models.rules.periods import PartialDate

BIRTHS = st.dates(date(1930, 1, 1), date(2010, 12, 31))
SEQUENCES = st.integers(0, 999).map(lambda number: f"{number:03d}")


def made(born: date, sequence: str) -> str:
    body = f"119901{born:%Y%m%d}{sequence}"
    return body + identity.check_character(body)


def test_the_examples_of_the_notes():
    assert identity.fault_in("11010519491231002X") is None
    assert "校验位" in (identity.fault_in("110105199001011234") or "")
    assert identity.check_character("11010519900101123") == "2"


@given(BIRTHS, SEQUENCES)
def test_a_made_number_is_sound_and_tells_birth_and_sex(born: date, sequence: str):
    number = made(born, sequence)
    assert identity.fault_in(number) is None
    assert identity.birth_date(number) == PartialDate.of(born)
    assert identity.sex(number) == ("男" if int(sequence) % 2 else "女")


@given(BIRTHS, SEQUENCES, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_never_passes(born: date, sequence: str, place: int, shift: int):
    number = made(born, sequence)
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    assert identity.fault_in(wrong) is not None


@given(BIRTHS, SEQUENCES, st.integers(0, 15))
def test_two_digits_in_the_wrong_order_never_pass(born: date, sequence: str, place: int):
    number = made(born, sequence)
    assume(number[place] != number[place + 1])
    wrong = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert identity.fault_in(wrong) is not None


@given(st.dates(date(1930, 1, 1), date(1999, 12, 31)), SEQUENCES)
def test_an_old_number_meets_its_present_form(born: date, sequence: str):
    number = made(born, sequence)
    old = number[:6] + number[8:17]
    assert identity.fault_in(old) is None
    assert identity.in_eighteen(old) == number
    assert identity.in_eighteen(number) == number
    assert (identity.birth_date(old), identity.sex(old)) == (identity.birth_date(number), identity.sex(number))


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("1101051949123100", "16 位"),
        ("110105194912310020X", "19 位"),
        ("", "0 位"),
        ("11010519491331002X", "出生日期"),
        ("110105194902300027", "出生日期"),
        ("110105991331002", "出生日期"),
        ("G12345678", "9 位"),
        ("11010519491231002A", "只能由数字组成"),
        ("110105１9491231002X", "只能由数字组成"),
    ],
)
def test_faults_are_said(number: str, why: str):
    assert why in (identity.fault_in(number) or "")


def test_masks_hide_the_middle():
    assert identity.masked("11010519491231002X") == "110105********002X"
    assert identity.masked("12345") == "*****"
    assert identity.masked_phone("10012345678") == "100****5678"
    assert identity.masked_phone("12345") == "*****"
