"""What a killed process wrote aside goes at the next opening; what anybody else put there stays."""

import os
import time
from pathlib import Path

import pytest

from exporters.files import replacing
from models import files, leftovers, places
from models.database import Database

DAY = 24 * 60 * 60
FOREIGN = [
    ".~lock.花名册.xlsx#",  # LibreOffice's
    "~$花名册.xlsx",  # Office's
    ".~.tmp",
    ".~0123456789abcdef.tmp.bak",
    ".~0123456789ABCDEF.tmp",
    "0123456789abcdef.tmp",
    ".~0123456789abcdef0123456789abcdef0123.tmp",
]


def put(folder: Path, name: str, days: float = 0) -> Path:
    path = folder / name
    path.write_bytes("张红卫".encode())
    then = time.time() - days * DAY
    os.utime(path, (then, then))
    return path


@pytest.fixture
def live_name() -> str:
    return files.aside_of(Path("甲支部.zbtz")).name


def test_opening_clears_what_the_dead_left(either: Database, password: str | None, dead_name: str) -> None:
    folder = either.path.parent
    for ending in ("", *files.JOURNALS):
        put(folder, dead_name + ending)
    either.close()
    Database.open(either.path, password, read_only=True).close()
    assert len(list(folder.glob(".~*"))) == 4, "whoever only looks clears nothing"
    Database.open(either.path, password).close()
    assert not list(folder.glob(".~*"))


def test_a_wrong_password_clears_nothing(tmp_path: Path, dead_name: str) -> None:
    Database.create(tmp_path / "甲.zbtz", "一句自己记得住的话").close()
    left = put(tmp_path, dead_name)
    with pytest.raises(Exception, match="密码不对"):
        Database.open(tmp_path / "甲.zbtz", "另外一句话也不短")
    assert left.exists()


def test_what_the_living_write_stays_however_old(tmp_path: Path, live_name: str) -> None:
    left = put(tmp_path, live_name, days=400)
    leftovers.clear(tmp_path)
    assert left.exists()


@pytest.mark.parametrize("name", FOREIGN)
def test_what_is_not_ours_stays(tmp_path: Path, name: str) -> None:
    left = put(tmp_path, name, days=400)
    leftovers.clear(tmp_path)
    assert left.exists()


@pytest.mark.parametrize("name", [".~0123456789abcdef.tmp", ".~ffffffff000000010123456789abcdef.tmp-journal"])
def test_what_nobody_here_can_tell_dead_stays_a_day(tmp_path: Path, name: str) -> None:
    """Of an earlier version, and of another computer."""
    left = put(tmp_path, name, days=0.9)
    leftovers.clear(tmp_path)
    assert left.exists()
    put(tmp_path, name, days=1.1)
    leftovers.clear(tmp_path)
    assert not left.exists()


def test_on_a_share_only_its_age_counts(tmp_path: Path, dead_name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "on_network", lambda _path: True)
    left = put(tmp_path, dead_name)
    leftovers.clear(tmp_path)
    assert left.exists()
    put(tmp_path, dead_name, days=1.1)
    leftovers.clear(tmp_path)
    assert not left.exists()


def test_a_folder_goes_with_all_in_it_and_a_link_is_not_followed(tmp_path: Path, dead_name: str) -> None:
    """A folder of files to be sent is written aside too."""
    kept = tmp_path / "原件"
    kept.mkdir()
    put(kept, "花名册.xlsx")
    (tmp_path / dead_name).mkdir()
    (tmp_path / dead_name / "链接").symlink_to(kept)
    link = tmp_path / f"{dead_name}-wal"
    link.symlink_to(kept)
    leftovers.clear(tmp_path)
    assert not (tmp_path / dead_name).exists()
    assert link.is_symlink()
    assert (kept / "花名册.xlsx").exists()


def test_an_export_clears_what_another_left(tmp_path: Path, dead_name: str) -> None:
    left = put(tmp_path, dead_name)
    with replacing(tmp_path / "花名册.csv", lambda _path: None) as file:
        file.write(b"1")
    assert not left.exists()
    assert [each.name for each in tmp_path.iterdir()] == ["花名册.csv"]


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    leftovers.clear(tmp_path / "没有")
