"""Local forms carried from one office to another, and files that are none."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models.database import Database
from models.errors import UserError
from models.ledgers import variant_file
from models.ledgers.catalogue import named
from models.records import variants
from models.records.local_forms import Extra, Place, Variant
from tests import founded
from tests.models.conftest import TODAY

MEMBERS, REGISTER = named("members"), named("dues_register")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Database]:
    """The data file of another office, which has added a column of its own already."""
    with closing(founded.make(tmp_path / "乙支部.zbtz", "乙局党支部", TODAY)) as made:
        with made.writing("增加列") as session:
            variants.add_extra(session, "members", Extra("", "车牌"))
        yield made


@pytest.fixture
def carried(database: Database) -> bytes:
    """A file with a form of the members and of the register."""
    with database.writing("调整表样") as session:
        made = variants.add_extra(session, "members", Extra("", "等次", "choice", ("优秀", "合格"), "year"))
        places = (Place("name", "党员姓名"), Place(made.key), Place("address", hidden=True))
        variants.save(session, "members", Variant(places=places))
        variants.save(session, "dues_register", Variant("【单位】党费台账", ("甲", "", "乙"), ("书记：",)))
    with database.reading() as session:
        return variant_file.packed(session)


def test_forms_arrive_as_they_left(carried: bytes, elsewhere: Database):
    with elsewhere.writing("导入表样") as session:
        variant_file.take(session, variant_file.read(session, carried))
    with elsewhere.reading() as session:
        members, register = variants.read(session, "members"), variants.read(session, "dues_register")
        assert variant_file.packed(session) == carried
    assert members is not None
    assert members.extras == (Extra("x2", "等次", "choice", ("优秀", "合格"), "year"),)
    assert members.places[:2] == (Place("name", "党员姓名"), Place("x2"))
    assert register == Variant("【单位】党费台账", ("甲", "", "乙"), ("书记：",))


def test_forms_taken_twice_add_no_column_twice(carried: bytes, database: Database):
    with database.writing("导入表样") as session:
        variant_file.take(session, variant_file.read(session, carried))
    with database.reading() as session:
        assert len(variants.extras(session, "members")) == 1
        assert variant_file.packed(session) == carried


def test_there_is_nothing_to_carry_of_standard_forms(database: Database):
    with database.reading() as session, pytest.raises(UserError, match="标准表样"):
        variant_file.packed(session)


def changed(data: bytes, *path: Any, to: Any) -> bytes:
    """The document with one part replaced."""
    document = json.loads(data)
    part = document
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = to
    return json.dumps(document).encode()


DAMAGE = [
    (("format",), "别的", "不是表样"),
    (("version",), 2, "更新的程序"),
    (("forms",), {}, "不是完整"),
    (("forms", 0, "ledger"), "dues_secret", "dues_secret"),
    (("forms", 0, "ledger"), ["members"], "这里没有的台账"),
    (("forms", 0, "heading"), 5, "不是完整"),
    (("forms", 0, "heading"), "甲\n乙", "不是完整"),
    (("forms", 1, "lines"), ["甲"], "不是完整"),
    (("forms", 1, "signatures"), "书记", "不是完整"),
    (("forms", 0, "columns"), None, "不是完整"),
    (("forms", 0, "columns"), [{"key": "name"}] * 201, "不是完整"),
    (("forms", 0, "columns", 0), {"key": "secret"}, "没有“secret”这一列"),
    (("forms", 0, "columns", 0), {"key": "name", "hidden": True}, "没有姓名"),
    (("forms", 0, "columns", 0), {"key": "name", "hidden": "yes"}, "不是完整"),
    (("forms", 0, "columns", 1), {"added": "图", "kind": "picture"}, "不是完整"),
    (("forms", 0, "columns", 1), {"added": "图", "kind": "text", "every": "week"}, "不是完整"),
    (("forms", 0, "columns", 1), {"added": "图", "kind": "choice", "options": "甲"}, "不是完整"),
    (("forms", 0, "columns", 2), {"key": "name"}, "两次"),
    (("forms", 1, "ledger"), "members", "不是完整"),
]


@pytest.mark.parametrize(("path", "to", "words"), DAMAGE)
def test_a_damaged_file_is_refused_in_one_sentence(
    database: Database, carried: bytes, path: tuple[Any, ...], to: Any, words: str
):
    with database.reading() as session, pytest.raises(UserError, match=words) as refusal:
        variant_file.read(session, changed(carried, *path, to=to))
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe\x00", b"[" * 100_000, b"[]", b"null", b"NaN", b"{}", b" " * 300_000, b"PK\x03\x04"]
)
def test_what_is_no_form_file_is_refused(database: Database, data: bytes):
    with database.reading() as session, pytest.raises(UserError, match="表样"):
        variant_file.read(session, data)


def test_columns_of_another_data_file_are_left_out(database: Database, elsewhere: Database):
    ledger = named("dues_worksheets")
    places = (Place("name"), *(Place(column.key, hidden=column.key == "reason") for column in ledger.columns[1:]))
    with database.writing("调整表样") as session:
        variants.save(session, ledger.name, Variant(places=(*places, Place("item_别处的补贴"))))
        data = variant_file.packed(session)
    with elsewhere.writing("导入表样") as session:
        ((_, found),) = variant_file.read(session, data)
        variant_file.take(session, variant_file.read(session, data))
    assert "item_别处的补贴" not in {place.key for place in found.places}
    assert Place("reason", hidden=True) in found.places


def test_a_refused_column_leaves_everything_as_it_was(carried: bytes, elsewhere: Database):
    with elsewhere.reading() as session:
        (ledger, found), *_ = variant_file.read(session, carried)
    unsound = replace(found, extras=(replace(found.extras[0], options=("优秀",)),))
    with pytest.raises(UserError, match="选项"), elsewhere.writing("导入表样") as session:
        variant_file.take(session, [(ledger, unsound)])
    with elsewhere.reading() as session:
        assert variants.read(session, "members") is None
