"""The forms of talks. What was said in a confidential one is shown or printed after a question alone, and noted."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from gui.ledgers.chapter_page import ChapterPage
from gui.ledgers.record_forms import ask, organisations, usual_owner
from gui.messages import ask as ask_whether
from gui.page import Page
from gui.papers.paper_files import drawing, preview_paper
from gui.papers.papers import preview
from models.errors import UserError
from models.kinds import TEXT, Choice
from models.ledger import Column
from models.ledgers.life.talk_papers import disclosed_sheets
from models.ledgers.life.talks import HIDDEN, LIFE_TALKS
from models.records.life import talks
from models.records.life.talks import TEXT_FIELDS, Written

Values = dict[str, Any]
PAPER = "life_talk_sheet"
SHOWN = "查看"
_ORDER = (
    "on",
    "begins",
    "sort",
    "place",
    "talkers",
    "talked",
    "text",
    "promises",
    "confidential",
    "is_signed",
    "remark",
)
_WIDTHS = {"text": 80.0, "promises": 40.0}
_TITLES = {"talked": "被谈话人（几人用、隔开）", "begins": "开始时间"}


def ask_for_talk(page: Page, row: Any = None) -> None:
    """A new talk, or what is known of one; of a confidential one without what was said."""
    if row is None:
        _ask_for_new(page)
    else:
        with page.workspace.reading() as session:
            written = None if row.confidential else talks.written(session, row.id)
        _ask_about(page, row, written)


def offer_hidden(page: Page, rows: Sequence[Any]) -> None:
    """Offers what can be done with what was said in confidence; each asks before it does it."""
    menu = QMenu(page)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addAction("显示不公开内容…", lambda: show_hidden(page, rows))
    menu.addAction("连同不公开内容打印…", lambda: print_hidden(page, rows))
    assert isinstance(page, ChapterPage)
    below = page.more_buttons[-1]
    menu.popup(below.mapToGlobal(below.rect().bottomLeft()))


def show_hidden(page: Page, rows: Sequence[Any]) -> None:
    """Shows what was said in one confidential talk, after a question; that it was shown is noted."""
    row = _one_hidden(rows)

    def show() -> None:
        with page.workspace.writing("查看不公开的谈话记录") as session:
            written = talks.disclose(session, row.id, SHOWN, page.workspace.view.today)
        _ask_about(page, row, written)

    ask_whether(page, "要显示这次不公开谈话的内容吗？", yes="显示", no="不显示", then=show,
                detail="请确认旁边没有无关的人。查看会记入操作记录（只记时间和操作人，不记内容）。")  # fmt: skip


def print_talks(page: Page, rows: Sequence[Any]) -> None:
    """Previews the sheets of the talks selected; those that are confidential without what was said."""
    numbers = [row.id for row in rows]
    preview_paper(page, PAPER, page.view_shown(), numbers or None)


def print_hidden(page: Page, rows: Sequence[Any]) -> None:
    """Previews the sheets of the confidential talks selected with all that was said, after a question."""
    hidden = [row.id for row in rows if row.confidential]
    if not hidden:
        raise UserError("选中的谈话里没有不公开的；一般的记录表请按“打印记录表”。")
    view = page.view_shown()

    def show() -> None:
        with page.workspace.writing(f"打印不公开的谈话记录（{len(hidden)} 份）") as session:
            records = [record for _, record in disclosed_sheets(session, view, hidden)]
        preview(page, "谈心谈话记录表", drawing(PAPER, records))

    ask_whether(page, f"要连同不公开内容打印这 {len(hidden)} 份谈话记录吗？", yes="打印", no="不打印", then=show,
                detail="打印会记入操作记录（只记时间和操作人，不记内容）。打印出来的纸请密封保管。")  # fmt: skip


def remove_talk(page: Page, row: Any) -> None:
    """Removes a talk with all that was written of it."""
    with page.workspace.writing("删除一次谈话记录") as session:
        talks.remove(session, row.id)
    page.say("已删除这次谈话的记录；按 Ctrl+Z 撤销。")


def _ask_for_new(page: Page) -> None:
    today = page.workspace.view.today
    nodes = organisations(page)
    place = Column("organisation", "党组织", Choice(tuple(nodes)), 14, required=True)
    usual = usual_owner(page, nodes)

    def enter(values: Values) -> None:
        node = nodes[values.pop("organisation")]
        with page.workspace.writing("登记一次谈话") as session:
            added = talks.enter(session, node, values, today)
            outside = [each.name for role in ("talker", "talked") for each in talks.of_role(session, added.id, role)
                       if each.member_id is None]  # fmt: skip
        kept = f"名册里没有{'、'.join(outside)}，只记姓名。" if outside else ""
        page.say(f"谈话已登记。{kept}")

    known = {"organisation": usual, "on": today, "sort": talks.HEART, "confidential": False, "is_signed": False}
    ask(page, "登记谈话", (place, *_columns(page, _ORDER)), known, enter)


def _ask_about(page: Page, row: Any, written: Written | None) -> None:
    """What is known of a talk; without `written` the text stays where it is, and so does the talk's confidence."""
    shown = _ORDER if written is not None else tuple(key for key in _ORDER if key not in TEXT_FIELDS)
    columns = _columns(page, shown)
    known = {key: getattr(row, key) for key in shown if key not in TEXT_FIELDS}
    if written is not None:
        known |= {"text": written.text, "promises": written.promises}
    locked = () if written is not None else ("confidential",)

    def change(values: Values) -> None:
        with page.workspace.writing("修改一次谈话记录") as session:
            talks.change(session, row.id, values, page.workspace.view.today)
        page.say("谈话记录已保存。")

    who = f"{row.talkers} → {row.talked}" + ("" if written is not None else f"　{HIDDEN}")
    ask(page, "修改谈话", columns, known, change, locked=locked, who=who)


def _columns(page: Page, keys: Sequence[str]) -> list[Column]:
    """The columns of the form: those of the ledger, texts high enough to write in, types as the branch uses them."""
    known = {column.key: column for column in LIFE_TALKS.columns}
    with page.workspace.reading() as session:
        sorts = Choice(talks.sorts(session), open=True)
    found = []
    for key in keys:
        column = known[key]
        kind = sorts if key == "sort" else TEXT if key in TEXT_FIELDS else column.kind
        width = _WIDTHS.get(key, column.width)
        found.append(replace(column, title=_TITLES.get(key, column.title), kind=kind, width=width))
    return found


def _one_hidden(rows: Sequence[Any]) -> Any:
    if len(rows) != 1:
        raise UserError("请先在表里选中一次谈话。")
    if not rows[0].confidential:
        raise UserError("这次谈话没有登记为不公开，按回车就能打开。")
    return rows[0]
