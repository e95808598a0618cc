"""Registers F01 of past years as they come in: our own, and those kept by hand with sums, pairs and ticks."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from models.errors import FieldError, UserError
from models.kinds import DAY, ID_NUMBER, MONEY, NAME, TEXT, Align, Money, Number, Raw, tidy
from models.ledger import Column, Ledger, Outcome, Values, View
from models.records.dues.past import Paper, PastMonth, Shelf, take_year
from models.records.members.members import Member
from models.records.members.people import People
from models.rules import past
from models.rules.past import EXEMPT, TICKED, Line
from models.rules.periods import EARLIEST_YEAR, LATEST_YEAR, Month

MONTH_KEYS = tuple(f"month_{number}" for number in range(1, 13))
_DUE_KEYS = tuple(f"due_{number}" for number in range(1, 13))
_QUARTER_KEYS = tuple(f"quarter_{number}" for number in range(1, 5))
_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_EXEMPT_WORDS = frozenset({"免", "免交", "免缴"})
_TICKS = frozenset({"√", "✓", "✔", "☑", "已交", "已缴", "交", "缴", "已收", "是"})
_UNPAID_WORDS = frozenset({"未", "欠", "未交", "未缴", "欠交", "欠缴", "×", "✗", "约", "约定后交", "未核定", "不应交"})


class PaidCell(Money):
    """What stands under a month: an amount, 免, a tick for what was due, or a word for nothing."""

    def read(self, raw: Raw) -> Any:
        text = tidy(raw)
        if text in _EXEMPT_WORDS:
            return EXEMPT
        if text in _TICKS:
            return TICKED
        return None if text in _UNPAID_WORDS else super().read(raw)

    def show(self, value: Any) -> str:
        return value if isinstance(value, str) else super().show(value)


class Year(Number):
    """A year of the calendar, also as 2024年度."""

    align: Align = "centre"

    def read(self, raw: Raw) -> int | None:
        text = tidy(raw)
        year = super().read(text.removesuffix("度").removesuffix("年") if isinstance(raw, str) else raw)
        if year is not None and not EARLIEST_YEAR <= year <= LATEST_YEAR:
            raise ValueError(f"“{text}”不是年份。")
        return year

    def show(self, value: Any) -> str:
        return "" if value is None else str(value)


YEAR, PAID_CELL = Year(), PaidCell()


def _months() -> list[Column]:
    """Two columns a month: what was paid, and what was due where the register says so; then the quarters."""
    found = []
    for number, (key, due_key, numeral) in enumerate(zip(MONTH_KEYS, _DUE_KEYS, _NUMERALS, strict=True), 1):
        names = (f"{number}月", f"{number}月份", f"{numeral}月", f"{numeral}月份", f"{number:02d}月")
        paid = tuple(
            name + word for name in names for word in ("实交", "实收", "实交金额", "已交", "金额", "交纳", "交费")
        )
        due = tuple(name + word for name in names for word in ("应收", "应交金额"))
        found.append(Column(key, f"{number}月", PAID_CELL, 8, synonyms=(*names[1:], *paid)))
        found.append(
            Column(due_key, f"{number}月应交", MONEY, 8, synonyms=(*(f"{each}应交" for each in names[1:]), *due))
        )
    for number, key in enumerate(_QUARTER_KEYS, 1):
        quarter = (f"第{_NUMERALS[number - 1]}季度", f"{_NUMERALS[number - 1]}季度", f"{number}季度", f"第{number}季度")
        sums = tuple(name + word for name in quarter for word in ("小计", "合计", "实交", "实交小计"))
        found.append(Column(key, f"{_NUMERALS[number - 1]}季度小计", MONEY, 9, synonyms=(*quarter, *sums)))
    return found


def fitted(_session: Session, ledger: Ledger, view: View | None) -> Ledger:
    """For an import, the columns that registers of past years have; else the ledger as it is."""
    if view is not None:
        return ledger
    columns = (
        Column("name", "姓名", NAME, 10, required=True),
        Column("id_number", "公民身份号码", ID_NUMBER, 20),
        Column("birth_date", "出生日期", DAY, 11),
        Column("year", "年度", YEAR, 6, synonyms=("收缴年度", "年份", "交纳年度")),
        Column("dues_category", "类别", TEXT, 7, synonyms=("党费类别", "党员类别", "人员类别")),
        Column("base", "交纳基数", MONEY, 10, synonyms=("缴费基数", "党费基数", "月工资收入", "工资收入")),
        Column(
            "monthly", "月应交", MONEY, 8, synonyms=("每月应交", "月应交党费", "月应交金额", "党费月标准", "月标准")
        ),
        *_months(),
        Column("due", "全年应交", MONEY, 10, synonyms=("年应交", "应交合计", "全年应交合计", "全年应收")),
        Column("paid", "全年实交", MONEY, 10, synonyms=("年实交", "实交合计", "全年实交合计", "全年合计", "全年实收")),
        Column("remark", "备注", TEXT, 8),
        ledger.columns[-1],
    )
    return replace(ledger, columns=columns)


def save(session: Session, rows: Sequence[Values], view: View) -> list[Outcome]:
    """Enters one member's year a row; what is known just so stays as it is, what is known otherwise is refused."""
    people, shelf = People(session, view.branch_id), Shelf(session, view.today)
    outcomes = []
    for values in rows:
        try:
            member = _numbered(session, values) or people.named(values)
            taken = take_year(shelf, member, _lines(shelf, member, values), _paper(values))
            outcomes.append(Outcome("added" if taken else "unchanged", member.id))
        except FieldError as error:
            outcomes.append(Outcome("refused", field=error.field, why=str(error)))
        except UserError as error:
            outcomes.append(Outcome("refused", field="name", why=str(error)))
    return outcomes


