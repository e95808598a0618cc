"""The records behind the papers with a shape of their own: each with its number, for one period and branch."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import settings
from models.ledger import View
from models.ledgers.care.application import APPLICATION_PAPERS
from models.ledgers.care.donation_papers import DONATION_PAPERS
from models.ledgers.care.papers import CARE_PAPERS
from models.ledgers.care.service_card import SERVICE_PAPERS
from models.ledgers.care.visit_papers import VISIT_PAPERS
from models.ledgers.dues.arrears_paper import arrears_sheets
from models.ledgers.dues.money_paper_records import MONEY_PAPERS
from models.ledgers.dues.papers import NoticeRecord, RemittanceRecord, SlipRecord
from models.ledgers.dues.payments import payment_rows, remittance_rows
from models.ledgers.dues.published import PAID, notice_rows
from models.ledgers.dues.reductions import reduction_sheets
from models.ledgers.dues.slips import slip_numbers
from models.ledgers.handover import HANDOVER_PAPERS
from models.ledgers.life import talk_papers
from models.ledgers.life.appraisal_papers import APPRAISAL_PAPERS
from models.ledgers.life.life_meeting_papers import LIFE_MEETING_PAPERS
from models.ledgers.life.meeting_papers import MEETING_PAPERS
from models.ledgers.life.plan_papers import PLAN_PAPERS
from models.ledgers.life.vote_papers import VOTE_PAPERS
from models.ledgers.members import member_papers
from models.ledgers.sheets import furniture
from models.records.dues.months import DuesMonth
from models.records.dues.payments import Allotment, Payment
from models.records.members.members import IN_THE_BRANCH, Member
from models.records.members.organisation import branches
from models.rules.periods import Month

Numbered = Sequence[tuple[int, Any]]
Records = Callable[[Session, View], Numbered]
_NO_SLIP = ("冲销", "已冲销")


def slips(session: Session, view: View) -> Numbered:
    """F05: one slip for each payment of the period that stands, numbered as in the register of slips."""
    unit, numbers = furniture(session, view), slip_numbers(session)
    return [
        (
            row.id,
            SlipRecord(
                number=numbers[row.id],
                payer=f"{row.name}（{row.proxy}代交）" if row.proxy else row.name,
                covers=row.covers,
                amount=row.amount,
                method=row.method,
                paid_on=row.paid_on,
                unit=row.branch,
                receiver=unit.maker,
            ),
        )
        for row in payment_rows(session, view)
        if row.kind not in _NO_SLIP
    ]


def remittances(session: Session, view: View) -> Numbered:
    """F04: one paper for each remittance of the period's months."""
    unit = furniture(session, view).unit
    present = select(func.count()).where(Member.status == IN_THE_BRANCH)
    if view.branch_id is not None:
        present = present.where(Member.branch_id == view.branch_id)
    members = session.scalar(present)
    sorts = _sorts(session)
    return [
        (
            row.id,
            RemittanceRecord(
                number=f"{row.remitted_on.year}-{row.id:04d}",
                unit=row.branch if row.branch != "全部" else unit,
                period=row.month.chinese,
                remitted_on=row.remitted_on,
                members=members,
                payers=row.people,
                current=sorts[row.id]["current"],
                back=sorts[row.id]["back"],
                advance=sorts[row.id]["advance"],
                amount=row.amount,
                kept=row.kept or None,
                voucher=row.voucher or None,
                voucher_dated=row.dated,
                handler=row.handler,
                remark=row.remark,
            ),
        )
        for row in remittance_rows(session, view)
    ]


def _sorts(session: Session) -> Mapping[int, Mapping[str, Decimal]]:
    """What each remittance holds of dues paid in their own month, later and earlier, in yuan."""
    sums: defaultdict[int, defaultdict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    parts = (
        select(Allotment.remittance_id, Allotment.month, Allotment.amount, Payment.paid_on)
        .join(Payment, Payment.id == Allotment.payment_id)
        .where(Allotment.remittance_id.is_not(None))
    )
    for remittance_id, month, amount, paid_on in session.execute(parts):
        assert remittance_id is not None
        paid_in = Month.of(paid_on)
        sums[remittance_id]["back" if month < paid_in else "advance" if month > paid_in else "current"] += amount
    return sums


def notices(session: Session, view: View) -> Numbered:
    """F06: a notice for the branch looked at, or for each branch; its number is that of the period's last month."""
    chosen = settings.read(session)
    within = DuesMonth.month.between(view.period.first, view.period.last)
    opened = session.scalars(select(DuesMonth.id).where(within).order_by(DuesMonth.month.desc())).first()
    if opened is None:
        return []
    ids = [view.branch_id] if view.branch_id is not None else [branch.id for branch in branches(session)]
    found = []
    for branch_id in ids:
        own = View(view.today, view.period, branch_id)
        rows = notice_rows(session, own)
        if rows:
            found.append(
                (
                    opened,
                    NoticeRecord(
                        unit=furniture(session, own).unit,
                        period=view.period.chinese,
                        names=tuple((row.name, row.state == PAID) for row in rows),
                        shown_from=view.today,
                        shown_until=view.today + timedelta(days=chosen.notice_days),
                        telephone=chosen.telephone or None,
                        posted_on=view.today,
                    ),
                )
            )
    return found


PAPERS: Mapping[str, Records] = {
    "dues_slip": slips,
    "dues_remittance": remittances,
    "dues_notice": notices,
    "dues_reduction_sheet": reduction_sheets,
    "dues_arrears_sheet": arrears_sheets,
    **MONEY_PAPERS,
    "members_entry_card": member_papers.entry_cards,
    "members_organisation": member_papers.organisations,
    "members_changes": member_papers.changes,
    **APPRAISAL_PAPERS,
    **VOTE_PAPERS,
    **LIFE_MEETING_PAPERS,
    **MEETING_PAPERS,
    **PLAN_PAPERS,
    **DONATION_PAPERS,
    **APPLICATION_PAPERS,
    **CARE_PAPERS,
    **VISIT_PAPERS,
    "life_talk_sheet": talk_papers.talk_sheets,
    **SERVICE_PAPERS,
    **HANDOVER_PAPERS,
}
