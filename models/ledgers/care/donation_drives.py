"""捐赠活动台账 and 受助对象名单: what was collected for whom and what is left of it, and who was helped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from models.kinds import DAY, MONEY, NAME, NUMBER, TEXT, Choice
from models.ledger import Column, Ledger, View
from models.ledgers.care.donations import said_goods
from models.records.care.donation_drives import CLOSED, OPEN, DonationDrive
from models.records.care.donations import Donation, Handover
from models.records.care.helped import PUPIL, SORTS, Helped
from models.records.members import organisation
from models.records.members.organisation import Organisation
from models.rules.stock import ZERO

STATE = Choice((OPEN, CLOSED), tones={OPEN: "good", CLOSED: "quiet"})


@dataclass(frozen=True, slots=True)
class DriveRow:
    """A drive with all that ever came in and was passed on, money in yuan; `givers` are people and bodies."""

    id: int
    name: str
    branch: str
    branch_id: int | None
    purpose: str | None
    beneficiary: str | None
    begins: date
    ends: date | None
    state: str
    givers: int
    money: Decimal
    passed: Decimal
    balance: Decimal
    goods: str
    helped: int
    remark: str | None


@dataclass(frozen=True, slots=True)
class HelpedRow:
    """Somebody who was helped."""

    id: int
    drive: str
    drive_id: int | None
    branch_id: int | None
    branch: str
    person: str
    sort: str
    what: str
    on: date
    remark: str | None


def drive_rows(session: Session, view: View) -> list[DriveRow]:
    """The drives that went on in a period, in order of their first day."""
    first, last = view.period.first.first_day, view.period.last.last_day
    chosen = select(DonationDrive).where(
        DonationDrive.begins <= last, or_(DonationDrive.ends.is_(None), DonationDrive.ends >= first)
    )
    if view.branch_id is not None:
        chosen = chosen.where(DonationDrive.branch_id == view.branch_id)
    given, passed = _by_drive(session, Donation), _by_drive(session, Handover)
    counted = select(Helped.drive_id, func.count()).group_by(Helped.drive_id)
    helped = {number: count for number, count in session.execute(counted) if number is not None}
    places = _places(session)
    return [
        _row(each, view.today, places, given.get(each.id, []), passed.get(each.id, []), helped.get(each.id, 0))
        for each in session.scalars(chosen.order_by(DonationDrive.begins, DonationDrive.id))
    ]


def helped_rows(session: Session, view: View) -> list[HelpedRow]:
    """Who was helped on the days of a period."""
    within = Helped.on.between(view.period.first.first_day, view.period.last.last_day)
    chosen = select(Helped, DonationDrive.name).outerjoin(DonationDrive, DonationDrive.id == Helped.drive_id)
    if view.branch_id is not None:
        chosen = chosen.where(func.coalesce(Helped.branch_id, DonationDrive.branch_id) == view.branch_id)
    places = _places(session)
    return [
        HelpedRow(
            each.id, drive or "", each.drive_id, each.branch_id, places[each.branch_id], each.name, each.sort,
            each.what, each.on, each.remark,
        )
        for each, drive in session.execute(chosen.where(within).order_by(Helped.on, Helped.id))
    ]  # fmt: skip


def _places(session: Session) -> dict[int | None, str]:
    """The branches by number; None stands for all of them together."""
    found: dict[int | None, str] = {each.id: each.name for each in session.scalars(select(Organisation))}
    return found | {None: organisation.root(session).name}


def _by_drive(session: Session, kind: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for each in session.scalars(select(kind).order_by(kind.on, kind.id)):
        found.setdefault(each.drive_id, []).append(each)
    return found


def _row(
    drive: DonationDrive,
    today: date,
    places: dict[int | None, str],
    given: Sequence[Any],
    passed: Sequence[Any],
    helped: int,
) -> DriveRow:
    undone = {each.reverses_id for each in given}
    money = sum((each.amount or ZERO for each in given), ZERO)
    gone = sum((each.amount or ZERO for each in passed), ZERO)
    return DriveRow(
        id=drive.id,
        name=drive.name,
        branch=places[drive.branch_id],
        branch_id=drive.branch_id,
        purpose=drive.purpose,
        beneficiary=drive.beneficiary,
        begins=drive.begins,
        ends=drive.ends,
        state=OPEN if drive.goes_on(today) else CLOSED,
        givers=len({each.member_id or each.giver for each in given if not each.reverses_id and each.id not in undone}),
        money=money,
        passed=gone,
        balance=money - gone,
        goods=said_goods(given),
        helped=helped,
        remark=drive.remark,
    )


def _helped_note(rows: Sequence[HelpedRow]) -> str:
    counts = {sort: sum(row.sort == sort for row in rows) for sort in dict.fromkeys(row.sort for row in rows)}
    said = "、".join(f"{sort} {count} 名" for sort, count in counts.items())
    return (
        f"共 {len(rows)} 名：{said}。" if rows else ""
    ) + f"本表只供内部使用，不张贴、不公示；{PUPIL}姓名不对外提供。"


CARE_DRIVES = Ledger(
    name="care_drives",
    title="捐赠活动台账",
    columns=(
        Column("name", "活动名称", TEXT, 18, required=True),
        Column("branch", "党支部", TEXT, 14, entered=False),
        Column("purpose", "事由", TEXT, 16),
        Column("beneficiary", "受益单位（人）", TEXT, 16),
        Column("begins", "开始日期", DAY, 11, required=True),
        Column("ends", "结束日期", DAY, 11),
        Column("state", "状态", STATE, 8, entered=False),
        Column("givers", "捐赠人数", NUMBER, 8, entered=False, totalled=True),
        Column("money", "捐款", MONEY, 11, entered=False, totalled=True),
        Column("passed", "已转交", MONEY, 11, entered=False, totalled=True),
        Column("balance", "余额", MONEY, 11, entered=False, totalled=True),
        Column("goods", "捐物", TEXT, 24, entered=False),
        Column("helped", "受助人数", NUMBER, 8, entered=False, totalled=True),
        Column("remark", "备注", TEXT, 12),
    ),
    rows=drive_rows,
    span="year",
    lines=("填报单位（盖章）：{unit}", "", "金额单位：元"),
    note="捐物按物品和单位另计，不折成钱计入捐款。",
    empty="这段时间没有捐赠活动。按 Ctrl+N 登记一次捐赠活动。",
)
CARE_HELPED = Ledger(
    name="care_helped",
    title="受助对象名单",
    columns=(
        Column("person", "姓名", NAME, 10, required=True),
        Column("sort", "类别", Choice(SORTS, open=True), 12, required=True),
        Column("what", "帮助内容", TEXT, 26, required=True),
        Column("on", "日期", DAY, 11, required=True),
        Column("drive", "捐赠活动", TEXT, 18, entered=False),
        Column("branch", "党支部", TEXT, 14, entered=False),
        Column("remark", "备注", TEXT, 14),
    ),
    rows=helped_rows,
    span="year",
    lines=("填报单位（盖章）：{unit}", "", "内部资料"),
    note_of=_helped_note,
    empty="这段时间没有登记受助对象。按 Ctrl+N 登记。",
)
