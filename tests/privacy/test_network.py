"""The program opens no connection: every call that could is watched from outside, libraries and Qt included."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gui.application import QUIT_WHEN_SHOWN

PROJECT = Path(__file__).resolve().parent.parent.parent
CALLS = "socket,connect,bind,sendto,sendmsg"
FAR = ("AF_INET", "AF_INET6", "AF_PACKET", "AF_NETLINK")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("strace") is None, reason="strace watches, and is not installed"),
]


def watched(folder: Path, *command: str) -> list[str]:
    """Runs a command with folders of its own and answers the calls that name a far address."""
    told = folder / "calls.txt"
    homes = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
    own = dict.fromkeys(homes, str(folder)) | {QUIT_WHEN_SHOWN: "1", "QT_QPA_PLATFORM": "offscreen"}
    line = ["strace", "-f", "-qq", "-e", f"trace={CALLS}", "-o", str(told), *command]
    subprocess.run(line, cwd=PROJECT, env=os.environ | own, check=True, timeout=200, capture_output=True)
    return [call for call in told.read_text().splitlines() if any(family in call for family in FAR)]


def test_a_call_is_seen(tmp_path: Path) -> None:
    asks = "import socket; socket.socket().connect_ex(('127.0.0.1', 9))"
    assert len(watched(tmp_path, sys.executable, "-c", asks)) >= 2


def test_the_window_opens_none(tmp_path: Path) -> None:
    assert watched(tmp_path, sys.executable, "main.py", "--sample") == []


def test_a_command_opens_none(tmp_path: Path) -> None:
    assert watched(tmp_path, sys.executable, "main.py", "ledgers") == []
