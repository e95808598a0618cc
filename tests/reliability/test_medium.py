"""Real disks that are too small, only read or pulled out: one sentence, nothing lost, and work goes on afterwards."""

import os
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from exporters import excel, pdf
from models import access, backups, checks
from models.access import Standing
from models.database import Database
from models.errors import ReadOnlyError, UserError
from models.records.members import members
from models.rules.periods import PartialDate
from tests.exporters import sheets
from tests.reliability import mounts
from tests.reliability.test_disk_full import assert_goes_on, attach, bring_in, everything, names

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs mounts of its own"),
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]

NOW = datetime(2026, 11, 23, 10, 32)


@pytest.fixture
def alone() -> Callable[[Callable[[], None]], None]:
    """Runs a part of the test in a child with mounts of its own."""
    if not mounts.can_mount():
        pytest.skip("no mounts of one's own here")

    def run(job: Callable[[], None]) -> None:
        said = mounts.alone(job)
        assert not said, said

    return run


def add(database: Database, name: str) -> None:
    with database.writing("添加") as session:
        members.add(session, {"name": name, "birth_date": PartialDate(1980)})


def back_up_often(database: Database, folder: Path) -> None:
    for _ in range(4):
        backups.make(database, folder)


def copied(lived: Path, folder: Path) -> Path:
    for each in lived.parent.rglob("*"):
        if each.is_file():
            target = folder / each.relative_to(lived.parent)
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(each.read_bytes())
    return folder / lived.name


def test_a_disk_that_fills(lived, password, tmp_path, alone):
    def job() -> None:
        disk = tmp_path / "小盘"
        mounts.small_disk(disk, 3 * 2**20)
        path = copied(lived, disk)
        with closing(Database.open(path, password)) as database:
            before, known = everything(disk), names(database)
            with pytest.raises(UserError, match=r"磁盘已满，本次没有保存|读写磁盘出错.*没有保存"):
                bring_in(database, 3000)
            with pytest.raises(UserError, match="没有存成：磁盘空间不够"):
                attach(database)
            with pytest.raises(UserError, match=r"备份没有做成.*磁盘空间不够|磁盘已满|读写磁盘出错"):
                back_up_often(database, disk / "备份")
            assert names(database) == known
            if password is None:
                assert {name: everything(disk)[name] for name in before} == before
        assert not list(disk.rglob(".~*"))
        assert_goes_on(path, password)

    alone(job)


@pytest.mark.parametrize("writer", [excel, pdf], ids=["excel", "pdf"])
def test_an_export_to_a_disk_that_fills(tmp_path, alone, writer):
    def job() -> None:
        disk = tmp_path / "小盘"
        mounts.small_disk(disk, 64 * 2**10)
        target, filler = disk / "表.bin", disk / "别的"
        target.write_bytes(b"old")
        filler.write_bytes(bytes(os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize))
        with pytest.raises(UserError, match=r"磁盘空间不够，“表\.bin”没有存成；原有的文件没有动"):
            writer.write(sheets.texts(["文" * 300]), target)
        assert {each.name: each.stat().st_size for each in disk.iterdir()} == {
            "表.bin": 3,
            "别的": filler.stat().st_size,
        }
        filler.unlink()
        writer.write(sheets.texts(["文" * 300]), target)
        assert target.stat().st_size > 3000

    alone(job)


def test_no_room_for_temporary_files(lived, password, tmp_path, alone):
    """The program puts nothing there that it could not do without."""

    def job() -> None:
        disk = tmp_path / "临时"
        mounts.small_disk(disk, 4096)
        (disk / "满").write_bytes(bytes(4096))
        tempfile.tempdir = str(disk)
        with closing(Database.open(lived, password)) as database:
            bring_in(database, 500)
            backups.make(database, lived.parent / "备份")
            assert checks.check(database) == []
        excel.write(sheets.texts(["文"]), tmp_path / "表.xlsx")
        pdf.write(sheets.texts(["文"]), tmp_path / "表.pdf")
        assert [each.name for each in disk.iterdir()] == ["满"]

    alone(job)


def test_a_medium_that_is_only_read(lived, password, tmp_path, alone):
    def job() -> None:
        place = tmp_path / "光盘"
        before = everything(lived.parent)
        mounts.stick(lived.parent, place, read_only=True)
        opened = access.open_file(place / lived.name, password, "周丽萍", NOW)
        assert opened.standing is Standing.MEDIUM
        assert "不能写入，只能查看" in opened.sentence
        assert len(names(opened.database)) == 20
        with pytest.raises(ReadOnlyError):
            add(opened.database, "某")
        assert backups.make(opened.database, tmp_path / "备份").sound
        with pytest.raises(UserError, match=r"备份没有做成.*只能读不能写"):
            backups.make(opened.database, place / "备份")
        opened.close()
        assert everything(lived.parent) == before

    alone(job)


def test_a_stick_that_is_pulled_out_and_put_back(lived, password, tmp_path, alone):
    def job() -> None:
        place = tmp_path / "优盘"
        mounts.stick(lived.parent, place)
        path = place / lived.name
        with closing(Database.open(path, password)) as database:
            add(database, "拔出以前")
            mounts.pull_out(place)
            with pytest.raises(UserError, match="没有保存"):
                add(database, "拔出以后")
            with pytest.raises(UserError, match=r"替换或移走|打不开"):
                names(database)
            with pytest.raises(UserError, match=r"备份|替换或移走|打不开"):
                backups.make(database, tmp_path / "备份")
            assert list(place.iterdir()) == []
            mounts.stick(lived.parent, place)
            add(database, "放回以后")
            assert names(database)[-2:] == ["拔出以前", "放回以后"]
        assert_goes_on(path, password)

    alone(job)
