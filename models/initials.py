"""The pinyin initials by which a member is found on the keyboard: 张红卫 is zhw."""

import os
from functools import cache

# Readings that surnames have and the general table of pypinyin does not give.
SURNAMES = {
    "单": "s", "曾": "z", "解": "x", "仇": "q", "查": "z", "盖": "g", "区": "o", "朴": "p", "任": "r", "尉": "y",
    "尹": "y", "燕": "y", "种": "c", "重": "c", "乐": "y", "翟": "z", "缪": "m", "冼": "x", "洗": "x", "員": "y",
    "员": "y", "秘": "b", "折": "s", "黑": "h", "逄": "p", "郇": "h", "覃": "q", "召": "s", "隗": "w", "便": "p",
    "卜": "b", "晁": "c", "褚": "c", "贾": "j", "繁": "p", "哈": "h", "纪": "j", "宁": "n", "沈": "s", "石": "s",
    "佘": "s", "冯": "f", "牟": "m", "宿": "s", "万": "w", "洪": "h", "谌": "c", "车": "c", "都": "d", "阚": "k",
}  # fmt: skip


def of(name: str) -> str:
    """The initials of a name in lower case; Latin letters and figures stand for themselves, dots are left out."""
    found = [_initial(character) for character in name]
    if found and name[0] in SURNAMES:
        found[0] = SURNAMES[name[0]]
    return "".join(found)


@cache
def _initial(character: str) -> str:
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    # One character at a time needs no dictionary of phrases, which would take longer to load than all else.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
    from pypinyin import Style, lazy_pinyin  # heavy (0.2 s): imported when a name is first saved

    found = lazy_pinyin(character, style=Style.FIRST_LETTER, errors="ignore")
    return found[0] if found else ""
