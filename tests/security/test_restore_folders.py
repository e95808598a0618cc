"""Backups from anywhere: whatever a folder of them holds, nothing is written but the file that was asked for.

Two hundred seeded cases of manifests that lie, names that lead out of their folder, links, pipes and devices.
"""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from models import attachments, backups, filenames, manifests
from models.attachments import FOLDER
from models.database import Database
from models.errors import UserError
from models.records.members import members
from models.rules.periods import PartialDate
from tests import founded

TODAY = date(2026, 11, 20)
CASES, AT_ONCE = 200, 20
SCAN = re.compile(r"[0-9a-f]{32}\.bin")
SECRET = "不许碰"
HEX = "0123456789abcdef" * 2


class World:
    """A folder of backups as somebody brought it, the folder it is restored to, and what lies around them."""

    def __init__(self, place: Path, kept: Path) -> None:
        self.folder, self.home, self.target = place / "U 盘", place / "文档", place / "恢复"
        shutil.copytree(kept, self.folder)
        for each in (self.home, self.target, place / "启动"):
            each.mkdir()
        (self.home / "秘密.txt").write_text(SECRET)
        (self.backup,) = self.folder.glob("*.zbbak")
        self.manifest = manifests.manifest_of(self.backup)
        self.scans = self.folder / FOLDER
        (self.scan,) = self.scans.iterdir()
        self.place = place

    def told(self) -> dict[str, Any]:
        """What the manifest says, where it is still one."""
        with suppress(OSError, ValueError):
            found = json.loads(self.manifest.read_text(encoding="utf-8")) if self.manifest.is_file() else {}
            return found if isinstance(found, dict) else {}
        return {}

    def tell(self, **values: Any) -> None:
        """Has the manifest say something else."""
        if not self.manifest.is_symlink() and (self.manifest.is_file() or not self.manifest.exists()):
            self.manifest.write_text(json.dumps(self.told() | values), encoding="utf-8")

    def outside(self) -> dict[str, bytes | str | None]:
        """Everything but the folder that is restored to: names, links and contents."""
        return {str(path): content for path, content in _tree(self.place) if self.target not in (path, *path.parents)}


def _tree(folder: Path) -> Iterator[tuple[Path, bytes | str | None]]:
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            yield path, str(path.readlink())
        else:
            yield path, path.read_bytes() if path.is_file() else None


def _names(world: World) -> list[Any]:
    """Names that lead elsewhere, that no system has, and that are none."""
    return [
        "../启动/坏.bin", "../../启动/坏.bin", str(world.place / "启动" / "坏.bin"), f"{FOLDER}/../../启动/坏.bin",
        "/etc/passwd", "C:\\Windows\\坏.bin", "\\\\服务器\\共享\\坏.bin", "..\\..\\坏.bin", "CON", "NUL.bin", "aux.bin",
        "COM1.bin", "a.bin:流", ".", "..", "", "/", "~/坏.bin", f"{HEX}.bin/../../坏", f"{HEX}.BIN", f"{HEX}.bin\n",
        f"{HEX}.bin\0", f"\u202e{HEX}.bin", "坏" * 5000, "%2e%2e/坏.bin", f"{HEX}.bin ", 7, None, [], {}, True, 1.5,
    ]  # fmt: skip


def _lying_names(world: World, random: Random) -> None:
    names = [world.scan.name, *random.sample(_names(world), random.randint(1, 4))]
    world.tell(**{random.choice(("scans", "missing")): random.choice((names, names[-1], {str(names[-1]): 1}))})


def _lying_figures(world: World, random: Random) -> None:
    name = random.choice(("file", "source", "origin", "made_at", "sha256", "size", "trail_length", "trail_head"))
    odd = [*_names(world), -1, 10**30, float("inf"), float("nan"), "0001-01-01T00:00:00", "9999-12-31T23:59:59+00:00"]
    world.tell(**{name: random.choice(odd)})


