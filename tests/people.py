"""Invented people: numbers with a valid check digit and a region code of no county, telephones that begin with 100."""

from datetime import date
from typing import Any

from models.rules.identity import check_character


def id_number(born: str, sequence: int = 1) -> str:
    """A sound identity number of somebody born on YYYY-MM-DD; an odd sequence is a man's."""
    body = f"119901{date.fromisoformat(born):%Y%m%d}{sequence:03d}"
    return body + check_character(body)


def row(name: str, born: str | None = None, sequence: int = 1, **values: Any) -> dict[str, Any]:
    """A roster's row as the reader hands it on, by identity number when a birth date is given."""
    return {"name": name} | ({"id_number": id_number(born, sequence)} if born else {}) | values
