"""What stops the filing of a record, and what its keeper is reminded of."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from models.rules.meetings import Count
from models.rules.minutes import Written, findings

DAY, TODAY = date(2026, 11, 10), date(2026, 11, 12)
SOUND = Written(
    held_on=DAY,
    today=TODAY,
    count=Count(entitled=12, present=9, leave=2, absent=1, voting=11, voting_present=8),
    asks_quorum=True,
    chair="张红卫",
    recorder="周丽萍",
    text="一、开会。",
)


def found(**changes: Any) -> list[tuple[str, str, bool]]:
    return [(each.sentence, each.field, each.stops) for each in findings(replace(SOUND, **changes))]


def test_nothing_is_said_of_a_sound_record() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"held_on": None}, "held_on", "没有填日期"),
        ({"held_on": date(2026, 11, 13)}, "held_on", "2026-11-13 还没有到"),
        ({"count": Count(entitled=12, present=9, leave=1, absent=0)}, "roll", "还有 2 人没有点名"),
        ({"count": Count()}, "roll", "名单是空的"),
        ({"chair": None}, "chair", "没有填主持人"),
        ({"recorder": ""}, "recorder", "没有填记录人"),
        ({"text": " \n"}, "text", "内容是空的"),
        ({"text": "实到 【实到】 人，【】【】"}, "text", "还有 2 处没有填：【实到】【】。"),
        ({"strangers": ("何志远",)}, "roll", "何志远那一天不在册"),
        ({"missing": tuple("甲乙丙丁戊己庚")}, "roll", "甲、乙、丙、丁、戊等 7 人那一天应到"),
    ],
)
def test_what_stops_it(changes: dict[str, Any], field: str, words: str) -> None:
    ((sentence, where, stops),) = found(**changes)
    assert words in sentence
    assert (where, stops) == (field, True)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"count": Count(entitled=12, present=5, leave=7, voting=11, voting_present=5)}, "实到 5 人，不到半数"),
        ({"unexplained": ("郑卫东",)}, "郑卫东没有到会，没有写原因"),
        ({"admits": True}, "应先由支部委员会审查"),
        ({"entered_late_on": TODAY}, "补录的（2026-11-12 录入）"),
        ({"has_roll": False, "asks_quorum": False, "count": Count()}, "没有登记参加的人"),
    ],
)  # fmt: skip
def test_what_is_only_told(changes: dict[str, Any], words: str) -> None:
    ((sentence, _, stops),) = found(**changes)
    assert words in sentence
    assert not stops


def test_exactly_half_is_a_quorum() -> None:
    assert found(count=Count(entitled=12, present=6, leave=6, voting=12, voting_present=6)) == []


def test_an_admission_that_the_committee_examined_is_sound() -> None:
    assert found(admits=True, committee_met_on=date(2026, 11, 3)) == []


def test_a_kind_by_names_may_only_count_people() -> None:
    assert found(has_roll=False, asks_quorum=False, count=Count(), people=0) == []


def test_what_stops_stands_first() -> None:
    both = findings(replace(SOUND, unexplained=("甲",), chair=None))
    assert [each.stops for each in both] == [True, False]
