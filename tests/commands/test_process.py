"""Commands as processes: clean streams under any locale, no Qt, no traceback, and nothing half done when killed."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

import commands
from commands.arguments import parse
from tests.commands.conftest import TODAY, Run
from tests.people import id_number

PROJECT = Path(__file__).parents[2]


def run(*line: object, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, str(PROJECT / "main.py"), *map(str, line)]
    return subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, check=False, timeout=60, env=env)


def script(text: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Runs a few lines of Python that use the program."""
    known = os.environ | {"PYTHONPATH": str(PROJECT)} | environment
    return subprocess.run([sys.executable, "-c", text], capture_output=True, check=False, timeout=60, env=known)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data file with eight members who owe November, and the roster from which they came."""
    folder = tmp_path_factory.mktemp("八人")
    path, roster = folder / "支部.zbtz", folder / "名册.csv"
    rows = [("姓名", "公民身份号码", "缴费基数")]
    rows += [(f"党员{word}", id_number("1980-01-01", place), "7420") for place, word in enumerate("甲乙丙丁戊己庚辛")]
    roster.write_text("\n".join(map(",".join, rows)), encoding="utf-8")
    for words in (("init", "--name", "甲局第一党支部"), ("import", "members", roster), ("dues", "open", "2026-11")):
        assert commands.run(parse(["--data", str(path), *map(str, words)]), TODAY) == 0
    return folder


@pytest.fixture
def file(folder: Path, tmp_path: Path) -> Path:
    """A copy of that data file, with its roster beside it."""
    return shutil.copytree(folder, tmp_path, dirs_exist_ok=True) / "支部.zbtz"


@pytest.mark.parametrize(
    "locale", ["C", "zh_CN.GBK", *(pytest.param(each, marks=pytest.mark.slow) for each in ("POSIX", "C.UTF-8"))]
)
def test_both_streams_are_utf8_under_any_locale(file: Path, locale: str):
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "PYTHON"))}
    done = run("--data", file, "members", "--json", env=environment | {"LANG": locale, "LC_ALL": locale})
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode("utf-8"))[0]["name"] == "党员甲"
    refused = run("--data", file, "dues", "status", "2027-01", env=environment | {"LC_ALL": locale})
    assert (refused.returncode, refused.stdout) == (1, b"")
    assert "还没有开账" in refused.stderr.decode("utf-8")


def test_standard_output_holds_one_document_and_nothing_else(file: Path):
    done = run("--data", file, "dues", "collect", "2026-11", "--all", "--json")
    assert len(json.loads(done.stdout)["payments"]) == 8
    assert done.stderr == b""


def test_commands_import_no_qt(file: Path, tmp_path: Path):
    work = ["members", f"export members {tmp_path}/a.xlsx", f"export members {tmp_path}/a.pdf"]
    work += [f"import members {tmp_path}/名册.csv", "check", "forms"]
    lines = (
        "import sys, main\n"
        f"for line in {work!r}:\n"
        f"    assert main.main(['--data', {str(file)!r}, *line.split()]) == 0, line\n"
        "found = [name for name in sys.modules if name.startswith(('PySide6', 'shiboken6', 'gui'))]\n"
        "assert not found, found\n"
    )
    done = script(lines)
    assert (done.returncode, done.stderr) == (0, b"")


def test_nothing_heavy_is_imported_before_it_is_needed():
    lines = "import sys, main\nfrom commands.arguments import parse\nparse(['--sample'])\nprint(*sys.modules)"
    done = script(lines)
    assert done.returncode == 0
    heavy = ("sqlalchemy", "openpyxl", "reportlab", "PySide6", "platformdirs", "logging", "subprocess")
    assert [name for name in done.stdout.decode().split() if name.startswith(heavy)] == []


def test_a_wrong_password_never_prompts(tmp_path: Path):
    key, path = tmp_path / "密码", tmp_path / "a.zbtz"
    key.write_text("一句自己记得住的话", encoding="utf-8")
    assert run("--data", path, "--password-file", key, "init", "--name", "甲").returncode == 0
    started = time.monotonic()
    done = run("--data", path, "members")
    assert (done.returncode, done.stdout) == (1, b"")
    assert "密码" in done.stderr.decode()
    assert time.monotonic() - started < 20


def test_a_reader_who_leaves_early_makes_no_noise(file: Path):
    command = [sys.executable, str(PROJECT / "main.py"), "--data", str(file), "members", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.close()
        assert child.stderr.read() == b""
        assert child.wait(60) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_output_that_cannot_be_written_is_said(file: Path):
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, str(PROJECT / "main.py"), "--data", str(file), "members", "--json"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, timeout=60)
    assert done.returncode == 1
    assert "磁盘空间不够" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_a_fault_of_ours_is_one_sentence_and_a_log_without_data(file: Path, tmp_path: Path):
    lines = (
        "import sys, main\n"
        "from models.records.dues import standing\n"
        "def broken(*_): raise ZeroDivisionError('党员甲 119901198001010002')\n"
        "standing.month_status = broken\n"
        f"sys.exit(main.main(['--data', {str(file)!r}, 'dues', 'status', '2026-11', '--json']))\n"
    )
    done = script(lines, XDG_STATE_HOME=str(tmp_path / "state"))
    said = done.stderr.decode()
    assert (done.returncode, done.stdout, len(said.splitlines())) == (1, b"", 1)
    assert "Traceback" not in said
    (log,) = (tmp_path / "state").rglob("*.log")
    noted = log.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in noted
    assert "commands/dues.py:" in noted
    assert "党员甲" not in noted
    assert "1199011980" not in noted
    assert str(tmp_path) not in noted


def test_a_log_that_cannot_be_kept_is_no_second_fault(file: Path, tmp_path: Path):
    (tmp_path / "state").write_text("in the way")
    lines = (
        "import sys, main\n"
        "from models.records.dues import standing\n"
        "standing.month_status = None\n"
        f"sys.exit(main.main(['--data', {str(file)!r}, 'dues', 'status', '2026-11']))\n"
    )
    done = script(lines, XDG_STATE_HOME=str(tmp_path / "state"))
    assert (done.returncode, len(done.stderr.decode().splitlines())) == (1, 1)


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
@pytest.mark.parametrize("moment", [0.3, 0.45, 0.6, 0.8])
def test_a_collection_killed_midway_is_whole_for_each(run: Run, file: Path, moment: float):
    command = [sys.executable, str(PROJECT / "main.py"), "--data", str(file), "dues", "collect", "2026-11", "--all"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        time.sleep(moment)
        child.send_signal(signal.SIGKILL)
    told = run("dues", "status", "2026-11", "--json", data=file).json
    assert {each["state"] for each in told["members"]} <= {"paid", "unpaid"}
    assert run("check", "--json", data=file).json == {"ok": True, "problems": []}
    assert run("dues", "collect", "2026-11", "--all", data=file).status == 0
    done = run("dues", "status", "2026-11", "--json", data=file).json
    assert done["total_paid"] == done["total_due"]


def test_a_file_held_by_another_is_said(file: Path):
    holder = sqlite3.connect(file, isolation_level=None)
    try:
        holder.execute("BEGIN IMMEDIATE")
        done = run("--data", file, "dues", "open", "2026-12")
    finally:
        holder.close()
    assert (done.returncode, done.stdout) == (1, b"")
    assert "占用" in done.stderr.decode()
