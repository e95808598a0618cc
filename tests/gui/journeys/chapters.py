"""What tests of a page of chapters have in common: a chapter shown, its form filled in, its buttons, its questions."""

from typing import Any

from PySide6.QtWidgets import QMessageBox, QPushButton

from gui.papers.preview_window import PreviewWindow
from gui.parts.record_dialog import RecordDialog
from tests.gui.journeys.conftest import Stage


def show(stage: Stage, name: str) -> None:
    """Chooses a chapter."""
    stage.page.show_target(name)
    assert stage.page.chapter_shown.name == name


def form(stage: Stage) -> RecordDialog:
    """The form that is open."""
    (dialog,) = forms(stage)
    return dialog


def forms(stage: Stage) -> list[RecordDialog]:
    """The forms that are open: none once what was typed was taken."""
    return [each for each in stage.page.findChildren(RecordDialog) if each.isVisible()]


def fill(dialog: RecordDialog, **values: str) -> None:
    """Types into the fields of a form."""
    for key, text in values.items():
        dialog.fields[key].type_text(text)


def save(stage: Stage, **values: str) -> None:
    """Types into the fields of the form that is open and saves; it must be taken."""
    dialog = form(stage)
    fill(dialog, **values)
    dialog.save()
    assert not forms(stage), [field.error.text() for field in dialog.fields.values() if field.error.text()]


def choose(stage: Stage, **said: Any) -> Any:
    """Selects the row that says this, which must be there; answers it."""
    stage.page.table.select(lambda row: all(getattr(row, key) == value for key, value in said.items()))
    chosen = stage.page.table.current_row()
    assert {key: getattr(chosen, key) for key in said} == said
    return chosen


def deed(stage: Stage, words: str) -> QPushButton:
    """A further button of the chapter."""
    (found,) = [each for each in stage.page.more_buttons if each.text() == words]
    return found


def question(stage: Stage) -> QMessageBox:
    """The question that is asked."""
    (box,) = [each for each in stage.page.findChildren(QMessageBox) if each.isVisible()]
    return box


def answer(stage: Stage) -> None:
    """Says yes to the question that is asked."""
    question(stage).defaultButton().click()


def previews(stage: Stage) -> list[PreviewWindow]:
    """The previews of papers that are open."""
    return [each for each in stage.page.window().findChildren(PreviewWindow) if each.isVisible()]
