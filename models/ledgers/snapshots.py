"""A filled ledger as it was sent, small enough to be kept: its columns, and each row's cells under a key of its own."""

import base64
import json
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from models.errors import UserError
from models.kinds import Cell, Name, Person
from models.ledger import Column, Sheet

_LARGEST = 1 << 28  # bytes unpacked; a ledger of 100,000 rows takes a tenth of it
_LEVEL = 9


@dataclass(frozen=True)
class Snapshot:
    """What was kept: titles by key of column, and by key of row its cells by key of column, in their order."""

    titles: Mapping[str, str]
    rows: Mapping[str, Mapping[str, Cell]]


def taken(sheet: Sheet) -> str:
    """The sheet as the text that is kept."""
    columns = [column for column in sheet.columns if column.key != "id"]
    rows = [
        [key, *(_packed(column.kind.cell(getattr(row, column.key))) for column in columns)]
        for key, row in keyed(sheet.columns, sheet.rows)
    ]
    document = {"columns": [[column.key, column.title] for column in columns], "rows": rows}
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode(), _LEVEL)).decode()


def read(content: str) -> Snapshot:
    """What `taken` kept; UserError where it is damaged."""
    try:
        unpacking = zlib.decompressobj()
        data = unpacking.decompress(base64.b64decode(content, validate=True), _LARGEST)
        document = json.loads(data.decode())
        titles = dict(document["columns"])
        rows = {key: dict(zip(titles, map(_unpacked, cells), strict=True)) for key, *cells in document["rows"]}
    except (ValueError, KeyError, TypeError, ArithmeticError, zlib.error) as error:
        raise UserError("报送时留下的底稿读不出来，不能对照。") from error
    return Snapshot(titles, rows)


def keyed(columns: Sequence[Column], rows: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    """Each row with what tells it from the others: the number of its record, else its name or its first cell.

    Rows that nothing tells apart are numbered.
    """
    seen: Counter[str] = Counter()
    names = [column for column in columns if isinstance(column.kind, Name | Person)] or list(columns[:1])
    for row in rows:
        number = getattr(row, "id", None)
        words = (column.kind.show(getattr(row, column.key)) for column in names)
        key = f"#{number}" if number is not None else "　".join(words)
        seen[key] += 1
        yield key if seen[key] == 1 else f"{key}　{seen[key]}", row


def _packed(cell: Cell) -> str | None:
    """A cell as text that says what it is."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, str):
        return f"s{cell}"
    if isinstance(cell, date):
        return f"d{cell.isoformat()}"
    return f"n{Decimal(cell).normalize():f}"


def _unpacked(text: str | None) -> Cell:
    if text is None:
        return None
    sort, said = text[0], text[1:]
    if sort == "d":
        return date.fromisoformat(said)
    return Decimal(said) if sort == "n" else said
