"""Workbooks that a password was put on."""

from io import BytesIO
from types import SimpleNamespace

from models.errors import UserError

MISSING = "有密码，请给出打开它的密码。"
WRONG = "的密码不对，没有读取。"
_PASSWORD_OF_ALL = "VelvetSweatshop"  # what a workbook is locked with that is protected against writing alone


class LockedError(Exception):
    """The file cannot be read without its password."""


def opened(data: bytes, password: str | None) -> bytes:
    """The workbook without its lock; UserError when the password is missing or wrong."""
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, InvalidKeyError
    from msoffcrypto.format import xls97

    xls97.tempfile = SimpleNamespace(TemporaryFile=BytesIO)  # what was locked is not to lie open on the disk
    plain = BytesIO()
    try:
        book = msoffcrypto.OfficeFile(BytesIO(data))
        book.load_key(password=_PASSWORD_OF_ALL if password is None else password)
        book.decrypt(plain)
    except (InvalidKeyError, DecryptionError) as error:
        raise UserError(MISSING if password is None else WRONG) from error
    return plain.getvalue()
