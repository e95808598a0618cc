"""A backup of what was, before much is changed at once."""

from pathlib import Path

from models import backups, manifests, trail
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
