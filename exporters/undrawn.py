"""Telling the person which characters a PDF shows as 〓, since no font has them, and where each stands first."""

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from exporters import layout
from exporters.fonts import SUBSTITUTE
from models.ledger import Sheet

_MOST_NAMED = 5
_FACELESS = ("Cc", "Cf", "Co", "Cs")  # controls, and places that Unicode leaves to private use


def in_sheets(characters: Collection[str], sheets: Sequence[Sheet]) -> str:
    """One sentence about the characters that a PDF of these sheets lacks; "" where it lacks none."""
    return _sentence({character: _place_in_sheets(character, sheets) for character in sorted(characters)})


def in_papers(characters: Collection[str], records: Sequence[Any]) -> str:
    """The same of a PDF of papers, one for each record."""
    return _sentence({character: _place_in_papers(character, records) for character in sorted(characters)})


def _sentence(places: dict[str, str]) -> str:
    if not places:
        return ""
    named = "、".join(f"{place}的{_named(character)}" for character, place in list(places.items())[:_MOST_NAMED])
    more = f"等 {len(places)} 个字" if len(places) > _MOST_NAMED else ""
    return f"{named}{more}没有字体可画，PDF 里印成“{SUBSTITUTE}”，请在纸上补写。"


def _named(character: str) -> str:
    code = f"U+{ord(character):04X}"
    return code if unicodedata.category(character) in _FACELESS else f"“{character}”（{code}）"


def _place_in_sheets(character: str, sheets: Sequence[Sheet]) -> str:
    for sheet in sheets:
        within = f"“{sheet.heading}”" if len(sheets) > 1 else ""
        columns = layout.printed_columns(sheet)
        values_of = layout.values_of([column.key for column in columns])
        for number, row in enumerate(sheet.rows, start=1):
            for column, value in zip(columns, values_of(row), strict=True):
                if character in column.kind.paper(value):
                    return f"{within}第 {number} 行“{column.title}”"
        if any(character in text for text in (sheet.heading, *sheet.lines, *sheet.signatures, sheet.note)):
            return f"{within}表头或表尾"
    return "表里"


def _place_in_papers(character: str, records: Sequence[Any]) -> str:
    for number, record in enumerate(records, start=1):
        if any(character in text for text in _texts(record)):
            return f"第 {number} 份"
    return "表里"


def _texts(value: Any) -> Iterator[str]:
    """Every text in a record, also those in the tuples it holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif is_dataclass(value):
        for each in fields(value):
            yield from _texts(getattr(value, each.name))
