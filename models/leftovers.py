"""What a process that was killed left of files that it was writing aside: known by their names, and cleared away."""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from models import files, places

_FORGOTTEN = 24 * 60 * 60.0  # seconds: what nobody here can tell dead is left alone as long as this


def clear(folder: Path) -> None:
    """Removes from `folder` what processes that are no more wrote aside there; nothing else, and no links.

    On this computer it is known at once whether a process lives. What another computer may have left in a shared
    folder, or a program that did not name its process, goes a day after it was last written to.
    """
    found = list(_asides(folder))
    shared = bool(found) and places.on_network(folder)
    for entry in found:
        with suppress(OSError):  # somebody else may not let it go: it goes another time
            if _is_forgotten(entry, shared):
                _remove(entry)


def _asides(folder: Path) -> Iterator[os.DirEntry[str]]:
    with suppress(OSError), os.scandir(folder) as entries:  # a folder that cannot be read holds nothing to clear
        for entry in entries:
            if files.ASIDE.fullmatch(entry.name) and not entry.is_symlink():
                yield entry


def _is_forgotten(entry: os.DirEntry[str], shared: bool) -> bool:
    writer = None if shared else files.writer_of(entry.name)
    if writer is not None and os.name != "nt":  # Windows tells of no process without harming it
        return not files.is_running(writer)
    return time.time() - entry.stat(follow_symlinks=False).st_mtime > _FORGOTTEN


def _remove(entry: os.DirEntry[str]) -> None:
    if entry.is_dir(follow_symlinks=False):
        shutil.rmtree(entry.path)
    else:
        Path(entry.path).unlink()
