"""What the window's process does with memory that is no longer wanted."""

import gc
import sys

_KILOBYTE = 1024
_GLIBC = {  # parameters of mallopt(3)
    -8: 2,  # M_ARENA_MAX: heaps, of which each thread would otherwise have its own
    -3: 256 * _KILOBYTE,  # M_MMAP_THRESHOLD: larger blocks go back by themselves; it would grow to 32 MB
    -1: 4096 * _KILOBYTE,  # M_TRIM_THRESHOLD: so much that is free may stay at a heap's end
}


def collect_garbage() -> None:
    """Looks for garbage from now on, but not among what the start has put in place to stay."""
    gc.freeze()
    gc.enable()


def give_back() -> None:
    """Has the C library give large free blocks back to the system; only glibc would keep them.

    Over a long day papers and pictures, made on many threads, leave so many of them in its heaps that they would be
    a quarter of what the process holds.
    """
    if sys.platform != "linux":
        return
    import ctypes

    adjust = getattr(ctypes.CDLL(None), "mallopt", None)
    if adjust is not None:
        for parameter, value in _GLIBC.items():
            adjust(parameter, value)
