"""Opening a data file and its two doors: everything is saved or nothing, and every mishap is one sentence."""

import os
import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from models import audit, connections, settings
from models.audit import Change, Operation
from models.database import Database
from models.errors import UserError
from models.failures import DAMAGED
from models.keys import PLAIN_HEAD
from models.migrations import SCHEMA
from models.records.members import members
from models.records.members.members import Member
from models.rules.periods import PartialDate
from models.unlocking import PasswordNeededError, WrongPasswordError

PASSWORD = "一句自己记得住的话"
SOMEBODY = {"name": "张红卫", "birth_date": PartialDate(1980, 5)}
PROMISED = {
    "foreign_keys": 1,
    "synchronous": 2,
    "secure_delete": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "mmap_size": 0,
    "temp_store": 2,
    "busy_timeout": 5000,
    "journal_mode": "truncate",
}


@pytest.fixture
def impatient(monkeypatch):
    """Waits a moment only for a lock."""
    monkeypatch.setattr(connections, "_PATIENCE", 0.05)


def names(database):
    with database.reading() as session:
        return session.scalars(select(Member.name).order_by(Member.id)).all()


def add(database, name="张红卫"):
    with database.writing("添加党员") as session:
        return members.add(session, SOMEBODY | {"name": name}).id


def reopened(database, password=None):
    return closing(Database.open(database.path, password))


@pytest.mark.parametrize("door", ["reading", "trying"])
def test_every_connection_has_the_promised_settings(either, door):
    with getattr(either, door)() as session:
        connection = session.connection()
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in PROMISED}
    assert found == PROMISED


def test_a_plain_file_can_be_told_from_an_encrypted_one(either, password):
    add(either)
    content = either.path.read_bytes()
    assert content.startswith(PLAIN_HEAD) == (password is None)
    assert ("张红卫".encode() in content) == (password is None)
    assert (b"CREATE TABLE" in content) == (password is None)


def test_what_was_saved_is_there_when_opened_again(either, password):
    add(either)
    either.close()
    with reopened(either, password) as again:
        assert names(again) == ["张红卫"]


def test_a_closed_file_lies_alone(either):
    add(either)
    either.close()
    assert [each.name for each in either.path.parent.iterdir()] == [either.path.name]


def test_closing_leaves_the_journal_of_somebody_who_is_writing(database):
    with closing(Database.open(database.path)) as other, other.writing("别处") as session:
        settings.change(session, secretary="周丽萍")
        database.close()
        assert database.path.with_name(f"{database.path.name}-journal").exists()
    with database.reading() as session:
        assert settings.read(session).secretary == "周丽萍"


def test_an_error_within_the_door_saves_nothing(either):
    def stumble():
        with either.writing("添加党员") as session:
            members.add(session, SOMEBODY)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stumble()
    assert names(either) == []
    with either.reading() as session:
        assert session.scalars(select(Operation.title)).all() == ["新建数据文件"]


def test_nothing_tried_is_saved(either):
    with either.trying() as session:
        members.add(session, SOMEBODY)
        assert session.scalars(select(Member.name)).all() == ["张红卫"]
    assert names(either) == []


def test_records_and_their_lines_are_saved_together(either):
    number = add(either)
    with either.reading() as session:
        last = session.scalars(select(Change).order_by(Change.id.desc())).first()
        title = session.get_one(Operation, last.operation_id).title
    assert (last.table_name, last.record_id, last.verb, title) == ("members", number, "add", "添加党员")


def test_a_reader_sees_one_moment(either, impatient):
    add(either)
    with either.reading() as session:
        assert session.scalars(select(Member.name)).all() == ["张红卫"]
        with pytest.raises(UserError, match="占用，本次没有保存"):
            add(either, "李秀英")
        assert session.scalars(select(Member.name)).all() == ["张红卫"]
    assert names(either) == ["张红卫"]


