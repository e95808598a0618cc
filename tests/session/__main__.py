"""A working life at the screen: `python -m tests.session [OPERATIONS]`; prints what the process holds as it goes on.

Off the screen, over two encrypted files among the temporary ones. Exit status 1 when memory has grown by more than
the limit since the warm-up, when anything else that is counted has grown, when anything was left lying about, when a
bug came up or a file is not sound at the end.
"""

import argparse
import os
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from gui import kept_file, theme
from models import backups, checks
from models.database import Database
from models.sample import branch as sample
from tests.photograph import THE_DAY, TheDay
from tests.session import looking, working
from tests.session.course import Card, Course, line_of, run
from tests.session.sitting import PASSWORD, Sitting, strays

MOST_MEMORY = 50  # MB more than after the warm-up
CARDS = (
    Card("page opened", 34, looking.open_page),
    Card("ledger, chapter or view shown", 26, looking.open_view),
    Card("dialog or paper opened and left", 12, looking.open_dialog),
    Card("search for people", 24, looking.search_people),
    Card("filter typed", 16, looking.filter_rows),
    Card("row chosen", 28, looking.choose_row),
    Card("column sorted", 12, looking.sort_column),
    Card("read anew", 3, looking.read_anew),
    Card("manual opened", 1, looking.ask_for_help),
    Card("member changed", 6, working.change_member),
    Card("dues taken", 5, working.take_dues),
    Card("dues reversed", 4, working.reverse_dues),
    Card("minutes typed", 6, working.type_minutes),
    Card("visit noted", 3, working.note_visit),
    Card("undone", 6, working.undo),
    Card("undone and redone", 3, working.undo_and_redo),
    Card("locked and unlocked", 2, working.lock),
    Card("ledger previewed", 3, working.preview),
    Card("ledger exported", 3, working.export),
    Card("roster imported and taken back", 1, working.take_in),
    Card("backup made", 1, working.back_up),
    Card("file changed", 1, working.change_file),
)


def main(line: list[str]) -> int:
    reader = argparse.ArgumentParser(prog="python -m tests.session", description=__doc__)
    reader.add_argument("operations", type=int, nargs="?", default=20_000)
    reader.add_argument("--minutes", type=float, default=24 * 60, help="stop with the round after so many")
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument("--kinds", action="store_true", help="say of which kinds of objects there are more at the end")
    wanted = reader.parse_args(line)
    with tempfile.TemporaryDirectory(prefix="session-") as folder:
        return _work(Path(folder), wanted)


def _work(folder: Path, wanted: argparse.Namespace) -> int:
    temporary, exports = folder / "temporary", folder / "exports"
    for each in (temporary, exports):
        each.mkdir()
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        os.environ[f"XDG_{name}_HOME"] = str(folder / name.lower())
    tempfile.tempdir = os.environ["TMPDIR"] = str(temporary)
    files = _made(folder)
    application = QApplication(sys.argv[:1])
    theme.dress(application)
    begun = time.monotonic()
    with patch.object(kept_file, "date", TheDay), patch.object(sys, "excepthook", sys.excepthook):
        sitting = Sitting(files, exports, wanted.seed)
        course = run(sitting, CARDS, wanted.operations, begun + wanted.minutes * 60, _tell)
        sitting.leave()
    _tell(_summary(course, sitting, time.monotonic() - begun))
    wrong = [*sitting.errors, *(f"left lying about: {each}" for each in strays(sitting)), *grown(course)]
    for path in files:
        with closing(Database.open(path, PASSWORD)) as database:
            wrong += checks.check(database, backups.anchors(path.parent / "备份", path))
    if wanted.kinds:
        _tell(repr(course.readings[-1].grown_since(course.warm)))
    for sentence in wrong:
        _tell(f"WRONG: {sentence}")
    QSettings(QSettings.Scope.UserScope, "QtProject").sync()  # Qt's dialog of files keeps its place there, late
    application.clipboard().clear()  # Qt's offscreen platform crashes at exit over what Python put there
    return 1 if wrong else 0


def grown(course: Course) -> list[str]:
    """What is held more at the end than after the warm-up, one sentence each."""
    before, after = course.warm, course.readings[-1]
    found = []
    if after.memory - before.memory > MOST_MEMORY:
        found.append(f"memory grew from {before.memory:.0f} to {after.memory:.0f} MB")
    for what, spare in (("handles", 2), ("threads", 2), ("objects", 0), ("timers", 0), ("wrapped", 0)):
        now, then = getattr(after, what), getattr(before, what)  # a dialog of files may leave its threads to Qt a while
        if now > then + spare:
            found.append(f"{what} grew from {then} to {now}: {after.grown_since(before)}")
    return found


def _made(folder: Path) -> tuple[Path, Path]:
    """The sample twice, encrypted."""
    paths = tuple(folder / name / f"{name}党总支.zbtz" for name in ("甲", "乙"))
    for path in paths:
        path.parent.mkdir()
        sample.build(path, THE_DAY, PASSWORD).close()
    return paths[0], paths[1]


def _summary(course: Course, sitting: Sitting, seconds: float) -> str:
    kinds = (
        f"{kind:32} {count:>6}  {course.seconds[kind] / count * 1000:5.0f} ms" for kind, count in course.done.items()
    )
    rest = (
        *(f"lacking {count:>4} × {what}" for what, count in course.lacking.most_common()),
        *(f"refused {count:>4} × {sentence}" for sentence, count in sitting.refused.most_common()),
        f"after the warm-up: {line_of(course.warm)}",
        f"at the end:        {line_of(course.readings[-1])}",
        f"{course.operations} operations in {seconds / 60:.0f} minutes",
    )
    return "\n".join((*kinds, *rest))


def _tell(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
