"""Settings of dues: the collection day, and the dated rules by which dues are worked out."""

from decimal import Decimal
from typing import Any

from gui.messages import ask
from gui.page import Page
from gui.parts.cards import Card, button, column, label, row
from gui.parts.chooser import Chooser
from gui.parts.fields import Field
from gui.parts.inline_form import InlineForm
from gui.parts.ledger_view import LedgerView
from gui.settings.pay_items import ask_for_pay_items, in_words
from gui.settings.rules_dialog import EXAMPLE, RulesDialog
from gui.settings.section import Section
from gui.theme import scaled
from models import settings
from models.errors import UserError
from models.kinds import MONEY, NUMBER, Choice
from models.ledger import Column
from models.ledgers import holidays
from models.ledgers.dues.scales import scales
from models.records.dues import months, payscale, rulebook
from models.rules.cadence import SHIFTS
from models.rules.dues import DuesRules, assess
from models.rules.handing_up import CADENCES
from models.rules.periods import Month

_DAYS = (
    Column("collection_day", "每月收缴日", NUMBER, 7, required=True),
    Column("shift", "遇节假日", Choice(SHIFTS), 14, required=True),
)
_HANDING_UP = (
    Column("remit_cadence", "多久上缴一次", Choice(tuple(CADENCES)), 9, required=True),
    Column("remit_percent", "上缴比例（%）", MONEY, 7, required=True),
)


class RulesSection(Section):
    """The collection day with what it gives this year, the sets of rules, and a value to try them on."""

    def __init__(self, page: Page) -> None:
        self.days = InlineForm(_DAYS, self._save_days)
        self.this_year = label("", "quiet", wrap=True)
        self.table = LedgerView("还没有党费标准。")
        self.table.setMinimumHeight(150)
        self.table.chosen.connect(lambda _row: self._try_out())
        self.table.opened.connect(lambda _row: self.change_rules())
        self.who = Chooser("试算类别", letters=6)
        self.who.picked.connect(lambda _name: self._try_out())
        self.base = Field(Column("base", "基数", MONEY, 10))
        self.base.widget.setMaximumWidth(scaled(page, 130))
        self.base.set_value(EXAMPLE)
        self.base.changed.connect(self._try_out)
        self.result = label("", "strong")
        self._rules: dict[Month, DuesRules] = {}
        self._documents: dict[Month, Any] = {}
        self._opened: Month | None = None
        tools = row(
            button("从某个月起用新标准", self.begin_rules, primary=True),
            button("修改选中的标准", self.change_rules),
            button("删除选中的标准", self.ask_to_remove, flat=True),
            1,
        )
        test = row(label("试算", "quiet"), self.who, label("基数", "quiet"), self.base, self.result, 1)
        note = label("已经开账的月份按当时的标准算好，改标准不会改变它们。", "quiet", wrap=True)
        self.items = label("", "quiet", wrap=True)
        items = row(self.items, button("修改工资项目…", lambda: ask_for_pay_items(page)))
        items.setStretch(0, 1)
        self.remitting = InlineForm(_HANDING_UP, self._save_handing_up)
        days = column(row(self.days, self.remitting, 1, spacing=30), self.this_year, spacing=8)
        self.days.setMinimumWidth(scaled(page, 330))
        super().__init__(
            page,
            Card(days, title="收缴日和上缴"),
            Card(note, self.table, tools, test, title="党费标准", aside="双击修改"),
            Card(items, title="工资项目", aside="核定缴费基数用（F02）"),
        )
        self.column.setStretch(1, 1)

    def reload(self) -> None:
        today = self.workspace.view.today
        with self.workspace.reading() as session:
            chosen = settings.read(session)
            self.days.show_values(vars(chosen))
            self.remitting.show_values(vars(chosen) | {"remit_percent": chosen.percent_handed_up})
            found = holidays.collection_days(session, today.year)
            shown = scales(session)
            self._documents = dict(rulebook.documents(session))
            self._opened = max(months.opened(session), default=None)
            items = payscale.documents(session)
        self.items.setText(in_words(items[max(items)]))
        self._rules = {month: DuesRules.parse(document) for month, document in self._documents.items()}
        self.this_year.setText(
            f"{today.year}年：" + "、".join(f"{day.month}月{day.day}日" for day in found) + "。已经开账的月份不变。"
        )
        self.table.show_sheet(shown)
        self.who.offer([(name, name) for name in self._rules[max(self._rules)].categories])
        if self.table.current_row() is None:
            self.table.select(lambda _row: True)
        self._try_out()

    def begin_rules(self) -> None:
        """Opens a new set of rules that begins as the latest one stands."""
        latest = self._documents[max(self._documents)]
        begin = (self._opened or Month.of(self.workspace.view.today)) + 1
        self._open({**latest, "from": str(begin)})

    def change_rules(self) -> None:
        """Opens the chosen set of rules."""
        self._open(dict(self._documents[self._chosen()]))

    def ask_to_remove(self) -> None:
        """Asks, then takes the chosen set away when it is one of the secretary's own."""
        month = self._chosen()
        with self.workspace.reading() as session:
            after = rulebook.without(session, month)
        used = self._opened is not None and month <= self._opened
        kept = f"到{self._opened.chinese}为止的月份已经开账，应交不变。" if used and self._opened is not None else ""
        then = f"以后的月份改用从{after.chinese}起的标准。" if after is not None else "在它以前没有别的标准。"
        ask(
            self,
            f"删除从{month.chinese}起的党费标准？",
            yes="删除",
            no="不删除",
            detail=f"{kept}{then}按 Ctrl+Z 可以撤销。",
            then=lambda: self._remove(month),
        )

    def _open(self, document: dict[str, Any]) -> None:
        RulesDialog(document, self._opened, self._save_rules, self).open()

    def _save_rules(self, document: dict[str, Any]) -> None:
        month = Month.parse(document["from"])
        with self.workspace.writing(f"修改{month.chinese}起的党费标准") as session:
            rulebook.save(session, document)
        self.page.say(f"党费标准已保存，从{month.chinese}起用；已经开账的月份不变。")

    def _remove(self, month: Month) -> None:
        with self.workspace.writing(f"删除{month.chinese}起的党费标准") as session:
            rulebook.remove(session, month)
        self.page.say(f"已删除从{month.chinese}起的党费标准；按 Ctrl+Z 撤销。")

    def _chosen(self) -> Month:
        chosen = self.table.current_row()
        if chosen is None:
            raise UserError("请先在表里选一套标准。")
        month: Month = chosen.id
        return month

    def _save_days(self, changed: dict[str, Any]) -> None:
        with self.workspace.writing("修改收缴日") as session:
            settings.change(session, **changed)
        self.page.say("收缴日已保存，从下一个开账的月份起用。")

    def _save_handing_up(self, changed: dict[str, Any]) -> None:
        if "remit_percent" in changed:
            changed["remit_percent"] = f"{changed['remit_percent']:.2f}"
        with self.workspace.writing("修改上缴办法") as session:
            settings.change(session, **changed)
        self.page.say("上缴办法已保存，从下一次登记上缴起用；已经上缴的不变。")

    def _try_out(self) -> None:
        chosen = self.table.current_row()
        if chosen is None or chosen.id not in self._rules:
            return
        try:
            base: Decimal | None = self.base.value()
            due = assess(self._rules[chosen.id], self.who.value(), base)
        except ValueError as problem:
            self.result.setText(str(problem))
        else:
            self.result.setText(due.working)
