"""A child with mounts of its own: small disks, disks that are only read, and sticks that are pulled out."""

import ctypes
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

_NEW_NAMESPACE, _NEW_USER = 0x00020000, 0x10000000
_READ_ONLY, _REMOUNT, _BIND, _EVERYWHERE, _PRIVATE = 1, 32, 4096, 16384, 1 << 18
_DETACH = 2


def alone(job: Callable[[], None]) -> str:
    """Runs the job in a child that sees mounts of its own; answers what it raised, "" when all went well."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            _part()
            job()
        finally:
            if sys.exception() is not None:
                os.write(writing, traceback.format_exc()[-4000:].encode())
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        said = answer.read()
    os.waitpid(child, 0)
    return said


def can_mount() -> bool:
    """Whether this system lets a test have mounts of its own."""
    return sys.platform == "linux" and alone(lambda: None) == ""


def small_disk(place: Path, size: int) -> None:
    """Puts an empty disk of so many bytes there."""
    place.mkdir(exist_ok=True)
    _call("mount", b"none", os.fsencode(place), b"tmpfs", 0, f"size={size}".encode())


def stick(content: Path, place: Path, read_only: bool = False) -> None:
    """Plugs in there a stick that holds what the folder `content` holds."""
    place.mkdir(exist_ok=True)
    _call("mount", os.fsencode(content), os.fsencode(place), None, _BIND, None)
    if read_only:
        _call("mount", None, os.fsencode(place), None, _BIND | _REMOUNT | _READ_ONLY, None)


def pull_out(place: Path) -> None:
    """Takes away what is mounted there, whoever has files of it open."""
    _call("umount2", os.fsencode(place), _DETACH)


def _part() -> None:
    user, group = os.getuid(), os.getgid()
    _call("unshare", _NEW_NAMESPACE | (_NEW_USER if user else 0))
    if user:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"0 {user} 1")
        Path("/proc/self/gid_map").write_text(f"0 {group} 1")
    _call("mount", None, b"/", None, _EVERYWHERE | _PRIVATE, None)


def _call(name: str, *arguments: bytes | int | None) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if getattr(libc, name)(*arguments) == -1:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
