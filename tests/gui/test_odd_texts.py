"""Odd texts pasted into the fields of a form and into the search box: taken, or refused at the field."""

from typing import Any

import pytest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from gui.parts.fields import Field
from gui.parts.ledger_view import LedgerView
from models.database import Database
from models.ledgers.life.followups import LIFE_FOLLOWUPS
from models.ledgers.members.roster import MEMBERS
from models.ledgers.sheets import sheet, view_of
from tests import samples
from tests.security.torture import TEXTS

COLUMNS = {column.key: column for column in (*MEMBERS.columns, *LIFE_FOLLOWUPS.columns) if column.entered}


@pytest.mark.parametrize("key", ["name", "id_number", "phone", "birth_date", "dues_base", "address", "issue"])
def test_a_field_takes_a_text_or_says_why_not(qtbot: QtBot, key: str) -> None:
    field = Field(COLUMNS[key])
    qtbot.addWidget(field)
    for text in TEXTS:
        field.type_text(text)
        taken = field.check()
        assert taken or field.error.text().endswith("。"), text


def test_long_texts_are_filtered_by(qtbot: QtBot, sample: Database) -> None:
    view: Any = LedgerView()
    qtbot.addWidget(view)
    with sample.reading() as session:
        view.show_sheet(sheet(session, MEMBERS, view_of(session, samples.DAY)))
    for text in TEXTS:
        view.filter(text)
    view.filter("")
    assert len(view.rows_shown()) == 47


def test_half_a_character_that_is_pasted_does_not_come_through(qtbot: QtBot) -> None:
    box = QPlainTextEdit()
    qtbot.addWidget(box)
    box.setPlainText("张\ud800")
    box.toPlainText().encode()
