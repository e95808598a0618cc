"""The kind of a state that comes with its own tone."""

from typing import Any

from models.kinds import Choice, Tone


class Mark(Choice):
    """A state in words that comes with its own tone: the value is (words, tone)."""

    def show(self, value: Any) -> str:
        return "" if value is None else str(value[0])

    def tone(self, value: Any) -> Tone:
        tone: Tone = "plain" if value is None else value[1]
        return tone


MARK = Mark(())
