"""Gets the program ready to start: run.sh and run.bat call this first, and test.sh with the tools for the tests."""

import sys
from pathlib import Path

import desktop_entry
from environment import Environment
from libraries import has_display, require_libraries
from terminal import NotReadyError, agrees, say

ROOT = Path(__file__).resolve().parent.parent
OPTIONS_WITH_VALUE = ("--data", "--password-file")
NO_DISPLAY = """这台机器没有图形界面，不能打开窗口。
要看程序做出的全部台账和表册，请执行：sh run.sh demo 文件夹
其他不用窗口的命令，请执行：sh run.sh --help"""


def opens_window(arguments: list[str]) -> bool:
    """Whether the program, given these arguments, would show its window: there is no command among them."""
    remaining = iter(arguments)
    for argument in remaining:
        if argument in OPTIONS_WITH_VALUE:
            next(remaining, None)
        elif argument in ("-h", "--help", "--version") or not argument.startswith("-"):
            return False
    return True


def prepare(purpose: str, arguments: list[str]) -> None:
    """Makes all ready for `run` with these arguments, or for `test`; raises NotReadyError."""
    window = purpose == "run" and opens_window(arguments)
    if window and not has_display():
        raise NotReadyError(NO_DISPLAY)
    made_anew = Environment(ROOT).update(tests=purpose == "test")
    if window or purpose == "test":
        require_libraries()
    if made_anew and window:
        if agrees("要在桌面上放一个图标吗？"):
            desktop_entry.write(ROOT)
        else:
            say("以后要在桌面上放图标，请执行：" + desktop_entry.COMMAND)


def main() -> int:
    """The exit status for the script that called: 0 when the program can be started."""
    purpose, *arguments = sys.argv[1:]
    try:
        prepare(purpose, arguments)
    except NotReadyError as reason:
        say(str(reason))
        return 1
    except KeyboardInterrupt:
        say("已中断；下次运行会接着做完。")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
