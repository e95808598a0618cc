"""Yes or no, and words chosen from a list."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from models.kinds.kind import Align, Kind, Raw, Tone, is_unknown, tidy


class Flag(Kind):
    """Yes or no."""

    align: Align = "centre"
    _YES = frozenset({"是", "√", "✓", "有", "y", "yes", "true", "1", "对"})
    _NO = frozenset({"否", "×", "✗", "没有", "n", "no", "false", "0", "不是", "无"})

    def read(self, raw: Raw) -> bool | None:
        text = tidy(raw).casefold()
        if text in self._YES:
            return True
        if text in self._NO:
            return False
        if is_unknown(text):
            return None
        raise ValueError(f"“{tidy(raw)[:20]}”应写“是”或“否”。")

    def show(self, value: Any) -> str:
        return "" if value is None else "是" if value else "否"


@dataclass(frozen=True)
class Choice(Kind):
    """One of a list of words; `synonyms` maps other ways to write one; `open` lets further words stand as typed."""

    options: tuple[str, ...]
    synonyms: Mapping[str, str] = field(default_factory=dict)
    open: bool = False
    tones: Mapping[str, Tone] = field(default_factory=dict)
    align: Align = "left"

    def read(self, raw: Raw) -> str | None:
        text = tidy(raw)
        if text in self.options:
            return text
        plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
        if plain in self.options:
            return plain
        if plain in self.synonyms:
            return self.synonyms[plain]
        if is_unknown(text):
            return None
        if self.open:
            return text
        listed = "、".join(self.options[:8]) + ("等" if len(self.options) > 8 else "")
        raise ValueError(f"“{text[:20]}”不在可选范围内，应为{listed}。")

    def tone(self, value: Any) -> Tone:
        return self.tones.get(value, "plain")

    def sort_key(self, value: Any) -> Any:
        return self.options.index(value) if value in self.options else len(self.options)


@dataclass(frozen=True)
class Several(Kind):
    """Some of a list of words, in the order of the list; the value is a tuple."""

    options: tuple[str, ...]

    def read(self, raw: Raw) -> tuple[str, ...]:
        given = []
        for part in filter(None, re.split("[；;\\s]+", tidy(raw))):
            given += [part] if part in self.options else [word for word in re.split("[、，,]+", part) if word]
        for word in given:
            if word not in self.options:
                raise ValueError(f"“{word[:20]}”不在可选范围内。")
        return tuple(option for option in self.options if option in given)

    def show(self, value: Any) -> str:
        return "；".join(value or ())


FLAG = Flag()
