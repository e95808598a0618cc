"""Local forms: what a branch renames, hides, moves and adds holds on the screen, in files and on the way back in."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import undo
from models.database import Database
from models.errors import FieldError, UserError
from models.ledger import Ledger, View, adapted
from models.ledgers import variants as ledger_variants
from models.ledgers.catalogue import LEDGERS, named
from models.ledgers.members.directory import DIRECTORY
from models.ledgers.sheets import as_formed, sheet
from models.ledgers.variants import fill, local, verify
from models.records import variants
from models.records.local_forms import Extra, Place, Variant, as_template, in_words
from models.records.members import members, merging
from models.rules.periods import Month, PartialDate, Period
from tests import samples

TODAY = date(2026, 11, 23)
VIEW = View(TODAY, Period(Month(2026, 11), Month(2026, 11)))
MEMBERS, REGISTER = named("members"), named("dues_register")


@pytest.fixture
def branch(database: Database) -> Database:
    with database.writing("准备") as session:
        for name, born in (("张红卫", PartialDate(1980, 3, 5)), ("李素云", PartialDate(1975, 8, 12))):
            members.add(session, {"name": name, "birth_date": born, "dues_base": Decimal("5000.00")})
    return database


def places(ledger: Ledger, *extra: str, **changes: Any) -> tuple[Place, ...]:
    """The ledger's columns in their order, some changed, the added ones after them."""
    standard = [replace(Place(column.key), **changes.get(column.key, {})) for column in ledger.columns]
    return (*standard, *(Place(key) for key in extra))


def keep(database: Database, ledger: Ledger, wanted: Variant) -> None:
    with database.writing("调整表样") as session:
        variants.save(session, ledger.name, wanted)


def shown(database: Database, ledger: Ledger, view: View = VIEW) -> Any:
    with database.reading() as session:
        return sheet(session, ledger, view)


def test_words_and_columns_are_the_branchs_own(branch: Database):
    moved = (Place("sex"), Place("name"), *places(MEMBERS)[2:])
    moved = tuple(replace(each, hidden=True) if each.key == "address" else each for each in moved)
    moved = tuple(replace(each, title="手机") if each.key == "phone" else each for each in moved)
    lines = ("报送单位：【单位】", "", "{原样}")
    keep(branch, MEMBERS, Variant("【单位】党员一览", lines, ("经手：【填表人】",), moved))
    found = shown(branch, MEMBERS)
    assert found.heading == "甲局第一党支部党员一览"
    assert found.lines == ("报送单位：甲局第一党支部", "", "{原样}")
    assert found.signatures == ("经手：",)
    keys = [column.key for column in found.columns]
    assert keys[:2] == ["sex", "name"]
    assert "address" not in keys
    assert keys[-1] == "id"
    assert {column.title for column in found.columns} >= {"手机"}
    with branch.writing("恢复") as session:
        variants.reset(session, "members")
    assert shown(branch, MEMBERS).columns == MEMBERS.columns


def test_hidden_columns_are_read_and_renamed_ones_known_by_both_names(branch: Database):
    keep(branch, MEMBERS, Variant(places=places(MEMBERS, phone={"title": "手机"}, address={"hidden": True})))
    with branch.reading() as session:
        found = local(session, MEMBERS, hidden=True)
    phone = next(column for column in found.columns if column.key == "phone")
    assert (phone.title, phone.synonyms) == ("手机", ("联系电话",))
    assert "address" in {column.key for column in found.columns}


