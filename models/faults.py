"""Faults of the program: what of them goes into its log, and where the log lies; never a word of anybody's data."""

import logging
import traceback
from pathlib import Path

from platformdirs import user_log_path

from models.preferences import NAME

PROGRAM = Path(__file__).resolve().parent.parent
OWN = frozenset({"gui", "commands"})  # the loggers that are handed nothing but what `places` answers
_BYTES = 2**20


def places(error: BaseException) -> str:
    """The type of an error and the lines it came through; its message stays out, it may name a member."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = (f"  {_within_program(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames)
    return "\n".join((type(error).__name__, *lines))


def _within_program(file: str) -> str:
    """A file's path below the program's folder, or its bare name: the log names no home folder."""
    path = Path(file)
    return path.relative_to(PROGRAM).as_posix() if path.is_relative_to(PROGRAM) else path.name


def keep_log() -> Path | None:
    """Has what the program logs from now on written to its log; None where it cannot be written.

    What libraries log stays out: it may quote a member. The log is one file of at most 1 MiB and the one before it.
    """
    from logging.handlers import RotatingFileHandler

    logging.raiseExceptions = False  # a log that cannot be written is no reason to frighten anybody
    path = user_log_path(NAME, appauthor=False) / "program.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=_BYTES, backupCount=1, encoding="utf-8")
    except OSError:
        logging.getLogger().addHandler(logging.NullHandler())
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(message)s"))
    handler.addFilter(lambda record: record.name in OWN)
    logging.getLogger().addHandler(handler)
    return path