def test_a_second_writer_waits_for_the_first(either, password):
    begun, order = threading.Event(), []

    def second():
        with closing(Database.open(either.path, password)) as other:
            begun.set()
            add(other, "李秀英")
            order.append("second")

    with either.writing("添加党员") as session:
        thread = threading.Thread(target=second)
        thread.start()
        assert begun.wait(10)
        members.add(session, SOMEBODY)
        order.append("first")
    thread.join(20)
    assert order == ["first", "second"]
    assert names(either) == ["张红卫", "李秀英"]


def test_a_file_that_stays_locked_is_refused_in_a_sentence(database, impatient):
    blocker = sqlite3.connect(database.path, isolation_level=None)
    with closing(blocker):
        blocker.execute("BEGIN EXCLUSIVE")
        with closing(Database(database.path, None, "")) as other:
            with pytest.raises(UserError, match="占用，本次没有保存，请稍后再试"):
                add(other)
            with pytest.raises(UserError, match="占用，请稍后再试"):
                names(other)


def test_an_older_copy_of_a_record_does_not_undo_a_newer_change(database):
    number = add(database)
    with database.reading() as session:
        stale = session.get_one(Member, number)
    with database.writing("修改") as session:
        session.get_one(Member, number).phone = "10000000001"
    stale.phone = "10000000002"
    with pytest.raises(UserError, match="刚刚在另一处被修改"), database.writing("修改") as session:
        session.merge(stale)
    with database.reading() as session:
        assert session.get_one(Member, number).phone == "10000000001"


def test_a_full_disk_saves_nothing_and_work_goes_on_later(either):
    def fill():
        with either.writing("很多") as session:
            session.connection().exec_driver_sql("PRAGMA max_page_count=1")
            for number in range(2000):
                members.add(session, SOMEBODY | {"name": f"张{number}", "remark": "长" * 200})

    with pytest.raises(UserError, match="磁盘已满，本次没有保存"):
        fill()
    with either.trying() as session:
        session.connection().exec_driver_sql("PRAGMA max_page_count=1000000")
    assert names(either) == []
    add(either)
    assert names(either) == ["张红卫"]


def test_any_thread_may_read(either):
    add(either)
    found = []
    thread = threading.Thread(target=lambda: found.extend(names(either)))
    thread.start()
    thread.join(10)
    assert found == ["张红卫"]


def test_a_file_opened_read_only_is_only_read(either, password):
    add(either)
    either.close()
    with closing(Database.open(either.path, password, read_only=True)) as reader:
        assert reader.read_only
        assert names(reader) == ["张红卫"]
        for door in (lambda: reader.writing("添加党员"), reader.trying):
            with pytest.raises(UserError, match="只读"), door():
                pass
        with pytest.raises(UserError, match="只读"), reader.reading() as session:
            session.connection().exec_driver_sql("DELETE FROM members")


def test_a_medium_that_cannot_be_written_opens_read_only(database, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    with reopened(database) as reader:
        assert reader.read_only


def test_making_a_file_harms_none_that_stands(tmp_path):
    path = tmp_path / "甲.zbtz"
    path.write_bytes(b"something else")
    with pytest.raises(UserError, match="已经存在"):
        Database.create(path)
    assert path.read_bytes() == b"something else"


def test_making_a_file_leaves_nothing_when_it_fails(tmp_path, monkeypatch):
    def fails(_connection):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(audit, "protect", fails)
    with pytest.raises(UserError, match="磁盘已满"):
        Database.create(tmp_path / "甲.zbtz")
    assert list(tmp_path.iterdir()) == []


def test_two_who_make_the_same_file_make_one(tmp_path, monkeypatch):
    path = tmp_path / "甲.zbtz"
    protect = audit.protect

    def overtaken(connection):
        path.write_bytes(b"the other was faster")
        protect(connection)

    monkeypatch.setattr(audit, "protect", overtaken)
    with pytest.raises(UserError, match=r"甲\.zbtz"):
        Database.create(path)
    assert path.read_bytes() == b"the other was faster"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "不是支部台账的数据文件，或已损坏"),
        (b"short", "不是支部台账的数据文件，或已损坏"),
        (b"PK\x03\x04" + bytes(4092), "不是支部台账的数据文件，或已损坏"),
        (b"%PDF-1.4" + bytes(4088), "不是支部台账的数据文件，或已损坏"),
        (b"<html>" + bytes(4090), "不是支部台账的数据文件，或已损坏"),
        ("姓名,性别\n张红卫,男\n".encode("gb18030") * 9, "不是支部台账的数据文件，或已损坏"),
        (PLAIN_HEAD, "已损坏"),
        (PLAIN_HEAD + bytes(4080), "已损坏"),
    ],
    ids=["empty", "short", "xlsx", "pdf", "html", "csv", "head only", "head and zeros"],
)
@pytest.mark.parametrize("given", [None, PASSWORD])
def test_what_is_no_data_file_is_told_so(tmp_path, capfd, content, words, given):
    path = tmp_path / "甲.zbtz"
    path.write_bytes(content)
    with pytest.raises(UserError, match=words):
        Database.open(path, given)
    assert path.read_bytes() == content
    assert capfd.readouterr() == ("", "")


