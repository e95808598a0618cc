"""The citizen identity number: check digit, birth date and sex (GB 11643-1999), and how it is masked."""

import re
from datetime import date

from models.rules.periods import PartialDate

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_EIGHTEEN = re.compile("[0-9]{17}[0-9X]")
_FIFTEEN = re.compile("[0-9]{15}")


def check_character(first_seventeen: str) -> str:
    """The eighteenth character that belongs to seventeen digits (GB 11643-1999: weights, modulo 11)."""
    return _CHECK[sum(int(digit) * weight for digit, weight in zip(first_seventeen, _WEIGHTS, strict=True)) % 11]


def is_old_number(number: str) -> bool:
    """Whether this is a number of the old kind, fifteen digits without a check digit."""
    return _FIFTEEN.fullmatch(number) is not None


def in_eighteen(number: str) -> str:
    """The number by which two forms of one number meet: one of fifteen digits as its owner has it since 1999."""
    if not is_old_number(number):
        return number
    first_seventeen = number[:6] + "19" + number[6:]
    return first_seventeen + check_character(first_seventeen)


def fault_in(number: str) -> str | None:
    """What is wrong with an identity number, as a Chinese sentence, or None for a sound one.

    A number of fifteen digits is sound as far as it can be checked: it has a possible birth date.
    """
    if is_old_number(number):
        return None if birth_date(number) else "十五位身份证号中的出生日期不存在，请核对。"
    if len(number) == 18 and not _EIGHTEEN.fullmatch(number):
        return "身份证号只能由数字组成（末位可为 X），请核对原件。"
    if not _EIGHTEEN.fullmatch(number):
        return f"身份证号应为 18 位数字（末位可为 X），这里是 {len(number)} 位，请核对原件。"
    if birth_date(number) is None:
        return "身份证号第 7 至 14 位不是存在的出生日期，请核对原件。"
    if check_character(number[:17]) != number[17]:
        return "身份证号的校验位不对，可能抄错了一位，请核对原件。"
    return None


def birth_date(number: str) -> PartialDate | None:
    """The birth date that a number of fifteen or eighteen characters holds, or None where no such day exists."""
    digits = "19" + number[6:12] if len(number) == 15 else number[6:14]
    try:
        return PartialDate.of(date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])))
    except ValueError:
        return None


def sex(number: str) -> str:
    """男 when the sequence number is odd, else 女."""
    sequence_end = number[14] if len(number) == 15 else number[16]
    return "男" if int(sequence_end) % 2 else "女"


def masked(number: str) -> str:
    """The number as it may be seen in passing: first six and last four (110105********1234)."""
    return number[:6] + "*" * (len(number) - 10) + number[-4:] if len(number) > 10 else "*" * len(number)


def masked_phone(number: str) -> str:
    """A telephone number as it may be seen in passing: 138****1234."""
    return number[:3] + "****" + number[-4:] if len(number) > 7 else "*" * len(number)
