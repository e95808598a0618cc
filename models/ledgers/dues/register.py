"""F01, the year register: one row a member, twelve months, what was due and paid, up to which month."""

from collections.abc import Callable
from dataclasses import make_dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from models import codes
from models.kinds import MONEY, MONTH, PERSON, TEXT
from models.ledger import Column, Ledger, View
from models.ledgers.dues.cells import DUES_RATE, REGISTER_MONTH, MonthCell
from models.ledgers.dues.past_registers import MONTH_KEYS, fitted, save
from models.ledgers.members.roster import RECORD_NUMBER
from models.records.dues import assessments, rulebook
from models.records.dues.months import owes
from models.records.dues.past import MARK
from models.records.dues.standing import ZERO, Books, Standing
from models.records.members.members import IN_THE_BRANCH, Member
from models.records.members.timeline import Timeline
from models.rules.dues import ROUNDINGS, DuesRules, percent, rules_for
from models.rules.periods import Month

RegisterRow = make_dataclass(
    "RegisterRow",
    [
        "id",
        "name",
        "dues_category",
        "base",
        "rate",
        "monthly",
        *MONTH_KEYS,
        "due",
        "paid",
        "paid_until",
        "remark",
        "initials",
    ],
    frozen=True,
    slots=True,
)


def register_rows(session: Session, view: View) -> list[Any]:
    """One row for each member who is in the branch or has a due or a payment in the year."""
    books = Books(session, view.branch_id)
    is_here = _presence(session, view)
    if view.as_of is not None:
        books.look_back(session, view.as_of)
    known = assessments.by_member(session)
    rules = rulebook.read(session)
    year = [Month(view.period.year, number) for number in range(1, 13)]
    rows = []
    for member in books.members:
        standings = [books.standing(member, month) for month in year]
        touched = any(each.due is not None or each.paid for each in standings)
        here = is_here(member)
        if touched or (here and any(owes(member, month) for month in year)):
            shown = _latest(standings) or _assessed(member, known.get(member.id, []), rules, view.month)
            rows.append(_row(books, member, year, standings, shown, "" if here else _away(member)))
    return rows


def _presence(session: Session, view: View) -> Callable[[Member], bool]:
    """Whether a member is in the branch, or was on the earlier day that is looked at."""
    if view.as_of is None:
        return lambda member: member.status == IN_THE_BRANCH
    day, known = view.as_of, Timeline(session)
    return lambda member: known.present(member, day)


def _latest(standings: list[Standing]) -> Standing | None:
    with_due = [each for each in standings if each.due is not None]
    return with_due[-1] if with_due else None


def _assessed(
    member: Member, own: list[assessments.Assessment], rules: list[DuesRules] | Any, month: Month
) -> Standing | None:
    """What the member would owe, for a year in which no month has been opened yet."""
    ground = assessments.ground_of(member, own, month)
    try:
        due = assessments.worked_out(rules_for(month, rules), ground)
    except ValueError:
        return None
    return Standing(due.amount, ZERO, "not_due", due.working, due.source, ground.category, ground.base, due.rate)


def _away(member: Member) -> str:
    """Why somebody is not in the branch: not any more, or on an earlier day not yet."""
    return member.status if member.status != IN_THE_BRANCH else "未转入"


def _row(
    books: Books, member: Member, year: list[Month], standings: list[Standing], shown: Standing | None, away: str
) -> Any:
    cells = {
        key: month_cell(books, member, month, standing)
        for key, month, standing in zip(MONTH_KEYS, year, standings, strict=True)
    }
    fixed = shown is not None and shown.rate is None and shown.source != MARK
    return RegisterRow(
        id=member.id,
        name=member.name,
        dues_category=shown.category if shown else None,
        base=None if shown is None or fixed else shown.base,
        rate=ZERO if fixed else shown.rate if shown else None,
        monthly=shown.due if shown else None,
        **cells,
        due=sum((each.due or ZERO for each in standings), ZERO),
        paid=sum((each.paid for each in standings), ZERO),
        paid_until=paid_until(books, member),
        remark=away or _remark(standings),
        initials=member.initials,
    )


def month_cell(books: Books, member: Member, month: Month, standing: Standing) -> MonthCell:
    """A member's month as the register shows it; late once a later month is open or the month before is unpaid too."""
    late = standing.state == "unpaid" and (month < books.opened[-1] or books.run(member, month) > 1)
    return MonthCell(standing, books.is_open(month), late)


def paid_until(books: Books, member: Member) -> Month | None:
    """The last month of the unbroken row of months paid or exempt, among all opened and prepaid ones."""
    settled = None
    for month in sorted(books.touched.get(member.id, ())):
        standing = books.standing(member, month)
        if standing.state not in ("paid", "exempt") and not (standing.due is None and standing.paid > 0):
            break
        settled = month
    return settled


def _remark(standings: list[Standing]) -> str | None:
    if any(each.state == "unpaid" for each in standings):
        return "欠交"
    if any(each.state == "part" for each in standings):
        return "部分欠交"
    return "未核定" if any(each.state == "unassessed" for each in standings) else None


def _rates_note(session: Session, view: View) -> str:
    """The foot of the register: the scale in force, said in words from the rules themselves."""
    try:
        rules = rules_for(view.month, rulebook.read(session))
    except ValueError as error:
        return str(error)
    said = []
    for name, words in (("在职", "在职党员月工资收入（税后）"), ("离退休", "离退休党员")):
        lower: Decimal | None = None
        parts = []
        for band in rules.categories[name].bands:
            start = "" if lower is None else f"{lower:.0f}元以上"
            end = (
                ""
                if band.up_to is None
                else f"{'至' if start else ''}{band.up_to:.0f}元{'' if start else '以下'}（含）"
            )
            parts.append(f"{start}{end}交{percent(band.rate)}")
            lower = band.up_to
        said.append(words + "，".join(parts))
    back = f"这是截至 {view.as_of} 的收缴情况。" if view.as_of is not None else ""
    return f"{back}说明：{'；'.join(said)}。{ROUNDINGS[rules.rounding][2]}。实交栏为空者未交或未到期。"


DUES_REGISTER = Ledger(
    name="dues_register",
    title="党费收缴登记表",
    columns=(
        Column("name", "姓名", PERSON, 10),
        Column("dues_category", "类别", codes.DUES_CATEGORY, 7),
        Column("base", "交纳基数", MONEY, 10),
        Column("rate", "比例", DUES_RATE, 6),
        Column("monthly", "月应交", MONEY, 8, totalled=True),
        *(Column(key, f"{number}月", REGISTER_MONTH, 8, totalled=True) for number, key in enumerate(MONTH_KEYS, 1)),
        Column("due", "全年应交", MONEY, 10, totalled=True),
        Column("paid", "全年实交", MONEY, 10, totalled=True),
        Column("paid_until", "交至年月", MONTH, 8),
        Column("remark", "备注", TEXT, 8),
        RECORD_NUMBER,
    ),
    rows=register_rows,
    save=save,
    fitted=fitted,
    span="year",
    lines=("填报单位（盖章）：{unit}", "收缴人：{maker}", "单位：元"),
    note=_rates_note,
    capitals_of="paid",
    as_of=True,
    empty="这一年还没有开账的月份。请先在收缴日开账。",
)
