"""F32, the summary of the yearly appraisal of members (民主评议): votes, grade and what follows, by branch and year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.kinds import CODE, ID_NUMBER, NUMBER, PERSON, TEXT, Choice
from models.ledger import Column, Ledger, Outcome, Values, View
from models.ledgers.dues.past_registers import YEAR
from models.ledgers.sparing import sparing
from models.records.life import appraisals
from models.records.life.appraisals import BALLOTS, RESULT_FIELDS, Appraisal, AppraisalResult
from models.records.members.members import FULL, PROBATIONARY, Member
from models.records.members.organisation import Organisation
from models.records.members.people import People
from models.records.outcomes import Taken, take_each
from models.rules.appraisal import BARELY, FAILED, GRADES, OUTSTANDING, THIRD, UNGRADED, Standing

BALLOT_TITLES: Mapping[str, str] = dict(zip(BALLOTS, ("应参加", "实参加", "发出票", "收回票", "有效票"), strict=True))
GRADE = Choice(
    (*GRADES, UNGRADED),
    synonyms={
        "优": "优秀", "优秀党员": "优秀", "合格党员": "合格", "称职": "合格", "基本合格党员": "基本合格",
        "基本称职": "基本合格", "不合格党员": "不合格", "不称职": "不合格", "不评定等次": UNGRADED,
        "未定等次": UNGRADED, "不参加评定": UNGRADED, "暂不评定": UNGRADED,
    },
    tones={OUTSTANDING: "good", BARELY: "warn", FAILED: "bad", UNGRADED: "quiet"},
)  # fmt: skip
CATEGORY = Choice((FULL, PROBATIONARY), tones={PROBATIONARY: "warn"}, open=True)
DISPOSITION = Choice(
    ("表扬", "表彰", "肯定优点、指出差距", "批评教育", "限期改正", "劝退", "劝而不退除名", "自行脱党除名"), open=True
)
SHARE = Choice((THIRD, "15%", "20%", "四分之一"), synonyms={"四分之一": "1/4"}, open=True)


@dataclass(frozen=True, slots=True)
class AppraisalRow:
    """One member in the appraisal of a year; `id` is the number of the result, `category` that of its day."""

    id: int
    appraisal_id: int
    member_id: int
    year: int
    name: str
    id_number: str | None
    branch: str
    category: str
    outstanding: int | None
    passed: int | None
    barely: int | None
    failed: int | None
    grade: str | None
    opinion: str | None
    disposition: str | None
    remark: str | None


def appraisal_rows(session: Session, view: View) -> list[AppraisalRow]:
    """Everybody in the appraisals of the view's year, by branch, in order of entry."""
    chosen = (
        select(AppraisalResult, Appraisal.year, Member, Organisation.name)
        .join(Appraisal, Appraisal.id == AppraisalResult.appraisal_id)
        .join(Member, Member.id == AppraisalResult.member_id)
        .join(Organisation, Organisation.id == Appraisal.branch_id)
        .where(Appraisal.year.between(view.period.first.year, view.period.last.year))
        .order_by(Appraisal.year, Appraisal.branch_id, Member.id)
    )
    if view.branch_id is not None:
        chosen = chosen.where(Appraisal.branch_id == view.branch_id)
    return [_row(*found) for found in session.execute(chosen)]


def _row(result: AppraisalResult, year: int, member: Member, branch: str) -> AppraisalRow:
    return AppraisalRow(
        id=result.id,
        appraisal_id=result.appraisal_id,
        member_id=member.id,
        year=year,
        name=member.name,
        id_number=member.id_number,
        branch=branch,
        category=PROBATIONARY if result.probationary else FULL,
        **{key: getattr(result, key) for key in RESULT_FIELDS},
    )


@dataclass(frozen=True)
class Head:
    """An appraisal with the name of its branch, and how its 优秀 stand to what is allowed; outlives the session."""

    id: int
    branch_id: int
    branch: str
    year: int
    values: Mapping[str, Any]
    standing: Standing


def heads(session: Session, view: View) -> list[Head]:
    """The appraisals of the view's year, by branch."""
    chosen = (
        select(Appraisal, Organisation.name)
        .join(Organisation, Organisation.id == Appraisal.branch_id)
        .where(Appraisal.year.between(view.period.first.year, view.period.last.year))
        .order_by(Appraisal.year, Appraisal.branch_id)
    )
    if view.branch_id is not None:
        chosen = chosen.where(Appraisal.branch_id == view.branch_id)
    return [head_of(session, found, name) for found, name in session.execute(chosen).all()]


def head_of(session: Session, found: Appraisal, branch: str) -> Head:
    """An appraisal as it stands."""
    values = {key: getattr(found, key) for key in appraisals.HEAD_FIELDS}
    return Head(found.id, found.branch_id, branch, found.year, values, appraisals.standing(session, found))


