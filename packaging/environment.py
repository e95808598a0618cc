"""The program's own Python environment, .venv: made beside the program and kept in step with requirements.lock."""

import hashlib
import importlib.util
import platform
import re
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import apt
from terminal import NotReadyError, say

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK = "requirements.lock"
STAMP = "installed"
OLDEST_GLIBC = {"linux-x86_64": (2, 28), "linux-aarch64": (2, 31)}
# Only what is locked, ready built; but for lunar_python, which is published as source and built with what is locked.
PIP_OPTIONS = (
    "--require-hashes",
    "--only-binary=:all:",
    "--no-binary=lunar-python",
    "--use-pep517",
    "--no-build-isolation",
    "--no-input",
    "--disable-pip-version-check",
)
FIRST_TIME = "首次运行，正在安装所需的库（联网下载约 130 MB，一般需要几分钟，只装这一次）……"
RENEWAL = "所需的库有更新，正在安装……"
FAILED = """所需的库没有装成。常见原因是没有联网、网络中断，或者磁盘空间不足（需要约 600 MB）。
处理好以后再运行一次即可，会从头重装；下载太慢时可先把 pip 的下载源设为国内镜像；
不能上网的电脑，请在能上网的电脑上备好 wheelhouse 文件夹，放到程序文件夹里（做法见 packaging/README.md）。
详细记录：{log}"""


@dataclass(frozen=True)
class Environment:
    """The folder .venv of one copy of the program."""

    root: Path

    @property
    def folder(self) -> Path:
        """Where the environment stands, whether made or not."""
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """The environment's own interpreter."""
        return self.folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")

    def locked(self, tests: bool) -> list[str]:
        """The parts of the lock file to be installed, in this order: what builds, the program's, the test tools."""
        parts = re.split(r"^# --- \w+ ---\n", (self.root / LOCK).read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
        return parts if tests else parts[:-1]

    def is_current(self, tests: bool) -> bool:
        """Whether all that is locked was installed, to the end, for the interpreter that stands there now."""
        stamp = self.folder / STAMP
        if not stamp.is_file():
            return False
        installed = stamp.read_text(encoding="utf-8").split()
        return installed[:1] == [self._version()] and set(_digests(self.locked(tests))) <= set(installed)

    def update(self, tests: bool) -> bool:
        """Makes or renews the environment if it is behind, and says whether it was made anew; raises NotReadyError."""
        if self.is_current(tests):
            return False
        try:
            with _alone(self.root / ".venv-busy"):
                return False if self.is_current(tests) else self._install(tests)
        except OSError as error:
            raise NotReadyError(f"不能在程序文件夹 {self.root} 里安装所需的库：{error.strerror or error}") from error

    def _install(self, tests: bool) -> bool:
        _require_known_machine()
        stamp = self.folder / STAMP
        anew = not stamp.is_file() or stamp.read_text(encoding="utf-8").split()[:1] != [self._version()]
        say(FIRST_TIME if anew else RENEWAL)
        stamp.unlink(missing_ok=True)
        if anew:
            self._make()
        parts = self.locked(tests)
        self._pip_install(parts[0])
        self._pip_install("".join(parts[1:]))
        stamp.write_text("\n".join([self._version(), *_digests(parts), ""]), encoding="utf-8")
        say("安装完成。")
        return anew

    def _make(self) -> None:
        import venv  # slow, and wanted once

        _require_ensurepip()
        try:
            venv.create(self.folder, clear=True, symlinks=sys.platform != "win32", with_pip=True)
        except subprocess.CalledProcessError as error:
            raise NotReadyError(f"不能建立 Python 环境 {self.folder}：{error}") from error

    def _pip_install(self, requirements: str) -> None:
        wanted = self.folder / LOCK
        wanted.write_text(requirements, encoding="utf-8")
        wheelhouse = self.root / "wheelhouse"
        source = ("--no-index", f"--find-links={wheelhouse}") if wheelhouse.is_dir() else ()
        log = self.folder / "install.log"
        command = [str(self.python), "-m", "pip", "install", *PIP_OPTIONS, *source, f"--requirement={wanted}"]
        command.append("--no-warn-script-location")
        with (
            log.open("a", encoding="utf-8") as record,
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, errors="replace") as pip,
        ):
            for line in pip.stdout or ():
                record.write(line)
                if found := re.match(r"Collecting ([\w.-]+)", line):
                    say(f"  · {found[1]}")
        if pip.returncode:
            raise NotReadyError(FAILED.format(log=log))

    def _version(self) -> str:
        """The environment's Python as 3.11, empty where it is gone or does not start; libraries outlive its patches."""
        if not self.python.exists():
            return ""
        asked = [str(self.python), "-I", "-S", "-c", "import sys; print(*sys.version_info[:2], sep='.')"]
        return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()


def _require_ensurepip() -> None:
    """Debian leaves this part of Python to a package of its own, without which an environment has no pip."""
    package = f"python3.{sys.version_info.minor}-venv"
    if importlib.util.find_spec("ensurepip") is None and apt.may_install():
        apt.install([package])
        importlib.invalidate_caches()
    if importlib.util.find_spec("ensurepip") is None:
        raise NotReadyError(f"本机的 Python 缺少 venv 部分。请管理员执行：\n    sudo apt-get install {package}")


def _digests(parts: list[str]) -> list[str]:
    return [hashlib.sha256(part.strip().encode()).hexdigest() for part in parts]


def _require_known_machine() -> None:
    """The locked wheels serve x86_64 Linux and Windows and aarch64 Linux, on glibc: raises NotReadyError elsewhere."""
    machine = sysconfig.get_platform()
    if machine == "win-amd64":
        return
    if machine not in OLDEST_GLIBC:
        raise NotReadyError(f"所需的库只有 Windows x86_64、Linux x86_64 和 Linux aarch64 版，本机是 {machine}。")
    library, version = platform.libc_ver()
    oldest = OLDEST_GLIBC[machine]
    if library != "glibc" or tuple(int(number) for number in version.split(".")[:2]) < oldest:
        raise NotReadyError(f"所需的库要求 glibc {oldest[0]}.{oldest[1]} 或更新，本机是 {library} {version}。")


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Holds the only right to install; whoever clicked twice waits for the first."""
    with path.open("a+b") as handle:
        if not _taken(handle):
            say("另一个窗口正在安装所需的库，请稍候……")
            while not _taken(handle):
                time.sleep(1)
        yield


def _taken(handle: BinaryIO) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
