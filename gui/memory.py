"""What the window's process does with memory that is no longer wanted."""

import gc
import sys
from typing import Any

from PySide6.QtCore import QObject, QTimer

_KILOBYTE = 1024
_GLIBC = {  # parameters of mallopt(3)
    -8: 2,  # M_ARENA_MAX: heaps, of which each thread would otherwise have its own
    -3: 256 * _KILOBYTE,  # M_MMAP_THRESHOLD: larger blocks go back by themselves; it would grow to 32 MB
    -1: 4096 * _KILOBYTE,  # M_TRIM_THRESHOLD: so much that is free may stay at a heap's end
}
_NOW_AND_THEN = 60_000  # milliseconds


def collect_garbage() -> None:
    """Looks for garbage from now on, but not among what the start has put in place to stay."""
    gc.freeze()
    gc.enable()


def tend(owner: QObject) -> None:
    """Sets the heap up, and while `owner` lives gives back now and then what is free in it. Only glibc needs it.

    Over a long day papers and pictures, made on many threads, leave so many free blocks in its heaps that they would
    be a quarter of what the process holds.
    """
    if set_up_heap():
        timer = QTimer(owner, interval=_NOW_AND_THEN)
        timer.timeout.connect(give_back)
        timer.start()


def set_up_heap() -> bool:
    """Has the C library give large free blocks back to the system by itself; False where it is not glibc."""
    adjust = _glibc("mallopt")
    if adjust is None:
        return False
    for parameter, value in _GLIBC.items():
        adjust(parameter, value)
    return True


def give_back() -> None:
    """Gives all whole pages that are free back to the system; a few milliseconds."""
    trim = _glibc("malloc_trim")
    if trim is not None:
        trim(0)


def _glibc(name: str) -> Any:
    """A function that glibc alone has, None elsewhere."""
    if sys.platform != "linux":
        return None
    import ctypes  # not for the start

    return getattr(ctypes.CDLL(None), name, None)
