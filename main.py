"""The door to the program: a command line with a command runs it without a screen, any other opens the window."""

import sys
from collections.abc import Sequence

from commands.arguments import parse
from commands.output import speak_utf8

READING_CHILD = "--reading-child"  # a packed program is its own interpreter, for the child that reads foreign files too


def main(arguments: Sequence[str] | None = None) -> int:
    """Does what the command line asks and answers the exit status; a wrong line ends with SystemExit of status 2."""
    line = sys.argv[1:] if arguments is None else list(arguments)
    if line == [READING_CHILD]:
        from importers.reading.child import main as read

        return read()
    speak_utf8()
    options = parse(line)
    if options.command is not None:
        import commands

        return commands.run(options)
    from gui import application

    return application.run(data=options.data, password_file=options.password_file, sample=options.sample)


if __name__ == "__main__":
    sys.exit(main())
