"""慰问发放台账: who was given what in a round, from which sources, when and into whose hands."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import FieldError, UserError
from models.kinds import CODE, DAY, MONEY, NAME, TEXT, Choice, Money, Raw, Text
from models.ledger import Column, Ledger, Outcome, Values, View
from models.records import care_handing, care_rounds, organisation
from models.records.care_funds import SORTS, CareFund
from models.records.care_rounds import (
    CATEGORIES,
    FESTIVALS,
    CareGift,
    CareHandout,
    CarePart,
    CareRound,
    Chosen,
    still_stands,
)
from models.records.organisation import Organisation
from models.records.outcomes import Taken, take_each
from models.records.people import People

ZERO = Decimal(0)
PLANNED, HANDED, REVERSED = "待发放", "已发放", "已冲销"
STATE = Choice((PLANNED, HANDED, REVERSED), tones={PLANNED: "warn", HANDED: "good", REVERSED: "bad"})
CATEGORY = Choice(CATEGORIES, open=True)
_PART = re.compile(r"\s*(.+?)\s*([\d,]+(?:\.\d{1,2})?)\s*元?\s*")
_ROUND = re.compile(r"(?:(\d{4})年)?(.*?)(?:走访)?(?:慰问.*)?")


class Sources(Text):
    """Sources with what each gave in yuan: 行政经费 300.00；工会 200.00; a source alone gives the whole amount."""

    def read(self, raw: Raw) -> str | None:
        text: str | None = super().read(raw)
        return None if text is None else "；".join(filter(None, re.split(r"\s*[；;]\s*", text)))


class Quantity(Money):
    """How many of a unit, with at most two decimals: 2, 1.5."""

    excel_format = "0.##"

    def show(self, value: Any) -> str:
        return "" if value is None else f"{value.normalize():f}"


SOURCES, QUANTITY = Sources(), Quantity()


@dataclass(frozen=True, slots=True)
class GiftRow:
    """One person of a round; `amount` and `value` in yuan, `gone` says who died or left since."""

    id: int
    round: str
    round_id: int
    member_id: int | None
    name: str
    branch: str
    category: str
    amount: Decimal | None
    sources: str | None
    goods: str | None
    quantity: Decimal | None
    unit: str | None
    value: Decimal | None
    state: str
    handed_on: date | None
    receiver: str | None
    relation: str | None
    handler: str | None
    witness: str | None
    gone: str
    again: str | None
    word: str | None
    remark: str | None


def gift_rows(session: Session, view: View) -> list[GiftRow]:
    """Everybody on the lists of the rounds of the period's year, round after round."""
    return rows_of(session, CareRound.year == view.period.year, view.branch_id)


def rows_of(session: Session, which: Any, branch_id: int | None = None) -> list[GiftRow]:
    """The rows of the rounds for which a condition holds."""
    chosen = select(CareGift, CareRound.name).join(CareRound, CareRound.id == CareGift.round_id).where(which)
    if branch_id is not None:
        chosen = chosen.where(CareGift.branch_id == branch_id)
    found = session.execute(chosen.order_by(CareRound.year, CareRound.id, CareGift.id)).all()
    numbers = select(CareGift.id).join(CareRound, CareRound.id == CareGift.round_id).where(which)
    parts, done, undone = _parts(session, numbers), _handouts(session, numbers), _undone(session, numbers)
    places = dict(session.execute(select(Organisation.id, Organisation.name)).all())
    above = organisation.root(session).name
    gone = care_handing.gone(session, [gift for gift, _ in found if gift.id not in done])
    return [_row(gift, name, places.get(gift.branch_id or 0, above), parts.get(gift.id, {}), done.get(gift.id),
                 gift.id in undone, gone.get(gift.id, "")) for gift, name in found]  # fmt: skip


def said_sources(parts: Mapping[str, Decimal]) -> str | None:
    """行政经费 for one source; 行政经费 300.00；工会 200.00 for several."""
    if len(parts) < 2:
        return next(iter(parts), None)
    return "；".join(f"{name} {amount:.2f}" for name, amount in parts.items())


def parts_from(sources: str | None, amount: Decimal | None) -> list[tuple[str, Decimal]]:
    """The parts that a row states; FieldError where they do not make up its amount (yuan)."""
    if amount is None and sources is None:
        return []
    words = (sources or "").split("；")
    if len(words) == 1 and not _PART.fullmatch(words[0]):
        if not words[0]:
            raise FieldError("sources", f"请填写资金来源（{'、'.join(SORTS)}）。")
        if amount is None:
            raise FieldError("amount", "有资金来源，请填写慰问金额。")
        return [(words[0], amount)]
    found = []
    for word in words:
        part = _PART.fullmatch(word)
        if part is None:
            raise FieldError("sources", f"“{word[:20]}”里没有金额，应写成“行政经费 300.00；工会 200.00”。")
        found.append((part[1], Decimal(part[2].replace(",", ""))))
    whole = sum((each for _, each in found), ZERO)
    if amount is not None and whole != amount:
        raise FieldError("sources", f"各来源合计 {whole:,.2f} 元，与慰问金额 {amount:,.2f} 元不符。")
    return found


