"""What is done about unpaid dues: a talk or reminder noted, a reason accepted, a note corrected or taken away."""

from dataclasses import replace
from typing import Any

from gui.messages import ask
from gui.page import Page
from gui.papers.paper_files import preview_paper
from gui.parts.record_dialog import RecordDialog
from models import settings
from models.kinds import DAY, MONTH, NAME, TEXT, Choice
from models.ledger import Column
from models.records.dues import months, reminders
from models.records.dues.reminders import ACCEPTED, FIELDS, REMINDER_KINDS, Reminder
from models.rules.periods import Month, Period

_NOTE = (
    Column("kind", "种类", Choice(tuple(kind for kind in REMINDER_KINDS if kind != ACCEPTED)), 10, required=True),
    Column("on", "日期", DAY, 11, required=True),
    Column("by", "经办（谈话）人", NAME, 10),
    Column("text", "情况", TEXT, 40, required=True),
    Column("deadline", "限期交清", DAY, 11),
)
_REASON = (
    Column("on", "支部研究日期", DAY, 11, required=True),
    Column("text", "正当理由", TEXT, 40, required=True),
    Column("from_month", "从哪个月起", MONTH, 9, required=True),
    Column("to_month", "到哪个月止（可不填）", MONTH, 9),
)


def note_deed(page: Page, member_id: int, name: str, kind: str) -> RecordDialog:
    """Asks what was done or said about the member's arrears, and keeps it."""

    def save(typed: dict[str, Any]) -> None:
        with page.workspace.writing(f"记录{name}的{typed['kind']}") as session:
            reminders.remind(session, member_id, **typed)
        until = f"，限 {typed['deadline']} 前交清" if typed["deadline"] else ""
        page.say(f"已记录{name}的{typed['kind']}{until}；按 Ctrl+Z 撤销。")

    with page.workspace.reading() as session:
        maker = settings.read(session).maker
    known = {"kind": kind, "on": page.workspace.view.today, "by": maker}
    return _open(RecordDialog("记录催交、谈话", _NOTE, known, save, page, who=name))


def accept_reason(page: Page, member_id: int, name: str, first: Month) -> RecordDialog:
    """Asks for the reason that the branch accepted, and for which months; these stop counting as a run."""

    def save(typed: dict[str, Any]) -> None:
        with page.workspace.writing(f"认可{name}未交党费的原因") as session:
            reminders.remind(session, member_id, kind=ACCEPTED, **typed)
        page.say(f"已认可{name}自{typed['from_month'].chinese}起未交的原因，不再计入连续月数；欠交的仍要补交。")

    known = {"on": page.workspace.view.today, "from_month": first}
    return _open(RecordDialog("认可未交的原因", _REASON, known, save, page, who=name))


def correct(page: Page, number: int, name: str) -> RecordDialog:
    """Asks for the right words of a note, the fields as they stand."""
    with page.workspace.reading() as session:
        note = session.get_one(Reminder, number)
        known = {key: getattr(note, key) for key in FIELDS}

    def save(typed: dict[str, Any]) -> None:
        with page.workspace.writing(f"修改{name}的催交记录") as session:
            reminders.change(session, number, typed)
        page.say(f"已修改{name}的记录；按 Ctrl+Z 撤销。")

    columns = _REASON if known["kind"] == ACCEPTED else _NOTE
    return _open(RecordDialog("修改记录", columns, known, save, page, who=name))


def take_away(page: Page, number: int, name: str) -> None:
    """Asks, then removes a note."""

    def remove() -> None:
        with page.workspace.writing(f"删除{name}的催交记录") as session:
            reminders.remove(session, number)
        page.say(f"已删除{name}的一条记录；按 Ctrl+Z 撤销。")

    ask(page, f"删除{name}的这条记录？", yes="删除", then=remove)


def print_case(page: Page, member_id: int) -> None:
    """Shows the paper for the general meeting; it changes nobody's status."""
    with page.workspace.reading() as session:
        opened = months.opened(session)
    view = page.workspace.view
    last = min(view.month, opened[-1]) if opened else view.month
    preview_paper(page, "dues_arrears_sheet", replace(view, period=Period(last, last), branch_id=None), (member_id,))


def _open(dialog: RecordDialog) -> RecordDialog:
    dialog.open()
    return dialog
