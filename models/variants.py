"""The other ways in which a character is written, for looking for names: 张 is 張, 国 is 國 and 囯."""

import re
from collections import defaultdict
from functools import cache, lru_cache

from models.codes import RESOURCES


def spellings(character: str) -> str:
    """The character and all that stand for the same one, in 简体, 繁体 and 异体; itself alone where none is known."""
    return _spellings().get(character, character)


@lru_cache(maxsize=32)
def expression(words: str) -> re.Pattern[str]:
    """What finds the words in a text whichever way their characters are written."""
    return re.compile("".join(f"[{alike}]" if len(alike) > 1 else re.escape(alike) for alike in map(spellings, words)))


def glob(words: str) -> str:
    """What SQLite's GLOB finds the words by anywhere in a text, in capitals and small letters alike."""
    return f"*{''.join(map(_one_of, words))}*"


def _one_of(character: str) -> str:
    alike = spellings(character)
    if alike.isascii():
        alike = "".join(dict.fromkeys(alike + alike.swapcase()))
    return f"[{alike}]" if len(alike) > 1 or alike in "*?[" else alike


@cache
def _spellings() -> dict[str, str]:
    """Each character that is written in several ways, with all of them (the file says where they come from)."""
    usual: defaultdict[str, list[str]] = defaultdict(list)
    for line in (RESOURCES / "codes" / "variants.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            one, others = line.split("\t")
            for each in one + others:
                usual[each].append(one + others)
    return {each: "".join(dict.fromkeys("".join(lines))) for each, lines in usual.items()}
