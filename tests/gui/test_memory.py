"""What is no longer wanted goes back to the system; each case in a process of its own, whose heap it is."""

import subprocess
import sys

import pytest

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
for _ in range(60):
    blocks.append(c.malloc(1_000_000))
    ctypes.memset(blocks[-1], 1, 1_000_000)
    c.malloc(100_000)  # stays, above it
for block in blocks:
    c.free(block)
print((psutil.Process().memory_info().rss - before) // 1_000_000)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is to be set")
@pytest.mark.parametrize(("first", "kept"), [("memory.give_back()", range(3)), ("", range(50, 70))])
def test_large_blocks_that_are_free_go_back_to_the_system(first: str, kept: range) -> None:
    child = [sys.executable, "-c", _CHILD.format(first=first)]
    assert int(subprocess.run(child, capture_output=True, check=True, text=True).stdout) in kept
