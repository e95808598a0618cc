"""What the first page tells: how the month stands, what is to be done, what wants attention."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from models import settings
from models.kinds import TEXT, Choice, Tone
from models.ledger import Column, Sheet, View
from models.records import months
from models.records.members import IN_THE_BRANCH, PROBATIONARY, Member
from models.records.months import DuesMonth
from models.records.remittances import Agreement, agreement, waiting
from models.records.standing import ZERO, Books
from models.rules.arrears import SIX_MONTHS, warning
from models.rules.periods import Month

DONE, OPEN, TODAY, LATE, AHEAD = "已完成", "待办", "今天", "已逾期", "未到期"
STATE = Choice(
    (DONE, OPEN, TODAY, LATE, AHEAD), tones={DONE: "good", OPEN: "warn", TODAY: "warn", LATE: "bad", AHEAD: "quiet"}
)
_CHART_MONTHS = 12
_PROBATION_AHEAD = 62  # days before the end of a probation at which it is told


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to be done in the month, how far it is, and the page where it is dealt with."""

    duty: str
    rule: str
    progress: str
    state: str
    page: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that wants attention: its tag, whom it is about, what is the matter, and where to go for it."""

    tag: str
    tone: Tone
    name: str
    words: str
    page: str
    target: int | None


@dataclass(frozen=True, slots=True)
class MonthSums:
    """What was due and paid for one month, in yuan."""

    month: Month
    due: Decimal
    paid: Decimal


@dataclass(frozen=True)
class Overview:
    """All that the first page shows for the working month."""

    month: Month
    collection_day: date
    opened: bool
    due: Decimal
    paid: Decimal
    owing: int
    settled: int
    unpaid: tuple[str, ...]
    in_arrears: int
    duties: tuple[Duty, ...]
    notices: tuple[Notice, ...]
    birthdays: tuple[tuple[int, str, int], ...]
    chart: tuple[MonthSums, ...]


def overview(session: Session, view: View) -> Overview:
    """How the view's month stands on the view's day; birthdays are (day, name, years) of admission."""
    month = view.month
    opened = months.find(session, month)
    day = opened.collection_day if opened else months.collection_day(settings.read(session), month)
    books = Books(session, view.branch_id)
    standings = [(member, books.standing(member, month)) for member in books.concerned(month)] if opened else []
    owing = [(member, standing) for member, standing in standings if standing.due]
    unpaid = [member for member, standing in owing if standing.owed > 0]
    unassessed = [member for member, standing in standings if standing.state == "unassessed"]
    return Overview(
        month=month,
        collection_day=day,
        opened=opened is not None,
        due=sum((standing.due or ZERO for _, standing in owing), ZERO),
        paid=sum((standing.paid for _, standing in owing), ZERO),
        owing=len(owing),
        settled=len(owing) - len(unpaid),
        unpaid=tuple(member.name for member in unpaid),
        in_arrears=sum(books.run(member, month) > 1 for member in unpaid),
        duties=tuple(_duties(session, view, opened, day, len(unpaid), len(owing))),
        notices=tuple(_notices(books, view, unassessed)),
        birthdays=_birthdays(books.members, view),
        chart=_chart(books, month),
    )


def _duties(
    session: Session, view: View, opened: DuesMonth | None, day: date, unpaid: int, owing: int
) -> Sequence[Duty]:
    """The month's work on dues in the order it is done."""
    month = view.month
    due_day = f"每月 {day.day} 日" if opened is None else f"{day.month}月{day.day}日"
    if opened is None:
        return [
            Duty(
                "党费开账",
                "每月一次，收缴日之前",
                f"{month.chinese}还没有开账",
                _state(False, day, view.today),
                "collect",
            )
        ]
    found = agreement(session, month)
    waits = waiting(session, month)
    progress = f"已交 {owing - unpaid} 人，未交 {unpaid} 人" if unpaid else f"{owing} 人全部交清"
    handed = f"已上缴 {found.remitted:,.2f} 元" + (f"，待上缴 {waits:,.2f} 元" if waits > 0 else "")
    return [
        Duty("党费开账", "每月一次，收缴日之前", f"{_said(opened.opened_on)}已开账", DONE, "collect"),
        Duty("党费收缴", due_day, progress, _state(not unpaid, day, view.today), "collect"),
        Duty("党费上缴", "收齐后", handed, _after(found.remitted > 0 and waits <= 0, day, view.today), "dues"),
        Duty("上缴凭证", "上缴后", _vouched(found), _after(_is_vouched(found), day, view.today), "dues"),
        Duty(
            "当月结账", "登记、上缴、凭证三项相符", _closed(found), _after(_is_closed(found), day, view.today), "dues"
        ),
    ]


