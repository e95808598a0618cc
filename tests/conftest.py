"""What holds for every test: no screen, and no folder of the person who runs them."""

import gc
import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import mkdtemp

import pytest

from models import keys
from models.database import Database
from tests import night, samples

_OWN_FOLDERS = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DOCUMENTS_DIR")
_SLOW_SECONDS = 900


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--more", type=int, default=1, help="as many times the trials of slow tests, for a night")


def pytest_configure(config: pytest.Config) -> None:
    """Chooses Qt's platform before anything asks for it, and the folder that the processes of the run share."""
    os.environ[night.KNOWN_AS] = str(config.getoption("more"))
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ.pop("QT_IM_MODULE", None)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # every worker and every child would compile all anew
    if samples.SHARED not in os.environ:
        shared = os.environ[samples.SHARED] = mkdtemp(prefix="tests-")
        config.add_cleanup(lambda: shutil.rmtree(shared))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Gives slow tests their time however they are started: one cut off in a law says that the law is flaky."""
    for item in items:
        if item.get_closest_marker("slow") and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(_SLOW_SECONDS * config.getoption("more")))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Garbage is not looked for among thousands of tests and all that was imported, which stay to the end."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def _no_folder_of_the_person(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in _OWN_FOLDERS:
            patch.setenv(name, str(home / name.lower()))
        patch.setenv("HOME", str(home))
        yield home


@pytest.fixture(autouse=True, scope="session")
def _quick_keys() -> Iterator[None]:
    """Derives keys in no time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "_COST", 2**4)
        yield


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented general branch, made once; take `sample` for a file of one's own."""
    path = tmp_path_factory.mktemp("sample") / "示例.zbtz"
    samples.build(path, samples.DAY).close()
    return path


@pytest.fixture
def sample(sample_file: Path, tmp_path: Path) -> Iterator[Database]:
    """A fresh copy of the invented general branch."""
    path = tmp_path / "示例.zbtz"
    shutil.copyfile(sample_file, path)
    with closing(Database.open(path, actor="周丽萍")) as database:
        yield database
