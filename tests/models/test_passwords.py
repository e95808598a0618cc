"""Another password for a data file: the same content under another key, or the file as it was."""

import os
import shutil
from contextlib import closing

import pytest

from models import attachments, backups, checks, connections, files, passwords
from models.attachments import FOLDER
from models.connections import recrypt
from models.database import Database
from models.errors import FieldError, UserError
from models.keys import PLAIN_HEAD
from models.records.members import members
from models.records.members.members import Member
from models.rules.periods import PartialDate
from models.unlocking import PasswordNeededError, WrongPasswordError, key_of

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


@pytest.mark.parametrize("step", ["flush", "put", "recrypt", "damage"])
def test_whatever_fails_the_file_is_as_it_was(kept, password, monkeypatch, step):
    def fails(*_arguments):
        raise OSError(28, "No space left on device")

    if step == "damage":
        monkeypatch.setattr(passwords, "damage", lambda session: ["已损坏"])
    else:
        monkeypatch.setattr(passwords if step == "recrypt" else files, step, fails)
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

        recrypt(other, key_of(other, password), aside, wanted)

    monkeypatch.setattr(passwords, "recrypt", losing)
    with pytest.raises(UserError, match="没有通过核验"):
        passwords.change(kept, password, OTHER)
    assert_whole(kept)


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

    def while_somebody_writes(*arguments):
        recrypt(*arguments)
        with closing(Database.open(kept.path, password)) as other:
            with pytest.raises(UserError, match="占用") as told, other.writing("添加") as session:
                members.add(session, {"name": "王建国", "birth_date": PartialDate(1980)})
            refused.append(told)

    monkeypatch.setattr(passwords, "recrypt", while_somebody_writes)
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
