"""Somebody dies or recovers in the middle of a round: the list says so, the gift is dropped with the reason or kept."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from gui.care.round_striking import ask_to_strike
from gui.care.rounds_view import RoundsView
from gui.parts.record_dialog import RecordDialog
from models.audit import Operation
from models.database import Database
from models.ledgers.care.history import timeline
from models.ledgers.care.standing import standings
from models.records.care import cases as care_cases
from models.records.care import rounds as care_rounds
from models.records.care.rounds import Chosen
from models.records.members import members
from models.rules import care
from tests.gui.journeys.conftest import TODAY, Stage

Put = Callable[..., Stage]


@pytest.fixture
def stage(branch: Database, on_stage: Put) -> Stage:
    """A round of three: one who dies, one who recovers, one to whom nothing happens."""
    with branch.writing("春节慰问") as session:
        number = care_rounds.begin(session, {"festival": "春节", "year": 2027}).id
        case = care_cases.open_of(session, members.find(session, "姜秀兰").id)
        assert case is not None
        for name, case_id in (("王建国", None), ("姜秀兰", case.id), ("刘洋", None)):
            who = Chosen(name, "老党员", members.find(session, name).id, case_id)
            gift = care_rounds.choose(session, number, who)
            care_rounds.settle(session, gift.id, {"goods": "大米"}, [])
        members.leave(session, members.find(session, "王建国").id, "去世", TODAY)
        care_cases.take_step(session, case.id, care.CLOSED, TODAY, {"reason": "脱困"}, TODAY)
    made = on_stage(branch, RoundsView)
    made.page.show_target(number)
    return made


def gone(stage: Stage) -> dict[str, str]:
    return {row.name: row.gone for row in stage.page.shown.rows}


def test_the_list_says_what_happened(stage: Stage) -> None:
    assert gone(stage) == {"王建国": f"已去世（{TODAY}）", "姜秀兰": "已退出帮扶", "刘洋": ""}


def test_a_gift_is_dropped_with_the_reason_and_comes_back_by_undo(qtbot: QtBot, stage: Stage) -> None:
    assert stage.page.table.select(lambda row: row.name == "王建国")
    ask_to_strike(stage.page, stage.page.table.selected_rows())
    (dialog,) = [each for each in stage.page.findChildren(RecordDialog) if each.isVisible()]
    assert dialog.fields["reason"].text() == "已去世"
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert stage.said == "已移出 1 人（已去世）；按 Ctrl+Z 撤销。"
    assert set(gone(stage)) == {"姜秀兰", "刘洋"}
    with stage.database.reading() as session:
        newest = session.scalars(select(Operation.title).order_by(Operation.id.desc())).first()
    assert newest == "移出慰问名单（已去世）"
    stage.page.undo()
    assert "王建国" in gone(stage)


def test_the_history_of_a_person_leads_to_the_person_on_the_list(stage: Stage) -> None:
    with stage.database.reading() as session:
        number = standings(session, TODAY, (members.find(session, "姜秀兰").id,))
        case_id = next(iter(number.values())).case_id
        place = next(event.place for event in timeline(session, case_id) if event.kind == "慰问")
    assert place is not None
    stage.page.show_target(place[1][1])
    assert stage.page.table.current_row().name == "姜秀兰"
