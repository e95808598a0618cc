"""The window on the sample branch until its data is shown, beside an empty window of the same library."""

import compileall
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

from benchmarks.case import Case
from models.sample import branch as sample

_ROOT = Path(__file__).resolve().parent.parent
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


def sample_file(folder: Path) -> Path:
    """The sample branch as a plain file; the program's bytecode is in place, as after a first start (like Qt's is)."""
    for room in ("gui", "models"):
        compileall.compile_dir(_ROOT / room, quiet=2)
    path = folder / "示例.zbtz"
    sample.build(path, date(2026, 11, 20)).close()
    return path


def ours(path: Path) -> None:
    """Opens the window; it closes itself once it is painted with its data."""
    _run(path.parent, [str(_ROOT / "main.py"), "--data", str(path)])


def empty(path: Path) -> None:
    """Opens and closes an empty window."""
    _run(path.parent, ["-c", _EMPTY])


def _run(home: Path, arguments: list[str]) -> None:
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "ZHIBU_QUIT_WHEN_SHOWN": "1",
        "XDG_CONFIG_HOME": str(home),
    }
    subprocess.run([sys.executable, *arguments], check=True, env=environment, timeout=60, stderr=subprocess.DEVNULL)


CASES = (Case("the window until the sample is shown", "an empty PySide6 window", sample_file, ours, empty, limit=4.5),)
