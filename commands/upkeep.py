"""Making, checking, backing up and bringing back a data file."""

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from commands import DONE, REFUSED
from commands.opening import actor, data_path, opened, password
from commands.output import answer, hint, tell
from models import founding
from models.errors import UserError
from models.keys import SHORTEST_PASSWORD, is_short
from models.unlocking import PasswordNeededError, WrongPasswordError

_UNPROTECTED = "提醒：没有设密码，谁拿到这个文件都能看到里面的内容；要加密请另建一个，用 --password-file 给出密码。"


def init(options: argparse.Namespace, today: date) -> int:
    """Makes a new data file, encrypted when a password file is named; warns of a plain one."""
    path, secret = data_path(options), password(options)
    made = founding.make(path, options.name, today, options.kind, options.collection_day, secret, actor())
    made.close()
    tell(f"已新建“{path}”。")
    if secret is None:
        hint(_UNPROTECTED)
    elif is_short(secret):
        hint(f"提醒：密码不到 {SHORTEST_PASSWORD} 位，容易被猜出来，建议换一句自己记得住的话。")
    return DONE


def check(options: argparse.Namespace, today: date) -> int:
    """Verifies the file, its trail and its books, and a head read off a paper; the status is 1 for anything wrong."""
    problems, head, refused = _problems(options), "", ""
    if options.head is not None and not problems:
        head, refused = _head(options)
    wrong = [*problems, *([refused] if refused else [])]
    if options.json:
        answer({"ok": not wrong, "problems": wrong} | ({"head": head} if head else {}))
    else:
        tell(*(problems or ["数据文件、账目和修改记录都没有问题。"]), *([head] if head else []))
    if problems:
        hint(f"“{data_path(options)}”有 {len(problems)} 个问题：{problems[0]}")
    if refused:
        hint(refused)
    return REFUSED if wrong else DONE


def _problems(options: argparse.Namespace) -> list[str]:
    """What is wrong with the data file, also where it is too damaged to be opened."""
    from models import backups, checks, preferences

    path, chosen = data_path(options), preferences.read()
    folders = [folder for folder in (chosen.backup_folder, chosen.second_folder) if folder is not None]
    try:
        with opened(options) as database:
            return checks.check(database, [each for folder in folders for each in backups.anchors(folder, path)])
    except (PasswordNeededError, WrongPasswordError):
        raise
    except UserError as error:
        if not path.is_file():
            raise
        return [str(error)]


def _head(options: argparse.Namespace) -> tuple[str, str]:
    """What is to be said of the head that is asked about, and else why it does not hold."""
    from models import heads

    try:
        with opened(options) as database, database.reading() as session:
            return heads.held(session, options.head).sentence, ""
    except UserError as error:
        return "", str(error)


def backup(options: argparse.Namespace, today: date) -> int:
    """Makes a verified backup in a folder; the status is 1 when a scan is missing or the trail does not agree."""
    from models import backups

    with opened(options) as database:
        made = backups.make(database, options.folder)
    tell(f"已备份并核验：“{made.path}”。")
    return _whole(made.path, made.missing, made.sound)


def restore(options: argparse.Namespace, today: date) -> int:
    """Brings a backup back under a new name; the status is 1 when a scan is missing."""
    from models import backups

    missing = backups.restore(options.backup, options.file, password(options))
    tell(f"已恢复成“{options.file}”。")
    return _whole(options.file, missing)


def _whole(path: Path, missing: Sequence[str], sound: bool = True) -> int:
    if missing:
        hint(f"“{path}”缺 {len(missing)} 份扫描件，请找回后放进它旁边的“附件”文件夹：{'、'.join(missing)}。")
    if not sound:
        hint(f"“{path}”的内容与变更记录不符，请用 check 查看原因。")
    return DONE if sound and not missing else REFUSED


COMMANDS = {"init": init, "check": check, "backup": backup, "restore": restore}
