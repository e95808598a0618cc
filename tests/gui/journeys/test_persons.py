"""Several persons at one file: let in, given another role, another password, taken out; the sheet that opens it."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from gui.parts.password_box import PasswordBox
from gui.settings.page import SettingsPage
from gui.settings.password import recovery_sheet
from gui.settings.persons import PasswordForm, PersonForm
from gui.today_page import TodayPage
from models import access, holders, recovery, recovery_sheets
from models.database import Database
from models.holders import ROLES
from models.ledger import Sheet
from models.unlocking import WrongPasswordError
from tests import founded
from tests.gui.journeys.conftest import TODAY, Stage

OWN, LI, NEW = "文件自己的密码一二三", "李秀英记得住的一句话", "换过的另一句话一二"


@pytest.fixture
def stage(tmp_path: Path, on_stage: Callable[..., Stage]) -> Iterator[Stage]:
    path = tmp_path / "甲支部.zbtz"
    with closing(founded.make(path, "甲局第一党支部", TODAY, password=OWN)) as database:
        yield on_stage(database, SettingsPage)


def part_of(stage: Stage) -> Any:
    stage.page.show_target("使用人")
    return stage.page.section


def type_twice(form: PersonForm | PasswordForm, first: str, second: str | None = None) -> None:
    form.password.first.setText(first)
    form.password.second.setText(first if second is None else second)


def give(stage: Stage, password: str = OWN) -> PasswordBox:
    """Types the password that is asked for again."""
    box = stage.page.findChildren(PasswordBox)[-1]
    box.field.setText(password)
    box.open_button.click()
    return box


def let_in(stage: Stage, name: str = "李秀英", password: str = LI) -> Any:
    part = part_of(stage)
    part.add_button.click()
    give(stage)
    form = stage.page.findChildren(PersonForm)[-1]
    form.fields["name"].type_text(name)
    type_twice(form, password)
    form.save_button.click()
    return part


def shown(part: Any) -> list[tuple[str, str]]:
    return [(row.name, row.role) for row in part.table.rows_shown()]


def agree(stage: Stage) -> None:
    stage.page.findChildren(QMessageBox)[-1].defaultButton().click()


def test_a_person_is_let_in_and_opens_the_file(stage: Stage) -> None:
    part = let_in(stage)
    assert shown(part) == [("李秀英", "经办")]
    assert "已增加" in stage.said
    with closing(Database.open(stage.database.path, LI)) as again:
        assert again.actor == "李秀英"


@pytest.mark.parametrize(
    ("name", "first", "second", "sentence"),
    [
        ("", LI, LI, "请填写"),
        ("李秀英", "短", "短", "太短"),
        ("李秀英", LI, NEW, "不一样"),
        ("李秀英", OWN, OWN, "已经有人在用"),
    ],
)
def test_what_cannot_be_taken_is_said_and_stays_typed(
    stage: Stage, name: str, first: str, second: str, sentence: str
) -> None:
    part = part_of(stage)
    part.add_button.click()
    give(stage)
    form = stage.page.findChildren(PersonForm)[-1]
    form.fields["name"].type_text(name)
    type_twice(form, first, second)
    form.save_button.click()
    told = form.fields["name"].error.text() + form.problem.text() + form.password.problem.text()
    assert sentence in told
    assert form.isVisible()
    assert form.password.first.text() == first
    assert shown(part) == []


def test_role_and_password_are_changed_and_the_person_taken_out(stage: Stage) -> None:
    part = let_in(stage)
    part.role_button.click()
    assert shown(part) == [("李秀英", "查看")]
    with closing(Database.open(stage.database.path, LI)) as again:
        assert again.read_only
    part.password_button.click()
    give(stage)
    form = stage.page.findChildren(PasswordForm)[-1]
    type_twice(form, NEW)
    form.save_button.click()
    with pytest.raises(WrongPasswordError):
        Database.open(stage.database.path, LI)
    part.remove_button.click()
    agree(stage)
    assert shown(part) == []
    with pytest.raises(WrongPasswordError):
        Database.open(stage.database.path, NEW)


def test_who_finds_the_screen_open_lets_nobody_in(stage: Stage) -> None:
    part = part_of(stage)
    holders.add(stage.database, "王建国", ROLES[1], LI)
    part.reload()
    for door in (part.add_button, part.password_button, part.role_button):
        door.click()
        box = give(stage, "随便猜的一句话")
        assert "密码不对" in box.problem.text()
        box.reject()
    assert not stage.page.findChildren(PersonForm) + stage.page.findChildren(PasswordForm)
    assert shown(part) == [("王建国", "查看")]


def test_the_page_of_today_reminds_of_the_recovery_sheet_till_it_is_seen_to(
    stage: Stage, on_stage: Callable[..., Stage], qtbot: QtBot
) -> None:
    today = on_stage(stage.database, TodayPage).page
    led_to: list[tuple[str, Any]] = []
    today.left_for.connect(lambda name, target: led_to.append((name, target)))
    qtbot.waitUntil(lambda: [each.who for each in today.notices.rows_shown()] == ["恢复单"])
    assert today.calm.isHidden()
    today._follow(today.notices.rows_shown()[0])
    assert led_to == [("settings", "密码")]
    stage.page.show_target("密码")
    part = stage.page.section
    assert part.kept_button.isVisible()
    part.kept_button.click()
    assert part.kept_button.isHidden()
    today.reload()
    qtbot.waitUntil(lambda: not today.notices.rows_shown())
    assert today.calm.isVisible()


def test_the_recovery_sheet_is_shown_after_the_password_only(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    shown_sheets: list[Sheet] = []
    monkeypatch.setattr("gui.settings.password.preview_sheet", lambda _page, sheet: shown_sheets.append(sheet))
    stage.page.show_target("密码")
    stage.page.section.recovery_button.click()
    agree(stage)
    box = give(stage, "随便猜的一句话")
    assert "密码不对" in box.problem.text()
    assert not shown_sheets
    assert recovery_sheets.is_due(stage.database)
    give(stage)
    assert not recovery_sheets.is_due(stage.database)
    (sheet,) = shown_sheets
    assert [line.name for line in sheet.rows if line.name.startswith("恢复码")][-2:] == [
        "恢复码 第 9～12 组",
        "恢复码 第 13 组",
    ]


def test_nobody_is_let_in_where_the_file_has_no_password(empty: Database, on_stage: Callable[..., Stage]) -> None:
    part = part_of(on_stage(empty, SettingsPage))
    assert "还没有密码" in part.why.text()
    assert not part.add_button.isEnabled()


def test_a_reader_is_told_that_the_file_can_only_be_looked_at(stage: Stage) -> None:
    holders.add(stage.database, "王建国", ROLES[1], LI)
    opened = access.open_file(stage.database.path, LI, "本机", now=stage.database.clock().replace(tzinfo=None))
    with closing(opened):
        assert opened.standing is access.Standing.READER
        assert "只能查看" in opened.sentence


def test_the_recovery_sheet_opens_the_file(stage: Stage) -> None:
    assert stage.database.key is not None
    sheet = recovery_sheet("甲局第一党支部", stage.database.path, recovery.code_of(stage.database.key.key))
    copied = "".join(line.words for line in sheet.rows if line.name.startswith("恢复码"))
    with closing(Database.open(stage.database.path, copied)) as again:
        assert again.person is None
        assert not again.read_only
