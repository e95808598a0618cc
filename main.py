"""The door to the program: a command line with a command runs it without a screen, any other opens the window."""

import gc
import sys
from collections.abc import Sequence
from pathlib import Path

READING_CHILD = "--reading-child"  # a packed program is its own interpreter, for the child that reads foreign files too


def main(arguments: Sequence[str] | None = None) -> int:
    """Does what the command line asks and answers the exit status; a wrong line ends with SystemExit of status 2."""
    line = sys.argv[1:] if arguments is None else list(arguments)
    if line == [READING_CHILD]:
        from importers.reading.child import main as read

        return read()
    if _is_plain(line):  # the window, opened as it mostly is: the parser need not be loaded
        return _window(Path(line[1]) if len(line) == 2 else None, None, sample=line == ["--sample"])
    from commands.arguments import parse
    from commands.output import speak_utf8

    speak_utf8()
    options = parse(line)
    if options.command is not None:
        import commands

        return commands.run(options)
    return _window(options.data, options.password_file, options.sample)


def _is_plain(line: Sequence[str]) -> bool:
    return not line or line == ["--sample"] or (len(line) == 2 and line[0] == "--data" and bool(line[1].strip()))


def _window(data: Path | None, password_file: Path | None, sample: bool) -> int:
    gc.disable()  # a third of the start would go into looking for garbage among what is just being imported
    from models import orm_loading

    orm_loading.load()
    from gui import application

    return application.run(data=data, password_file=password_file, sample=sample)


if __name__ == "__main__":
    sys.exit(main())
