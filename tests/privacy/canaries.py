"""A data file that tells of everybody an illness, an income, numbers, an account and what was said in confidence."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from models import attachments
from models.audit import Change
from models.base import Base
from models.database import Database
from models.erasing.going import COLUMNS
from models.records.care import cases as care_cases
from models.records.chapters import CHAPTERS
from models.records.life import talks
from models.records.members import members
from models.records.members.organisation import branches

TABLES = CHAPTERS  # importing them makes every table known
TODAY = date(2026, 11, 20)
ILLNESS, SAID, HOME, ACCOUNT, SCAN = "青山鹦鹉症", "林间猫头鹰", "翠湖白鹭路", "6222999988887777", "岩羊的病历"
INCOME = Decimal("54321.98")
_HOME, _ACCOUNT = ("address", "household_place", "native_place"), ("account",)
_SAID = {"talk_texts": ("text", "promises"), "care_visit_texts": ("situation",)}
_PUBLIC = {
    "name", "giver", "receiver", "applicant", "gone_name", "sex", "birth_date", "id_number", "phone", "helper",
    "helper_phone", "relation", "degree", "quantity", "telephone", "value", "proxy", "place", "form", "talker",
    "worksheet",
}  # fmt: skip
"""Columns that are no words of illness: names, numbers that stay what they are, and choices."""


@dataclass(frozen=True)
class Known:
    """A file, and every word in it that no posting, log, title or property may hold."""

    path: Path
    words: tuple[str, ...]


def plant(path: Path) -> Known:
    """Puts the canaries into the data file at `path`, through the program where the trail is to tell of them too."""
    with closing(Database.open(path, actor="周丽萍")) as database:
        _work(database)
        numbers = tuple(_numbers(database))
    with closing(sqlite3.connect(path)) as file, file:
        for table, columns in _planted().items():
            for column, word in columns.items():
                file.execute(f'UPDATE "{table}" SET "{column}" = ?', (word,))
    return Known(path, (ILLNESS, SAID, HOME, ACCOUNT, SCAN, str(INCOME), *numbers))


def _work(database: Database) -> None:
    with database.writing("登记困难情况") as session:
        ill = {"cause": ILLNESS, "health": ILLNESS, "detail": ILLNESS, "measures": ILLNESS}
        case = care_cases.open_of(session, members.find(session, "吴国强").id)
        assert case is not None
        care_cases.change(session, case.id, ill)
        care_cases.add_income(session, case.id, {"source": "工资", "amount": INCOME})
        branch = branches(session)[0].id
        told = {"on": TODAY, "talkers": "张红卫", "talked": "刘洋", "sort": "谈心谈话", "confidential": True}
        talks.enter(session, branch, told | {"text": SAID, "promises": SAID}, TODAY)
        attachments.add(session, "证明.txt", SCAN.encode())


def _numbers(database: Database) -> Iterator[str]:
    with database.reading() as session:
        for table in ("members", "care_cases"):
            stored = Base.metadata.tables[table]
            for column in ("id_number", "phone"):
                yield from session.scalars(stored.select().with_only_columns(stored.c[column]).where(
                    stored.c[column].is_not(None)))  # fmt: skip


def _planted() -> dict[str, dict[str, str]]:
    """By table and column the word that is put into every record."""
    found: dict[str, dict[str, str]] = {"members": dict.fromkeys(_HOME, HOME) | {"remark": ILLNESS}}
    for table, columns in COLUMNS.items():
        kinds = Base.metadata.tables[table].c
        words = {
            name: SAID if name in _SAID.get(table, ()) else ACCOUNT if name in _ACCOUNT else HOME
            if name in _HOME else ILLNESS
            for name in columns
            if name not in _PUBLIC and str(kinds[name].type) == "VARCHAR"
        }  # fmt: skip
        found[table] = words
    return found


def lines_with(database: Database, word: str) -> int:
    """How many lines of the trail hold a word: it is in the file, so that it could be found elsewhere."""
    with database.reading() as session:
        told = session.query(Change).filter(Change.new.contains(word) | Change.old.contains(word))
        return told.count()
