"""The unattended commands: each a thin skin over the action that the window calls too; no screen, no Qt."""

import argparse
import os
import sys
from collections.abc import Callable
from datetime import date

from commands.output import hint
from models.errors import UserError

DONE, REFUSED = 0, 1
Command = Callable[[argparse.Namespace, date], int]


def run(options: argparse.Namespace, today: date | None = None) -> int:
    """Does what the command line asks as of `today`, and answers the exit status: 0 done, 1 refused or partly so."""
    try:
        status = _command(options)(options, today or date.today())
        if sys.stdout is not None:
            sys.stdout.flush()
    except UserError as error:
        hint(str(error))
    except KeyboardInterrupt:
        hint("已中断；中断前已经保存的不受影响，正在做的这一步没有保存。")
    except BrokenPipeError:
        _let_go_of_output()
    except OSError as error:
        hint(_unwritten(error))
    except Exception as error:
        hint(_noted(error))
    else:
        return status
    return REFUSED


def _command(options: argparse.Namespace) -> Command:
    """The function of a command; its module, and with it the libraries, are imported only now."""
    if options.command == "dues" and options.action != "assess":
        from commands import dues

        return dues.COMMANDS[options.action]
    if options.command in ("import", "dues"):
        from commands import imports

        return imports.take
    if options.command == "demo":
        from commands import demo

        return demo.demo
    if options.command in ("init", "check", "backup", "restore"):
        from commands import upkeep

        return upkeep.COMMANDS[options.command]
    from commands import sheets

    return sheets.COMMANDS[options.command]


def _let_go_of_output() -> None:
    """Whoever read our output has gone; Python would complain once more when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _unwritten(error: OSError) -> str:
    from models.files import reason

    where = f"“{error.filename}”" if error.filename else "输出"
    return f"{where}读写不成：{reason(error)}。"


def _noted(error: Exception) -> str:
    import logging

    from models import faults

    log = faults.keep_log()
    logging.getLogger("commands").error("%s", faults.places(error))
    where = f"，错误位置已记入“{log}”（不含党员信息）" if log else ""
    return f"程序出了一个错误，刚才的操作没有完成{where}；请把它交给维护人员。"