def head_words(head: Head) -> str:
    """应参加 16 人，实参加 15 人，发出票 15 张…; what is not known is left out."""
    units = ("人", "人", "张", "张", "张")
    known = [(title, head.values[key], unit) for (key, title), unit in zip(BALLOT_TITLES.items(), units, strict=True)]
    return "，".join(f"{title} {number} {unit}" for title, number, unit in known if number is not None)


def standing_words(found: Standing, share: str, reason: str | None = None) -> str:
    """优秀 4 名，上限 5 名（参加评定 15 名的三分之一）; over the limit it says so, and why."""
    words = f"优秀 {found.outstanding} 名，上限 {found.cap} 名（参加评定 {found.base} 名的{share}）"
    if not found.is_over:
        return words
    return f"{words}，超出 {found.above} 名" + (f"，理由：{reason}" if reason else "")


def _note(session: Session, view: View) -> str:
    said = []
    for head in heads(session, view):
        parts = (head_words(head), standing_words(head.standing, head.values["share"], head.values["over_reason"]))
        said.append(f"{head.branch}：{'；'.join(part for part in parts if part)}。")
    return "".join(said) + ("预备党员参加评议，不评定等次。" if said else "")


@dataclass
class _Saving:
    """What saving rows looks up again and again."""

    session: Session
    view: View
    people: People
    taken: Taken


def _save(session: Session, rows: Sequence[Values], view: View) -> list[Outcome]:
    """Notes each row in the appraisal of its year and of the member's branch, which is begun where there is none."""
    saving = _Saving(session, view, People(session, view.branch_id), Taken())
    return take_each(session, rows, lambda values: _take(saving, values))


def _take(saving: _Saving, values: Values) -> Outcome:
    session = saving.session
    member = saving.people.named(values)
    year = values.get("year") or saving.view.period.year
    known = _known(session, member, year)
    numbered = known is not None and str(known.id) == str(values.get("id"))
    stated = {key: values[key] for key in RESULT_FIELDS if key in values and (numbered or values[key] is not None)}
    if known is None:
        known = _included(saving, member, year)
        appraisals.note(session, known.id, stated)
        saving.taken.note(known.id)
        return Outcome("added", known.id)
    empty = all(getattr(known, key) is None for key in RESULT_FIELDS)
    changes = any(getattr(known, key) != value for key, value in stated.items())
    if changes:
        saving.taken.require_new(known.id, member.name)
        appraisals.note(session, known.id, stated)
    saving.taken.note(known.id)
    return Outcome("unchanged" if not changes else "added" if empty else "updated", known.id)


def _known(session: Session, member: Member, year: int) -> AppraisalResult | None:
    chosen = select(AppraisalResult).join(Appraisal, Appraisal.id == AppraisalResult.appraisal_id)
    return session.scalars(chosen.where(Appraisal.year == year, AppraisalResult.member_id == member.id)).first()


def _included(saving: _Saving, member: Member, year: int) -> AppraisalResult:
    """The member's place in the list of a year: that of the roster, else one of its own."""
    session, today = saving.session, saving.view.today
    found = appraisals.of_year(session, member.branch_id, year)
    if found is None:
        found = appraisals.begin(session, member.branch_id, year, {}, today)
        known = _known(session, member, year)
        if known is not None:
            return known
    return appraisals.include(session, found.id, member.id, today)


LIFE_APPRAISALS = Ledger(
    name="life_appraisals",
    title="民主评议汇总表",
    columns=(
        Column("year", "年度", YEAR, 6),
        Column("name", "姓名", PERSON, 10, required=True),
        Column("id_number", "公民身份号码", ID_NUMBER, 20),
        Column("branch", "所在党支部", TEXT, 14, entered=False),
        Column("category", "党籍状态", CATEGORY, 9, entered=False),
        Column("outstanding", "优秀票", NUMBER, 7, synonyms=("优秀", "优秀票数")),
        Column("passed", "合格票", NUMBER, 7, synonyms=("合格", "合格票数")),
        Column("barely", "基本合格票", NUMBER, 8, synonyms=("基本合格", "基本合格票数")),
        Column("failed", "不合格票", NUMBER, 7, synonyms=("不合格", "不合格票数")),
        Column("grade", "评定等次", GRADE, 9, synonyms=("评议结果", "评议等次", "等次", "评定结果")),
        Column("opinion", "支部评议意见", TEXT, 40, synonyms=("评议意见", "支部意见")),
        Column("disposition", "组织处置", DISPOSITION, 14, synonyms=("处置", "处理意见")),
        Column("remark", "备注", TEXT, 14),
        Column("id", "编号", CODE, 6, entered=False),
    ),
    rows=appraisal_rows,
    save=_save,
    span="year",
    lines=("填报单位（盖章）：{unit}", "", "{date}"),
    signatures=("支部书记：", "监票人：", "计票人：", "填表人：{maker}", "填表日期：{date}"),
    note=_note,
    empty="这一年还没有民主评议，往年的在上面选年份。点“开始评议”列出名单，再录票数。",
    fitted=sparing,
)
RESULT_COLUMNS = tuple(column for column in LIFE_APPRAISALS.columns if column.key in RESULT_FIELDS)
