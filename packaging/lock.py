"""Writes requirements.lock anew from setup.cfg: what builds, what the program needs, what only its tests need.

Run it with uv on the path after changing a pin. One lock serves every Python and machine of setup.cfg; it holds the
hashes of all files of a release, so that a mirror or a folder of wheels can stand in for the public index.
"""

import configparser
import re
import shutil
import subprocess
import sys
from pathlib import Path

from environment import LOCK

ROOT = Path(__file__).resolve().parent.parent
HEADING = "# Made by packaging/lock.py from setup.cfg; not to be edited by hand.\n"
OPTIONS = ("--universal", "--generate-hashes", "--no-header", "--no-annotate", "--no-config", "--quiet")


def resolved(requirements: str, python: str) -> dict[str, str]:
    """Each locked package, version and marker with its entry, hashes and all; raises CalledProcessError."""
    uv = shutil.which("uv")
    if uv is None:
        sys.exit("uv is not on the path")
    compiled = subprocess.run(
        [uv, "pip", "compile", "-", *OPTIONS, f"--python-version={python}"],
        input=requirements,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    ).stdout
    entries = re.split(r"\n(?=\S)", compiled.strip())
    return {entry.split(" \\", 1)[0]: entry for entry in entries}


def main() -> None:
    """Resolves part after part, each with those before it held where they are, and writes them in that order."""
    declared = configparser.ConfigParser()
    declared.read(ROOT / "setup.cfg", encoding="utf-8")
    oldest = declared["options"]["python_requires"].split(",")[0].removeprefix(">=")
    extras = declared["options.extras_require"]
    wanted = {"build": extras["build"], "program": declared["options"]["install_requires"], "tests": extras["tests"]}
    text = HEADING
    locked: dict[str, str] = {}
    for part, requirements in wanted.items():
        found = resolved("\n".join([requirements, *locked]), oldest)
        text += f"# --- {part} ---\n" + "".join(f"{entry}\n" for name, entry in found.items() if name not in locked)
        locked |= found
    (ROOT / LOCK).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
