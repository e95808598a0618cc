"""What a process holds: memory, handles, threads, and the objects of Qt and of Python that are alive in it."""

import gc
from collections import Counter
from dataclasses import dataclass

import psutil
from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QTextDocument
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from gui.memory import give_back

_MB = 1024 * 1024
_WATCHED = ("AuditedSession", "Connection", "Engine", "PdfPages", "Session", "TemporaryDirectory")  # no QObjects


@dataclass(frozen=True)
class Reading:
    """What is held at one moment; `kinds` counts objects by their class, timers that go on and on apart."""

    operations: int
    memory: float  # MB of RSS
    handles: int
    threads: int
    kinds: Counter[str]

    @property
    def objects(self) -> int:
        return sum(count for kind, count in self.kinds.items() if not kind.startswith(_OF_PYTHON))

    @property
    def timers(self) -> int:
        return self.kinds[_RUNNING]

    @property
    def wrapped(self) -> int:
        """Objects that Python keeps: those of Qt in its hands, sessions, connections, temporary folders."""
        return sum(count for kind, count in self.kinds.items() if kind.startswith(_OF_PYTHON))

    def grown_since(self, before: "Reading") -> dict[str, int]:
        """The kinds of which there are more or fewer now, by how many."""
        known = sorted(self.kinds | before.kinds)
        return {kind: more for kind in known if (more := self.kinds[kind] - before.kinds[kind])}


_OF_PYTHON, _RUNNING = "Python: ", "QTimer, going on"


def read(operations: int) -> Reading:
    """Takes the reading of this process, once what is garbage is collected and given back, as happens every minute."""
    gc.collect()
    give_back()
    process = psutil.Process()
    memory = process.memory_info().rss / _MB
    return Reading(operations, memory, process.num_fds(), process.num_threads(), _of_qt() + _of_python())


def _of_qt() -> Counter[str]:
    """All that hangs on the windows and on the application, whoever keeps it."""
    found: Counter[str] = Counter()
    application = QApplication.instance()
    left: list[QObject] = [each for each in QApplication.topLevelWidgets() if each.parent() is None]
    left += [application] if application is not None else []
    while left:
        each = left.pop()
        running = isinstance(each, QTimer) and each.isActive() and not each.isSingleShot()
        found[_RUNNING if running else type(each).__name__] += 1
        if not isinstance(each, QTextDocument):  # whose insides are what is written there, as a chapter of the manual
            left += each.children()
    return found


def _of_python() -> Counter[str]:
    kinds = (type(each) for each in gc.get_objects() if _is_ours(each))
    return Counter(_OF_PYTHON + kind.__name__ for kind in kinds)


def _is_ours(each: object) -> bool:
    """Whether the program keeps it: not what the pressing of buttons looked at, nor icons, which are kept and few."""
    if isinstance(each, QSvgRenderer):
        return False
    if isinstance(each, QObject):
        return isValid(each) or not type(each).__module__.startswith("PySide6")
    return type(each).__name__ in _WATCHED
