"""The first run: three steps to a data file, and what is refused on the way."""

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from gui import theme
from gui.first_run import FirstRun
from gui.new_file import NewFile, make
from gui.theme import TextSize
from models import settings
from models.database import Database
from models.errors import UserError
from models.records.members import organisation
from models.unlocking import WrongPasswordError
from tests.shots import cut_off

TODAY = date(2026, 11, 20)
PASSWORD = "三棵树下的老自行车"


@pytest.fixture
def first_run(qtbot: QtBot, tmp_path: Path) -> FirstRun:
    dialog = FirstRun(tmp_path / "支部台账", tmp_path / "备份")
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def answer(first_run: FirstRun, name: str = "甲局第一党支部") -> None:
    """Goes through to the last step."""
    first_run.organisation.fields["name"].type_text(name)
    first_run.go_on()
    first_run.people.fields["secretary"].type_text("张红卫")
    first_run.people.fields["maker"].type_text("周丽萍")
    first_run.go_on()


def decided(first_run: FirstRun, qtbot: QtBot) -> NewFile:
    with qtbot.waitSignal(first_run.decided, timeout=1000) as told:
        first_run.next_button.click()
    (wanted,) = told.args
    return wanted


def test_the_keyboard_alone_leads_through(first_run: FirstRun, qtbot: QtBot) -> None:
    name = first_run.organisation.fields["name"].widget
    qtbot.keyClicks(name, "A branch")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert first_run.stack.currentWidget() is first_run.people
    day = first_run.people.fields["collection_day"].widget
    assert isinstance(day, QLineEdit)
    assert day.selectedText() == "23"  # another day is just typed over it
    for key in first_run.people.fields:
        qtbot.keyClick(first_run.people.fields[key].widget, Qt.Key.Key_Return)
    assert first_run.stack.currentWidget() is first_run.place
    qtbot.keyClicks(first_run.place.password.first, "long enough")
    qtbot.keyClick(first_run.place.password.first, Qt.Key.Key_Return)
    qtbot.keyClicks(first_run.place.password.second, "long enough")
    with qtbot.waitSignal(first_run.decided, timeout=1000):
        qtbot.keyClick(first_run.place.password.second, Qt.Key.Key_Return)


def test_the_answers_become_a_file(first_run: FirstRun, qtbot: QtBot, tmp_path: Path) -> None:
    answer(first_run)
    assert first_run.place.password.none is not None
    first_run.place.password.none.click()
    wanted = decided(first_run, qtbot)
    assert (wanted.path, wanted.collection_day) == (tmp_path / "支部台账" / "甲局第一党支部.zbtz", 23)
    assert wanted.password is None
    assert wanted.then_import
    with closing(make(wanted, TODAY)) as database, database.reading() as session:
        chosen = settings.read(session)
        assert (chosen.unit, chosen.secretary, chosen.maker) == ("甲局第一党支部", "张红卫", "周丽萍")
        assert organisation.root(session).kind == "党支部"


def test_a_general_branch_with_its_branches_and_a_password(first_run: FirstRun, qtbot: QtBot) -> None:
    first_run.organisation.choose_kind("党总支")
    first_run.organisation.fields["branches"].type_text("第一党支部\n\n 第二党支部 \n第一党支部")
    answer(first_run, "甲局机关党总支")
    first_run.place.password.first.setText(PASSWORD)
    first_run.place.password.second.setText(PASSWORD)
    wanted = decided(first_run, qtbot)
    make(wanted, TODAY).close()
    with pytest.raises(WrongPasswordError):
        Database.open(wanted.path, "别的密码啊啊啊")
    with closing(Database.open(wanted.path, PASSWORD)) as database, database.reading() as session:
        assert [branch.name for branch in organisation.branches(session)] == ["第一党支部", "第二党支部"]


