"""Settings of dues: the collection day and days of rest, and the dated rules by which dues are worked out."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from gui.cards import Card, button, label, row
from gui.page import Page
from gui.record_dialog import RecordDialog
from gui.settings_section import Facts, Section
from models import settings
from models.errors import FieldError
from models.kinds import MONEY, MONTH, NUMBER, PARTIAL_DAY, TEXT, Choice
from models.ledger import Column
from models.records import rulebook
from models.records.months import collection_day
from models.rules.cadence import SHIFTS
from models.rules.dues import ROUNDINGS, DuesRules, assess, percent, rules_for
from models.rules.periods import Month, PartialDate

_DAYS = (
    Column("collection_day", "每月收缴日", NUMBER, 6, required=True),
    Column("shift", "遇节假日", Choice(SHIFTS), 20, required=True),
    Column("holidays", "另加的放假日", TEXT, 40),
    Column("workdays", "另加的上班日", TEXT, 40),
)
_RULES = (
    Column("from", "从哪个月起", MONTH, 10, required=True),
    Column("rounding", "取整", Choice(tuple(ROUNDINGS)), 12, required=True),
    Column("cap", "每月上限（元）", MONEY, 10, required=True),
    Column("large_extra", "大额党费起点（元）", MONEY, 10, required=True),
    Column("farmer", "农民每月（元）", MONEY, 8, required=True),
    Column("source", "依据", TEXT, 40),
)
_EXAMPLE = Decimal("7420.00")
_SHOWN = ("在职", "离退休", "年薪", "个体")


class RulesSection(Section):
    """The collection day, days of rest, and the scale in force."""

    def __init__(self, page: Page) -> None:
        self.days, self.rules = Facts(), Facts()
        self.example = label("", "quiet", wrap=True)
        days = Card(self.days, row(button("修改收缴日和节假日", self._change_days), 1), title="收缴日")
        note = label("新标准从填写的月份起用；已经开账的月份不会改变。", "quiet", wrap=True)
        rules = Card(
            self.rules, self.example, note, row(button("修改党费标准", self._change_rules), 1), title="党费标准"
        )
        super().__init__(page, days, rules, 1)

    def reload(self) -> None:
        with self.workspace.reading() as session:
            chosen = settings.read(session)
            rules = rules_for(chosen.month, rulebook.read(session))
        found = collection_day(chosen, chosen.month)
        self.days.show_facts(
            [
                ("每月收缴日", f"{chosen.collection_day} 日，遇节假日{chosen.shift}"),
                ("本月收缴日", f"{found.year}年{found.month}月{found.day}日"),
                ("节假日", "程序带有 2024 至 2026 年的放假安排；以后的年份公布后请加在这里"),
                ("另加的放假日", "、".join(chosen.holidays) or "没有"),
                ("另加的上班日", "、".join(chosen.workdays) or "没有"),
            ]
        )
        scales = [(name, _scale(rules, name)) for name in _SHOWN]
        fixed = [f"{name} {rule.fixed:.2f} 元" for name, rule in rules.categories.items() if rule.fixed is not None]
        self.rules.show_facts(
            [
                ("起用月份", f"{rules.from_month.chinese}　{rules.source}"),
                *scales,
                ("定额", "，".join(fixed)),
                ("取整", ROUNDINGS[rules.rounding][2]),
                ("上限", f"每月 {rules.cap:,.2f} 元；一次多交 {rules.large_extra:,.2f} 元以上为大额党费"),
            ]
        )
        self.example.setText(f"试算：{assess(rules, '在职', _EXAMPLE).working}")

    def _change_days(self) -> None:
        with self.workspace.reading() as session:
            chosen = settings.read(session)
        values = {
            "collection_day": chosen.collection_day,
            "shift": chosen.shift,
            "holidays": "、".join(chosen.holidays),
            "workdays": "、".join(chosen.workdays),
        }
        RecordDialog("收缴日和节假日（日期用顿号隔开）", _DAYS, values, self._save_days, self).open()

    def _save_days(self, values: dict[str, Any]) -> None:
        days = {key: _days(key, values[key]) for key in ("holidays", "workdays")}
        with self.workspace.writing("修改收缴日") as session:
            settings.change(session, collection_day=values["collection_day"], shift=values["shift"], **days)
        self.page.say("收缴日已保存，从下一个开账的月份起用。")

    def _change_rules(self) -> None:
        with self.workspace.reading() as session:
            month = settings.read(session).month
            document = _in_force(rulebook.documents(session), month)
        values = {
            "from": month,
            "rounding": document["rounding"],
            "cap": Decimal(document["cap"]),
            "large_extra": Decimal(document["large_extra"]),
            "farmer": Decimal(document["categories"]["农民"]["fixed"]),
            "source": document["source"],
        }
        RecordDialog("党费标准", _RULES, values, lambda typed: self._save_rules(document, typed), self).open()

    def _save_rules(self, document: Mapping[str, Any], values: dict[str, Any]) -> None:
        farmer = dict(document["categories"]["农民"])
        if not Decimal(farmer["least"]) <= values["farmer"] <= Decimal(farmer["most"]):
            raise FieldError("farmer", f"农民党员每月应在 {farmer['least']} 元至 {farmer['most']} 元之间。")
        changed = dict(document) | {
            "from": str(values["from"]),
            "rounding": values["rounding"],
            "cap": str(values["cap"]),
            "large_extra": str(values["large_extra"]),
            "source": values["source"] or document["source"],
            "categories": {**document["categories"], "农民": farmer | {"fixed": str(values["farmer"])}},
        }
        with self.workspace.writing("修改党费标准") as session:
            rulebook.save(session, changed)
        self.page.say(f"党费标准已保存，从{values['from'].chinese}起用。")


def _in_force(documents: Mapping[Month, Mapping[str, Any]], month: Month) -> Mapping[str, Any]:
    return documents[max(each for each in documents if each <= month)]


def _scale(rules: DuesRules, name: str) -> str:
    """A category's bands in words."""
    parts = []
    for band in rules.categories[name].bands:
        limit = f"{band.up_to:.0f} 元以下（含）" if band.up_to is not None else "以上"
        parts.append(f"{limit} {percent(band.rate)}")
    return "，".join(parts)


def _days(field: str, text: str | None) -> tuple[str, ...]:
    """The days in a text, each as YYYY-MM-DD; FieldError where one is none."""
    found = []
    for part in (text or "").replace("，", "、").replace(",", "、").split("、"):
        if not part.strip():
            continue
        try:
            day = PARTIAL_DAY.read(part)
        except ValueError as error:
            raise FieldError(field, str(error)) from None
        if not isinstance(day, PartialDate) or day.full is None:
            raise FieldError(field, f"“{part.strip()}”没有写到日。")
        found.append(str(day))
    return tuple(sorted(set(found)))
