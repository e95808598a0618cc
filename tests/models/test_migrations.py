"""Steps that lead to the declared tables, taken on a copy that takes the file's place only when it is sound."""

import os
import sys
from contextlib import closing
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from alembic import op
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import create_engine, inspect

from models import audit, checks, connections, database, files, unlocking
from models.base import Base
from models.database import Database
from models.errors import UserError
from models.migrations import SCHEMA, draft, upgrade
from models.records.members import members
from models.records.members.members import Member
from models.rules.periods import PartialDate

INSERT = "INSERT INTO members (version, name, initials, branch_id, status) VALUES (1, '王建国', 'wjg', 1, '在册')"


def shape(connection):
    """Everything that tells one form of the tables from another."""
    found = inspect(connection)
    tables = {
        name: {
            "columns": [(each["name"], str(each["type"]), each["nullable"]) for each in found.get_columns(name)],
            "primary": found.get_pk_constraint(name),
            "unique": sorted(found.get_unique_constraints(name), key=str),
            "foreign": sorted(found.get_foreign_keys(name), key=str),
            "indexes": sorted(found.get_indexes(name), key=str),
        }
        for name in found.get_table_names()
    }
    others = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' OR sql LIKE '%AUTOINCREMENT%' ORDER BY name"
    )
    return tables, [(name, "AUTOINCREMENT" in sql, "TRIGGER" in sql) for name, sql in others]


def test_the_steps_lead_to_the_declared_tables():
    with create_engine("sqlite://").begin() as by_steps, create_engine("sqlite://").begin() as at_once:
        upgrade.run(by_steps, 0, SCHEMA)
        Base.metadata.create_all(at_once)
        audit.protect(at_once)
        assert shape(by_steps) == shape(at_once)
        assert upgrade.schema_of(by_steps) == SCHEMA


def test_there_is_a_step_for_every_schema():
    assert [number for number, _ in upgrade.steps()] == list(range(1, SCHEMA + 1))


def test_nothing_is_left_to_draft():
    assert "op." not in draft.draft()


def test_a_change_of_the_tables_is_drafted(monkeypatch):
    monkeypatch.setattr(upgrade, "steps", lambda: iter(()))
    drafted = draft.draft()
    assert "op.create_table('members'" in drafted
    assert "models.base" not in drafted
    assert "sa.Column('amount', sa.Integer()" in drafted


