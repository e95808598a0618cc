"""The forms of donations: drives, what was given, what was passed on, who was helped; no title says who gave."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from gui.ledgers.chapter_page import ChapterPage
from gui.ledgers.record_forms import ask
from gui.page import Page
from gui.papers.paper_files import preview_paper
from models.errors import UserError
from models.kinds import DAY, PERSON, TEXT, Choice, Kind
from models.ledger import Column
from models.ledgers.care.donation_drives import CARE_DRIVES, CARE_HELPED
from models.ledgers.care.donation_receipts import receivers
from models.ledgers.care.donations import CARE_DONATIONS, CARE_PASSED_ON, VALID
from models.records.care import donation_drives, donations, helped
from models.records.care.donations import GIVEN_FIELDS, PASSED_FIELDS
from models.records.members import organisation

Values = dict[str, Any]
PAPER = "care_donation_sheet"
REASONS = ("重复登记", "数量有误", "金额有误", "记错人", "退回本人")
_REVERSAL = (
    Column("reason", "冲销原因", Choice(REASONS, open=True), 20, required=True),
    Column("on", "冲销日期", DAY, 11, required=True),
)
_LATER_GIVEN = ("post", "value", "receipt_no", "remark")
_LATER_PASSED = ("receipt_no", "handler", "remark")


def ask_for_drive(page: Page, row: Any = None) -> None:
    """A new drive, or what is known of one."""
    nodes = _nodes(page)
    keys = ("name", "purpose", "beneficiary", "begins", "ends", "remark")
    place = Column("branch", "党组织", Choice(tuple(nodes)), 16, required=True)

    def save(values: Values) -> None:
        values["branch_id"] = nodes[values.pop("branch")]
        with page.workspace.writing("登记捐赠活动" if row is None else "修改捐赠活动") as session:
            if row is None:
                donation_drives.begin(session, values)
            else:
                donations.change_drive(session, row.id, values)
        page.say("捐赠活动已保存。")

    known: Values = {"branch": next(iter(nodes)), "begins": page.workspace.view.today}
    if row is not None:
        known = {key: getattr(row, key) for key in keys} | {"branch": row.branch}
    ask(page, "捐赠活动", (*_columns(CARE_DRIVES.columns, keys), place), known, save)


def remove_drive(page: Page, row: Any) -> None:
    with page.workspace.writing("删除捐赠活动") as session:
        donations.remove_drive(session, row.id)
    page.say("已删除这次捐赠活动；按 Ctrl+Z 撤销。")


def ask_for_donation(page: Page, row: Any = None) -> None:
    """A new line of what somebody gave, or what may still be added to one that is known."""
    if row is not None:
        columns = _columns(CARE_DONATIONS.columns, _LATER_GIVEN)
        _complete(page, row, "补充捐赠", columns, donations.complete)
        return
    names, usual = _drives(page)
    columns = [_drive_column(names), *_with_items(page, _columns(CARE_DONATIONS.columns, GIVEN_FIELDS))]
    columns = [replace(each, kind=PERSON) if each.key == "giver" else each for each in columns]

    def save(values: Values) -> None:
        drive = names[values.pop("drive")]
        with page.workspace.writing("登记捐赠") as session:
            added = donations.give(session, drive, values, page.workspace.view.today)
            outside = added.member_id is None
        page.say("捐赠已登记。" + ("名册里没有这个人，只记姓名。" if outside else ""))

    ask(page, "登记捐款捐物", columns, usual, save)


def ask_for_handover(page: Page, row: Any = None) -> None:
    """A new line of what was passed on, or the receiver's receipt of one that is known."""
    if row is not None:
        _complete(page, row, "补充接收凭据", _columns(CARE_PASSED_ON.columns, _LATER_PASSED), donations.acknowledge)
        return
    names, usual = _drives(page)
    with page.workspace.reading() as session:
        known = Choice(receivers(session, page.workspace.view), open=True)
    columns = [_drive_column(names), *_with_items(page, _columns(CARE_PASSED_ON.columns, PASSED_FIELDS))]
    columns = [replace(each, kind=known) if each.key == "receiver" else each for each in columns]

    def save(values: Values) -> None:
        drive = names[values.pop("drive")]
        with page.workspace.writing("登记转交") as session:
            donations.pass_on(session, drive, values, page.workspace.view.today)
        page.say("转交已登记，库存和余额已减少。")

    ask(page, "登记转交", columns, usual, save)


def reverse_donation(page: Page, rows: Sequence[Any]) -> None:
    """Cancels the donation chosen by a counter-entry, with its reason."""
    _reverse(page, rows[0], "冲销捐赠", donations.reverse)


