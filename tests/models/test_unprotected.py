"""Backups from before the password: found, replaced by an encrypted one, and kept where that fails."""

from contextlib import closing

import pytest

from models import backups, passwords, unprotected
from models.errors import UserError

SECRET = "一句自己记得住的话"


def test_plain_backups_go_once_an_encrypted_one_stands(database, tmp_path):
    first, second = tmp_path / "一", tmp_path / "二"
    for folder in (first, first, second):
        backups.make(database, folder)
    with closing(passwords.change(database, None, SECRET)) as locked:
        assert len(unprotected.made_before(locked.path, [first, second, first])) == 3
        assert unprotected.replace(locked, [first, second]) == 3
        assert unprotected.made_before(locked.path, [first, second]) == []
        assert unprotected.replace(locked, [first, second]) == 0
    for folder in (first, second):
        (kept,) = backups.backups_in(folder)
        backups.verify(kept.path)
        assert {each.suffix for each in folder.iterdir() if each.is_file()} == {".zbbak", ".json"}
        assert "甲局".encode() not in kept.path.read_bytes()


def test_nothing_goes_where_no_encrypted_one_can_be_made(database, tmp_path, monkeypatch):
    folder = tmp_path / "一"
    made = backups.make(database, folder)

    def full(*_given):
        raise UserError("备份没有做成：磁盘空间不够。")

    with closing(passwords.change(database, None, SECRET)) as locked:
        monkeypatch.setattr(backups, "make", full)
        with pytest.raises(UserError, match="没有做成"):
            unprotected.replace(locked, [folder])
    assert made.path.exists()


def test_backups_of_another_file_are_not_touched(database, tmp_path):
    folder = tmp_path / "一"
    backups.make(database, folder)
    with closing(passwords.change(database, None, SECRET)) as locked:
        assert unprotected.made_before(locked.path.with_name("别的.zbtz"), [folder]) == []
