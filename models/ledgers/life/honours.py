"""F36: honours of members and organisations (表彰奖励), and sanctions (处分) in a list apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from models.errors import FieldError
from models.kinds import CODE, DAY, ID_NUMBER, NAME, PARTIAL_DAY, TEXT, Choice
from models.ledger import LINES_OF_A_DAY, Column, Ledger, Outcome, Values, View
from models.ledgers.sparing import sparing
from models.records.life import honours
from models.records.life.honours import FIELDS, HONOUR, SANCTION, Honour
from models.records.members import organisation
from models.records.members.members import Member
from models.records.members.organisation import Organisation
from models.records.members.people import People
from models.records.outcomes import Taken, meant, settled, take_each
from models.rules.periods import PartialDate

LEVELS = ("国家级", "省部级", "地市级", "县处级", "机关党委级", "党总支级", "党支部级")
SANCTION_LEVELS = ("党纪处分", "政务处分", "组织处理", "诫勉")
TITLES = (
    "优秀共产党员",
    "优秀党务工作者",
    "先进党支部",
    "标杆支部",
    "先锋党员",
    "党员示范岗",
    "先进个人",
    "嘉奖",
    "记三等功",
)
SANCTION_TITLES = (
    "警告",
    "严重警告",
    "撤销党内职务",
    "留党察看一年",
    "留党察看两年",
    "开除党籍",
    "批评教育",
    "诫勉谈话",
)


@dataclass(frozen=True, slots=True)
class HonourRow:
    """One honour or sanction; `name` is that of the member or of the organisation that has it."""

    id: int
    member_id: int | None
    name: str
    id_number: str | None
    branch: str
    title: str
    level: str | None
    awarded_by: str | None
    document_no: str | None
    awarded_on: PartialDate
    ends_on: date | None
    remark: str | None


def honour_rows(session: Session, view: View, kind: str = HONOUR) -> list[HonourRow]:
    """The honours of the view's period, in order of their days; one whose month is not known stands in every month."""
    own, place = aliased(Organisation), aliased(Organisation)
    chosen = (
        select(Honour, Member, own.name, place.name)
        .outerjoin(Member, Member.id == Honour.member_id)
        .outerjoin(own, own.id == Honour.organisation_id)
        .outerjoin(place, place.id == Member.branch_id)
        .where(Honour.kind == kind)
        .where(Honour.awarded_on.between(PartialDate(view.period.first.year), _end(view)))
        .order_by(Honour.awarded_on, Honour.id)
    )
    if view.branch_id is not None:
        chosen = chosen.where(or_(Member.branch_id == view.branch_id, Honour.organisation_id == view.branch_id))
    first, last = view.period.first.first_day, view.period.last.last_day
    found: list[tuple[Honour, Member | None, str, str]] = [(*row,) for row in session.execute(chosen)]
    return [
        HonourRow(
            id=each.id,
            member_id=each.member_id,
            name=member.name if member is not None else node,
            id_number=member.id_number if member is not None else None,
            branch=branch if member is not None else node,
            **{key: getattr(each, key) for key in FIELDS},
        )
        for each, member, node, branch in found
        if each.awarded_on.earliest <= last and each.awarded_on.latest >= first
    ]


def _end(view: View) -> PartialDate:
    return PartialDate.of(view.period.last.last_day)


def _save(session: Session, rows: Sequence[Values], view: View, kind: str = HONOUR) -> list[Outcome]:
    """Adds or changes an honour a row: that of its number if the name agrees, else the like one of the same day."""
    people, taken = People(session, view.branch_id), Taken()
    return take_each(
        session, rows, lambda values: _take(session, _holder(session, people, values), values, kind, view, taken)
    )


Holder = tuple[int | None, int | None]


def _holder(session: Session, people: People, values: Values) -> Holder:
    """Number of the member, or of the organisation, that a row names."""
    name = values.get("name")
    if name and not values.get("id_number"):
        for node in session.scalars(select(Organisation).order_by(Organisation.id)):
            if organisation.plain(node.name) == organisation.plain(name):
                return None, node.id
    return people.named(values).id, None


def _take(session: Session, holder: Holder, values: Values, kind: str, view: View, taken: Taken) -> Outcome:
    member_id, node_id = holder
    own = session.scalars(
        select(Honour).where(Honour.kind == kind, Honour.member_id == member_id, Honour.organisation_id == node_id)
    ).all()
    stated = {key: values[key] for key in FIELDS if values.get(key) is not None}
    return settled(
        meant(own, values, ("title", "awarded_on")),
        stated,
        taken,
        str(values.get("name") or "这一条"),
        add=lambda given: _added(session, holder, given, view.today, kind),
        change=lambda number, given: honours.change(session, number, given, view.today),
    )


def _added(session: Session, holder: Holder, stated: Values, today: date, kind: str) -> Honour:
    member_id, node_id = holder
    if member_id is not None:
        return honours.add_to_member(session, member_id, stated, today, kind)
    if node_id is None:
        raise FieldError("name", "请填写受表彰的党员或党组织。")
    return honours.add_to_organisation(session, node_id, stated, today, kind)


def columns(kind: str, used: Sequence[str] = ()) -> tuple[Column, ...]:
    """The columns of a list; levels used before are offered beside the usual ones."""
    is_honour = kind == HONOUR
    titles = TITLES if is_honour else SANCTION_TITLES
    levels = tuple(dict.fromkeys((*(LEVELS if is_honour else SANCTION_LEVELS), *used)))
    ends = () if is_honour else (Column("ends_on", "期满日期", DAY, 11, synonyms=("影响期满",)),)
    return (
        Column("name", "姓名（组织）", NAME, 14, required=True,
               synonyms=("姓名", "姓名/支部", "姓名或支部", "受表彰者", "支部")),
        Column("id_number", "公民身份号码", ID_NUMBER, 20),
        Column("branch", "所在党支部", TEXT, 14, entered=False),
        Column("title", "荣誉名称" if is_honour else "处分名称", Choice(titles, open=True), 20, required=True,
               synonyms=("名称", "表彰名称", "奖励名称", "处分种类")),
        Column("level", "级别" if is_honour else "类别", Choice(levels, open=True), 11, synonyms=("表彰级别",)),
        Column("awarded_by", "授予单位" if is_honour else "决定机关", TEXT, 20, synonyms=("表彰单位", "批准机关")),
        Column("document_no", "文号", TEXT, 18),
        Column("awarded_on", "日期", PARTIAL_DAY, 11, required=True,
               synonyms=("表彰日期", "授予日期", "处分日期", "表彰时间")),
        *ends,
        Column("remark", "备注", TEXT, 14),
        Column("id", "编号", CODE, 6, entered=False),
    )  # fmt: skip


LIFE_HONOURS = Ledger(
    name="life_honours",
    title="表彰台账",
    columns=columns(HONOUR),
    rows=honour_rows,
    save=_save,
    span="year",
    lines=LINES_OF_A_DAY,
    empty="这段时间没有登记表彰奖励。点“登记表彰”，党员和党支部都可以。",
    fitted=sparing,
)
LIFE_SANCTIONS = Ledger(
    name="life_sanctions",
    title="处分台账",
    columns=columns(SANCTION),
    rows=partial(honour_rows, kind=SANCTION),
    save=partial(_save, kind=SANCTION),
    span="year",
    lines=LINES_OF_A_DAY,
    note="本表只供内部管理使用，不张贴、不公示。",
    empty="这段时间没有登记处分。",
    fitted=sparing,
)
