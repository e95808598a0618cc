"""Days of rest: those supplied, those added, and what they do to the collection day."""

from datetime import date

import pytest

from models import settings
from models.database import Database
from models.errors import FieldError
from models.ledger import View
from models.ledgers import holidays
from models.ledgers.holidays import OWN, REST, SUPPLIED, WORK, holiday_rows
from models.ledgers.overview import overview
from models.records.dues import months
from models.rules.periods import Month, Period


def rows(database: Database, year: int = 2026) -> dict[str, tuple[str, str]]:
    with database.reading() as session:
        view = View(date(2026, 11, 20), Period.of_year(year))
        return {row.id: (row.kind, row.source) for row in holiday_rows(session, view)}


def test_supplied_days_stand_by_year(database: Database) -> None:
    assert rows(database)["2026-10-01"] == (REST, SUPPLIED)
    assert rows(database, 2031) == {}
    assert 2026 in holidays.known_years()


def test_own_days_are_added_and_taken_away(database: Database) -> None:
    with database.writing("添加节假日") as session:
        holidays.add(session, date(2027, 1, 1), date(2027, 1, 3), REST)
        holidays.add(session, date(2027, 1, 3), date(2027, 1, 3), WORK)
    assert rows(database, 2027) == {
        "2027-01-01": (REST, OWN), "2027-01-02": (REST, OWN), "2027-01-03": (WORK, OWN),
    }  # fmt: skip
    with database.writing("删除节假日") as session:
        holidays.remove(session, {"2027-01-01", "2027-01-03", "2026-10-01"})
    assert list(rows(database, 2027)) == ["2027-01-02"]
    assert rows(database)["2026-10-01"] == (REST, SUPPLIED)


def test_own_days_count_before_supplied_ones_and_move_the_collection_day(database: Database) -> None:
    with database.writing("改收缴日") as session:
        settings.change(session, collection_day=1)
        before = holidays.collection_days(session, 2026)[9]
        holidays.add(session, date(2026, 10, 1), date(2026, 10, 1), WORK)
        after = holidays.collection_days(session, 2026)[9]
    assert before > date(2026, 10, 7)
    assert after == date(2026, 10, 1)
    assert rows(database)["2026-10-01"] == (WORK, OWN)


def test_an_own_holiday_counts_before_a_supplied_working_day(database: Database) -> None:
    with database.writing("改收缴日") as session:
        settings.change(session, collection_day=10)
        assert holidays.collection_days(session, 2026)[9] == date(2026, 10, 10)  # a Saturday made a working day
        holidays.add(session, date(2026, 10, 10), date(2026, 10, 10), REST)
        assert holidays.collection_days(session, 2026)[9] == date(2026, 10, 12)


@pytest.mark.parametrize(("last", "sentence"), [(date(2026, 12, 31), "早于"), (date(2027, 3, 1), "最多添加 31 天")])
def test_an_impossible_span_is_refused(database: Database, last: date, sentence: str) -> None:
    with pytest.raises(FieldError, match=sentence), database.writing("添加节假日") as session:
        holidays.add(session, date(2027, 1, 1), last, REST)


@pytest.mark.parametrize(
    ("today", "asked"),
    [
        (date(2026, 11, 30), []),
        (date(2026, 12, 1), [2027]),
        (date(2027, 1, 5), [2027]),
        (date(2027, 12, 1), [2027, 2028]),
    ],
)
def test_years_are_asked_for_until_their_days_are_known(database: Database, today: date, asked: list[int]) -> None:
    with database.reading() as session:
        assert months.years_without_rest_days(settings.read(session), today) == asked
    with database.writing("添加节假日") as session:
        holidays.add(session, date(2027, 1, 1), date(2027, 1, 3), REST)
        left = months.years_without_rest_days(settings.read(session), today)
        assert left == [year for year in asked if year != 2027]
        assert holidays.own_years(session) == {2027}


def test_the_first_page_asks_for_them(database: Database) -> None:
    december = Month(2026, 12)
    with database.reading() as session:
        found = overview(session, View(date(2026, 12, 2), Period(december, december))).notices
    assert [(each.who, each.key) for each in found] == [("2027年", "holidays")]


def test_the_23rd_that_is_a_saturday_goes_to_monday(database: Database) -> None:  # P26
    with database.reading() as session:
        assert months.collection_day(settings.read(session), Month(2027, 1)) == date(2027, 1, 25)