def test_a_missing_file_is_told_and_not_made(tmp_path):
    for path in (tmp_path / "甲.zbtz", tmp_path / "没有" / "甲.zbtz"):
        with pytest.raises(UserError, match="找不到"):
            Database.open(path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["甲\0.zbtz", "甲" * 200, "甲" * 84])
def test_an_impossible_name_is_told(tmp_path, name):
    with pytest.raises(UserError, match=r"文件名|找不到"):
        Database.open(tmp_path / name)
    with pytest.raises(UserError, match="文件名"):
        Database.create(tmp_path / name)


def test_a_folder_is_told(tmp_path):
    with pytest.raises(UserError, match="这是一个文件夹"):
        Database.open(tmp_path)


def test_a_database_of_another_program_is_told(tmp_path):
    path = tmp_path / "甲.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE members (name)")
    with pytest.raises(UserError, match="不是支部台账的数据文件"):
        Database.open(path)


def test_a_newer_file_is_told(either, password):
    with closing(either.connect()) as connection:
        connection.execute(f"PRAGMA user_version={SCHEMA + 1}")
    either.close()
    before = either.path.read_bytes()
    with pytest.raises(UserError, match="更新版本的程序保存"):
        Database.open(either.path, password)
    assert either.path.read_bytes() == before


def test_a_file_without_its_tables_is_damaged(database):
    with closing(database.connect()) as connection:
        connection.execute("DROP TABLE changes")
    with pytest.raises(UserError, match=DAMAGED):
        Database.open(database.path)


def test_an_encrypted_file_needs_its_password(tmp_path, capfd):
    path = tmp_path / "甲.zbtz"
    with closing(Database.create(path, PASSWORD)):
        pass
    before = path.read_bytes()
    with pytest.raises(PasswordNeededError, match="设有密码"):
        Database.open(path)
    told = set()
    for guess in range(100):
        with pytest.raises(WrongPasswordError) as refused:
            Database.open(path, f"{PASSWORD}{guess}")
        told.add(str(refused.value))
    assert told == {"密码不对，请重新输入。如果确信没有输错，可能是文件的开头损坏了，请从备份恢复。"}
    assert path.read_bytes() == before
    assert capfd.readouterr() == ("", "")


def test_a_password_for_a_plain_file_is_not_minded(database):
    database.close()
    with reopened(database, PASSWORD) as again:
        assert not again.encrypted


@pytest.mark.parametrize("spoilt", [(16, 80), (200, 4000)], ids=["first page head", "first page body"])
def test_damage_is_told_from_a_wrong_password(tmp_path, capfd, spoilt):
    path = tmp_path / "甲.zbtz"
    with closing(Database.create(path, PASSWORD)):
        pass
    content = bytearray(path.read_bytes())
    first, last = spoilt
    content[first:last] = bytes(byte ^ 0x55 for byte in content[first:last])
    path.write_bytes(content)
    with pytest.raises(UserError, match="已损坏") as refused:
        Database.open(path, PASSWORD)
    assert not isinstance(refused.value, WrongPasswordError)
    with pytest.raises(WrongPasswordError):
        Database.open(path, "wrong words")
    assert capfd.readouterr() == ("", "")


