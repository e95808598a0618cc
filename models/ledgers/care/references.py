"""How the trail tells what names another record in care, and what it says only that it changed."""

from collections.abc import Callable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.kinds import TEXT, Kind, Text
from models.records.care import cases as care_cases
from models.records.care.cases import CareCase
from models.records.care.donation_drives import DonationDrive
from models.records.care.funds import CareFund
from models.records.care.pairings import Pairing
from models.records.care.rounds import CareGift, CareRound
from models.records.care.visits import CareVisit
from models.records.dues.spending import SpendingRequest
from models.records.life.activities import Activity

NEVER = Text()
"""The kind of illness, income and accounts: the trail says that they were written or changed, and not what."""
REFERENCES: Mapping[str, tuple[str, Kind]] = {
    "member_id": ("党员", TEXT),
    "branch_id": ("党支部", TEXT),
    "case_id": ("帮扶对象", TEXT),
    "round_id": ("慰问批次", TEXT),
    "gift_id": ("慰问对象", TEXT),
    "fund_id": ("资金来源", TEXT),
    "goods_fund_id": ("慰问品来源", TEXT),
    "drive_id": ("捐赠活动", TEXT),
    "pairing_id": ("结对对象", TEXT),
    "activity_id": ("会议记录", TEXT),
    "request_id": ("党费使用申请", TEXT),
    "cash_entry_id": ("党费收支", TEXT),
    "visit_id": ("走访", TEXT),
    "reverses_id": ("冲销", TEXT),
}
SAID_ABOUT = ("member_id", "case_id", "gift_id")
"""The columns by which a line says whom it is about."""
UNTOLD: Mapping[str, Mapping[str, tuple[str, Kind]]] = {
    "care_cases": {
        "address": ("家庭住址", NEVER),
        "cause": ("困难类型", NEVER),
        "detail": ("困难原因", NEVER),
        "health": ("健康状况", NEVER),
        "certificates": ("证件", NEVER),
        "low_income": ("是否低保", NEVER),
        "measures": ("帮扶措施", NEVER),
        "aid": ("历次慰问", NEVER),
        "stated_people": ("填报的家庭人口", NEVER),
        "stated_income": ("填报的人均月收入", NEVER),
        "remark": ("备注", NEVER),
    },
    "care_steps": {"reason": ("说明", NEVER)},
    "household_members": {
        "birth_year": ("出生年", NEVER),
        "unit": ("单位", NEVER),
        "health": ("健康状况", NEVER),
    },
    "household_incomes": {"whose": ("谁的收入", NEVER), "amount": ("十二个月合计", NEVER)},
    "care_gifts": {"bank": ("开户银行", NEVER), "account": ("银行账号", NEVER)},
    "care_visit_texts": {"situation": ("家庭和身体情况", NEVER)},
    "donation_helped": {"name": ("受助人", NEVER), "remark": ("备注", NEVER)},
}


def _case(session: Session, number: int) -> str | None:
    case = session.get(CareCase, number)
    return care_cases.name_of(session, case) if case is not None else None


def _request(session: Session, number: int) -> str | None:
    return session.scalar(select(SpendingRequest.activity).where(SpendingRequest.id == number))


def _fund(session: Session, number: int) -> str | None:
    return session.scalar(select(CareFund.name).where(CareFund.id == number))


_NAMED: Mapping[str, Callable[[Session, int], str | None]] = {
    "case_id": _case,
    "gift_id": lambda session, number: session.scalar(select(CareGift.name).where(CareGift.id == number)),
    "round_id": lambda session, number: session.scalar(select(CareRound.name).where(CareRound.id == number)),
    "fund_id": _fund,
    "goods_fund_id": _fund,
    "drive_id": lambda session, number: session.scalar(select(DonationDrive.name).where(DonationDrive.id == number)),
    "pairing_id": lambda session, number: session.scalar(select(Pairing.partner).where(Pairing.id == number)),
    "activity_id": lambda session, number: session.scalar(select(Activity.title).where(Activity.id == number)),
    "request_id": _request,
    "visit_id": lambda session, number: session.scalar(select(CareVisit.name).where(CareVisit.id == number)),
}


def named(session: Session, key: str, number: int) -> str | None:
    """What the number in a column stands for: a person, a round, a source, a partner; None where it is gone."""
    return _NAMED[key](session, number) if key in _NAMED else None