def _numbered(session: Session, values: Values) -> Member | None:
    """The member of the record number in the row, where the name says so too: namesakes of our own register."""
    text = str(values.get("id") or "")
    member = session.get(Member, int(text)) if text.isdecimal() and len(text) < 10 else None
    return member if member is not None and member.name == values.get("name") else None


def _lines(shelf: Shelf, member: Member, values: Values) -> list[PastMonth]:
    """The months of a row; FieldError where its figures contradict each other, or no year is known."""
    year = values.get("year")
    if year is None:
        raise FieldError(
            "year", "不知道是哪一年的：请在表的标题里写明年度，如“2024年度党费收缴登记表”，或者加一列“年度”。"
        )
    paid = [values.get(key) for key in MONTH_KEYS]
    dues = [values.get(key) for key in _DUE_KEYS]
    same = _as_known(shelf, member, year, paid)
    if same and not any(dues):
        return []
    if not any(paid) and not any(dues):
        if any(values.get(key) for key in (*_QUARTER_KEYS, "paid")):
            raise FieldError("paid", "只有合计，没有各月的数，不知道交的是哪几个月，请写明各月。")
        return []
    line = Line(
        paid, dues, values.get("monthly"), values.get("due"), values.get("paid"), [values.get(k) for k in _QUARTER_KEYS]
    )
    try:
        found = past.months_due(line)
    except ValueError as error:
        raise FieldError("paid", str(error)) from None
    stated = any(due is not None for due in dues)
    return [PastMonth(Month(year, each.number), each.due, each.paid, stated) for each in found]


def _as_known(shelf: Shelf, member: Member, year: int, paid: Sequence[past.Cell]) -> bool:
    """Whether the file holds for each month just the amount that the row has, as after an export of our own."""
    amounts = [cell if isinstance(cell, Decimal) else Decimal(0) for cell in paid]
    held = [shelf.paid.get((member.id, Month(year, number)), Decimal(0)) for number in range(1, 13)]
    has = any((member.id, Month(year, number)) in shelf.dues for number in range(1, 13))
    return amounts == held and has and TICKED not in paid


def _paper(values: Values) -> Paper:
    return Paper(f"{values.get('year')}年度党费收缴登记表", values.get("dues_category"), values.get("base"))
