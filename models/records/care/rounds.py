"""Festival rounds (走访慰问): who is given what, from which sources, and by which vouchers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, exists, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from models.base import Record, numbered
from models.errors import FieldError, UserError
from models.kinds import tidy
from models.records.care import funds as care_funds
from models.records.members.members import find_by_id

FESTIVALS = ("春节", "七一", "国庆", "日常")
CATEGORIES = ("困难党员", "老党员", "老干部", "困难群众", "其他")
ROUND_FIELDS = (
    "festival", "year", "branch_id", "name", "first_on", "last_on", "handler", "leaders", "budget", "request_id",
    "activity_id", "remark",
)  # fmt: skip
GOODS = ("goods", "quantity", "unit", "value")
GIFT_FIELDS = ("category", *GOODS, "bank", "account", "again", "remark")


class CareRound(Record):
    """One round of a year; `branch_id` None is of all branches. `explained` says why vouchers differ, where they do.

    `leaders` are those who went to the people, `budget` is what may be given, in yuan, `activity_id` the meeting that
    decided, whose minutes say so.
    `cash_entry_id` is the line of the cash book into which what came from dues was booked when the round was closed.
    """

    __tablename__ = "care_rounds"

    name: Mapped[str]
    festival: Mapped[str]
    year: Mapped[int] = mapped_column(index=True)
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    first_on: Mapped[date | None]
    last_on: Mapped[date | None]
    handler: Mapped[str | None]
    leaders: Mapped[str | None]
    budget: Mapped[Decimal | None]
    request_id: Mapped[int | None] = mapped_column(ForeignKey("spending_requests.id"))
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activities.id"))
    closed_on: Mapped[date | None]
    explained: Mapped[str | None]
    reopened: Mapped[str | None]
    cash_entry_id: Mapped[int | None] = mapped_column(ForeignKey("cash_book.id"))
    remark: Mapped[str | None]


class CareGift(Record):
    """What one person is given in a round; `value` in yuan is an estimate of goods and never counted as money.

    `goods_fund_id` is the source that the goods came from; `again` is the word for one who is in the round twice.
    """

    __tablename__ = "care_gifts"

    round_id: Mapped[int] = mapped_column(ForeignKey("care_rounds.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("care_cases.id"), index=True)
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    name: Mapped[str]
    category: Mapped[str]
    goods: Mapped[str | None]
    quantity: Mapped[Decimal | None]
    unit: Mapped[str | None]
    value: Mapped[Decimal | None]
    goods_fund_id: Mapped[int | None] = mapped_column(ForeignKey("care_funds.id"))
    bank: Mapped[str | None]
    account: Mapped[str | None]
    again: Mapped[str | None]
    remark: Mapped[str | None]


class CarePart(Record):
    """Money in yuan that a gift takes from one source."""

    __tablename__ = "care_gift_parts"

    gift_id: Mapped[int] = mapped_column(ForeignKey("care_gifts.id"), index=True)
    fund_id: Mapped[int] = mapped_column(ForeignKey("care_funds.id"), index=True)
    amount: Mapped[Decimal]


class CareVoucher(Record):
    """A voucher of a round for one source, in yuan; one `taken_back` (day and reason) stays and counts no more."""

    __tablename__ = "care_vouchers"

    round_id: Mapped[int] = mapped_column(ForeignKey("care_rounds.id"), index=True)
    fund_id: Mapped[int] = mapped_column(ForeignKey("care_funds.id"))
    number: Mapped[str]
    amount: Mapped[Decimal]
    taken_back: Mapped[str | None]


class CareHandout(Record):
    """That a gift was handed out, with its money in yuan; a counter-entry is its opposite and says why.

    `relation` is that of a proxy who signed; `word` was asked for where the person had died, left or recovered.
    """

    __tablename__ = "care_handouts"

    gift_id: Mapped[int] = mapped_column(ForeignKey("care_gifts.id"), index=True)
    on: Mapped[date]
    amount: Mapped[Decimal]
    receiver: Mapped[str]
    relation: Mapped[str | None]
    handler: Mapped[str | None]
    witness: Mapped[str | None]
    word: Mapped[str | None]
    reason: Mapped[str | None]
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("care_handouts.id"), unique=True)


class CareExport(Record):
    """That a list with account, identity or telephone numbers of a round left the program, and what for."""

    __tablename__ = "care_exports"

    round_id: Mapped[int] = mapped_column(ForeignKey("care_rounds.id"), index=True)
    on: Mapped[date]
    purpose: Mapped[str]
    people: Mapped[int]


@dataclass(frozen=True)
class Chosen:
    """Somebody put on the list: a member or a case by number, or another person by name."""

    name: str
    category: str
    member_id: int | None = None
    case_id: int | None = None
    branch_id: int | None = None
    again: str | None = None


def begin(session: Session, values: Mapping[str, Any]) -> CareRound:
    """Begins a round of a festival and year; FieldError where one of that name is there already."""
    made = CareRound(**_verified(session, values, None))
    session.add(made)
    session.flush()
    return made


def change(session: Session, round_id: int, values: Mapping[str, Any]) -> CareRound:
    """Changes what is given of a round that is open."""
    found = require_open(session, round_id)
    given = {key: getattr(found, key) for key in ROUND_FIELDS} | {key: values[key] for key in values}
    for key, value in _verified(session, given, round_id).items():
        setattr(found, key, value)
    session.flush()
    return found


def remove(session: Session, round_id: int) -> None:
    """Removes a round begun by mistake; UserError once anybody is on its list."""
    found = require_open(session, round_id)
    if session.scalar(select(CareGift.id).where(CareGift.round_id == round_id).limit(1)) is not None:
        raise UserError(f"{found.name}的名单里还有人，不能删除；请先移出名单。")
    for voucher in session.scalars(select(CareVoucher).where(CareVoucher.round_id == round_id)):
        session.delete(voucher)
    session.flush()
    session.delete(found)
    session.flush()


def choose(session: Session, round_id: int, who: Chosen) -> CareGift:
    """Puts a person on the list of a round, with the account of the last time; FieldError for the second time.

    A word (`again`) says why somebody is given something twice.
    """
    found = require_open(session, round_id)
    name, branch_id = tidy(who.name), who.branch_id
    if who.member_id is not None:
        member = find_by_id(session, who.member_id)
        name, branch_id = member.name, member.branch_id
    if not name:
        raise FieldError("name", "请填写姓名。")
    again = tidy(who.again) or None
    if again is None and _is_listed(session, round_id, who, name):
        raise FieldError("again", f"{name}已经在{found.name}的名单里；确需再次慰问，请写明原因。")
    made = CareGift(
        round_id=round_id, member_id=who.member_id, case_id=who.case_id, branch_id=branch_id, name=name,
        category=tidy(who.category) or CATEGORIES[-1], again=again, **_account(session, who),
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def settle(
    session: Session, gift_id: int, values: Mapping[str, Any], parts: Sequence[tuple[str, Any]] | None = None
) -> CareGift:
    """Changes what a person is given; `parts` are (source, yuan) and take the place of those before.

    `goods_source` names the source that the goods came from. UserError where it was handed out already: that is
    reversed first.
    """
    gift = require_waiting(session, gift_id)
    for key in GIFT_FIELDS:
        if key in values:
            value = tidy(values[key]) or None if key not in ("quantity", "value") else values[key]
            setattr(gift, key, value)
    if "goods_source" in values:
        gift.goods_fund_id = _source(session, values["goods_source"], {gift.goods_fund_id})
    _require_sound(gift)
    if parts is not None:
        wanted: dict[int, Decimal] = {}
        own = set(session.scalars(select(CarePart.fund_id).where(CarePart.gift_id == gift_id)))
        for source, yuan in parts:
            fund_id = _source(session, source or "", own) or 0
            wanted[fund_id] = wanted.get(fund_id, Decimal(0)) + care_funds.amount_of(yuan)
        _put_parts(session, gift_id, wanted)
    session.flush()
    return gift


def strike(session: Session, gift_id: int) -> None:
    """Takes a person off the list; UserError for one to whom anything was ever handed out."""
    gift = require_waiting(session, gift_id)
    if session.scalar(select(CareHandout.id).where(CareHandout.gift_id == gift_id).limit(1)) is not None:
        raise UserError(f"{gift.name}有发放和冲销记录，不能移出名单；不再发放的，让它留在未发放里并写备注。")
    _put_parts(session, gift_id, {})
    session.flush()
    session.delete(gift)
    session.flush()


def vouch(session: Session, round_id: int, fund: str | None, number: str | None, amount: Any) -> CareVoucher:
    """Adds a voucher of a source to a round, or changes that of the same number; `amount` in yuan."""
    require_open(session, round_id)
    source, number = care_funds.fund_named(session, fund), tidy(number)
    if not number:
        raise FieldError("number", "请填写凭证号。")
    known = select(CareVoucher).where(
        CareVoucher.round_id == round_id, CareVoucher.fund_id == source.id, CareVoucher.number == number
    )
    found = session.scalars(known).first() or CareVoucher(round_id=round_id, fund_id=source.id, number=number)
    found.amount, found.taken_back = care_funds.amount_of(amount), None
    session.add(found)
    session.flush()
    return found


def unvouch(session: Session, voucher_id: int, reason: str | None, on: date) -> CareVoucher:
    """Takes a voucher back, which stays with the day and the reason and counts no more."""
    voucher = numbered(session, CareVoucher, voucher_id, "慰问凭证")
    require_open(session, voucher.round_id)
    if voucher.taken_back is not None:
        raise UserError(f"凭证 {voucher.number} 已经收回过了。")
    reason = tidy(reason)
    if not reason:
        raise FieldError("reason", "请写明收回原因。")
    voucher.taken_back = f"{on} {reason}"
    session.flush()
    return voucher


def note_export(session: Session, round_id: int, purpose: str, people: int, on: date) -> CareExport:
    """Writes down that a list with numbers that are kept private was made, for how many people."""
    numbered(session, CareRound, round_id, "慰问")
    made = CareExport(round_id=round_id, on=on, purpose=purpose, people=people)
    session.add(made)
    session.flush()
    return made


def require_open(session: Session, round_id: int) -> CareRound:
    """The round; UserError once it is closed."""
    found = numbered(session, CareRound, round_id, "慰问")
    if found.closed_on is not None:
        raise UserError(f"{found.name}已在 {found.closed_on} 办结，要改动请先重新打开。")
    return found


def require_waiting(session: Session, gift_id: int) -> CareGift:
    """A gift of an open round that is not handed out; UserError for another."""
    gift = numbered(session, CareGift, gift_id, "慰问记录")
    require_open(session, gift.round_id)
    if standing(session, gift_id) is not None:
        raise UserError(f"{gift.name}的慰问已经发放，要改动请先冲销发放。")
    return gift


def standing(session: Session, gift_id: int) -> CareHandout | None:
    """The hand-out of a gift that was not reversed."""
    return session.scalars(select(CareHandout).where(CareHandout.gift_id == gift_id, still_stands())).first()


def still_stands() -> Any:
    """That a hand-out is no counter-entry and has none."""
    counter = aliased(CareHandout)
    return CareHandout.reverses_id.is_(None) & ~exists().where(counter.reverses_id == CareHandout.id)


def _is_listed(session: Session, round_id: int, who: Chosen, name: str) -> bool:
    """Whether somebody is on a list: by number, or by name where a number or a branch does not tell two apart."""
    for gift in session.scalars(select(CareGift).where(CareGift.round_id == round_id)):
        if who.member_id is not None and gift.member_id is not None:
            same = gift.member_id == who.member_id
        elif who.case_id is not None and gift.case_id is not None:
            same = gift.case_id == who.case_id
        else:
            placed = {gift.branch_id, who.branch_id}
            same = gift.name == name and (len(placed) == 1 or None in placed)
        if same:
            return True
    return False


def _account(session: Session, who: Chosen) -> dict[str, str | None]:
    """Bank and account as they were when the person was last on a list."""
    if who.member_id is None and who.case_id is None:
        return {}
    by = CareGift.member_id == who.member_id if who.member_id is not None else CareGift.case_id == who.case_id
    chosen = select(CareGift.bank, CareGift.account).where(by, CareGift.account.is_not(None))
    found = session.execute(chosen.order_by(CareGift.id.desc())).first()
    return {} if found is None else {"bank": found.bank, "account": found.account}


def _source(session: Session, name: str | None, own: Collection[int | None]) -> int | None:
    """The number of the source of a name, None without a name; one that was stopped is none but where it stands."""
    if name is None:
        return None
    fund = care_funds.fund_named(session, name)
    if fund.id not in own:
        care_funds.require_used(fund)
    return fund.id


def _put_parts(session: Session, gift_id: int, wanted: Mapping[int, Decimal]) -> None:
    known = {part.fund_id: part for part in session.scalars(select(CarePart).where(CarePart.gift_id == gift_id))}
    for fund_id, part in known.items():
        if fund_id not in wanted:
            session.delete(part)
        elif part.amount != wanted[fund_id]:
            part.amount = wanted[fund_id]
    for fund_id, amount in wanted.items():
        if fund_id not in known:
            session.add(CarePart(gift_id=gift_id, fund_id=fund_id, amount=amount))
    session.flush()


def _require_sound(gift: CareGift) -> None:
    if gift.goods is None and any(each is not None for each in (gift.quantity, gift.value, gift.goods_fund_id)):
        raise FieldError("goods", "写了慰问品的数量、折款或来源，请填写慰问品名称。")
    for key in ("quantity", "value"):
        if getattr(gift, key) is not None and getattr(gift, key) <= 0:
            raise FieldError(key, "数量应大于零。" if key == "quantity" else "折款应大于零；不知道的不填。")
    gift.category = gift.category or CATEGORIES[-1]


def _verified(session: Session, values: Mapping[str, Any], round_id: int | None) -> dict[str, Any]:
    given = {key: values.get(key) for key in ROUND_FIELDS}
    given |= {key: tidy(given[key]) or None for key in ("festival", "name", "handler", "leaders", "remark")}
    if given["festival"] is None:
        raise FieldError("festival", "请填写是什么慰问（春节、七一……）。")
    if given["year"] is None or not 1921 <= given["year"] <= 2200:
        raise FieldError("year", "请填写年份。")
    if given["first_on"] and given["last_on"] and given["last_on"] < given["first_on"]:
        raise FieldError("last_on", f"结束日期 {given['last_on']} 早于开始日期 {given['first_on']}。")
    if given["budget"] is not None and given["budget"] <= 0:
        raise FieldError("budget", "预算应大于零；没有预算的不填。")
    given["name"] = given["name"] or f"{given['year']}年{given['festival']}慰问"
    same = select(CareRound.id).where(
        CareRound.name == given["name"], CareRound.branch_id == given["branch_id"], CareRound.id != (round_id or 0)
    )
    if session.scalar(same) is not None:
        raise FieldError("name", f"已经有“{given['name']}”，请换一个名称。")
    return given
