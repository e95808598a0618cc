"""Capital figures: every vector of the domain notes, and the laws between figures and words."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules import capitals

VECTORS = Path(__file__).parents[2] / "data" / "capitals_vectors.csv"
DIGITS = {word: figure for figure, word in enumerate("零壹贰叁肆伍陆柒捌玖")}
UNITS = {"拾": 10, "佰": 100, "仟": 1000}
AMOUNTS = st.integers(0, 10**14 - 1).map(lambda fen: Decimal(fen) / 100)


def vectors(kind: str) -> list[dict[str, str]]:
    with VECTORS.open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines) if row["kind"] == kind]


def read_back(words: str) -> Decimal:
    """The amount that capital figures name, by reading them from the left as a clerk does."""
    fen = total = section = digit = 0
    for word in words.removeprefix("人民币").removesuffix("整"):
        if word in DIGITS:
            digit = DIGITS[word]
        elif word in UNITS:
            section, digit = section + digit * UNITS[word], 0
        elif word in "万亿元":
            total, section, digit = total + (section + digit) * {"万": 10**4, "亿": 10**8, "元": 1}[word], 0, 0
        else:
            fen, digit = fen + digit * {"角": 10, "分": 1}[word], 0
    return Decimal(total) + Decimal(fen) / 100


@pytest.mark.parametrize("vector", vectors("amount"), ids=lambda vector: vector["figure"])
def test_amount_vectors(vector):
    assert capitals.amount(Decimal(vector["figure"])) == vector["capitals"]


@pytest.mark.parametrize("vector", vectors("date"), ids=lambda vector: vector["figure"])
def test_date_vectors(vector):
    assert capitals.day(date.fromisoformat(vector["figure"])) == vector["capitals"]


def test_there_are_as_many_vectors_as_the_notes_give():
    assert (len(vectors("amount")), len(vectors("date"))) == (40, 14)


@given(AMOUNTS)
def test_the_words_name_the_figure(amount):
    assert read_back(capitals.amount(amount)) == amount


@given(AMOUNTS)
def test_no_zero_is_doubled_or_closes_the_yuan(amount):
    words = capitals.amount(amount)
    assert "零零" not in words
    assert amount < 1 or "零元" not in words
    assert "零万" not in words
    assert "零亿" not in words
    assert words.endswith("分") != words.endswith("整")


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ("100010000.00", "人民币壹亿零壹万元整"),
        ("1000100000.00", "人民币壹拾亿零壹拾万元整"),
        ("100005000.00", "人民币壹亿零伍仟元整"),
        ("110001000.00", "人民币壹亿壹仟万壹仟元整"),
        ("9999999999.99", "人民币玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
        ("-111.30", "人民币负壹佰壹拾壹元叁角整"),
    ],
)
def test_large_and_negative_amounts(figure, words):
    assert capitals.amount(Decimal(figure)) == words


@pytest.mark.parametrize("figure", ["0.001", "1000000000000", "-0.005"])
def test_what_has_no_capitals_is_refused(figure):
    with pytest.raises(ValueError, match="不能大写"):
        capitals.amount(Decimal(figure))
