"""What a benchmark is: a piece of the program's work and the floor it is measured against."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Case:
    """`ours` and `floor` do their work on what `prepare` made in a folder of its own; only they are measured.

    Each runs in a fresh process, and what it imports at its first use counts. `ours` may take `limit` times the CPU
    that `times` runs of the floor take, and at most `most` seconds of it; None sets no limit. What `apart` takes is
    measured by itself and taken off `ours`: a row of its own shows it. A module of this folder lists its cases in
    CASES, and the runner finds it there.
    """

    title: str
    floor_title: str
    prepare: Callable[[Path], Any]
    ours: Callable[[Any], object]
    floor: Callable[[Any], object]
    limit: float | None = None
    times: float = 1
    most: float | None = None
    apart: Callable[[Any], object] | None = None