def test_added_columns_hold_values_of_their_kind_per_record(branch: Database):
    with branch.writing("增加列") as session:
        wechat = variants.add_extra(session, "members", Extra("", "微信号"))
        fee = variants.add_extra(session, "members", Extra("", "工会费", "money", totalled=True))
        when = variants.add_extra(session, "members", Extra("", "体检日期", "day"))
        grade = variants.add_extra(session, "members", Extra("", "等次", "choice", ("优秀", "合格")))
    extras = (wechat, fee, when, grade)
    keys = [each.key for each in extras]
    keep(branch, MEMBERS, Variant(places=places(MEMBERS, *keys), extras=extras))
    given = dict(zip(keys, ("abc", Decimal("12.30"), date(2026, 5, 1), "优秀"), strict=True))
    with branch.writing("填写") as session:
        fill(session, local(session, MEMBERS), 1, given, VIEW)
    found = shown(branch, MEMBERS)
    assert [getattr(found.rows[0], key) for key in keys] == list(given.values())
    assert [getattr(found.rows[1], key) for key in keys] == [None] * 4
    assert found.totals[fee.key] == Decimal("12.30")
    with branch.writing("改选项") as session:
        variants.change_extra(session, grade.key, replace(grade, options=("好", "差")))
    assert getattr(shown(branch, MEMBERS).rows[0], grade.key) == "优秀"
    with branch.writing("清空") as session:
        fill(session, local(session, MEMBERS), 1, {wechat.key: None}, VIEW)
    assert getattr(shown(branch, MEMBERS).rows[0], wechat.key) is None
    with branch.writing("撤销") as session:
        assert undo.undo_last(session, TODAY) == "清空"
    assert getattr(shown(branch, MEMBERS).rows[0], wechat.key) == "abc"


def test_the_same_column_stands_in_ledgers_of_the_same_records(branch: Database):
    roster = named("members_roster")
    with branch.writing("增加列") as session:
        made = variants.add_extra(session, "members", Extra("", "微信号"))
        again = variants.add_extra(session, "members_roster", Extra("", "微信号"))
        assert again.key == made.key
        variants.save(session, "members_roster", Variant(places=places(roster, made.key)))
        fill(session, local(session, MEMBERS), 2, {made.key: "lisuyun"}, VIEW)
    assert getattr(shown(branch, roster).rows[1], made.key) == "lisuyun"


def test_what_was_filled_in_goes_over_to_the_same_person(branch: Database):
    with branch.writing("增加列") as session:
        one, other = (variants.add_extra(session, "members", Extra("", title)) for title in ("微信号", "车牌"))
        variants.save(session, "members", Variant(places=places(MEMBERS, one.key, other.key)))
        twin = members.add(session, {"name": "张红卫", "birth_date": PartialDate(1980, 3)})
        fill(session, MEMBERS, 1, {one.key: "zhw"}, VIEW)
        fill(session, MEMBERS, twin.id, {one.key: "别的", other.key: "甲A12345"}, VIEW)
    with branch.writing("合并") as session:
        merging.merge(session, 1, twin.id, merging.Choices(), TODAY)
    row = shown(branch, MEMBERS).rows[0]
    assert (getattr(row, one.key), getattr(row, other.key)) == ("zhw", "甲A12345")
    with branch.reading() as session:
        assert session.query(variants.ExtraValue).filter_by(record_id=twin.id).count() == 0


def test_the_page_of_members_follows_their_ledger(branch: Database):
    with branch.writing("增加列") as session:
        made = variants.add_extra(session, "members", Extra("", "微信号"))
        form = places(MEMBERS, made.key, phone={"title": "手机"}, address={"hidden": True})
        variants.save(session, "members", Variant(places=form))
        fill(session, MEMBERS, 1, {made.key: "zhw"}, VIEW)
    found = shown(branch, DIRECTORY)
    titles = {column.key: column.title for column in found.columns}
    assert [column.key for column in found.columns][:-1] == [column.key for column in DIRECTORY.columns]
    assert (titles["phone"], titles["address"], titles[made.key]) == ("手机", "家庭住址", "微信号")
    assert getattr(found.rows[0], made.key) == "zhw"


@pytest.mark.parametrize(("every", "later"), [("once", "甲"), ("year", None), ("month", None)])
def test_a_value_stands_for_once_for_a_year_or_for_a_month(branch: Database, every: Any, later: str | None):
    with branch.writing("增加列") as session:
        made = variants.add_extra(session, "members", Extra("", "说明", every=every))
        variants.save(session, "members", Variant(places=places(MEMBERS, made.key)))
        fill(session, local(session, MEMBERS), 1, {made.key: "甲"}, VIEW)
    assert getattr(shown(branch, MEMBERS).rows[0], made.key) == "甲"
    january = replace(VIEW, period=Period(Month(2027, 1), Month(2027, 1)))
    assert getattr(shown(branch, MEMBERS, january).rows[0], made.key) == later


