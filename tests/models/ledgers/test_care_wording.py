"""Every table and column of care has its Chinese words in the trail, and illness, income and accounts stay out."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import Table, select

from models import trail
from models.audit import Change
from models.base import Base
from models.database import Database
from models.ledgers import wording
from models.ledgers.trail import lines_of
from models.ledgers.wording import TABLES, Names, about, column_title, differences
from models.records.care import cases as care_cases
from models.records.care import rounds as care_rounds
from models.records.care.rounds import Chosen
from models.records.members import members

TODAY = date(2026, 11, 20)
CANARY = "青山鹦鹉"
_BEGINNINGS = ("care_", "household_", "donation", "pairing", "registrations", "service_entries")
CARE = [table for table in Base.metadata.sorted_tables if table.name.startswith(_BEGINNINGS)]


def test_there_are_tables_to_look_at() -> None:
    assert trail.record_types()
    assert len(CARE) > 15


@pytest.mark.parametrize("table", CARE, ids=lambda table: table.name)
def test_no_table_and_no_column_shows_its_english_name(table: Table) -> None:
    assert TABLES[table.name].isascii() is False
    for column in table.columns:
        if column.name in ("id", "version"):
            continue
        title = column_title(table.name, column.name)
        assert not any(letter.isascii() and letter.isalpha() for letter in title), column.name
        assert column.name in wording._BY_TABLE[table.name], column.name


def test_a_case_and_a_gift_are_told_without_illness_income_and_account(sample: Database) -> None:
    with sample.writing("登记") as session:
        member = members.find(session, "刘洋")
        given = {"sort": "困难党员", "health": CANARY, "detail": CANARY, "measures": CANARY, "low_income": True}
        case = care_cases.apply(session, given, TODAY, TODAY, member.id)
        care_cases.add_relative(session, case.id, {"relation": "母亲", "name": "刘母", "health": CANARY})
        care_cases.add_income(session, case.id, {"source": "工资", "amount": Decimal("76543.21")})
        number = care_rounds.begin(session, {"festival": "春节", "year": 2027}).id
        gift = care_rounds.choose(session, number, Chosen("刘洋", "困难党员", member.id, case.id))
        care_rounds.settle(session, gift.id, {"account": "6217000099990000", "bank": CANARY}, [])
    with sample.reading() as session:
        last = session.scalar(select(Change.operation_id).order_by(Change.id.desc()).limit(1))
        assert last is not None
        said = list(lines_of(session, last))
        together = "".join(said)
    assert all(secret not in together for secret in (CANARY, "76543.21", "76,543.21", "6217000099990000"))
    assert any(line.startswith("新增帮扶对象 刘洋：") and "健康状况：（不在这里显示）" in line for line in said)
    assert any(line.startswith("新增帮扶进程 刘洋：进程：申请") for line in said)
    assert any(line.startswith("新增慰问对象 刘洋：") and "慰问批次：2027年春节慰问" in line for line in said)


def test_no_account_is_told_even_where_numbers_are_shown(sample: Database) -> None:
    with sample.writing("登记") as session:
        number = care_rounds.begin(session, {"festival": "春节", "year": 2027}).id
        gift = care_rounds.choose(session, number, Chosen("住户甲", "困难群众"))
        care_rounds.settle(session, gift.id, {"account": "6217000099990000"}, [])
    with sample.reading() as session:
        names = Names(session, private=True)
        lines = session.scalars(select(Change).where(Change.table_name == "care_gifts")).all()
        said = "".join(about(line, names) + repr(differences(line, names)) for line in lines)
    assert "银行账号" in said
    assert "6217000099990000" not in said
