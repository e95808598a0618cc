"""What a ledger or a paper tells of people that is nobody else's business: numbers, accounts, pay, illness, income."""

from collections.abc import Iterable, Mapping, Sequence

from models.kinds import Account, IdNumber
from models.ledger import Column

NUMBERS, ACCOUNTS, PAY, ILLNESS, INCOME = "身份证号", "银行账号", "工资基数", "困难和健康情况", "家庭收入"
WORDS = (NUMBERS, ACCOUNTS, PAY, ILLNESS, INCOME)
_BY_COLUMN: Mapping[str, str] = {
    "dues_base": PAY,
    "base": PAY,
    "last_base": PAY,
    "cause": ILLNESS,
    "detail": ILLNESS,
    "health": ILLNESS,
    "certificates": ILLNESS,  # of a disability, of a stay in hospital
    "per_head": INCOME,
}
_BY_PAPER: Mapping[str, tuple[str, ...]] = {
    "members_entry_card": (NUMBERS,),
    "dues_card": (PAY,),
    "dues_reduction_sheet": (ILLNESS,),
    "dues_register": (PAY,),
    "care_application": (NUMBERS, ILLNESS, INCOME),
    "care_visit_sheet": (ILLNESS,),
}


def told_by(columns: Iterable[Column]) -> tuple[str, ...]:
    """What the columns of a ledger tell, in words; nothing for most."""
    found = [_told(column) for column in columns]
    return tuple(dict.fromkeys(word for word in found if word))


def private_keys(columns: Iterable[Column]) -> tuple[str, ...]:
    """The columns of a ledger that tell such things, by their keys."""
    return tuple(column.key for column in columns if _told(column))


def told_by_paper(name: str) -> tuple[str, ...]:
    """What a paper of its own shape tells, in words."""
    return _BY_PAPER.get(name, ())


def joined(parts: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """What several tables tell together."""
    return tuple(dict.fromkeys(word for part in parts for word in part))


def _told(column: Column) -> str:
    if isinstance(column.kind, IdNumber):
        return NUMBERS
    if isinstance(column.kind, Account):
        return ACCOUNTS
    return _BY_COLUMN.get(column.key, "")
