"""The sample for tests: built once in a run for each day, and copied for every test that wants one of its own."""

import os
import shutil
import time
from datetime import date
from functools import cache
from pathlib import Path

from models import files
from models.database import Database
from models.sample import branch as sample

DAY = date(2026, 11, 20)  # for which the sample stands where no other day is wanted
SHARED = "ZHIBU_TESTS_SHARED"  # names the folder that all processes of a run have in common


def build(path: Path, today: date) -> Database:
    """What `sample.build` makes for the day, as a copy at `path`; refuses a path that exists."""
    files.require_free(path)
    shutil.copyfile(_template(today), path)
    return Database.open(path, actor=sample.CLERK)


@cache
def _template(today: date) -> Path:
    """The sample of the day: the process of the run that first wants it makes it, the others wait."""
    path = Path(os.environ[SHARED]) / f"{today}.zbtz"
    begun = path.with_suffix(".begun")
    while not path.exists():
        try:
            begun.touch(exist_ok=False)
        except FileExistsError:
            time.sleep(0.05)
            continue
        try:
            sample.make(path, today, lambda _done, _total: None)
        finally:
            begun.unlink()
    return path
