"""What can be written on the command line."""

import argparse
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from commands.usage import Parser
from models.kinds import DAY
from models.rules.periods import Month, Period

KINDS = ("党支部", "党总支", "党委")
METHODS = ("现金", "转账", "其他")
_DESCRIPTION = """支部台账。不写命令时打开窗口；写了命令就不开窗口，直接做完一件事。

完成时退出状态为 0；被拒绝或部分被拒绝时为 1，原因写在标准错误输出；命令写错时为 2。"""
_EPILOG = """例：
  main.py --data 支部.zbtz init --name 某局机关第一党支部
  main.py --data 支部.zbtz import members 名册.xlsx
  main.py --data 支部.zbtz dues open 2026-11
  main.py --data 支部.zbtz dues collect 2026-11 --member 张三
  main.py --data 支部.zbtz export dues_register 登记表.xlsx --period 2026"""


def parser(prog: str = "main.py") -> Parser:
    """The parser of the whole line; `command` is None where the window is wanted."""
    top = Parser(prog=prog, description=_DESCRIPTION, epilog=_EPILOG)
    _add_file_options(top, default=None)
    top.add_argument("--sample", action="store_true", help="在窗口里打开示例支部")
    top.set_defaults(command=None)
    commands = top.add_subparsers(title="命令", metavar="COMMAND", dest="command")
    _add_upkeep(commands)
    _add_sheets(commands)
    _add_dues(commands)
    return top


def parse(line: Sequence[str]) -> argparse.Namespace:
    """The command line as it was meant; a wrong one ends with a sentence and SystemExit of status 2."""
    top = parser()
    options = top.parse_args(line)
    if options.command == "dues" and options.action == "collect" and options.all:
        for name in ("amount", "covers"):
            if getattr(options, name) is not None:
                top.error(f"--{name} 只能与 --member 同时使用")
    return options


def _add_file_options(parser: Parser, default: Any) -> None:
    parser.add_argument("--data", metavar="FILE", type=_path, default=default, help="数据文件（默认窗口里最近打开的）")
    parser.add_argument(
        "--password-file", metavar="F", type=_path, default=default, help="密码文件，第一行是数据文件的密码"
    )


def _command(commands: Any, name: str, words: str) -> Parser:
    """A command; --data and --password-file may stand behind it too."""
    added: Parser = commands.add_parser(name, help=words, description=words)
    _add_file_options(added, default=argparse.SUPPRESS)
    return added


def _add_upkeep(commands: Any) -> None:
    init = _command(commands, "init", "新建数据文件")
    init.add_argument("--name", metavar="NAME", required=True, help="组织名称")
    init.add_argument("--kind", choices=KINDS, default=KINDS[0], help="组织类别（默认党支部）")
    init.add_argument("--collection-day", metavar="DAY", type=_whole, default=23, help="每月收缴日（默认 23）")
    check = _command(commands, "check", "核对数据文件、账目和修改记录")
    check.add_argument("--head", metavar="XXXX", help="一张纸上“账簿校验”后面印的，核对它还对不对得上")
    _add_json(check)
    _add_path(_command(commands, "backup", "做一份经过核对的备份"), "folder", "FOLDER", "备份放到这个文件夹")
    restore = _command(commands, "restore", "把备份恢复成一个新文件")
    _add_path(restore, "backup", "BACKUP", "备份")
    _add_path(restore, "file", "FILE", "恢复成这个新文件")
    demo = _command(commands, "demo", "造一个虚构支部，写出它的全部台账和表格")
    _add_path(demo, "folder", "FOLDER", "写到这个文件夹")


def _add_sheets(commands: Any) -> None:
    _add_json(_command(commands, "ledgers", "列出全部台账"))
    _add_json(_command(commands, "forms", "列出全部可打印的表格"))
    take = _command(commands, "import", "把表格文件读入台账")
    take.add_argument("ledger", metavar="LEDGER", help="台账名，见 ledgers")
    _add_import_options(take)
    export = _command(commands, "export", "把台账写成 .xlsx、.pdf 或 .csv")
    export.add_argument("ledger", metavar="LEDGER", help="台账名，见 ledgers")
    _add_path(export, "file", "FILE", "按结尾决定格式")
    _add_view(export)
    export.add_argument("--as-of", metavar="DATE", type=_day, help="那一天的情况（名册、统计、班子、登记表）")
    export.add_argument("--protect-with", metavar="F", type=_path, help="用文件 F 第一行的密码加密工作簿")
    form = _command(commands, "form", "写出可打印的表格")
    form.add_argument("form", metavar="FORM", help="表格名，见 forms")
    _add_path(form, "file", "FILE.pdf", "写成这个 PDF")
    form.add_argument("--id", metavar="N", type=_whole, help="只写编号为 N 的一份")
    _add_view(form)
    members = _command(commands, "members", "列出名册")
    members.add_argument("--all", action="store_true", help="连同已离开的党员")
    _add_json(members)


