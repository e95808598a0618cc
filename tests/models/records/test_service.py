"""Task forces and honourable retirements: what is refused, and that nothing is left of it."""

from datetime import date

import pytest
from sqlalchemy import func, select

from models.database import Database
from models.errors import FieldError
from models.records.members import members, service
from models.records.members.service import Retirement, Secondment
from tests.people import id_number

DAY = date(2026, 9, 30)


@pytest.fixture
def qian(database: Database) -> Database:
    """One member."""
    with database.writing("加人") as session:
        members.add(session, {"name": "钱永年", "id_number": id_number("1966-07-08")})
    return database


def test_a_member_retires_once(qian: Database) -> None:
    with qian.writing("荣退") as session:
        service.retire(session, 1, {"retired_on": DAY})
    with (
        pytest.raises(FieldError, match="钱永年已经登记过荣退（2026-09-30），请修改那一条。"),
        qian.writing("荣退") as session,
    ):
        service.retire(session, 1, {"retired_on": date(2026, 10, 1)})
    with qian.writing("更正") as session:
        service.change_retirement(session, 1, {"retired_on": date(2026, 10, 1)})
    with qian.reading() as session:
        assert session.scalars(select(Retirement.retired_on)).all() == [date(2026, 10, 1)]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"since": DAY}, "body"),
        ({"body": "乡村振兴专班"}, "since"),
        ({"body": "乡村振兴专班", "since": DAY, "until": date(2026, 9, 1)}, "until"),
    ],
)
def test_a_secondment_needs_its_task_force_and_days_in_order(
    qian: Database, values: dict[str, object], field: str
) -> None:
    with pytest.raises(FieldError) as refused, qian.writing("抽调") as session:
        service.second(session, 1, values)
    assert refused.value.field == field
    with qian.reading() as session:
        assert session.scalar(select(func.count()).select_from(Secondment)) == 0
