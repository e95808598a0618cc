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


_FORMS = """
import ctypes
import gc
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget
from gui import theme
from gui.parts.record_dialog import RecordDialog
from models.kinds import Choice
from models.ledger import Column

class Heap(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in ("_1", "_2", "_3", "_4", "mapped", "_5", "_6", "used", "_7", "_8")]

c = ctypes.CDLL(None)
c.mallinfo2.restype = Heap
app = QApplication([])
theme.dress(app)
owner = QWidget()

def used_after(times):
    for _ in range(times):
        columns = [Column(str(number), "项", Choice(("甲", "乙"))) for number in range(10)]
        form = RecordDialog("登记", columns, {}, print, owner)
        form.open()
        form.close()
        app.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    heap = c.mallinfo2()
    return heap.used + heap.mapped

used_after(15)
theme.forget_what_is_gone()
before = used_after(0)
kept = used_after(30) - before
theme.forget_what_is_gone()
print(kept // 1000, (used_after(0) - before) // 1000)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the heap is looked into by glibc")
def test_what_qt_keeps_for_forms_that_were_closed_is_forgotten() -> None:
    found = subprocess.run([sys.executable, "-c", _FORMS], capture_output=True, check=True, text=True).stdout
    kept, left = map(int, found.split())
    assert kept > 200  # thousands of bytes: or there is nothing to forget any more
    assert left < 100
