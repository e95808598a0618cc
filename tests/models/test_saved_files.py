"""Data files that earlier versions of the program saved open whole, and go on."""

import gzip
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from models import checks
from models.database import Database
from models.migrations import SCHEMA
from models.records.life import activities, attendance
from models.records.members import organisation
from models.records.members.members import Member

SAVED = sorted((Path(__file__).parent.parent / "data" / "files").glob("格式*.zbtz.gz"))


def test_there_is_a_saved_file_of_every_earlier_schema() -> None:
    assert [path.name for path in SAVED] == [f"格式{number}.zbtz.gz" for number in range(1, SCHEMA)]


@pytest.mark.parametrize("saved", SAVED, ids=lambda path: path.name.split(".")[0])
def test_a_file_of_an_earlier_schema_opens_whole(saved: Path, tmp_path: Path) -> None:
    """Each was saved by the program of its time: three members, a committee, assessments, a month with a payment."""
    path = tmp_path / "旧.zbtz"
    path.write_bytes(gzip.decompress(saved.read_bytes()))
    with closing(Database.open(path, actor="周丽萍")) as opened:
        assert checks.check(opened) == []
        with opened.writing("开会") as session:
            assert [member.name for member in session.scalars(select(Member))] == ["张红卫", "周丽萍", "林小满"]
            root = organisation.root(session)
            held = activities.begin(session, root.id, "general_meeting", date(2026, 11, 10), date(2026, 11, 12))
            assert attendance.counts(session, [held.id])[held.id].voting == 2
        assert checks.check(opened) == []
    assert path.with_name(f"旧.{saved.name.split('.')[0]}.zbtz").exists()
