"""The forms of the minutes: a new record, a plan that was held, opening again, the day of uploading."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from gui.ledgers.record_forms import ask
from gui.page import Page
from gui.parts.cards import restyle
from models.errors import FieldError
from models.kinds import DAY, TEXT, Choice
from models.ledger import Column
from models.ledgers.life.minutes_page import Clock, MinutesPage, holders, of_plan
from models.records.life import activities, activity_kinds, recording
from models.records.members.facts import require_past
from models.records.members.organisation import GROUP, Organisation
from models.rules.periods import Month

Values = dict[str, Any]
Then = Callable[[int], None]
HELD_ON = Column("held_on", "日期", DAY, 11, required=True)
BEGINS = Column("begins", "时间", Clock(), 8)
THEME = Column("theme", "议题", TEXT, 24)
REASON = Column("reason", "原因", TEXT, 30, required=True)
UPLOADED_ON = Column("uploaded_on", "上传日期", DAY, 11)


def ask_for_record(page: Page, kind: str | None, branch_id: int | None, then: Then) -> None:
    """A new record of the kind and branch that are looked at; `then` is handed its number."""
    with page.workspace.reading() as session:
        kinds = {each.name: each for each in activity_kinds.kinds(session) if each.kept_in == "activities"}
        nodes = holders(session)
    names = list(kinds)
    usual = next((name for name, each in kinds.items() if each.key == kind), names[0])
    place = next((name for name, number in nodes.items() if number == branch_id), next(iter(nodes)))
    columns = (
        Column("kind", "活动种类", Choice(tuple(names)), 14, required=True),
        Column("organisation_id", "召开的组织", Choice(tuple(nodes)), 22, required=True),
        HELD_ON, BEGINS, THEME,
    )  # fmt: skip
    today = page.workspace.view.today

    def save(values: Values) -> None:
        require_past("held_on", values["held_on"], today)
        chosen, node = kinds[values["kind"]], nodes[values["organisation_id"]]
        given = {key: values[key] for key in ("begins", "theme")}
        with page.workspace.reading() as session:
            if chosen.entitled == "group" and session.get_one(Organisation, node).kind != GROUP:
                raise FieldError("organisation_id", f"“{chosen.name}”由党小组召开，请选择党小组。")
            planned = of_plan(session, node, chosen.key, Month.of(values["held_on"]))

        def begin() -> None:
            with page.workspace.writing(f"新建{chosen.name}记录") as session:
                number = recording.begin(session, node, chosen.key, values["held_on"], today, given).id
            then(number)

        if planned is None:
            begin()
        else:
            _ask_about_plan(page, planned, values["held_on"], begin, then)

    ask(page, "新记录", columns, {"kind": usual, "organisation_id": place, "held_on": today}, save)


def _ask_about_plan(page: Page, planned: int, held_on: date, begin: Callable[[], None], then: Then) -> None:
    """Where something of the kind was planned for the month: is this it, or another?"""
    with page.workspace.reading() as session:
        known = activities.find(session, planned)
        when = f"{known.planned_on}" if known.planned_on else f"{known.planned_month}"
        said = f"计划里有一次还没有记录（{when}{'，' + known.theme if known.theme else ''}），是这一次吗？"
    box = QMessageBox(QMessageBox.Icon.NoIcon, "支部台账", said, parent=page)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    this = box.addButton("是，按计划记录", QMessageBox.ButtonRole.AcceptRole)
    other = box.addButton("不是，另记一次", QMessageBox.ButtonRole.ActionRole)
    box.addButton("取消", QMessageBox.ButtonRole.RejectRole)
    restyle(this, primary=True)
    box.setDefaultButton(this)
    deeds = {this: lambda: hold(page, planned, held_on, then), other: begin}
    box.buttonClicked.connect(lambda pressed: deeds[pressed]() if pressed in deeds else None)
    box.open()


def hold(page: Page, activity_id: int, held_on: date, then: Then) -> None:
    """Begins the record of a plan."""
    with page.workspace.writing("开始记录计划的活动") as session:
        recording.hold(session, activity_id, held_on, page.workspace.view.today)
    then(activity_id)


def ask_when_held(page: Page, shown: MinutesPage, then: Then) -> None:
    """Asks on which day a planned activity was held, and begins its record."""
    today = page.workspace.view.today
    planned_on = shown.planned[0]
    usual = planned_on if planned_on is not None and planned_on <= today else today
    ask(page, "开始记录", (HELD_ON,), {"held_on": usual}, lambda values: hold(page, shown.id, values["held_on"], then))


def ask_why_dropped(page: Page, shown: MinutesPage) -> None:
    """Asks why a planned activity was not held."""

    def save(values: Values) -> None:
        with page.workspace.writing(f"{shown.title}未开展") as session:
            activities.drop(session, shown.id, values["reason"])
        page.say("已登记为未开展；情况有变可以撤销，或再开始记录。")

    ask(page, "未开展", (REASON,), {}, save)


def ask_to_reopen(page: Page, shown: MinutesPage) -> None:
    """Asks why a filed record is opened again."""

    def save(values: Values) -> None:
        with page.workspace.writing(f"重新打开{shown.title}记录") as session:
            activities.reopen(session, shown.id, values["reason"])
        page.say("已重新打开，改完以后请再定稿。")

    ask(page, "重新打开", (REASON,), {}, save)


def ask_about_upload(page: Page, shown: MinutesPage) -> None:
    """Asks on which day the record was put on the platform above; an empty day takes that back."""
    today = page.workspace.view.today

    def save(values: Values) -> None:
        on = values["uploaded_on"]
        if on is not None:
            require_past("uploaded_on", on, today)
        with page.workspace.writing(f"登记{shown.title}上传") as session:
            activities.upload(session, shown.id, on)
        page.say(f"已登记 {on} 上传省平台。" if on else "已取消上传登记。")

    ask(page, "上传省平台", (UPLOADED_ON,), {"uploaded_on": shown.uploaded_on or today}, save)
