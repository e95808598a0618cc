"""Scans of vouchers and other papers: files kept beside the data file, each under a key that only its row knows.

A file is written aside and flushed before its row is saved, and takes its name once it is: after a crash the row says
which it should be. The key stays in the data file, so a scan is as well guarded as that, and a new password for the
data file leaves the scans as they are.
"""

import hashlib
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import filenames, files, leftovers
from models.audit import AuditedSession
from models.base import Record, numbered
from models.database import Database, Home
from models.errors import UserError

FOLDER = "附件"
LARGEST = 20 * 2**20
_KEY_BYTES, _NONCE_BYTES, _TAG_BYTES = 32, 12, 16
_HEADS = (
    (b"%PDF-", "application/pdf", (".pdf",)),
    (b"\x89PNG\r\n\x1a\n", "image/png", (".png",)),
    (b"\xff\xd8\xff", "image/jpeg", (".jpg", ".jpeg")),
    (b"GIF8", "image/gif", (".gif",)),
    (b"BM", "image/bmp", (".bmp",)),
    (b"II*\x00", "image/tiff", (".tif", ".tiff")),
    (b"MM\x00*", "image/tiff", (".tif", ".tiff")),
    (b"PK\x03\x04", "application/zip", (".docx", ".xlsx", ".pptx", ".ofd", ".zip", ".wps", ".et")),
    (b"\xd0\xcf\x11\xe0", "application/x-ole-storage", (".doc", ".xls", ".ppt", ".wps", ".et")),
)
_PROGRAM_HEADS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"[Desktop Entry]")
_PROGRAM_ENDINGS = (
    ".exe", ".com", ".bat", ".cmd", ".scr", ".pif", ".msi", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".ps1", ".sh",
    ".run", ".desktop", ".lnk", ".url", ".jar", ".hta", ".reg", ".dll", ".html", ".htm", ".svg", ".xml", ".chm",
)  # fmt: skip


class Attachment(Record):
    """One file: `name` as it was given, `stored` its name in the folder, size and SHA-256 of its content, its key."""

    __tablename__ = "attachments"

    name: Mapped[str]
    stored: Mapped[str] = mapped_column(unique=True)
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    key: Mapped[str]


def add_file(session: Session, path: Path) -> Attachment:
    """Keeps a copy of the file at `path`; UserError when it cannot be read or is nothing to be kept."""
    with files.refusing(f"附件“{path.name}”读不出来"):
        if path.stat().st_size > LARGEST:
            raise _too_large(path.name)
        content = path.read_bytes()
    return add(session, path.name, content)


def add(session: Session, name: str, content: bytes) -> Attachment:
    """Keeps a content under a name, saved together with what the session saves; UserError for what is refused.

    At most 20 MiB; no programs, no pages; what is called a picture or a PDF must be one.
    """
    name = filenames.clean(name)
    media_type = _checked(name, content)
    key = secrets.token_bytes(_KEY_BYTES)
    attachment = Attachment(
        name=name,
        stored=f"{secrets.token_hex(16)}.bin",
        media_type=media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        key=key.hex(),
    )
    aside = _aside(session, attachment)
    with files.refusing(f"附件“{name}”没有存成"):
        if not aside.parent.is_dir():
            aside.parent.mkdir()
            files.flush_folder(aside.parent.parent)
        _waiting(session).append((attachment, aside))
        with aside.open("xb") as file:
            file.write(_encrypted(key, content))
            file.flush()
            os.fsync(file.fileno())
        files.flush_folder(aside.parent)
    session.add(attachment)
    session.flush()
    return attachment


def content(session: Session, attachment_id: int) -> bytes:
    """What was kept; UserError when the file is missing or is not what it was."""
    attachment = numbered(session, Attachment, attachment_id, "附件")
    return content_of(attachment, folder_of(session.info["home"].path))


def content_of(attachment: Attachment, folder: Path) -> bytes:
    """The content of an attachment whose file lies in `folder`; UserError when it is missing or not what it was."""
    stored = stored_file(attachment.stored, folder)
    if stored is None:
        raise UserError(
            f"附件“{attachment.name}”的文件不见了，请从备份中找回“{FOLDER}”文件夹里的 {attachment.stored}。"
        )
    with files.refusing(f"附件“{attachment.name}”读不出来"):
        found = _decrypted(bytes.fromhex(attachment.key), stored.read_bytes())
    if found is None or hashlib.sha256(found).hexdigest() != attachment.sha256:
        raise UserError(
            f"附件“{attachment.name}”的文件已损坏，请从备份中找回“{FOLDER}”文件夹里的 {attachment.stored}。"
        )
    return found


