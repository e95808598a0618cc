"""Which files are meant by what was chosen, dropped or copied: a folder stands for the tables in it."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from models import files
from models.errors import UserError

ENDINGS = (".xlsx", ".xls", ".et", ".csv", ".txt", ".tsv", ".htm", ".html", ".xlsm", ".xml")
MOST_FILES = 1_000
MOST_SEEN = 50_000  # somebody may drop a whole disk
_BESIDE = ("~$", ".")  # what an open workbook has lying beside it, and what is hidden
_FIGURES = re.compile(r"(\d+)")


@dataclass(frozen=True)
class Gathered:
    """The files in the order of their names; `left_out` counts what lies in the folders and is no table."""

    files: tuple[Path, ...]
    left_out: int = 0

    @property
    def labels(self) -> list[str]:
        """What tells each file from the others: its name, with the folders in which they differ."""
        if len({path.parent for path in self.files}) == 1:
            return [path.name for path in self.files]
        try:
            above = Path(os.path.commonpath([path.parent for path in self.files]))
        except ValueError:  # of two disks
            return [str(path) for path in self.files]
        return [path.relative_to(above).as_posix() for path in self.files]


def gathered(chosen: Sequence[Path]) -> Gathered:
    """The files that are meant, each once; UserError where there are none, too many, or a folder cannot be read."""
    found: dict[Path, None] = {}
    left_out = 0
    for path in chosen:
        with files.refusing(f"“{path.name}”打不开，没有读取"):
            for each, is_table in _meant(path.absolute()):
                if is_table:
                    found[each] = None
                left_out += not is_table
        if len(found) > MOST_FILES:
            raise UserError(f"选的文件超过 {MOST_FILES:,} 个，没有读取。请分几次导入。")
    if not found:
        raise UserError(f"“{chosen[0].name}”里没有表格文件。" if chosen else "没有选文件。")
    return Gathered(tuple(sorted(found, key=_in_order)), left_out)


def _meant(path: Path) -> Iterator[tuple[Path, bool]]:
    """A file by itself, whatever its ending, or all that lies in a folder, and whether it may be a table."""
    if not path.is_dir():
        yield path, True
        return
    seen = 0
    for folder, inner, names in os.walk(path, onerror=_refuse):
        inner[:] = [name for name in inner if not name.startswith(_BESIDE)]
        seen += len(names) + len(inner)
        if seen > MOST_SEEN:
            raise UserError(f"“{path.name}”里的文件太多，没有读取。请只选放着表格的文件夹。")
        for name in names:
            if not name.startswith(_BESIDE):
                yield Path(folder, name), name.lower().endswith(ENDINGS)


def _refuse(error: OSError) -> NoReturn:
    raise error


def _in_order(path: Path) -> list[tuple[int, str]]:
    """Figures count as numbers: the second branch comes before the tenth."""
    parts = _FIGURES.split(str(path))
    return [(int(part), "") if place % 2 else (0, part.casefold()) for place, part in enumerate(parts)]
