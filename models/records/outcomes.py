"""What became of one row that was handed in to be saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Outcome:
    """One row was added, updated, left unchanged, or refused for a reason (a Chinese sentence, with its field)."""

    kind: Literal["added", "updated", "unchanged", "refused"]
    record_id: int | None = None
    field: str | None = None
    why: str | None = None
