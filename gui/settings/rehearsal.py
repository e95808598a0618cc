"""Trying a backup out: what it holds beside the file of today, chapter by chapter, and what going back would lose."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from gui.ledgers.chapters import offer_help
from gui.parts.cards import button, fill, label, row
from gui.parts.dialog_size import open_at
from gui.parts.ledger_view import LedgerView
from models import since
from models.kinds import TEXT
from models.ledger import Column, Sheet
from models.ledgers import rehearsal
from models.ledgers.wording import TABLES
from models.manifests import Backup
from models.since import Later

_COLUMNS = (
    Column("name", "", TEXT, 20),
    Column("now", "现在的数据", TEXT, 16),
    Column("then", "备份里", TEXT, 16),
    Column("lost", "换成备份，会", TEXT, 26),
)
_OTHER = "和现在不一样"


@dataclass(frozen=True)
class ComparedRow:
    """One figure of the file beside that of a backup, and what going back would do to its records."""

    name: str
    now: str
    then: str
    lost: str = ""


@dataclass(frozen=True)
class Compared:
    """A backup beside the file; `later` is None where the file does not go back to that backup."""

    rows: tuple[ComparedRow, ...]
    later: Mapping[str, Later] | None

    @property
    def words(self) -> str:
        """What going back would lose, in a sentence."""
        if self.later is None:
            return "它和现在的数据不是一条线上的：现在的文件是从更早的备份恢复的，或另有来历。"
        if not self.later:
            return "和现在的数据完全一样。"
        return f"做备份以后又做过：{since.told(self.later)}；换成这份备份，这些就没有了。"


class RehearsalDialog(QDialog):
    """What the file holds and what a backup of it holds, side by side; from here it is brought back too."""

    def __init__(self, path: Path, found: Compared, restore: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        offer_help(self, "backup")
        self.setWindowTitle("演练恢复")
        self.table = LedgerView()
        self.table.show_sheet(
            Sheet("backups", "演练恢复", _COLUMNS, list(found.rows), {}, ("", "", ""), (), "", "portrait")
        )
        self.head = label(f"“{path.name}”能打开，内容完整。{found.words}", wrap=True)
        self.accepted.connect(restore)
        self.restore_button = button("恢复成新文件…", self.accept)
        close = button("知道了", self.reject, primary=True)
        foot = row(1, self.restore_button, close)
        fill(layout := QVBoxLayout(self), self.head, self.table, foot, spacing=12, margins=(18, 16, 18, 14))
        layout.setStretch(1, 1)
        open_at(self, 820, 560)


def compare(present: Any, kept: Any, backup: Backup | None) -> Compared:
    """Lays what the files of two sessions hold side by side: a few figures, then the tables with records in either.

    Tables that going back would change stand before the others.
    """
    figures = zip(rehearsal.figures(present), rehearsal.figures(kept), strict=True)
    rows = [ComparedRow(now.name, now.text, then.text, "" if now == then else _OTHER) for now, then in figures]
    later = since.later(present, backup.anchor) if backup is not None else None
    now, then = since.counts(present), since.counts(kept)
    tables = sorted(
        (table for table in now if now[table] or then[table]), key=lambda table: not later or table not in later
    )
    rows += [ComparedRow(TABLES[each], f"{now[each]} 条", f"{then[each]} 条", _lost(later, each)) for each in tables]
    return Compared(tuple(rows), later)


def _lost(later: Mapping[str, Later] | None, table: str) -> str:
    return later[table].words if later and table in later else ""
