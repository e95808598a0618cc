"""What the page of festival rounds shows: the list of one round, its sources, and who could be chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import initials
from models.kinds import ACCOUNT, TEXT, Kind, Tone
from models.ledger import Column, Sheet, View
from models.ledgers.care.gift_rows import HANDED, GiftRow, parts_from, rows_of
from models.ledgers.care.gifts import CARE_GIFTS
from models.records.care import cases as care_cases
from models.records.care import funds as care_funds
from models.records.care import handing as care_handing
from models.records.care.cases import CareCase
from models.records.care.funds import CareFund
from models.records.care.rounds import ROUND_FIELDS, CareGift, CareRound, CareVoucher
from models.records.dues.spending import SpendingRequest
from models.records.life.activities import Activity
from models.records.life.activity_kinds import kind_of
from models.records.members.members import IN_THE_BRANCH, Member
from models.records.members.organisation import Organisation
from models.rules.rounds import Compared

ZERO = Decimal(0)
_SHOWN = (
    "name", "gone", "branch", "category", "amount", "sources", "goods", "quantity", "unit", "state", "handed_on",
    "receiver", "relation", "reversals", "remark", "bank", "account",
)  # fmt: skip
_OF_SOME = frozenset({"gone", "reversals", "bank", "account"})  # shown where somebody has it


class Changed(Kind):
    """What happened to somebody since they were put on the list, which stands out."""

    def tone(self, value: Any) -> Tone:
        return "bad" if value else "plain"


_OWN = (
    Column("gone", "情况", Changed(), 9),
    Column("bank", "开户银行", TEXT, 12),
    Column("account", "银行账号", ACCOUNT, 18),
)


@dataclass(frozen=True, slots=True)
class RoundRow(GiftRow):
    """A person of a round with the account that money can be sent to, which no ledger tells."""

    bank: str | None
    account: str | None


@dataclass(frozen=True)
class Need:
    """What a source is yet to give in a round, and what is left of it, in yuan."""

    source: str
    waiting: Decimal
    left: Decimal

    @property
    def lacking(self) -> Decimal:
        """How much more is planned than the source has; none where it is enough."""
        return max(self.waiting - self.left, ZERO)


@dataclass(frozen=True)
class Voucher:
    """A voucher of a round: its source, number and yuan; `taken_back` says when and why where it was."""

    id: int
    source: str
    number: str
    amount: Decimal
    taken_back: str | None


@dataclass(frozen=True)
class RoundShown:
    """A round as the page shows it; money in yuan, `vouchers` compares each source with its vouchers.

    `values` are its own fields; `decided` tells the meeting that decided, whose number is among them.
    """

    id: int
    name: str
    closed_on: date | None
    explained: str | None
    reopened: str | None
    sheet: Sheet
    needs: tuple[Need, ...]
    vouchers: tuple[Compared, ...]
    papers: tuple[Voucher, ...]
    values: Mapping[str, Any]
    decided: str | None

    @property
    def rows(self) -> Sequence[RoundRow]:
        return self.sheet.rows

    @property
    def waiting(self) -> list[RoundRow]:
        """Those who still wait for theirs."""
        return [row for row in self.rows if row.state != HANDED]

    @property
    def unsettled(self) -> list[RoundRow]:
        """Those for whom neither money nor goods are set."""
        return [row for row in self.waiting if row.amount is None and row.goods is None]

    @property
    def handed(self) -> Decimal:
        """The money handed out, in yuan."""
        return sum((row.amount or ZERO for row in self.rows if row.state == HANDED), ZERO)

    @property
    def planned(self) -> Decimal:
        """All the money of the list, in yuan."""
        return sum((row.amount or ZERO for row in self.rows), ZERO)

    @property
    def over_budget(self) -> Decimal:
        """How much more is planned than the budget of the round, where it has one."""
        budget = self.values["budget"]
        return max(self.planned - budget, ZERO) if budget is not None else ZERO

    @property
    def paper_left(self) -> list[Voucher]:
        """The vouchers that count."""
        return [each for each in self.papers if each.taken_back is None]


def rounds(session: Session) -> list[tuple[str, int]]:
    """The rounds to choose from, the latest first."""
    chosen = select(CareRound).order_by(CareRound.year.desc(), CareRound.id.desc())
    return [(each.name, each.id) for each in session.scalars(chosen)]


def shown(session: Session, round_id: int, view: View) -> RoundShown:
    """One round with its list, what its sources are yet to give, and its vouchers."""
    found = session.get_one(CareRound, round_id)
    rows = _with_accounts(session, round_id)
    waiting: dict[str, Decimal] = {}
    for row in rows:
        for source, amount in parts_from(row.sources, row.amount):
            waiting[source] = waiting.get(source, ZERO) + (amount if row.state != HANDED else ZERO)
    book = care_handing.book_of(session, found)
    funds = {fund.name: fund for fund in session.scalars(select(care_funds.CareFund))}
    needs = tuple(
        Need(name, amount, care_handing.balance(session, funds[name], view.today, book))
        for name, amount in waiting.items()
    )
    total = sum((row.amount or ZERO for row in rows), ZERO)
    sheet = Sheet("care_round", found.name, _columns(rows), rows, {"amount": total}, ("", "", ""), (), "", "landscape")
    return RoundShown(
        id=round_id,
        name=found.name,
        closed_on=found.closed_on,
        explained=found.explained,
        reopened=found.reopened,
        sheet=sheet,
        needs=needs,
        vouchers=tuple(care_handing.beside_vouchers(session, round_id)),
        papers=_papers(session, round_id),
        values={key: getattr(found, key) for key in ROUND_FIELDS},
        decided=_decided(session, found.activity_id),
    )


def _with_accounts(session: Session, round_id: int) -> list[RoundRow]:
    chosen = select(CareGift.id, CareGift.bank, CareGift.account).where(CareGift.round_id == round_id)
    accounts = {number: (bank, account) for number, bank, account in session.execute(chosen)}
    rows = []
    for row in rows_of(session, CareRound.id == round_id):
        known: dict[str, Any] = {each.name: getattr(row, each.name) for each in fields(GiftRow)}
        bank, account = accounts[row.id]
        rows.append(RoundRow(**known, bank=bank, account=account))
    return rows


def _columns(rows: Sequence[RoundRow]) -> tuple[Column, ...]:
    every = {column.key: column for column in (*CARE_GIFTS.columns, *_OWN)}
    shown = (key for key in _SHOWN if key not in _OF_SOME or any(getattr(row, key) for row in rows))
    return tuple(replace(every[key], required=False) for key in shown)


def _papers(session: Session, round_id: int) -> tuple[Voucher, ...]:
    chosen = select(CareVoucher, CareFund.name).join(CareFund, CareFund.id == CareVoucher.fund_id)
    found = session.execute(chosen.where(CareVoucher.round_id == round_id).order_by(CareVoucher.id))
    return tuple(Voucher(each.id, name, each.number, each.amount, each.taken_back) for each, name in found)


def _decided(session: Session, activity_id: int | None) -> str | None:
    if activity_id is None:
        return None
    found = session.get_one(Activity, activity_id)
    place = session.get_one(Organisation, found.organisation_id)
    return f"{found.held_on} {place.name} {found.title or kind_of(session, found.kind).name}"


@dataclass(frozen=True)
class Candidate:
    """Somebody who can be put on a list; `detail` tells people of one name apart and says nothing private."""

    name: str
    group: str
    category: str
    detail: str
    member_id: int | None
    case_id: int | None
    branch_id: int | None
    initials: str


CASES, RETIRED, EVERYBODY = "帮扶对象", "离退休党员", "其他党员"
GROUPS = (CASES, RETIRED, EVERYBODY)


def candidates(session: Session, round_id: int) -> list[Candidate]:
    """Who is not on the list of a round yet: cases that have not ended, members retired, then all others."""
    on_list = list(session.scalars(select(CareGift).where(CareGift.round_id == round_id)))
    listed = {gift.member_id for gift in on_list if gift.member_id is not None}
    cases, own = _of_cases(session, {gift.case_id for gift in on_list if gift.case_id is not None})
    chosen = (
        select(Member, Organisation.name)
        .join(Organisation, Organisation.id == Member.branch_id)
        .where(Member.status == IN_THE_BRANCH, Member.id.not_in(listed | own))
        .order_by(Member.branch_id, Member.id)
    )
    found = [_candidate(member, branch) for member, branch in session.execute(chosen)]
    found += [each for each in cases if each.member_id is None or each.member_id not in listed]
    return sorted(found, key=lambda each: GROUPS.index(each.group))


def _of_cases(session: Session, listed: set[int]) -> tuple[list[Candidate], set[int]]:
    """The cases that have not ended and are not listed, and the members they are of."""
    ended = care_cases.ended_ids(session)
    places = dict(session.execute(select(Organisation.id, Organisation.name)).all())
    found, own = list[Candidate](), set[int]()
    with_members = select(CareCase, Member).outerjoin(Member, Member.id == CareCase.member_id)
    for case, person in session.execute(with_members.order_by(CareCase.id)):
        member: Member | None = person
        if case.id in ended or case.id in listed:
            continue
        if member is not None and member.status != IN_THE_BRANCH:
            continue
        own |= {member.id} if member is not None else set()
        name = member.name if member is not None else case.name or ""
        branch_id = member.branch_id if member is not None else case.branch_id
        detail, letters = places.get(branch_id or 0, ""), initials.of(name)
        found.append(Candidate(name, CASES, case.sort, detail, case.member_id, case.id, branch_id, letters))
    return found, own


def _candidate(member: Member, branch: str) -> Candidate:
    retired = member.position == "离退休"
    category = "老党员" if retired else "其他"
    group = RETIRED if retired else EVERYBODY
    return Candidate(member.name, group, category, branch, member.id, None, member.branch_id, member.initials)


def requests(session: Session) -> dict[str, int]:
    """The approved requests to use dues for visits, in words, with their numbers."""
    chosen = select(SpendingRequest).where(
        SpendingRequest.kind == "慰问困难党员", SpendingRequest.approved_on.is_not(None)
    )
    return {
        f"{each.approved_on} {each.activity}（预算 {each.budget:,.2f} 元）": each.id
        for each in session.scalars(chosen.order_by(SpendingRequest.id.desc()))
    }
