"""Taking the words that betray a person out of texts that are about something else."""

import base64
import json
import re
import zlib
from collections.abc import Iterable
from typing import Any

SOMEBODY, HIDDEN = "某某", "＊＊＊"
_SNAPSHOT = ("sent_tables", "content")


class Words:
    """Finds a person's names and numbers in texts and says something else in their place.

    `others` are names of other people: one that is the same, or holds a name of the person, is left as it is.
    """

    def __init__(self, names: Iterable[str], numbers: Iterable[str], others: Iterable[str]) -> None:
        known = set(others)
        own = sorted(name for name in names if name not in known)
        longer = sorted((other for other in known if any(name in other for name in own)), key=len, reverse=True)
        self.ambiguous = tuple(sorted(set(names) & known))
        self.needles = (*own, *sorted(numbers))
        self._said = dict.fromkeys(own, SOMEBODY) | dict.fromkeys(numbers, HIDDEN)
        self._pattern = re.compile("|".join(map(re.escape, (*longer, *sorted(self._said, key=len, reverse=True)))))

    def has(self, text: str) -> bool:
        """Whether a text may hold one of the words, as it stands or as JSON spells it."""
        return any(needle in text or spelt(needle) in text for needle in self.needles)

    def without(self, table: str, column: str, text: str) -> str:
        """The text of a column without the words; the drafts of what was sent are unpacked for it."""
        if (table, column) == _SNAPSHOT:
            return self._without_in_snapshot(text)
        return self._replaced(text)

    def _replaced(self, text: str) -> str:
        if not self.needles:
            return text
        text = self._pattern.sub(lambda found: self._said.get(found[0], found[0]), text)
        for needle, said in self._said.items():
            if not needle.isascii():
                text = text.replace(spelt(needle), said)
        return text

    def _without_in_snapshot(self, text: str) -> str:
        """A table as it was sent: rows with one of the words lose all else that they say."""
        if not text:
            return text
        document = json.loads(zlib.decompress(base64.b64decode(text)))
        rows = [self._row(row) for row in document["rows"]]
        if rows == document["rows"]:
            return text
        packed = json.dumps(document | {"rows": rows}, ensure_ascii=False, separators=(",", ":"))
        return base64.b64encode(zlib.compress(packed.encode(), 9)).decode()

    def _row(self, row: list[Any]) -> list[Any]:
        said = [self._replaced(cell) if isinstance(cell, str) else cell for cell in row]
        if said == row:
            return row
        return [said[0], *(cell if cell == f"s{SOMEBODY}" else None for cell in said[1:])]


def spelt(text: str) -> str:
    """A text as JSON spells it where it is kept in plain letters: \\u5f20 for 张."""
    return json.dumps(text)[1:-1]
