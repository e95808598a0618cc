"""The forms of registrations at communities and of services, and what is done with their rows."""

from collections.abc import Sequence
from typing import Any

from gui.care.pairing_forms import partners
from gui.ledgers.chapter_page import ChapterPage
from gui.ledgers.record_forms import WHO, ask, meant, owners, usual_owner
from gui.page import Page
from gui.papers.paper_files import preview_paper
from models import settings
from models.errors import UserError
from models.kinds import NUMBER, Choice
from models.ledger import Column
from models.ledgers.care.volunteering import REGISTRATION_COLUMNS, SERVICE_COLUMNS, RegistrationRow, ServiceRow
from models.records.care import volunteering

Values = dict[str, Any]
CARD = "care_service_card"
_NO_PAIRING = "（不关联结对）"
_OWN = tuple(column for column in SERVICE_COLUMNS if column.key != "people")
_MARK = (Column("service_hours", "每人全年小时（不考核写 0）", NUMBER, 10, required=True),)


def ask_for_registration(page: Page, row: RegistrationRow | None = None) -> None:
    """That a member registered at a community, or what is known of it."""
    today = page.workspace.view.today
    if row is not None:
        number, name = row.id, row.name

        def change(values: Values) -> None:
            with page.workspace.writing(f"修改{name}的报到记录") as session:
                volunteering.change_registration(session, number, values, today)
            page.say(f"{name}的报到记录已保存。")

        known = {each.key: getattr(row, each.key) for each in REGISTRATION_COLUMNS}
        ask(page, "报到记录", REGISTRATION_COLUMNS, known, change, who=name)
        return

    def add(values: Values) -> None:
        member_id, named = meant(page, values.pop("who"))
        with page.workspace.writing(f"登记{named}到社区报到") as session:
            volunteering.register(session, member_id, values, today)
        page.say(f"已登记{named}到社区报到。")

    columns = [each for each in REGISTRATION_COLUMNS if each.key != "ended_on"]
    ask(page, "登记报到", [WHO, *columns], {"registered_on": today}, add)


def remove_registration(page: Page, row: RegistrationRow) -> None:
    with page.workspace.writing(f"删除{row.name}的报到记录") as session:
        volunteering.remove_registration(session, row.id)
    page.say(f"已删除{row.name}的报到记录；按 Ctrl+Z 撤销。")


def ask_for_service(page: Page) -> None:
    """A service of one member."""
    today = page.workspace.view.today

    def add(values: Values) -> None:
        member_id, name = meant(page, values.pop("who"))
        _link(page, values)
        with page.workspace.writing(f"登记{name}的志愿服务") as session:
            volunteering.serve(session, member_id, None, values, today)
        page.say(f"已登记{name}的志愿服务。")

    ask(page, "登记志愿服务（一人）", [WHO, *_OWN, *_pairing(page)], {"on": today, "pairing": _NO_PAIRING}, add)


def ask_for_many(page: Page, _rows: Sequence[ServiceRow]) -> None:
    """A service of so many people of a branch whose names are not kept."""
    today, nodes = page.workspace.view.today, owners(page)
    place = Column("branch", "党支部", Choice(tuple(nodes)), 18, required=True)

    def add(values: Values) -> None:
        branch_id = nodes[values.pop("branch")]
        _link(page, values)
        with page.workspace.writing("登记志愿服务") as session:
            added = volunteering.serve(session, None, branch_id, values, today)
            people = added.people
        page.say(f"已登记 {people} 人次志愿服务。")

    usual = {"branch": usual_owner(page, nodes), "on": today, "pairing": _NO_PAIRING}
    ask(page, "登记志愿服务（只写人数）", [place, *SERVICE_COLUMNS, *_pairing(page)], usual, add)


def open_service(page: Page, row: ServiceRow) -> None:
    """Enter on a service: what was entered to be changed, or the record of the activity."""
    if row.activity_id is not None:
        page.go("life", ("records", row.activity_id))
        return
    today = page.workspace.view.today
    columns = SERVICE_COLUMNS if row.name is None else _OWN

    def change(values: Values) -> None:
        with page.workspace.writing("修改志愿服务") as session:
            volunteering.change_service(session, row.id, values, today)
        page.say("志愿服务已保存。")

    ask(page, "志愿服务", columns, {each.key: getattr(row, each.key) for each in columns}, change, who=row.name or "")


def remove_service(page: Page, row: ServiceRow) -> None:
    """Removes what was entered; a service of an activity follows from its record."""
    if row.activity_id is not None:
        raise UserError("这一行来自活动记录，不能在这里删除；按回车打开那次活动。")
    with page.workspace.writing("删除志愿服务") as session:
        volunteering.remove_service(session, row.id)
    page.say("已删除这条志愿服务；按 Ctrl+Z 撤销。")


def ask_for_mark(page: Page, _rows: Sequence[Any]) -> None:
    """How many hours of service each member is to do in a year."""
    with page.workspace.reading() as session:
        wanted = settings.read(session).service_hours

    def save(values: Values) -> None:
        with page.workspace.writing("修改全年服务小时") as session:
            settings.change(session, **values)
        page.say("全年服务小时已保存。")

    ask(page, "全年服务小时", _MARK, {"service_hours": wanted}, save)


def print_cards(page: Page, rows: Sequence[Any]) -> None:
    """Previews the cards of the members selected, of all where none is."""
    assert isinstance(page, ChapterPage)
    preview_paper(page, CARD, page.view_shown(), [row.member_id for row in rows] or None)


def _pairing(page: Page) -> tuple[Column, ...]:
    """The choice of a pairing, while there is one."""
    try:
        known = partners(page)
    except UserError:
        return ()
    return (Column("pairing", "为哪个结对", Choice((_NO_PAIRING, *known)), 18),)


def _link(page: Page, values: Values) -> None:
    chosen = values.pop("pairing", None)
    if chosen not in (None, _NO_PAIRING):
        values["pairing_id"] = partners(page)[chosen]
