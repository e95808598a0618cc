"""Taking signing lists in: whom a row means, in which round, what they were given, and into whose hands."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import FieldError, UserError
from models.kinds import ACCOUNT, DAY, ID_NUMBER, NUMBER, TEXT
from models.ledger import Column, Ledger, Outcome, Values, View
from models.ledgers.care.gift_rows import parts_from, parts_of
from models.records.care import funds as care_funds
from models.records.care import handing as care_handing
from models.records.care import rounds as care_rounds
from models.records.care.rounds import CATEGORIES, FESTIVALS, CareGift, CareRound, Chosen
from models.records.members import organisation
from models.records.members.people import People
from models.records.outcomes import Taken, take_each

_ROUND = re.compile(r"(?:(\d{4})年)?(.*?)(?:走访)?(?:慰问.*)?")
_SOURCE_ABOVE = re.compile(r"(?:资金|经费)来源[:：]\s*([^\s，,。；;]+)")
_DAY_ABOVE = re.compile(r"(?:发放|领取|慰问)(?:日期|时间)[:：]\s*([\d年月日./-]+)")
_PROXY = re.compile(r"(.+?)(?:代领?|代签)?\s*[（(]\s*(.*?)\s*[)）]\s*(?:代领?|代签)?")
_PROXY_WORDS = re.compile(r"代领|代签|代|系其|系本人|[，,、：: ]")
_SELF = frozenset({"本人", "自领", "本人领取"})


def fitted(_session: Session, ledger: Ledger, view: View | None) -> Ledger:
    """For an import, what signing lists say besides: account and identity number, and the words over their table.

    Numbers that are kept private come in by this way and go out by none.
    """
    if view is not None:
        return ledger
    columns = [replace(column, required=column.key == "name") for column in ledger.columns]
    columns[-1:-1] = (
        Column("id_number", "公民身份号码", ID_NUMBER, 20),
        Column("bank", "开户银行", TEXT, 16, synonyms=("开户行", "银行")),
        Column("account", "银行账号", ACCOUNT, 22, synonyms=("账号", "卡号", "银行卡号", "银行帐号", "账户")),
        Column("year", "年度", NUMBER, 6),
        Column("over", "表头文字", TEXT, 20),
    )
    return replace(ledger, columns=tuple(columns))


def save(session: Session, rows: Sequence[Values], view: View) -> list[Outcome]:
    """Puts people on lists as a signing list says, settles what they are given, and records what was handed out."""
    taken, people = Taken(), People(session, None)
    return take_each(session, rows, lambda values: _take(session, _completed(values), view, people, taken))


def add_one(session: Session, round_id: int, values: Values) -> CareGift:
    """Puts somebody on a list by name: a member of the roster, else a person outside of it; `again` says why twice."""
    return care_rounds.choose(session, round_id, _who(session, values, People(session, None)))


def _completed(values: Values) -> dict[str, Any]:
    """The row with what stands over its table, and with a proxy's name and relation apart."""
    filled = dict(values)
    over = filled.get("over") or ""
    if filled.get("sources") is None and filled.get("amount") is not None and (said := _SOURCE_ABOVE.search(over)):
        filled["sources"] = said[1]
    if filled.get("handed_on") is None and (said := _DAY_ABOVE.search(over)):
        filled["handed_on"] = DAY.read(said[1])
    receiver = filled.get("receiver") or ""
    if receiver in _SELF:
        filled["receiver"] = None
    elif (said := _PROXY.fullmatch(receiver)) and filled.get("relation") is None:
        filled |= {"receiver": said[1], "relation": _PROXY_WORDS.sub("", said[2]) or None}
    return filled


def _take(session: Session, values: Values, view: View, people: People, taken: Taken) -> Outcome:
    known = _known(session, values, view, people)
    wanted = {key: values[key] for key in care_rounds.GIFT_FIELDS if values.get(key) is not None}
    parts = parts_from(values.get("sources"), values.get("amount"))
    if known is None:
        known = care_rounds.choose(session, _round(session, values, view).id, _who(session, values, people))
        source = {"goods_source": values.get("goods_source")}
        _settle(session, known, wanted | source, parts)
        _hand_out(session, known, values, view)
        taken.note(known.id)
        return Outcome("added", known.id)
    own = parts_of(session, select(CareGift.id).where(CareGift.id == known.id)).get(known.id, {})
    differs = bool(parts) and dict(parts) != own
    changes = {key: value for key, value in wanted.items() if getattr(known, key) != value}
    said = values.get("goods_source")
    if said and care_funds.fund_named(session, said).id != known.goods_fund_id:
        changes["goods_source"] = said
    if changes or differs:
        taken.require_new(known.id, known.name)
        _settle(session, known, changes, parts if differs else None)
    handed = _hand_out(session, known, values, view)
    taken.note(known.id)
    return Outcome("updated" if changes or differs or handed else "unchanged", known.id)


def _settle(session: Session, gift: CareGift, values: Values, parts: Sequence[tuple[str, Decimal]] | None) -> None:
    """Settles what a row says; what is refused of a source is said at its column."""
    try:
        care_rounds.settle(session, gift.id, values, parts)
    except FieldError as refusal:
        raise FieldError("sources" if refusal.field == "fund" else refusal.field, str(refusal)) from None


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
        if not any(words in str(refusal) for words in ("没有党员", "没有这个身份证号")):
            raise
        return Chosen(name, category, branch_id=branch_id, again=again)
    return Chosen(member.name, category, member.id, branch_id=member.branch_id, again=again)


def _find_round(session: Session, values: Values, view: View) -> CareRound | None:
    chosen = select(CareRound)
    if values.get("round"):
        chosen = chosen.where(CareRound.name == values["round"])
    else:
        festival, year = _festival_over(values, view)
        chosen = chosen.where(CareRound.festival == festival, CareRound.year == year)
    return session.scalars(chosen.order_by(CareRound.branch_id.is_not(None), CareRound.id)).first()


def _round(session: Session, values: Values, view: View) -> CareRound:
    """The round that a row, or what stands over its table, names; one that is not there yet is begun."""
    found = _find_round(session, values, view)
    if found is not None:
        return found
    name = values.get("round")
    if not name:
        festival, year = _festival_over(values, view)
        return care_rounds.begin(session, {"festival": festival, "year": year})
    said = _ROUND.fullmatch(name)
    year = int(said[1]) if said and said[1] else view.period.year
    festival = next((each for each in FESTIVALS if each in name), FESTIVALS[-1])
    return care_rounds.begin(session, {"festival": festival, "year": year, "name": name})


def _festival_over(values: Values, view: View) -> tuple[str, int]:
    """The festival and year that the words over a table name; FieldError where they name none."""
    festival = next((each for each in FESTIVALS if each in (values.get("over") or "")), None)
    if festival is None:
        raise FieldError("round", "没有写是哪一次慰问：请加一列“慰问批次”，如“2026年春节慰问”，或写在表的标题里。")
    return festival, values.get("year") or view.period.year
