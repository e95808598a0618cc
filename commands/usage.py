"""A parser of command lines that speaks Chinese: help, usage and what is wrong with a line."""

import argparse
import re
from collections.abc import Iterable
from typing import NoReturn

# What argparse says of a wrong line, and how it is told; a wording not listed here falls back on the last sentence.
_SAID = (
    (r"the following arguments are required: (.+)", "缺少 {0}"),
    (r"unrecognized arguments: (.+)", "不认识“{0}”"),
    (r"one of the arguments (.+) is required", "{0} 必须写其中一个"),
    (r"argument (\S+): not allowed with argument (\S+)", "{0} 不能与 {1} 同时使用"),
    (r"argument (\S+): expected (?:one|at least one|\d+) arguments?", "{0} 后面要写一个值"),
    (r"argument (\S+): ignored explicit argument .*", "{0} 后面不带值"),
    (r"argument (\S+): invalid choice: ('.*?'|\".*?\") \(choose from (.*)\)", "{0} 没有 {1}，可用的有 {2}"),
    (r"argument (\S+): (.*[\u4e00-\u9fff].*)", "{0}：{1}"),
    (r"(.*[\u4e00-\u9fff].*)", "{0}"),
)
_UNSAID = "命令写得不对"


class Help(argparse.RawDescriptionHelpFormatter):
    """Help with a Chinese word before the usage."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser that takes no abbreviations and ends a wrong line with one plain sentence and status 2."""

    def __init__(self, *, prog: str | None = None, description: str = "", epilog: str = "") -> None:
        super().__init__(
            prog=prog,
            description=description,
            epilog=epilog,
            formatter_class=Help,
            add_help=False,
            allow_abbrev=False,
        )
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这些说明")

    def error(self, message: str) -> NoReturn:
        """Says what is wrong with the line and ends with status 2."""
        self.exit(2, f"{self.format_usage()}{sentence(message)}。用 --help 查看完整用法。\n")


def sentence(message: str) -> str:
    """What argparse says, in Chinese and without a full stop."""
    for pattern, words in _SAID:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return words.format(*found.groups()).rstrip("。")
    return _UNSAID
