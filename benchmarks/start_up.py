"""The window on the sample branch until its data is shown, beside an empty window of the same library."""

import compileall
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.case import Case
from models import keys
from models.sample import branch as sample

PASSWORD = "示例支部的密码"
_ROOT = Path(__file__).resolve().parent.parent
_SALT = bytes(range(1, 1 + keys.SALT_BYTES))
_EMPTY = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
window = QWidget()
window.resize(1366, 768)
window.show()
QTimer.singleShot(0, app.quit)
app.exec()
"""


@dataclass(frozen=True)
class Start:
    """A data file and what the command line says of it."""

    path: Path
    arguments: tuple[str, ...]


def plain(folder: Path) -> Start:
    """The sample branch as a plain file; the program's bytecode is in place, as after a first start (like Qt's is)."""
    return _sample(folder, None)


def encrypted(folder: Path) -> Start:
    """The same as an encrypted file, with its password in a file."""
    made = _sample(folder, PASSWORD)
    secret = folder / "密码.txt"
    secret.write_text(PASSWORD, encoding="utf-8")
    return Start(made.path, (*made.arguments, "--password-file", str(secret)))


def _sample(folder: Path, password: str | None) -> Start:
    for room in ("commands", "gui", "models"):
        compileall.compile_dir(_ROOT / room, quiet=2)
    path = Path(shutil.copy(_kept(password), folder / "示例.zbtz"))
    return Start(path, ("--data", str(path)))


def _kept(password: str | None) -> Path:
    """The sample branch among the temporary files; made again when anything of the models is different."""
    made_by = hashlib.sha256(b"".join(each.read_bytes() for each in sorted((_ROOT / "models").rglob("*.py"))))
    sort = "encrypted" if password else "plain"
    path = Path(tempfile.gettempdir()) / f"zhibu-sample-{sort}-{made_by.hexdigest()[:12]}.zbtz"
    if not path.exists():
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            aside = Path(folder) / path.name
            sample.build(aside, date(2026, 11, 20), password).close()
            shutil.move(aside, path)
    return path


def ours(start: Start) -> None:
    """Opens the window; it closes itself once it is painted with its data."""
    _run(start.path.parent, [str(_ROOT / "main.py"), *start.arguments])


def empty(start: Start) -> None:
    """Opens and closes an empty window."""
    _run(start.path.parent, ["-c", _EMPTY])


def derive(start: Start) -> None:
    """The key of the file from its password."""
    with start.path.open("rb") as file:
        salt = file.read(keys.SALT_BYTES)
    if keys.key_for(PASSWORD, salt).salt != salt:
        raise RuntimeError("this is not the file's password")


def _run(home: Path, arguments: list[str]) -> None:
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "ZHIBU_QUIT_WHEN_SHOWN": "1",
        "XDG_CONFIG_HOME": str(home),
    }
    subprocess.run([sys.executable, *arguments], check=True, env=environment, timeout=60, stderr=subprocess.DEVNULL)


def _nothing(_folder: Path) -> None:
    """Deriving a key needs no file."""


def _our_key(_nothing: None) -> None:
    keys.key_for(PASSWORD, _SALT)


def _bare_key(_nothing: None) -> None:
    hashlib.scrypt(PASSWORD.encode(), salt=_SALT[:8], n=2**16, r=8, p=2, maxmem=2**27, dklen=32)


_WINDOW = "an empty PySide6 window"
CASES = (
    Case("the window until the sample is shown", _WINDOW, plain, ours, empty, limit=4.5),
    Case("the same, encrypted, without deriving the key", _WINDOW, encrypted, ours, empty, limit=4.5, apart=derive),
    Case("a key derived from a password", "hashlib.scrypt with 64 MiB, two rounds", _nothing, _our_key, _bare_key, 1.1),
)
