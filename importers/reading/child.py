"""The child's work: one request in, one answer out, whatever the file may hold."""

import pickle
from typing import Any

from importers import guard
from importers.reading import limits
from importers.reading.sheet import MOST_CELLS, TOO_MUCH, Findings
from models.errors import UserError

MOST_ANSWER_BYTES = 128 * 2**20

Answer = tuple[str, Any]


def main() -> int:
    """Reads (data, password, careful) from standard input and writes ("read", findings) or ("refused", why).

    Out of memory it answers nothing and ends with a status other than 0, as it does when a parser aborts.
    """
    with open(0, "rb", closefd=False) as questions, open(1, "wb", closefd=False) as answers:
        limits.confine()
        data, password, careful = pickle.load(questions)
        packed = pickle.dumps(answer(data, password, careful), protocol=5)
        if len(packed) > MOST_ANSWER_BYTES:
            packed = pickle.dumps(("refused", TOO_MUCH))
        answers.write(packed)
    return 0


def answer(data: bytes, password: str | None = None, careful: bool = False) -> Answer:
    """The findings, or why there are none; MemoryError where they do not fit the limits."""
    try:
        found = _within(read(data, password, careful).plain())
    except UserError as error:
        return "refused", str(error)
    except MemoryError:
        raise
    except Exception:
        return "refused", guard.DAMAGED
    return "read", found


def read(data: bytes, password: str | None = None, careful: bool = False) -> Findings:
    """All sheets of a file; UserError with the reason, or whatever a parser raises for a damaged one."""
    form = guard.form_of(data)
    if form == "locked":
        from importers.reading import locked

        data = locked.opened(data, password)
        form = guard.form_of(data)
    if form == "zip":
        from importers.reading import xlsx

        guard.check_workbook(data)
        return xlsx.read(data, careful)
    if form == "ole":
        return _read_old(data, password, careful)
    return _read_written(form, data)


def _read_old(data: bytes, password: str | None, careful: bool) -> Findings:
    from importers.reading import locked, xls

    try:
        return xls.read(data, careful)
    except locked.LockedError:
        return xls.read(locked.opened(data, password), careful)


def _read_written(form: guard.Form, data: bytes) -> Findings:
    from importers.reading import text, web, xml2003

    read_as = {"html": web.read, "xml": xml2003.read}.get(form, text.read)
    return read_as(data)


def _within(found: dict[str, Any]) -> dict[str, Any]:
    """The findings, when there are any and not more than the parent should hold."""
    if not found["sheets"]:
        raise UserError("里没有工作表，没有可导入的内容。")
    if sum(len(row) for sheet in found["sheets"] for row in sheet[1]) > MOST_CELLS:
        raise UserError(TOO_MUCH)
    return found