def _row(
    gift: CareGift, round_name: str, branch: str, parts: Mapping[str, Decimal], done: CareHandout | None,
    undone: bool, gone: str,
) -> GiftRow:  # fmt: skip
    return GiftRow(
        id=gift.id,
        round=round_name,
        round_id=gift.round_id,
        member_id=gift.member_id,
        name=gift.name,
        branch=branch,
        category=gift.category,
        amount=sum(parts.values(), ZERO) if parts else None,
        sources=said_sources(parts),
        goods=gift.goods,
        quantity=gift.quantity,
        unit=gift.unit,
        value=gift.value,
        state=HANDED if done is not None else REVERSED if undone else PLANNED,
        handed_on=done.on if done is not None else None,
        receiver=done.receiver if done is not None else None,
        relation=done.relation if done is not None else None,
        handler=done.handler if done is not None else None,
        witness=done.witness if done is not None else None,
        gone=gone,
        again=gift.again,
        word=done.word if done is not None else None,
        remark=gift.remark,
    )


def _parts(session: Session, numbers: Any) -> dict[int, dict[str, Decimal]]:
    chosen = select(CarePart.gift_id, CareFund.name, CarePart.amount).join(CareFund, CareFund.id == CarePart.fund_id)
    found: defaultdict[int, dict[str, Decimal]] = defaultdict(dict)
    for gift_id, name, amount in session.execute(chosen.where(CarePart.gift_id.in_(numbers)).order_by(CarePart.id)):
        found[gift_id][name] = amount
    return found


def _handouts(session: Session, numbers: Any) -> dict[int, CareHandout]:
    chosen = select(CareHandout).where(CareHandout.gift_id.in_(numbers), still_stands())
    return {each.gift_id: each for each in session.scalars(chosen)}


def _undone(session: Session, numbers: Any) -> set[int]:
    chosen = select(CareHandout.gift_id).where(CareHandout.gift_id.in_(numbers), CareHandout.reverses_id.is_not(None))
    return set(session.scalars(chosen))


def save(session: Session, rows: Sequence[Values], view: View) -> list[Outcome]:
    """Puts people on lists as a signing list says, settles what they are given, and records what was handed out."""
    taken, people = Taken(), People(session, None)
    return take_each(session, rows, lambda values: _take(session, values, view, people, taken))


def add_one(session: Session, round_id: int, values: Values) -> CareGift:
    """Puts somebody on a list by name: a member of the roster, else a person outside of it; `again` says why twice."""
    return care_rounds.choose(session, round_id, _who(session, values, People(session, None)))


def _take(session: Session, values: Values, view: View, people: People, taken: Taken) -> Outcome:
    known = _known(session, values, view, people)
    wanted = {key: values[key] for key in care_rounds.GIFT_FIELDS if values.get(key) is not None}
    parts = parts_from(values.get("sources"), values.get("amount"))
    if known is None:
        known = care_rounds.choose(session, _round(session, values, view).id, _who(session, values, people))
        care_rounds.settle(session, known.id, wanted, parts)
        _hand_out(session, known, values, view)
        taken.note(known.id)
        return Outcome("added", known.id)
    before = _own_parts(session, known.id)
    differs = bool(parts) and dict(parts) != before
    changes = {key: value for key, value in wanted.items() if getattr(known, key) != value}
    if changes or differs:
        taken.require_new(known.id, known.name)
        care_rounds.settle(session, known.id, changes, parts if differs else None)
    handed = _hand_out(session, known, values, view)
    taken.note(known.id)
    return Outcome("updated" if changes or differs or handed else "unchanged", known.id)


def _own_parts(session: Session, gift_id: int) -> dict[str, Decimal]:
    return _parts(session, select(CareGift.id).where(CareGift.id == gift_id)).get(gift_id, {})


def _hand_out(session: Session, gift: CareGift, values: Values, view: View) -> bool:
    """Records the hand-out that a row states; one that stands must be the same."""
    if values.get("handed_on") is None:
        return False
    done = care_rounds.standing(session, gift.id)
    if done is None:
        said = {key: values.get(key) for key in ("receiver", "relation", "handler", "witness", "word")}
        care_handing.hand_out(session, gift.id, {**said, "on": values["handed_on"]}, view.today)
        return True
    if done.on != values["handed_on"]:
        raise FieldError("handed_on", f"{gift.name}已在 {done.on} 发放，与这一行不符；有误请先冲销。")
    return False


