"""A share and a stick are told from the computer's own disk."""

import os
import sys
from pathlib import Path

import pytest

from models import places

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="reads the mounts of Linux")

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
proc /proc proc rw 0 0
//server/office /mnt/office cifs rw 0 0
//server/office /mnt/office\\040two smb3 rw 0 0
server:/home /home nfs4 rw 0 0
/dev/sda2 /home/local ext4 rw 0 0
/dev/sdb1 /media/zhou/U盘 vfat rw 0 0
/dev/sdc1 /run/media/zhou/STICK exfat rw 0 0
/dev/sdd1 /mnt/stick exfat rw 0 0
"""


@pytest.fixture(autouse=True)
def computer(tmp_path, monkeypatch):
    """The mounts of a computer in an office, and its one removable disk with a partition."""
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS, encoding="utf-8")
    monkeypatch.setattr(places, "_MOUNTS", mounts)
    monkeypatch.setattr(places, "_BLOCK_DEVICES", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("path", "network"),
    [
        ("/mnt/office/甲.zbtz", True),
        ("/mnt/office two/党建/甲.zbtz", True),
        ("/home/zhou/甲.zbtz", True),
        ("/home/local/甲.zbtz", False),
        ("/mnt/officer/甲.zbtz", False),
        ("/甲.zbtz", False),
        ("/media/zhou/U盘/甲.zbtz", False),
    ],
)
def test_a_share_is_known(path, network):
    assert places.on_network(Path(path)) == network


@pytest.mark.parametrize(
    ("path", "stick"),
    [("/media/zhou/U盘/甲.zbtz", True), ("/run/media/zhou/STICK/党建/甲.zbtz", True), ("/mnt/office/甲.zbtz", False)],
)
def test_a_stick_is_known_by_where_it_is_mounted(path, stick):
    assert places.on_stick(Path(path)) == stick


@pytest.mark.parametrize("told", ["0", "1"])
def test_a_stick_is_known_by_its_disk(computer, told):
    device = Path("/").stat().st_dev
    partition = computer / "sdd" / "sdd1"
    partition.mkdir(parents=True)
    (computer / "sdd" / "removable").write_text(f"{told}\n")
    (computer / f"{os.major(device)}:{os.minor(device)}").symlink_to(partition)
    assert places.on_stick(Path("/甲.zbtz")) == (told == "1")


def test_where_nothing_tells_it_is_the_computers_own(monkeypatch, tmp_path):
    monkeypatch.setattr(places, "_MOUNTS", tmp_path / "没有")
    assert not places.on_network(Path("/mnt/office/甲.zbtz"))
    assert not places.on_stick(Path("/mnt/office/甲.zbtz"))


def test_the_real_mounts_are_read(monkeypatch, tmp_path):
    monkeypatch.undo()
    assert isinstance(places.on_network(tmp_path), bool)
    assert isinstance(places.on_stick(tmp_path), bool)
