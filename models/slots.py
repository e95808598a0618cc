"""Slots: the key of a data file, wrapped once for each further person who opens it with a password of their own.

They stand in one page behind the last page that SQLite counts, so that a file copied alone still opens for each of
them, and in a small file beside it, because a file that grows writes over that page. What they say can always be made
anew from the tables of an open file; the file's own password needs none of it.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from models import files

SLOTS = 12
SALT_BYTES = 16
_PAGE = 4096
_MARK = b"ZBTZ key slots 1"
_DIGEST = 32
_NONCE, _TAG = 12, 16
_ROLE, _NAME = 1, 95
_CONTENT = 32 + _ROLE + _NAME
_SLOT = _NONCE + _CONTENT + _TAG
READER, CLERK = "查看", "经办"
_ROLES = {READER: b"r", CLERK: b"c"}
LONGEST_NAME = _NAME  # bytes of UTF-8


@dataclass(frozen=True)
class Person:
    """Who opened a file with a password of their own; `role` is 经办, who may change it, or 查看."""

    name: str
    role: str

    @property
    def may_write(self) -> bool:
        """Whether what this person opens may be changed."""
        return self.role == CLERK


@dataclass(frozen=True)
class Slot:
    """What a slot is made from: whom it serves and the key that their password gives (32 bytes)."""

    person: Person
    wrapping: bytes


@dataclass(frozen=True)
class Page:
    """The page of slots as it stands behind a file: the salt for the passwords, and the slots, used or not alike."""

    salt: bytes
    wrapped: tuple[bytes, ...]

    def opened(self, wrapping: bytes) -> tuple[bytes, Person] | None:
        """The file's key and the person of the slot that this wrapping key opens; None when it opens none."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        cipher = AESGCM(wrapping)
        for slot in self.wrapped:
            try:
                content = cipher.decrypt(slot[:_NONCE], slot[_NONCE:], self.salt)
            except InvalidTag:
                continue
            key, role, name = content[:32], content[32:33], content[33:].rstrip(b"\0")
            return key, Person(name.decode(), next(word for word, mark in _ROLES.items() if mark == role))
        return None


def page_of(salt: bytes, key: bytes, slots: Sequence[Slot]) -> bytes:
    """A page of 4096 bytes with a slot for each; what is left over looks like slots too, so that nobody can count them.

    The same slots make the same page: whether one is in place is seen without opening it.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    assert len(slots) <= SLOTS
    wrapped = []
    for slot in slots:
        content = key + _ROLES[slot.person.role] + slot.person.name.encode().ljust(_NAME, b"\0")
        nonce = hmac.digest(slot.wrapping, salt + content, "sha256")[:_NONCE]
        wrapped.append(nonce + AESGCM(slot.wrapping).encrypt(nonce, content, salt))
    wrapped += [_filler(key, salt, place) for place in range(len(wrapped), SLOTS)]
    page = (_MARK + salt + b"".join(sorted(wrapped))).ljust(_PAGE - _DIGEST, b"\0")
    return page + hashlib.sha256(page).digest()


def _filler(key: bytes, salt: bytes, place: int) -> bytes:
    return hashlib.shake_256(hmac.digest(key, salt + b"unused slot %d" % place, "sha256")).digest(_SLOT)


def parsed(page: bytes) -> Page | None:
    """The slots of a page; None when it is none or not whole."""
    body, told = page[:-_DIGEST], page[-_DIGEST:]
    if len(page) != _PAGE or not body.startswith(_MARK) or hashlib.sha256(body).digest() != told:
        return None
    first = len(_MARK) + SALT_BYTES
    wrapped = tuple(body[first + place * _SLOT : first + (place + 1) * _SLOT] for place in range(SLOTS))
    return Page(body[len(_MARK) : first], wrapped)


def pages_for(path: Path, end: bytes) -> list[Page]:
    """The slots of the file at `path`, whose last page is `end`: those in it, and those kept beside it."""
    found = [parsed(end[-_PAGE:])]
    beside = beside_of(path)
    if beside.is_file():
        with files.refusing(f"“{beside.name}”读不出来"), beside.open("rb") as file:
            found.append(parsed(file.read(_PAGE + 1)))
    pages = [page for page in found if page is not None]
    return pages[:1] if len(pages) == 2 and pages[0] == pages[1] else pages


def beside_of(path: Path) -> Path:
    """Where the slots of a data file are kept a second time."""
    return path.with_name(f".{path.name}.keys")


def put_behind(path: Path, pages: int, page: bytes | None) -> None:
    """Puts a page of slots behind the `pages` pages of a file that nobody writes meanwhile; None takes it away.

    Nothing of what SQLite counts is touched, whatever happens.
    """
    with path.open("rb+") as file:
        if file.seek(0, 2) < pages * _PAGE:
            return  # not all of it is written yet: a journal stands beside it
        file.seek(pages * _PAGE)
        if page is None:
            file.truncate()
            return
        if file.read() == page:
            return
        file.seek(pages * _PAGE)
        file.write(page)
        file.truncate()
        file.flush()


def put_beside(path: Path, page: bytes | None) -> None:
    """Keeps a page of slots beside the file at `path`; None takes it away."""
    beside = beside_of(path)
    if page is None:
        beside.unlink(missing_ok=True)
    else:
        files.write(beside, page)
