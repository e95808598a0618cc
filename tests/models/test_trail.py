"""The trail read back: in order after any work of the program, and not after the work of another."""

import sqlite3
import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings as effort
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from models import audit, settings, trail
from models.audit import Anchor
from models.database import Database
from models.errors import UserError
from models.records.members import members, organisation
from models.records.members.members import Member
from models.rules.periods import PartialDate
from models.trail import ALTERED, BROKEN, EXTRA, MISSING, Difference
from tests import founded
from tests.night import more

TODAY = date(2026, 11, 23)
SOMEBODY = {"name": "张红卫", "birth_date": PartialDate(1980, 5)}
NAMES = st.sampled_from(["张红卫", "李秀英", "阿依古丽·买买提", "诸葛绮"])
WORDS = st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8))


def report(database, anchored=None):
    with database.reading() as session:
        return (
            trail.break_in_chain(session),
            list(trail.differences(session)),
            anchored is None or trail.holds(session, anchored),
        )


IN_ORDER: tuple[None, list[Difference], bool] = (None, [], True)


class Branch(RuleBasedStateMachine):
    """A secretary at work, with second thoughts at every level."""

    @initialize()
    def found(self):
        self.folder = tempfile.TemporaryDirectory()
        self.database = founded.make(Path(self.folder.name) / "甲.zbtz", "甲局第一党支部", TODAY)
        self.anchors = [Anchor(0, "")]
        self.known: list[int] = []

    def teardown(self):
        self.database.close()
        self.folder.cleanup()

    @rule(name=NAMES, remark=WORDS, keep=st.booleans())
    def add(self, name, remark, keep):
        with self.database.writing("添加") if keep else self.database.trying() as session:
            number = members.add(session, SOMEBODY | {"name": name, "remark": remark}).id
        if keep:
            self.known.append(number)

    @precondition(lambda self: self.known)
    @rule(data=st.data(), remark=WORDS, phone=st.sampled_from([None, "10000000001", "10000000002"]))
    def change(self, data, remark, phone):
        number = data.draw(st.sampled_from(self.known))
        with self.database.writing("修改") as session:
            members.change(session, number, {"remark": remark})
            members.change(session, number, {"phone": phone})

    @precondition(lambda self: self.known)
    @rule(data=st.data(), remark=WORDS)
    def change_on_second_thoughts(self, data, remark):
        number = data.draw(st.sampled_from(self.known))
        with self.database.writing("修改") as session:
            savepoint = session.begin_nested()
            members.change(session, number, {"remark": "别的"})
            savepoint.rollback()
            session.get_one(Member, number).remark = remark

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def remove(self, data):
        number = data.draw(st.sampled_from(self.known))
        with self.database.writing("删除") as session:
            session.delete(session.get_one(Member, number))
        self.known.remove(number)

    @rule(day=st.integers(-3, 40))
    def set_day(self, day):
        try:
            with self.database.writing("改收缴日") as session:
                settings.change(session, collection_day=day)
        except UserError:
            assert not 1 <= day <= 31

    @rule()
    def reopen(self):
        self.database.close()
        self.database = Database.open(self.database.path)

    @invariant()
    def everything_is_in_order(self):
        if hasattr(self, "database"):
            assert report(self.database) == IN_ORDER
            with self.database.reading() as session:
                assert all(trail.holds(session, each) for each in self.anchors)
                self.anchors.append(trail.anchor(session))
                assert not trail.empty_operations(session)


class LongBranch(Branch):
    """The same for longer."""


TestBranch = Branch.TestCase
TestBranch.settings = effort(max_examples=6, stateful_step_count=12, deadline=None)
TestLongBranch = pytest.mark.slow(LongBranch.TestCase)
TestLongBranch.settings = effort(max_examples=more(15), stateful_step_count=12, deadline=None)


@pytest.fixture
def worked(database):
    """A file with some history, and the anchor of its trail."""
    with database.writing("添加") as session:
        for name in ("张红卫", "李秀英", "王建国"):
            members.add(session, SOMEBODY | {"name": name, "phone": "10000000001"})
    with database.writing("修改") as session:
        members.change(session, 2, {"phone": "10000000002"})
        organisation.rename(session, 1, "甲局第二党支部")
    with database.reading() as session:
        anchored = trail.anchor(session)
    return database, anchored


