"""F23 考勤表: a year of meetings, a line a member; by meeting while they can be overlooked, else by month."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, make_dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import extract, func, select
from sqlalchemy.orm import Session

from models.kinds import NUMBER, PERSON, RATE, TEXT, Choice
from models.ledger import Column, Ledger, View
from models.ledgers.phrases import short
from models.ledgers.sheets import furniture
from models.records.life.activities import HELD, Activity
from models.records.life.activity_kinds import by_key
from models.records.life.attendance import Attendance
from models.records.members.members import Member
from models.records.members.organisation import Organisation, branches
from models.rules.meetings import ABSENT, LEAVE, ON_DUTY, PRESENT, SIGNS

MOST_COLUMNS = 40  # more meetings than these are shown by month
TOO_OFTEN = 3  # unexcused absences in a year that one office's rule answers with criticism
SIGN = Choice(tuple(SIGNS.values()), align="centre", tones={SIGNS[ABSENT]: "bad", SIGNS[LEAVE]: "warn"})
_SHORT = {"支部党员大会": "大会", "支部委员会": "支委", "党小组会": "小组", "主题党日": "党日", "组织生活会": "生活会"}
_KEPT = 4
_TOTALS = ("entitled", "present", "leave", "absent", "rate", "made_up", "remark")


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as a column: its day and what it was."""

    id: int
    day: date
    kind: str

    @property
    def short(self) -> str:
        return _SHORT.get(self.kind, self.kind[:_KEPT])


