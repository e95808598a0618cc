"""Files that mean harm or are broken, through the window: each ends in a preview or one sentence, and soon."""

import os
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from random import Random

import psutil
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.importing.dialog import ImportDialog, open_import
from gui.members.page import MembersPage
from models.database import Database
from models.records.members.organisation import branches
from tests.gui.journeys.conftest import Stage
from tests.gui.journeys.test_import_dialog import everybody, person, previewed, rest, roster
from tests.importers import hostile
from tests.importers.hostile import cell, package, sheet
from tests.people import id_number
from tests.security.mutants import mutant
from tests.security.test_mutants import ROSTERS

Put = Callable[..., Stage]
LONGEST = 20.0  # seconds a file may take
STILL = 8.0  # seconds for which the window may not answer, on a busy machine
MUTANTS = 6  # of each roster
FEW = ("a gigabyte in one cell", "a cell in the last corner", "a relationship out of the file")
_LETTERS = [f"{first}{last}" for first in ("", *"ABCDEFGHIJKLMNO") for last in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]


def text(place: str, words: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'


def headed(*headings: str) -> bytes:
    """A roster with these columns beside those that are known, and one sound row."""
    known = ("姓名", "公民身份号码")
    top = "".join(text(f"{_LETTERS[at]}1", words) for at, words in enumerate((*known, *headings)))
    return package(f'<row r="1">{top}</row><row r="2">{text("A2", "唐果")}{text("B2", id_number("1990-05-01"))}</row>')


def many_sheets() -> bytes:
    """So many sheets as are allowed, that agree, each with a column whose content is another than its heading says."""
    numbers = range(1, 300)
    rows = "".join(
        f'<row r="{row}">{text(f"A{row}", name)}{text(f"B{row}", born)}{text(f"C{row}", phone)}</row>'
        for row, name, born, phone in ((1, "姓名", "出生日期", "联系电话"), (2, "唐果", "1990-05-01", "大学本科"))
    )
    listed = "".join(f'<sheet name="支部{n}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{hostile.OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    book = hostile.BOOK.replace(hostile.SHEETS, f"<sheets>{listed}</sheets>")
    links = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{related}'
    parts: dict[str, str | bytes] = {f"xl/worksheets/sheet{n}.xml": sheet(rows) for n in numbers}
    return package(parts=parts | {"xl/workbook.xml": book, "xl/_rels/workbook.xml.rels": f"{links}</Relationships>"})


def wide(columns: int) -> bytes:
    """A text file with a heading over each of so many columns."""
    headings = ",".join(["姓名", "公民身份号码", *(f"第{number}列" for number in range(columns - 2))])
    return f"{headings}\n唐果,{id_number('1990-05-01')}{',x' * (columns - 2)}\n".encode()


FOR_THE_WINDOW: Mapping[str, Callable[[], bytes]] = {
    "a heading over every column": lambda: wide(16_384),
    "headings without end": lambda: headed(*(f"{'长' * 30_000}{number}" for number in range(40))),
    "one heading without end": lambda: headed("姓" * 30_000),
    "as many sheets as may be": many_sheets,
    "a branch of its own on every line": lambda: "\n".join(
        ["姓名,出生日期,所在党支部", *(f"唐{n},1960-05-01,第{n}党支部" for n in range(2000))]
    ).encode(),
    "a group of its own on every line": lambda: "\n".join(
        ["姓名,出生日期,所在党小组", *(f"唐{n},1960-05-01,第{n}党小组" for n in range(2000))]
    ).encode(),
    "a hundred new branches": lambda: "\n".join(
        ["姓名,出生日期,所在党支部", *(f"唐{n},1960-05-01,第{n}党支部" for n in range(100))]
    ).encode(),
    "markup in headings": lambda: headed("&lt;img src=file:///etc/passwd&gt;", "&lt;b&gt;x", "%s{}"),
    "a wrong row on every line": lambda: "\n".join(
        ["姓名,公民身份号码", *["唐果,119901199005010021"] * 20_000]
    ).encode(),
}
ODD: Mapping[str, Callable[[], bytes]] = {
    "in UTF-16": lambda: package(parts={"xl/worksheets/sheet1.xml": sheet(cell("B2", "7")).encode("utf-16")}),
    "a lie about the extent": lambda: package(
        parts={
            "xl/worksheets/sheet1.xml": sheet(
                "".join(cell(f"A{row}") for row in range(1, 201)), before='<dimension ref="A1"/>'
            )
        }
    ),
    "too wide for the fast parser": lambda: package(
        cell("A1", "7") + "".join(cell(f"B{row}") for row in range(2, 3000)) + cell("XFD3000")
    ),
    "errors in cells": lambda: package('<row r="1"><c r="A1"><f>B1</f></c><c r="C1" t="e"><v>#N/A</v></c></row>'),
    "a formula that lasts": lambda: package(f'<row r="1"><c r="A1"><f>{"(" * 5000}1{")" * 5000}</f></c></row>'),
    **FOR_THE_WINDOW,
}
HEAVY: Mapping[str, Callable[[], bytes]] = {
    "wide and long": lambda: package(
        "".join(f'<row r="{row}"><c r="ZZ{row}"><v>1</v></c></row>' for row in range(1, 190_000))
    ),
    "many attributes": lambda: package(
        '<row r="1">' + "".join(f'<c r="A1" a{n}="1"><v>1</v></c>' for n in range(300_000)) + "</row>"
    ),
    "one huge text": lambda: package(f'<row r="1">{text("A1", "A" * 140_000_000)}</row>'),
    "many rows": lambda: package(
        "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 190_000)),
        {"xl/sharedStrings.xml": f'<sst xmlns="{hostile.MAIN}"><si><t>{"姓" * 30_000}</t></si></sst>'},
    ),
    "no end of tags": lambda: package("row " * 5_000_000),
}


class Watch:
    """How long the window did not answer, and the most that a reading child took."""

    def __init__(self) -> None:
        self.gap, self.most = 0.0, 0
        self._last = time.monotonic()
        self._process = psutil.Process()
        self._timer = QTimer(interval=20)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def stop(self) -> None:
        """Ends the watch here: left to the collector, a timer might be stopped by another thread."""
        self._timer.stop()
        self._timer.timeout.disconnect()
        self._timer.deleteLater()

    def _beat(self) -> None:
        now = time.monotonic()
        self.gap, self._last = max(self.gap, now - self._last), now
        for child in self._process.children():
            try:
                self.most = max(self.most, child.memory_info().rss)
            except psutil.NoSuchProcess:
                continue


@pytest.fixture
def stage(empty: Database, on_stage: Put) -> Stage:
    return on_stage(empty, MembersPage)


def ended(qtbot: QtBot, dialog: ImportDialog, path: Path) -> str:
    """Reads a file and goes as far as it leads: "" for a preview, else the sentence that says why there is none."""
    while dialog.steps.currentWidget() is not dialog.file_step:
        dialog.back_button.click()
    begun, watch = time.monotonic(), Watch()
    dialog.read(path)
    rest(qtbot, dialog)
    if dialog.steps.currentWidget() is dialog.column_step and not dialog.problem.text():
        previewed(qtbot, dialog)
    QApplication.processEvents()
    watch.stop()
    took, said = time.monotonic() - begun, dialog.problem.text()
    assert took < LONGEST, took
    assert watch.gap < STILL, watch.gap
    assert watch.most < 2**30, watch.most
    assert psutil.Process().children() == []
    room = dialog.screen().availableGeometry()
    assert dialog.minimumSizeHint().height() <= room.height()
    if dialog.steps.currentWidget() is dialog.preview_step:
        assert said == ""
        return ""
    assert said.endswith("。")
    assert "\n" not in said
    assert "Error" not in said
    assert len(said) < 300
    if dialog.steps.currentWidget() is dialog.file_step:
        assert said.startswith(f"“{path.name}”")
    else:
        assert dialog.file_name.text() == path.name
    return said


def tried(qtbot: QtBot, stage: Stage, folder: Path, files: Mapping[str, Callable[[], bytes]]) -> dict[str, str]:
    """What each file ended in, all through one dialog; nothing is saved, and afterwards a sound one comes in."""
    dialog, said = open_import(stage.page, "members"), {}
    for name, make in files.items():
        path = folder / f"{name}.xlsx"
        path.write_bytes(make())
        said[name] = ended(qtbot, dialog, path)
    assert everybody(stage.database) == []
    assert ended(qtbot, dialog, roster(folder / "好.xlsx", person(1, "唐果"))) == ""
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        dialog.next_button.click()
    assert everybody(stage.database) == ["唐果"]
    return said


HOSTILE = {**hostile.REFUSED_BY_GUARD, **hostile.REFUSED_BY_PARSERS}


def test_a_few_hostile_files(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    assert all(tried(qtbot, stage, tmp_path, {name: HOSTILE[name] for name in FEW}).values())


@pytest.mark.parametrize("name", ["headings without end", "as many sheets as may be"])
def test_what_is_hard_on_the_window_alone(stage: Stage, qtbot: QtBot, tmp_path: Path, name: str) -> None:
    tried(qtbot, stage, tmp_path, {name: FOR_THE_WINDOW[name]})


@pytest.mark.slow
def test_every_hostile_file(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    no_tables = {name: partial(bytes, data) for name, data in hostile.NO_TABLES.items()}
    assert all(tried(qtbot, stage, tmp_path, HOSTILE | no_tables).values())


@pytest.mark.slow
def test_odd_files(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    said = tried(qtbot, stage, tmp_path, ODD)
    assert 0 < sum(each == "" for each in said.values()) < len(said)


@pytest.mark.slow
def test_mutants_of_rosters(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    files: dict[str, Callable[[], bytes]] = {}
    for path in ROSTERS:
        files |= {
            f"{path.stem} {n}": partial(mutant, path.read_bytes(), Random(f"{n} {path.name}")) for n in range(MUTANTS)
        }
    said = tried(qtbot, stage, tmp_path, files)
    assert 0 < sum(each == "" for each in said.values()) < len(said)


def test_what_is_no_file_is_refused(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = open_import(stage.page, "members")
    assert "不存在" in ended(qtbot, dialog, tmp_path / "没有.xlsx")
    (tmp_path / "绕圈.xlsx").symlink_to(tmp_path / "绕圈.xlsx")
    assert "打不开" in ended(qtbot, dialog, tmp_path / "绕圈.xlsx")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "管道.xlsx")
        assert "不是" in ended(qtbot, dialog, tmp_path / "管道.xlsx")
    dialog.read_files([tmp_path / "没有的文件夹" / "名册.xlsx"])
    rest(qtbot, dialog)
    assert "不存在" in dialog.problem.text()


def stopped(qtbot: QtBot, dialog: ImportDialog, path: Path, after: int) -> bool:
    """Reads a file and stops it after so many milliseconds; False where it was read or refused before that."""
    dialog.read(path)
    qtbot.waitUntil(lambda: dialog.task is None or bool(psutil.Process().children()), timeout=10_000)
    qtbot.wait(after)
    if dialog.task is None:
        return False
    pressed = time.monotonic()
    dialog.reject()
    rest(qtbot, dialog)
    assert time.monotonic() - pressed < 1
    assert psutil.Process().children() == []
    assert dialog.problem.text() == "已停止，没有改动任何内容。"
    assert dialog.isVisible()
    return True


def test_the_reading_child_is_stopped_within_a_second(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "重.xlsx"
    path.write_bytes(HEAVY["many attributes"]())
    assert stopped(qtbot, open_import(stage.page, "members"), path, after=100)


@pytest.mark.slow
def test_the_trial_and_the_saving_of_many_new_branches_are_stopped_within_a_second(
    stage: Stage, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "支部.csv"
    lines = (f"党员{number},1980-01-01,第{number}党支部" for number in range(400))
    path.write_text("\n".join(("姓名,出生日期,所在党支部", *lines)), encoding="utf-8")
    dialog = open_import(stage.page, "members")
    dialog.read(path)
    rest(qtbot, dialog)
    dialog.go_on()
    _stopped_at_work(qtbot, dialog)
    dialog.go_on()
    rest(qtbot, dialog)
    assert dialog.steps.currentWidget() is dialog.preview_step
    dialog.go_on()
    _stopped_at_work(qtbot, dialog)
    with stage.database.reading() as session:
        assert len(branches(session)) <= 1  # the file's own


def _stopped_at_work(qtbot: QtBot, dialog: ImportDialog) -> None:
    qtbot.wait(400)
    assert dialog.task is not None
    pressed = time.monotonic()
    dialog.reject()
    rest(qtbot, dialog)
    assert time.monotonic() - pressed < 1
    assert dialog.problem.text() == "已停止，没有改动任何内容。"


@pytest.mark.slow
@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_file_leaves_the_window_alive_and_is_stopped(
    stage: Stage, qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    path = tmp_path / "重.xlsx"
    path.write_bytes(HEAVY[name]())
    dialog, watch = open_import(stage.page, "members"), Watch()
    was_stopped = stopped(qtbot, dialog, path, after=1500)
    watch.stop()
    assert was_stopped or dialog.problem.text().startswith("“重.xlsx”")
    assert watch.gap < STILL, watch.gap
    assert watch.most < 2**30