def _said(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _is_closed(found: Agreement) -> bool:
    return found.closed_on is not None


def _state(done: bool, day: date, today: date) -> str:
    if done:
        return DONE
    return TODAY if today == day else LATE if today > day else OPEN


def _after(done: bool, day: date, today: date) -> str:
    """The state of what follows the collection day."""
    return DONE if done else OPEN if today >= day else AHEAD


def _is_vouched(found: Agreement) -> bool:
    return found.remitted > 0 and found.vouched == found.remitted


def _vouched(found: Agreement) -> str:
    if found.remitted == 0:
        return "还没有上缴"
    return "凭证齐全" if found.vouched == found.remitted else f"还差 {found.remitted - found.vouched:,.2f} 元的凭证"


def _closed(found: Agreement) -> str:
    if found.closed_on is not None:
        return f"{found.closed_on.month}月{found.closed_on.day}日已结账"
    return "三项相符，可以结账" if found.agrees and found.registered > 0 else "三项还不相符"


def _notices(books: Books, view: View, unassessed: Sequence[Member]) -> list[Notice]:
    """The arrears by stage, then what else wants attention, the most pressing first."""
    arrears: list[tuple[int, Notice]] = []
    for member in books.members:
        run = books.run(member, view.month)
        if run > 1:
            tone: Tone = "bad" if run > 2 else "warn"
            words = f"{warning(run)}" + ("" if run != SIX_MONTHS - 1 else "，下月满六个月")
            arrears.append((run, Notice(f"欠交 {run} 个月", tone, member.name, words, "collect", member.id)))
    notices = [notice for _, notice in sorted(arrears, key=lambda each: -each[0])]
    notices += [Notice("未核定", "bad", m.name, "没有核定，本月不能收缴", "dues", m.id) for m in unassessed]
    present = [member for member in books.members if member.status == IN_THE_BRANCH]
    for member in present:
        if member.category == PROBATIONARY and member.joined_on is not None and member.joined_on.full is not None:
            joined = member.joined_on.full
            end = date(joined.year + 1, joined.month, min(joined.day, 28))
            left = (end - view.today).days
            if left <= _PROBATION_AHEAD:
                words = f"{end.month}月{end.day}日{'满' if left > 0 else '已满'}一年"
                notices.append(Notice("预备期满", "warn", member.name, words, "members", member.id))
    lacking = [member for member in present if not member.id_number]
    if lacking:
        words = f"{len(lacking)} 人没有身份证号" if len(lacking) > 1 else "没有身份证号"
        notices.append(Notice("信息不全", "quiet", lacking[0].name, words, "members", lacking[0].id))
    return notices


def _birthdays(members: Sequence[Member], view: View) -> tuple[tuple[int, str, int], ...]:
    found = []
    for member in members:
        joined = member.joined_on.full if member.joined_on is not None else None
        if member.status == IN_THE_BRANCH and joined and joined.month == view.today.month:
            years = view.today.year - joined.year
            if years > 0:
                found.append((joined.day, member.name, years))
    return tuple(sorted(found))


def _chart(books: Books, last: Month) -> tuple[MonthSums, ...]:
    shown = [last + offset for offset in range(1 - _CHART_MONTHS, 1)]
    ids = {member.id for member in books.members}
    sums = {month: [ZERO, ZERO] for month in shown}
    for (member_id, month), due in books.dues.items():
        if month in sums and member_id in ids:
            sums[month][0] += due.amount
    for (member_id, month), paid in books.paid.items():
        if month in sums and member_id in ids:
            sums[month][1] += paid
    return tuple(MonthSums(month, due, paid) for month, (due, paid) in sums.items())


def duties_sheet(duties: Sequence[Duty]) -> Sheet:
    """The duties as a table shows them."""
    columns = (
        Column("duty", "事项", TEXT, 14),
        Column("rule", "要求", TEXT, 18),
        Column("progress", "进展", TEXT, 26),
        Column("state", "", STATE, 9),
    )
    return Sheet("duties", "本月该做的事", columns, duties, {}, ("", "", ""), (), "", "portrait")
