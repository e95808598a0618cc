import logging
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox

from gui.messages import Banner, Faults, ask
from models.errors import DamagedError, UserError
from models.faults import places


def test_a_sentence_stands_within_the_window_and_wraps(owner, qtbot):
    banner = Banner(owner)
    banner.tell("bad", "金额超过应交，没有保存。" * 12)
    assert banner.isVisible()
    assert owner.rect().contains(banner.geometry())
    assert banner.height() > 60
    owner.resize(500, 400)
    assert owner.rect().contains(banner.geometry())


def test_good_news_goes_by_itself_and_a_refusal_stays(owner, qtbot):
    banner = Banner(owner)
    banner._fade.setInterval(30)
    banner.tell("bad", "没有保存。")
    qtbot.wait(60)
    assert banner.isVisible()
    banner.tell("good", "已保存。")
    qtbot.waitUntil(lambda: not banner.isVisible())


@pytest.mark.parametrize(("pressed", "done"), [("撤销", ["yes"]), ("取消", [])])
def test_a_question_does_what_is_answered(owner, qtbot, pressed, done):
    answers: list[str] = []
    box = ask(owner, "撤销这笔收款？", yes="撤销", then=lambda: answers.append("yes"))
    next(each for each in box.buttons() if each.text() == pressed).click()
    assert answers == done


def test_escape_answers_no(owner, qtbot):
    answers: list[str] = []
    box = ask(owner, "撤销这笔收款？", yes="撤销", then=lambda: answers.append("yes"))
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert answers == []
    assert not box.isVisible()


def raised(error):
    try:
        raise error
    except type(error) as caught:
        return caught


def test_a_refusal_is_shown_as_it_stands(owner):
    told: list[tuple[str, str]] = []
    faults = Faults(owner, lambda tone, sentence: told.append((tone, sentence)))
    faults.show(raised(UserError("这个月已经结账。")))
    assert told == [("bad", "这个月已经结账。")]
    assert owner.findChild(QMessageBox) is None


def test_a_damaged_file_leads_to_the_backups(owner):
    told: list[str] = []
    Faults(owner, lambda _tone, sentence: told.append(sentence)).show(DamagedError("数据文件已损坏。"))
    assert "恢复成新文件" in told[0]


def test_a_bug_is_one_dialog_and_a_log_without_anyone_s_data(owner, qtbot, caplog):
    faults = Faults(owner, lambda tone, sentence: None)
    with caplog.at_level(logging.ERROR, "gui"):
        faults.show(raised(KeyError("张红卫 11990119800101101X")))
        faults.show(raised(ValueError("王建国")))
    (box,) = owner.findChildren(QMessageBox)
    said = box.text() + box.informativeText() + box.detailedText() + caplog.text
    assert "张红卫" not in said
    assert "王建国" not in said
    assert "KeyError" in box.detailedText()
    assert "tests/gui/test_messages.py:" in box.detailedText()
    assert "ValueError" in caplog.text
    copy = next(each for each in box.buttons() if each.text() == "复制错误记录")
    copy.click()
    assert "KeyError" in QGuiApplication.clipboard().text()
    faults.show(raised(ValueError("又")))
    assert len([each for each in owner.findChildren(QMessageBox) if each.isVisible()]) == 1


def test_the_log_names_no_folder_of_the_person():
    record = places(raised(RuntimeError()))
    assert record.splitlines()[0] == "RuntimeError"
    assert not any(line.strip().startswith("/") for line in record.splitlines())


def test_it_catches_what_no_slot_caught(owner, monkeypatch):
    told: list[str] = []
    faults = Faults(owner, lambda tone, sentence: told.append(sentence))
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    faults.catch_all()
    error = raised(UserError("不行。"))
    sys.excepthook(type(error), error, error.__traceback__)
    assert told == ["不行。"]


def test_a_refusal_keeps_nothing_of_what_it_met(owner, monkeypatch):
    told: list[str] = []
    faults = Faults(owner, lambda _tone, sentence: told.append(sentence))
    monkeypatch.setattr(sys, "excepthook", faults.handle)

    def refuse() -> None:
        raise UserError("没有保存。")

    owner.windowTitleChanged.connect(refuse)
    owner.setWindowTitle("支部台账")
    assert told == ["没有保存。"]
    assert [name for name in vars(sys) if name.startswith("last_")] == []
