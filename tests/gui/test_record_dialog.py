from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QMessageBox, QVBoxLayout

from gui.parts.editors import NOTES_HEIGHT
from gui.parts.record_dialog import RecordDialog
from models.errors import FieldError, UserError
from models.kinds import MONEY, NAME, TEXT
from models.ledger import Column
from tests.shots import cut_off

COLUMNS = (
    Column("name", "姓名", NAME, required=True),
    Column("amount", "实交", MONEY),
    Column("working", "依据", TEXT, entered=False),
    Column("remark", "备注", TEXT),
)


@pytest.fixture
def saved():
    return []


def opened(owner, qtbot, save, values=None, **more):
    dialog = RecordDialog("登记", COLUMNS, values or {}, save, owner, **more)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def test_lines_of_text_keep_their_height_in_a_form_taller_than_the_screen(owner, qtbot, saved):
    columns = [Column(f"field{number}", f"第 {number} 项", TEXT) for number in range(40)]
    dialog = RecordDialog("登记", [*columns, Column("notes", "情况", TEXT, 40)], {}, saved.append, owner)
    qtbot.addWidget(dialog)
    dialog.open()
    notes = dialog.fields["notes"]
    assert notes.height() >= notes.widget.height() >= NOTES_HEIGHT


def test_what_stands_under_a_long_form_is_seen_too(owner, qtbot, saved):
    dialog = RecordDialog(
        "登记", [Column(f"field{number}", "项", TEXT) for number in range(40)], {}, saved.append, owner
    )
    qtbot.addWidget(dialog)
    panel = QFrame()
    panel.setMinimumHeight(300)
    layout = dialog.layout()
    assert isinstance(layout, QVBoxLayout)
    layout.insertWidget(1, panel)
    dialog.open()
    assert dialog.height() < dialog.screen().availableGeometry().height()
    assert not any(each.tall for each in cut_off(dialog))


def test_enter_and_a_refusal_lead_to_a_field_that_is_seen(owner, qtbot, saved):
    columns = [Column(f"field{number}", f"第 {number} 项", TEXT, required=number == 1) for number in range(80)]
    dialog = RecordDialog("登记", columns, {}, saved.append, owner)
    qtbot.addWidget(dialog)
    dialog.open()
    fields = list(dialog.fields.values())
    qtbot.waitUntil(fields[0].widget.hasFocus)
    for number, field in enumerate(fields[:-1]):
        assert field.widget.hasFocus(), number
        assert field.visibleRegion().boundingRect() == field.rect(), number
        qtbot.keyClick(field.widget, Qt.Key.Key_Return)
    qtbot.keyClick(fields[-1].widget, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert saved == []
    assert fields[1].widget.hasFocus()
    assert fields[1].error.visibleRegion().boundingRect() == fields[1].error.rect()


def test_it_hands_over_what_was_typed_and_closes(owner, qtbot, saved):
    dialog = opened(owner, qtbot, saved.append, {"amount": Decimal("5.00")})
    assert list(dialog.fields) == ["name", "amount", "remark"]
    dialog.fields["name"].type_text("张红卫")
    qtbot.keyClick(dialog.fields["name"].widget, Qt.Key.Key_Return)
    qtbot.keyClick(dialog.fields["amount"].widget, Qt.Key.Key_Enter)
    assert saved == []
    qtbot.keyClick(dialog.fields["remark"].widget, Qt.Key.Key_Return)
    assert saved == [{"name": "张红卫", "amount": Decimal("5.00"), "remark": None}]
    assert not dialog.isVisible()


def test_ctrl_enter_saves_anywhere(owner, qtbot, saved):
    dialog = opened(owner, qtbot, saved.append, {"name": "张红卫"})
    qtbot.keyClick(dialog.fields["name"].widget, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(saved) == 1


def test_nothing_is_handed_over_while_a_field_is_wrong(owner, qtbot, saved):
    dialog = opened(owner, qtbot, saved.append)
    dialog.fields["amount"].type_text("1.234")
    dialog.save_button.click()
    assert saved == []
    assert dialog.fields["name"].error.text() == "请填写姓名。"
    assert "两位小数" in dialog.fields["amount"].error.text()
    assert dialog.isVisible()


def test_a_refusal_stands_at_its_field(owner, qtbot):
    def save(values):
        raise FieldError("amount", "金额超过应交。")

    dialog = opened(owner, qtbot, save, {"name": "张红卫"})
    dialog.save()
    assert dialog.fields["amount"].error.text() == "金额超过应交。"
    assert dialog.problem.text() == ""
    assert dialog.isVisible()


@pytest.mark.parametrize("refusal", [UserError("这个月已经结账。"), FieldError("working", "这个月已经结账。")])
def test_another_refusal_stands_above_the_buttons(owner, qtbot, refusal):
    def save(values):
        raise refusal

    dialog = opened(owner, qtbot, save, {"name": "张红卫"})
    dialog.save()
    assert dialog.problem.text() == "这个月已经结账。"


def test_escape_leaves_at_once_when_nothing_was_typed(owner, qtbot, saved):
    dialog = opened(owner, qtbot, saved.append, {"name": "张红卫"})
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.parametrize(("answer", "open_after"), [("放弃", False), ("继续填写", True)])
def test_escape_asks_when_something_was_typed(owner, qtbot, saved, answer, open_after):
    dialog = opened(owner, qtbot, saved.append, {"name": "张红卫"})
    dialog.fields["remark"].type_text("改了")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    question = dialog.findChild(QMessageBox)
    assert dialog.isVisible()
    assert question.defaultButton().text() == "继续填写"  # Esc and then Enter lose nothing
    next(each for each in question.buttons() if each.text() == answer).click()
    assert dialog.isVisible() is open_after
    assert saved == []


def test_a_locked_field_cannot_be_typed_into(owner, qtbot, saved):
    dialog = opened(owner, qtbot, saved.append, {"name": "张红卫"}, locked=["name"])
    qtbot.keyClicks(dialog.fields["name"].widget, "b")
    assert dialog.fields["name"].text() == "张红卫"
    assert dialog.focusWidget() is dialog.fields["amount"].widget


def test_many_fields_fit_the_smallest_screen(owner, qtbot, saved):
    columns = [Column(f"k{n}", f"第{n}项", TEXT, band="上" if n < 20 else "下") for n in range(40)]
    dialog = RecordDialog("党员", columns, {}, saved.append, owner)
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.height() < 700
    assert dialog.width() < 1366


def test_nothing_is_covered_where_a_width_was_asked_for(owner, qtbot, saved):
    """A minimum set by hand keeps Qt from asking the layout how tall the dialog must be."""
    columns = tuple(Column(f"c{number}", f"第{number}项", TEXT) for number in range(9))
    dialog = RecordDialog("登记", columns, {}, saved.append, owner)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    panel = QFrame()
    panel.setFixedHeight(160)
    layout = dialog.layout()
    assert isinstance(layout, QVBoxLayout)
    layout.insertWidget(1, panel)
    dialog.setMinimumWidth(480)
    dialog.open()
    assert dialog.height() >= layout.totalMinimumSize().height() > 480


def test_a_long_refusal_is_shown_whole(owner, qtbot):
    def refuse(_values):
        raise UserError("两条记录的出生日期不同（2030-01-01、1979-10-08），不能合并。" * 3)

    dialog = RecordDialog("合并", COLUMNS[:1], {"name": "张红卫"}, refuse, owner)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.save_button.click()
    qtbot.wait(20)
    assert dialog.problem.height() >= dialog.problem.heightForWidth(dialog.problem.width())
