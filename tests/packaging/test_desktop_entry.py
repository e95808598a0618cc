"""The icon on the desktop starts this very copy of the program, whatever its folder is called."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import desktop_entry
import pytest

AWKWARD = Path('/home/u/支部 台账/50% "new" $HOME `x` \\ it\'s')


def command(entry: str) -> list[str]:
    """What a desktop runs: the value unescaped as a string, split by quotes as the shell's are, and %% made one."""
    value = re.search(r"^Exec=(.*)$", entry, re.MULTILINE)
    assert value is not None
    printed = ["sh", "-c", "printf '%s\\n' " + value[1].replace("\\\\", "\\")]
    words = subprocess.run(printed, capture_output=True, text=True, check=True).stdout.splitlines()
    assert not any("%" in word.replace("%%", "") for word in words)
    return [word.replace("%%", "%") for word in words]


@pytest.mark.skipif(shutil.which("sh") is None, reason="no POSIX shell")
@pytest.mark.parametrize("folder", [Path("/opt/zhibu"), AWKWARD])
def test_the_entry_runs_the_script_of_this_folder(folder: Path):
    assert command(desktop_entry.entry(folder)) == ["sh", str(folder / "run.sh")]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has shortcuts")
def test_the_entry_is_put_into_the_menu_and_onto_the_desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr(shutil, "which", lambda name: None)
    (tmp_path / "Desktop").mkdir()
    desktop_entry.write(AWKWARD)
    for place in (tmp_path / "data/applications", tmp_path / "Desktop"):
        file = place / "zhibu-taizhang.desktop"
        assert file.read_text(encoding="utf-8") == desktop_entry.entry(AWKWARD)
        assert file.stat().st_mode & 0o111


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has shortcuts")
def test_without_a_desktop_folder_only_the_menu_gets_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    desktop_entry.write(AWKWARD)
    assert (tmp_path / ".local/share/applications/zhibu-taizhang.desktop").is_file()
    assert not (tmp_path / "Desktop").exists()
