"""Several files for one ledger: chosen, dropped or copied, taken in one by one, and a list of what became of each."""

import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from gui.importing import several_dialog
from gui.importing.dialog import ImportDialog, open_import
from gui.importing.gathering import gathered
from gui.importing.several import PARTLY, REFUSED, SAME, TAKEN, WAITING
from gui.importing.several_dialog import SeveralDialog
from gui.members.page import MembersPage
from models import backups, checks, import_journal, undo
from models.database import Database
from models.errors import UserError
from models.records.members import organisation
from tests import founded
from tests.gui.journeys.conftest import TODAY, Stage
from tests.gui.journeys.hand import Hand
from tests.gui.journeys.test_import_dialog import everybody, person, previewed, rest, roster, taken
from tests.importers import hostile
from tests.importers.test_reader import locked
from tests.people import id_number

Put = Callable[..., Stage]
UNITS, EACH, SPOILT = 300, 3, 30


@pytest.fixture
def stage(empty: Database, on_stage: Put) -> Stage:
    return on_stage(empty, MembersPage)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two sound files, one damaged and one with a wrong row, and what lies about in folders."""
    made = tmp_path / "各支部"
    made.mkdir()
    wrong = person(4, "方圆")
    wrong[2] = "119901199005010021"
    roster(made / "2号.xlsx", person(1, "唐果"), person(2, "石磊"))
    roster(made / "10号.xlsx", person(3, "白杨"), wrong)
    (made / "3号.xlsx").write_bytes(b"PK\x03\x04" + bytes(200))
    shutil.copyfile(made / "2号.xlsx", made / "1号.xlsx")
    (made / "~$2号.xlsx").write_bytes(b"lock")
    (made / "说明.docx").write_bytes(b"PK")
    return made


def listed(qtbot: QtBot, stage: Stage, chosen: Sequence[Path]) -> SeveralDialog:
    """The list, as the import leads to it."""
    open_import(stage.page, "members").read_files(chosen)
    return Hand(qtbot, stage.window).awaits(SeveralDialog, stage.window)


def begun(qtbot: QtBot, dialog: SeveralDialog) -> None:
    """All that waits is taken in, by Enter."""
    qtbot.keyClick(dialog.begin_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.task is None, timeout=300_000)


def states(dialog: SeveralDialog) -> dict[str, str]:
    return {line.name: line.state for line in dialog.lines}


def titles(database: Database) -> list[str]:
    with database.reading() as session:
        return [each.title for each in import_journal.imports(session)]


def test_a_folder_is_taken_in_file_by_file_and_twice_changes_nothing(stage: Stage, qtbot: QtBot, folder: Path) -> None:
    dialog = listed(qtbot, stage, [folder])
    assert [line.name for line in dialog.lines] == ["1号.xlsx", "2号.xlsx", "3号.xlsx", "10号.xlsx"]
    assert dialog.words.text() == "文件夹里另有 1 个不是表格的文件，没有列入。"
    assert set(states(dialog).values()) == {WAITING}
    assert everybody(stage.database) == []  # nothing is saved by looking
    begun(qtbot, dialog)
    assert states(dialog) == {"1号.xlsx": TAKEN, "2号.xlsx": SAME, "3号.xlsx": REFUSED, "10号.xlsx": PARTLY}
    shown = dialog.table.rows_shown()
    assert [line.name for line in shown] == ["3号.xlsx", "10号.xlsx", "1号.xlsx", "2号.xlsx"]
    assert shown[0].why.startswith("已损坏或不完整")
    assert (shown[1].added, shown[1].troubled) == (1, 1)
    assert shown[1].why.startswith("第 3 行：")
    assert "校验位" in shown[1].why
    assert dialog.words.text() == "4 个文件：1 个已导入，2 个要看一看；新增 3 行，修改 0 行。"
    assert dialog.reason.text().startswith("3号.xlsx：已损坏")
    assert [each.name for each in stage.page.roster.rows_shown()] == ["唐果", "石磊", "白杨"]
    assert len(backups.backups_in(stage.database.path.parent / "备份")) == 1
    done = titles(stage.database)
    assert done == ["导入党员信息：10号.xlsx", "导入党员信息：1号.xlsx"]
    dialog.reject()
    again = listed(qtbot, stage, [folder])
    begun(qtbot, again)
    assert [line.added or line.updated for line in again.lines] == [0, 0, None, 0]
    assert titles(stage.database) == done
    with stage.database.writing("撤销") as session:
        assert undo.undo_last(session, TODAY) == "导入党员信息：10号.xlsx"
    assert everybody(stage.database) == ["唐果", "石磊"]


def test_files_are_dropped_and_pasted(stage: Stage, qtbot: QtBot, folder: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder / name)) for name in ("2号.xlsx", "10号.xlsx")])
    dialog = open_import(stage.page, "members")
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    dialog.file_step.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, left, none))
    hand = Hand(qtbot, stage.window)
    found = hand.awaits(SeveralDialog, stage.window)
    assert list(states(found)) == ["2号.xlsx", "10号.xlsx"]
    found.reject()
    copied = QMimeData()
    copied.setUrls([QUrl.fromLocalFile(str(folder))])
    QGuiApplication.clipboard().setMimeData(copied)
    qtbot.keyClick(open_import(stage.page, "members"), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert len(hand.awaits(SeveralDialog, stage.window).lines) == 4


def test_a_folder_with_one_table_is_read_as_one_file(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "一个").mkdir()
    roster(tmp_path / "一个" / "名册.xlsx", person(1, "唐果"))
    dialog = open_import(stage.page, "members")
    dialog.read_files([tmp_path / "一个"])
    rest(qtbot, dialog)
    assert dialog.steps.currentWidget() is dialog.column_step


def test_stopped_between_two_files_the_rest_waits(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    for number in range(1, 7):
        roster(tmp_path / f"{number}.xlsx", person(number, f"张{number}"))
    dialog = listed(qtbot, stage, sorted(tmp_path.glob("*.xlsx")))
    with qtbot.waitSignal(dialog.told, timeout=20_000):
        dialog.begin()
    pressed = time.monotonic()
    dialog.reject()
    qtbot.waitUntil(lambda: dialog.task is None, timeout=5000)
    assert time.monotonic() - pressed < 1
    waiting = list(states(dialog).values()).count(WAITING)
    assert 1 <= waiting <= 5
    assert len(everybody(stage.database)) == 6 - waiting
    assert dialog.words.text().startswith(f"已停止，还有 {waiting} 个没有读。")
    assert dialog.begin_button.text().startswith(f"导入其余 {waiting} 个")
    begun(qtbot, dialog)
    assert set(states(dialog).values()) == {TAKEN}
    assert len(everybody(stage.database)) == 6


def test_a_refused_file_opens_alone_and_one_put_right_is_read_again(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    roster(tmp_path / "1.xlsx", person(1, "唐果"))
    (tmp_path / "2.xlsx").write_bytes(locked((tmp_path / "1.xlsx").read_bytes(), "名册密码"))
    (tmp_path / "3.xlsx").write_bytes(b"")
    dialog = listed(qtbot, stage, [tmp_path / f"{number}.xlsx" for number in (1, 2, 3)])
    begun(qtbot, dialog)
    assert states(dialog) == {"1.xlsx": TAKEN, "2.xlsx": REFUSED, "3.xlsx": REFUSED}
    qtbot.keyClick(dialog.table.table, Qt.Key.Key_Return)
    alone = Hand(qtbot, stage.window).awaits(ImportDialog, dialog)
    rest(qtbot, alone)
    assert alone.file_step.lock.isVisible()
    roster(tmp_path / "2.xlsx", person(2, "石磊"))
    alone.read(tmp_path / "2.xlsx")
    rest(qtbot, alone)
    taken(qtbot, previewed(qtbot, alone))
    assert states(dialog)["2.xlsx"] == TAKEN
    roster(tmp_path / "3.xlsx", person(3, "白杨"))
    dialog.again_button.click()
    qtbot.waitUntil(lambda: dialog.task is None, timeout=20_000)
    assert set(states(dialog).values()) == {TAKEN}
    assert everybody(stage.database) == ["唐果", "石磊", "白杨"]


def test_the_list_is_saved(
    stage: Stage, qtbot: QtBot, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = listed(qtbot, stage, [folder / "2号.xlsx", folder / "3号.xlsx"])
    begun(qtbot, dialog)
    monkeypatch.setattr(several_dialog, "ask_where_to_save", lambda *given: given[-1](tmp_path / given[-2]))
    dialog.list_button.click()
    menu = Hand(qtbot, stage.window).awaits(QMenu, dialog)
    menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: "清单已保存到" in dialog.words.text(), timeout=20_000)
    sheet = load_workbook(tmp_path / "导入党员信息的文件清单.xlsx").worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert ["3号.xlsx", "没有导入"] in [row[1:3] for row in cells]
    assert ["2号.xlsx", "已导入", 2] in [row[1:4] for row in cells]


def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    for name in ("第一党支部", "第二党支部"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "名册.csv").write_text("姓名\n")
    assert gathered([tmp_path, tmp_path / "第一党支部"]).labels == ["第一党支部/名册.csv", "第二党支部/名册.csv"]


def test_a_folder_without_tables_and_one_of_too_many_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UserError, match=r"里没有表格文件。$"):
        gathered([tmp_path])
    for number in range(4):
        (tmp_path / f"{number}.csv").write_text("")
    monkeypatch.setattr("gui.importing.gathering.MOST_FILES", 3)
    with pytest.raises(UserError, match=r"^选的文件超过 3 个"):
        gathered([tmp_path])
    monkeypatch.setattr("gui.importing.gathering.MOST_SEEN", 3)
    with pytest.raises(UserError, match="里的文件太多"):
        gathered([tmp_path])


def units(folder: Path) -> list[str]:
    """Files of so many units, a tenth of them hostile, damaged or empty; answers the names of those."""
    bad = [make() for make in (hostile.REFUSED_BY_GUARD | hostile.REFUSED_BY_PARSERS).values()]
    bad += [b"", "甲,乙\n1,2\n".encode(), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)]
    headings, spoilt = ["姓名", "公民身份号码", "联系电话", "所在党支部"], list[str]()
    for unit in range(UNITS):
        path = folder / f"第{unit + 1}党支部.xlsx"
        if unit % 10 == 4:
            path.write_bytes(bad[len(spoilt) % len(bad)])
            spoilt.append(path.name)
            continue
        born = [f"19{60 + unit % 40}-{1 + unit // 40:02}-{1 + each:02}" for each in range(EACH)]
        rows: list[list[object]] = [
            [f"张{unit}{'甲乙丙'[each]}", id_number(day, each), "10000000001", f"第{unit + 1}党支部"]
            for each, day in enumerate(born)
        ]
        roster(path, *rows, headings=headings)
    return spoilt


@pytest.mark.slow
def test_three_hundred_units_a_tenth_of_them_spoilt(on_stage: Put, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "各支部").mkdir()
    spoilt = units(tmp_path / "各支部")
    assert len(spoilt) == SPOILT
    database = founded.make(tmp_path / "总支.zbtz", "甲局机关党总支", TODAY, organisation.KINDS[1], actor="周丽萍")
    stage = on_stage(database, MembersPage)
    dialog, begun_at = listed(qtbot, stage, [tmp_path / "各支部"]), time.monotonic()
    begun(qtbot, dialog)
    took = time.monotonic() - begun_at
    refused = [line for line in dialog.lines if line.state == REFUSED]
    assert [line.name for line in refused] == spoilt
    assert all(line.why.endswith("。") and "\n" not in line.why for line in refused)
    assert [line.added for line in dialog.lines if line.state == TAKEN] == [EACH] * (UNITS - SPOILT)
    done, head = titles(database), len(everybody(database))
    assert (len(done), head) == (UNITS - SPOILT, EACH * (UNITS - SPOILT))
    dialog.reject()
    again = listed(qtbot, stage, [tmp_path / "各支部"])
    begun(qtbot, again)
    assert [line.name for line in again.lines if line.state == REFUSED] == spoilt
    assert [line.unchanged for line in again.lines if line.state == SAME] == [EACH] * (UNITS - SPOILT)
    assert titles(database) == done
    assert checks.check(database) == []
    print(f"{UNITS} files, {len(refused)} refused, {head} members in {took:.0f} s")
    database.close()