def reverse_handover(page: Page, rows: Sequence[Any]) -> None:
    """Cancels what was passed on by a counter-entry, with its reason."""
    _reverse(page, rows[0], "冲销转交", donations.reverse_handover)


def print_sheets(page: Page, rows: Sequence[Any]) -> None:
    """Previews the sheet of donations of the drive that a chosen row belongs to, of all drives without one."""
    assert isinstance(page, ChapterPage)
    numbers = list(dict.fromkeys(getattr(row, "drive_id", None) or row.id for row in rows))
    preview_paper(page, PAPER, page.view_shown(), numbers or None)


def ask_for_helped(page: Page, row: Any = None) -> None:
    """Somebody new who was helped, or what is known of one."""
    with page.workspace.reading() as session:
        known_drives = {each.name: each.id for each in donation_drives.drives(session)}
    nodes = _nodes(page)
    columns = (
        *_columns(CARE_HELPED.columns, ("person", "sort", "what", "on")),
        Column("drive", "捐赠活动", Choice(tuple(known_drives)), 18),
        Column("branch", "党组织", Choice(tuple(nodes)), 16, required=True),
        *_columns(CARE_HELPED.columns, ("remark",)),
    )

    def save(values: Values) -> None:
        given = values | {"name": values.pop("person")}
        given |= {"drive_id": known_drives.get(given.pop("drive")), "branch_id": nodes[given.pop("branch")]}
        today = page.workspace.view.today
        with page.workspace.writing("登记受助对象" if row is None else "修改受助对象") as session:
            if row is None:
                helped.add(session, given, today)
            else:
                helped.change(session, row.id, given, today)
        page.say("受助对象已保存。名单只供内部使用。")

    known: Values = {"branch": next(iter(nodes)), "on": page.workspace.view.today, "sort": helped.PUPIL}
    if row is not None:
        known = {each.key: getattr(row, each.key) for each in columns} | {"drive": row.drive or None}
    ask(page, "受助对象", columns, known, save)


def remove_helped(page: Page, row: Any) -> None:
    with page.workspace.writing("删除受助对象") as session:
        helped.remove(session, row.id)
    page.say("已从名单里删除；按 Ctrl+Z 撤销。")


def _complete(page: Page, row: Any, title: str, columns: Sequence[Column], act: Any) -> None:
    _require_valid(row)

    def save(values: Values) -> None:
        with page.workspace.writing(title) as session:
            act(session, row.id, values)
        page.say("已保存。日期、金额和物品不能改，有误请用“冲销”。")

    ask(page, title, columns, {each.key: getattr(row, each.key) for each in columns}, save)


def _reverse(page: Page, row: Any, title: str, act: Any) -> None:
    _require_valid(row)

    def save(values: Values) -> None:
        with page.workspace.writing(title) as session:
            act(session, row.id, values["reason"], values["on"])
        page.say("已冲销，原记录和冲销记录都保留。")

    ask(page, title, _REVERSAL, {"on": page.workspace.view.today}, save)


def _require_valid(row: Any) -> None:
    if row.state != VALID:
        raise UserError(f"这一笔的状态是“{row.state}”，不能再改动。")


def _drives(page: Page) -> tuple[dict[str, int], Values]:
    """The drives by name, those that go on first, and the first of these as what is known; UserError where none is."""
    today = page.workspace.view.today
    with page.workspace.reading() as session:
        found = sorted(donation_drives.drives(session), key=lambda each: not each.goes_on(today))
    if not found:
        raise UserError("还没有捐赠活动，请先在“捐赠活动”里按 Ctrl+N 登记一次活动。")
    known = {"drive": found[0].name} if found[0].goes_on(today) else {}
    return {each.name: each.id for each in found}, {"on": today, **known}


def _drive_column(names: dict[str, int]) -> Column:
    return Column("drive", "捐赠活动", Choice(tuple(names)), 18, required=True)


def _with_items(page: Page, columns: Sequence[Column]) -> list[Column]:
    """The columns with the things that were given before offered by name."""
    with page.workspace.reading() as session:
        known = tuple(dict.fromkeys(goods.item for goods in donations.items(session)))
    kind: Kind = Choice(known, open=True) if known else TEXT
    return [replace(each, kind=kind) if each.key == "item" else each for each in columns]


def _columns(columns: Sequence[Column], keys: Sequence[str]) -> list[Column]:
    known = {column.key: column for column in columns}
    return [known[key] for key in keys]


def _nodes(page: Page) -> dict[str, int | None]:
    """The organisation above all branches, which stands for all of them together, and the branches."""
    with page.workspace.reading() as session:
        branches: dict[str, int | None] = {each.name: each.id for each in organisation.branches(session)}
        return {organisation.root(session).name: None} | branches
