"""A small file that has lived a little, to be treated badly."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from models import attachments, founding, keys
from models.database import Database
from models.records.dues import assessments, months, payments, remittances
from models.records.dues.payments import Collection
from models.records.members import members
from models.rules.periods import Month, PartialDate

TODAY = date(2026, 11, 23)
NOVEMBER = Month(2026, 11)
NAME = "甲支部.zbtz"
PASSWORD = "一句自己记得住的话"


@pytest.fixture(autouse=True, scope="session")
def _quick_keys() -> Iterator[None]:
    """Derives keys in no time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "_COST", 2**4)
        yield


@pytest.fixture(scope="session", params=[None, PASSWORD], ids=["plain", "encrypted"])
def password(request: pytest.FixtureRequest) -> str | None:
    return request.param


@pytest.fixture(scope="session")
def more(request: pytest.FixtureRequest) -> int:
    """How many times as many trials as usual are wanted."""
    return request.config.getoption("more")


@pytest.fixture(params=["few", pytest.param("all", marks=pytest.mark.slow)])
def few(request: pytest.FixtureRequest) -> Callable[[Sequence[Any], int], Sequence[Any]]:
    """Picks so many of a row of trials, evenly; in the slow group it takes them all."""
    if request.param == "all":
        return lambda trials, _number: trials
    return lambda trials, number: trials[:: -(-len(trials) // number)]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, password: str | None) -> Path:
    """The folder of a closed file: twenty members, a month collected and handed up, a scan."""
    folder = tmp_path_factory.mktemp("made")
    with closing(founding.make(folder / NAME, "甲局第一党支部", TODAY, password=password)) as database:
        live(database)
    assert sorted(each.name for each in folder.iterdir()) == [NAME, attachments.FOLDER]
    return folder


def live(database: Database) -> None:
    with database.writing("登记") as session:
        for number in range(20):
            born = PartialDate(1980, 1 + number % 12)
            group = f"第{1 + number % 3}党小组"
            values = {"name": f"张{number}", "birth_date": born, "group": group, "phone": f"{10000000000 + number}"}
            member = members.add(session, values)
            assessments.save_one(session, member.id, {"dues_category": "在职", "dues_base": Decimal(7000 + number)})
        months.open_month(session, NOVEMBER, TODAY)
    with database.writing("收缴") as session:
        payments.collect_all(session, NOVEMBER, Collection(TODAY), range(1, 19))
        payments.reverse(session, 3, "误记", TODAY)
    with database.writing("上缴") as session:
        remittances.remit(session, NOVEMBER, TODAY, "20261123")
        attachments.add(session, "凭证.pdf", b"%PDF-1.7" + bytes(5000))
    for number in range(1, 20):
        with database.writing("修改") as session:
            members.change(session, number, {"remark": f"第 {number} 次"})


@pytest.fixture
def lived(made: Path, tmp_path: Path) -> Path:
    """The path of a copy of that file, with its scan, to be treated badly."""
    folder = tmp_path / "数据"
    shutil.copytree(made, folder)
    return folder / NAME
