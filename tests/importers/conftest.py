"""A data file to import into."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from models.database import Database
from tests import founded

TODAY = date(2026, 11, 23)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A plain data file of one branch."""
    with closing(founded.make(tmp_path / "甲支部.zbtz", "甲局第一党支部", TODAY, actor="周丽萍")) as made:
        yield made
