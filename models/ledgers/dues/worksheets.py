"""F02, the worksheets of a year: what each member is paid by item, what is taken off, and the base and due it gives."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy.orm import Session

from models import codes
from models.kinds import ID_NUMBER, MONEY, MONTH, NAME, TEXT
from models.ledger import Column, Ledger, Outcome, Values, View
from models.ledgers.dues.assessments import Figures, present
from models.ledgers.dues.cells import DUES_RATE
from models.ledgers.members.roster import RECORD_NUMBER
from models.records.dues import assessments, payscale, rulebook, worksheets
from models.records.dues.assessments import Assessment
from models.records.dues.worksheets import ITEM
from models.records.members.members import Member, find_by_id
from models.rules.dues import DuesRules, assess, rules_for
from models.rules.periods import Month
from models.rules.worksheet import PayScale, Worksheet, scale_for

PAY, OFF = "工资项目（元）", "扣款项目（元）"
_ALSO: Mapping[str, tuple[str, ...]] = {
    "个人所得税": ("个税", "所得税", "代扣个人所得税", "应扣个税"),
    "养老保险": ("养老", "基本养老保险", "养老保险金"),
    "医疗保险": ("医保", "基本医疗保险", "医疗保险金"),
    "失业保险": ("失业", "失业保险金"),
    "职业年金": ("年金",),
    "住房公积金": ("公积金",),
    "基础性绩效工资": ("基础性绩效", "基础绩效"),
    "技术等级工资": ("技术等级（职务）工资",),
    "基本离退休费": ("基本离休费", "基本退休费", "基本养老金", "离退休费"),
    "津贴补贴": ("津补贴",),
}


@dataclass(frozen=True, slots=True)
class WorksheetRow:
    """One member's worksheet of a year; `items` are its amounts by item, each an attribute `item_…` too.

    `id` is the number of the assessment, None for a member who has none yet.
    """

    id: int | None
    member_id: int
    name: str
    id_number: str | None
    pay_kind: str | None
    items: Mapping[str, Decimal]
    dues_category: str | None
    dues_base: Decimal | None
    rate: Decimal | None
    monthly: Decimal | None
    working: str
    from_month: Month | None
    reason: str | None
    signature: str = ""
    initials: str = ""
    base_working: str = ""

    def __getattr__(self, key: str) -> Decimal | None:
        """The amount of an item; an item that the worksheet does not have is empty."""
        if not key.startswith(ITEM):
            raise AttributeError(key)
        return self.items.get(key.removeprefix(ITEM))


def worksheet_rows(session: Session, view: View) -> list[WorksheetRow]:
    """The worksheet that counts for each member in the branch at the end of the view's period."""
    rules = rules_for(view.month, rulebook.read(session))
    scale = scale_for(view.month, payscale.read(session))
    known = assessments.by_member(session)
    return [_row(member, known.get(member.id, ()), view.month, rules, scale) for member in present(session, view)]


def _row(member: Member, own: Sequence[Assessment], month: Month, rules: DuesRules, scale: PayScale) -> WorksheetRow:
    found = assessments.covering(assessments.scaled(own), month)
    ground = assessments.ground_of(member, [found] if found is not None else [], month)
    kept = Worksheet.parse(found.worksheet) if found is not None and found.worksheet else None
    figures = Figures.of(rules, ground)
    return WorksheetRow(
        id=found.id if found is not None else None,
        member_id=member.id,
        name=member.name,
        id_number=member.id_number,
        pay_kind=kept.kind if kept else worksheets.likely_kind(scale, member),
        items=kept.items if kept else {},
        dues_category=ground.category,
        dues_base=ground.base,
        rate=figures.rate,
        monthly=figures.monthly,
        working=figures.working,
        from_month=found.from_month if found is not None else None,
        reason=found.reason if found is not None else None,
        initials=member.initials,
        base_working=kept.working if kept else "",
    )


@dataclass(frozen=True)
class Sheets:
    """What filling in a worksheet begins with: the scale, the kind of pay and the amounts known so far."""

    scale: PayScale
    kind: str | None
    items: Mapping[str, Decimal]


