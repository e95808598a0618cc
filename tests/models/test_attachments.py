"""Scans kept beside the data file: there with their row, gone without it, and readable only through it."""

import os
import shutil
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from models import attachments
from models.attachments import FOLDER, LARGEST, Attachment
from models.database import Database
from models.errors import UserError
from models.records.members import members
from models.rules.periods import PartialDate
from tests import founded

PDF = b"%PDF-1.7\nvoucher of November, 512.30 yuan\n%%EOF"
TODAY = date(2026, 11, 23)
PNG = b"\x89PNG\r\n\x1a\n" + b"pixels"


def keep(database, name="凭证.pdf", content=PDF):
    with database.writing("添加附件") as session:
        return attachments.add(session, name, content).id


def read(database, number):
    with database.reading() as session:
        return attachments.content(session, number)


def beside(database):
    folder = database.path.parent / FOLDER
    return sorted(each.name for each in folder.iterdir()) if folder.exists() else []


def test_what_is_kept_is_read_back(either, password):
    number = keep(either)
    assert read(either, number) == PDF
    either.close()
    with closing(Database.open(either.path, password)) as again:
        assert read(again, number) == PDF
        with again.reading() as session:
            (kept,) = attachments.everything(session)
            assert (kept.name, kept.media_type, kept.size) == ("凭证.pdf", "application/pdf", len(PDF))
            assert attachments.problems(session) == []


def test_the_file_alone_tells_nothing(either):
    keep(either, "张红卫的凭证.pdf")
    (stored,) = (either.path.parent / FOLDER).iterdir()
    assert b"voucher" not in stored.read_bytes()
    assert b"%PDF" not in stored.read_bytes()
    assert stored.suffix == ".bin"
    assert len(stored.stem) == 32


def test_the_folder_is_made_when_it_is_needed(either):
    assert not (either.path.parent / FOLDER).exists()
    keep(either)
    assert (either.path.parent / FOLDER).is_dir()


def test_the_same_scan_twice_shows_no_likeness(either):
    keep(either)
    keep(either)
    first, second = (either.path.parent / FOLDER).iterdir()
    assert first.read_bytes() != second.read_bytes()


def test_a_copy_of_a_file_is_kept(either, tmp_path):
    source = tmp_path / "扫描.png"
    source.write_bytes(PNG)
    with either.writing("添加附件") as session:
        number = attachments.add_file(session, source).id
    source.unlink()
    assert read(either, number) == PNG


def test_a_file_that_cannot_be_read_is_told(either, tmp_path):
    with either.trying() as session:
        with pytest.raises(UserError, match="读不出来：所在的文件夹不存在"):
            attachments.add_file(session, tmp_path / "没有.pdf")
        large = tmp_path / "大.pdf"
        with large.open("wb") as file:
            file.truncate(LARGEST + 1)
        with pytest.raises(UserError, match="超过 20 MB"):
            attachments.add_file(session, large)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("凭证.pdf", b"", "空文件"),
        ("凭证.pdf", b"%PDF-" + bytes(LARGEST), "超过 20 MB"),
        ("凭证.pdf", b"<html>", "内容与文件名不符"),
        ("凭证.png", PDF, "内容与文件名不符"),
        ("凭证.JPG", PNG, "内容与文件名不符"),
        ("凭证.exe", b"anything", "程序或网页"),
        ("凭证.pdf.BAT", b"anything", "程序或网页"),
        ("凭证.pdf", b"MZ\x90\x00", "程序或网页"),
        ("凭证", b"\x7fELF", "程序或网页"),
        ("凭证.txt", b"#!/bin/sh", "程序或网页"),
        ("凭证.svg", b"<svg/>", "程序或网页"),
    ],
)
def test_what_is_no_scan_is_refused(either, name, content, words):
    with pytest.raises(UserError, match=words):
        keep(either, name, content)
    assert beside(either) == []


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("凭证.PDF", PDF, "application/pdf"),
        ("凭证.jpeg", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("凭证.tif", b"II*\x00", "image/tiff"),
        ("凭证.docx", b"PK\x03\x04", "application/zip"),
        ("凭证.wps", b"\xd0\xcf\x11\xe0", "application/x-ole-storage"),
        ("凭证.txt", b"text", "application/octet-stream"),
        ("凭证", PDF, "application/octet-stream"),
    ],
)
def test_the_kind_is_told_by_the_content(either, name, content, media_type):
    number = keep(either, name, content)
    with either.reading() as session:
        assert session.get_one(Attachment, number).media_type == media_type


def test_the_name_is_made_harmless(either):
    number = keep(either, "../../凭证:1.pdf")
    with either.reading() as session:
        assert session.get_one(Attachment, number).name == ".._.._凭证_1.pdf"


