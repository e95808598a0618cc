"""Headings of foreign tables and the columns of a ledger that they mean."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from importers import synonyms
from models.kinds import IdNumber, Name, Person, Raw, tidy
from models.ledger import Column, Ledger

Memory = Mapping[str, str | None]  # a heading as it is compared, and the key a person had it read as
NOTHING: Memory = {}
_BRACKETED = re.compile(r"[(\[【〔〖<《{][^)\]】〕〗>》}]*[)\]】〕〗>》}]")
_NOISE = re.compile(r"[\s*＊★☆△▲:：、，,。./\\|_\-—–·•\"'“”‘’?？!！#]+")
_PAYING = re.compile("|".join(synonyms.PAYING))
_LONGEST = 100  # what is longer is no heading, and may be made to take for ever
_MEANT = dict(synonyms.SLIPS)
_SLIPS = re.compile("|".join(_MEANT))
_HINTED = re.compile(r"(格式|精确到|请|填写|如|例如|例)\S*$|[0-9a-z]+位?(数字)?$")
_LATIN = re.compile("[a-z]+")
_NUMBERED = re.compile(r"^(\d+|[一二三四五六七八九十]+(?=[、.．]))[、.．)]?")


def normal(raw: Raw) -> str:
    """A heading as it is compared: no spaces, breaks, brackets with what is in them, asterisks or punctuation."""
    bare = unicodedata.normalize("NFKC", tidy(raw)[:_LONGEST])
    if not bare.isalpha():
        bare = _NOISE.sub("", _BRACKETED.sub("", re.sub(r"\s+", "", bare))) or _NOISE.sub("", bare)
    bare = _PAYING.sub("交纳", bare.casefold()).replace("缴", "交")
    return _SLIPS.sub(lambda slip: _MEANT[slip[0]], bare)


class Vocabulary:
    """What the headings of one ledger's columns may be called.

    `entered` are the columns that a person fills in, `needed` those without which there is no row: those required,
    else those that name a person. `record` is the number by which an exported row finds its record again; it is taken
    only where it stands last, as our own exports have it: elsewhere 编号 is only a count. What a person had a heading
    read as (`remembered`) counts before all words.
    """

    def __init__(self, ledger: Ledger, remembered: Memory = NOTHING) -> None:
        columns = ledger.columns
        self._remembered = {
            heading: {} if key is None else {key: -1}
            for heading, key in remembered.items()
            if key is None or any(column.key == key for column in columns)
        }
        entered = [column for column in columns if column.entered]
        self.columns = {column.key: column for column in columns}
        self.entered = frozenset(column.key for column in entered)
        self.record = columns[-1].key if columns[-1].key == "id" else ""
        self.needed = tuple(column.key for column in entered if column.required)
        self.subjects = self.needed or tuple(
            column.key for column in entered if isinstance(column.kind, Name | Person | IdNumber)
        )
        self._titles = {normal(column.title) for column in columns}
        self._ignored = {normal(column.title) for column in columns if not column.entered and column.key != self.record}
        self._ranks: dict[str, dict[str, int]] = {}
        for column in columns:
            if column.entered or column.key == self.record:
                self._learn(column)

    def _learn(self, column: Column) -> None:
        words = [column.title, column.band + column.title, *column.synonyms]
        known = {normal(word) for word in words}
        words += [word for group in synonyms.GROUPS if normal(group[0]) in known for word in group]
        for rank, word in enumerate(words):
            heading = normal(word)
            foreign = heading in self._titles and heading != normal(column.title)  # another column's own title
            self._ranks.setdefault(heading, {}).setdefault(column.key, rank + len(words) * foreign)

    def keys(self, heading: str) -> dict[str, int]:
        """The keys that a normal heading may mean, each with its rank (0 is the title itself); empty for none.

        What stands beside Chinese in Latin letters (Name 姓名, ID身份证号) says the same once more.
        """
        if heading in self._remembered:
            return self._remembered[heading]
        if heading not in self._ranks and not (heading.isascii() or _LATIN.search(heading) is None):
            heading = _LATIN.sub("", heading)
        return {} if heading in self._ignored else self._ranks.get(heading, {})

    def likely_keys(self, heading: str) -> dict[str, int]:
        """The same for a heading with words around it that change nothing (本人联系电话, 身份证号18位)."""
        if heading in self._remembered:
            return self._remembered[heading]
        for form in _forms(heading):
            found = self.keys(form)
            if found:
                return found
        return {}


def _forms(heading: str) -> Iterable[str]:
    """A heading without neutral words before and after it, ever shorter."""
    seen = {heading}
    waiting = [heading]
    while waiting:
        form = waiting.pop(0)
        shorter = [form.removeprefix(word) for word in synonyms.NEUTRAL_BEFORE]
        shorter += [form.removesuffix(word) for word in synonyms.NEUTRAL_AFTER]
        shorter += [_HINTED.sub("", form), _NUMBERED.sub("", form)]
        for each in shorter:
            if len(each) > 1 and each not in seen:
                seen.add(each)
                waiting.append(each)
                yield each


def speaks_of_others(heading: str) -> bool:
    """Whether a band is about somebody else than the person of the row (家庭成员, 入党介绍人)."""
    return any(word in heading for word in synonyms.SOMEBODY_ELSE)
