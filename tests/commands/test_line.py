"""The command line itself: help and refusals in Chinese, status 2 for a wrong line, nothing guessed."""

import re
import runpy
import sys
from pathlib import Path

import pytest

import main
from commands import arguments, usage
from importers import reader
from models.records.dues import payments
from models.records.members import organisation
from tests.commands.conftest import Run

ENGLISH = re.compile("(?i)usage|required|argument|invalid|choose|expected|unrecognized|options|positional|show this")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("nosuch", "没有 'nosuch'"),
        ("init", "缺少 --name"),
        ("init --name 甲 --kind 党小组", "没有 '党小组'"),
        ("init --name 甲 --collection-day 二十三", "应写整数"),
        ("init --name", "后面要写一个值"),
        ("dues", "缺少 ACTION"),
        ("dues open", "缺少 MONTH"),
        ("dues open 2026-13", "没有 2026年13月"),
        ("dues open 十一月", "不是月份"),
        ("dues open 2026-11 --json", "不认识“--json”"),
        ("dues collect 2026-11", "必须写其中一个"),
        ("dues collect 2026-11 --all --member 1", "不能与"),
        ("dues collect 2026-11 --all --amount 5", "--amount 只能与 --member 同时使用"),
        ("dues collect 2026-11 --all --covers 2026-11..2026-12", "--covers 只能与"),
        ("dues collect 2026-11 --member 1 --method 支票", "没有 '支票'"),
        ("dues collect 2026-11 --member 1 --on 2026-02-30", "2026-02-30"),
        ("dues collect 2026-11 --member 1 --on 2026-02", "没有写到日"),
        ("dues collect 2026-11 --member 1 --covers 2026-11..", "不是月份"),
        ("dues reverse 一号 --reason 错", "应写整数"),
        ("dues reverse 99999999999999999999 --reason 错", "应写整数"),
        ("dues reverse 1", "缺少 --reason"),
        ("dues remit 2026-11 --on 2026-11-24", "缺少 --voucher"),
        ("dues status 2026-11 --jso", "不认识“--jso”"),
        ("export members", "缺少 FILE"),
        ("export members a.xlsx --period 2026H3", "不是时期"),
        ("export members a.xlsx --period 2026..2025", "早于"),
        ("members --json=1", "后面不带值"),
        ("backup", "缺少 FOLDER"),
        ("restore a", "缺少 FILE"),
    ],
)
def test_a_wrong_line_gets_a_sentence_and_status_2(run: Run, line: str, says: str):
    done = run(*line.split())
    assert (done.status, done.out) == (2, "")
    assert says in done.err
    assert not ENGLISH.search(done.err)


@pytest.mark.parametrize("line", ["", "init", "import", "export", "form", "members", "dues", "dues collect", "restore"])
def test_help_is_chinese(run: Run, line: str):
    done = run(*line.split(), "--help")
    assert done.status == 0
    assert "用法：" in done.out
    assert not ENGLISH.search(done.out.replace("FILE", ""))


def test_what_argparse_may_yet_say_falls_back_on_a_sentence():
    assert usage.sentence("something nobody has translated") == "命令写得不对"
    assert usage.sentence("argument --x: 没有这一天。") == "--x：没有这一天"


def test_the_data_file_may_be_named_behind_the_command(run: Run, file: Path):
    assert run("members", "--json", "--data", file, data=None).json == []


def test_words_of_the_line_are_those_of_the_records():
    assert set(arguments.KINDS) == set(organisation.KINDS)
    assert arguments.METHODS == payments.METHODS
    assert main.READING_CHILD == reader.READING_CHILD


def test_without_a_command_the_window_is_asked_for():
    options = arguments.parse(["--data", "a.zbtz", "--sample"])
    assert (options.command, options.data, options.sample) == (None, Path("a.zbtz"), True)


def test_the_door_runs_a_command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    assert main.main(["ledgers"]) == 0
    assert "members\t党员信息\t可导入" in capsys.readouterr().out
    monkeypatch.setattr(sys, "argv", ["main.py", "ledgers", "--json"])
    with pytest.raises(SystemExit) as end:
        runpy.run_path(str(Path(main.__file__)), run_name="__main__")
    assert end.value.code == 0
