"""The forms around an election: a new one, what is known of it, and taking the elected into the committee."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from gui.page import Page
from gui.parts.record_dialog import RecordDialog
from models import codes
from models.kinds import NAME, NUMBER, TEXT, Choice
from models.ledger import Column
from models.ledgers.life.election_page import ElectionPage
from models.records.life import activities, elections
from models.records.members.organisation import Organisation
from models.rules.elections import COMPETED, UNCONTESTED, WAYS

COLUMNS = (
    Column("body", "选举什么", TEXT, 26, required=True),
    Column("post", "当选后的职务", codes.PARTY_POST, 12),
    Column("way", "方式", Choice(WAYS), 12, required=True),
    Column("seats", "应选名额", NUMBER, 8, required=True),
    Column("teller", "总监票人", NAME, 12),
    Column("counters", "计票人", TEXT, 18),
    Column("remark", "备注", TEXT, 24),
)
_NEW, _STANDING = "新一届，从选举当天任职", "现在这一届（补选）"


def ask_for_election(page: Page, over: QWidget, activity_id: int, then: Callable[[int], object]) -> None:
    """Asks what is elected in a meeting, and hands on the number of the election."""
    with page.workspace.reading() as session:
        name = session.get_one(Organisation, activities.find(session, activity_id).organisation_id).name
    way = Choice((COMPETED, UNCONTESTED))
    columns = [Column("way", "方式", way, 12, required=True) if each.key == "way" else each for each in COLUMNS]

    def save(values: dict[str, Any]) -> None:
        with page.workspace.writing("登记选举") as session:
            number = elections.call(session, activity_id, values).id
        then(number)

    usual = {"body": f"{name}委员会委员", "post": "委员", "way": COMPETED, "seats": 3}
    RecordDialog("新的选举", columns, usual, save, over, find=page.workspace.find).open()


def change_election(page: Page, over: QWidget, shown: ElectionPage, then: Callable[[], object]) -> None:
    """Asks about what is known of an election."""

    def save(values: dict[str, Any]) -> None:
        with page.workspace.writing("修改选举") as session:
            elections.change(session, shown.id, values)
        then()

    RecordDialog("选举情况", COLUMNS, shown.values, save, over, find=page.workspace.find).open()


def ask_for_posts(page: Page, over: QWidget, shown: ElectionPage, then: Callable[[], object]) -> None:
    """Asks which post each of the elected takes, and takes them into the committee in one step."""
    term = Column("term", "登记到", Choice((_NEW, _STANDING)), 22, required=True)
    posts = [Column(str(number), name, codes.PARTY_POST, 12, required=True) for number, name in shown.winners]

    def save(values: dict[str, Any]) -> None:
        chosen = {number: values[str(number)] for number, _name in shown.winners}
        with page.workspace.writing("当选人登记进支部班子") as session:
            elections.seat_elected(session, shown.id, chosen, values["term"] == _NEW)
        page.say(f"{'、'.join(name for _number, name in shown.winners)}已登记进支部班子。")
        then()

    many = len(shown.winners) > 1
    usual = {"term": _NEW if many else _STANDING, **dict.fromkeys((c.key for c in posts), shown.values["post"])}
    RecordDialog("登记进支部班子", [term, *posts], usual, save, over).open()
