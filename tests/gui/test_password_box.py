"""Asking for a password: wrong ones are told apart by nothing and lose nothing."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.parts.password_box import PasswordBox
from models.errors import UserError
from models.unlocking import WrongPasswordError


@pytest.fixture
def box(owner: QWidget) -> PasswordBox:
    def take(password: str) -> None:
        if password != "对的密码":
            raise UserError("是更新版本的程序保存的。") if password == "太新" else WrongPasswordError("密码不对。")

    made = PasswordBox(Path("/数据/甲支部.zbtz"), take, owner)
    made.show()
    return made


def test_the_right_password_opens(box: PasswordBox, qtbot: QtBot) -> None:
    box.field.setText("对的密码")
    with qtbot.waitSignal(box.accepted, timeout=1000):
        qtbot.keyClick(box.field, Qt.Key.Key_Return)


def test_a_wrong_one_is_told_and_can_be_tried_again(box: PasswordBox) -> None:
    for _ in range(2):
        box.field.setText("错的")
        box.open_button.click()
        assert box.problem.text() == "密码不对。"
        assert box.field.selectedText() == "错的"
    box.field.setText("还是错的")
    assert box.problem.text() == ""
    box.open_button.click()
    assert "大小写锁定" in box.problem.text()
    assert box.isVisible()


def test_the_box_grows_with_what_it_says(box: PasswordBox, qtbot: QtBot) -> None:
    for _ in range(3):
        box.field.setText("错的")
        box.open_button.click()
    assert "恢复码" in box.problem.text()
    qtbot.waitUntil(lambda: box.problem.height() >= box.problem.heightForWidth(box.problem.width()), timeout=1000)


def test_what_is_no_wrong_password_is_not_taken_for_one(box: PasswordBox) -> None:
    for _ in range(4):
        box.field.setText("太新")
        box.open_button.click()
    assert box.problem.text() == "是更新版本的程序保存的。"


def test_nothing_typed_is_not_tried(box: PasswordBox) -> None:
    box.open_button.click()
    assert box.problem.text() == "请输入密码。"


def test_another_file_can_be_chosen(box: PasswordBox, qtbot: QtBot) -> None:
    with qtbot.waitSignal(box.other_file_wanted, timeout=1000):
        box.other_button.click()
    assert not box.isVisible()


def test_the_password_is_hidden_until_asked_for(box: PasswordBox) -> None:
    assert box.field.echoMode() == box.field.EchoMode.Password
    box.shown.setChecked(True)
    assert box.field.echoMode() == box.field.EchoMode.Normal
