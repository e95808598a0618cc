"""Settings of organisation life: the fixed days of a month, and the list of duties that are judged."""

from typing import Any

from gui.life import duty_forms
from gui.page import Page
from gui.papers.sheet_files import export_sheet, preview_sheet
from gui.parts.cards import Card, button, column, label, row
from gui.parts.inline_form import InlineForm
from gui.parts.ledger_view import LedgerView
from gui.settings.section import Section
from gui.theme import scaled
from models import settings
from models.errors import UserError
from models.kinds import MONTH, NUMBER
from models.ledger import Column, Sheet
from models.ledgers.life.obligations import OBLIGATIONS, OFF, ON
from models.ledgers.phrases import short
from models.ledgers.sheets import sheet
from models.records.life import plans
from models.rules.periods import Month

_DAYS = (
    Column("theme_day", "每月固定党日", NUMBER, 7, required=True),
    Column("study_day", "每月固定学习日", NUMBER, 7, required=True),
    Column("life_since", "从哪个月起核对", MONTH, 9),
)
_SHOWN = 3  # months to come of which the days are told


class LifeSection(Section):
    """The fixed days with what they give in the next months, and the duties that are switched on."""

    def __init__(self, page: Page) -> None:
        self.days = InlineForm(_DAYS, self._save_days)
        self.days.setMinimumWidth(scaled(page, 330))
        self.coming = label("", "quiet", wrap=True)
        words = label(
            "不固定的写 0。遇放假按“党费规则”里收缴日的办法移动；党费日就是那里的收缴日。安排活动时按这些日子拟日期。",
            "quiet",
            wrap=True,
        )
        self.table = LedgerView("没有规定动作。")
        self.table.setMinimumHeight(300)
        self.table.opened.connect(lambda chosen: duty_forms.ask_for_duty(self.page, chosen))
        self.table.chosen.connect(lambda _row: self._show_deeds())
        self.on_button = button("启用", lambda: self._switch(on=True))
        self.off_button = button("停用", lambda: self._switch(on=False))
        self.remove_button = button("删除", self._remove, flat=True)
        change = button("修改…", lambda: duty_forms.ask_for_duty(self.page, self._row()))
        add = button("新增规定动作…", lambda: duty_forms.ask_for_duty(self.page), primary=True)
        tools = row(self.on_button, self.off_button, change, self.remove_button, 1, add, spacing=8)
        note = label("启用的才核对，从启用的月份起；以前的不追算。地方做法默认停用。", "quiet", wrap=True)
        days = row(self.days, column(words, self.coming, 1, spacing=6), spacing=24)
        days.setStretch(1, 1)
        super().__init__(
            page,
            Card(days, title="固定日和核对起点"),
            Card(note, tools, title="规定动作清单", aside="双击修改"),
            self.table,
        )
        self.column.setStretch(2, 1)

    def reload(self) -> None:
        with self.workspace.reading() as session:
            chosen = settings.read(session)
            filled = sheet(session, OBLIGATIONS, self.workspace.view)
            coming = self._coming(session)
        since = Month.parse(chosen.life_since) if chosen.life_since else None
        self.days.show_values({"theme_day": chosen.theme_day, "study_day": chosen.study_day, "life_since": since})
        self.coming.setText(coming)
        self.table.show_sheet(filled)
        self._show_deeds()

    def export(self) -> None:
        export_sheet(self.page, self._filled())

    def print_out(self) -> None:
        preview_sheet(self.page, self._filled())

    def _coming(self, session: Any) -> str:
        """The fixed days of the next months as they fall."""
        months = [Month.of(self.workspace.view.today) + ahead for ahead in range(1, _SHOWN + 1)]
        said = []
        for name, kind in (("党日", plans.THEME_DAY), ("学习日", "group_study")):
            days = [day for month in months if (day := plans.fixed_day(session, kind, month)) is not None]
            said.append(f"{name}：{'、'.join(short(day) for day in days)}" if days else f"{name}：不固定")
        return "接下来三个月　" + "　".join(said)

    def _save_days(self, changed: dict[str, Any]) -> None:
        if "life_since" in changed:
            changed["life_since"] = str(changed["life_since"] or "")
        with self.workspace.writing("修改组织生活固定日") as session:
            settings.change(session, **changed)
        self.page.say("组织生活的固定日已保存。")

    def _show_deeds(self) -> None:
        rows = self.table.selected_rows()
        self.on_button.setEnabled(any(each.mark == OFF for each in rows))
        self.off_button.setEnabled(any(each.mark == ON for each in rows))
        self.remove_button.setEnabled(len(rows) == 1 and rows[0].id.startswith("own_"))

    def _switch(self, on: bool) -> None:
        duty_forms.switch(self.page, [each for each in self.table.selected_rows() if (each.mark == ON) is not on], on)

    def _remove(self) -> None:
        duty_forms.ask_to_remove(self.page, self._row())

    def _row(self) -> Any:
        chosen = self.table.current_row()
        if chosen is None:
            raise UserError("请先在表里选一行。")
        return chosen

    def _filled(self) -> Sheet:
        assert self.table.sheet is not None
        return self.table.sheet
