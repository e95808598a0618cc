"""From a password to the key of a data file, and the check that tells a wrong password from a damaged file.

The first sixteen bytes of an encrypted file are its salt: eight random bytes and eight that only the right password
gives again. The file alone therefore opens with its password, and a wrong one is known before a page is read.
"""

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass, field

from models.errors import FieldError
from models.slots import Person

SALT_BYTES = 16
SHORTEST_PASSWORD = 10  # Chinese characters count for two: five are as hard to guess as ten letters
PLAIN_HEAD = b"SQLite format 3\x00"
FOREIGN_HEADS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"<", PLAIN_HEAD)
HEAD_BYTES = 100
_PLAIN_MARKS = ((21, b"\x40\x20\x20"), (68, b"ZBTT"))  # of SQLite's header: payload fractions, our application id
_COST = 2**16  # with r = 8 and p = 2: 64 MiB and about a quarter of a second a guess


@dataclass(frozen=True)
class FileKey:
    """The raw key and the salt of one encrypted file; `person` is whose own password gave it, None for the file's.

    `by_code` says that the code of the recovery sheet gave it.
    """

    key: bytes
    salt: bytes
    person: Person | None = None
    by_code: bool = field(default=False, compare=False)

    @property
    def pragma(self) -> str:
        """The two as SQLCipher takes them, key and salt in hexadecimal."""
        return f"x'{self.key.hex()}{self.salt.hex()}'"


def require_sound(password: str) -> None:
    """FieldError unless a password is long enough to be one."""
    if is_short(password):
        raise FieldError("password", f"密码至少 {SHORTEST_PASSWORD} 位，一个汉字算两位，建议用一句自己记得住的话。")


def is_short(password: str) -> bool:
    """Whether a password is too easily guessed for its length."""
    return sum(2 if "\u4e00" <= letter <= "\u9fff" else 1 for letter in password) < SHORTEST_PASSWORD


def new_key(password: str) -> FileKey:
    """A key for a file that is to be made; every call draws a new salt, never one that looks like another format."""
    while (random := secrets.token_bytes(SALT_BYTES // 2)).startswith(FOREIGN_HEADS):
        pass
    key = _derived(password, random)
    return FileKey(key, random + _check(key))


def key_for(password: str, salt: bytes) -> FileKey:
    """The key that a password gives of the file that begins with `salt` (16 bytes).

    Its own salt is that with which such a file should begin: it is `salt` when the password is the file's own.
    """
    random = salt[: SALT_BYTES // 2]
    key = _derived(password, random)
    return FileKey(key, random + _check(key))


def fits(key: bytes, salt: bytes) -> bool:
    """Whether a raw key is that of the file which begins with `salt`."""
    return hmac.compare_digest(_check(key), salt[SALT_BYTES // 2 :])


def wrapping_key(password: str, salt: bytes) -> bytes:
    """The key (32 bytes) with which a further person's password wraps that of the file; `salt` is that of the slots."""
    return _derived(password, salt)


def has_lost_its_head(start: bytes) -> bool:
    """Whether a file's first 100 bytes are those of a data file whose very beginning is damaged.

    Random bytes are never all zero, nor has an encrypted file the fixed marks that follow a plain file's head.
    """
    return not any(start[:SALT_BYTES]) or all(start[place:].startswith(mark) for place, mark in _PLAIN_MARKS)


def _derived(password: str, random: bytes) -> bytes:
    # A password typed with full-width digits, or with an accent in two characters, is the same password.
    spelt = unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
    return hashlib.scrypt(spelt, salt=random, n=_COST, r=8, p=2, maxmem=2**27, dklen=32)


def _check(key: bytes) -> bytes:
    return hmac.digest(key, b"zhibu-taizhang password check", "sha256")[: SALT_BYTES // 2]