def spoil(path, place, count=1):
    """Damages some bytes of a file."""
    content = bytearray(path.read_bytes())
    content[place : place + count] = bytes(byte ^ 0x55 for byte in content[place : place + count])
    path.write_bytes(content)


@pytest.mark.parametrize("place", range(16))
def test_damage_in_the_first_bytes_is_told_from_a_wrong_password_where_it_can_be(tmp_path, capfd, place):
    path = tmp_path / "甲.zbtz"
    with closing(Database.create(path, PASSWORD)):
        pass
    spoil(path, place)
    with pytest.raises(UserError, match="备份恢复") as refused:
        Database.open(path, PASSWORD)
    if place < 8:  # the random half: the key itself comes out wrong
        assert isinstance(refused.value, WrongPasswordError)
    else:
        assert str(refused.value).startswith("密码是对的")
    with pytest.raises(WrongPasswordError):
        Database.open(path, "wrong words")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(("place", "count"), [(0, 1), (15, 1), (0, 16)])
@pytest.mark.parametrize("given", [None, PASSWORD])
def test_a_plain_file_with_a_damaged_beginning_asks_for_no_password(database, place, count, given):
    database.close()
    spoil(database.path, place, count)
    with pytest.raises(UserError, match="开头已损坏，请从最近的备份恢复") as refused:
        Database.open(database.path, given)
    assert not isinstance(refused.value, PasswordNeededError)


def test_a_beginning_of_zeros_is_damage(either, password):
    either.close()
    content = either.path.read_bytes()
    either.path.write_bytes(bytes(16) + content[16:])
    with pytest.raises(UserError, match="开头已损坏"):
        Database.open(either.path, password)


def test_a_vanished_file_is_not_made_again(database):
    database.close()
    database.path.unlink()
    with pytest.raises(UserError, match="打不开"):
        names(database)
    assert not database.path.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody replace a file that is open")
def test_a_file_put_in_place_of_the_open_one_is_noticed(database, tmp_path):
    other = Database.create(tmp_path / "乙.zbtz")
    other.close()
    names(database)
    other.path.replace(database.path)
    with pytest.raises(UserError, match="已被替换或移走"):
        add(database)
    with pytest.raises(UserError, match="已被替换或移走"):
        names(database)


def test_a_cipher_that_is_not_at_work_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(connections, "driver", lambda encrypted: sqlite3)
    with pytest.raises(UserError, match="加密组件没有生效"):
        Database.create(tmp_path / "甲.zbtz", PASSWORD)
    assert list(tmp_path.iterdir()) == []


def test_a_mistake_of_the_program_is_not_dressed_up(database):
    with pytest.raises(Exception, match="UNIQUE"), database.writing("重复") as session:
        session.add(settings.Setting(name="unit", value="1"))


def test_odd_paths_open(tmp_path):
    for name in ("100%.zbtz", "a?b#c.zbtz", "空 格&.zbtz", "甲%20乙.zbtz"):
        with closing(Database.create(tmp_path / name)):
            pass
        with closing(Database.open(tmp_path / name)) as again:
            assert names(again) == []
    assert len(list(tmp_path.iterdir())) == 4


def test_a_name_of_a_user_that_is_no_text_does_no_harm(database):
    with closing(Database.open(database.path, actor="user\udcff")) as other, other.writing("改") as session:
        settings.change(session, secretary="周丽萍")
    with database.reading() as session:
        assert session.scalars(select(Operation.actor).order_by(Operation.id.desc())).first() == "user?"


def test_the_clock_is_the_one_given(tmp_path):
    moment = datetime(2026, 11, 23, 15, 30, 1, 999, tzinfo=UTC)
    with closing(Database.create(tmp_path / "甲.zbtz", clock=lambda: moment)) as made:
        with made.writing("改") as session:
            settings.change(session, unit="甲")
        with made.reading() as session:
            assert session.scalars(select(Operation.at)).all() == ["2026-11-23T15:30:01+00:00"]
