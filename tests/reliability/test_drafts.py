"""Minutes on a bad day: killed while typing, the draft is there again; on a full disk nothing is lost either."""

import os
import random
import subprocess
import sys
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from models import checks, keys
from models.database import Database
from models.errors import UserError
from models.records.life import activity_files, drafts, recording
from models.records.life.activity_files import PHOTO
from models.records.members import organisation
from tests.reliability.conftest import TODAY
from tests.reliability.test_disk_full import assert_goes_on, everything, no_file_over
from tests.reliability.test_kill import found

PROJECT = Path(__file__).resolve().parents[2]
TYPIST = Path(__file__).with_name("typist.py")
KILLS = 4
FULL_COST = keys._COST  # before the keys of the tests are made quick
AT = datetime(2026, 11, 23, 10, 32)


def begin(path: Path, password: str | None) -> int:
    """The number of a record that was begun in a file."""
    with closing(Database.open(path, password)) as database, database.writing("记录") as session:
        node = organisation.branches(session)[0].id
        return recording.begin(session, node, "theme_day", TODAY, TODAY, {}).id


def type_and_kill(path: Path, number: int, password: str | None, seed: int) -> list[int]:
    """The lengths of text that were said to be kept before the end came."""
    command = [sys.executable, str(TYPIST), str(path), str(number), *([password] if password else [])]
    environment = os.environ | {"PYTHONPATH": str(PROJECT), "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as typist:
        assert typist.stdout is not None
        assert typist.stdout.readline() == "ready\n"
        time.sleep(random.Random(seed).uniform(0.5, 1.0))
        typist.kill()
        return [int(line) for line in typist.stdout.read().splitlines()]


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
def test_what_was_kept_of_the_typing_is_there_after_a_kill(tmp_path, password, monkeypatch):
    monkeypatch.setattr(keys, "_COST", FULL_COST)  # as in the other process
    path = tmp_path / "甲.zbtz"
    found(path, password)
    number, before = begin(path, password), 0
    for seed in range(KILLS):
        kept = type_and_kill(path, number, password, seed)
        assert len(kept) > 1
        assert kept[-1] > kept[0] > before  # it went on from the draft that was there
        with closing(Database.open(path, password)) as database:
            assert checks.check(database) == []
            with database.reading() as session:
                draft = drafts.find(session, number)
                assert draft is not None
                assert not draft.outdated
                before = len(draft.content["text"])
                assert before >= kept[-1]


def test_a_draft_on_a_full_disk_leaves_the_one_before(lived, password):
    number = begin(lived, password)
    with closing(Database.open(lived, password)) as database:
        with database.writing("草稿") as session:
            drafts.keep(session, number, {"text": "一"}, AT)
        with no_file_over(0), pytest.raises(UserError, match=r"没有保存|磁盘"), database.writing("草稿") as session:
            drafts.keep(session, number, {"text": "二" * 50_000}, AT)
        with database.reading() as session:
            draft = drafts.find(session, number)
            assert draft is not None
            assert draft.content == {"text": "一"}
        with database.writing("草稿") as session:
            drafts.keep(session, number, {"text": "二" * 50_000}, AT)
    assert_goes_on(lived, password)


def test_photographs_on_a_full_disk_are_kept_all_or_none(lived, password, tmp_path):
    number = begin(lived, password)
    photos = {tmp_path / f"{place}.png": PHOTO for place in range(3)}
    for place, photo in enumerate(photos):
        photo.write_bytes(b"\x89PNG\r\n\x1a\n" + os.urandom(400_000 * (place + 1)))
    before = everything(lived.parent)
    with closing(Database.open(lived, password)) as database:
        with (
            no_file_over(1_000_000),
            pytest.raises(UserError, match=r"“2\.png”没有存成：磁盘空间不够"),
            database.writing("附件") as session,
        ):
            activity_files.attach(session, number, photos)
        assert everything(lived.parent) == before
        with database.writing("附件") as session:
            activity_files.attach(session, number, photos)
        with database.reading() as session:
            assert [each.name for each in activity_files.files_of(session, number)] == ["0.png", "1.png", "2.png"]
    assert_goes_on(lived, password)
