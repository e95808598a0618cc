"""Making, checking, backing up and bringing back a data file, and the invented branch to look at."""

import argparse
from contextlib import closing
from datetime import date
from pathlib import Path

from commands import DONE, REFUSED
from commands.opening import actor, data_path, opened, password
from commands.output import answer, hint, tell
from models import files, founding
from models.database import Database
from models.errors import UserError

_UNPROTECTED = "提醒：没有设密码，谁拿到这个文件都能看到里面的内容；要加密请另建一个，用 --password-file 给出密码。"
DEMO_FILE = "示例支部.zbtz"


def init(options: argparse.Namespace, today: date) -> int:
    """Makes a new data file, encrypted when a password file is named; warns of a plain one."""
    path, secret = data_path(options), password(options)
    made = founding.make(path, options.name, today, options.kind, options.collection_day, secret, actor())
    made.close()
    tell(f"已新建“{path}”。")
    if secret is None:
        hint(_UNPROTECTED)
    return DONE


def check(options: argparse.Namespace, today: date) -> int:
    """Verifies the file, its trail and its books; the status is 1 when something is wrong."""
    from models import checks

    with opened(options) as database:
        problems = checks.check(database)
    if options.json:
        answer({"ok": not problems, "problems": problems})
    else:
        tell("数据文件、账目和修改记录都没有问题。" if not problems else "\n".join(problems))
    if problems:
        hint(f"“{data_path(options)}”有 {len(problems)} 个问题：{problems[0]}")
    return REFUSED if problems else DONE


def backup(options: argparse.Namespace, today: date) -> int:
    """Makes a verified backup in a folder."""
    from models import backups

    with opened(options) as database:
        made = backups.make(database, options.folder)
    tell(f"已备份并核验：“{made.path}”。")
    return DONE


def restore(options: argparse.Namespace, today: date) -> int:
    """Brings a backup back under a new name."""
    from models import backups

    backups.restore(options.backup, options.file, password(options))
    tell(f"已恢复成“{options.file}”。")
    return DONE


def demo(options: argparse.Namespace, today: date) -> int:
    """Builds the sample branch and writes every ledger and form from it into a folder."""
    from models import sample

    folder: Path = options.folder
    with files.refusing(f"写不进“{folder}”"):
        folder.mkdir(parents=True, exist_ok=True)
    path = options.data or folder / DEMO_FILE
    with closing(sample.build(path, today, password(options))) as database:
        written = _write_everything(database, folder, today)
    tell(f"已在“{folder}”写好示例支部的 {written} 个文件，数据文件是“{path}”。")
    return DONE


def _write_everything(database: Database, folder: Path, today: date) -> int:
    from commands.sheets import draw, write
    from exporters.forms import FORMS
    from models.ledgers import LEDGERS
    from models.ledgers.sheets import sheets, view_of

    written = 0
    with database.reading() as session:
        view = view_of(session, today)
        for ledger in LEDGERS:
            made = sheets(session, ledger, view)
            for ending in ("xlsx", "pdf", "csv"):
                write(made, folder / f"{ledger.name}_{made[0].heading}.{ending}")
                written += 1
        for form in FORMS:
            draw(form, session, view, folder / f"{form.name}_{form.title}.pdf")
            written += 1
    if written == 0:
        raise UserError("没有写出任何文件。")
    return written


COMMANDS = {"init": init, "check": check, "backup": backup, "restore": restore, "demo": demo}