def _no_manifest_at_all(world: World, random: Random) -> None:
    deep = b"[" * 200_000
    wide, marked = "{}".encode("utf-16"), b"\xef\xbb\xbf{}"
    odd = (b"", b"{", b"null", b"[]", deep, wide, marked, b'{"scans": 1e999}', b"9" * 9000)
    if world.manifest.is_file() and not world.manifest.is_symlink():
        world.manifest.write_bytes(random.choice(odd))


def _instead(path: Path, world: World, random: Random) -> None:
    """Puts a link, a pipe, a folder or nothing in the place of a file."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    targets = (world.home / "秘密.txt", world.home, Path("/dev/zero"), Path("/etc/passwd"), path, Path("nirgends"))
    kind = random.choice(("link", "link", "pipe", "folder", "nothing"))
    if kind == "link":
        path.symlink_to(random.choice(targets))
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()


def _no_scan(world: World, random: Random) -> None:
    if world.scans.is_dir() and not world.scans.is_symlink():
        _instead(world.scan, world, random)


def _no_folder_of_scans(world: World, random: Random) -> None:
    _instead(world.scans, world, random)


def _no_file_for_manifest(world: World, random: Random) -> None:
    _instead(world.manifest, world, random)


def _no_backup(world: World, random: Random) -> None:
    _instead(world.backup, world, random)


def _more_scans(world: World, random: Random) -> None:
    """Names that a folder can have and a scan has not; without a manifest all scans of the folder are taken."""
    if world.scans.is_dir() and not world.scans.is_symlink():
        for name in random.sample(("NUL.bin", "..bin", "坏.bin", "-rf.bin", f"{HEX}.bin.bin", "a b.bin"), 3):
            (world.scans / name).write_bytes(b"x")
        (world.scans / f"{'ab' * 16}.bin").symlink_to(world.home / "秘密.txt")
    if random.random() < 0.5:
        world.manifest.unlink(missing_ok=True) if not world.manifest.is_dir() else None


def _taken(world: World, random: Random) -> None:
    """The place that is restored to was prepared too."""
    kind = random.choice(("folder", "scan", "name"))
    if kind == "folder":
        (world.target / FOLDER).symlink_to(world.place / "启动")
    elif kind == "scan":
        (world.target / FOLDER).mkdir()
        (world.target / FOLDER / world.scan.name).symlink_to(world.place / "启动" / "坏.bin")
    else:
        (world.target / "新.zbtz").symlink_to(world.place / "启动" / "坏.zbtz")


LIES: Sequence[Callable[[World, Random], None]] = (
    _lying_names, _lying_names, _lying_names, _lying_figures, _no_manifest_at_all, _no_scan, _no_folder_of_scans,
    _no_file_for_manifest, _no_backup, _more_scans, _taken,
)  # fmt: skip


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one sound backup that has one scan."""
    place = tmp_path_factory.mktemp("来处")
    with closing(founded.make(place / "甲支部.zbtz", "甲支部", TODAY)) as database:
        with database.writing("登记") as session:
            members.add(session, {"name": "张红卫", "birth_date": PartialDate(1980)})
            attachments.add(session, "凭证.pdf", b"%PDF-1.7 voucher")
        backups.make(database, place / "备份")
    return place / "备份"


def _one_sentence(said: str) -> bool:
    return "\n" not in said and said.endswith("。") and "Traceback" not in said and len(said) < 6000


def _restored(world: World) -> bool:
    """Lists the folder as the settings do, then restores; whether it was done."""
    listed = backups.backups_in(world.folder)
    assert all(SCAN.fullmatch(name) for each in listed for name in (*each.scans, *each.missing))
    said = None
    try:
        backups.restore(world.backup, world.target / "新.zbtz")
    except UserError as error:
        said = str(error)
    if said is not None:
        assert _one_sentence(said), said
        return False
    with closing(Database.open(world.target / "新.zbtz")) as database, database.reading() as session:
        assert session.query(members.Member).count() == 1
    return True


