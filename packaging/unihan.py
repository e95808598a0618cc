"""Reads the files of Unihan as Debian's package unicode-data lays them down."""

import bz2
from collections.abc import Iterator
from pathlib import Path


def read(file: Path, *fields: str) -> Iterator[tuple[str, str]]:
    """The characters that have one of the fields, with all that stands in it."""
    with bz2.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("U+"):
                place, field, value = line.rstrip("\n").split("\t")
                if field in fields:
                    yield character(place), value


def character(place: str) -> str:
    """The character of a place as Unihan writes it: U+5F20, or U+5F20<kSource."""
    return chr(int(place.removeprefix("U+").partition("<")[0], base=16))
