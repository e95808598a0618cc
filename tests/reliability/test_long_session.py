"""A window that is worked in for days: memory, handles, threads, timers and objects stay, and nothing is left about."""

import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2]
OPERATIONS = 390  # two rounds of all kinds
_MINUTES = 10  # for so many on a busy machine


@pytest.mark.slow
@pytest.mark.timeout(0)  # the process is given its own time: with --more it may be hours
def test_a_long_session_grows_by_nothing(more: int) -> None:
    line = [sys.executable, "-m", "tests.session", str(OPERATIONS * more)]
    done = subprocess.run(
        line, cwd=FOLDER, capture_output=True, text=True, timeout=60 * _MINUTES * more, check=False
    )  # a process of its own: what the tests before held is not measured
    print(done.stdout)  # with -s: what it held as it went on
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr[-2000:]}"