@pytest.mark.parametrize(("day", "sentence"), [("0", "1 至 31"), ("32", "1 至 31"), ("二三", "不是"), ("", "请填写")])
def test_a_wrong_collection_day_is_refused(first_run: FirstRun, day: str, sentence: str) -> None:
    first_run.organisation.fields["name"].type_text("甲")
    first_run.go_on()
    first_run.people.fields["collection_day"].type_text(day)
    first_run.go_on()
    assert first_run.stack.currentWidget() is first_run.people
    assert sentence in first_run.people.fields["collection_day"].error.text()


def test_a_name_is_needed(first_run: FirstRun) -> None:
    first_run.go_on()
    assert first_run.stack.currentWidget() is first_run.organisation
    assert first_run.organisation.fields["name"].error.text() == "请填写组织名称。"


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [("123456789", "123456789", "至少 10 位"), ("1234567890", "1234567891", "不一样"), ("", "", "勾选")],
)
def test_a_bad_password_is_refused(first_run: FirstRun, first: str, second: str, sentence: str) -> None:
    answer(first_run)
    first_run.place.password.first.setText(first)
    first_run.place.password.second.setText(second)
    first_run.next_button.click()
    assert sentence in first_run.place.password.problem.text()
    assert first_run.place.password.first.text() == first


def test_the_field_at_fault_is_the_next_to_be_typed_in(first_run: FirstRun) -> None:
    answer(first_run)
    first_run.place.password.first.setText("maizi-he-tuolaji")
    first_run.place.password.second.setText("maizi-he-tuolaj")
    first_run.next_button.click()
    assert first_run.focusWidget() is first_run.place.password.second
    assert first_run.place.password.second.selectedText() == "maizi-he-tuolaj"


def test_a_folder_that_cannot_be_is_refused(first_run: FirstRun, tmp_path: Path) -> None:
    answer(first_run)
    (tmp_path / "文件").write_text("")
    for text, sentence in ((str(tmp_path / "文件"), "是一个文件"), ("", "请选择"), ("相对", "请选择")):
        first_run.place.folder.line.setText(text)
        first_run.next_button.click()
        assert sentence in first_run.place.problem.text()


def test_a_file_that_is_there_is_left_alone(first_run: FirstRun, tmp_path: Path) -> None:
    answer(first_run)
    first_run.place.path.parent.mkdir()
    first_run.place.path.write_text("别人的")
    first_run.next_button.click()
    assert "已经存在" in first_run.place.problem.text()
    assert first_run.place.path.read_text() == "别人的"


def test_a_file_that_cannot_be_made_leaves_nothing(tmp_path: Path) -> None:
    wanted = NewFile(tmp_path / "甲.zbtz", "甲", "党总支", branches=("第一党支部", "第一支部"))
    with pytest.raises(UserError, match="已经登记"):
        make(wanted, TODAY)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("")
    with pytest.raises(UserError, match="里建数据文件"):
        make(NewFile(tmp_path / "文件" / "里面" / "甲.zbtz", "甲"), TODAY)


def test_the_sample_can_be_looked_at_first(first_run: FirstRun, qtbot: QtBot) -> None:
    with qtbot.waitSignal(first_run.sample_wanted, timeout=1000):
        first_run.sample_button.click()


@pytest.mark.parametrize("size", list(TextSize))
def test_no_step_is_cut_off_in_any_text_size(qapp: QApplication, qtbot: QtBot, tmp_path: Path, size: TextSize) -> None:
    theme.set_text_size(qapp, size)
    try:
        dialog = FirstRun(tmp_path / "支部台账", tmp_path / "备份")
        qtbot.addWidget(dialog)
        dialog.show()
        for step in dialog.steps:
            assert dialog.stack.currentWidget() is step
            assert not any(each.wide for each in cut_off(dialog))  # in height it scrolls
            if step is dialog.organisation:
                dialog.organisation.fields["name"].type_text("甲局第一党支部")
            if step is not dialog.place:
                dialog.go_on()
    finally:
        theme.set_text_size(qapp, TextSize.STANDARD)