def _breaches(number: int, kept: Path, place: Path, restored: Callable[[World], bool]) -> set[Path]:
    """What a case wrote or changed beside the file that was asked for and its scans."""
    random, world = Random(number), World(place / str(number), kept)
    for lie in random.sample(LIES, random.randint(1, 2)):
        lie(world, random)
    before, was_there = world.outside(), {path for path, _ in _tree(world.target)}
    done = restored(world)
    after = world.outside()
    changed = {Path(path) for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    wanted = {world.target / "新.zbtz"} if done else set()
    for path, content in _tree(world.target):
        scan = SCAN.fullmatch(path.name) and path.parent.name == FOLDER and isinstance(content, bytes)
        if content is not None and path not in was_there | wanted and not (scan and SECRET.encode() not in content):
            changed.add(path)
    return changed


@pytest.mark.parametrize("first", range(0, CASES, AT_ONCE))
def test_nothing_is_written_but_what_was_asked_for(first: int, kept: Path, tmp_path: Path) -> None:
    for number in range(first, first + AT_ONCE):
        assert _breaches(number, kept, tmp_path, _restored) == set(), number


def _file_at(path: Path) -> Path | None:
    """What copying would end with: a pipe and a device never do."""
    with suppress(OSError, ValueError):
        return path if path.is_file() else None
    return None


def test_the_cases_see_a_program_that_believes_every_name(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: without the look at names some of the cases do write elsewhere."""

    def believed(world: World) -> bool:
        with suppress(UserError, OSError, ValueError):
            backups.restore(world.backup, world.target / "新.zbtz")
        return (world.target / "新.zbtz").is_file()

    monkeypatch.setattr(filenames, "is_stored", lambda _name: True)
    monkeypatch.setattr(attachments, "stored_file", lambda stored, folder: _file_at(folder / stored))
    written = [number for number in range(100) if _breaches(number, kept, tmp_path, believed)]
    print(f"{len(written)} of 100 cases written elsewhere")
    assert written


def test_a_sound_folder_is_brought_back(kept: Path, tmp_path: Path) -> None:
    world = World(tmp_path / "甲", kept)
    assert _restored(world)
    assert (world.target / FOLDER / world.scan.name).read_bytes() == world.scan.read_bytes()


def test_the_folder_of_scans_may_not_lead_elsewhere(kept: Path, tmp_path: Path) -> None:
    world = World(tmp_path / "甲", kept)
    (world.target / FOLDER).symlink_to(world.home)
    with pytest.raises(UserError, match="是一个链接，扫描件会写到别处去，请换一个文件夹再恢复。"):
        backups.restore(world.backup, world.target / "新.zbtz")
    assert [path.name for path in world.home.iterdir()] == ["秘密.txt"]


@pytest.mark.parametrize("stored", ["../启动/坏.bin", "../秘密.txt", "/etc/passwd", "NUL", "..", ""])
def test_a_data_file_from_anywhere_leads_no_backup_out_of_its_folder(stored: str, tmp_path: Path) -> None:
    (tmp_path / "启动").mkdir()
    (tmp_path / "数据").mkdir()
    with closing(founded.make(tmp_path / "数据" / "甲支部.zbtz", "甲支部", TODAY)) as database:
        with database.writing("存") as session:
            kept = attachments.add(session, "凭证.pdf", b"%PDF-1.7 voucher")
            content, name = database.path.parent / FOLDER, kept.stored
        with suppress(OSError):
            shutil.copyfile(content / name, content / stored)  # where the row will say that it lies
        before = {path for path in tmp_path.rglob("*") if path.parent != tmp_path / "备份"}
        with database.writing("改") as session:
            session.get_one(attachments.Attachment, 1).stored = stored
        made = backups.make(database, tmp_path / "备份")
        assert manifests.read(made.path) == made
        assert made.scans == ()
        with database.reading() as session, pytest.raises(UserError, match="的文件不见了"):
            attachments.content(session, 1)
    assert {path for path in tmp_path.rglob("*") if tmp_path / "备份" not in path.parents} - before <= {
        tmp_path / "备份"
    }
