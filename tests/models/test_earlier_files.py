"""What an upgrade left beside a data file: found, kept twice, copied out whole, and removed everywhere."""

import os
from pathlib import Path

import pytest

from models import attachments, earlier_files
from models.database import Database
from models.errors import UserError

NINE = 1_700_000_000
PDF = b"%PDF-1.4 a voucher"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "备份"


@pytest.fixture
def left(database: Database) -> Path:
    """A file of schema 2 as it stayed beside the present one."""
    made = database.path.with_name(f"{database.path.stem}.格式2.zbtz")
    made.write_bytes(b"as it was" * 1000)
    os.utime(made, (NINE, NINE))
    return made


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_only_what_an_upgrade_of_this_very_file_left_is_found(database: Database, folder: Path, left: Path) -> None:
    again = left.with_name("甲支部.格式1-0123abcd.zbtz")
    again.write_bytes(b"SQLite format 3\0")
    for other in (
        "甲支部.格式.zbtz",
        "甲支部.格式二.zbtz",
        "乙支部.格式2.zbtz",
        "甲支部.格式2.txt",
        "甲支部2.格式2.zbtz",
    ):
        left.with_name(other).write_bytes(b"another")
    left.with_name("甲支部.格式9.zbtz").mkdir()
    newest, oldest = earlier_files.earlier_files(database.path, [folder])
    assert (newest.places, newest.schema, newest.size, newest.encrypted) == ((left,), 2, 9000, True)
    assert newest.saved_at.timestamp() == NINE
    assert (oldest.places, oldest.schema, oldest.encrypted) == ((again,), 1, False)


def test_a_copy_goes_into_the_folder_once_and_counts_as_the_same(database: Database, folder: Path, left: Path) -> None:
    for _ in range(2):
        earlier_files.keep_copies(database.path, folder)
    assert names(folder) == [left.name]
    (kept,) = earlier_files.earlier_files(database.path, [folder])
    assert kept.places == (left, folder / left.name)
    left.unlink()
    (kept,) = earlier_files.earlier_files(database.path, [folder, folder])
    assert (kept.places, kept.saved_at.timestamp()) == ((folder / left.name,), NINE)


def test_that_of_another_file_of_the_same_name_stays_and_is_another(
    database: Database, folder: Path, left: Path
) -> None:
    folder.mkdir()
    (folder / left.name).write_bytes(b"another's")
    for _ in range(2):
        earlier_files.keep_copies(database.path, folder)
    assert len(names(folder)) == 2
    assert (folder / left.name).read_bytes() == b"another's"
    assert len(earlier_files.earlier_files(database.path, [folder])) == 2


def test_it_is_copied_out_with_its_scans(database: Database, left: Path, tmp_path: Path) -> None:
    with database.writing("凭证") as session:
        stored = attachments.add(session, "凭证.pdf", PDF).stored
    (tmp_path / "带走").mkdir()
    target = tmp_path / "带走" / "退回.zbtz"
    (kept,) = earlier_files.earlier_files(database.path, [])
    earlier_files.copy_out(kept, target)
    assert target.read_bytes() == left.read_bytes()
    assert names(target.parent / "附件") == [stored]
    assert names(target.parent) == ["退回.zbtz", "附件"]
    with pytest.raises(UserError, match="已经存在"):
        earlier_files.copy_out(kept, target)


def test_one_that_is_gone_meanwhile_is_told_and_leaves_nothing(database: Database, left: Path, tmp_path: Path) -> None:
    (kept,) = earlier_files.earlier_files(database.path, [])
    left.unlink()
    (tmp_path / "带走").mkdir()
    with pytest.raises(UserError, match="没有复制成"):
        earlier_files.copy_out(kept, tmp_path / "带走" / "退回.zbtz")
    assert names(tmp_path / "带走") == []


def test_it_goes_everywhere(database: Database, folder: Path, left: Path) -> None:
    earlier_files.keep_copies(database.path, folder)
    (kept,) = earlier_files.earlier_files(database.path, [folder])
    earlier_files.remove(kept)
    assert earlier_files.earlier_files(database.path, [folder]) == []
    assert database.path.exists()
    earlier_files.keep_copies(database.path, folder)
    assert names(folder) == []


def test_a_folder_that_cannot_be_written_is_said(database: Database, folder: Path, left: Path) -> None:
    folder.touch()
    with pytest.raises(UserError, match="升级以前的"):
        earlier_files.keep_copies(database.path, folder)
