"""Hours of study: how they are written, what counts for how many, by when a secretary is to be trained."""

from datetime import date
from decimal import Decimal

import pytest

from models.rules.study_hours import StudyRule, hours_of, read_hours, rule_on, trained_until

DOCUMENT = {"from": "2019-01-01", "members": "32", "committee": "56", "central": 1, "new_secretary_months": 6,
            "hour": "1", "half_day": "4", "day": "8", "source": "规划"}  # fmt: skip
RULE = StudyRule.parse(DOCUMENT)


@pytest.mark.parametrize(
    ("said", "hours"),
    [("4", "4"), ("3.5学时", "3.5"), ("１课时", "1"), ("半天", "4"), ("1天", "8"), ("一天", "8"), ("1天半", "12"),
     ("两天", "16"), ("1.5天", "12"), ("2小时", "2"), ("半小时", "0.5"), ("1个半小时", "1.5"), ("90分钟", "1.5"),
     ("50 分钟", "0.5"), ("2h", "2"), ("0", "0"), ("十天", "80")],
)  # fmt: skip
def test_hours_are_read_as_people_write_them(said: str, hours: str) -> None:
    assert read_hours(said, RULE) == Decimal(hours)


@pytest.mark.parametrize("said", ["", "天", "很多", "-1", "1.234", "2000", "1.3天", "1e9", "9" * 40, "=4"])
def test_what_is_no_number_of_hours_is_refused_with_a_sentence(said: str) -> None:
    with pytest.raises(ValueError, match=r"[。]"):
        read_hours(said, RULE)


@pytest.mark.parametrize(
    ("minutes", "hours"), [(0, "0"), (29, "0"), (30, "0.5"), (60, "1"), (119, "1.5"), (240, "4"), (600, "8")]
)
def test_an_activity_counts_by_its_length_and_not_beyond_a_day(minutes: int, hours: str) -> None:
    assert hours_of(minutes, RULE) == Decimal(hours)


def test_the_rule_of_the_day_is_taken() -> None:
    later = StudyRule.parse(DOCUMENT | {"from": "2024-01-01", "members": "40"})
    assert rule_on([later, RULE], date(2023, 12, 31)) is RULE
    assert rule_on([RULE, later], date(2024, 1, 1)) is later
    assert rule_on([later], date(2000, 1, 1)) is later


@pytest.mark.parametrize(
    ("appointed", "until"),
    [
        (date(2026, 3, 10), date(2026, 9, 10)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2026, 1, 1), date(2026, 7, 1)),
    ],
)
def test_a_new_secretary_has_half_a_year(appointed: date, until: date) -> None:
    assert trained_until(appointed, RULE) == until


@pytest.mark.parametrize("wrong", [{"members": "-1"}, {"half_day": "0.5"}, {"hour": "0"}, {"central": -1}])
def test_an_unsound_rule_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"。"):
        StudyRule.parse(DOCUMENT | wrong)
