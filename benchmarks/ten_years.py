"""A file of a general branch that a script fills, mostly with ten years: made once and copied for each benchmark."""

import hashlib
import shutil
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from models import founding
from models.base import Base
from models.records import chapters
from models.records.members import organisation

YEARS = range(2017, 2027)
TODAY = date(2026, 12, 31)
PASSWORD = "十年的组织生活"


def kept(script: Path, fill: Callable[[Session], None], password: str | None = PASSWORD) -> Path:
    """The file that `fill` of `script` fills, among the temporary files; another script or other tables make another.

    Without a password it is a plain one.
    """
    assert chapters.CHAPTERS  # all tables are known
    tables = [(table.name, sorted(column.name for column in table.columns)) for table in Base.metadata.sorted_tables]
    made_for = hashlib.sha256(repr(tables).encode() + script.read_bytes()).hexdigest()[:12]
    sort = "" if password else "plain-"
    path = Path(tempfile.gettempdir()) / f"zhibu-{script.stem}-{sort}{made_for}.zbtz"
    if not path.exists():
        kind, name = organisation.GENERAL_BRANCH, "某局机关党总支"
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            aside = Path(folder) / "制作.zbtz"
            made = founding.make(aside, name, TODAY, kind, password=password)
            with closing(made), made.writing("十年") as session:
                fill(session)
            shutil.move(aside, path)
    return path


def copy_of(folder: Path, script: Path, fill: Callable[[Session], None]) -> Path:
    """A copy in `folder` of the encrypted file that `fill` of `script` fills."""
    return Path(shutil.copy(kept(script, fill), folder / "十年.zbtz"))
