"""Steps into a child before each of its system calls: it can be killed there, be told of an error, or be written down.

The child marks the stretch that counts by asking twice for its session, which nothing else here does.
"""

import ctypes
import os
import platform
import signal
import sys
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import NamedTuple

CAN_TRACE = sys.platform == "linux" and platform.machine() == "x86_64"
KILLED = -signal.SIGKILL
PAGE = 4096
CALLS = {
    0: "read", 1: "write", 2: "open", 3: "close", 4: "stat", 5: "fstat", 6: "lstat", 8: "lseek", 17: "pread64",
    18: "pwrite64", 20: "writev", 21: "access", 72: "fcntl", 73: "flock", 74: "fsync", 75: "fdatasync",
    77: "ftruncate", 82: "rename", 83: "mkdir", 84: "rmdir", 86: "link", 87: "unlink", 90: "chmod", 91: "fchmod",
    93: "fchown", 217: "getdents64", 257: "openat", 258: "mkdirat", 262: "newfstatat", 263: "unlinkat",
    264: "renameat", 265: "linkat", 285: "fallocate", 316: "renameat2", 326: "copy_file_range", 332: "statx",
    40: "sendfile", 439: "faccessat2",
}  # fmt: skip
_GETSID = 124
_TRACEME, _CONT, _GETREGS, _SETREGS, _SYSCALL, _SETOPTIONS = 0, 7, 12, 13, 24, 0x4200
_SYSGOOD, _EXITKILL = 1, 0x100000
_NO_CALL = 2**64 - 1
_REGISTERS = (
    "r15", "r14", "r13", "r12", "rbp", "rbx", "r11", "r10", "r9", "r8", "rax", "rcx", "rdx", "rsi", "rdi",
    "orig_rax", "rip", "cs", "eflags", "rsp", "ss", "fs_base", "gs_base", "ds", "es", "fs", "gs",
)  # fmt: skip


class Registers(ctypes.Structure):
    """The registers of a stopped process as the kernel hands them over."""

    _fields_ = tuple((name, ctypes.c_ulong) for name in _REGISTERS)


class Call(NamedTuple):
    """A system call about to be made, or just made: its name (its number where it is none of files) and arguments.

    `result` is what it answered, None before it is made.
    """

    pid: int
    name: str
    arguments: tuple[int, int, int, int]
    result: int | None = None

    def memory(self, address: int, size: int) -> bytes:
        """So many bytes of the process."""
        with Path(f"/proc/{self.pid}/mem").open("rb", buffering=0) as memory:
            memory.seek(address)
            return memory.read(size)

    def text(self, address: int) -> str:
        """The text that ends with a zero there."""
        found = b""
        while b"\0" not in found:  # page by page: the next one may not be there
            place = address + len(found)
            found += self.memory(place, PAGE - place % PAGE)
        return os.fsdecode(found.partition(b"\0")[0])

    def file(self, descriptor: int) -> str:
        """What an open file is called."""
        return str(Path(f"/proc/{self.pid}/fd/{ctypes.c_int(descriptor).value}").readlink())


class Die(Enum):
    """Answered instead of an error number by who wants the child killed before its call."""

    NOW = 1


Watch = Callable[[Call], int | Die | None]


def mark() -> None:
    """Begins or ends the stretch that counts."""
    os.getsid(0)


def run(job: Callable[[], None], watch: Watch) -> int:
    """Runs the job in a child and answers how it ended: its exit status, or KILLED.

    `watch` is asked before each call between the marks: None lets it be made, an error number has it fail with that,
    Die.NOW ends the child. It is told again, of what came back, and then its answer does not matter.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    libc.ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
    libc.ptrace.restype = ctypes.c_long
    child = os.fork()
    if child == 0:
        outcome = 1
        try:
            libc.ptrace(_TRACEME, 0, None, None)
            os.kill(os.getpid(), signal.SIGSTOP)
            job()
            outcome = 0
        finally:
            os._exit(outcome)
    return _Tracing(libc, child, watch).follow()


class _Tracing:
    """One child being followed from stop to stop."""

    def __init__(self, libc: ctypes.CDLL, child: int, watch: Watch) -> None:
        self.libc, self.child, self.watch = libc, child, watch
        self.registers = Registers()
        self.counting = False
        self.error: int | None = None  # that the call now being made is to answer with

    def follow(self) -> int:
        os.waitpid(self.child, 0)
        self.ask(_SETOPTIONS, _SYSGOOD | _EXITKILL)
        entering, pending = True, 0
        while True:
            self.ask(_SYSCALL, pending)
            _, status = os.waitpid(self.child, 0)
            if not os.WIFSTOPPED(status):
                return os.waitstatus_to_exitcode(status)
            pending = os.WSTOPSIG(status)
            if pending == signal.SIGTRAP | 0x80:
                pending = 0
                if entering:
                    self.enter()
                else:
                    self.leave()
                entering = not entering

    def enter(self) -> None:
        self.ask(_GETREGS, ctypes.byref(self.registers))
        if self.registers.orig_rax == _GETSID:
            self.counting = not self.counting
        elif self.counting:
            verdict = self.watch(self.call(None))
            if verdict is Die.NOW:
                os.kill(self.child, signal.SIGKILL)
            elif verdict is not None:
                self.error = verdict
                self.registers.orig_rax = _NO_CALL
                self.ask(_SETREGS, ctypes.byref(self.registers))

    def leave(self) -> None:
        if not self.counting:
            return
        self.ask(_GETREGS, ctypes.byref(self.registers))
        if self.error is not None:
            self.registers.rax = 2**64 - self.error
            self.ask(_SETREGS, ctypes.byref(self.registers))
            self.error = None
        elif self.registers.orig_rax != _GETSID:
            self.watch(self.call(ctypes.c_long(self.registers.rax).value))

    def call(self, result: int | None) -> Call:
        found, number = self.registers, self.registers.orig_rax
        given = (found.rdi, found.rsi, found.rdx, found.r10)
        return Call(self.child, CALLS.get(number, str(number)), given, result)

    def ask(self, request: int, data: object) -> None:
        if self.libc.ptrace(request, self.child, None, data) == -1:
            number = ctypes.get_errno()
            if number != 3:  # it is gone: the next wait tells how
                raise OSError(number, os.strerror(number))