def stored_file(stored: str, folder: Path) -> Path | None:
    """Where the file of this stored name lies, also when a crash kept it from taking that name.

    None where there is none; a data file may come from anywhere, and neither a name that leads out of the folder nor a
    link or a device counts as one.
    """
    if not filenames.is_stored(stored):
        return None
    path = folder / stored
    found = path if path.exists() else next(folder.glob(f"{stored}.*.new"), None)
    return found if found is not None and found.is_file() and not found.is_symlink() else None


def problems(session: Session) -> list[str]:
    """A sentence for each attachment that is missing or damaged."""
    folder = folder_of(session.info["home"].path)
    found = []
    for attachment in everything(session):
        try:
            content_of(attachment, folder)
        except UserError as error:
            found.append(str(error))
    return found


def everything(session: Session) -> Sequence[Attachment]:
    """All attachments in the order they were added."""
    return session.scalars(select(Attachment).order_by(Attachment.id)).all()


def tidy(database: Database) -> None:
    """Finishes what a crash interrupted: files whose row was saved take their names, the others go."""
    folder, owner = folder_of(database.path), _owner(database.path)
    if database.read_only:
        return
    leftovers.clear(folder)  # of scans that a backup brought back
    if not any(folder.glob(f"*.{owner}.new")):
        return
    # While the transaction lasts nobody else is between writing a file and saving its row.
    with files.refusing("没有存完的附件收拾不了"), database.trying() as session:
        kept = set(session.scalars(select(Attachment.stored)))
        for aside in folder.glob(f"*.{owner}.new"):
            stored = aside.name.removesuffix(f".{owner}.new")
            if stored in kept:
                aside.replace(folder / stored)
            else:
                aside.unlink()


def folder_of(path: Path) -> Path:
    """Where the attachments of the data file at `path` lie."""
    return path.parent / FOLDER


def _aside(session: Session, attachment: Attachment) -> Path:
    home: Home = session.info["home"]
    return folder_of(home.path) / f"{attachment.stored}.{_owner(home.path)}.new"


def _owner(path: Path) -> str:
    """A mark of the data file at this path: several may lie in one folder and share the folder of attachments."""
    return hashlib.sha256(os.fsencode(os.path.realpath(path))).hexdigest()[:12]


def _waiting(session: Session) -> list[tuple[Attachment, Path]]:
    waiting: list[tuple[Attachment, Path]] = session.info.setdefault("attachments", [])
    return waiting


def _settle(session: Session) -> None:
    """Listens to the commit: what was saved takes its name, what a savepoint took back goes."""
    for attachment, aside in _waiting(session):
        with suppress(OSError):  # the row says what it should be: `tidy` will do it
            if inspect(attachment).persistent:
                aside.replace(aside.with_name(attachment.stored))
            else:
                aside.unlink(missing_ok=True)
    _waiting(session).clear()


def _clear(session: Session) -> None:
    """Listens to the rollback."""
    for _, aside in _waiting(session):
        with suppress(OSError):  # `tidy` will do it
            aside.unlink(missing_ok=True)
    _waiting(session).clear()


event.listen(AuditedSession, "after_commit", _settle)
event.listen(AuditedSession, "after_rollback", _clear)


def _checked(name: str, content: bytes) -> str:
    """The media type of what may be kept; UserError for the rest."""
    ending = Path(name).suffix.lower()
    if not content:
        raise UserError(f"附件“{name}”是空文件。")
    if len(content) > LARGEST:
        raise _too_large(name)
    if ending in _PROGRAM_ENDINGS or content.startswith(_PROGRAM_HEADS):
        raise UserError(f"附件“{name}”是程序或网页，不能存为附件，请改用扫描件（PDF、PNG、JPG）。")
    for head, media_type, endings in _HEADS:
        if content.startswith(head) and ending in endings:
            return media_type
    if any(ending in endings for _, _, endings in _HEADS):
        raise UserError(f"附件“{name}”的内容与文件名不符，可能已损坏，请重新扫描或另存。")
    return "application/octet-stream"


def _too_large(name: str) -> UserError:
    return UserError(f"附件“{name}”超过 {LARGEST // 2**20} MB，请降低扫描精度后再试。")


def _encrypted(key: bytes, content: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, None)


def _decrypted(key: bytes, stored: bytes) -> bytes | None:
    """The content, or None when it is not what was encrypted."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if len(stored) < _NONCE_BYTES + _TAG_BYTES:
        return None
    try:
        return AESGCM(key).decrypt(stored[:_NONCE_BYTES], stored[_NONCE_BYTES:], None)
    except InvalidTag:
        return None
