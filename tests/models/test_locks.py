"""One window at a time: the second is told who has the file, and a crash leaves nothing in the way."""

import fcntl
import getpass
import json
import os
import socket
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from models import locks
from models.errors import UserError
from models.locks import Holder, WindowLock

NOW = datetime(2026, 11, 23, 14, 2)
ROOT = Path(__file__).resolve().parents[2]
HOLDING = """
import sys, datetime, pathlib, time
sys.path.insert(0, sys.argv[1])
from models.locks import WindowLock
lock = WindowLock(pathlib.Path(sys.argv[2]))
assert lock.take(datetime.datetime(2026, 11, 23, 9, 0)) is None
print("held", flush=True)
time.sleep(60)
"""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs flock")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "甲支部.zbtz"


@pytest.fixture
def other_window(path):
    process = subprocess.Popen([sys.executable, "-c", HOLDING, str(ROOT), str(path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def holder_of(lock, over=False):
    holder = lock.take(NOW, over)
    assert holder is not None
    return holder


def note(path):
    return path.with_name(f".{path.name}.lock")


def test_the_first_window_gets_the_lock_and_leaves_nothing(path):
    lock = WindowLock(path)
    assert lock.take(NOW) is None
    assert note(path).exists()
    lock.free()
    lock.free()
    assert list(path.parent.iterdir()) == []


def test_the_second_window_is_told_of_the_first(path):
    first, second = WindowLock(path), WindowLock(path)
    first.take(NOW)
    holder = holder_of(second)
    assert (holder.host, holder.pid, holder.since) == (socket.gethostname(), os.getpid(), "2026-11-23 14:02")
    assert holder.chinese == f"{holder.user}（电脑 {holder.host}）自 2026-11-23 14:02 起"
    second.free()
    first.free()
    assert second.take(NOW) is None
    second.free()


def test_another_process_is_told_of_too(path, other_window):
    holder = holder_of(WindowLock(path))
    assert (holder.pid, holder.since) == (other_window.pid, "2026-11-23 09:00")
    assert holder_of(WindowLock(path), over=True) == holder


def test_a_killed_window_is_no_hindrance(path, other_window):
    other_window.kill()
    other_window.wait()
    assert note(path).exists()
    lock = WindowLock(path)
    assert lock.take(NOW) is None
    lock.free()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"host": 1}', json.dumps({"host": "h", "pid": "x"})])
def test_a_note_that_tells_nothing_is_no_hindrance(path, content):
    note(path).write_text(content, encoding="utf-8")
    lock = WindowLock(path)
    assert lock.take(NOW) is None
    lock.free()


def test_the_window_of_another_computer_counts_until_it_is_taken_over(path):
    there = Holder("another-host", "周丽萍", 77, "2026-11-20 08:00")
    note(path).write_text(json.dumps(vars(there), ensure_ascii=False), encoding="utf-8")
    lock = WindowLock(path)
    assert lock.take(NOW) == there
    assert lock.take(NOW, over=True) is None
    lock.free()
    assert lock.take(NOW) is None
    lock.free()


@pytest.mark.parametrize(
    ("pid", "held"),
    [(os.getppid(), True), (os.getpid(), False), (2**22 + 1, False)],
    ids=["another", "this one", "none"],
)
def test_where_there_are_no_locks_the_process_is_looked_for(path, monkeypatch, pid, held):
    def unknown(_file, _how):
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(fcntl, "flock", unknown)
    note(path).write_text(json.dumps(vars(Holder(socket.gethostname(), "甲", pid, "x"))), encoding="utf-8")
    lock = WindowLock(path)
    assert (lock.take(NOW) is not None) == held
    lock.free()


def test_a_lock_removed_while_it_was_opened_is_not_taken_for_one(path, monkeypatch):
    flock = fcntl.flock
    opened: list[object] = []

    def while_the_holder_leaves(file, how):
        if not opened:
            note(path).unlink()
        opened.append(file)
        flock(file, how)

    monkeypatch.setattr(fcntl, "flock", while_the_holder_leaves)
    lock = WindowLock(path)
    assert lock.take(NOW) is None
    assert len(opened) == 2
    monkeypatch.undo()
    assert WindowLock(path).take(NOW) is not None
    lock.free()


def test_a_full_disk_still_locks(path, monkeypatch):
    def full(_file, _holder):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(locks, "_tell", full)
    lock = WindowLock(path)
    assert lock.take(NOW) is None
    holder = holder_of(WindowLock(path))
    assert holder.chinese == "另一个窗口"
    lock.free()


def test_a_place_without_room_for_a_lock_is_told(tmp_path):
    with pytest.raises(UserError, match="不能锁定数据文件：所在的文件夹不存在"):
        WindowLock(tmp_path / "没有" / "甲.zbtz").take(NOW)


def test_a_user_without_a_name_is_somebody(monkeypatch):
    def nameless():
        raise OSError

    monkeypatch.setattr(getpass, "getuser", nameless)
    assert locks._user() == "另一位用户"
