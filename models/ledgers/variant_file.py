"""Local forms as a small file that is carried to another office: written as JSON, and checked in every part when read.

Added columns travel by title and kind, never by key: a key of one data file means nothing in another.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from models.errors import FieldError, UserError
from models.ledger import Ledger
from models.ledgers.catalogue import LEDGERS
from models.ledgers.variants import fitted, keep, verify
from models.records import variants
from models.records.local_forms import FIRST_NEW, KINDS, Extra, Place, Variant, every_of

FORMAT, VERSION = "支部台账表样", 1
LARGEST = 256 * 1024  # bytes; a form of every ledger takes a tenth of it
_MOST_COLUMNS = 200
_BROKEN = "这个文件不是完整的表样文件，没有导入。"


def packed(session: Session) -> bytes:
    """Every local form of the data file; UserError where all ledgers have their standard one."""
    forms = [_form(ledger, form) for ledger in LEDGERS if (form := variants.read(session, ledger.name)) is not None]
    if not forms:
        raise UserError("现在用的都是标准表样，没有可以导出的。")
    document = {"format": FORMAT, "version": VERSION, "forms": forms}
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def read(session: Session, data: bytes) -> list[tuple[Ledger, Variant]]:
    """The forms of a file, checked, their added columns under keys of the file's own; UserError with one sentence.

    Columns that follow from what a data file holds are left out where this one does not hold it.
    """
    if len(data) > LARGEST:
        raise UserError(f"文件超过 {LARGEST // 1024} KB，不是表样文件，没有导入。")
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise UserError("文件里不是表样，没有导入；表样文件由“导出表样”写出。") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise UserError("文件里不是表样，没有导入；表样文件由“导出表样”写出。")
    if document.get("version") != VERSION:
        raise UserError("表样文件是更新的程序写出的，这里读不了，请先更新程序。")
    forms = document.get("forms")
    if not isinstance(forms, list) or not forms:
        raise UserError(_BROKEN)
    found = [_checked(session, form) for form in forms]
    if len({ledger.name for ledger, _ in found}) < len(found):
        raise UserError(_BROKEN)
    return found


def take(session: Session, found: Sequence[tuple[Ledger, Variant]]) -> None:
    """Puts the forms of a file in the place of those that stand; columns added there are found or made here."""
    for ledger, variant in found:
        keep(session, ledger, variant)


def _form(ledger: Ledger, variant: Variant) -> dict[str, Any]:
    extras = {each.key: each for each in variant.extras}
    document = variant.document()
    document["columns"] = [_column(place, extras) for place in variant.places]
    return {"ledger": ledger.name, **document}


def _column(place: Place, extras: Mapping[str, Extra]) -> dict[str, Any]:
    extra = extras.get(place.key)
    if extra is None:
        return {"key": place.key, "title": place.title, "hidden": place.hidden}
    return {
        "added": extra.title,
        "kind": extra.kind,
        "options": list(extra.options),
        "every": extra.every,
        "totalled": extra.totalled,
        "hidden": place.hidden,
    }


def _checked(session: Session, form: Any) -> tuple[Ledger, Variant]:
    """One form of a file, every part of the type it should be."""
    if not isinstance(form, dict) or not isinstance(form.get("columns"), list):
        raise UserError(_BROKEN)
    ledger = next((each for each in LEDGERS if each.name == form.get("ledger")), None)
    if ledger is None:
        raise UserError(f"表样文件里有这里没有的台账“{str(form.get('ledger'))[:20]}”，没有导入。")
    varies = ledger.fitted is not None
    ledger = fitted(session, ledger, None)
    if len(form["columns"]) > _MOST_COLUMNS:
        raise UserError(_BROKEN)
    pairs = list(_places(form["columns"]))
    if varies:
        known = {column.key for column in ledger.columns}
        pairs = [(place, extra) for place, extra in pairs if extra is not None or place.key in known]
    lines, signatures = _texts(form.get("lines")), _texts(form.get("signatures"))
    if lines is not None and len(lines) != 3:
        raise UserError(_BROKEN)
    variant = Variant(
        heading=_text(form.get("heading")),
        lines=None if lines is None else (lines[0], lines[1], lines[2]),
        signatures=signatures,
        places=tuple(place for place, _ in pairs),
        extras=tuple(extra for _, extra in pairs if extra is not None),
    )
    try:
        verify(ledger, variant)
    except FieldError as error:
        raise UserError(f"表样文件里的“{ledger.title}”用不了：{error}") from None
    return ledger, variant


def _places(columns: Sequence[Any]) -> Iterator[tuple[Place, Extra | None]]:
    for number, column in enumerate(columns):
        if not isinstance(column, dict) or not isinstance(column.get("hidden", False), bool):
            raise UserError(_BROKEN)
        hidden = column.get("hidden", False)
        if "added" not in column:
            key = _text(column.get("key"))
            if key is None:
                raise UserError(_BROKEN)
            yield Place(key, _text(column.get("title")), hidden), None
            continue
        title, kind = _text(column["added"]), _text(column.get("kind"))
        options = _texts(column.get("options"))
        if title is None or kind is None or kind not in KINDS or not isinstance(column.get("totalled", False), bool):
            raise UserError(_BROKEN)
        every = every_of(column.get("every", "once"))
        if every != column.get("every", "once"):
            raise UserError(_BROKEN)
        extra = Extra(f"x{FIRST_NEW + number}", title, kind, options or (), every, column.get("totalled", False))
        yield Place(extra.key, None, hidden), extra


def _text(found: Any) -> str | None:
    """A text of the file on one line, None where there is none; UserError for anything else."""
    if found is None:
        return None
    if not isinstance(found, str) or not found.isprintable():
        raise UserError(_BROKEN)
    return found


def _texts(found: Any) -> tuple[str, ...] | None:
    if found is None:
        return None
    if not isinstance(found, list):
        raise UserError(_BROKEN)
    texts = [_text(each) for each in found]
    return tuple(text for text in texts if text is not None)