def by_hand(database, *statements):
    """What somebody does with another program: nothing stops them."""
    with closing(sqlite3.connect(database.path)) as connection, connection:
        for name, _, _ in audit.triggers():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize(
    ("statement", "difference"),
    [
        ("UPDATE members SET phone = '10000000003' WHERE id = 2", (2, ALTERED, ("phone",))),
        ("UPDATE members SET dues_base = 742000 WHERE id = 1", (1, ALTERED, ("dues_base",))),
        ("UPDATE members SET dues_base = 'nonsense' WHERE id = 1", (1, ALTERED, ("dues_base",))),
        ("UPDATE members SET birth_date = x'ff' WHERE id = 1", (1, ALTERED, ("birth_date",))),
        ("UPDATE members SET phone = NULL, name = 'x' WHERE id = 3", (3, ALTERED, ("name", "phone"))),
        ("DELETE FROM members WHERE id = 3", (3, MISSING, ())),
        ("UPDATE members SET id = 9 WHERE id = 3", (9, EXTRA, ())),
        (
            "INSERT INTO members (id, version, name, initials, branch_id, status) VALUES (7, 1, 'x', 'x', 1, '在册')",
            (7, EXTRA, ()),
        ),
    ],
)
def test_a_table_changed_by_hand_is_noticed(worked, statement, difference):
    database, _ = worked
    by_hand(database, statement)
    number, kind, columns = difference
    chain, found, _ = report(database)
    assert chain is None
    assert found[0] == Difference("members", number, kind, columns)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE changes SET new = replace(new, '10000000002', '10000000003')",
        "UPDATE changes SET old = NULL WHERE verb = 'change'",
        "UPDATE changes SET record_id = 1 WHERE id = 7",
        "UPDATE changes SET hash = 'x' WHERE id = 7",
        "UPDATE changes SET new = x'ff00' WHERE id = 7",
        "DELETE FROM changes WHERE id = 5",
        "DELETE FROM operations WHERE id = 2",
        "UPDATE operations SET actor = '别人' WHERE id = 2",
        "UPDATE operations SET at = '2020-01-01T00:00:00+00:00' WHERE id = 3",
        "INSERT INTO changes (operation_id, table_name, record_id, verb, hash) VALUES (3, 'x', 1, 'add', 'x')",
        "UPDATE changes SET id = 100 - id",
    ],
)
def test_a_trail_changed_by_hand_is_noticed(worked, statement):
    database, _ = worked
    by_hand(database, statement)
    with database.reading() as session:
        assert trail.break_in_chain(session) is not None


def test_a_trail_cut_off_together_with_the_change_shows_by_its_anchor(worked):
    database, anchored = worked
    by_hand(
        database,
        "DELETE FROM changes WHERE operation_id = 3",
        "DELETE FROM operations WHERE id = 3",
        "UPDATE members SET phone = '10000000001' WHERE id = 2",
        "UPDATE organisations SET name = '甲局第一党支部' WHERE id = 1",
    )
    assert report(database) == IN_ORDER
    assert report(database, anchored) == (None, [], False)


def test_a_trail_written_anew_shows_by_its_anchor(worked):
    database, anchored = worked
    by_hand(database, "DELETE FROM changes WHERE operation_id = 3", "DELETE FROM operations WHERE id = 3")
    with database.writing("别的") as session:
        session.get_one(Member, 2).remark = "假"
        session.get_one(Member, 1).remark = "假"
    assert not report(database, anchored)[2]


def test_a_line_that_does_not_follow_is_named(worked):
    database, _ = worked
    with database.reading() as session:
        chain = audit.head(session)
    assert chain
    with database.writing("记了没做") as session:
        session.lines.append(audit.Line("members", 99, "change", '{"name":"a"}', '{"name":"b"}'))
        session.lines.append(audit.Line("nowhere", 5, "add", None, "{}"))
    assert report(database)[:2] == (
        None,
        [Difference("members", 99, BROKEN), Difference("nowhere", 5, MISSING)],
    )


def test_an_operation_without_lines_is_noticed(worked):
    database, _ = worked
    by_hand(database, "INSERT INTO operations (id, at, actor, title) VALUES (9, '', '', '假')")
    with database.reading() as session:
        assert trail.empty_operations(session) == [9]


def test_lost_protection_is_noticed(worked):
    database, _ = worked
    with database.reading() as session:
        assert not audit.unprotected(session.connection())
    by_hand(database)
    with database.reading() as session:
        assert audit.unprotected(session.connection())
