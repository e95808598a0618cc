"""Dated dues rules of the secretary's own: in force from their month, sound, and never for months already opened."""

from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from models import undo
from models.database import Database
from models.errors import UserError
from models.records.dues import months, rulebook, standing
from models.records.members import members
from models.rules.periods import Month, PartialDate

DAY = date(2026, 11, 20)


def changed(**changes: Any) -> dict[str, Any]:
    """The supplied document, from January 2027 on unless said otherwise, with some of its parts changed."""
    return deepcopy(dict(rulebook.supplied()[0])) | {"from": "2027-01"} | changes


def due(database: Database, month: Month) -> str:
    with database.writing("开账") as session:
        months.open_month(session, month, DAY)
    with database.reading() as session:
        return str(standing.month_status(session, month).members[0].standing.due)


@pytest.fixture
def branch(database: Database) -> Database:
    """One member on a base of 3333.33."""
    with database.writing("加人") as session:
        values = {"name": "张红卫", "birth_date": PartialDate(1980), "dues_base": Decimal("3333.33")}
        members.add(session, values)
    return database


def test_rules_count_from_their_month_on(branch: Database):
    assert due(branch, Month(2026, 11)) == "33.30"
    with branch.writing("标准") as session:
        rulebook.save(session, changed(rounding="角进一"))
    assert (due(branch, Month(2026, 12)), due(branch, Month(2027, 1))) == ("33.30", "33.40")
    with branch.writing("标准") as session:
        rulebook.save(session, changed(rounding="元进一"))
    assert (due(branch, Month(2027, 1)), due(branch, Month(2027, 2))) == ("33.40", "34.00")


def test_the_supplied_rules_may_be_replaced_but_opened_months_stay(branch: Database):
    assert due(branch, Month(2026, 11)) == "33.30"
    with branch.writing("标准") as session:
        rulebook.save(session, changed(**{"from": "2008-04", "rounding": "分四舍五入"}))
        assert [str(rules.from_month) for rules in rulebook.read(session)] == ["2008-04"]
    assert (due(branch, Month(2026, 11)), due(branch, Month(2026, 12))) == ("33.30", "33.33")


@pytest.mark.parametrize(
    "document",
    [
        {},
        changed(rounding="随便"),
        changed(cap="一千"),
        changed(**{"from": "明年"}),
        changed(categories={"在职": {"source": "x", "bands": [{"up_to": "3000.00", "rate": "0.005"}]}}),
    ],
    ids=["empty", "rounding", "cap", "month", "bands"],
)
def test_unsound_rules_are_refused_with_a_sentence(branch: Database, document: dict[str, Any]):
    with pytest.raises(UserError, match="党费标准没有保存"), branch.writing("标准") as session:
        rulebook.save(session, document)
    assert due(branch, Month(2027, 1)) == "33.30"


def test_a_set_of_ones_own_is_taken_away_and_brought_back(branch: Database):
    with branch.writing("标准") as session:
        rulebook.save(session, changed(**{"from": "2026-12", "rounding": "角进一"}))
    assert due(branch, Month(2026, 12)) == "33.40"
    with branch.writing("删除标准") as session:
        assert rulebook.without(session, Month(2026, 12)) == Month(2008, 4)
        rulebook.remove(session, Month(2026, 12))
    assert (due(branch, Month(2026, 12)), due(branch, Month(2027, 1))) == ("33.40", "33.30")
    with branch.writing("撤销") as session:  # of the month that was opened last
        undo.undo_last(session, DAY)
    with branch.writing("撤销") as session:
        assert undo.undo_last(session, DAY) == "删除标准"
    assert (due(branch, Month(2026, 12)), due(branch, Month(2027, 1))) == ("33.40", "33.40")


def test_the_supplied_set_comes_back_where_ones_own_stood_for_it(branch: Database):
    with branch.writing("标准") as session:
        rulebook.save(session, changed(**{"from": "2008-04", "rounding": "分四舍五入"}))
        assert rulebook.without(session, Month(2008, 4)) == Month(2008, 4)
        rulebook.remove(session, Month(2008, 4))
    assert due(branch, Month(2026, 11)) == "33.30"


def test_rules_of_the_earliest_month_of_all_leave_none_before(branch: Database):
    with branch.writing("标准") as session:
        rulebook.save(session, changed(**{"from": "2000-01"}))
        assert rulebook.without(session, Month(2000, 1)) is None


def test_a_supplied_set_is_not_taken_away(branch: Database):
    with branch.writing("标准") as session:
        for deed in (rulebook.without, rulebook.remove):
            with pytest.raises(UserError, match="2008年4月起的标准是程序带来的，不能删除"):
                deed(session, Month(2008, 4))
        assert len(rulebook.read(session)) == 1
