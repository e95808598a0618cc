"""The scripts that a person starts: what they say where they cannot start, and what they are written in."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import apt
import libraries
import pytest
from prepare import opens_window
from terminal import NotReadyError

ROOT = Path(__file__).resolve().parents[2]
SHELL = shutil.which("sh")
needs_shell = pytest.mark.skipif(SHELL is None, reason="no POSIX shell")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A fresh copy of what starts the program, in a folder whose name wants quoting."""
    folder = tmp_path / "支部 台账's"
    (folder / "packaging").mkdir(parents=True)
    for pattern in ("run.sh", "test.sh", "requirements.lock", "packaging/*.py", "packaging/*.sh"):
        for file in ROOT.glob(pattern):
            shutil.copy(file, folder / file.relative_to(ROOT))
    return folder


def run(folder: Path, *arguments: str, path: str = os.environ["PATH"]) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": path, "HOME": str(folder)}
    command = [SHELL or "sh", str(folder / "run.sh"), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=folder.parent)


@needs_shell
def test_without_a_display_it_says_so_names_the_demo_and_installs_nothing(copy: Path):
    done = run(copy)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "没有图形界面" in done.stderr
    assert "sh run.sh demo" in done.stderr
    assert not (copy / ".venv").exists()


@needs_shell
def test_without_a_python_it_says_which_it_needs(copy: Path, tmp_path: Path):
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in ("dirname", "cat", "id"):
        (tools / tool).symlink_to(shutil.which(tool) or tool)
    done = run(copy, "check", path=str(tools))
    assert done.returncode == 1
    assert done.stdout == ""
    assert "需要 Python 3.11、3.12 或 3.13" in done.stderr


@needs_shell
@pytest.mark.parametrize("script", ["run.sh", "test.sh", "packaging/find_python.sh"])
def test_the_shell_scripts_are_well_formed(script: str):
    assert subprocess.run([SHELL or "sh", "-n", str(ROOT / script)], check=False).returncode == 0


def test_the_batch_file_is_ascii_with_the_line_ends_of_windows():
    content = (ROOT / "run.bat").read_bytes()
    assert content.isascii()
    assert content.count(b"\n") == content.count(b"\r\n") > 0


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["--sample"], True),
        (["--data", "a.zbtz"], True),
        (["--data", "a.zbtz", "--password-file", "f"], True),
        (["--data", "a.zbtz", "check"], False),
        (["demo", "folder"], False),
        (["ledgers", "--json"], False),
        (["--help"], False),
        (["-h"], False),
    ],
)
def test_a_command_needs_no_window(arguments: list[str], window: bool):
    assert opens_window(arguments) is window


def test_a_missing_library_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(apt, "may_install", lambda: False)
    monkeypatch.setattr(libraries, "PAINTING", {"libnowhere.so.1": "libnowhere1"})
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with pytest.raises(NotReadyError, match=r"libnowhere\.so\.1(.|\n)*apt-get install libnowhere1"):
        libraries.require_libraries()


def test_what_is_missing_is_installed_where_that_is_allowed(monkeypatch: pytest.MonkeyPatch):
    asked_for: list[str] = []

    def install(packages: list[str]) -> None:
        asked_for.extend(packages)
        monkeypatch.setattr(libraries, "_loads", lambda name: True)

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(libraries, "_loads", lambda name: name != "libcups.so.2")
    monkeypatch.setattr(apt, "may_install", lambda: True)
    monkeypatch.setattr(apt, "install", install)
    libraries.require_libraries()
    assert asked_for == ["libcups2"]


@pytest.mark.parametrize(
    ("display", "wanted"), [("DISPLAY", "libxcb-cursor.so.0"), ("WAYLAND_DISPLAY", "libwayland-client.so.0")]
)
def test_each_kind_of_display_wants_its_own_libraries(monkeypatch: pytest.MonkeyPatch, display: str, wanted: str):
    monkeypatch.setattr(libraries, "_loads", lambda name: False)
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert wanted not in libraries._missing()
    monkeypatch.setenv(display, ":0")
    assert wanted in libraries._missing()
