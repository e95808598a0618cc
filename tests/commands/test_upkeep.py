"""Making, opening, checking, backing up and bringing back a data file."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from commands import opening
from commands.arguments import parse
from models import audit, preferences
from models.database import Database
from tests.commands.conftest import Run

PASSWORD = "一句自己记得住的话"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "密码.txt"
    path.write_text(f"{PASSWORD}\n第二行不算\n", encoding="utf-8")
    return path


def test_init_makes_a_plain_file_and_warns(run: Run, tmp_path: Path):
    done = run("init", "--name", "甲局第一党支部", "--collection-day", 15)
    assert (done.status, "没有设密码" in done.err) == (0, True)
    assert (tmp_path / "a.zbtz").read_bytes().startswith(b"SQLite format 3")
    run("dues", "open", "2026-10")
    assert run("dues", "status", "2026-10", "--json").json["collection_day"] == "2026-10-15"


def test_init_refuses_a_file_that_exists_and_leaves_it(run: Run, file: Path):
    before = file.read_bytes()
    done = run("init", "--name", "乙局")
    assert (done.status, done.out) == (1, "")
    assert "已经存在" in done.err
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--name", "  "), "组织名称"),
        (("--name", "甲", "--collection-day", "0"), "收缴日"),
        (("--name", "甲", "--collection-day", "32"), "收缴日"),
    ],
)
def test_init_refuses_what_makes_no_sense_and_leaves_nothing(
    run: Run, tmp_path: Path, words: tuple[str, ...], says: str
):
    done = run("init", *words)
    assert (done.status, done.out) == (1, "")
    assert says in done.err
    assert list(tmp_path.iterdir()) == []


def test_init_in_no_folder_is_refused(run: Run, tmp_path: Path):
    done = run("init", "--name", "甲", data=tmp_path / "没有" / "a.zbtz")
    assert done.status == 1
    assert "没有" in done.err


def test_an_encrypted_file_opens_with_its_password_only(run: Run, tmp_path: Path, secret: Path):
    made = run("--password-file", secret, "init", "--name", "甲局第一党支部")
    assert (made.status, made.err) == (0, "")
    assert not (tmp_path / "a.zbtz").read_bytes().startswith(b"SQLite format 3")
    assert run("--password-file", secret, "members", "--json").json == []
    without = run("members", "--json")
    assert (without.status, without.out) == (1, "")
    assert "密码" in without.err
    secret.write_text("猜一个看看行不行", encoding="utf-8")
    wrong = run("--password-file", secret, "check", "--json")
    assert (wrong.status, wrong.out) == (1, "")
    assert "密码不对" in wrong.err


def test_a_copied_file_alone_opens_with_its_password(run: Run, tmp_path: Path, secret: Path):
    run("--password-file", secret, "init", "--name", "甲局第一党支部")
    elsewhere = tmp_path / "别处"
    elsewhere.mkdir()
    (elsewhere / "b.zbtz").write_bytes((tmp_path / "a.zbtz").read_bytes())
    assert run("--password-file", secret, "check", data=elsewhere / "b.zbtz").status == 0
    assert [path.name for path in elsewhere.iterdir()] == ["b.zbtz"]


def test_a_short_password_is_taken_with_a_warning(run: Run, secret: Path):
    secret.write_text("短", encoding="utf-8")
    done = run("--password-file", secret, "init", "--name", "甲")
    assert (done.status, "容易被猜出来" in done.err) == (0, True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("ending", ["", "\n", "\r\n"])
def test_a_password_file_in_any_usual_encoding(tmp_path: Path, encoding: str, ending: str):
    path = tmp_path / "密码.txt"
    path.write_bytes(f"{PASSWORD}{ending}".encode(encoding))
    assert opening.password_in(path) == PASSWORD


@pytest.mark.parametrize("content", [b"", b"\n", b"\r\n\r\n", b"\xff\xff\xff\xff", None])
def test_a_password_file_without_a_password_is_refused(run: Run, file: Path, secret: Path, content: bytes | None):
    if content is None:
        secret.unlink()
    else:
        secret.write_bytes(content)
    done = run("--password-file", secret, "members", "--json")
    assert (done.status, done.out) == (1, "")
    assert "密码文件" in done.err
    assert "密码.txt" in done.err


def test_without_a_file_named_the_last_one_of_the_window_is_meant(run: Run, file: Path):
    done = run("members", "--json", data=None)
    assert (done.status, "--data" in done.err) == (1, True)
    preferences.change(last_file=file)
    try:
        assert run("members", "--json", data=None).json == []
    finally:
        preferences.change(last_file=None)
    assert opening.data_path(parse(["--data", "x", "members"])) == Path("x")


@pytest.mark.parametrize("content", [None, b"", b"no data file at all", b"PK\x03\x04" + bytes(4092)])
@pytest.mark.parametrize("command", ["members", "dues status 2026-11", "export members x.xlsx", "backup b"])
def test_what_is_no_data_file_is_refused(run: Run, tmp_path: Path, content: bytes | None, command: str):
    if content is not None:
        (tmp_path / "a.zbtz").write_bytes(content)
    done = run(*command.split())
    assert (done.status, done.out) == (1, "")
    assert "a.zbtz" in done.err


def test_check_finds_a_sound_file_sound(run: Run, file: Path):
    done = run("check", "--json")
    assert (done.status, done.json) == (0, {"ok": True, "problems": []})
    assert run("check").status == 0


def test_check_finds_a_change_by_a_foreign_hand(run: Run, file: Path):
    with sqlite3.connect(file) as foreign:
        foreign.execute("UPDATE organisations SET name = '乙局'")
    foreign.close()
    done = run("check", "--json")
    assert (done.status, done.json["ok"]) == (1, False)
    assert done.json["problems"]
    assert "a.zbtz" in done.err
    assert run("check").status == 1


@pytest.mark.parametrize("place", [20, 4096 * 2])
def test_check_tells_of_a_file_too_damaged_to_open(run: Run, file: Path, place: int):
    content = bytearray(file.read_bytes())
    content[place : place + 2000] = b"\x55" * 2000
    file.write_bytes(content)
    done = run("check", "--json")
    assert (done.status, done.json["ok"]) == (1, False)
    assert done.json["problems"]


def test_check_of_no_file_is_refused(run: Run):
    done = run("check", "--json")
    assert (done.status, done.out) == (1, "")
    assert "找不到" in done.err


@pytest.mark.parametrize("locked", [False, True])
def test_a_backup_comes_back_under_a_new_name(run: Run, tmp_path: Path, secret: Path, locked: bool):
    key = ("--password-file", secret) if locked else ()
    run(*key, "init", "--name", "甲局第一党支部")
    run(*key, "dues", "open", "2026-11")
    folder = tmp_path / "备份"
    assert run(*key, "backup", folder).status == 0
    (made,) = (path for path in folder.iterdir() if path.suffix != ".json")
    back = tmp_path / "b.zbtz"
    assert run(*key, "restore", made, back, data=None).status == 0
    assert run(*key, "check", data=back).status == 0
    assert run(*key, "dues", "status", "2026-11", "--json", data=back).json["members"] == []
    before = back.read_bytes()
    again = run(*key, "restore", made, back, data=None)
    assert (again.status, "已经存在" in again.err) == (1, True)
    assert back.read_bytes() == before


def test_a_damaged_backup_is_refused(run: Run, file: Path, tmp_path: Path):
    run("backup", tmp_path / "备份")
    (made,) = (path for path in (tmp_path / "备份").iterdir() if path.suffix != ".json")
    content = bytearray(made.read_bytes())
    content[5000] ^= 1
    made.write_bytes(content)
    done = run("restore", made, tmp_path / "b.zbtz", data=None)
    assert done.status == 1
    assert made.name in done.err
    assert not (tmp_path / "b.zbtz").exists()
    assert run("restore", tmp_path / "没有", tmp_path / "b.zbtz", data=None).status == 1


def test_check_says_up_to_where_a_printed_head_holds(run: Run, file: Path):
    with closing(Database.open(file, read_only=True)) as database, database.reading() as session:
        head = audit.head(session)
    done = run("check", "--head", f"{head[:4]} {head[4:8]}")
    assert done.status == 0
    assert "与纸上一致" in done.out
    assert "此后没有新的记录" in run("check", "--head", head[:8], "--json").json["head"]
    wrong = run("check", "--head", "0000 0000")
    assert (wrong.status, (wrong.out + wrong.err).count("在操作记录里对不上")) == (1, 1)
    assert "在操作记录里对不上" in wrong.err
    told = run("check", "--head", "0000 0000", "--json").json
    assert (told["ok"], len(told["problems"])) == (False, 1)
