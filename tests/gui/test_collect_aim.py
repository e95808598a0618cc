"""Whom a line of entry means, how much, and what Enter is said to do."""

from decimal import Decimal

import pytest

from gui.dues.collect_aim import NOBODY, aim
from gui.dues.collect_search import Entry, matching, read_entry
from models.ledgers.dues.collection import CollectionLine, LineState
from models.ledgers.dues.owed import OwedMonth
from models.rules.periods import Month

NOVEMBER = Month(2026, 11)
HUNDRED = Decimal("100.00")


def line(number: int, name: str, initials: str, tail: str = "", state: LineState = "owing") -> CollectionLine:
    owed = (OwedMonth(NOVEMBER, HUNDRED, Decimal(0)),) if state == "owing" else ()
    return CollectionLine(
        id=number,
        name=name,
        initials=initials,
        id_number=f"11990119800101{tail}" if tail else None,
        branch="",
        category="在职",
        working="",
        due=HUNDRED,
        owed=owed,
        taken=Decimal(0) if owed else HUNDRED,
        method="",
        months=(),
        state=state,
        mark=("未交", "warn") if owed else ("已交 09:12", "good"),
    )


LINES = [
    line(1, "龚文博", "gwb", "1015"),
    line(2, "高伟", "gw", "102X"),
    line(3, "张红卫", "zhw"),
    line(4, "朱䶮", "zy", state="paid"),
    line(5, "何志远", "hzy", state="left"),
    line(6, "郭玮", "gw", "5500", state="paid"),
]


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("yw", Entry(None, "yw")),
        ("YW ", Entry(None, "yw")),
        ("张红卫", Entry(None, "张红卫")),
        ("50 yw", Entry(Decimal("50.00"), "yw")),
        ("50yw", Entry(Decimal("50.00"), "yw")),
        ("102.6 yw", Entry(Decimal("102.60"), "yw")),
        ("50元 yw", Entry(Decimal("50.00"), "yw")),
        ("yw 50", Entry(Decimal("50.00"), "yw")),
        ("yw50.5", Entry(Decimal("50.50"), "yw")),
        ("１０２．６　ｙｗ", Entry(Decimal("102.60"), "yw")),
        ("50。5yw", Entry(Decimal("50.50"), "yw")),
        ("1,234.50 张红卫", Entry(Decimal("1234.50"), "张红卫")),
        ("y'w", Entry(None, "yw")),
        ("50 1015", Entry(Decimal("50.00"), "1015")),
        ("1015", Entry(Decimal("1015.00"), "", "1015")),
        ("102x", Entry(None, "", "102x")),
        ("50", Entry(Decimal("50.00"))),
        ("102.60", Entry(Decimal("102.60"))),
        ("", Entry()),
    ],
)
def test_an_entry_is_read(text: str, entry: Entry) -> None:
    assert read_entry(text) == entry


@pytest.mark.parametrize("text", ["102.605", "1.234 yw", "yw 0.001", "99999999999 yw"])
def test_an_unsound_amount_is_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="金额"):
        read_entry(text)


@pytest.mark.parametrize(
    ("who", "found"),
    [
        ("gw", [2, 1, 6]),
        ("gwb", [1]),
        ("龚", [1]),
        ("龔", [1]),
        ("红卫", [3]),
        ("hw", [3]),
        ("102x", [2]),
        ("15", []),
        ("郭玮", [6]),
        ("xx", []),
        ("", []),
    ],
)
def test_those_who_owe_are_meant_before_those_who_paid(who: str, found: list[int]) -> None:
    assert [each.id for each in matching(LINES, who)] == found


def test_letters_aim_at_the_likeliest_and_count_the_others() -> None:
    found = aim(LINES, "gw", None)
    assert found.line is not None
    assert (found.line.id, found.sum, found.deed) == (2, HUNDRED, "回车收清")
    assert found.hint == ("高伟 100.00 元，11月（还有 2 人相符，↓ 换人）", "plain")


@pytest.mark.parametrize(("text", "deed"), [("40 gwb", "回车收缴"), ("100 gwb", "回车收清"), ("140 gwb", "回车选月份")])
def test_an_amount_says_what_enter_will_do(text: str, deed: str) -> None:
    found = aim(LINES, text, None)
    assert (found.deed, found.is_over) == (deed, deed == "回车选月份")


def test_figures_mean_the_end_of_a_number_unless_somebody_is_picked() -> None:
    by_number, by_hand = aim(LINES, "1015", None), aim(LINES, "1015", 3)
    assert by_number.line is not None
    assert (by_number.line.id, by_number.amount) == (1, None)
    assert by_hand.line is not None
    assert (by_hand.line.id, by_hand.amount) == (3, Decimal("1015.00"))


def test_figures_without_anybody_aim_at_nobody() -> None:
    assert aim(LINES, "50", None).line is None
    assert aim(LINES, "50", None).fault == ""


def test_letters_mean_somebody_else_than_was_picked() -> None:
    found = aim(LINES, "gwb", 3)
    assert found.line is not None
    assert found.line.id == 1


@pytest.mark.parametrize("text", ["xx", "50 xx", "999x"])
def test_nobody_of_that_name_is_said(text: str) -> None:
    assert aim(LINES, text, None).hint == (NOBODY, "bad")


def test_an_unsound_amount_keeps_the_aim_and_says_why() -> None:
    found = aim(LINES, "1.234", 3)
    assert found.line is not None
    assert found.line.id == 3
    assert found.hint[1] == "bad"


@pytest.mark.parametrize(("text", "words"), [("zy", "朱䶮已交 09:12，先输金额可以预交"), ("hzy", "何志远：已交 09:12")])
def test_of_whom_nothing_is_owed_nothing_is_proposed(text: str, words: str) -> None:
    found = aim(LINES, text, None)
    assert (found.sum, found.deed) == (None, "")
    assert found.hint[0].startswith(words[:6])