def _add_dues(commands: Any) -> None:
    dues = commands.add_parser("dues", help="党费：核定、开账、收缴、冲销、上缴、查看", description="党费")
    actions = dues.add_subparsers(title="命令", metavar="ACTION", dest="action", required=True)
    assess = _command(actions, "assess", "读入党费核定表（同 import dues_assessments）")
    assess.set_defaults(ledger="dues_assessments")
    _add_import_options(assess)
    _add_month(_command(actions, "open", "开账：按当时的标准定下每个人的应交"))
    collect = _command(actions, "collect", "登记交纳")
    _add_month(collect)
    who = collect.add_mutually_exclusive_group(required=True)
    who.add_argument("--all", action="store_true", help="所有还没有交清的党员")
    who.add_argument("--member", metavar="KEY", help="一位党员：编号、身份证号或不重名的姓名")
    collect.add_argument("--amount", metavar="A", help="金额；不写时为还欠的数")
    collect.add_argument("--covers", metavar="M1..M2", type=_span, help="分摊到这些月份")
    collect.add_argument("--on", metavar="DATE", type=_day, help="交纳日期（默认今天）")
    collect.add_argument("--method", choices=METHODS, default=METHODS[0], help="交纳方式（默认现金）")
    _add_json(collect)
    reverse = _command(actions, "reverse", "冲销一笔交纳")
    reverse.add_argument("payment", metavar="PAYMENT", type=_whole, help="交纳记录的编号")
    reverse.add_argument("--reason", metavar="TEXT", required=True, help="冲销原因")
    remit = _command(actions, "remit", "登记上缴")
    _add_month(remit)
    remit.add_argument("--on", metavar="DATE", type=_day, required=True, help="上缴日期")
    remit.add_argument("--voucher", metavar="NO", required=True, help="凭证号")
    status = _command(actions, "status", "查看一个月的应交、实交和欠交")
    _add_month(status)
    _add_json(status)


def _add_import_options(parser: Parser) -> None:
    _add_path(parser, "file", "FILE", "工作簿、.xls 或 CSV")
    parser.add_argument("--sheet", metavar="S", help="工作表名；不写时自己找")
    parser.add_argument("--branch", metavar="B", help="没有写明支部的行归入这个支部")
    parser.add_argument("--open-with", metavar="F", type=_path, help="文件 F 第一行是工作簿的密码")
    parser.add_argument("--dry-run", action="store_true", help="只报告，不保存")
    _add_json(parser)


def _add_view(parser: Parser) -> None:
    parser.add_argument("--period", metavar="P", type=_period, help="2026、2026H1、2026Q4、2026-11 或 2026-03..2026-10")
    parser.add_argument("--branch", metavar="B", help="只要这个支部的")


def _add_json(parser: Parser) -> None:
    parser.add_argument("--json", action="store_true", help="标准输出只写一份 JSON")


def _add_month(parser: Parser) -> None:
    parser.add_argument("month", metavar="MONTH", type=_month, help="月份，如 2026-11")


def _add_path(parser: Parser, name: str, metavar: str, words: str) -> None:
    parser.add_argument(name, metavar=metavar, type=_path, help=words)


def _told(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """The reader, with its sentence for argparse when the text is not what it reads."""

    def reader(text: str) -> Any:
        try:
            return read(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return reader


def _read_path(text: str) -> Path:
    if not text.strip():
        raise ValueError("文件名是空的")
    return Path(text)


def _read_whole(text: str) -> int:
    if not (text.isdecimal() and len(text) < 10):
        raise ValueError(f"“{text[:20]}”不是编号或日数，应写整数")
    return int(text)


def _read_day(text: str) -> date:
    found = DAY.read(text)
    if not isinstance(found, date):
        raise ValueError("没有写日期")
    return found


def _read_span(text: str) -> tuple[Month, Month]:
    first, dots, last = text.partition("..")
    return Month.parse(first), Month.parse(last if dots else first)


_path, _whole, _day = _told(_read_path), _told(_read_whole), _told(_read_day)
_month, _span, _period = _told(Month.parse), _told(_read_span), _told(Period.parse)
