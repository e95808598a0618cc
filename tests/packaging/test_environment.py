"""The environment follows the lock, is made again when an install broke off, and takes no stranger's file."""

import base64
import hashlib
import importlib.util
import platform
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import apt
import environment
import pytest
from environment import Environment
from terminal import NotReadyError

PARTS = ("build", "program", "tests")


def wheel(folder: Path, name: str) -> str:
    """Writes a wheel of one empty module, and returns its line for a lock file."""
    info = f"{name}-1.0.dist-info"
    files = {
        f"{name}.py": b"",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = ""
    for path, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text).digest()).decode().rstrip("=")
        record += f"{path},sha256={digest},{len(text)}\n"
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    file = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(file, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return f"{name}==1.0 --hash=sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}\n"


def lock(root: Path, **parts: str) -> None:
    text = "# heading\n" + "".join(f"# --- {part} ---\n{parts[part]}" for part in PARTS)
    (root / "requirements.lock").write_text(text, encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Environment:
    """A project of three small libraries, one in each part of its lock, and a wheelhouse that holds them."""
    wheelhouse = tmp_path / "wheelhouse"
    wheelhouse.mkdir()
    lock(tmp_path, **{part: wheel(wheelhouse, f"{part}_library") for part in PARTS})
    return Environment(tmp_path)


def has(project: Environment, module: str) -> bool:
    return subprocess.run([project.python, "-c", f"import {module}"], capture_output=True, check=False).returncode == 0


def stamped(project: Environment, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    project.folder.mkdir()
    (project.folder / environment.STAMP).write_text(text, encoding="utf-8")
    monkeypatch.setattr(Environment, "_version", lambda self: "3.11")


def test_the_tests_part_is_left_out_unless_asked_for(project: Environment):
    assert [part.split("==")[0] for part in project.locked(tests=False)] == ["build_library", "program_library"]
    assert [part.split("==")[0] for part in project.locked(tests=True)] == [f"{part}_library" for part in PARTS]


def test_without_a_stamp_nothing_is_current(project: Environment):
    project.folder.mkdir()
    assert not project.is_current(tests=False)


def test_the_stamp_holds_for_its_lock_only(project: Environment, monkeypatch: pytest.MonkeyPatch):
    digests = environment._digests(project.locked(tests=False))
    stamped(project, monkeypatch, "\n".join(["3.11", *digests]))
    assert project.is_current(tests=False)
    assert not project.is_current(tests=True)
    lock(project.root, **dict.fromkeys(PARTS, "changed==2.0\n"))
    assert not project.is_current(tests=False)


def test_the_stamp_holds_for_its_python_only(project: Environment, monkeypatch: pytest.MonkeyPatch):
    stamped(project, monkeypatch, "\n".join(["3.12", *environment._digests(project.locked(tests=False))]))
    assert not project.is_current(tests=False)


@pytest.mark.slow
def test_from_nothing_to_current_and_on_with_each_change_of_the_lock(project: Environment):
    assert project.update(tests=False)
    assert has(project, "program_library")
    assert not has(project, "tests_library")
    assert not project.update(tests=False)

    assert not project.update(tests=True), "an environment that stands is added to, not made anew"
    assert has(project, "tests_library")

    parts = dict(zip(PARTS, project.locked(tests=True), strict=True))
    lock(project.root, **parts | {"program": parts["program"] + wheel(project.root / "wheelhouse", "added_library")})
    assert not project.update(tests=False)
    assert has(project, "added_library")


@pytest.mark.slow
def test_an_install_that_broke_off_is_done_again_from_the_start(project: Environment):
    project.update(tests=False)
    (project.folder / environment.STAMP).unlink()
    leftover = project.folder / "leftover"
    leftover.touch()
    assert project.update(tests=False)
    assert not leftover.exists()
    assert has(project, "program_library")


@pytest.mark.slow
def test_a_file_that_is_not_the_locked_one_is_refused_and_leaves_no_stamp(project: Environment):
    with (project.root / "wheelhouse/program_library-1.0-py3-none-any.whl").open("ab") as file:
        file.write(b"\0")
    with pytest.raises(NotReadyError, match="没有装成"):
        project.update(tests=False)
    assert not project.is_current(tests=False)


def test_without_ensurepip_the_sentence_names_the_package(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(apt, "may_install", lambda: False)
    with pytest.raises(NotReadyError, match=f"python3.{sys.version_info.minor}-venv"):
        environment._require_ensurepip()


@pytest.mark.parametrize(
    ("machine", "libc", "said"),
    [
        ("linux-loongarch64", ("glibc", "2.28"), "linux-loongarch64"),
        ("win32", ("", ""), "win32"),
        ("linux-x86_64", ("glibc", "2.27"), "glibc 2.28"),
        ("linux-aarch64", ("glibc", "2.28"), "glibc 2.31"),
        ("linux-x86_64", ("", ""), "glibc 2.28"),
    ],
)
def test_a_machine_without_wheels_is_told_so(monkeypatch: pytest.MonkeyPatch, machine, libc, said):
    monkeypatch.setattr(sysconfig, "get_platform", lambda: machine)
    monkeypatch.setattr(platform, "libc_ver", lambda: libc)
    with pytest.raises(NotReadyError, match=said):
        environment._require_known_machine()


def test_two_who_click_at_once_do_not_install_at_once(tmp_path: Path):
    with environment._alone(tmp_path / "busy"), (tmp_path / "busy").open("a+b") as second:
        assert not environment._taken(second)
    with (tmp_path / "busy").open("a+b") as third:
        assert environment._taken(third)