def sheets_of(session: Session, member_id: int, month: Month) -> Sheets:
    """The worksheet that counts for a member in a month, or an empty one of the kind that is likely."""
    scale = scale_for(month, payscale.read(session))
    own = assessments.scaled(assessments.by_member(session).get(member_id, ()))
    found = assessments.covering(own, month)
    if found is not None and found.worksheet:
        kept = Worksheet.parse(found.worksheet)
        return Sheets(scale, kept.kind, kept.items)
    return Sheets(scale, worksheets.likely_kind(scale, find_by_id(session, member_id)), {})


def due_of(session: Session, found: Worksheet, month: Month) -> str:
    """The due that a worksheet gives in a month, in words, or why it gives none."""
    kind = scale_for(month, payscale.read(session)).kinds.get(found.kind)
    try:
        due = assess(rules_for(month, rulebook.read(session)), kind.category if kind else None, found.base)
    except ValueError as error:
        return str(error)
    return f"每月应交 {due.amount:.2f} 元（{due.working}）"


def _save(session: Session, rows: Sequence[Values], view: View) -> Sequence[Outcome]:
    return worksheets.save(session, rows, view.branch_id)


def columns(pay: Iterable[str], off: Iterable[str], numbered: bool = True) -> tuple[Column, ...]:
    """The columns of a sheet with these items, under the two bands of the form; `numbered` tells namesakes apart."""
    return (
        Column("name", "姓名", NAME, 10),
        Column("pay_kind", "工资类型", TEXT, 11),
        *(_item(item, PAY) for item in pay),
        *(_item(item, OFF) for item in off),
        Column("dues_category", "党费类别", codes.DUES_CATEGORY, 8),
        Column("dues_base", "缴费基数", MONEY, 11),
        Column("rate", "比例", DUES_RATE, 6, entered=False),
        Column("monthly", "每月应交", MONEY, 9, entered=False, totalled=True),
        Column("from_month", "起始月", MONTH, 8),
        Column("reason", "调整原因", codes.ASSESSMENT_REASON, 9),
        *([Column("id_number", "公民身份号码", ID_NUMBER, 20)] if numbered else []),
        Column("signature", "本人签字", TEXT, 14, entered=False),
        RECORD_NUMBER,
    )


def _item(item: str, band: str) -> Column:
    return Column(ITEM + item, item, MONEY, 9, band=band, synonyms=_ALSO.get(item, ()))


def fitted(session: Session, ledger: Ledger, view: View | None = None) -> Ledger:
    """The ledger with the items of this data file: all of them, or of a view those of the kinds of its members."""
    scales = payscale.read(session)
    scale = scale_for(view.month if view is not None else None, scales)
    if view is None:
        return replace(ledger, columns=columns(scale.pay_items(), scale.off_items()))
    rows = worksheet_rows(session, view)
    kinds = {row.pay_kind for row in rows if row.pay_kind} or {next(iter(scale.kinds))}
    pay, off = scale.pay_items(kinds), scale.off_items(kinds)
    older = sorted({item for row in rows for item in row.items} - {*pay, *off})
    namesakes = len({row.name for row in rows}) < len(rows)
    return replace(ledger, columns=columns((*pay, *older), off, namesakes))


_SUPPLIED = PayScale.parse(payscale.supplied()[-1])

DUES_WORKSHEETS = Ledger(
    name="dues_worksheets",
    title="党费基数核定表",
    columns=columns(_SUPPLIED.pay_items(), _SUPPLIED.off_items()),
    rows=worksheet_rows,
    save=_save,
    span="year",
    signatures=("支部书记：", "组织委员：", "财务：", "填表人：{maker}", "填表日期：{date}"),
    note="基数＝计入的工资项目−个人所得税和本人缴纳的社会保险、公积金、年金；本表含收入情况，不张贴、不公示。",
    empty="还没有党员可以核定，请先导入名册。",
    fitted=fitted,
)