def test_rows_saved_bring_their_added_values(branch: Database):
    with branch.writing("增加列") as session:
        made = variants.add_extra(session, "members", Extra("", "微信号"))
        variants.save(session, "members", Variant(places=places(MEMBERS, made.key)))
    rows: list[dict[str, Any]] = [
        {"name": "张红卫", "birth_date": PartialDate(1980, 3, 5), made.key: "zhw"},
        {"name": "王五", "birth_date": PartialDate(1990, 1, 1), made.key: "wang"},
        {"name": "李素云", made.key: "refused"},
    ]
    with branch.writing("导入") as session:
        ledger = local(session, MEMBERS, hidden=True)
        assert ledger.save is not None
        first = ledger.save(session, rows, VIEW)
        again = ledger.save(session, rows, VIEW)
    assert [each.kind for each in first] == ["updated", "added", "refused"]
    assert [each.kind for each in again] == ["unchanged", "unchanged", "refused"]
    assert [getattr(row, made.key) for row in shown(branch, MEMBERS).rows] == ["zhw", None, "wang"]


BROKEN = [
    ("dues_register", {"name": {"hidden": True}}, "name", "姓名"),
    ("dues_register", {"paid": {"hidden": True}}, "paid", "大写金额"),
    ("members", {"id": {"hidden": True}}, "id", "编号"),
    ("dues_payments", {"amount": {"hidden": True}}, "amount", "必填"),
    ("members", {"phone": {"title": " "}}, "phone", "空的"),
    ("members", {"phone": {"title": "家庭住址"}}, "phone", "家庭住址"),
    ("members", {"phone": {"title": "序号"}}, "phone", "程序使用"),
    ("members", {"phone": {"title": "电" * 21}}, "phone", "太长"),
    ("members", {"phone": {"title": "电话甲"}, "landline": {"title": "电话甲"}}, "landline", "有两列"),
]


@pytest.mark.parametrize(("name", "changes", "field", "words"), BROKEN)
def test_what_a_form_needs_is_not_broken(name: str, changes: dict[str, Any], field: str, words: str):
    with pytest.raises(FieldError, match=words) as refusal:
        verify(named(name), Variant(places=places(named(name), **changes)))
    assert refusal.value.field == field


def test_two_columns_cannot_swap_their_names():
    swapped = places(MEMBERS, phone={"title": "固定电话"}, landline={"title": "联系电话"})
    with pytest.raises(FieldError, match="另一列的标准列名"):
        verify(MEMBERS, Variant(places=swapped))


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (Extra("", " "), "title"),
        (Extra("", "等次", "choice", ("优秀",)), "options"),
        (Extra("", "说明", totalled=True), "totalled"),
        (Extra("", "等次", "choice", tuple(map(str, range(41)))), "options"),
        (Extra("", "等次", "choice", ("甲", "乙" * 21)), "options"),
        (Extra("", "x" * 21), "title"),
        (Extra("", "图", "picture"), "kind"),
    ],
)
def test_an_unsound_column_is_refused(branch: Database, wanted: Extra, field: str):
    with pytest.raises(FieldError) as refusal, branch.writing("增加列") as session:
        variants.add_extra(session, "members", wanted)
    assert refusal.value.field == field


def test_options_are_kept_as_a_choice_reads_them(branch: Database):
    with branch.writing("增加列") as session:
        made = variants.add_extra(session, "members", Extra("", "等次", "choice", ("（一）等", " 二 等", "二等", "")))
    assert made.options == ("(一)等", "二等")
    assert made.reads.read("（一）等") == "(一)等"


def test_not_every_column_can_be_hidden():
    summary = replace(named("dues_summary"), capitals_of="")
    with pytest.raises(UserError, match="留下一列"):
        verify(summary, Variant(places=tuple(Place(c.key, hidden=True) for c in summary.columns)))


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.name)
def test_the_standard_words_survive_being_edited(ledger: Ledger):
    for template in (*ledger.lines, *ledger.signatures, ledger.heading):
        assert as_template(in_words(template, ledger.title)) == template.replace("{title}", ledger.title)
    verify(ledger, Variant(places=places(ledger)))
    assert adapted(ledger, Variant(places=places(ledger))) == ledger


