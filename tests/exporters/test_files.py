"""Files are put in place whole or not at all, and every trouble ends in one sentence."""

import errno
import os
import stat
from pathlib import Path

import pytest

from exporters import files, verify
from models.errors import UserError

resource = pytest.importorskip("resource", reason="limits on the size of a file, pipes and links are POSIX")


def passes(path: Path) -> None:
    assert path.read_bytes()


def refuses(path: Path) -> None:
    raise UserError("核对不上。")


def only(folder: Path) -> dict[str, bytes]:
    return {entry.name: entry.read_bytes() for entry in folder.iterdir()}


def write(path: Path, data: bytes = b"new", check: files.Verify = passes) -> None:
    with files.replacing(path, check) as file:
        file.write(data)


def test_a_new_file_takes_its_name(tmp_path):
    write(tmp_path / "表.xlsx")
    assert only(tmp_path) == {"表.xlsx": b"new"}


def test_an_old_file_is_exchanged_and_keeps_its_mode(tmp_path):
    path = tmp_path / "表.xlsx"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write(path)
    assert only(tmp_path) == {"表.xlsx": b"new"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_goes_on_leading_to_the_file(tmp_path):
    folder = tmp_path / "real"
    folder.mkdir()
    (folder / "表.csv").write_bytes(b"old")
    link = tmp_path / "link.csv"
    link.symlink_to(folder / "表.csv")
    write(link)
    assert link.is_symlink()
    assert only(folder) == {"表.csv": b"new"}


@pytest.mark.parametrize("trouble", [RuntimeError("stop"), UserError("取消。"), KeyboardInterrupt()])
def test_trouble_in_the_block_leaves_the_old_file(tmp_path, trouble):
    path = tmp_path / "表.pdf"
    path.write_bytes(b"old")

    def stopped():
        with files.replacing(path, passes) as file:
            file.write(b"half")
            raise trouble

    with pytest.raises(type(trouble)):
        stopped()
    assert only(tmp_path) == {"表.pdf": b"old"}


def test_what_fails_its_check_does_not_replace(tmp_path):
    path = tmp_path / "表.pdf"
    path.write_bytes(b"old")
    with pytest.raises(UserError, match="核对不上"):
        write(path, check=refuses)
    assert only(tmp_path) == {"表.pdf": b"old"}


def test_a_full_disk_is_said_and_costs_nothing(tmp_path):
    path = tmp_path / "表.pdf"
    path.write_bytes(b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        with pytest.raises(UserError, match=r"磁盘空间不够，“表\.pdf”没有存成；原有的文件没有动"):
            write(path, b"x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert only(tmp_path) == {"表.pdf": b"old"}


@pytest.mark.parametrize("call", ["fsync", "replace", "chmod"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_an_error_at_every_step_is_said_and_costs_nothing(tmp_path, monkeypatch, call, number):
    path = tmp_path / "表.pdf"
    path.write_bytes(b"old")

    def fails(*_, **__):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, call, fails)
    with pytest.raises(UserError, match=r"没有存成"):
        write(path)
    assert only(tmp_path) == {"表.pdf": b"old"}


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("folder", "是文件夹"),
        ("missing/表.pdf", "没有“.*missing”这个文件夹"),
        ("file/表.pdf", "没有“.*file”这个文件夹"),
        ("x" * 300, "文件名太长"),
        ("a\0b", "不能用的字符"),
        ("pipe", "不是普通文件"),
    ],
)
def test_wrong_shapes_of_a_path_are_refused(tmp_path, name, sentence):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UserError, match=sentence):
        write(tmp_path / name)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["file", "folder", "pipe"]


def test_a_file_open_elsewhere_on_windows_is_named(tmp_path):
    path = tmp_path / "表.xlsx"
    path.write_bytes(b"old")
    error = PermissionError(errno.EACCES, "Access is denied")
    assert "正被别的程序（如 Excel、WPS）打开" in files.refusal(error, path, windows=True)
    assert "权限" in files.refusal(error, path, windows=False)


def test_an_error_about_another_file_is_not_taken_for_ours(tmp_path):
    with pytest.raises(FileNotFoundError), files.replacing(tmp_path / "表.pdf", passes):
        (tmp_path / "font.ttf").open("rb")


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4\n", b"%PDF-1.4\nstartxref\n0\n%%EOF\n", b"x" * 100])
def test_what_is_no_pdf_does_not_pass(tmp_path, data):
    with pytest.raises(UserError, match="PDF"):
        write(tmp_path / "x.pdf", data, verify.pages(1))
    assert only(tmp_path) == {}


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"x" * 100])
def test_what_is_no_workbook_does_not_pass(tmp_path, data):
    with pytest.raises(UserError, match="工作簿"):
        write(tmp_path / "x.xlsx", data, verify.workbook([1]))
    assert only(tmp_path) == {}


@pytest.mark.parametrize("data", [b"a,b\r\n", b'a\r\n"b\r\n', b"a\r\nb", "甲\r\n乙\r\n".encode("gbk")])
def test_what_is_no_csv_of_two_lines_does_not_pass(tmp_path, data):
    with pytest.raises(UserError, match="CSV"):
        write(tmp_path / "x.csv", data, verify.lines(2))


def test_csv_records_may_hold_line_ends(tmp_path):
    write(tmp_path / "x.csv", b'a,"1\r\n2"\r\nb,"3""\n"\r\n', verify.lines(2))
