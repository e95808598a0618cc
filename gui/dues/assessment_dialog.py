"""Assessing a member's due: category and base or a sum set by decision, with what it gives worked out while typing."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from gui.page import Page
from gui.parts.cards import fill, label
from gui.parts.record_dialog import RecordDialog, Save
from gui.theme import scaled
from gui.workspace import Workspace
from models.kinds import MONEY
from models.ledgers.dues.assessments import DUES_ASSESSMENTS
from models.ledgers.dues.explained import Preview, preview
from models.records.dues import assessments, months
from models.records.dues.assessments import Assessment
from models.records.members.members import find_by_id
from models.rules.periods import Month

_BANDS: Mapping[str, tuple[str, ...]] = {
    "按基数计算": ("dues_category", "dues_base", "from_month", "reason"),
    "少交、免交等由支部研究决定的（一般不填）": ("amount", "to_month", "decided_on", "approved_on", "approval_no"),
}
WorkOut = Callable[[Mapping[str, Any]], Preview]
_COLUMNS = {column.key: column for column in DUES_ASSESSMENTS.columns}
COLUMNS = tuple(replace(_COLUMNS[key], band=band) for band, keys in _BANDS.items() for key in keys)


class AssessmentDialog(RecordDialog):
    """The form of an assessment; under it stands what it gives, and why it gives nothing."""

    chapter = "assess"

    def __init__(
        self, title: str, who: str, values: Mapping[str, Any], save: Save, parent: QWidget, work_out: WorkOut
    ) -> None:
        super().__init__(title, COLUMNS, values, save, parent, who=who)
        self._work_out = work_out
        self.result_line = label("", "figure")
        self.reasons = label("", "quiet", wrap=True)
        panel = QFrame()
        panel.setProperty("panel", True)
        fill(QVBoxLayout(panel), self.result_line, self.reasons, spacing=4, margins=(14, 10, 14, 10))
        around = QWidget()
        fill(QVBoxLayout(around), panel, margins=(18, 0, 18, 0))
        layout = self.layout()
        assert isinstance(layout, QBoxLayout)
        layout.insertWidget(layout.count() - 1, around)
        self.setMinimumWidth(scaled(self, 480))
        for field in self.fields.values():
            field.changed.connect(self._show_result)
        self._show_result()

    def _show_result(self) -> None:
        found = self._work_out(self._values())
        self.result_line.setText("—" if found.amount is None else f"每月应交 {MONEY.show(found.amount)} 元")
        self.reasons.setText("\n".join(found.words))

    def _values(self) -> dict[str, Any]:
        """What is typed so far; a field that cannot be read yet counts as empty."""
        values: dict[str, Any] = {}
        for key, field in self.fields.items():
            try:
                values[key] = field.value()
            except ValueError:
                values[key] = None
        return values


def working_out(workspace: Workspace, member_id: int, month: Month) -> WorkOut:
    """What values would give for one member from a month on, with a word on months that stay as they are."""

    def work_out(values: Mapping[str, Any]) -> Preview:
        with workspace.reading() as session:
            found = preview(session, member_id, values, month)
            opened = months.opened(session)
        start = values.get("from_month")
        if not opened or (start is not None and start > opened[-1]):
            return found
        kept = f"已经开账的月份（至{opened[-1].chinese}）应交不变，没有入账的补入。"
        return replace(found, words=(*found.words, kept))

    return work_out


def ask_for_assessment(
    page: Page, member_id: int, name: str, month: Month, assessment_id: int | None = None
) -> AssessmentDialog:
    """Asks for a new assessment from `month` on, or changes the one numbered, and enters dues that waited for it."""
    with page.workspace.reading() as session:
        member = find_by_id(session, member_id)
        if assessment_id is not None:
            known = session.get_one(Assessment, assessment_id)
            values = {column.key: getattr(known, column.key) for column in COLUMNS}
        else:
            own = assessments.by_member(session).get(member_id, ())
            ground = assessments.ground_of(member, [each for each in own if each.amount is None], month)
            values = {"dues_category": ground.category, "dues_base": ground.base, "from_month": month}
            values["reason"] = "年度核定" if month.number == 1 or not own else None

    def save(typed: dict[str, Any]) -> None:
        with page.workspace.writing(f"核定{name}的党费") as session:
            assessments.save_one(session, member_id, typed, assessment_id)
            today = page.workspace.view.today
            added = sum(months.open_month(session, each, today, [member_id]).added for each in months.opened(session))
        entered = f"，补入 {added} 个月的应交党费" if added else ""
        page.say(f"已核定{name}的党费{entered}。")

    title = "修改核定" if assessment_id else "核定党费"
    dialog = AssessmentDialog(title, name, values, save, page, working_out(page.workspace, member_id, month))
    dialog.open()
    return dialog