def test_nothing_stays_of_what_was_not_saved(either):
    def stumble():
        with either.writing("添加附件") as session:
            attachments.add(session, "凭证.pdf", PDF)
            assert len(beside(either)) == 1
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stumble()
    assert beside(either) == []
    with either.trying() as session:
        attachments.add(session, "凭证.pdf", PDF)
    assert beside(either) == []


def test_nothing_stays_of_what_a_savepoint_took_back(either):
    with either.writing("添加附件") as session:
        savepoint = session.begin_nested()
        attachments.add(session, "凭证.pdf", PDF)
        savepoint.rollback()
        members.add(session, {"name": "张红卫", "birth_date": PartialDate(1980)})
        kept = attachments.add(session, "凭证.png", PNG)
    assert beside(either) == [kept.stored]


def test_what_a_crash_interrupted_is_finished(either, monkeypatch):
    """Both halves: a row saved whose file has not got its name yet, and a file whose row was never saved."""
    with monkeypatch.context() as crash:
        crash.setattr(attachments, "_waiting", lambda session: [])
        saved = keep(either)
        with either.trying() as session:
            attachments.add(session, "别的.pdf", PDF)
    assert len(beside(either)) == 2
    assert all(name.endswith(".new") for name in beside(either))
    assert read(either, saved) == PDF
    attachments.tidy(either)
    with either.reading() as session:
        assert beside(either) == [session.get_one(Attachment, saved).stored]
    assert read(either, saved) == PDF


def test_the_files_of_another_data_file_are_left_alone(database, tmp_path, monkeypatch):
    """A copy in the same folder shares its attachments, finished or not."""
    kept = keep(database)
    with closing(founded.make(tmp_path / "乙支部.zbtz", "乙局第一党支部", TODAY)) as other:
        keep(other, "乙.png", PNG)
        with monkeypatch.context() as crash:
            crash.setattr(attachments, "_waiting", lambda session: [])
            unfinished = keep(other, "乙.pdf", PDF)
        before = beside(database)
        attachments.tidy(database)
        assert beside(database) == before
        assert read(other, unfinished) == PDF
    assert read(database, kept) == PDF


def test_a_reader_leaves_an_unfinished_file_as_it_is(database, monkeypatch):
    with monkeypatch.context() as crash:
        crash.setattr(attachments, "_waiting", lambda session: [])
        number = keep(database)
    with closing(Database.open(database.path, read_only=True)) as reader:
        attachments.tidy(reader)
        assert read(reader, number) == PDF
    assert beside(database)[0].endswith(".new")


def test_a_file_that_is_missing_or_damaged_is_told(either):
    first, second, third = keep(either), keep(either), keep(either)
    with either.reading() as session:
        paths = {each.id: either.path.parent / FOLDER / each.stored for each in attachments.everything(session)}
    paths[first].unlink()
    content = bytearray(paths[second].read_bytes())
    content[20] ^= 1
    paths[second].write_bytes(content)
    paths[third].write_bytes(b"short")
    for number, words in ((first, "不见了"), (second, "已损坏"), (third, "已损坏")):
        with pytest.raises(UserError, match=words):
            read(either, number)
    with either.reading() as session:
        assert [words in problem for words, problem in zip(
            ("不见了", "已损坏", "已损坏"), attachments.problems(session), strict=True
        )] == [True] * 3  # fmt: skip
    with pytest.raises(UserError, match="没有编号为 99 的附件"):
        read(either, 99)


def test_a_full_disk_leaves_nothing(either, monkeypatch):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError, match="没有存成：磁盘空间不够"):
        keep(either)
    monkeypatch.undo()
    assert beside(either) == []
    with either.reading() as session:
        assert list(attachments.everything(session)) == []


def test_a_data_file_moved_with_its_folder_keeps_its_scans(database, tmp_path):
    number = keep(database)
    database.close()
    there = tmp_path / "别处"
    there.mkdir()
    shutil.move(database.path, there)
    shutil.move(database.path.parent / FOLDER, there)
    with closing(Database.open(there / database.path.name)) as moved:
        assert read(moved, number) == PDF


def test_what_cannot_be_tidied_is_told(database, monkeypatch):
    folder = attachments.folder_of(database.path)
    folder.mkdir(exist_ok=True)
    (folder / f"{'ab' * 16}.bin.{attachments._owner(database.path)}.new").write_bytes(b"half")

    def refused(_path, missing_ok=False):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refused)
    with pytest.raises(UserError, match="没有存完的附件收拾不了：没有读写权限"):
        attachments.tidy(database)
