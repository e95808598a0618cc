"""The program's own Python environment, .venv: made beside the program and kept in step with requirements.lock."""

import hashlib
import platform
import re
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK = "requirements.lock"
TESTS_BEGIN = "# --- test tools ---"
STAMP = "installed"
OLDEST_GLIBC = {"x86_64": (2, 28), "aarch64": (2, 31)}
FIRST_TIME = "首次运行，正在安装所需的库（要下载约 130 MB，一般需要几分钟，只装这一次）……"
RENEWAL = "所需的库有更新，正在安装……"
FAILED = """所需的库没有装成。常见原因是没有联网、网络中断，或者磁盘空间不足（需要约 600 MB）。
处理好以后再运行一次即可，会从头重装；下载太慢时可先把 pip 的下载源设为国内镜像；
不能上网的电脑，请在能上网的电脑上备好 wheelhouse 文件夹，放到程序文件夹里（做法见 packaging/README.md）。
详细记录：{log}"""


class NotReadyError(Exception):
    """Why the program cannot start yet, as a sentence for the person in front of it."""


def say(text: str) -> None:
    """Shows a line on standard error; standard output belongs to the commands."""
    print(text, file=sys.stderr, flush=True)


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
        """The parts of the lock file to be installed: the runtime's, and the test tools' where they are wanted."""
        parts = (self.root / LOCK).read_text(encoding="utf-8").split(TESTS_BEGIN)
        return parts if tests else parts[:1]

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
        wanted = self.folder / LOCK
        wanted.write_text("".join(parts), encoding="utf-8")
        self._pip("install", "--require-hashes", "--requirement", str(wanted))
        stamp.write_text("\n".join([self._version(), *_digests(parts), ""]), encoding="utf-8")
        say("安装完成。")
        return anew

    def _make(self) -> None:
        try:
            venv.create(self.folder, clear=True, symlinks=sys.platform != "win32", with_pip=True)
        except subprocess.CalledProcessError as error:
            raise NotReadyError(f"不能建立 Python 环境 {self.folder}：{error}") from error

    def _pip(self, *arguments: str) -> None:
        command = [str(self.python), "-m", "pip", "--no-input", "--disable-pip-version-check", *arguments]
        command += ["--only-binary", ":all:", "--no-warn-script-location"]
        wheelhouse = self.root / "wheelhouse"
        if wheelhouse.is_dir():
            say("从 wheelhouse 文件夹安装，不使用网络。")
            command += ["--no-index", "--find-links", str(wheelhouse)]
        log = self.folder / "install.log"
        with (
            log.open("w", encoding="utf-8") as record,
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip,
        ):
            for line in pip.stdout or ():
                record.write(line)
                if found := re.match(r"Collecting ([\w.-]+)", line):
                    say(f"  · {found[1]}")
        if pip.returncode:
            raise NotReadyError(FAILED.format(log=log))

    def _version(self) -> str:
        """The version of the environment's interpreter, empty where it is gone or does not start."""
        if not self.python.exists():
            return ""
        asked = [str(self.python), "-I", "-S", "-c", "import sys; print(sys.version.split()[0])"]
        return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()


def _digests(parts: list[str]) -> list[str]:
    return [hashlib.sha256(part.strip().encode()).hexdigest() for part in parts]


def _require_known_machine() -> None:
    machine = platform.machine()
    if sys.platform == "win32" and machine != "AMD64":
        raise NotReadyError(f"所需的库只有 64 位 x86 的 Windows 版，本机是 {machine}。")
    if sys.platform != "linux":
        return
    if machine not in OLDEST_GLIBC:
        raise NotReadyError(f"所需的库只有 x86_64 和 aarch64（arm64）的 Linux 版，本机是 {machine}。")
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
