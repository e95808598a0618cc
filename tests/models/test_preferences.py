"""What this computer remembers, whatever has become of the file it stands in."""

import os
from pathlib import Path

import pytest

from models import preferences
from models.preferences import Preferences, change, read


@pytest.fixture(autouse=True)
def config(tmp_path, monkeypatch):
    """A folder of preferences of its own."""
    path = tmp_path / "config" / "preferences.json"
    monkeypatch.setattr(preferences, "config_file", lambda: path)
    return path


def test_at_first_there_are_none():
    assert read() == Preferences()


def test_what_is_changed_is_remembered_and_the_rest_stays(config, tmp_path):
    change(last_file=tmp_path / "甲支部.zbtz", text_size="LARGE")
    assert change(second_folder=tmp_path / "U盘") == read()
    assert read() == Preferences(tmp_path / "甲支部.zbtz", "LARGE", None, tmp_path / "U盘")
    change(second_folder=None)
    assert read().second_folder is None
    assert [each.name for each in config.parent.iterdir()] == ["preferences.json"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"text_size": "HUGE", "last_file": 7, "backup_folder": null, "recent_files": [7]}',
        b'{"lock_after": -1}',
        b'{"lock_after": true}',
        b'{"lock_after": "15"}',
    ],
)
def test_a_spoilt_file_means_the_defaults(config, content):
    config.parent.mkdir()
    config.write_bytes(content)
    assert read() == Preferences()
    assert change(text_size="LARGEST") == read() == Preferences(text_size="LARGEST")


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_name_that_is_no_text_is_remembered():
    odd = Path(os.fsdecode(b"/tmp/\xff.zbtz"))
    assert change(last_file=odd) == read()
    assert read().last_file == odd


def test_a_full_disk_leaves_what_was_remembered(monkeypatch, tmp_path):
    change(text_size="LARGE")

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        change(text_size="LARGEST")
    assert read() == Preferences(text_size="LARGE")


def test_the_proposed_places_are_folders_of_the_person():
    assert preferences.data_folder().name == "支部台账"
    assert preferences.data_folder() != preferences.sample_folder()


def test_files_opened_are_remembered_the_last_one_first(tmp_path):
    for number in (*range(12), 10):
        preferences.remember(tmp_path / f"{number}.zbtz")
    assert read().last_file == tmp_path / "10.zbtz"
    written = preferences.config_file().stat()
    preferences.remember(tmp_path / "10.zbtz")
    assert preferences.config_file().stat() == written
    assert [each.stem for each in read().recent_files] == ["10", "11", "9", "8", "7", "6", "5", "4"]