def _known(session: Session, values: Values, view: View, people: People) -> CareGift | None:
    """The entry of the row's number if it says the same name and round, else the like one."""
    number, name = str(values.get("id") or ""), values.get("name")
    if number.isascii() and number.isdigit():
        found = session.get(CareGift, int(number))
        if found is not None and found.name == name:
            return found
    own = _find_round(session, values, view)
    if own is None:
        return None
    chosen = select(CareGift).where(CareGift.round_id == own.id, CareGift.name == name).order_by(CareGift.id)
    if values.get("branch"):
        who = _who(session, values, people)
        chosen = chosen.where(CareGift.branch_id == who.branch_id)
    if values.get("again"):
        chosen = chosen.where(CareGift.again == values["again"])
    return session.scalars(chosen).first()


def _who(session: Session, values: Values, people: People) -> Chosen:
    """A member of the roster by that name, else somebody outside of it; several of one name are refused."""
    name, category, again = values.get("name") or "", values.get("category") or CATEGORIES[-1], values.get("again")
    branch_id = None
    above = organisation.root(session)
    if values.get("branch") and organisation.plain(values["branch"]) != organisation.plain(above.name):
        try:
            branch_id = organisation.branch_named(session, values["branch"]).id
        except UserError as refusal:
            raise FieldError("branch", str(refusal)) from None
    try:
        member = people.named(values)
    except FieldError as refusal:
        if "没有党员" not in str(refusal):
            raise
        return Chosen(name, category, branch_id=branch_id, again=again)
    return Chosen(member.name, category, member.id, branch_id=member.branch_id, again=again)


def _find_round(session: Session, values: Values, view: View) -> CareRound | None:
    chosen = select(CareRound).where(CareRound.name == (values.get("round") or ""))
    return session.scalars(chosen.order_by(CareRound.branch_id.is_not(None), CareRound.id)).first()


def _round(session: Session, values: Values, view: View) -> CareRound:
    """The round a row names; one that is not there yet is begun."""
    found = _find_round(session, values, view)
    if found is not None:
        return found
    name = values.get("round")
    if not name:
        raise FieldError("round", "请填写是哪一次慰问，如“2026年春节慰问”。")
    said = _ROUND.fullmatch(name)
    year = int(said[1]) if said and said[1] else view.period.year
    festival = next((each for each in FESTIVALS if each in name), FESTIVALS[-1])
    return care_rounds.begin(session, {"festival": festival, "year": year, "name": name})


def _note(session: Session, view: View) -> str:
    rows = gift_rows(session, view)
    done = [row for row in rows if row.state == HANDED]
    money = sum((row.amount or ZERO for row in done), ZERO)
    return f"共 {len(rows)} 人次，已发放 {len(done)} 人次、慰问金 {money:,.2f} 元。慰问品折款不计入慰问金。"


CARE_GIFTS = Ledger(
    name="care_gifts",
    title="慰问发放台账",
    columns=(
        Column("round", "慰问批次", TEXT, 16, required=True, synonyms=("慰问名称", "批次")),
        Column("name", "姓名", NAME, 9, required=True, synonyms=("慰问对象", "被慰问人")),
        Column("branch", "党支部", TEXT, 14, synonyms=("所在支部",)),
        Column("category", "慰问类别", CATEGORY, 10, synonyms=("类别", "人员类别")),
        Column("amount", "慰问金额", MONEY, 11, totalled=True, synonyms=("慰问金", "金额", "慰问金额（元）")),
        Column("sources", "资金来源", SOURCES, 12),
        Column("goods", "慰问品", TEXT, 12, synonyms=("物品名称",)),
        Column("quantity", "数量", QUANTITY, 7),
        Column("unit", "单位", TEXT, 5),
        Column("value", "慰问品折款", MONEY, 10, totalled=True, synonyms=("折款",)),
        Column("state", "状态", STATE, 8, entered=False),
        Column("handed_on", "发放日期", DAY, 11, synonyms=("领取日期",)),
        Column("receiver", "领取人", NAME, 9),
        Column("relation", "与本人关系", TEXT, 9),
        Column("handler", "经办人", TEXT, 8),
        Column("witness", "证明人", TEXT, 8),
        Column("again", "再次慰问原因", TEXT, 12),
        Column("word", "发放说明", TEXT, 12),
        Column("remark", "备注", TEXT, 12),
        Column("id", "编号", CODE, 6, entered=False),
    ),
    rows=gift_rows,
    save=save,
    span="year",
    signatures=("支部书记：", "组织委员：", "经办人：{maker}", "填表日期：{date}"),
    note=_note,
    empty="这一年还没有走访慰问。到“慰问”里按 Ctrl+N 新建一次慰问，再选人。",
)
