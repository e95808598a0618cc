"""The recovery sheet is asked for once for each password, of the owner alone."""

from contextlib import closing
from pathlib import Path

import pytest

from models import holders, passwords, recovery_sheets, steps
from models.database import Database
from models.slots import CLERK
from tests import founded
from tests.models.conftest import TODAY

OWN, LI, OTHER = "文件自己的密码一二三", "李秀英记得住的一句话", "换上的新密码四五六"


@pytest.mark.parametrize("way", [recovery_sheets.PRINTED, recovery_sheets.KEPT])
def test_it_is_due_once_for_each_password(tmp_path: Path, way: str) -> None:
    database = founded.make(tmp_path / "甲.zbtz", "甲支部", TODAY, password=OWN)
    assert recovery_sheets.is_due(database)
    assert database.key is not None
    with database.writing(way) as session:
        recovery_sheets.note(session, database.key, way, TODAY)
    assert not recovery_sheets.is_due(database)
    with database.reading() as session:
        assert steps.done(session) == []
    with closing(passwords.change(database, OWN, OTHER)) as changed:
        assert recovery_sheets.is_due(changed)


def test_only_the_owner_is_asked_for_it(tmp_path: Path) -> None:
    path = tmp_path / "甲.zbtz"
    with closing(founded.make(path, "甲支部", TODAY, password=OWN)) as database:
        holders.add(database, "李秀英", CLERK, LI)
    with closing(Database.open(path, LI)) as database:
        assert not recovery_sheets.is_due(database)
    with closing(Database.open(path, OWN, read_only=True)) as database:
        assert not recovery_sheets.is_due(database)
    with closing(founded.make(tmp_path / "乙.zbtz", "乙支部", TODAY)) as database:
        assert not recovery_sheets.is_due(database)
