"""What belongs to this computer and not to a data file: the file last opened, text size, backups, when it locks."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import platformdirs

from models import files

NAME = "zhibu-taizhang"
LOCK_AFTER = 15  # minutes
_MOST_RECENT = 8


@dataclass(frozen=True)
class Preferences:
    """The preferences of this computer; `text_size` is STANDARD, LARGE or LARGEST, `second_folder` a stick or share.

    `roster_columns` are the keys of the columns that the roster shows, none for the usual ones. `recent_files` are the
    data files opened before, the last one first. `lock_after` are the idle minutes after which an encrypted file is
    locked, 0 for never. `checked` says by the mark of a data file on which day (ISO) it was last found sound.
    """

    last_file: Path | None = None
    text_size: str = "STANDARD"
    backup_folder: Path | None = None
    second_folder: Path | None = None
    roster_columns: tuple[str, ...] = ()
    recent_files: tuple[Path, ...] = ()
    lock_after: int = LOCK_AFTER
    checked: Mapping[str, str] = field(default_factory=dict)


def config_file() -> Path:
    """Where the preferences stand."""
    return platformdirs.user_config_path(NAME, appauthor=False) / "preferences.json"


def data_folder() -> Path:
    """Where a data file is proposed to lie."""
    return platformdirs.user_documents_path() / "支部台账"


def sample_folder() -> Path:
    """Where the sample branch lies."""
    return platformdirs.user_data_path(NAME, appauthor=False) / "sample"


def read() -> Preferences:
    """The preferences as they stand; what is missing or unreadable has its default."""
    try:
        stored = json.loads(config_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Preferences()
    return _read(stored) if isinstance(stored, dict) else Preferences()


def _read(stored: dict[str, Any]) -> Preferences:
    def path(name: str) -> Path | None:
        return Path(stored[name]) if isinstance(stored.get(name), str) else None

    def texts(name: str) -> tuple[str, ...]:
        found = stored.get(name)
        return tuple(each for each in found if isinstance(each, str)) if isinstance(found, list) else ()

    checked = stored.get("checked")
    size, minutes = stored.get("text_size"), stored.get("lock_after")
    return Preferences(
        last_file=path("last_file"),
        text_size=size if size in ("STANDARD", "LARGE", "LARGEST") else "STANDARD",
        backup_folder=path("backup_folder"),
        second_folder=path("second_folder"),
        roster_columns=texts("roster_columns"),
        recent_files=tuple(map(Path, texts("recent_files"))),
        lock_after=minutes if type(minutes) is int and minutes >= 0 else LOCK_AFTER,
        checked={str(mark): str(day) for mark, day in checked.items()} if isinstance(checked, dict) else {},
    )


def change(**values: Any) -> Preferences:
    """Saves new values and answers all of them; OSError when the folder of preferences cannot be written."""
    wanted = replace(read(), **values)
    path = config_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    files.write(path, json.dumps(vars(wanted), indent=1, default=str).encode())
    return wanted


def remember(path: Path) -> None:
    """Makes `path` the file last opened and the first of the recent ones; OSError as `change`."""
    known = read()
    if known.last_file == path and known.recent_files[:1] == (path,):
        return  # as at most starts, which need not wait for the disk
    before = (each for each in known.recent_files if each != path)
    change(last_file=path, recent_files=(path, *before)[:_MOST_RECENT])
