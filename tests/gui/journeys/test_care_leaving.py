"""A member with an open case and a gift that waits dies or leaves: one form asks, one undo takes it back."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from gui.members.page import MembersPage
from gui.parts.record_dialog import RecordDialog
from models.database import Database
from models.records.care import cases as care_cases
from models.records.care import rounds as care_rounds
from models.records.care.cases import CareCase
from models.records.care.rounds import CareGift, Chosen
from models.records.members import members
from models.rules import care
from tests.gui.journeys.conftest import TODAY, Stage

Put = Callable[..., Stage]


@pytest.fixture
def stage(branch: Database, on_stage: Put) -> Stage:
    """姜秀兰, who has a case, put on the list of a round."""
    with branch.writing("春节慰问") as session:
        member_id = members.find(session, "姜秀兰").id
        number = care_rounds.begin(session, {"festival": "春节", "year": 2027}).id
        care_rounds.choose(session, number, Chosen("姜秀兰", "困难党员", member_id))
    made = on_stage(branch, MembersPage)
    made.page.show_target(member_id)
    return made


def form(stage: Stage) -> RecordDialog:
    (dialog,) = [each for each in stage.page.findChildren(RecordDialog) if each.isVisible()]
    return dialog


def open_case(stage: Stage) -> CareCase | None:
    with stage.database.reading() as session:
        return care_cases.open_of(session, members.find(session, "姜秀兰").id)


def waiting(stage: Stage) -> list[str]:
    with stage.database.reading() as session:
        open_rounds = select(care_rounds.CareRound.id).where(care_rounds.CareRound.closed_on.is_(None))
        return list(session.scalars(select(CareGift.name).where(CareGift.round_id.in_(open_rounds))))


def test_one_who_died_leaves_the_case_to_the_family_and_undo_brings_all_back(stage: Stage) -> None:
    stage.page.card.leave_button.click()
    dialog = form(stage)
    assert dialog.fields["family"].text() == "田守义"
    dialog.fields["reason"].type_text("转出")
    dialog.fields["case"].type_text("去世的：由家属继续受帮扶")
    dialog.save()
    assert "只有去世的" in dialog.fields["case"].error.text()
    dialog.fields["reason"].type_text("去世")
    dialog.fields["on"].type_text("2026-11-18")
    dialog.fields["gifts"].type_text("移出名单，不再发放")
    dialog.save()
    assert stage.said.startswith("已登记姜秀兰去世")
    assert "困难帮扶转到家属田守义名下。已移出慰问名单。" in stage.said
    assert open_case(stage) is None
    assert waiting(stage) == []
    with stage.database.reading() as session:
        family = session.scalars(select(CareCase).where(CareCase.name == "田守义")).one()
        assert care_cases.steps_of(session, family.id)[-1].kind == care.TAKEN_IN
    stage.page.undo()
    assert open_case(stage) is not None
    assert waiting(stage) == ["姜秀兰"]
    with stage.database.reading() as session:
        assert session.scalars(select(CareCase).where(CareCase.name == "田守义")).first() is None
        assert members.find(session, "姜秀兰").status == "在册"


def test_by_enter_alone_the_case_ends_and_the_gift_stays_for_a_proxy(qtbot: QtBot, stage: Stage) -> None:
    stage.page.card.leave_button.click()
    qtbot.keyClick(form(stage), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "困难帮扶已退出。" in stage.said
    assert open_case(stage) is None
    assert waiting(stage) == ["姜秀兰"]


def test_what_is_put_off_is_said(stage: Stage) -> None:
    stage.page.card.leave_button.click()
    form(stage).fields["case"].type_text("先不退出，以后再办")
    form(stage).save()
    assert "困难帮扶还没有退出。" in stage.said
    assert open_case(stage) is not None


def test_nobody_else_is_asked_about_care(stage: Stage) -> None:
    with stage.database.reading() as session:
        number = members.find(session, "刘洋").id
    stage.page.show_target(number)
    stage.page.card.leave_button.click()
    assert set(form(stage).fields) == {"reason", "on", "to", "dues_until"}


def test_the_card_of_a_member_says_that_there_is_a_case_and_leads_to_it(stage: Stage) -> None:
    asked: list[tuple[str, object]] = []
    stage.page.left_for.connect(lambda name, target: asked.append((name, target)))
    line = stage.page.card.case_line
    assert line.isVisible()
    assert line.text() == "困难帮扶　在册 ›"
    line.click()
    found = open_case(stage)
    assert found is not None
    assert asked == [("care", ("cases", found.id))]
    with stage.database.reading() as session:
        number = members.find(session, "刘洋").id
    stage.page.show_target(number)
    assert not line.isVisible()


def test_who_comes_back_is_said_to_need_a_new_application(stage: Stage) -> None:
    stage.page.card.leave_button.click()
    form(stage).save()
    with stage.database.reading() as session:
        number = members.find(session, "姜秀兰").id
        assert members.find_by_id(session, number).left_on == TODAY
    stage.page.show_target(number)
    stage.page.card.leave_button.click()
    form(stage).fields["how"].type_text("撤回：离开登记是误登")
    form(stage).save()
    assert stage.said == "姜秀兰已重新在册。困难帮扶已经退出，还要帮扶的请重新登记申请。"
