"""A table selection on the clipboard as Excel and WPS take it: numbers as numbers, identity numbers as text."""

from collections.abc import Callable, Sequence
from html import escape

from PySide6.QtCore import QMimeData

from gui.parts.ledger_model import LedgerModel

Selected = Callable[[int, int], bool]
_FORMULA_STARTS = ("=", "+", "-", "@")
_AS_TEXT = " style='mso-number-format:\"\\@\"' sdnum='2052;0;@'"


def copied(model: LedgerModel, rows: Sequence[int], columns: Sequence[int], selected: Selected | None) -> QMimeData:
    """The cells where `rows` and `columns` cross, as tab-separated text and as HTML; what is masked stays masked.

    `selected` leaves out cells of a ragged selection (they come out empty). None means all, with the headings.
    """
    lines = [
        [model.text(row, column) if selected is None or selected(row, column) else "" for column in columns]
        for row in rows
    ]
    numeric = [model.columns[column].kind.align == "right" for column in columns]
    headings = [] if selected is not None else [[model.columns[column].title for column in columns]]
    data = QMimeData()
    data.setText("".join(_line(line, numeric) for line in (*headings, *lines)))
    data.setHtml(_html(headings, lines, numeric))
    return data


def _line(cells: Sequence[str], numeric: Sequence[bool]) -> str:
    return "\t".join(_quoted(cell, number) for cell, number in zip(cells, numeric, strict=True)) + "\r\n"


def _quoted(text: str, number: bool) -> str:
    """A cell of tab-separated text; amounts lose their thousands commas, text that would start a formula is quoted."""
    if number:
        return text.replace(",", "")
    if text.startswith(_FORMULA_STARTS) and len(text) > 1:
        text = "'" + text
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in '\t\r\n"') else text


def _html(headings: list[list[str]], lines: list[list[str]], numeric: Sequence[bool]) -> str:
    """A table whose text cells carry Excel's text format, so that an ID number keeps all its digits.

    LibreOffice looks for it in an attribute of its own.
    """
    head = "".join("<tr>" + "".join(f"<th>{escape(title)}</th>" for title in titles) + "</tr>" for titles in headings)
    styles = ["" if number else _AS_TEXT for number in numeric]
    body = "".join(
        "<tr>" + "".join(f"<td{style}>{escape(text)}</td>" for text, style in zip(line, styles, strict=True)) + "</tr>"
        for line in lines
    )
    return f"<html><head><meta charset='utf-8'></head><body><table>{head}{body}</table></body></html>"
