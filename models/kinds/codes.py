"""Identifiers made of figures and letters, which are text and no amounts."""

import re
import unicodedata

from models.kinds.kind import Kind, Raw, is_unknown, tidy
from models.rules import identity

_DIGITS = re.compile("[0-9]{5,20}")
_ACCOUNT = re.compile("[0-9]{8,32}")
_EXACT = 15  # figures of a number that a spreadsheet keeps


class Code(Kind):
    """An identifier made of figures and letters, always text (phone numbers, record numbers, voucher numbers)."""

    def read(self, raw: Raw) -> str | None:
        if isinstance(raw, float) and not raw.is_integer():
            raise ValueError(f"“{raw}”带小数，不是号码。")
        text = unicodedata.normalize("NFKC", tidy(raw)).lstrip("'‘’").strip()
        return None if is_unknown(text) else text


class Phone(Code):
    """A telephone number or several, digits kept as text."""

    def read(self, raw: Raw) -> str | None:
        if isinstance(raw, str) and _DIGITS.fullmatch(raw):
            return raw
        text = super().read(raw)
        if text is None:
            return None
        if re.fullmatch(r"\d(\.\d+)?[eE]\+\d+", text):
            raise ValueError(f"电话“{text}”成了科学记数，数字已不全，请重新填写。")
        return re.sub(r"(?<=\d)\s+(?=\d)", "", text) if re.fullmatch(r"[\d\s]+", text) else text


class IdNumber(Code):
    """A citizen identity number, upper case; a number cell has lost its last digits and is refused."""

    def read(self, raw: Raw) -> str | None:
        if isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) >= 10**15:
            raise ValueError("身份证号以数字格式保存，末三位已丢失，请按原件以文本重新填写。")
        if isinstance(raw, str) and len(raw) == 18 and identity.fault_in(raw) is None:
            return raw
        text = super().read(raw)
        if text is None:
            return None
        text = re.sub(r"\s", "", text).upper()
        if re.fullmatch(r"\d(\.\d+)?E\+?\d+", text):
            raise ValueError("身份证号成了科学记数，末几位已丢失，请按原件以文本重新填写。")
        if len(text) != 18 and re.search("[^0-9]", text):
            raise ValueError(f"“{text[:20]}”不是公民身份号码；护照、军官证等号码请写到备注里，并补填出生日期。")
        fault = identity.fault_in(text)
        if fault:
            raise ValueError(fault)
        return text


class Account(Code):
    """The number of a bank account, figures alone; a number cell has lost its last digits and is refused."""

    def read(self, raw: Raw) -> str | None:
        text = super().read(raw if isinstance(raw, str) else tidy(raw))
        if text is None:
            return None
        text = re.sub(r"[\s-]", "", text)
        if (not isinstance(raw, str) and len(text) > _EXACT) or re.fullmatch(r"\d(\.\d+)?[eE]\+?\d+", text):
            raise ValueError("银行账号以数字格式保存，后几位已丢失，请按原件以文本重新填写。")
        if not _ACCOUNT.fullmatch(text):
            raise ValueError(f"银行账号应是 8 到 32 位数字，这里有 {len(text)} 个字符，请核对。")
        return text


CODE = Code()
PHONE = Phone()
ID_NUMBER = IdNumber()
ACCOUNT = Account()
