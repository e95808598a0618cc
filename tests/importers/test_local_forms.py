"""A workbook of a local form comes back: renamed columns by either name, added ones with their values."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from exporters import csv_file, excel
from importers import intake, matching, reader
from importers.headings import Vocabulary, normal
from models.ledger import adapted
from models.ledgers.catalogue import LEDGERS, named
from models.ledgers.members.roster import MEMBERS
from models.ledgers.sheets import sheet, view_of
from models.ledgers.trial import trial
from models.ledgers.variants import fill, local
from models.records import variants
from models.records.dues import months
from models.records.local_forms import Extra, Place, Variant
from models.records.members import members
from models.records.members.members import Member
from models.rules.periods import Month, PartialDate
from tests.importers.conftest import TODAY
from tests.importers.invented import book, grid


@pytest.fixture
def formed(database):
    """Two members; 联系电话 is called 手机, 家庭住址 is hidden, 等次 and 工会费 are added."""
    with database.writing("准备") as session:
        for name, born in (("张红卫", PartialDate(1980, 3, 5)), ("李素云", PartialDate(1975, 8, 12))):
            members.add(session, {"name": name, "birth_date": born, "address": "白石路 1 号"})
        grade = variants.add_extra(session, "members", Extra("", "等次", "choice", ("优秀", "合格")))
        fee = variants.add_extra(session, "members", Extra("", "工会费", "money", totalled=True))
        when = variants.add_extra(session, "members", Extra("", "体检日期", "day"))
        hidden, renamed = Place("address", hidden=True), Place("phone", "手机")
        places = [Place(column.key) for column in MEMBERS.columns if column.key not in ("address", "phone")]
        keys = [grade.key, fee.key, when.key]
        variants.save(session, "members", Variant(places=(renamed, *places, hidden, *map(Place, keys))))
        given = dict(zip(keys, ("优秀", Decimal("5.50"), date(2026, 5, 1)), strict=True))
        fill(session, local(session, MEMBERS), 1, given, view_of(session, TODAY))
    return database


def ledger_of(database):
    with database.reading() as session:
        return local(session, MEMBERS, hidden=True)


def bring_in(database, match):
    with database.writing("导入") as session:
        return intake.save(session, ledger_of(database), match, view_of(session, TODAY))


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_our_own_file_comes_back_unchanged(formed, tmp_path, ending):
    path = tmp_path / f"党员{ending}"
    with formed.reading() as session:
        made = sheet(session, MEMBERS, view_of(session, TODAY))
    (excel if ending == ".xlsx" else csv_file).write(made, path)
    match = matching.match(reader.read(path), ledger_of(formed))
    assert match.mapping["手机"] == "phone"
    assert {"x1", "x2", "x3"} <= set(match.mapping.values())
    assert (match.skipped, match.problems) == ((), ())
    assert bring_in(formed, match).counts == {"unchanged": 2}


@pytest.mark.parametrize("heading", ["手机", "联系电话", "移动电话"])
def test_a_renamed_column_is_known_by_either_name(formed, heading):
    match = matching.match(book(grid(("姓名", "出生日期", heading), ("张红卫", "1980.03.05", "10000000001"))),
                           ledger_of(formed))  # fmt: skip
    assert match.mapping[heading] == "phone"


def test_an_edit_of_an_added_column_is_shown_before_it_is_saved(formed):
    rows = (("张红卫", "1980.03.05", "合格", "6.50"), ("李素云", "1975.08.12", "不合格", ""))
    match = matching.match(book(grid(("姓名", "出生日期", "等次", "工会费"), *rows)), ledger_of(formed))
    assert [(problem.row, problem.field) for problem in match.problems] == [(3, "x1")]
    with formed.trying() as session:
        report = intake.save(session, ledger_of(formed), match, view_of(session, TODAY))
        made = trial(session, "members")
    assert report.counts == {"updated": 1}
    assert {(each.title, each.old, each.new) for each in made.changes[1]} == {
        ("等次", "优秀", "合格"),
        ("工会费", "5.50", "6.50"),
    }


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_a_ledger_that_is_worked_out_takes_back_its_added_column_alone(formed, tmp_path, ending):
    yearly = named("dues_yearly")
    with formed.writing("增加列") as session:
        for member in session.scalars(select(Member)):
            member.dues_category, member.dues_base = "在职", Decimal("5000.00")
        months.open_month(session, Month.of(TODAY), TODAY)
        made = variants.add_extra(session, "dues_yearly", Extra("", "本人说明", every="year"))
        places = [Place(column.key) for column in yearly.columns]
        variants.save(session, "dues_yearly", Variant(places=(*places, Place(made.key))))
        view = view_of(session, TODAY)
        fill(session, yearly, 1, {made.key: "按时"}, view)
        first = sheet(session, yearly, view)
    path = tmp_path / f"对照表{ending}"
    edited = [replace(row, **{made.key: f"{row.name}说"}, monthly=Decimal("1.00")) for row in first.rows]
    (excel if ending == ".xlsx" else csv_file).write(replace(first, rows=edited), path)
    with formed.reading() as session:
        ledger = local(session, yearly, hidden=True)
    match = matching.match(reader.read(path), ledger)
    assert set(match.mapping.values()) == {"name", made.key, "id"}
    with formed.writing("导入") as session:
        assert intake.save(session, ledger, match, view).counts == {"updated": 2}
        after = sheet(session, yearly, view)
    assert [getattr(row, made.key) for row in after.rows] == ["张红卫说", "李素云说"]
    assert [row.monthly for row in after.rows] == [row.monthly for row in first.rows]


@pytest.mark.parametrize("ledger", [each for each in LEDGERS if each.importable], ids=lambda each: each.name)
def test_every_column_renamed_is_known_by_both_names(ledger):
    """And what is worked out is taken for no other column, whatever it is called."""
    for renamed in ledger.columns[:-1]:
        places = [Place(each.key, "改名甲" if each is renamed else None) for each in ledger.columns]
        vocabulary = Vocabulary(adapted(ledger, Variant(places=tuple(places))))
        for words in (renamed.title, "改名甲"):
            heading = normal(words)
            keys = vocabulary.keys(heading) or vocabulary.likely_keys(heading)
            meant = min(keys, key=keys.__getitem__) if keys else None
            assert meant == (renamed.key if renamed.entered else None), (renamed.key, words)


def test_what_was_remembered_of_a_column_that_is_gone_changes_nothing(formed):
    with formed.writing("恢复标准表样") as session:
        variants.reset(session, "members")
    rows = (("张红卫", "1980.03.05", "合格"),)
    found = book(grid(("姓名", "出生日期", "等次"), *rows))
    match = matching.match(found, ledger_of(formed), memory={normal("等次"): "x1"})
    assert match.unmapped == ("等次",)
    assert bring_in(formed, match).counts == {"unchanged": 1}
