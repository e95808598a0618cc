"""The sample for tests: built once for each day, and copied for every test that wants one of its own."""

import atexit
import shutil
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from models import sample
from models.database import Database


def build(path: Path, today: date) -> Database:
    """What `sample.build` makes for the day, as a copy at `path`."""
    shutil.copyfile(_template(today), path)
    return Database.open(path, actor=sample.CLERK)


@cache
def _template(today: date) -> Path:
    folder = Path(mkdtemp(prefix="sample-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "示例.zbtz"
    sample.build(path, today).close()
    return path