@dataclass(frozen=True, slots=True)
class Line:
    """A member's year: a sign for each meeting by its number, and how they add up; `leave` has those away on duty."""

    id: int
    name: str
    branch: str
    branch_id: int
    signs: Mapping[int, str]
    entitled: int
    present: int
    leave: int
    absent: int
    made_up: int

    @property
    def rate(self) -> Decimal | None:
        return Decimal(self.present * 1000 // self.entitled) / 1000 if self.entitled else None

    @property
    def remark(self) -> str | None:
        """That the member was absent without leave too often."""
        return f"无故缺席{self.absent}次" if self.absent >= TOO_OFTEN else None


def meetings_of(session: Session, view: View) -> list[Meeting]:
    """What was held in the view's period and has a roll, in order of the day."""
    names = by_key(session)
    with_roll = select(Attendance.id).where(Attendance.activity_id == Activity.id).exists()
    chosen = _in_view(select(Activity.id, Activity.held_on, Activity.kind), view).where(with_roll)
    return [
        Meeting(number, held_on, names[kind].name)
        for number, held_on, kind in session.execute(chosen.order_by(Activity.held_on, Activity.begins, Activity.id))
        if held_on is not None
    ]


def lines(session: Session, view: View) -> list[Line]:
    """A line for everybody who was called to a meeting of the period, by branch and entry."""
    chosen = _in_view(
        select(Attendance.member_id, Activity.id, Attendance.state, Attendance.made_up_on).join(
            Activity, Activity.id == Attendance.activity_id
        ),
        view,
    ).where(Attendance.entitled.is_(True), Attendance.state.is_not(None))
    signs: defaultdict[int, dict[int, str]] = defaultdict(dict)
    states: defaultdict[int, Counter[str]] = defaultdict(Counter)
    made_up: Counter[int] = Counter()
    for member_id, activity_id, state, made_up_on in session.execute(chosen):
        assert state is not None
        signs[member_id][activity_id] = SIGNS[state] + ("补" if made_up_on else "")
        states[member_id][state] += 1
        made_up[member_id] += made_up_on is not None
    return _lined(session, states, made_up, signs)


def _lined(
    session: Session,
    states: Mapping[int, Mapping[str, int]],
    made_up: Mapping[int, int],
    signs: Mapping[int, Mapping[int, str]],
) -> list[Line]:
    people = (
        select(Member.id, Member.name, Organisation.name, Organisation.id)
        .join(Organisation, Organisation.id == Member.branch_id)
        .order_by(Member.branch_id, Member.id)
    )
    return [
        Line(
            id=number,
            name=name,
            branch=branch,
            branch_id=branch_id,
            signs=signs.get(number, {}),
            entitled=sum(states[number].values()),
            present=states[number].get(PRESENT, 0),
            leave=states[number].get(LEAVE, 0) + states[number].get(ON_DUTY, 0),
            absent=states[number].get(ABSENT, 0),
            made_up=made_up.get(number, 0),
        )
        for number, name, branch, branch_id in session.execute(people)
        if number in states
    ]


def _by_month(session: Session, view: View) -> list[Line]:
    """The same folded by month, summed where the records lie: the sign of a month is how many came of how many."""
    month = extract("month", Activity.held_on)
    chosen = _in_view(
        select(
            Attendance.member_id, month, Attendance.state, func.count(), func.count(Attendance.made_up_on)
        ).join(Activity, Activity.id == Attendance.activity_id),
        view,
    ).where(Attendance.entitled.is_(True), Attendance.state.is_not(None))  # fmt: skip
    called: defaultdict[int, Counter[int]] = defaultdict(Counter)
    came: defaultdict[int, Counter[int]] = defaultdict(Counter)
    states: defaultdict[int, Counter[str]] = defaultdict(Counter)
    made_up: Counter[int] = Counter()
    grouped = chosen.group_by(Attendance.member_id, month, Attendance.state)
    for member_id, number, state, times, later in session.execute(grouped):
        called[member_id][number] += times
        came[member_id][number] += times if state == PRESENT else 0
        states[member_id][state] += times
        made_up[member_id] += later
    signs = {who: {n: f"{came[who][n]}/{times}" for n, times in counted.items()} for who, counted in called.items()}
    return _lined(session, states, made_up, signs)


def _in_view(chosen: Any, view: View) -> Any:
    chosen = chosen.where(
        Activity.held_on.between(view.period.first.first_day, view.period.last.last_day), Activity.state.in_(HELD)
    )
    return chosen if view.branch_id is None else chosen.where(Activity.branch_id == view.branch_id)


def attendance_rows(session: Session, view: View) -> list[Any]:
    """A row a member, with an attribute for each meeting or month."""
    meetings = meetings_of(session, view)
    folded = len(meetings) > MOST_COLUMNS
    numbers = tuple(range(1, 13)) if folded else tuple(each.id for each in meetings)
    row_of = _row_type(tuple(map(_key, numbers)))
    found = _by_month(session, view) if folded else lines(session, view)
    return [
        row_of(
            line.id, line.id, line.name, line.branch, *(line.signs.get(number) for number in numbers),
            *(getattr(line, key) for key in _TOTALS),
        )
        for line in found
    ]  # fmt: skip


@cache
def _row_type(keys: tuple[str, ...]) -> Any:
    return make_dataclass("AttendanceRow", ["id", "member_id", "name", "branch", *keys, *_TOTALS], frozen=True)


def _key(number: int) -> str:
    return f"held_{number}"


def _fitted(session: Session, ledger: Ledger, view: View | None) -> Ledger:
    """The ledger with a column for each meeting of the view, or for each month where they are too many."""
    if view is None:
        return ledger
    meetings = meetings_of(session, view)
    if len(meetings) > MOST_COLUMNS:
        added = [Column(_key(month), f"{month}月", TEXT, 6, entered=False) for month in range(1, 13)]
    else:
        added = [Column(_key(each.id), f"{short(each.day)}{each.short}", SIGN, 6, entered=False) for each in meetings]
    name, branch, *rest = ledger.columns
    return replace(ledger, columns=(name, branch, *added, *rest))


def _note(session: Session, view: View) -> str:
    if len(meetings_of(session, view)) > MOST_COLUMNS:
        return "各月为“实到/应到”次数。请假含公出；缺席为没有请假的。"
    return "√出席　△请假　○公出　×缺席　补：已补学。请假含公出；缺席为没有请假的。"


LIFE_ATTENDANCE = Ledger(
    name="life_attendance",
    title="党员考勤表",
    columns=(
        Column("name", "姓名", PERSON, 8, entered=False),
        Column("branch", "所在党支部", TEXT, 10, entered=False),
        Column("entitled", "应到", NUMBER, 5, entered=False),
        Column("present", "实到", NUMBER, 5, entered=False),
        Column("leave", "请假", NUMBER, 5, entered=False),
        Column("absent", "缺席", NUMBER, 5, entered=False),
        Column("rate", "出勤率", RATE, 7, entered=False),
        Column("made_up", "补学", NUMBER, 5, entered=False),
        Column("remark", "备注", TEXT, 12, entered=False),
    ),
    rows=attendance_rows,
    fitted=_fitted,
    span="year",
    lines=("填报单位（盖章）：{unit}", "", "截至{date}"),
    signatures=("支部书记：", "组织委员：", "填表人：{maker}", "填表日期：{date}"),
    note=_note,
    empty="这一年还没有点过名的会议和活动。",
)


@dataclass(frozen=True, slots=True)
class AttendanceRecord:
    """F23 on paper: the meetings of a branch in a year and a line a member."""

    unit: str | None = None
    year: int | None = None
    secretary: str | None = None
    maker: str | None = None
    made_on: date | None = None
    meetings: tuple[Meeting, ...] = ()
    lines: tuple[Line, ...] = ()


def attendance_records(session: Session, view: View) -> Sequence[tuple[int, AttendanceRecord]]:
    """A paper for the branch looked at, or for each branch that met; one of the whole organisation has no own."""
    found = []
    for branch_id in [view.branch_id] if view.branch_id is not None else [each.id for each in branches(session)]:
        own = replace(view, branch_id=branch_id)
        words, held = furniture(session, own), tuple(meetings_of(session, own))
        if held:
            record = AttendanceRecord(
                words.unit, view.period.year, words.secretary, words.maker, view.today, held, tuple(lines(session, own))
            )
            found.append((branch_id, record))
    return found
