"""Dues: opening a month, collecting, reversing, handing up, and how everybody stands."""

import argparse
from datetime import date
from decimal import Decimal
from typing import Any

from commands import DONE, REFUSED
from commands.opening import opened
from commands.output import answer, hint, table, tell, yuan
from models.database import Database
from models.errors import UserError
from models.kinds import MONEY
from models.ledgers.dues.cells import STATE_WORDS
from models.records.dues import months, payments, remittances, standing
from models.records.dues.payments import Collected, Collection
from models.records.dues.standing import ZERO, MemberStatus, MonthStatus
from models.records.members import members
from models.rules.periods import Month, show_months


def open_month(options: argparse.Namespace, today: date) -> int:
    """Opens a month; members without a sound assessment are named and the others opened."""
    month: Month = options.month
    with opened(options) as database, database.writing(f"{month.chinese}开账") as session:
        opening = months.open_month(session, month, today)
    tell(f"{month.chinese}已开账，新增应交 {opening.added} 人。")
    if opening.unassessed:
        tell(f"还没有核定的 {len(opening.unassessed)} 人：{'、'.join(each.name for each in opening.unassessed)}。")
        hint(*(f"{each.name}（编号 {each.member_id}）没有开账：{each.why}" for each in opening.unassessed))
        hint(f"核定之后再开一次账（dues open {month}）就会补上，已经定下的应交不会变。")
    return DONE


def collect(options: argparse.Namespace, today: date) -> int:
    """Records the payment of one member, or of everybody who still owes the month."""
    how = Collection(options.on or today, options.method)
    with opened(options) as database:
        if options.all:
            done, refused = _collect_all(database, options.month, how)
        else:
            done, refused = [_collect_one(database, options, how)], []
    if options.json:
        answer({"payments": [_payment(each) for each in done]})
    else:
        tell(*map(_receipt, done), f"登记 {len(done)} 笔，合计 {yuan(sum((each.amount for each in done), ZERO))} 元。")
    hint(*refused)
    return REFUSED if refused else DONE


def _collect_one(database: Database, options: argparse.Namespace, how: Collection) -> Collected:
    amount = _amount(options.amount)
    covers = payments.covered_months(*options.covers) if options.covers else None
    with database.writing(f"收缴{options.month.chinese}党费") as session:
        member = members.find(session, options.member)
        return payments.collect(session, member.id, options.month, how, amount, covers)


def _collect_all(database: Database, month: Month, how: Collection) -> tuple[list[Collected], list[str]]:
    """One transaction a member, so that whoever was done stays done when the rest is stopped."""
    with database.reading() as session:
        status = standing.month_status(session, month)
    owing = [each for each in status.members if each.standing.owed > 0]
    done: list[Collected] = []
    refused = []
    for each in owing:
        try:
            with database.writing(f"收缴{month.chinese}党费") as session:
                done += payments.collect_all(session, month, how, [each.member_id])
        except UserError as error:
            refused.append(f"{each.name}（编号 {each.member_id}）没有登记：{error}")
    return done, refused


def _amount(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        amount: Decimal | None = MONEY.read(text)
    except ValueError as error:
        raise UserError(f"--amount：{error}") from None
    if amount is None:
        raise UserError("--amount 后面没有写金额。")
    return amount


def _payment(done: Collected) -> dict[str, Any]:
    large = {"large": done.large} if done.large else {}
    return {"id": done.number, "member": done.member, "amount": done.amount, "months": done.months} | large


def _receipt(done: Collected) -> str:
    large = f"大额党费 {yuan(done.large)} 元另行登记，请报上级党委" if done.large else ""
    if done.number is None:
        return f"{done.member}　{large}"
    told = f"编号 {done.payment_id}　{done.member}　{yuan(done.amount)} 元　{show_months(list(done.months))}"
    return f"{told}　{large}".rstrip()


def reverse(options: argparse.Namespace, today: date) -> int:
    """Cancels a payment by a counter-entry of today."""
    with opened(options) as database, database.writing("冲销交纳记录") as session:
        done = payments.reverse(session, options.payment, options.reason, today)
    tell(f"已冲销{done.member}的 {yuan(-done.amount)} 元（编号 {options.payment}），冲销记录编号 {done.payment_id}。")
    return DONE


def remit(options: argparse.Namespace, today: date) -> int:
    """Hands up what was collected of a month and not yet handed up, with its voucher."""
    month: Month = options.month
    with opened(options) as database, database.writing(f"上缴{month.chinese}党费") as session:
        remittance = remittances.remit(session, month, options.on, options.voucher)
        up, kept = remittance.handed_up, remittance.kept
    stays = f"，按比例留存 {yuan(kept)} 元" if kept else ""
    tell(f"{month.chinese}党费 {yuan(up)} 元已登记上缴，凭证号 {options.voucher.strip()}{stays}。")
    return DONE


def status(options: argparse.Namespace, today: date) -> int:
    """Tells how every member stands with a month."""
    with opened(options) as database, database.reading() as session:
        found = standing.month_status(session, options.month)
    if options.json:
        answer(_status(found))
        return DONE
    tell(f"{found.month.chinese}　收缴日 {found.collection_day}")
    table(_line(each) for each in found.members)
    tell(f"应交 {yuan(found.total_due)} 元，实交 {yuan(found.total_paid)} 元，已上缴 {yuan(found.total_remitted)} 元。")
    return DONE


def _status(found: MonthStatus) -> dict[str, Any]:
    return {
        "month": found.month,
        "collection_day": found.collection_day,
        "members": [_member(each) for each in found.members],
        "total_due": found.total_due,
        "total_paid": found.total_paid,
        "total_remitted": found.total_remitted,
    }


def _member(each: MemberStatus) -> dict[str, Any]:
    return {
        "id": each.member_id,
        "name": each.name,
        "due": each.standing.due,
        "paid": each.standing.paid,
        "state": each.standing.state,
        "arrears_months": each.arrears_months,
        "warning": each.warning,
        "working": each.standing.working,
    }


def _line(each: MemberStatus) -> tuple[str, ...]:
    due = "" if each.standing.due is None else yuan(each.standing.due)
    said = (each.standing.working, each.warning)
    return str(each.member_id), each.name, due, yuan(each.standing.paid), STATE_WORDS[each.standing.state], *said


COMMANDS = {"open": open_month, "collect": collect, "reverse": reverse, "remit": remit, "status": status}
