"""Every change leaves its line, whatever way it was made, and a change that did not happen leaves none."""

import json
import sqlite3
from contextlib import closing
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import delete, insert, select, update

from models import audit, settings, trail
from models.audit import Change, Operation
from models.database import Database
from models.records.members import members, organisation, roster
from models.records.members.members import Member
from models.records.members.organisation import Organisation
from models.rules.periods import Month, PartialDate

SOMEBODY = {"name": "张红卫", "birth_date": PartialDate(1980, 5)}


def lines(database, title):
    """The lines of the operations of this title: table, number, verb, old, new."""
    with database.reading() as session:
        found = session.scalars(select(Change).join(Operation).where(Operation.title == title).order_by(Change.id))
        return [
            (line.table_name, line.record_id, line.verb, json.loads(line.old or "{}"), json.loads(line.new or "{}"))
            for line in found
        ]


def in_order(database):
    """Whether the chain holds and the tables are as the trail left them."""
    with database.reading() as session:
        return trail.break_in_chain(session) is None and not list(trail.differences(session))


@pytest.fixture
def member_id(database):
    with database.writing("添加") as session:
        return members.add(session, SOMEBODY | {"phone": "10000000001"}).id


def test_what_was_added_is_told_as_it_is_kept(database):
    with database.writing("添加") as session:
        values = {"dues_base": Decimal(7420), "joined_on": PartialDate(1999, 7, 1), "is_lost": False}
        member = members.add(session, SOMEBODY | values | {"transferred_in_on": PartialDate(2026, 3, 4)})
        member.dues_from = Month(2026, 4)
    added, changed = lines(database, "添加")
    assert added[:4] == ("members", member.id, "add", {})
    assert added[4] == {
        "name": "张红卫", "initials": "zhw", "birth_date": "1980-05", "branch_id": 1, "status": "在册",
        "dues_base": "7420.00", "joined_on": "1999-07-01", "is_lost": False, "transferred_in_on": "2026-03-04",
    }  # fmt: skip
    assert changed == ("members", member.id, "change", {"dues_from": None}, {"dues_from": "2026-04"})
    assert in_order(database)


def test_what_is_told_is_read_back_with_its_types(database, member_id):
    values = {
        "name": "张红卫", "dues_base": Decimal("7420.05"), "joined_on": PartialDate(1999, 7), "is_lost": True,
        "left_on": date(2026, 3, 4), "dues_from": Month(2026, 4), "seniority_correction": -3, "remark": None,
    }  # fmt: skip
    assert audit.unpacked(Member, audit.packed(Member, values)) == values
    assert audit.unpacked(Member, None) == {}


def test_a_change_tells_only_what_differs(database, member_id):
    with database.writing("改电话") as session:
        members.change(session, member_id, {"phone": "10000000002", "name": "张红卫"})
    change = ("members", member_id, "change", {"phone": "10000000001"}, {"phone": "10000000002"})
    assert lines(database, "改电话") == [change]


def test_a_change_taken_back_before_it_is_saved_leaves_no_line(database, member_id):
    with database.writing("没有改") as session:
        member = session.get_one(Member, member_id)
        member.phone = "10000000002"
        member.phone = "10000000001"
    assert lines(database, "没有改") == []
    with database.reading() as session:
        assert session.scalars(select(Operation.title).order_by(Operation.id)).all() == ["新建数据文件", "添加"]


def test_what_was_removed_is_told_as_the_file_kept_it(database, member_id):
    with database.writing("删除") as session:
        member = session.get_one(Member, member_id)
        member.phone = "10000000009"
        session.delete(member)
    ((table, number, verb, old, new),) = lines(database, "删除")
    assert (table, number, verb, new) == ("members", member_id, "remove", {})
    assert old["phone"] == "10000000001"
    assert in_order(database)


def test_rows_added_in_bulk_leave_a_line_each(database):
    with database.writing("导入") as session:
        roster.save(session, [SOMEBODY | {"name": f"张{number}"} for number in range(3)])
    assert [(table, verb, new["name"]) for table, _, verb, _, new in lines(database, "导入")] == [
        ("members", "add", "张0"), ("members", "add", "张1"), ("members", "add", "张2"),
    ]  # fmt: skip
    assert in_order(database)


