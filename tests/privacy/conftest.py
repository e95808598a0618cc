"""The file with canaries, made once."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from models.database import Database
from tests.privacy import canaries
from tests.privacy.canaries import Known


@pytest.fixture(scope="package")
def known(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Known:
    """A plain file in which every canary sits."""
    path = tmp_path_factory.mktemp("canaries") / "台账.zbtz"
    shutil.copyfile(sample_file, path)
    return canaries.plant(path)


@pytest.fixture
def opened(known: Known) -> Iterator[Database]:
    """The file with canaries, only to be read."""
    with closing(Database.open(known.path, read_only=True)) as database:
        yield database


@pytest.fixture
def own(known: Known, tmp_path: Path) -> Iterator[Database]:
    """A copy of one's own."""
    path = tmp_path / "数据" / "台账.zbtz"
    shutil.copytree(known.path.parent, path.parent)
    with closing(Database.open(path, actor="周丽萍")) as database:
        yield database
