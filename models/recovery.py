"""The recovery code: the key of a data file in letters and digits, for a sheet of paper that opens it alone."""

import unicodedata

from models.errors import UserError

GROUPS = 13
_OF_GROUP = 5  # four of the code and one that checks them
_NEARLY = 15  # characters more or fewer, as when groups were left out or typed twice
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without letters that are taken for digits
_TAKEN_FOR = str.maketrans("OIL", "011", " -–—_.,:;·　\t\r\n")
_KEY_BYTES, _BITS = 32, 5


def code_of(key: bytes) -> str:
    """The code of a key of 32 bytes: thirteen groups of four characters and a fifth that checks them, with hyphens."""
    number = int.from_bytes(key, "big") << (GROUPS * (_OF_GROUP - 1) * _BITS - _KEY_BYTES * 8)
    values = [number >> _BITS * place & 31 for place in reversed(range(GROUPS * (_OF_GROUP - 1)))]
    groups = [values[first : first + _OF_GROUP - 1] for first in range(0, len(values), _OF_GROUP - 1)]
    return "-".join(
        "".join(_ALPHABET[value] for value in (*group, _check(place, group))) for place, group in enumerate(groups)
    )


def key_in(text: str) -> bytes | None:
    """The key that a code tells; None where the text has not the shape of a code.

    Spaces, hyphens, small and full-width letters do not matter. UserError names the groups that were copied wrongly.
    """
    spelt = _spelt(text)
    if len(spelt) != GROUPS * _OF_GROUP or not _is_of_alphabet(spelt):
        return None
    values = [_ALPHABET.index(letter) for letter in spelt]
    groups = [values[first : first + _OF_GROUP] for first in range(0, len(values), _OF_GROUP)]
    wrong = [str(place + 1) for place, (*group, told) in enumerate(groups) if _check(place, group) != told]
    if wrong:
        raise UserError(f"恢复码的第 {'、'.join(wrong)} 组抄错了，请对照恢复单重新输入。")
    number = 0
    for *group, _told in groups:
        for value in group:
            number = number << _BITS | value
    return (number >> (GROUPS * (_OF_GROUP - 1) * _BITS - _KEY_BYTES * 8)).to_bytes(_KEY_BYTES, "big")


def miscounted(text: str) -> str:
    """What is said of a text that looks like a code with characters missing or too many; empty for any other."""
    spelt, wanted = _spelt(text), GROUPS * _OF_GROUP
    if len(spelt) == wanted or abs(len(spelt) - wanted) > _NEARLY or not _is_of_alphabet(spelt):
        return ""
    return f"恢复码应有 {GROUPS} 组、{wanted} 个字符，现在输了 {len(spelt)} 个，请对照恢复单检查。"


def _spelt(text: str) -> str:
    return unicodedata.normalize("NFKC", text).upper().translate(_TAKEN_FOR)


def _is_of_alphabet(spelt: str) -> bool:
    return set(spelt) <= set(_ALPHABET)


def _check(place: int, group: list[int]) -> int:
    """A check in the field of 32 elements: any one wrong character, any two that changed places and a group in
    another's place give another value.
    """
    found = place + 1
    for value in group:
        found = _doubled(found ^ value)
    return found


def _doubled(value: int) -> int:
    return value << 1 ^ (0b100101 if value & 16 else 0)