def test_rows_cannot_be_changed_or_removed_past_the_trail(database, member_id):
    with database.trying() as session:
        for statement in (update(Member).values(phone=None), delete(Member)):
            with pytest.raises(TypeError):
                session.execute(statement)


def test_a_savepoint_rolled_back_leaves_no_line(database, member_id):
    with database.writing("试一试") as session:
        member = session.get_one(Member, member_id)
        member.remark = "先"
        savepoint = session.begin_nested()
        member.phone = "10000000002"
        members.add(session, SOMEBODY | {"name": "李秀英"})
        savepoint.rollback()
        member.phone = "10000000003"
    told = lines(database, "试一试")
    assert told == [
        ("members", member_id, "change", {"remark": None}, {"remark": "先"}),
        ("members", member_id, "change", {"phone": "10000000001"}, {"phone": "10000000003"}),
    ]
    assert in_order(database)


def test_a_value_set_without_having_been_read_still_tells_what_it_was(database, member_id):
    with database.writing("改电话") as session:
        member = session.get_one(Member, member_id)
        session.expire(member)
        member.phone = "10000000002"
    told = ("members", member_id, "change", {"phone": "10000000001"}, {"phone": "10000000002"})
    assert lines(database, "改电话") == [told]


def test_a_record_gone_in_the_meantime_is_refused(database, member_id):
    with database.reading() as session:
        stale = session.get_one(Member, member_id)
    with database.writing("删除") as session:
        session.delete(session.get_one(Member, member_id))
    with pytest.raises(Exception, match="刚刚在另一处被修改"), database.writing("再删") as session:
        session.delete(stale)


def test_a_number_is_never_given_twice(database, member_id):
    with database.writing("删除") as session:
        session.delete(session.get_one(Member, member_id))
    with database.writing("添加") as session:
        assert members.add(session, SOMEBODY).id == member_id + 1


def test_the_lines_of_an_operation_say_who_when_and_what(database, member_id):
    with database.reading() as session:
        (line,) = audit.history(session, Member, member_id)
    assert (line.actor, line.title, line.verb) == ("周丽萍", "添加", "add")
    assert line.at.endswith("+00:00")
    assert line.new["name"] == "张红卫"


def test_the_history_of_a_record_begins_with_the_newest(database, member_id):
    with database.writing("改电话") as session:
        members.change(session, member_id, {"phone": None})
    with database.writing("添加别人") as session:
        members.add(session, SOMEBODY | {"name": "李秀英"})
    with database.reading() as session:
        assert [line.title for line in audit.history(session, Member, member_id)] == ["改电话", "添加"]
        assert audit.history(session, Organisation, 99) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE changes SET new = '{}'",
        "DELETE FROM changes",
        "UPDATE operations SET actor = 'nobody'",
        "DELETE FROM operations",
    ],
)
def test_what_was_written_cannot_be_altered(database, statement):
    connection = sqlite3.connect(database.path)
    with closing(connection), pytest.raises(sqlite3.IntegrityError, match="only added to"):
        connection.execute(statement)


def test_the_head_moves_with_every_line(database):
    heads = set()
    for number in range(3):
        with database.writing("改") as session:
            settings.change(session, secretary=f"书记{number}")
        with database.reading() as session:
            heads.add(audit.head(session))
            assert audit.latest(session) == 2 + number
            assert audit.length(session) == 5 + number
    assert len(heads) == 3


def test_an_empty_trail_has_no_head(tmp_path):
    with closing(Database.create(tmp_path / "空.zbtz")) as empty, empty.reading() as session:
        assert (audit.head(session), audit.length(session), audit.latest(session)) == ("", 0, 0)
        assert trail.break_in_chain(session) is None


def test_parents_and_children_added_together_fold(database):
    with database.writing("组织") as session:
        above = organisation.root(session)
        group = organisation.group_for(session, above, "第一党小组")
        members.add(session, SOMEBODY | {"group": "第一党小组"})
        assert group.parent_id == above.id
    assert in_order(database)


def test_a_bulk_insert_without_its_lines_shows(database):
    with database.writing("漏记") as session:
        session.execute(insert(settings.Setting), [{"name": "maker", "value": '"x"', "version": 1}])
        settings.change(session, secretary="周丽萍")
    assert not in_order(database)