def add_a_column():
    with op.batch_alter_table("members", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.add_column(sa.Column("nickname", sa.String(), nullable=False, server_default="无"))
        table.drop_column("landline")


def stumble():
    add_a_column()
    raise UserError("没有升级成功")


def lose_rows():
    op.execute("DELETE FROM organisations")


@pytest.fixture
def older(either):
    """A file with members, made before there was a second schema."""
    with either.writing("登记") as session:
        for name in ("张红卫", "李秀英"):
            members.add(session, {"name": name, "birth_date": PartialDate(1980), "group": "第一党小组"})
    with either.writing("删除") as session:
        session.delete(session.get_one(Member, 2))
    either.close()
    return either.path


@pytest.fixture
def step(monkeypatch):
    """Puts a step of our own behind those there are."""

    def put(upgrade_tables):
        known = list(upgrade.steps())
        monkeypatch.setattr(
            upgrade, "steps", lambda: iter([*known, (SCHEMA + 1, SimpleNamespace(upgrade=upgrade_tables))])
        )
        monkeypatch.setattr(database, "SCHEMA", SCHEMA + 1)

    return put


@pytest.fixture(autouse=True)
def to_the_newest(monkeypatch):
    bring_up = upgrade.bring_up
    monkeypatch.setattr(upgrade, "bring_up", lambda path, engine_of: bring_up(path, engine_of, target=SCHEMA + 1))


def test_an_older_file_is_brought_up_and_the_old_one_kept(older, password, step):
    before = older.read_bytes()
    step(add_a_column)
    with closing(Database.open(older, password)) as opened:
        with opened.reading() as session:
            connection = session.connection()
            assert connection.exec_driver_sql("SELECT name, nickname FROM members").all() == [("张红卫", "无")]
            assert upgrade.schema_of(connection) == SCHEMA + 1
            assert not audit.unprotected(connection)
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        with closing(opened.connect()) as connection:
            connection.execute(INSERT)
            assert connection.execute("SELECT max(id) FROM members").fetchone() == (3,)
    kept = older.with_name(f"甲支部.格式{SCHEMA}.zbtz")
    assert kept.read_bytes() == before
    assert sorted(each.name for each in older.parent.iterdir()) == sorted([older.name, kept.name])


@pytest.mark.parametrize(("fault", "words"), [(stumble, "没有升级成功"), (lose_rows, "没有通过核对")])
def test_a_step_that_fails_leaves_the_file_as_it_was(older, password, step, monkeypatch, fault, words):
    before = older.read_bytes()
    with monkeypatch.context():
        step(fault)
        with pytest.raises(UserError, match=words):
            Database.open(older, password)
    assert older.read_bytes() == before
    assert [each.name for each in older.parent.iterdir()] == [older.name]


@pytest.mark.parametrize("moment", ["flush", "keep", "put"])
def test_a_full_disk_leaves_the_file_as_it_was(older, password, step, monkeypatch, moment):
    def full(*_arguments):
        raise OSError(28, "No space left on device")

    before = older.read_bytes()
    step(add_a_column)
    monkeypatch.setattr(files, moment, full)
    with pytest.raises(UserError, match=r"没有升级成功，原文件没有动：磁盘空间不够"):
        Database.open(older, password)
    assert older.read_bytes() == before


def test_numbers_go_on_in_a_table_that_was_emptied_and_made_anew():
    def make_anew():
        with op.batch_alter_table("organisations", table_kwargs={"sqlite_autoincrement": True}) as table:
            table.drop_column("telephone")

    add = "INSERT INTO organisations (version, kind, name) VALUES (1, '党支部', '甲')"
    with create_engine("sqlite://").begin() as connection:
        upgrade.run(connection, 0, SCHEMA)
        for _ in range(3):
            connection.exec_driver_sql(add)
        connection.exec_driver_sql("DELETE FROM organisations")
        given = upgrade._given_numbers(connection)
        with Operations.context(MigrationContext.configure(connection)):
            make_anew()
        upgrade._keep_given(connection, given)
        connection.exec_driver_sql(add)
        assert connection.exec_driver_sql("SELECT id FROM organisations").scalar_one() == 4


def test_a_reader_does_not_bring_it_up(older, password, step):
    before = older.read_bytes()
    step(add_a_column)
    with pytest.raises(UserError, match="由旧版本的程序保存，需要升级"):
        Database.open(older, password, read_only=True)
    assert older.read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody replace a file that is open")
def test_a_window_that_had_the_old_file_open_is_told(older, password, step):
    with closing(Database.open(older, password)) as window:
        with window.reading() as session:
            session.get_one(Member, 1)
        step(add_a_column)
        Database.open(older, password).close()
        with pytest.raises(UserError, match="已被替换或移走"), window.reading():
            pass


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody replace a file that is open")
def test_of_two_who_bring_it_up_one_does(older, password, step, monkeypatch):
    """The second finds, once it has the lock, that the file it opened is no longer the one that has the name."""
    step(add_a_column)
    connecting, overtaken = connections.connect, list[object]()

    def overtaking(path, key, read_only=False):
        connection = connecting(path, key, read_only)
        if path == older and not overtaken and not read_only:
            overtaken.append(path)
            Database.open(older, password).close()
        return connection

    first = Database(older, unlocking.key_of(older, password), "")
    monkeypatch.setattr(database, "connect", overtaking)
    with closing(first), pytest.raises(UserError, match="刚刚被另一个窗口升级"):
        first._bring_up()
    with closing(Database.open(older, password)) as opened, opened.reading() as session:
        assert upgrade.schema_of(session.connection()) == SCHEMA + 1


def test_a_second_kept_file_does_not_cost_the_first(older, password, step):
    kept = older.with_name(f"甲支部.格式{SCHEMA}.zbtz")
    kept.write_bytes(b"an earlier one")
    step(add_a_column)
    Database.open(older, password).close()
    assert kept.read_bytes() == b"an earlier one"
    assert len(list(older.parent.glob(f"甲支部.格式{SCHEMA}-*.zbtz"))) == 1


def test_nothing_of_the_present_schema_needs_alembic(older, password, monkeypatch):
    monkeypatch.setitem(sys.modules, "models.migrations.upgrade", None)
    with closing(Database.open(older, password)) as opened:
        assert checks.check(opened) == []
