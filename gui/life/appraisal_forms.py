"""What is asked and done about appraisals: beginning one, the form of a member, its papers, who is on the list."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QDialog

from gui.ledgers.chapter_page import ChapterPage
from gui.ledgers.record_forms import ask
from gui.life.appraisal_dialog import AppraisalDialog
from gui.page import Page
from gui.papers.paper_files import drawing, papers_of, preview_paper
from gui.papers.papers import preview
from gui.parts.record_dialog import RecordDialog
from models.errors import FieldError, UserError
from models.kinds import DAY, NUMBER, Choice
from models.ledger import Column, View
from models.ledgers.dues.past_registers import YEAR
from models.ledgers.life.appraisals import RESULT_COLUMNS, SHARE
from models.records.life import appraisals
from models.records.members import organisation
from models.records.members.organisation import Organisation
from models.rules.periods import Period

BALLOTS, SIMPLE_BALLOTS, SHEETS = "life_appraisal_ballot", "life_appraisal_simple_ballot", "life_appraisal_sheet"
_KINDS = {"分项（横式，六个方面和综合评定）": BALLOTS, "简式（竖式，只评四个等次）": SIMPLE_BALLOTS}
_NO_MEETING = "（没有登记会议）"
_MOST_BALLOTS = 500
_HALF_YEAR = 6  # a year's appraisal is often held in the first months of the next
Values = dict[str, Any]


def ask_to_begin(page: Page) -> None:
    """A new appraisal: branch, year, and the day or the meeting at which it was held."""
    view: View = page.workspace.view
    with page.workspace.reading() as session:
        nodes = {each.name: each.id for each in organisation.branches(session)}
        since = date(view.today.year - 2, 1, 1)
        found = appraisals.meetings(session, since)
        meetings = {_meeting_words(session, each): each.id for each in found}
    if not nodes:
        raise UserError("还没有登记党支部，请先导入名册。")
    columns = (
        Column("branch", "党支部", Choice(tuple(nodes)), 18, required=True),
        Column("year", "评议年度", YEAR, 8, required=True),
        Column("activity_id", "会议记录", Choice((_NO_MEETING, *meetings)), 24),
        Column("held_on", "会议日期", DAY, 11),
        Column("share", "优秀比例", SHARE, 10),
    )
    chosen = page.view_shown().branch_id
    usual = next((name for name, number in nodes.items() if number == chosen), next(iter(nodes)))
    year = view.today.year - (view.today.month <= _HALF_YEAR)

    def save(values: Values) -> None:
        branch = values.pop("branch")
        values["activity_id"] = meetings.get(values["activity_id"] or "")
        of = values.pop("year")
        with page.workspace.writing(f"开始{branch}民主评议") as session:
            begun = appraisals.begin(session, nodes[branch], of, values, view.today).id
        if isinstance(page, ChapterPage):
            page.show_year(of)
        open_tally(page, begun)

    ask(page, "开始民主评议", columns, {"branch": usual, "year": year, "activity_id": _NO_MEETING}, save)


def _meeting_words(session: Any, meeting: Any) -> str:
    name = session.get_one(Organisation, meeting.branch_id).name if meeting.branch_id is not None else ""
    return f"{meeting.held_on}　{name}"


def open_tally(page: Page, appraisal_id: int, result_id: int | None = None) -> AppraisalDialog:
    """Opens an appraisal to enter its votes and grades."""
    dialog = AppraisalDialog(page, appraisal_id, lambda over, line: ask_for_result(page, line, over))
    if result_id is not None:
        dialog.show_member(result_id)
    dialog.open()
    return dialog


def tally_row(page: Page, row: Any) -> None:
    """Opens the appraisal that a row of the ledger belongs to, at its member."""
    open_tally(page, row.appraisal_id, row.id)


def ask_for_result(page: Page, row: Any, over: Any = None) -> None:
    """What is known of one member: votes, grade, opinion, disposition, remark."""

    def save(values: Values) -> None:
        with page.workspace.writing(f"登记{row.name}的民主评议") as session:
            appraisals.note(session, row.id, values)
        page.say(f"{row.name}的民主评议已保存。")

    known = {column.key: getattr(row, column.key) for column in RESULT_COLUMNS}
    RecordDialog("评议意见和处置", RESULT_COLUMNS, known, save, over or page, who=row.name).open()


def leave_out(page: Page, row: Any) -> None:
    """Takes a member off the list."""
    with page.workspace.writing(f"把{row.name}移出民主评议名单") as session:
        appraisals.leave_out(session, row.id)
    page.say(f"已把{row.name}移出名单；按 Ctrl+Z 撤销。")


class BallotsDialog(RecordDialog):
    """Asks which ballots and how many; nothing is saved, so it opens over a file that can only be read too."""

    def open(self) -> None:
        QDialog.open(self)


def ask_for_ballots(page: Page, _rows: Sequence[Any] = ()) -> None:
    """Which ballots and how many of them; then they are shown as they will be printed."""
    view = page.view_shown()
    with page.workspace.reading() as session:
        nodes = {each.name: each.id for each in organisation.branches(session)}
    columns = (
        Column("branch", "党支部", Choice(tuple(nodes)), 18, required=True),
        Column("kind", "样式", Choice(tuple(_KINDS)), 24, required=True),
        Column("copies", "张数", NUMBER, 6, required=True),
    )
    usual = next((name for name, number in nodes.items() if number == view.branch_id), next(iter(nodes), None))

    def show(values: Values) -> None:
        copies = values["copies"]
        if not 1 <= copies <= _MOST_BALLOTS:
            raise FieldError("copies", f"张数应在 1 至 {_MOST_BALLOTS} 之间。")
        own = replace(view, branch_id=nodes[values["branch"]], period=Period.of_year(view.period.year))
        records = papers_of(page, _KINDS[values["kind"]], own)
        if not records:
            raise FieldError("branch", f"{values['branch']}还没有可以评议的正式党员。")
        preview(page, f"{view.period.year}年度民主评议测评票", drawing(_KINDS[values["kind"]], records * copies))

    known = {"branch": usual, "kind": next(iter(_KINDS)), "copies": _ballots_wanted(page, view, nodes.get(usual or ""))}
    dialog = BallotsDialog("打印民主评议测评票", columns, known, show, page)
    dialog.save_button.setText("预览")
    dialog.open()


def _ballots_wanted(page: Page, view: View, branch_id: int | None) -> int:
    """As many ballots as members take part, one while that is not known."""
    if branch_id is None:
        return 1
    with page.workspace.reading() as session:
        held = appraisals.of_year(session, branch_id, view.period.year)
        return (held.attended or held.due or 1) if held is not None else 1


def print_sheets(page: Page, rows: Sequence[Any]) -> None:
    """Shows the sheets F32 of the rows chosen, of everybody where it is one at most."""
    chosen = [row.id for row in rows] if len(rows) > 1 else None
    preview_paper(page, SHEETS, page.view_shown(), chosen)
