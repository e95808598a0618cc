"""Backups of what was: before much is changed at once, and from before the file was brought to a newer format."""

import shutil
from glob import escape
from pathlib import Path

from models import backups, files, manifests, trail
from models.database import Database
from models.manifests import Backup


def fresh(database: Database, folder: Path) -> Backup:
    """The newest backup of an open file in `folder` where nothing was done since, else one made now."""
    with database.reading() as session:
        present = trail.anchor(session)
    origin = manifests.origin_of(database.path)
    for kept in backups.backups_in(folder, database.path.stem):
        if kept.origin == origin and kept.whole and kept.sound and kept.anchor == present:
            return kept
    return backups.make(database, folder)


def older(path: Path) -> list[Path]:
    """The files that stayed beside the one at `path` when it was brought to a newer format."""
    return sorted(path.parent.glob(f"{escape(path.stem)}.格式*{escape(path.suffix)}"))


def keep_older(path: Path, folder: Path) -> None:
    """Copies those into the folder of backups too, byte for byte; UserError where that fails."""
    for kept in older(path):
        target, aside = folder / kept.name, files.aside_of(folder / kept.name)
        if target.exists():
            continue
        with files.refusing(f"升级以前的“{kept.name}”没有复制到“{folder}”"):
            folder.mkdir(parents=True, exist_ok=True)
            try:
                shutil.copyfile(kept, aside)
                files.flush(aside)
                if files.digest(aside) == files.digest(kept):
                    files.put_new(aside, target)
            finally:
                aside.unlink(missing_ok=True)
