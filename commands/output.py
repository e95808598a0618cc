"""What a command says: results on standard output, hints and refusals on standard error, JSON where it is asked."""

import io
import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from models.rules.periods import Month, PartialDate


def speak_utf8() -> None:
    """Makes both streams UTF-8, whatever the locale or code page; what no UTF-8 holds is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a Windows program without a console has none
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def tell(*lines: str) -> None:
    """Says a result."""
    if lines:
        print(*lines, sep="\n")


def hint(*sentences: str) -> None:
    """Says what is no result: a refusal, a warning, what was left out."""
    if sentences:
        print(*sentences, sep="\n", file=sys.stderr)


def answer(document: Any) -> None:
    """Writes the one JSON document: money with two decimals, dates and months as text, in UTF-8."""
    tell(json.dumps(document, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: Any) -> str:
    if isinstance(value, Decimal):
        return yuan(value)
    if isinstance(value, date | Month | PartialDate):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in JSON")


def yuan(amount: Decimal) -> str:
    """An amount as commands write it: 111.30."""
    return f"{amount:.2f}"


def table(rows: Iterable[Sequence[str]]) -> None:
    """Says rows whose columns are parted by tabs."""
    tell(*("\t".join(row) for row in rows))
