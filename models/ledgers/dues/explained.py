"""Why a member's due is what it is and what became of it: the working, the rule, and the course of one month."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import audit
from models.kinds import MONEY
from models.ledger import Values, View
from models.records.dues import assessments, months, reminders, rulebook
from models.records.dues.assessments import Assessment, Ground
from models.records.dues.payments import Allotment, Payment
from models.records.dues.standing import Books, Standing
from models.records.members.members import Member, find_by_id
from models.rules.arrears import warning
from models.rules.dues import ROUNDINGS, band_in_words, rules_for
from models.rules.periods import Month


@dataclass(frozen=True)
class Step:
    """Something that happened: the day and what, in words."""

    on: date
    what: str


@dataclass(frozen=True)
class Explained:
    """One member and one month: how it stands, on what it rests, what happened, and what is owed altogether.

    `grounds` are the lines under the working: the band in words, the rule, when it was assessed and how rounded.
    """

    member_id: int
    name: str
    month: Month
    opened: bool
    standing: Standing
    grounds: tuple[str, ...]
    course: tuple[Step, ...]
    owed: tuple[Month, ...]


def explained(session: Session, member_id: int, view: View) -> Explained:
    """The view's month of one member; UserError when there is no such member."""
    month = view.month
    member = find_by_id(session, member_id)
    books = Books(session, member_id=member_id)
    standing = books.standing(member, month)
    course = sorted(_course(session, books, member, view), key=lambda step: step.on)
    last = max(books.opened, default=month)
    return Explained(
        member_id=member_id,
        name=member.name,
        month=month,
        opened=month in books.opened,
        standing=standing,
        grounds=tuple(_grounds(session, member, month, standing)),
        course=tuple(course),
        owed=tuple(each for each, _ in books.unpaid_months(member, last)),
    )


def _grounds(session: Session, member: Member, month: Month, standing: Standing) -> Iterator[str]:
    if standing.due is None:
        return
    rules = rules_for(month, rulebook.read(session))
    if standing.rate is not None and standing.category:
        yield band_in_words(rules, standing.category, standing.base)
    if standing.source:
        yield standing.source
    own = session.scalars(select(Assessment).where(Assessment.member_id == member.id)).all()
    found = assessments.covering(own, month)
    words = []
    if found is not None:
        words.append(_assessed(session, found))
        if found.approval_no:
            words.append(f"批准文号 {found.approval_no}")
    if standing.rate is not None:
        words.append(ROUNDINGS[rules.rounding][2])
    if words:
        yield "，".join(words)


def _assessed(session: Session, assessment: Assessment) -> str:
    """When a due was set: the day of the decision, else the month it counts from, else the day it was entered."""
    if assessment.decided_on is None and assessment.from_month is not None:
        return f"自{assessment.from_month.chinese}起核定"
    first = audit.history(session, Assessment, assessment.id)[-1]
    return f"核定于 {assessment.decided_on or datetime.fromisoformat(first.at).astimezone().date()}"


def _course(session: Session, books: Books, member: Member, view: View) -> Iterator[Step]:
    month = view.month
    opened = months.find(session, month)
    first_paid = None
    found = (
        select(Payment, Allotment.amount)
        .join(Allotment, Allotment.payment_id == Payment.id)
        .where(Allotment.member_id == member.id, Allotment.month == month)
        .order_by(Payment.paid_on, Payment.id)
    )
    for payment, amount in session.execute(found):
        first_paid = first_paid or payment.paid_on
        word = "交" if amount > 0 else "退"
        remark = f"，{payment.remark}" if payment.remark else ""
        yield Step(payment.paid_on, f"{word} {MONEY.show(abs(amount))}（{payment.method}）{remark}")
    due = books.standing(member, month)
    if opened is not None and due.due and view.today > opened.collection_day < (first_paid or date.max):
        yield Step(opened.collection_day, "到期未交")
    for each in reminders.of_member(session, member.id):
        if each.on >= month.first_day and (first_paid is None or each.on <= first_paid):
            yield Step(each.on, f"{each.kind}：{each.text}")
    run = books.run(member, month)
    if due.state == "unpaid" and run > 1:
        yield Step(view.today, f"连续 {run} 个月，{warning(run)}")


@dataclass(frozen=True)
class Preview:
    """What values of an assessment would give: the monthly due in yuan (None: none), and the reasoning in words."""

    amount: Decimal | None
    words: tuple[str, ...]


def preview(session: Session, member_id: int, values: Values, month: Month) -> Preview:
    """What an assessment with these values would give from `month` on; nothing is saved."""
    member = find_by_id(session, member_id)
    base = values.get("dues_base")
    category = assessments.category_of(member, values.get("dues_category"), base)
    ground = Ground(category, base, values.get("amount"), values.get("reason"))
    try:
        rules = rules_for(values.get("from_month") or month, rulebook.read(session))
        due = assessments.worked_out(rules, ground)
    except ValueError as error:
        return Preview(None, (str(error),))
    band = (band_in_words(rules, category, base),) if due.rate is not None and category else ()
    return Preview(due.amount, (due.working, *band, due.source))
