"""Writing aside, flushing and putting in place."""

import errno
import os
from pathlib import Path

import pytest

from models import files
from models.errors import UserError


def test_a_file_is_written_whole(tmp_path):
    path = tmp_path / "清单.json"
    files.write(path, b"old")
    files.write(path, b"new")
    assert path.read_bytes() == b"new"
    assert [each.name for each in tmp_path.iterdir()] == ["清单.json"]


def test_the_old_file_stands_when_the_disk_fills(tmp_path, monkeypatch):
    path = tmp_path / "清单.json"
    files.write(path, b"old")

    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.write(path, b"new")
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["清单.json"]


def test_a_new_file_takes_no_name_that_is_taken(tmp_path):
    aside, path = tmp_path / "aside", tmp_path / "path"
    aside.write_bytes(b"new")
    path.write_bytes(b"old")
    with pytest.raises(FileExistsError):
        files.put_new(aside, path)
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize("taken", [False, True])
def test_a_disk_without_links_will_do(tmp_path, monkeypatch, taken):
    aside, path = tmp_path / "aside", tmp_path / "path"
    aside.write_bytes(b"new")
    if taken:
        path.write_bytes(b"old")

    def no_links(_source, _target):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    if taken:
        with pytest.raises(FileExistsError):
            files.put_new(aside, path)
    else:
        files.put_new(aside, path)
    assert path.read_bytes() == (b"old" if taken else b"new")


def test_the_digest_is_that_of_the_content(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"abc")
    assert files.digest(path) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize(
    ("standing", "words"),
    [("甲.zbtz", "已经存在"), ("甲.zbtz-journal", "留有旧的"), ("甲.zbtz-wal", "留有旧的")],
)
def test_a_new_data_file_needs_a_free_place(tmp_path, standing, words):
    (tmp_path / standing).touch()
    with pytest.raises(UserError, match=words):
        files.require_free(tmp_path / "甲.zbtz")


def test_a_new_data_file_needs_a_folder_and_a_name(tmp_path):
    with pytest.raises(UserError, match="请先建好"):
        files.require_free(tmp_path / "没有" / "甲.zbtz")
    with pytest.raises(UserError, match="不能用的字符"):
        files.require_free(Path("甲\0.zbtz"))
    (tmp_path / "坏").symlink_to(tmp_path / "nowhere")
    with pytest.raises(UserError, match="已经存在"):
        files.require_free(tmp_path / "坏")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "磁盘空间不够"),
        (errno.EFBIG, "磁盘空间不够"),
        (errno.EROFS, "只能读不能写"),
        (errno.EACCES, "没有读写权限"),
        (errno.EEXIST, "名字已经被占用"),
        (errno.EISDIR, "这是一个文件夹"),
        (errno.ENAMETOOLONG, "文件名太长"),
        (errno.ENOENT, "不存在"),
        (errno.EIO, "读写磁盘出错"),
        (errno.EBUSY, "正被别的程序打开"),
        (errno.EMFILE, "系统没有答应（EMFILE）"),
    ],
)
def test_a_refusal_is_told_in_a_sentence(number, words):
    with pytest.raises(UserError, match=f"无法保存：.*{words}"), files.refusing("无法保存"):
        raise OSError(number, os.strerror(number))
