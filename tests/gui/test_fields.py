from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gui.parts.cards import column
from gui.parts.editors import ChoiceEditor, NotesEditor
from gui.parts.fields import Field, enter_leads_on
from gui.parts.person_completer import PersonCompleter
from gui.workspace import Found
from models.kinds import DAY, FLAG, MONEY, MONTH, PARTIAL_DAY, PERSON, TEXT, Choice
from models.ledger import Column
from models.rules.periods import Month, PartialDate

EDUCATION = Choice(("研究生", "大学本科"), open=True)
SEX = Choice(("男", "女"))


def made(qtbot, kind, **more):
    field = Field(Column("key", "标题", kind, **more))
    qtbot.addWidget(field)
    field.show()
    return field


def in_a_window(qtbot, fields):
    window = QWidget()
    window.setLayout(column(*fields))
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.mark.parametrize(
    ("kind", "typed", "value", "shown"),
    [
        (MONEY, "1234.5", Decimal("1234.50"), "1,234.50"),
        (DAY, "2026.11.23", date(2026, 11, 23), "2026-11-23"),
        (PARTIAL_DAY, "1990.05", PartialDate(1990, 5), "1990-05"),
        (MONTH, "2026年11月", Month(2026, 11), "2026-11"),
        (TEXT, "  备注 ", "备注", "备注"),
        (TEXT, "", None, ""),
        (EDUCATION, "夜大", "夜大", "夜大"),
        (SEX, "女", "女", "女"),
        (FLAG, "否", False, "否"),
    ],
)
def test_a_value_is_typed_freely_and_shown_as_it_was_understood(qtbot, kind, typed, value, shown):
    field = made(qtbot, kind)
    field.type_text(typed)
    assert field.value() == value
    assert field.check()
    assert field.text() == shown
    assert field.error.isHidden()


@pytest.mark.parametrize(
    ("kind", "typed"), [(MONEY, "12.345"), (DAY, "2026-02-30"), (DAY, "2026-02"), (MONTH, "十三月")]
)
def test_what_cannot_be_read_is_said_under_the_field_and_kept(qtbot, kind, typed):
    field = made(qtbot, kind)
    field.type_text(typed)
    assert not field.check()
    assert field.error.isVisible()
    assert field.error.text().endswith("。")
    assert field.text() == typed
    field.type_text("1")
    assert field.error.isHidden()


def test_an_empty_required_field_is_refused(qtbot):
    field = made(qtbot, TEXT, required=True)
    assert not field.check()
    assert field.error.text() == "请填写标题。"
    assert "*" in field.title.text()


def test_leaving_a_field_reads_it(qtbot):
    first, second = Field(Column("a", "甲", MONEY)), Field(Column("b", "乙", TEXT))
    window = in_a_window(qtbot, [first, second])
    first.setFocus()
    qtbot.keyClicks(first.widget, "1234")
    second.setFocus()
    assert window.focusWidget() is second.widget
    assert first.text() == "1,234.00"


def test_enter_on_either_keypad_leads_on(qtbot):
    fields = [Field(Column(str(n), str(n), kind)) for n, kind in enumerate((MONEY, SEX, TEXT))]
    enter_leads_on(fields)
    window = in_a_window(qtbot, fields)
    fields[0].setFocus()
    qtbot.keyClick(fields[0].widget, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert window.focusWidget() is fields[1].widget
    qtbot.keyClick(fields[1].widget, Qt.Key.Key_Return)
    assert window.focusWidget() is fields[2].widget
    with qtbot.waitSignal(fields[2].entered):
        qtbot.keyClick(fields[2].widget, Qt.Key.Key_Return)


def test_numbers_stand_at_the_right(qtbot):
    assert made(qtbot, MONEY).widget.alignment() & Qt.AlignmentFlag.AlignRight
    assert made(qtbot, TEXT).widget.alignment() & Qt.AlignmentFlag.AlignLeft


def test_a_closed_choice_keeps_a_word_from_before_the_list_changed(qtbot):
    field = made(qtbot, SEX)
    assert isinstance(field.widget, ChoiceEditor)
    field.set_value("未说明")
    assert field.text() == "未说明"
    assert not field.is_changed()
    assert not field.check()


def test_wide_text_is_typed_in_several_lines(qtbot):
    field = made(qtbot, TEXT, width=40)
    assert isinstance(field.widget, NotesEditor)
    field.set_value("第一行\n第二行")
    assert field.value() == "第一行\n第二行"


def test_a_member_is_completed_from_initials(qtbot):
    people = [Found(7, "张红卫", "第一党支部"), Found(8, "张伟")]
    field = Field(Column("member", "姓名", PERSON), find=lambda text: people if text.startswith("z") else [])
    qtbot.addWidget(field)
    field.show()
    qtbot.keyClicks(field.widget, "zh")
    (completer,) = field.findChildren(PersonCompleter)
    popup = completer.popup()
    assert popup.isVisible()
    assert popup.model().index(0, 0).data() == "张红卫　第一党支部"
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert field.value() == "张红卫"
    assert not popup.isVisible()


def test_changes_are_told_and_counted_from_what_stood_there(qtbot):
    field = made(qtbot, MONEY)
    field.set_value(Decimal("5.00"))
    assert not field.is_changed()
    with qtbot.waitSignal(field.changed):
        field.type_text("6")
    assert field.is_changed()
    field.type_text("5.00")
    assert not field.is_changed()
