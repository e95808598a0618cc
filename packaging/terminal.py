"""How the set-up speaks to the person in front of it."""

import sys


class NotReadyError(Exception):
    """Why the program cannot start yet, in words for the person in front of it."""


def say(text: str) -> None:
    """Shows a line on standard error; standard output belongs to the commands."""
    print(text, file=sys.stderr, flush=True)


def agrees(question: str) -> bool:
    """Asks for a yes, which is the answer of a bare Enter; where nobody sits at the keyboard the answer is no."""
    if not sys.stdin.isatty():
        return False
    say(f"{question}[Y/n] ")
    return sys.stdin.readline().strip().lower() in ("", "y", "yes", "是")
