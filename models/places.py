"""What kind of place a data file lies in: a share guards nothing that is written, a stick may be pulled out."""

import os
import sys
from pathlib import Path

_SHARES = frozenset(
    {"cifs", "smb3", "smbfs", "ncpfs", "nfs", "nfs4", "afs", "ceph", "davfs", "fuse.sshfs", "fuse.gvfsd-fuse",
     "fuse.davfs2", "fuse.rclone"}
)  # fmt: skip
_MOUNTS = Path("/proc/self/mounts")
_BLOCK_DEVICES = Path("/sys/dev/block")
_DRIVE_REMOVABLE, _DRIVE_REMOTE = 2, 4


def on_network(path: Path) -> bool:
    """Whether the path lies on a network share, where two computers do not see each other's locks."""
    if sys.platform == "win32":
        return _drive_type(path) == _DRIVE_REMOTE
    return _mounted(path)[1] in _SHARES


def on_stick(path: Path) -> bool:
    """Whether the path lies on a drive that can be pulled out."""
    if sys.platform == "win32":
        return _drive_type(path) == _DRIVE_REMOVABLE
    if _mounted(path)[0].startswith(("/media/", "/run/media/")):
        return True
    device = next(each for each in (path, *path.absolute().parents) if each.exists()).stat().st_dev
    block = (_BLOCK_DEVICES / f"{os.major(device)}:{os.minor(device)}").resolve()
    told = [each / "removable" for each in (block, block.parent)]  # of the partition's disk
    return any(each.is_file() and each.read_text().strip() == "1" for each in told)


def _mounted(path: Path) -> tuple[str, str]:
    """Where what holds the path is mounted, and the kind of its file system; "/" and "" where nothing tells."""
    if not _MOUNTS.is_file():
        return "/", ""
    real, best = os.path.realpath(path), ("/", "")
    for line in _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
        _, place, kind, *_ = line.split(" ")
        place = _unescaped(place)
        inside = real == place or real.startswith(place.rstrip("/") + "/")
        if inside and len(place) >= len(best[0]):
            best = place, kind
    return best


def _unescaped(place: str) -> str:
    for written, meant in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        place = place.replace(written, meant)
    return place


if sys.platform == "win32":
    import ctypes

    def _drive_type(path: Path) -> int:
        drive = os.path.splitdrive(os.path.realpath(path))[0]
        if drive.startswith("\\\\"):
            return _DRIVE_REMOTE
        return int(ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\"))
