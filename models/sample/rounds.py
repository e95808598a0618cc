"""The festival rounds of the sample: 春节 and 七一, from what was sent down, the office and the union."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.records.care import cases as care_cases
from models.records.care import funds as care_funds
from models.records.care import handing as care_handing
from models.records.care import rounds as care_rounds
from models.records.care.rounds import Chosen
from models.records.life.activities import Activity
from models.records.members.members import Member
from models.records.members.organisation import Organisation
from models.sample.programme import BRANCHES

Doing = Callable[[str, Callable[[Session], Any]], None]
_OLD = ("钱永年", "王建国", "沈衡", "施蘅", "喻璟", "潘珂")
_HARD = ("孙志强", "姜秀兰")
_ACCOUNTS = ("6200999900001234567", "6200999900007654321")
_HANDLER, _WITNESS = "周丽萍", "蒋玥"
_SPRING = date(2026, 2, 10)
_JULY = date(2026, 6, 28)


def add(doing: Doing, today: date) -> None:
    """Two rounds closed with their vouchers, as far as `today` is after them, through the program's own verbs."""
    if today < date(2026, 7, 1):
        return
    doing("登记帮扶资金到账", lambda session: _receive(session, today))
    doing("2026年春节慰问", lambda session: _spring(session, today))
    doing("2026年七一慰问", lambda session: _july(session, today))


def _receive(session: Session, today: date) -> None:
    for fund, on, amount, document in (
        ("上级下拨", date(2026, 1, 23), "4000.00", "示机党〔2026〕2号"),
        ("行政经费", date(2026, 1, 26), "3000.00", "2026年预算"),
        ("工会", date(2026, 1, 28), "3000.00", "工会委员会决定"),
        ("上级下拨", date(2026, 6, 15), "2000.00", "示机党〔2026〕19号"),
    ):
        values = {"fund": fund, "on": on, "amount": Decimal(amount), "document": document}
        care_funds.receive(session, values, today)


def _spring(session: Session, today: date) -> None:
    """Everybody gets money and rice; a son signs for one, one hand-out was entered wrongly and reversed."""
    number = _begin(session, "春节", date(2026, 2, 4), date(2026, 2, 13), Decimal(4500), "张红卫、蒋玥、戚琰")
    rice = {"goods": "大米", "quantity": Decimal(2), "unit": "袋", "value": Decimal("120.00"), "goods_source": "工会"}
    for name in _HARD:
        parts = [("上级下拨", Decimal(800)), ("工会", Decimal(200))]
        _give(session, number, name, "困难党员", parts, rice, _SPRING, today)
    for name in _OLD:
        proxy = {"receiver": "钱小年", "relation": "子女"} if name == "钱永年" else {}
        _give(session, number, name, "老党员", [("行政经费", Decimal(300))], rice, _SPRING, today, **proxy)
    household = care_rounds.choose(session, number, Chosen("马桂花", "困难群众"))
    oil = {"goods": "食用油", "quantity": Decimal(1), "unit": "桶", "goods_source": "行政经费"}
    care_rounds.settle(session, household.id, oil, [("工会", Decimal(500))])
    wrong = care_handing.hand_out(session, household.id, {"on": date(2026, 2, 9), "handler": _HANDLER}, today)
    care_handing.reverse_handout(session, wrong.id, "日期登记有误", _SPRING)
    _hand(session, household.id, _SPRING, today)
    for fund, voucher, amount in (
        ("上级下拨", "2026-011", 1600),
        ("工会", "2026-012", 900),
        ("行政经费", "2026-013", 1800),
    ):
        care_rounds.vouch(session, number, fund, voucher, Decimal(amount))
    care_handing.close(session, number, date(2026, 2, 13))


def _july(session: Session, today: date) -> None:
    number = _begin(session, "七一", date(2026, 6, 22), date(2026, 6, 30), Decimal(3000), "蒋玥、戚琰")
    for name, account in zip(_HARD, _ACCOUNTS, strict=True):
        given = {"bank": "示例银行", "account": account}
        _give(session, number, name, "困难党员", [("上级下拨", Decimal(1000))], given, _JULY, today)
    for name in _OLD[:3]:
        _give(session, number, name, "老党员", [("工会", Decimal(300))], {}, _JULY, today)
    care_rounds.vouch(session, number, "上级下拨", "2026-066", Decimal(2000))
    care_rounds.vouch(session, number, "工会", "2026-067", Decimal(900))
    care_handing.close(session, number, date(2026, 6, 30))


def _begin(session: Session, festival: str, first: date, last: date, budget: Decimal, leaders: str) -> int:
    """A round of all branches, decided upon by the last committee meeting of the first before it."""
    decided = (
        select(Activity.id)
        .join(Organisation, Organisation.id == Activity.organisation_id)
        .where(Organisation.name == BRANCHES[0], Activity.kind == "committee_meeting", Activity.held_on <= first)
    )
    values = {
        "festival": festival, "year": 2026, "first_on": first, "last_on": last, "handler": _HANDLER, "budget": budget,
        "leaders": leaders,
        "activity_id": session.scalars(decided.order_by(Activity.held_on.desc(), Activity.id).limit(1)).first(),
    }  # fmt: skip
    return care_rounds.begin(session, values).id


def _give(
    session: Session, round_id: int, name: str, category: str, parts: list[tuple[str, Decimal]], goods: dict[str, Any],
    on: date, today: date, **proxy: str,
) -> None:  # fmt: skip
    member = session.scalars(select(Member).where(Member.name == name)).one()
    case = care_cases.open_of(session, member.id)
    known = case is not None and care_cases.steps_of(session, case.id)[0].on <= on
    who = Chosen(name, category, member.id, case.id if case is not None and known else None)
    gift = care_rounds.choose(session, round_id, who)
    care_rounds.settle(session, gift.id, goods, parts)
    _hand(session, gift.id, on, today, **proxy)


def _hand(session: Session, gift_id: int, on: date, today: date, **proxy: str) -> None:
    said = {"on": on, "handler": _HANDLER, "witness": _WITNESS, **proxy}
    care_handing.hand_out(session, gift_id, said, today)
