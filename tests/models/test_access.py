"""How a data file may be used where it lies, and what a person is told of it."""

import json
import shutil
from contextlib import closing
from datetime import datetime

import pytest

from models import access, places
from models.access import Standing, open_file, settled
from models.database import Database
from models.errors import UserError
from models.locks import Holder, WindowLock
from models.unlocking import PasswordNeededError, WrongPasswordError
from tests import founded
from tests.models.conftest import PASSWORD, TODAY

NOW = datetime(2026, 11, 23, 14, 2)
THERE = Holder("another-host", "周丽萍", 77, "2026-11-20 08:00")


@pytest.fixture(autouse=True)
def own_disk(monkeypatch):
    monkeypatch.setattr(places, "on_network", lambda path: False)
    monkeypatch.setattr(places, "on_stick", lambda path: False)


@pytest.fixture
def path(database):
    database.close()
    return database.path


def note(path):
    return path.with_name(f".{path.name}.lock")


def refuses_to_write(opened):
    with pytest.raises(UserError, match="以只读方式打开"), opened.database.writing("改"):
        pass
    return opened.database.read_only


def test_a_file_of_ones_own_is_locked_and_let_go(path):
    opened = open_file(path, None, "周丽萍", NOW)
    assert (opened.standing, opened.sentence, opened.database.actor) == (Standing.OWN, "", "周丽萍")
    assert not opened.database.read_only
    assert note(path).exists()
    opened.close()
    assert not note(path).exists()


def test_a_file_on_a_share_is_only_read_and_left_without_a_trace(path, monkeypatch):
    monkeypatch.setattr(places, "on_network", lambda path: True)
    before = path.read_bytes()
    with closing(open_file(path, None, "", NOW)) as opened:
        assert opened.standing is Standing.SHARE
        assert "网络共享文件夹" in opened.sentence
        assert "复制到这台电脑" in opened.sentence
        assert refuses_to_write(opened)
        assert not note(path).exists()
    assert path.read_bytes() == before


def test_a_file_made_on_a_share_is_only_read_too(database, monkeypatch):
    monkeypatch.setattr(places, "on_network", lambda path: True)
    with closing(settled(database, NOW)) as opened:
        assert refuses_to_write(opened)


def test_a_file_on_a_stick_is_written_with_a_warning(path, monkeypatch):
    monkeypatch.setattr(places, "on_stick", lambda path: True)
    with closing(open_file(path, None, "", NOW)) as opened:
        assert opened.standing is Standing.STICK
        assert "先关闭程序再拔" in opened.sentence
        assert not opened.database.read_only


def test_a_medium_that_cannot_be_written_is_only_read(path, monkeypatch):
    monkeypatch.setattr("os.access", lambda path, mode: False)
    with closing(open_file(path, None, "", NOW)) as opened:
        assert opened.standing is Standing.MEDIUM
        assert "不能写入" in opened.sentence
        assert refuses_to_write(opened)


def test_a_folder_without_room_for_a_lock_is_only_read(path, monkeypatch):
    def none(_lock, _now, _over=False):
        raise UserError("不能锁定")

    monkeypatch.setattr(WindowLock, "take", none)
    with closing(open_file(path, None, "", NOW)) as opened:
        assert opened.standing is Standing.MEDIUM
        assert refuses_to_write(opened)


def test_a_second_window_only_reads_and_names_the_first(path):
    with closing(open_file(path, None, "", NOW)) as first:
        assert first.holder is None
        for over in (False, True):
            with closing(open_file(path, None, "", NOW, over)) as second:
                assert second.standing is Standing.HELD
                assert second.holder is not None
                assert f"正由{second.holder.chinese}打开" in second.sentence
                assert "2026-11-23 14:02 起" in second.sentence
                assert refuses_to_write(second)
        assert note(path).exists()
    with closing(open_file(path, None, "", NOW)) as third:
        assert third.standing is Standing.OWN


def test_the_name_left_by_another_computer_is_taken_over_only_when_asked(path):
    note(path).write_text(json.dumps(vars(THERE), ensure_ascii=False), encoding="utf-8")
    with closing(open_file(path, None, "", NOW)) as opened:
        assert opened.standing is Standing.LEFT
        assert "周丽萍（电脑 another-host）自 2026-11-20 08:00 起打开了" in opened.sentence
        assert refuses_to_write(opened)
    with closing(open_file(path, None, "", NOW, over=True)) as opened:
        assert (opened.standing, opened.holder) == (Standing.OWN, None)
        assert not opened.database.read_only


def test_a_wrong_password_takes_no_lock(path):
    path.unlink()
    Database.create(path, PASSWORD).close()
    with pytest.raises(WrongPasswordError):
        open_file(path, "别的密码啊啊啊", "", NOW)
    assert not note(path).exists()


def test_a_copy_opens_with_the_key_that_is_known(path, tmp_path):
    path.unlink()
    with closing(founded.make(path, "甲局第一党支部", TODAY, password=PASSWORD)) as made:
        copy = tmp_path / "抄本.zbtz"
        shutil.copyfile(path, copy)
        with closing(open_file(copy, None, "", NOW, known=made.key)) as opened:
            assert opened.database.key == made.key
        with closing(Database.create(tmp_path / "别的.zbtz", PASSWORD)) as other, pytest.raises(PasswordNeededError):
            open_file(other.path, None, "", NOW, known=made.key)


def test_every_standing_has_its_words():
    told = {each for each in Standing if each not in (Standing.HELD, Standing.LEFT)}
    assert told == set(access._WORDS)
