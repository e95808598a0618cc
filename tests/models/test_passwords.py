"""Another password for a data file: the same content under another key, or the file as it was."""

import os
import shutil
import subprocess
import sys
from contextlib import closing, contextmanager

import pytest

from models import attachments, backups, checks, connections, files, holders, passwords, slots
from models.attachments import FOLDER
from models.connections import connect, recrypted
from models.database import Database
from models.errors import FieldError, UserError
from models.keys import PLAIN_HEAD
from models.records.members import members
from models.records.members.members import Member
from models.rules.periods import PartialDate
from models.unlocking import PasswordNeededError, WrongPasswordError, key_of, put_slots
from tests import founded
from tests.models.conftest import TODAY

OTHER = "另一句自己记得住的话"
PDF = b"%PDF-1.7 voucher"


@pytest.fixture
def kept(either):
    with either.writing("登记") as session:
        for name in ("张红卫", "李秀英"):
            members.add(session, {"name": name, "birth_date": PartialDate(1980)})
        attachments.add(session, "凭证.pdf", PDF)
    with either.writing("删除") as session:
        session.delete(session.get_one(Member, 2))
    return either


def assert_whole(database):
    with database.reading() as session:
        assert session.get_one(Member, 1).name == "张红卫"
        assert attachments.content(session, 1) == PDF
    assert checks.check(database) == []
    with database.writing("添加") as session:
        assert members.add(session, {"name": "王建国", "birth_date": PartialDate(1980)}).id > 2


@pytest.mark.parametrize("wanted", [None, OTHER])
def test_the_file_has_the_password_wanted_and_all_its_content(kept, password, wanted):
    with closing(passwords.change(kept, password, wanted)) as changed:
        assert changed.encrypted == (wanted is not None)
        assert changed.actor == "周丽萍"
        assert_whole(changed)
    assert kept.path.read_bytes().startswith(PLAIN_HEAD) == (wanted is None)
    assert ("张红卫".encode() in kept.path.read_bytes()) == (wanted is None)
    assert sorted(each.name for each in kept.path.parent.iterdir()) == [kept.path.name, FOLDER]
    with closing(Database.open(kept.path, wanted)) as again:
        assert checks.check(again) == []
    if wanted is not None:
        with pytest.raises(PasswordNeededError):
            Database.open(kept.path)
        with pytest.raises(WrongPasswordError):
            Database.open(kept.path, password or "wrong words")


def test_the_old_password_must_be_known(kept, password):
    before = kept.path.read_bytes()
    if password is not None:
        for guess in (None, "wrong words"):
            with pytest.raises((WrongPasswordError, PasswordNeededError)):
                passwords.change(kept, guess, OTHER)
    assert kept.path.read_bytes() == before
    assert_whole(kept)


@pytest.mark.parametrize("short", ["", "123456789", "四个汉字"])
def test_a_short_password_is_refused(kept, password, short):
    with pytest.raises(FieldError, match="密码至少 10 位"):
        passwords.change(kept, password, short)
    assert_whole(kept)


def test_a_reader_cannot_change_it(kept, password):
    kept.close()
    reader = Database.open(kept.path, password, read_only=True)
    with closing(reader), pytest.raises(UserError, match="只读"):
        passwords.change(reader, password, OTHER)


@pytest.mark.parametrize("step", ["flush", "put", "recrypted", "damage"])
def test_whatever_fails_the_file_is_as_it_was(kept, password, monkeypatch, step):
    def fails(*_arguments):
        raise OSError(28, "No space left on device")

    if step == "damage":
        monkeypatch.setattr(passwords, "damage", lambda session: ["已损坏"])
    else:
        monkeypatch.setattr(passwords if step == "recrypted" else files, step, fails)
    before = kept.path.read_bytes()
    with pytest.raises(UserError, match="密码没有改成"):
        passwords.change(kept, password, OTHER)
    monkeypatch.undo()
    assert kept.path.read_bytes() == before
    assert_whole(kept)
    kept.close()
    assert sorted(each.name for each in kept.path.parent.iterdir()) == [kept.path.name, FOLDER]


def test_a_copy_that_lost_rows_is_not_taken(kept, password, monkeypatch):
    def losing(path, key, aside, wanted):
        other = path.with_name("另一个.zbtz")
        Database.create(other, password).close()

        return recrypted(other, key_of(other, password), aside, wanted)

    monkeypatch.setattr(passwords, "recrypted", losing)
    with pytest.raises(UserError, match="没有通过核验"):
        passwords.change(kept, password, OTHER)
    assert_whole(kept)


@pytest.mark.skipif(os.name == "nt", reason="Windows locks otherwise")
@pytest.mark.parametrize("wanted", [None, OTHER])
def test_nobody_else_can_save_until_the_new_file_is_in_place(kept, password, wanted, monkeypatch):
    """A descriptor that is closed anywhere in the process lets go of its locks on the file: none may be meanwhile."""
    locked = []
    exchange = files.exchange

    def looked_at(aside, path, let_go):
        locked.append(is_locked(path))
        exchange(aside, path, let_go)

    monkeypatch.setattr(files, "exchange", looked_at)
    passwords.change(kept, password, wanted).close()
    assert locked == [True]
    assert not is_locked(kept.path)


