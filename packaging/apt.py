"""Debian's packages, installed where that needs nobody's password."""

import os
import shutil
import subprocess
import sys

from terminal import say


def may_install() -> bool:
    """Whether this is a system with apt-get, and we are root or sudo asks nothing."""
    if sys.platform != "linux" or shutil.which("apt-get") is None:
        return False
    return os.geteuid() == 0 or _sudo_asks_nothing()


def install(packages: list[str]) -> None:
    """Installs packages, with fresh package lists if need be; what came of it, the caller must see for himself."""
    say(f"正在用 apt-get 安装：{' '.join(packages)}")
    wanted = ["install", "--no-install-recommends", *packages]
    if not _apt_get(*wanted):
        _apt_get("update")
        _apt_get(*wanted)


def _apt_get(*arguments: str) -> bool:
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    command = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y", *arguments]
    return not subprocess.run(command, stdout=sys.stderr, stdin=subprocess.DEVNULL, check=False).returncode


def _sudo_asks_nothing() -> bool:
    if shutil.which("sudo") is None:
        return False
    return not subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode
