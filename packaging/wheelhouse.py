"""Fetches what is locked into wheelhouse/, for installing on a machine of the same kind that has no network."""

import subprocess
import sys
from pathlib import Path

from environment import LOCK, PIP_OPTIONS, Environment
from terminal import NotReadyError, say

ROOT = Path(__file__).resolve().parent.parent


def fetch(environment: Environment, folder: Path) -> None:
    """Downloads what is locked for this machine and this Python; raises CalledProcessError where a file is missing."""
    wanted = environment.folder / LOCK
    wanted.write_text("".join(environment.locked(tests=False)), encoding="utf-8")
    pip = [str(environment.python), "-m", "pip", "download", *PIP_OPTIONS]
    subprocess.run([*pip, f"--requirement={wanted}", f"--dest={folder}"], check=True)


def main() -> int:
    """The exit status: 0 when wheelhouse/ is complete."""
    environment = Environment(ROOT)
    try:
        environment.update(tests=False)
        fetch(environment, ROOT / "wheelhouse")
    except NotReadyError as reason:
        say(str(reason))
        return 1
    except subprocess.CalledProcessError as error:
        return error.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