@pytest.mark.skipif(os.name == "nt", reason="Windows locks otherwise")
def test_what_another_program_saves_in_a_plain_file_while_it_is_copied_is_kept(database, monkeypatch):
    address = connections._uri
    script = "import sqlite3, sys\nsqlite3.connect(sys.argv[1], isolation_level=None).execute('CREATE TABLE saved (n)')"
    waiting = [database.path]

    def meanwhile(path):
        if path != database.path and waiting:
            subprocess.run([sys.executable, "-I", "-c", script, waiting.pop()], check=True, timeout=60)
        return address(path)

    monkeypatch.setattr(connections, "_uri", meanwhile)
    with pytest.raises(UserError, match="刚刚被另一个程序修改"):
        passwords.change(database, None, OTHER)
    assert waiting == []
    with closing(database.connect()) as connection:
        assert connection.execute("SELECT count(*) FROM saved").fetchone() == (0,)
    with closing(passwords.change(database, None, OTHER)) as changed:
        assert changed.encrypted


def is_locked(path):
    """Whether another process finds the file reserved for a change."""
    script = "import fcntl, sys\nfile = open(sys.argv[1], 'rb+')\nfcntl.lockf(file, 6, 1, 0x40000001)"
    return subprocess.call([sys.executable, "-I", "-S", "-c", script, path], stderr=subprocess.DEVNULL) != 0


def test_somebody_added_at_the_last_moment_keeps_the_password(tmp_path):
    path = tmp_path / "甲支部.zbtz"
    with closing(founded.make(path, "甲局第一党支部", TODAY, password=OTHER, actor="周丽萍")) as database:
        with closing(Database.open(path, OTHER)) as second:

            def meanwhile(done, _total):
                if done == 2:
                    holders.add(second, "李秀英", slots.CLERK, "窗前的石榴和梧桐")

            with pytest.raises(FieldError, match="还有使用人"):
                passwords.change(database, OTHER, None, meanwhile)
        with closing(Database.open(path, "窗前的石榴和梧桐")) as theirs:
            assert theirs.person == slots.Person("李秀英", slots.CLERK)


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody replace a file that is open")
def test_of_two_who_change_it_at_once_the_second_is_told_and_no_slot_is_lost(tmp_path):
    path = tmp_path / "甲支部.zbtz"
    founded.make(path, "甲局第一党支部", TODAY, password=OTHER, actor="周丽萍").close()
    with closing(Database.open(path, OTHER)) as first, closing(Database.open(path, OTHER)) as second:
        holders.add(first, "李秀英", slots.CLERK, "窗前的石榴和梧桐")
        passwords.change(first, OTHER, "河边的石桥和柳树").close()
        with pytest.raises(UserError, match="移走"):
            passwords.change(second, OTHER, "山上的风和旧钟楼")
        with pytest.raises(UserError, match="移走"):
            holders.add(second, "钱永年", slots.CLERK, "山上的风和旧钟楼")
    for password in ("河边的石桥和柳树", "窗前的石榴和梧桐"):
        with closing(Database.open(path, password)) as opened:
            assert checks.check(opened) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody replace a file that is open")
def test_slots_go_into_no_file_that_took_the_place_of_theirs(tmp_path, monkeypatch):
    path = tmp_path / "甲支部.zbtz"
    founded.make(path, "甲局第一党支部", TODAY, password=OTHER, actor="周丽萍").close()
    with closing(Database.open(path, OTHER)) as database:
        holders.add(database, "李秀英", slots.CLERK, "窗前的石榴和梧桐")
        key = database.key
    assert key is not None

    def replaced(at, known):
        connection = connect(at, known)
        at.with_name("新.zbtz").write_bytes(b"another" * 100_000)
        at.with_name("新.zbtz").replace(at)
        return connection

    monkeypatch.setattr("models.unlocking.connect", replaced)
    with pytest.raises(UserError, match="移走"):
        put_slots(path, key)
    assert path.read_bytes() == b"another" * 100_000


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody replace a file that is open")
def test_somebody_who_had_the_file_open_is_told(kept, password):
    with closing(Database.open(kept.path, password)) as other:
        with other.reading() as session:
            session.get_one(Member, 1)
        passwords.change(kept, password, OTHER).close()
        with pytest.raises(UserError, match="已被替换或移走"), other.writing("添加") as session:
            members.add(session, {"name": "王建国", "birth_date": PartialDate(1980)})


def test_nothing_saved_meanwhile_is_lost(kept, password, monkeypatch):
    """Whoever writes while the copy is made waits, and is then told that the file is another one."""

    monkeypatch.setattr(connections, "_PATIENCE", 0.05)
    refused = []

    @contextmanager
    def while_somebody_writes(*arguments):
        with recrypted(*arguments):
            with closing(Database.open(kept.path, password)) as other:
                with pytest.raises(UserError, match="占用") as told, other.writing("添加") as session:
                    members.add(session, {"name": "王建国", "birth_date": PartialDate(1980)})
                refused.append(told)
            yield

    monkeypatch.setattr(passwords, "recrypted", while_somebody_writes)
    with closing(passwords.change(kept, password, OTHER)) as changed:
        assert len(refused) == 1
        assert_whole(changed)


def test_older_backups_keep_their_password(kept, password, tmp_path):
    made = backups.make(kept, tmp_path / "备份")
    with closing(passwords.change(kept, password, OTHER)) as changed:
        newer = backups.make(changed, tmp_path / "备份")
        assert checks.check(changed, backups.anchors(tmp_path / "备份", changed.path)) == []
    for backup, secret in ((made, password), (newer, OTHER)):
        shutil.copyfile(backup.path, tmp_path / "看看.zbtz")
        with closing(Database.open(tmp_path / "看看.zbtz", secret)) as copy:
            assert checks.check(copy) == []
