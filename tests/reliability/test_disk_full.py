"""A full disk: the old files stand, nothing is said to be saved, nothing is left about, and work goes on later."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from models import attachments, backups, checks, founding, passwords
from models.attachments import FOLDER
from models.database import Database
from models.errors import UserError
from models.records.members import members, roster
from models.records.members.members import Member
from models.rules.periods import PartialDate

resource = pytest.importorskip("resource")


@contextmanager
def no_file_over(size: int) -> Iterator[None]:
    """Writing past `size` bytes of any file fails, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def everything(folder: Path) -> dict[str, bytes]:
    """Every file but the lock and journal of an open data file."""
    return {
        str(each.relative_to(folder)): each.read_bytes()
        for each in folder.rglob("*")
        if each.is_file() and not each.name.endswith("-journal")
    }


def bring_in(database, count):
    with database.writing("导入") as session:
        rows = [
            {"name": f"李{number}", "birth_date": PartialDate(1980), "remark": "长" * 300} for number in range(count)
        ]
        roster.save(session, rows)


def attach(database):
    with database.writing("附件") as session:
        attachments.add(session, "凭证.pdf", b"%PDF-1.7" + os.urandom(10_000_000))


def assert_goes_on(path, password):
    with closing(Database.open(path, password)) as database:
        assert checks.check(database) == []
        with database.writing("添加") as session:
            number = members.add(session, {"name": "后来", "birth_date": PartialDate(1980)}).id
        with database.reading() as session:
            assert session.get_one(Member, number).name == "后来"
    assert {each.name for each in path.parent.iterdir()} <= {path.name, FOLDER, "备份"}


def names(database):
    with database.reading() as session:
        return session.scalars(select(Member.name).order_by(Member.id)).all()


@pytest.mark.parametrize("room", [0, 1, 4096, 20_000, 100_000])
def test_saving(lived, password, room):
    before = everything(lived.parent)
    with closing(Database.open(lived, password)) as database:
        known = names(database)
        with no_file_over(lived.stat().st_size + room), pytest.raises(UserError, match="本次没有保存"):
            bring_in(database, 2000)
        assert names(database) == known
        if password is None:  # a page that is written back is encrypted anew
            assert everything(lived.parent) == before
        bring_in(database, 20)
    assert_goes_on(lived, password)


def test_a_small_save_beside_a_full_disk(lived, password):
    with closing(Database.open(lived, password)) as database:
        with no_file_over(0), pytest.raises(UserError, match=r"没有保存|磁盘"):
            bring_in(database, 1)
        with no_file_over(600), pytest.raises(UserError, match=r"没有保存|磁盘"):
            bring_in(database, 1)
    assert_goes_on(lived, password)


def test_attaching(lived, password):
    before = everything(lived.parent)
    with closing(Database.open(lived, password)) as database:
        with no_file_over(1_000_000), pytest.raises(UserError, match="没有存成：磁盘空间不够"):
            attach(database)
        assert everything(lived.parent) == before
        attach(database)
    assert_goes_on(lived, password)


@pytest.mark.parametrize("share", [0, 0.01, 0.5, 0.99])
def test_backing_up(lived, password, share):
    folder = lived.parent / "备份"
    with closing(Database.open(lived, password)) as database:
        backups.make(database, folder)
        before = everything(folder)
        with no_file_over(int(lived.stat().st_size * share)), pytest.raises(UserError, match=r"备份|磁盘"):
            backups.make(database, folder)
        assert everything(folder) == before
        assert checks.check(database) == []
        backups.make(database, folder)
        assert len(backups.backups_in(folder)) == 2
    assert_goes_on(lived, password)


@pytest.mark.parametrize("share", [0, 0.5, 0.99])
def test_bringing_back(lived, password, share):
    with closing(Database.open(lived, password)) as database:
        made = backups.make(database, lived.parent / "备份")
    there = lived.parent / "恢复"
    there.mkdir()
    with no_file_over(int(made.size * share)), pytest.raises(UserError, match="没有恢复成"):
        backups.restore(made.path, there / "甲.zbtz", password)
    assert not (there / "甲.zbtz").exists()
    assert not list(there.glob(".~*"))
    backups.restore(made.path, there / "甲.zbtz", password)
    assert_goes_on(there / "甲.zbtz", password)


@pytest.mark.parametrize("share", [0, 0.5, 0.99])
def test_changing_the_password(lived, password, share):
    before = everything(lived.parent)
    with closing(Database.open(lived, password)) as database:
        with no_file_over(int(lived.stat().st_size * share)), pytest.raises(UserError, match=r"没有改成|磁盘"):
            passwords.change(database, password, "另一句自己记得住的话")
        assert everything(lived.parent) == before
    assert_goes_on(lived, password)


@pytest.mark.parametrize("room", [0, 1000, 40_000])
def test_making_a_file(tmp_path, password, room):
    with no_file_over(room), pytest.raises(UserError, match="磁盘"):
        founding.make(tmp_path / "新.zbtz", "甲局第一党支部", date(2026, 11, 23), password=password)
    assert list(tmp_path.iterdir()) == []
