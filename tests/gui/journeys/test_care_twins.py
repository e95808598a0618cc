"""A member entered twice who is looked after under both records: the window says that one case is made of two."""

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from gui.members import member_merging
from gui.members.page import MembersPage
from gui.parts.record_dialog import RecordDialog
from models.database import Database
from models.records.care import cases as care_cases
from models.records.members import members
from tests.gui.journeys.conftest import TODAY, Stage


def test_two_cases_become_one_and_undo_parts_them(
    branch: Database, on_stage: Callable[..., Stage], qtbot: QtBot
) -> None:
    with branch.writing("重复登记") as session:
        known = members.find(session, "姜秀兰")
        values = {"name": "姜秀兰", "birth_date": known.birth_date, "branch": "第二党支部"}
        twin = members.add(session, values).id
        care_cases.apply(session, {"sort": "困难党员", "measures": "送药"}, TODAY, TODAY, twin)
        number = known.id
    stage = on_stage(branch, MembersPage)
    stage.page.show_target(number)

    def form() -> RecordDialog:
        (dialog,) = [each for each in stage.page.findChildren(RecordDialog) if each.isVisible()]
        return dialog

    def measures() -> list[str | None]:
        with branch.reading() as session:
            cases = [care_cases.open_of(session, each) for each in (number, twin)]
            return [case.measures for case in cases if case is not None]

    before = measures()
    member_merging.ask_whom_to_join(stage.page, number, "姜秀兰")
    form().save()
    qtbot.waitUntil(lambda: not stage.window.busy_with, timeout=20_000)  # the backup before
    assert "帮扶对象 1" in form().fields["moves"].text()
    assert "两份困难帮扶合成一份。" in form().fields["moves"].text()
    form().save()
    assert measures() == [f"{before[0]}；送药"]
    stage.page.undo()
    assert measures() == before
