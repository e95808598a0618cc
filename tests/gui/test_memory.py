"""What is no longer wanted goes back to the system; each case in a process of its own, whose heap it is."""

import subprocess
import sys

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from gui import memory

_CHILD = """
import ctypes
import psutil
from gui import memory

c = ctypes.CDLL(None)
c.malloc.argtypes, c.malloc.restype, c.free.argtypes = [ctypes.c_size_t], ctypes.c_void_p, [ctypes.c_void_p]
{first}
c.free(c.malloc(30_000_000))  # from now on glibc takes blocks smaller than that from its heap
before = psutil.Process().memory_info().rss
blocks = []
for _ in range(60_000_000 // {size}):
    blocks.append(c.malloc({size}))
    ctypes.memset(blocks[-1], 1, {size})
    c.malloc({size} // 10)  # stays, above it
for block in blocks:
    c.free(block)
{last}
print((psutil.Process().memory_info().rss - before) // 1_000_000)
"""


def kept(size: int, first: str = "", last: str = "") -> int:
    """How many of 60 million bytes that were taken and freed in blocks of `size` are still the process's."""
    child = [sys.executable, "-c", _CHILD.format(size=size, first=first, last=last)]
    return int(subprocess.run(child, capture_output=True, check=True, text=True).stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is to be set")
def test_large_blocks_that_are_free_go_back_to_the_system_by_themselves() -> None:
    assert kept(1_000_000, first="memory.set_up_heap()") < 3
    assert kept(1_000_000) > 50  # or nothing would be seen


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is to be given back")
def test_smaller_ones_go_back_when_asked_for() -> None:
    assert kept(100_000, first="memory.set_up_heap()", last="memory.give_back()") < 6
    assert kept(100_000, first="memory.set_up_heap()") > 50


def test_what_is_free_is_given_back_now_and_then(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[None] = []
    monkeypatch.setattr(memory, "_NOW_AND_THEN", 20)
    monkeypatch.setattr(memory, "set_up_heap", lambda: True)  # the heap of the tests stays as it is
    monkeypatch.setattr(memory, "give_back", lambda: given.append(None))
    owner = QObject()
    memory.tend(owner)
    qtbot.waitUntil(lambda: len(given) > 2)
