"""The line of a vote under the minutes: what is typed takes the place of what is offered, and is not lost."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import select

from gui.life.minutes_view import MinutesView
from gui.life.minutes_votes import VotesCard
from gui.life.page import LifePage
from models.database import Database
from models.errors import UserError
from models.records.life.activities import FILED, RECORDING, Activity
from tests.gui.journeys.conftest import Stage


@pytest.fixture
def page(branch: Database, on_stage: Callable[..., Stage]) -> LifePage:
    stage = on_stage(branch, LifePage)
    with branch.reading() as session:
        number = session.scalars(select(Activity.id).where(Activity.state == RECORDING)).one()
    stage.page.show_target(("records", number))
    shown: LifePage = stage.page
    return shown


def test_a_number_typed_takes_the_place_of_everybody(page: LifePage) -> None:
    card = page.findChildren(VotesCard)[0]
    first, favour = card.fields["text"], card.fields["favour"]
    first.setFocus(Qt.FocusReason.TabFocusReason)
    first.type_text("同意")
    QTest.keyClick(first.widget, Qt.Key.Key_Return)
    assert favour.text()
    QTest.keyClicks(favour.widget, "12")
    assert favour.text() == "12"


def test_a_record_is_not_filed_over_a_line_that_was_not_entered(page: LifePage) -> None:
    card, view = page.findChildren(VotesCard)[0], page.view
    assert isinstance(view, MinutesView)
    card.fields["text"].type_text("同意值班安排")
    with pytest.raises(UserError, match="“表决”里写了一行还没有登记"):
        view.file()
    card.forget()
    view.file()


def test_a_line_that_was_not_entered_waits_with_its_record(page: LifePage) -> None:
    card, view = page.findChildren(VotesCard)[0], page.view
    assert isinstance(view, MinutesView)
    own = view.chosen().id
    with page.workspace.reading() as session:
        held = (Activity.state == FILED, Activity.kind == view.chosen().kind)
        other = session.scalars(select(Activity.id).where(*held)).first()
    said: list[str] = []
    view.told.connect(lambda _tone, sentence: said.append(sentence))
    card.fields["text"].type_text("同意值班安排")
    card.fields["against"].type_text("1")
    view.show_target(other)
    assert card.fields["text"].text() == card.fields["against"].text() == ""
    assert "“表决”里写了一行还没有登记，回到那份记录时还在。" in said
    assert page.unkept == "会议记录的“表决”里有一行写了还没有登记，离开就丢了。"
    view.show_target(own)
    assert (card.fields["text"].text(), card.fields["against"].text()) == ("同意值班安排", "1")
    card.forget()
    assert page.unkept == ""
    view.show_target(other)
    view.show_target(own)
    assert card.fields["text"].text() == ""
