"""Members one by one: adding, changing, and whom a word on the command line means."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from models.database import Database
from models.errors import FieldError, UserError
from models.records.members import members
from models.records.members.members import Member
from models.rules.periods import PartialDate
from tests.people import id_number

ZHANG = {"name": "张红卫", "id_number": id_number("1980-03-05")}


@pytest.fixture
def branch(database: Database) -> Database:
    """Zhang with a number, Li without one, and a second Li who left."""
    with database.writing("加人") as session:
        members.add(session, ZHANG)
        for year in (1975, 1960):
            members.add(session, {"name": "李素云", "birth_date": PartialDate(year)})
        members.leave(session, 3, "转出", date(2026, 9, 12), "乙局")
    return database


def found(database: Database, key: str) -> int:
    with database.reading() as session:
        return members.find(session, key).id


def change(database: Database, values: dict[str, Any], who: int = 1) -> Member:
    with database.writing("修改") as session:
        return members.change(session, who, values)


@pytest.mark.parametrize(
    ("key", "who"),
    [("1", 1), (" 2 ", 2), (ZHANG["id_number"], 1), ("张红卫", 1), ("张 红卫", 1), ("李素云", 2), ("3", 3)],
)
def test_a_key_means_one_member(branch: Database, key: str, who: int):
    assert found(branch, key) == who


@pytest.mark.parametrize(
    "key", ["", " ", "无", "赵六", "=张红卫", "999", "²", "11010519491231002X", "110105199001011234", "x" * 500]
)
def test_a_key_that_means_nobody_never_means_somebody_without_a_number(branch: Database, key: str):
    with pytest.raises(UserError, match="没有"):
        found(branch, key)


def test_two_of_one_name_in_the_branch_are_refused(branch: Database):
    with branch.writing("恢复") as session:
        members.come_back(session, 3)
    with pytest.raises(UserError, match="有 2 位党员叫“李素云”（编号 2、3）"):
        found(branch, "李素云")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "name"),
        ({"name": "王五"}, "id_number"),
        (ZHANG | {"name": "王五"}, "id_number"),
        (ZHANG | {"id_number": id_number("1990-01-01"), "sex": "女"}, "sex"),
        ({"name": "王五", "birth_date": PartialDate(1990), "dues_base": Decimal("-0.01")}, "dues_base"),
    ],
)
def test_an_unsound_member_is_refused(branch: Database, values: dict[str, Any], field: str):
    with pytest.raises(FieldError) as refused, branch.writing("加人") as session:
        members.add(session, values)
    assert refused.value.field == field


def test_only_what_is_given_changes(branch: Database):
    assert change(branch, {"phone": "10000000001"}).version == 2
    member = change(branch, {"remark": "借调", "group": "第一党小组"})
    assert (member.phone, member.remark, member.group_id is not None) == ("10000000001", "借调", True)
    assert change(branch, {"group": None}).group_id is None
    for values in ({"name": None}, {"sex": "女"}, {"birth_date": PartialDate(1981)}):
        with pytest.raises(FieldError):
            change(branch, values)


def test_a_corrected_number_brings_birth_and_sex_along(branch: Database):
    right = id_number("1980-03-06", 2)
    member = change(branch, {"id_number": right, "birth_date": None, "sex": None})
    assert (member.birth_date, member.sex) == (PartialDate(1980, 3, 6), "女")
    with pytest.raises(FieldError, match="已登记在张红卫名下"):
        change(branch, {"id_number": right, "birth_date": None}, 2)


def test_the_search_box_finds_by_name_initials_and_end_of_number(branch: Database):
    with branch.reading() as session:
        for text in ("红卫", "zhw", "ZHW", ZHANG["id_number"][-4:].lower()):
            assert [each.id for each in members.search(session, text)] == [1]
        assert [each.id for each in members.search(session, "李")] == [2, 3]
        assert members.search(session, " ") == []
        assert members.search(session, "%") == []


def test_the_search_box_finds_a_name_in_any_spelling(database: Database):
    with database.writing("加人") as session:
        members.add(session, {"name": "張國華", "birth_date": PartialDate(1970)})
        members.add(session, {"name": "张国强", "birth_date": PartialDate(1971)})
    with database.reading() as session:
        for text, ids in (("张国华", [1]), ("国华", [1]), ("張國強", [2]), ("張", [1, 2])):
            assert [each.id for each in members.search(session, text)] == ids
