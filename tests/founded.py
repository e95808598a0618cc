"""New data files for tests: each sort founded once, and copied for every test that wants one of its own."""

from contextlib import closing
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from models import founding, keys
from models.database import Database
from models.keys import FileKey
from models.records.members import organisation


def make(
    path: Path,
    name: str,
    today: date,
    kind: str = organisation.BRANCH,
    password: str | None = None,
    actor: str = "",
) -> Database:
    """What `founding.make` makes, as a copy of the first one like it."""
    content, key = _founded(name, today, kind, password, actor, keys._COST)
    path.write_bytes(content)
    return Database(path, key, actor)


@cache
def _founded(
    name: str, today: date, kind: str, password: str | None, actor: str, _cost: int
) -> tuple[bytes, FileKey | None]:
    """A new file and its key, which depends on what a guess of the password costs at the time."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "新.zbtz"
        with closing(founding.make(path, name, today, kind, password=password, actor=actor)) as made:
            return path.read_bytes(), made.key
