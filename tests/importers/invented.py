"""Invented people and sheets for the tests of matching."""

from datetime import date

from importers.grid import Grid, Workbook
from tests.data.rosters.invent import Inventor

HEAD = ("序号", "姓名", "性别", "公民身份号码", "入党时间", "联系电话")
KEYS = (None, "name", "sex", "id_number", "joined_on", "phone")


def people(count: int, seed: int = 7) -> list[dict]:
    return Inventor(seed, 10_000_000_000).people(count)


def rows_of(some: list[dict], keys=KEYS) -> list[tuple]:
    """Their cells under HEAD; a date stands as a date."""
    return [tuple(number if key is None else person[key] for key in keys) for number, person in enumerate(some, 1)]


def grid(*rows, name="名册", merges=(), faults=None, typed=True, hidden=False) -> Grid:
    """A sheet of these rows; None or () is a blank one."""
    return Grid(name, [tuple(row or ()) for row in rows], hidden, typed, list(merges), faults or {})


def book(*grids: Grid, from_1904=False) -> Workbook:
    return Workbook(grids, from_1904=from_1904)


def shown(person: dict, *keys: str) -> dict:
    """What import must answer of a person for some keys."""
    return {key: value.isoformat() if isinstance(value := person[key], date) else value for key in keys}


def found(match, *keys: str) -> list[dict]:
    """What was read of each row for some keys."""
    return [{key: None if row.values[key] is None else str(row.values[key]) for key in keys} for row in match.rows]
