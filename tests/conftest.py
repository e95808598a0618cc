"""What holds for every test: no screen, and no folder of the person who runs them."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

_OWN_FOLDERS = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DOCUMENTS_DIR")
_SLOW_SECONDS = 900


def pytest_configure(config: pytest.Config) -> None:
    """Chooses Qt's platform before anything asks for it."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ.pop("QT_IM_MODULE", None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Gives slow tests their time however they are started: one cut off in a law says that the law is flaky."""
    for item in items:
        if item.get_closest_marker("slow") and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(_SLOW_SECONDS))


@pytest.fixture(autouse=True, scope="session")
def _no_folder_of_the_person(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in _OWN_FOLDERS:
            patch.setenv(name, str(home / name.lower()))
        patch.setenv("HOME", str(home))
        yield home