FORMS = st.sampled_from(LEDGERS).flatmap(
    lambda ledger: st.tuples(
        st.just(ledger),
        st.permutations([column.key for column in ledger.columns]),
        st.sets(st.sampled_from([c.key for c in ledger.columns if not ledger_variants.kept_because(ledger, c.key)])),
        st.dictionaries(
            st.sampled_from([c.key for c in ledger.columns]), st.text("甲乙丙{}【】", min_size=1, max_size=6)
        ),
        st.lists(st.text("填表人【】{}:", max_size=9), max_size=5),
    )
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(form=FORMS)
def test_any_sound_form_fills_and_keeps_its_rows(branch: Database, form: Any):
    ledger, order, hidden, titles, signatures = form
    variant = Variant(
        signatures=tuple(signatures), places=tuple(Place(key, titles.get(key), key in hidden) for key in order)
    )
    try:
        verify(ledger, variant)
    except UserError:
        return
    with branch.reading() as session:
        found = as_formed(session, ledger_variants.formed(ledger, variant), VIEW)
        standard = as_formed(session, ledger, VIEW)
    assert {c.key for c in found.columns} == {c.key for c in ledger.columns} - hidden
    assert found.rows == standard.rows
    assert found.capitals == standard.capitals
    assert all(found.totals[key] == standard.totals[key] for key in found.totals)


@pytest.fixture(scope="module")
def general_branch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with closing(samples.build(tmp_path_factory.mktemp("sample") / "示例.zbtz", samples.DAY)) as made:
        yield made


TAKING = [ledger for ledger in LEDGERS if ledger.name not in ledger_variants.POSTINGS]


@pytest.mark.parametrize("ledger", TAKING, ids=lambda ledger: ledger.name)
def test_every_ledger_takes_a_column_and_lets_go_of_those_it_can(general_branch: Database, ledger: Ledger):
    """A column is added, all that can be are hidden, a row is filled in; one worked out takes the column back."""
    with general_branch.trying() as session:
        standard = ledger_variants.fitted(session, ledger, ledger.seen(VIEW))
        made = variants.add_extra(session, ledger.name, Extra("", "签名栏"))
        hidden = {c.key for c in standard.columns if not ledger_variants.kept_because(standard, c.key)}
        keys = [column.key for column in standard.columns]
        wanted = Variant(places=(Place(made.key), *(Place(key, hidden=key in hidden) for key in keys)), extras=(made,))
        ledger_variants.keep(session, standard, wanted)
        before = sheet(session, ledger, VIEW)
        record = getattr(before.rows[0], "id", None) if before.rows else None
        if record is not None:
            fill(session, ledger, record, {made.key: "甲"}, VIEW)
        found = sheet(session, ledger, VIEW)
        plain = as_formed(session, standard, VIEW)
        whole = local(session, ledger, hidden=True)
        if whole.save is not None and ledger.save is None and record is not None:
            name = next(column.key for column in whole.columns if column.entered and column.key != made.key)
            rows = [{name: getattr(row, name), "id": str(row.id), made.key: "乙"} for row in found.rows]
            outcomes = whole.save(session, [*rows, {name: "查无此人", made.key: "丙"}], VIEW)
            assert [each.kind for each in outcomes] == [*["updated"] * len(rows), "refused"]
            assert {getattr(row, made.key) for row in sheet(session, ledger, VIEW).rows} == {"乙"}
    shown_keys = [column.key for column in found.columns if column.key != "id"]
    assert shown_keys == [made.key, *(key for key in keys if key not in hidden | {"id"})]
    assert len(found.rows) == len(plain.rows)
    if record is not None:
        assert getattr(found.rows[0], made.key) == "甲"
    for row in found.rows:
        for column in found.columns:
            assert isinstance(column.kind.show(getattr(row, column.key)), str)
