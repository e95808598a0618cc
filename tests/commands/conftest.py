"""Running commands in this process: status, what was said on either stream, and a data file to work on."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import commands
from commands.arguments import parse
from commands.opening import actor
from commands.output import speak_utf8
from tests import founded

TODAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Done:
    """What a command left: its exit status, standard output and standard error."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Done]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on tmp_path/a.zbtz as of 2026-11-23; `data=None` leaves --data out."""

    def running(*line: Any, data: Path | None = tmp_path / "a.zbtz", today: date = TODAY) -> Done:
        speak_utf8()
        words = [] if data is None else ["--data", str(data)]
        try:
            status = commands.run(parse([*words, *map(str, line)]), today)
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else -1
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return Done(status, said.out, said.err)

    return running


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A new plain data file of one branch."""
    path = tmp_path / "a.zbtz"
    founded.make(path, "甲局第一党支部", TODAY, actor=actor()).close()
    return path


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Path]:
    """Writes a workbook from rows of cells; what begins with = is text."""

    def writing(*rows: Sequence[Any], name: str = "名册.xlsx", title: str = "Sheet1") -> Path:
        workbook = openpyxl.Workbook()
        sheet = workbook.active
        assert sheet is not None
        sheet.title = title
        for row in rows:
            sheet.append(list(row))
            for cell in sheet[sheet.max_row]:
                cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
        workbook.save(tmp_path / name)
        return tmp_path / name

    return writing
