"""A data file to try things on, and what a process that died left beside one."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from models import files
from models.database import Database
from tests import founded

TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
PASSWORD = "一句自己记得住的话"


@pytest.fixture(params=[None, PASSWORD], ids=["plain", "encrypted"])
def password(request: pytest.FixtureRequest) -> str | None:
    return request.param


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A plain data file of one branch."""
    with closing(founded.make(tmp_path / "甲支部.zbtz", "甲局第一党支部", TODAY, actor="周丽萍")) as made:
        yield made


@pytest.fixture
def either(tmp_path: Path, password: str | None) -> Iterator[Database]:
    """The same, once plain and once encrypted."""
    path = tmp_path / "甲支部.zbtz"
    with closing(founded.make(path, "甲局第一党支部", TODAY, password=password, actor="周丽萍")) as made:
        yield made


@pytest.fixture(scope="session")
def dead() -> int:
    """The number of a process that has just ended."""
    child = subprocess.Popen([sys.executable, "-I", "-S", "-c", ""])
    assert child.wait(60) == 0
    return child.pid


@pytest.fixture
def dead_name(dead: int, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a process that has ended would have named a file that it wrote aside."""
    with monkeypatch.context() as patch:
        patch.setattr(os, "getpid", lambda: dead)
        return files.aside_of(Path("甲支部.zbtz")).name
