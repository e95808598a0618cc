"""The files that an upgrade left as they were: the way back to the program before, beside the file and with backups."""

import errno
import os
import re
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from models import attachments, files
from models.backups import bring_scans
from models.keys import PLAIN_HEAD

_NAMED = re.compile(r"\.格式(\d+)(?:-[0-9a-f]{8})?")


@dataclass(frozen=True)
class EarlierFile:
    """A data file as it was before an upgrade; only a program of its schema opens it.

    `places` are all its copies, the one beside the data file first; `saved_at` (local time) is when that was written
    last, `size` in bytes.
    """

    places: tuple[Path, ...]
    schema: int
    saved_at: datetime
    size: int
    encrypted: bool

    @property
    def name(self) -> str:
        """The name under which it was kept."""
        return self.places[0].name


def beside(path: Path) -> list[Path]:
    """The files that stayed beside the one at `path` when it was brought to a newer schema."""
    return _in(path.parent, path)


def earlier_files(path: Path, folders: Sequence[Path]) -> list[EarlierFile]:
    """Those and their copies in `folders`, the newest schema first; UserError where one cannot be read."""
    found: list[list[Path]] = []
    with files.refusing("升级前的文件读不出来"):
        for kept in (each for folder in dict.fromkeys((path.parent, *folders)) for each in _in(folder, path)):
            same = next((places for places in found if _alike(places[0], kept)), None)
            if same is None:
                found.append([kept])
            else:
                same.append(kept)
        told = [_described(places, path) for places in found]
    return sorted(told, key=lambda each: (each.schema, each.saved_at), reverse=True)


def keep_copies(path: Path, folder: Path) -> None:
    """Copies those beside the file at `path` into `folder`, byte for byte; UserError where that fails."""
    for kept in beside(path):
        with files.refusing(f"升级以前的“{kept.name}”没有复制到“{folder}”"):
            if any(_alike(kept, each) for each in _in(folder, path)):
                continue
            folder.mkdir(parents=True, exist_ok=True)
            target = folder / kept.name
            if target.exists():  # another data file of this name was upgraded too
                target = kept.with_name(f"{path.stem}.格式{_schema(kept, path)}-{secrets.token_hex(4)}{kept.suffix}")
            _copy(kept, folder / target.name)


def copy_out(kept: EarlierFile, target: Path) -> None:
    """Copies one with its scans to a free name, to be opened there by its own program; UserError where that fails."""
    files.require_free(target)
    source = kept.places[0]
    with files.refusing(f"没有复制成“{target}”"):
        bring_scans(None, attachments.folder_of(source), attachments.folder_of(target))
        _copy(source, target)


def remove(kept: EarlierFile) -> None:
    """Removes one wherever it lies, the copy beside the data file last; UserError where that fails."""
    for place in reversed(kept.places):
        with files.refusing(f"“{place}”没有删除"):
            place.unlink(missing_ok=True)


def _in(folder: Path, path: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(each for each in folder.iterdir() if _schema(each, path) is not None and each.is_file())


def _schema(kept: Path, path: Path) -> int | None:
    """The schema that the name tells; None for what is no earlier form of the file at `path`."""
    if kept.suffix != path.suffix or not kept.stem.startswith(path.stem):
        return None
    named = _NAMED.fullmatch(kept.stem.removeprefix(path.stem))
    return int(named[1]) if named else None


def _alike(one: Path, other: Path) -> bool:
    return one.stat().st_size == other.stat().st_size and files.digest(one) == files.digest(other)


def _described(places: Sequence[Path], path: Path) -> EarlierFile:
    first = places[0]
    known, schema = first.stat(), _schema(first, path)
    assert schema is not None
    with first.open("rb") as file:
        encrypted = file.read(len(PLAIN_HEAD)) != PLAIN_HEAD
    saved_at = datetime.fromtimestamp(known.st_mtime).astimezone()
    return EarlierFile(tuple(places), schema, saved_at, known.st_size, encrypted)


def _copy(source: Path, target: Path) -> None:
    """Copies a file under a new name, with its age; OSError where the copy is not what it should be."""
    aside = files.aside_of(target)
    try:
        shutil.copyfile(source, aside)
        files.flush(aside)
        if files.digest(aside) != files.digest(source):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        known = source.stat()
        os.utime(aside, ns=(known.st_atime_ns, known.st_mtime_ns))
        files.put_new(aside, target)
    finally:
        aside.unlink(missing_ok=True)
