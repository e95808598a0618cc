"""谈心谈话记录: the talks of a period. What was said in a confidential one is not in any of its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from models.errors import FieldError
from models.kinds import CODE, DAY, FLAG, NUMBER, TEXT, Choice
from models.ledger import Column, Ledger, Outcome, Values, View
from models.records.life import talks
from models.records.life.talks import FIELDS, PEOPLE_FIELDS, SORTS, TALKED, TEXT_FIELDS, Talk, TalkPerson, TalkText
from models.records.members import organisation
from models.records.members.members import Member
from models.records.members.organisation import Organisation
from models.records.outcomes import Taken, take_each

HIDDEN = "（不公开）"
SORT = Choice(
    SORTS, open=True, synonyms={"提醒谈话": "约谈提醒（个别）", "家访": "家庭走访", "廉政谈话": "任前廉政谈话"}
)
_KEYS = (*FIELDS, *PEOPLE_FIELDS, *TEXT_FIELDS)


@dataclass(frozen=True, slots=True)
class TalkRow:
    """One talk; `text` and `promises` say only that they are confidential where the talk is; `people` counts them."""

    id: int
    on: date
    begins: str | None
    branch: str
    talkers: str
    talked: str
    people: int
    sort: str
    place: str | None
    text: str | None
    promises: str | None
    confidential: bool
    is_signed: bool
    remark: str | None


def talk_rows(session: Session, view: View) -> list[TalkRow]:
    """The talks of the period by day; the file is not even asked for the text of confidential ones."""
    text, promises = (case((Talk.confidential, HIDDEN), else_=column) for column in (TalkText.text, TalkText.promises))
    people = select(func.count()).where(TalkPerson.talk_id == Talk.id, TalkPerson.role == TALKED).scalar_subquery()
    chosen = (
        select(Talk, Organisation.name, people, text, promises)
        .join(Organisation, Organisation.id == func.coalesce(Talk.branch_id, Talk.organisation_id))
        .outerjoin(TalkText, TalkText.talk_id == Talk.id)
        .where(Talk.on.between(view.period.first.first_day, view.period.last.last_day))
        .order_by(Talk.on, Talk.id)
    )
    if view.branch_id is not None:
        chosen = chosen.where(Talk.branch_id == view.branch_id)
    return [
        TalkRow(
            talk.id, talk.on, talk.begins, branch, talk.talkers, talk.talked, number, talk.sort, talk.place, said,
            promised, talk.confidential, talk.is_signed, talk.remark,
        )
        for talk, branch, number, said, promised in session.execute(chosen)
    ]  # fmt: skip


def _save(session: Session, rows: Sequence[Values], view: View) -> list[Outcome]:
    """Adds or changes a talk a row: that of its number, else one of the same day, type and people."""
    taken = Taken()
    return take_each(session, rows, lambda values: _take(session, values, view, taken))


def _take(session: Session, values: Values, view: View, taken: Taken) -> Outcome:
    stated: dict[str, Any] = {key: values[key] for key in _KEYS if values.get(key) is not None}
    stated = {key: value for key, value in stated.items() if not (key in TEXT_FIELDS and value == HIDDEN)}
    known = _known(session, values, stated)
    if known is None:
        added = talks.enter(session, _organisation(session, stated, view), stated, view.today)
        taken.note(added.id)
        return Outcome("added", added.id)
    if known.confidential and stated.get("confidential") is False:
        raise FieldError("confidential", "这次谈话登记为不公开，不能用导入改成公开；请打开这条记录修改。")
    changes = _changes(session, known, stated)
    if changes:
        taken.require_new(known.id, known.talked)
        talks.change(session, known.id, stated, view.today)
    taken.note(known.id)
    return Outcome("updated" if changes else "unchanged", known.id)


def _known(session: Session, values: Values, stated: Mapping[str, Any]) -> Talk | None:
    number = str(values.get("id") or "")
    found = session.get(Talk, int(number)) if number.isdecimal() and number.isascii() and len(number) < 10 else None
    if found is not None and found.on == stated.get("on"):
        return found
    chosen = select(Talk).where(Talk.on == stated.get("on"), Talk.sort == (stated.get("sort") or talks.HEART))
    people = {key: _joined(session, key, stated) for key in PEOPLE_FIELDS}
    return next(
        (each for each in session.scalars(chosen) if all(getattr(each, key) == people[key] for key in people)), None
    )


def _joined(session: Session, key: str, stated: Mapping[str, Any]) -> str:
    return "、".join(each.name for each in talks.named(session, key, stated.get(key)))


def _changes(session: Session, known: Talk, stated: Mapping[str, Any]) -> bool:
    """Whether a row says anything else than what is known."""
    kept = session.scalars(select(TalkText).where(TalkText.talk_id == known.id)).first()
    for key, value in stated.items():
        wanted = _joined(session, key, stated) if key in PEOPLE_FIELDS else value
        before = getattr(kept if key in TEXT_FIELDS else known, key, None)
        if before != wanted:
            return True
    return False


def _organisation(session: Session, stated: Mapping[str, Any], view: View) -> int:
    """The branch looked at, else that of the first member who was talked with or talked, else the one above."""
    if view.branch_id is not None:
        return view.branch_id
    for key in reversed(PEOPLE_FIELDS):
        for each in talks.named(session, key, stated.get(key)):
            if each.member_id is not None:
                return session.get_one(Member, each.member_id).branch_id
    return organisation.root(session).id


def _note(session: Session, view: View) -> str:
    within = Talk.on.between(view.period.first.first_day, view.period.last.last_day)
    chosen = select(Talk.sort, func.count()).where(within).group_by(Talk.sort).order_by(func.count().desc())
    if view.branch_id is not None:
        chosen = chosen.where(Talk.branch_id == view.branch_id)
    counts = session.execute(chosen).all()
    said = "、".join(f"{sort} {count} 次" for sort, count in counts)
    hidden = "不公开的谈话只列时间和人员，内容不进入任何台账。"
    return f"共 {sum(count for _, count in counts)} 次" + (f"：{said}。{hidden}" if said else "。")


LIFE_TALKS = Ledger(
    name="life_talks",
    title="谈心谈话记录",
    columns=(
        Column("on", "谈话日期", DAY, 11, required=True, synonyms=("日期", "时间", "谈话时间")),
        Column("begins", "开始时间", TEXT, 8),
        Column("branch", "党支部", TEXT, 13, entered=False, synonyms=("部门",)),
        Column("talkers", "谈话人", TEXT, 12, required=True, synonyms=("谈话领导",)),
        Column("talked", "被谈话人", TEXT, 14, required=True, synonyms=("谈话对象",)),
        Column("people", "人数", NUMBER, 5, entered=False, totalled=True),
        Column("sort", "谈话类型", SORT, 12, required=True, synonyms=("类型",)),
        Column("place", "地点", TEXT, 12),
        Column("text", "谈话内容", TEXT, 30, synonyms=("内容", "主要内容")),
        Column("promises", "意见和承诺", TEXT, 18, synonyms=("承诺", "整改承诺")),
        Column("confidential", "不公开", FLAG, 6),
        Column("is_signed", "已签字", FLAG, 6),
        Column("remark", "备注", TEXT, 10),
        Column("id", "编号", CODE, 6, entered=False),
    ),
    rows=talk_rows,
    save=_save,
    lines=("填报单位（盖章）：{unit}", "", "截至{date}"),
    signatures=("支部书记：", "填表人：{maker}", "填表日期：{date}"),
    note=_note,
    empty="这段时间还没有登记谈话。按 Ctrl+N 登记一次谈话。",
)
