"""A backup before much is changed: one is enough while nothing was done, and it is of this very file."""

import shutil
from contextlib import closing

import pytest

from models import backups, fresh_backup
from models.database import Database
from models.records.members import members
from models.rules.periods import PartialDate


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "备份"


def add(database):
    with database.writing("添加") as session:
        members.add(session, {"name": "李秀英", "birth_date": PartialDate(1980)})


def test_one_is_made_only_where_something_was_done_since(either, folder):
    first = fresh_backup.fresh(either, folder)
    assert fresh_backup.fresh(either, folder) == first
    add(either)
    second = fresh_backup.fresh(either, folder)
    assert second.path != first.path
    assert second.anchor.length > first.anchor.length
    assert backups.backups_in(folder) == [second, first]


def test_that_of_another_file_of_the_same_name_does_not_count(either, folder, tmp_path):
    (tmp_path / "乙").mkdir()
    copy = shutil.copyfile(either.path, tmp_path / "乙" / either.path.name)
    with closing(Database.with_key(copy, either.key)) as other:
        theirs = fresh_backup.fresh(other, folder)
    assert fresh_backup.fresh(either, folder).path != theirs.path


def test_one_that_lost_its_size_does_not_count(either, folder):
    spoilt = fresh_backup.fresh(either, folder)
    spoilt.path.write_bytes(b"")
    assert fresh_backup.fresh(either, folder).path != spoilt.path
