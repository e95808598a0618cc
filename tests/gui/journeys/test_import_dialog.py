"""Importing: from a file as it was found to the saved roster, and every way in which it can go wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from gui.importing.dialog import ImportDialog, open_import
from gui.members.page import MembersPage
from models import backups, undo
from models.database import Database
from models.records.members.members import Member, find, search
from tests.gui.journeys.conftest import TODAY, Stage
from tests.people import id_number

Put = Callable[..., Stage]
ROSTERS = Path(__file__).resolve().parents[2] / "data" / "rosters"
HEADINGS = ["序号", "姓名", "身份证号", "手机", "学历", "内部排序"]


@pytest.fixture
def stage(empty: Database, on_stage: Put) -> Stage:
    return on_stage(empty, MembersPage)


def roster(path: Path, *rows: list[object], headings: list[str] | None = None) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(headings or HEADINGS)
    for each in rows:
        sheet.append(each)
    book.save(path)
    return path


def person(number: int, name: str, phone: str = "10000000001") -> list[object]:
    return [number, name, id_number("1990-05-01", number), phone, "大学本科", "x"]


def opened(qtbot: QtBot, stage: Stage, path: Path, ledger: str = "members") -> ImportDialog:
    """The dialog after it has read a file (or refused it)."""
    dialog = open_import(stage.page, ledger, path)
    rest(qtbot, dialog)
    return dialog


def rest(qtbot: QtBot, dialog: ImportDialog) -> None:
    qtbot.waitUntil(lambda: dialog.task is None, timeout=20_000)


def previewed(qtbot: QtBot, dialog: ImportDialog) -> ImportDialog:
    dialog.next_button.click()
    rest(qtbot, dialog)
    return dialog


def taken(qtbot: QtBot, dialog: ImportDialog) -> None:
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        dialog.next_button.click()


def everybody(database: Database) -> list[str]:
    with database.reading() as session:
        return [member.name for member in session.query(Member).order_by(Member.id)]


def figures(dialog: ImportDialog) -> list[str]:
    return [each.text() for each in dialog.preview_step.figures]


def tabs(dialog: ImportDialog) -> list[str]:
    bar = dialog.preview_step.tabs
    return [bar.tabText(number) for number in range(bar.count())]


def test_a_roster_comes_in_by_keyboard(stage: Stage, qtbot: QtBot) -> None:
    dialog = opened(qtbot, stage, ROSTERS / "s02_花名册.xlsx")
    assert dialog.steps.currentWidget() is dialog.column_step
    assert "读入 18 列。不读入：序号" in dialog.column_step.summary.text()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    rest(qtbot, dialog)
    assert figures(dialog) == ["22", "0", "0", "0", "0"]
    assert dialog.next_button.text().startswith("导入 22 行")
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert len(everybody(stage.database)) == 22
    assert len(stage.page.roster.rows_shown()) == 22
    assert stage.said.startswith("已导入：新增 22 行。")
    assert len(backups.backups_in(stage.database.path.parent / "备份")) == 1


def test_the_same_file_again_changes_nothing(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    path = roster(tmp_path / "名册.xlsx", person(1, "唐果"), person(2, "石磊"))
    taken(qtbot, previewed(qtbot, opened(qtbot, stage, path)))
    dialog = previewed(qtbot, opened(qtbot, stage, path))
    assert figures(dialog) == ["0", "0", "2", "0", "0"]
    assert not dialog.next_button.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert len(everybody(stage.database)) == 2


def test_what_would_change_is_shown_with_old_and_new(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    taken(qtbot, previewed(qtbot, opened(qtbot, stage, roster(tmp_path / "一.xlsx", person(1, "唐果")))))
    changed = roster(tmp_path / "二.xlsx", person(1, "唐果", "10000000009"), person(2, "石磊"))
    dialog = previewed(qtbot, opened(qtbot, stage, changed))
    assert tabs(dialog) == ["修改 1", "新增 1"]
    (row,) = dialog.preview_step.table.rows_shown()
    assert (row.row, row.name, row.title, row.old, row.new) == (2, "唐果", "联系电话", "10000000001", "10000000009")
    assert everybody(stage.database) == ["唐果"]  # nothing is saved by looking


def test_problems_name_row_person_column_and_reason_and_sound_rows_come_in(
    stage: Stage, qtbot: QtBot, tmp_path: Path
) -> None:
    wrong = person(2, "石磊")
    wrong[2] = "119901199005010021"
    dialog = previewed(qtbot, opened(qtbot, stage, roster(tmp_path / "名册.xlsx", person(1, "唐果"), wrong)))
    assert tabs(dialog)[0] == "有问题 1"
    (row,) = dialog.preview_step.table.rows_shown()
    assert (row.row, row.name, row.field, row.value) == (3, "石磊", "公民身份号码", "119901199005010021")
    assert "校验位" in row.why
    taken(qtbot, dialog)
    assert everybody(stage.database) == ["唐果"]
    assert "1 行有问题没有导入" in stage.said


def test_problem_rows_are_saved_corrected_and_imported(
    stage: Stage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = person(2, "石磊")
    wrong[2] = "119901199005010021"
    dialog = previewed(qtbot, opened(qtbot, stage, roster(tmp_path / "名册.xlsx", person(1, "唐果"), wrong)))
    target = tmp_path / "有问题.xlsx"
    monkeypatch.setattr("gui.importing.dialog.ask_where_to_save", lambda *given: given[-1](target))
    dialog.preview_step.problems_button.click()
    rest(qtbot, dialog)
    assert str(target) in dialog.problem.text()
    book = load_workbook(target)
    sheet = book.worksheets[0]
    cells = [cell for line in sheet.iter_rows() for cell in line]
    assert any("校验位" in str(cell.value) for cell in cells)
    number = next(cell for cell in cells if cell.value == "119901199005010021")
    number.value = id_number("1990-05-01", 2)
    book.save(target)
    dialog.reject()
    taken(qtbot, previewed(qtbot, opened(qtbot, stage, target)))
    assert everybody(stage.database) == ["石磊"]


@pytest.mark.parametrize("merged", [True, False], ids=["merged cells", "lines over sections"])
def test_the_branch_of_problem_rows_goes_with_them(
    branch: Database, on_stage: Put, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, merged: bool
) -> None:
    """A row saved apart, corrected and imported belongs where it belonged in the whole table."""
    stage = on_stage(branch, MembersPage)
    wrong = person(2, "石磊")
    wrong[2] = "119901199005010021"
    rows: list[list[object]] = [[*person(1, "唐果"), "第三党支部"], [*wrong, None]]
    if not merged:
        rows = [["第三党支部（2人）"], person(1, "唐果"), wrong]
    path = roster(tmp_path / "名册.xlsx", *rows, headings=[*HEADINGS, "所在党支部"] if merged else HEADINGS)
    if merged:
        book = load_workbook(path)
        book.worksheets[0].merge_cells("G2:G3")
        book.save(path)
    dialog = previewed(qtbot, opened(qtbot, stage, path))
    dialog.preview_step.tabs.setCurrentIndex(1)
    assert [row.branch for row in dialog.preview_step.table.rows_shown()] == ["第三党支部"]
    target = tmp_path / "有问题.xlsx"
    monkeypatch.setattr("gui.importing.dialog.ask_where_to_save", lambda *given: given[-1](target))
    dialog.preview_step.problems_button.click()
    rest(qtbot, dialog)
    sheet = load_workbook(target).worksheets[0]
    lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
    heading = next(line for line in lines if "姓名" in line)
    line = next(line for line in lines if "石磊" in line)
    assert line[heading.index("所在党支部")] == "第三党支部"


def test_the_mapping_can_be_corrected(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = opened(qtbot, stage, roster(tmp_path / "名册.xlsx", person(1, "唐果")))
    step = dialog.column_step
    model = step.table.model()
    assert [model.index(number, 0).data() for number in range(model.rowCount())] == HEADINGS
    assert [chooser.value() for chooser in step.chosen] == [None, "name", "id_number", "phone", "education", None]
    step.chosen[5].choose("phone")
    dialog.next_button.click()
    assert dialog.problem.text() == "“手机”和“内部排序”都读入为“联系电话”，请只留一个。"
    step.chosen[5].choose("remark")
    step.chosen[3].choose(None)
    taken(qtbot, previewed(qtbot, dialog))
    with stage.database.reading() as session:
        member = find(session, "唐果")
        assert (member.remark, member.phone) == ("x", None)


def test_going_back_keeps_what_was_chosen(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = opened(qtbot, stage, roster(tmp_path / "名册.xlsx", person(1, "唐果")))
    dialog.column_step.chosen[5].choose("remark")
    previewed(qtbot, dialog)
    dialog.go_back()
    assert dialog.column_step.chosen[5].value() == "remark"


def test_an_import_is_taken_back_whole(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    path = roster(tmp_path / "名册.xlsx", person(1, "唐果"), person(2, "石磊"))
    taken(qtbot, previewed(qtbot, opened(qtbot, stage, path)))
    with stage.database.writing("撤销") as session:
        assert undo.undo_last(session, TODAY) == "导入党员信息：名册.xlsx"
    assert everybody(stage.database) == []


def test_several_branches_without_a_column_ask_for_one(
    branch: Database, on_stage: Put, qtbot: QtBot, tmp_path: Path
) -> None:
    stage = on_stage(branch, MembersPage)
    dialog = opened(qtbot, stage, roster(tmp_path / "名册.xlsx", person(1, "唐果")))
    dialog.next_button.click()
    assert "请在上面选择" in dialog.problem.text()
    dialog.column_step.branch.setCurrentIndex(2)
    taken(qtbot, previewed(qtbot, dialog))
    with branch.reading() as session:
        assert search(session, "唐果")[0].branch_id == dialog.column_step.branch.value()


def test_new_branches_are_announced(branch: Database, on_stage: Put, qtbot: QtBot, tmp_path: Path) -> None:
    stage = on_stage(branch, MembersPage)
    path = roster(
        tmp_path / "名册.xlsx",
        ["唐果", id_number("1990-05-01"), "第四党支部", "一组"],
        headings=["姓名", "身份证号", "所在党支部", "所在党小组"],
    )
    dialog = previewed(qtbot, opened(qtbot, stage, path))
    assert dialog.preview_step.made.text() == "会新建党支部：第四党支部。会新建党小组：第四党支部　一组。"


def test_two_sheets_can_be_taken_one_by_one(stage: Stage, qtbot: QtBot) -> None:
    dialog = opened(qtbot, stage, ROSTERS / "s06_两个支部.xlsx")
    chooser = dialog.column_step.sheet
    assert chooser.isVisible()
    assert dialog.match is not None
    both = dialog.match.rows_read
    chooser.setCurrentIndex(1)
    chooser.activated.emit(1)
    rest(qtbot, dialog)
    assert dialog.match is not None
    assert 0 < dialog.match.rows_read < both


def test_sheets_that_disagree_are_offered_for_choosing(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    path = roster(tmp_path / "名册.xlsx", person(1, "唐果"))
    book = load_workbook(path)
    other = book.create_sheet("二支部")
    other.append(["姓名", "公民身份号码", "民族", "籍贯"])
    other.append(["石磊", id_number("1991-05-01"), "汉族", "青原省白石县"])
    book.save(path)
    dialog = opened(qtbot, stage, path)
    assert "请指定一张" in dialog.problem.text()
    dialog.column_step.sheet.setCurrentIndex(2)
    dialog.column_step.sheet.activated.emit(2)
    rest(qtbot, dialog)
    taken(qtbot, previewed(qtbot, dialog))
    assert everybody(stage.database) == ["石磊"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("空.xlsx", b"", "空"),
        ("照片.xlsx", b"\x89PNG\r\n\x1a\n" + b"x" * 100, ""),
        ("坏.xlsx", b"PK\x03\x04" + b"\x00" * 200, ""),
        ("没有标题.csv", "甲,乙\n1,2\n".encode(), "标题行"),
    ],
)
def test_a_useless_file_is_refused_in_one_sentence(
    stage: Stage, qtbot: QtBot, tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    dialog = opened(qtbot, stage, path)
    assert dialog.steps.currentWidget() is dialog.file_step
    assert dialog.problem.text().startswith(f"“{name}”")
    assert sentence in dialog.problem.text()
    taken(qtbot, previewed(qtbot, _again(qtbot, dialog, roster(tmp_path / "好.xlsx", person(1, "唐果")))))
    assert everybody(stage.database) == ["唐果"]


def _again(qtbot: QtBot, dialog: ImportDialog, path: Path) -> ImportDialog:
    dialog.read(path)
    rest(qtbot, dialog)
    return dialog


def test_a_locked_workbook_asks_for_its_password(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    from msoffcrypto.format.ooxml import OOXMLFile

    plain, path = roster(tmp_path / "名册.xlsx", person(1, "唐果")), tmp_path / "加密.xlsx"
    with plain.open("rb") as source, path.open("wb") as target:
        OOXMLFile(source).encrypt("名册密码", target)
    dialog = opened(qtbot, stage, path)
    assert dialog.file_step.lock.isVisible()
    dialog.file_step.password.setText("错的")
    dialog.file_step.open_button.click()
    rest(qtbot, dialog)
    assert "密码不对" in dialog.problem.text()
    dialog.file_step.password.setText("名册密码")
    qtbot.keyClick(dialog.file_step.password, Qt.Key.Key_Return)
    rest(qtbot, dialog)
    taken(qtbot, previewed(qtbot, dialog))
    assert everybody(stage.database) == ["唐果"]


def test_a_file_is_dropped(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = open_import(stage.page, "members")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(roster(tmp_path / "名册.xlsx", person(1, "唐果"))))])
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    dialog.file_step.dropEvent(drop)
    rest(qtbot, dialog)
    assert dialog.steps.currentWidget() is dialog.column_step


def test_work_that_is_stopped_changes_nothing(
    stage: Stage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from importers import reader

    def endless(path: Path, password: str | None, progress: Callable[[int, int], None]) -> None:
        while True:
            progress(0, 0)

    monkeypatch.setattr(reader, "read", endless)
    dialog = open_import(stage.page, "members", tmp_path / "名册.xlsx")
    dialog.reject()
    rest(qtbot, dialog)
    assert dialog.problem.text() == "已停止，没有改动任何内容。"
    assert dialog.isVisible()


def test_assessments_come_in_the_same_way(branch: Database, on_stage: Put, qtbot: QtBot, tmp_path: Path) -> None:
    stage = on_stage(branch, MembersPage)
    path = roster(
        tmp_path / "核定.xlsx",
        ["吴国强", "在职", 7600, "2027-01"],
        ["没有这人", "在职", 7600, "2027-01"],
        headings=["姓名", "党费类别", "缴费基数", "起始月"],
    )
    dialog = previewed(qtbot, opened(qtbot, stage, path, "dues_assessments"))
    assert figures(dialog)[:4] == ["1", "0", "0", "1"]
    taken(qtbot, dialog)
    stage.page.roster.select(lambda row: row.name == "吴国强")
    assert "缴费基数：7,600.00" in stage.page.card.filed.changes[0].details


def test_payments_come_in_the_same_way(branch: Database, on_stage: Put, qtbot: QtBot, tmp_path: Path) -> None:
    stage = on_stage(branch, MembersPage)
    path = roster(
        tmp_path / "交纳.xlsx",
        ["周丽萍", "2026-11-20", 126.9, "转账"],
        headings=["姓名", "交纳日期", "实交", "交纳方式"],
    )
    taken(qtbot, previewed(qtbot, opened(qtbot, stage, path, "dues_payments")))
    stage.page.roster.select(lambda row: row.name == "周丽萍")
    assert str(stage.page.card.filed.paid_until) == "2026-11"


def test_a_corrected_mapping_is_remembered_shown_and_forgotten(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = opened(qtbot, stage, roster(tmp_path / "一.xlsx", person(1, "唐果")))
    assert not dialog.column_step.forget_button.isVisible()
    dialog.column_step.chosen[5].choose("remark")
    dialog.column_step.chosen[3].choose(None)
    taken(qtbot, previewed(qtbot, dialog))
    again = opened(qtbot, stage, roster(tmp_path / "二.xlsx", person(2, "石磊")))
    step = again.column_step
    assert [chooser.value() for chooser in step.chosen] == [None, "name", "id_number", None, "education", "remark"]
    model = step.table.model()
    marked = [model.index(number, 0).data() for number in range(model.rowCount())]
    assert marked == ["序号", "姓名", "身份证号", "手机　（记住的）", "学历", "内部排序　（记住的）"]
    step.forget_button.click()
    rest(qtbot, again)
    assert [chooser.value() for chooser in step.chosen] == [None, "name", "id_number", "phone", "education", None]
    assert not step.forget_button.isVisible()
    taken(qtbot, previewed(qtbot, again))
    with stage.database.reading() as session:
        assert [find(session, name).remark for name in ("唐果", "石磊")] == ["x", None]


def test_taking_an_import_back_forgets_what_it_remembered(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    path = roster(tmp_path / "一.xlsx", person(1, "唐果"))
    dialog = opened(qtbot, stage, path)
    dialog.column_step.chosen[5].choose("remark")
    taken(qtbot, previewed(qtbot, dialog))
    stage.page.undo()
    assert not opened(qtbot, stage, path).column_step.forget_button.isVisible()
