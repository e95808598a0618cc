"""A disk that forgets: what was written and not flushed when the power goes is there in part, or not at all.

Flushing a file makes its content last, flushing a folder the names in it. Whatever came since then is kept or dropped
at random when the power goes, in sectors of 512 bytes; a name given, taken away or changed is kept or dropped as well.
"""

import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.reliability.tracer import Call

SECTOR = 512
Event = Callable[["Disk"], None]


class File:
    """The content of a file as the program sees it and as it lasts, and what was written in between."""

    def __init__(self, content: bytes = b"") -> None:
        self.seen, self.lasting = bytearray(content), bytearray(content)
        self.waiting: list[tuple[int, bytes] | int] = []  # a place and what was written there, or a new size

    def write(self, place: int, content: bytes) -> None:
        _write(self.seen, place, content)
        while content:
            room = SECTOR - place % SECTOR
            self.waiting.append((place, content[:room]))
            place, content = place + room, content[room:]

    def cut(self, size: int) -> None:
        _resize(self.seen, size)
        self.waiting.append(size)

    def flush(self) -> None:
        self.lasting = bytearray(self.seen)
        self.waiting.clear()

    def left(self, chance: random.Random, share: float) -> bytes:
        """What the file holds after the power went."""
        content = bytearray(self.lasting)
        for each in self.waiting:
            if chance.random() < share:
                if isinstance(each, int):
                    _resize(content, each)
                else:
                    _write(content, *each)
        return bytes(content)


class Disk:
    """The files of a folder by name, as the program sees them and as they last."""

    def __init__(self, folder: Path) -> None:
        self.seen = {str(each): File(each.read_bytes()) for each in folder.rglob("*") if each.is_file()}
        self.lasting = dict(self.seen)
        self.waiting: list[dict[str, File | None]] = []  # what names stand for from now on: a rename is one step

    def name(self, names: dict[str, File | None]) -> None:
        _name(self.seen, names)
        self.waiting.append(names)

    def flush(self, path: str) -> None:
        """Flushes the file, or the names of the folder, at the path."""
        if path in self.seen:
            self.seen[path].flush()
            return
        for names in self.waiting:
            if _folder(names) == path:
                _name(self.lasting, names)
        self.waiting = [names for names in self.waiting if _folder(names) != path]

    def left(self, chance: random.Random) -> dict[str, bytes]:
        """What is on the disk after the power went: the content of each file that still has a name."""
        share = chance.choice((0.1, 0.5, 0.9))
        left = dict(self.lasting)
        for names in self.waiting:
            if chance.random() < share:
                _name(left, names)
        return {name: file.left(chance, share) for name, file in left.items()}


class Recorder:
    """Writes down, while a child is traced, what it does to the files of a folder and what it says it has saved."""

    def __init__(self, folder: Path, said: int) -> None:
        self.folder = str(folder)
        self.events: list[Event | int] = []  # something done to the disk, or the number of what was said to be saved
        self._said = said
        self._places: dict[int, int] = {}
        self._told: dict[int, str] = {}

    def __call__(self, call: Call) -> None:
        done = getattr(self, f"_{call.name}", None)
        if call.result is None:
            self._before = call.name in ("open", "openat") and Path(self._path(call)).exists()
        elif call.result >= 0 and done is not None:
            done(call, *call.arguments)

    def _path(self, call: Call) -> str:
        return call.text(call.arguments[call.name.endswith("at")])

    def _do(self, path: str, event: Event) -> None:
        if path.startswith(self.folder):
            self.events.append(event)

    def _openat(self, call: Call, *_: int) -> None:
        path = self._path(call)
        flags = call.arguments[1 + call.name.endswith("at")]
        assert call.result is not None
        self._places[call.result] = 0
        if flags & os.O_CREAT and not self._before:
            self._do(path, lambda disk: disk.name({path: File()}))
        elif flags & os.O_TRUNC:
            self._do(path, lambda disk: disk.seen[path].cut(0))

    _open = _openat

    def _pwrite64(self, call: Call, descriptor: int, address: int, size: int, place: int) -> None:
        path, content = call.file(descriptor), call.memory(address, size)
        self._do(path, lambda disk: disk.seen[path].write(place, content))

    def _write(self, call: Call, descriptor: int, address: int, size: int, _: int) -> None:
        if descriptor == self._said:
            self.events.append(int(call.memory(address, size)))
            return
        self._pwrite64(call, descriptor, address, size, self._places.get(descriptor, 0))
        self._places[descriptor] = self._places.get(descriptor, 0) + size

    def _lseek(self, call: Call, descriptor: int, *_: int) -> None:
        assert call.result is not None
        self._places[descriptor] = call.result

    def _ftruncate(self, call: Call, descriptor: int, size: int, *_: int) -> None:
        path = call.file(descriptor)
        self._do(path, lambda disk: disk.seen[path].cut(size))

    def _fsync(self, call: Call, descriptor: int, *_: int) -> None:
        path = call.file(descriptor)
        self._do(path, lambda disk: disk.flush(path))

    _fdatasync = _fsync

    def _unlink(self, call: Call, address: int, *_: int) -> None:
        path = call.text(address)
        self._do(path, lambda disk: disk.name({path: None}))

    def _rename(self, call: Call, old: int, new: int, *_: int) -> None:
        before, after = call.text(old), call.text(new)
        self._do(before, lambda disk: disk.name({before: None, after: disk.seen[before]}))


def cuts(disk: Disk, events: list[Event | int], number: int, seed: int) -> Iterator[tuple[set[int], dict[str, bytes]]]:
    """So many power cuts at random moments of a record: what had been said to be saved, and what the disk holds."""
    chance = random.Random(seed)
    moments = sorted(chance.randrange(len(events) + 1) for _ in range(number))
    said: set[int] = set()
    passed = 0
    for moment in moments:
        for event in events[passed:moment]:
            if isinstance(event, int):
                said.add(event)
            else:
                event(disk)
        passed = moment
        yield set(said), disk.left(chance)


def _write(content: bytearray, place: int, written: bytes) -> None:
    if len(content) < place:
        _resize(content, place)
    content[place : place + len(written)] = written


def _resize(content: bytearray, size: int) -> None:
    del content[size:]
    content.extend(bytes(size - len(content)))


def _name(known: dict[str, File], names: dict[str, File | None]) -> None:
    for path, file in names.items():
        if file is None:
            known.pop(path, None)
        else:
            known[path] = file


def _folder(names: dict[str, File | None]) -> str:
    return str(Path(next(iter(names))).parent)
