"""Text and names of persons."""

import re
import unicodedata

from models.kinds.kind import UNKNOWN, Kind, Raw, is_unknown, tidy

LONGEST_NAME = 50
_HAN_NAME = re.compile("[\u4e00-\u9fff]{2,4}")  # most names and numbers need no tidying
_DOTS = re.compile("[•‧∙⋅・･．.﹒●]")


class Text(Kind):
    """Free text, kept as typed."""


class Name(Kind):
    """A person's name: no padding between two characters, one kind of middle dot, no invisible characters."""

    def read(self, raw: Raw) -> str | None:
        if isinstance(raw, str) and _HAN_NAME.fullmatch(raw) and raw not in UNKNOWN:
            return raw
        text = unicodedata.normalize("NFC", tidy(raw))
        latin = re.search("[A-Za-z]", text)
        text = text if latin else _DOTS.sub("·", text)
        text = re.sub(r"\s+", " " if latin else "", text).strip(" ·'‘’")
        if is_unknown(text):
            return None
        if text[0] in "=+-@＝＋－＠":
            raise ValueError(f"“{text[:20]}”像公式，不是姓名。")
        letters = any(character.isalpha() or unicodedata.category(character) == "Co" for character in text)
        if not letters or not isinstance(raw, str) or len(text) > LONGEST_NAME or re.search("[:：]", text):
            raise ValueError(f"“{text[:20]}”不是姓名。")
        return text


class Person(Kind):
    """A member, shown by name; the value is the name as it stands in the record."""

    def read(self, raw: Raw) -> str | None:
        return NAME.read(raw)


TEXT = Text()
NAME = Name()
PERSON = Person()
