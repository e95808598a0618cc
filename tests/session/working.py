"""Operations that save: members, dues, minutes, care, undo and redo; imports, exports, papers, backups, the lock."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QMessageBox

from gui.importing.dialog import open_import
from gui.papers.preview_window import PreviewWindow
from gui.parts.record_dialog import RecordDialog
from models.records.life import activities
from tests.session.looking import in_turn
from tests.session.sitting import PASSWORD, Sitting
from tests.shots import LackingError, choose, press

_CONTROL = Qt.KeyboardModifier.ControlModifier
_LEDGERS = (
    ("branch", "members_committee"), ("ledgers", "members_roster"), ("ledgers", "dues_register"),
    ("ledgers", "dues_notice"), ("life", ("ledgers", "life_statistics")), ("care", ("ledgers", "care_cases")),
)  # fmt: skip
_ledger, _exported = in_turn(_LEDGERS), in_turn(_LEDGERS)
_format = in_turn((("Excel 表格", "xlsx"), ("PDF 文件", "pdf"), ("CSV 文本", "csv")))


def change_member(sitting: Sitting) -> None:
    """Another remark on somebody of the roster, in the form."""
    page = sitting.go("members")
    page.filters.show_everybody()
    page.show_target(sitting.pick.choice(page.roster.rows_shown()).id)
    page.card.edit_button.click()
    _fill(sitting, remark=f"第 {sitting.number()} 次")


def take_dues(sitting: Sitting) -> None:
    """Enter for somebody who owes."""
    page = sitting.go("collect")
    owing = [line for line in page.table.rows_shown() if line.owed and line.state not in ("unassessed", "left")]
    if not owing:
        raise LackingError("nobody owes")
    page.show_target(sitting.pick.choice(owing).id)
    QTest.keyClick(page.bar.entry, Qt.Key.Key_Return)


def reverse_dues(sitting: Sitting) -> None:
    """A payment of somebody who has paid is reversed, with its reason."""
    page = sitting.go("collect")
    paid = [line for line in page.table.rows_shown() if line.payment_ids]
    if not paid:
        raise LackingError("nobody has paid")
    page.show_target(sitting.pick.choice(paid).id)
    page.reverse()
    _fill(sitting, reason="重复登记")


def type_minutes(sitting: Sitting) -> None:
    """Some words more in the minutes that are being taken, saved or kept as a draft by going elsewhere."""
    page = sitting.go("life", "records")
    being_taken = [each for each in page.view.list.list.entries() if each.state == activities.RECORDING]
    if not being_taken:
        raise LackingError("no minutes are being taken")
    page = sitting.go("life", ("records", sitting.pick.choice(being_taken).id))
    text = page.view.record.text.text
    if len(text.text()) > 2000:
        text.selectAll()
    QTest.keyClicks(text, f"{sitting.number()} said something. ")
    if sitting.pick.random() < 0.5:
        page.view.save()
    else:
        sitting.go("today")


def note_visit(sitting: Sitting) -> None:
    """A visit entered in the form; every second one is removed again."""
    page = sitting.go("care", ("ledgers", "care_visits"))
    words = f"第 {sitting.number()} 次"
    page.new_record()
    _fill(sitting, name="吴国强", on="2026-11-18", occasion="住院", visitors="张红卫", followup=words)
    view = page.view
    if sitting.pick.random() < 0.8 and view.table.select(lambda row: row.followup == words):
        view.remove_button.click()
        sitting.shown(QMessageBox).defaultButton().click()


def undo(sitting: Sitting) -> None:
    """Takes the last operation back, from a page where nothing is typed."""
    sitting.go("members")
    QTest.keyClick(sitting.window, Qt.Key.Key_Z, _CONTROL)


def undo_and_redo(sitting: Sitting) -> None:
    undo(sitting)
    sitting.rest()
    QTest.keyClick(sitting.window, Qt.Key.Key_Y, _CONTROL)


def lock(sitting: Sitting) -> None:
    """Ctrl+L, with a form open and something typed in it; a wrong password, and the right one."""
    page = sitting.go("members")
    page.new_record()
    form = sitting.shown(RecordDialog)
    form.fields["name"].type_text("写了一半")
    QTest.keyClick(form.windowHandle(), Qt.Key.Key_L, _CONTROL)
    assert sitting.desk.idle_lock is not None
    sitting.wait(lambda: sitting.desk.idle_lock.box is not None)
    box = sitting.desk.idle_lock.box
    for password in ("不是它不是它不是它", PASSWORD):
        box.field.setText(password)
        box.open_button.click()
    sitting.wait(lambda: sitting.desk.idle_lock.box is None)


def preview(sitting: Sitting) -> None:
    """A ledger as it prints: to its last page, larger, smaller."""
    sitting.go(*_ledger(sitting)).print_out()
    sitting.rest()
    window = sitting.shown(PreviewWindow)
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_2, Qt.Key.Key_1):
        QTest.keyClick(window, key, _CONTROL)
    QTest.keyClick(window.view, Qt.Key.Key_End)
    sitting.settle()


def export(sitting: Sitting) -> None:
    """A ledger to a file of one of the formats, the name chosen in the dialog."""
    words, ending = _format(sitting)
    page = sitting.go(*_exported(sitting))
    press("导出")(page)
    sitting.settle()
    if not isinstance(sitting.top(), QMenu):
        raise LackingError(f"no menu of formats over {page.title}")
    choose(words)(sitting.top())
    sitting.settle()
    if isinstance(sitting.top(), QMessageBox):  # what tells of people is asked about once
        sitting.shown(QMessageBox).defaultButton().click()
    sitting.save_under(ending)


def take_in(sitting: Sitting) -> None:
    """A roster with somebody new and somebody changed, through the three steps, and then taken back."""
    path = sitting.exports / "名册.csv"
    words = f"第 {sitting.number()} 次"
    lines = ("姓名,性别,出生日期,所在党支部,联系方式,备注", f"章小禾,女,1996-03-12,第一党支部,10000008001,{words}")
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    dialog = open_import(sitting.go("members"), "members", path)
    sitting.wait(lambda: dialog.task is None)
    for _ in range(2):
        dialog.next_button.click()
        sitting.wait(lambda: not sitting.stands(dialog) or dialog.task is None)
    path.unlink()
    if sitting.stands(dialog):
        raise LackingError("the roster was not taken in")
    undo(sitting)


def back_up(sitting: Sitting) -> None:
    """A verified backup, by the button in the settings."""
    press("立即备份")(sitting.go("settings", "备份"))
    sitting.rest()


def change_file(sitting: Sitting) -> None:
    """The other file takes the place of this one."""
    sitting.switch()


def _fill(sitting: Sitting, **values: str) -> None:
    """Types into the form that is open and saves it."""
    form = sitting.shown(RecordDialog)
    for key, text in values.items():
        form.fields[key].type_text(text)
    form.save()
    if sitting.stands(form):
        said = [field.error.text() for field in form.fields.values() if field.error.text()]
        raise LackingError(f"not taken: {said or form.problem.text()}")
