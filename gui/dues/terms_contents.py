"""Reduced dues and arrangements beside their ledgers: what the panel tells, and the forms in which they are entered."""

from collections.abc import Callable
from typing import Any

from gui.messages import ask
from gui.page import Page
from gui.papers.paper_files import preview_paper
from gui.parts.record_dialog import RecordDialog
from gui.parts.side_panel import Content, Deed
from models.kinds import DAY, MONEY, MONTH, NAME, PERSON, TEXT
from models.ledger import Column, View
from models.ledgers.care.standing import standings
from models.ledgers.dues.arrangements import KIND
from models.records.dues import arrangements, months, reductions
from models.records.dues.assessments import RETIRED
from models.records.members import members
from models.records.members.facts import require_happened
from models.records.members.members import find_by_id
from models.rules.arrangements import ELSEWHERE
from models.rules.care import LEFT

Tell = Callable[[Page, View, Any], Content]
_WHO = Column("name", "姓名", PERSON, 10, required=True)
_REDUCTION = (
    _WHO,
    Column("amount", "减免后每月应交", MONEY, 10, required=True),
    Column("from_month", "起始月", MONTH, 9, required=True),
    Column("to_month", "终止月", MONTH, 9, required=True),
    Column("cause", "理由", TEXT, 40, required=True),
    Column("applicant", "申请人（空着是本人）", NAME, 10),
    Column("applied_on", "申请日期", DAY, 11),
    Column("decided_on", "支部研究日期", DAY, 11),
    Column("approver", "批准党组织", TEXT, 12),
    Column("approval_no", "批准文号", TEXT, 12),
    Column("approved_on", "上级批准日期", DAY, 11),
    Column("refused_on", "不同意日期", DAY, 11),
)
_ARRANGEMENT = (
    _WHO,
    Column("kind", "约定", KIND, 14, required=True),
    Column("from_month", "起始月", MONTH, 9, required=True),
    Column("to_month", "终止月", MONTH, 9),
    Column("agreed_on", "支部同意日期", DAY, 11),
    Column("proxy", "代交人", TEXT, 12),
    Column("place", "流入地党组织或所在国家", TEXT, 14),
    Column("remark", "备注", TEXT, 14),
)


def ask_for_reduction(page: Page, row: Any = None, who: str = "") -> RecordDialog:
    """Asks for a new application, of `who` where it is known, or changes the one of a row.

    It says from when it counts or what is still missing, and whether the branch looks after the member.
    """
    today = page.workspace.view.today

    def save(typed: dict[str, Any]) -> None:
        require_happened(typed, ("applied_on", "decided_on", "approved_on", "refused_on"), today)
        with page.workspace.writing(f"登记{typed['name']}的少交（免交）申请") as session:
            member = find_by_id(session, row.member_id) if row is not None else members.find(session, typed["name"])
            made = reductions.save_one(session, member.id, typed, row.id if row is not None else None)
            category = reductions.ground_without(session, member, made.from_month).category
            state = reductions.state(made, category)
            opened = months.opened(session)
            case = standings(session, today, (member.id,)).get(member.id)
        kept = f"已开账的月份（至{opened[-1].chinese}）应交不变。" if opened and opened[-1] >= made.from_month else ""
        cared = "" if case is not None and case.is_open else "还没有困难帮扶记录，可以在右边登记。"
        page.say(f"已登记{member.name}的申请：{state}。{kept}{cared}")

    values = _values(_REDUCTION, row) if row is not None else {"applied_on": today, "name": who}
    title = "修改少交（免交）申请" if row is not None else "少交（免交）党费申请"
    return _open(page, title, _REDUCTION, values, save, row)


def ask_for_arrangement(page: Page, row: Any = None) -> RecordDialog:
    """Asks for a new arrangement, or changes the one of a row."""
    view = page.workspace.view

    def save(typed: dict[str, Any]) -> None:
        require_happened(typed, ("agreed_on",), view.today)
        with page.workspace.writing(f"登记{typed['name']}的交纳约定") as session:
            member = find_by_id(session, row.member_id) if row is not None else members.find(session, typed["name"])
            arrangements.save_one(session, member.id, typed, row.id if row is not None else None)
            opened = [month for month in months.opened(session) if month >= typed["from_month"]]
        kept = ""
        if typed["kind"] == ELSEWHERE and opened:
            kept = f"已开账的月份（至{opened[-1].chinese}）应交不变，从下次开账起不再列入。"
        page.say(f"已登记{member.name}：{typed['kind']}。{kept}")

    values = _values(_ARRANGEMENT, row) if row is not None else {"from_month": view.month, "agreed_on": view.today}
    return _open(page, "修改交纳约定" if row is not None else "交纳约定", _ARRANGEMENT, values, save, row)


def _values(columns: tuple[Column, ...], row: Any) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in columns}


def _open(page: Page, title: str, columns: Any, values: dict[str, Any], save: Any, row: Any) -> RecordDialog:
    locked = ("name",) if row is not None else ()
    dialog = RecordDialog(title, columns, values, save, page, find=page.workspace.find, locked=locked)
    dialog.open()
    return dialog


def of_reduction(page: Page, view: View, row: Any) -> Content:
    """An application: how far it is, who decided, its paper."""
    if row is None:
        add = Deed("新增申请…", lambda: ask_for_reduction(page), primary=True)
        blank = "少交、免交要本人申请、支部研究；在职党员还须上级党委批准，批准后才生效。"
        return Content("少交（免交）", note=blank, deeds=(add,))
    steps = (
        ("申请", row.applied_on, row.applicant),
        ("研究", row.decided_on, "支部"),
        ("批准", row.approved_on, " ".join(part for part in (row.approver, row.approval_no) if part)),
        ("不同意", row.refused_on, ""),
    )
    lacking = "" if row.category == RETIRED else "须经上级党委批准，填上批准日期后才生效。"
    cared = row.case is not None and row.case != LEFT
    notes = (
        lacking if row.state == "待上级批准" else "",
        f"困难帮扶：{row.case}。" if row.case is not None else "还没有困难帮扶记录。",
    )
    return Content(
        title=row.name,
        figures=(
            ("原应交", "—" if row.full is None else MONEY.show(row.full), "quiet"),
            ("减免后", "免交" if row.amount == 0 else MONEY.show(row.amount), "plain"),
        ),
        grounds=(row.state, f"{row.from_month.chinese}至{row.to_month.chinese}", row.cause),
        steps=tuple((word, f"{day}　{who}".strip()) for word, day, who in steps if day is not None),
        note="".join(notes),
        deeds=(
            Deed("修改、填批准…", lambda: ask_for_reduction(page, row), primary=True),
            Deed("打印审批表", lambda: preview_paper(page, "dues_reduction_sheet", view, (row.id,))),
            *((Deed("打开困难帮扶", lambda: page.go("care", ("cases", row.case_id))),) if row.case_id else ()),
            *(() if cared else (Deed("登记帮扶申请…", lambda: _ask_for_case(page, row)),)),
            Deed("新增申请…", lambda: ask_for_reduction(page)),
            Deed("删除…", lambda: _remove_reduction(page, row)),
        ),
    )


def _ask_for_case(page: Page, row: Any) -> None:
    from gui.care.forms import ask_for_member

    with page.workspace.reading() as session:
        who = members.told_apart(session, find_by_id(session, row.member_id))
    ask_for_member(page, who)


def of_arrangement(page: Page, view: View, row: Any) -> Content:
    """An arrangement: what it means, and ending it."""
    if row is None:
        words = "按季交纳、由他人代交须经支部同意；外出流动的可在流入地交纳；出国（境）的回来补交。"
        return Content(
            "交纳约定", note=words, deeds=(Deed("新增约定…", lambda: ask_for_arrangement(page), primary=True),)
        )
    start = row.from_month.chinese
    span = f"{start}至{row.to_month.chinese}" if row.to_month is not None else f"从{start}起"
    return Content(
        title=row.name,
        grounds=(row.kind, span, *(each for each in (row.proxy, row.place) if each)),
        steps=((str(row.agreed_on), "支部同意"),) if row.agreed_on is not None else (),
        note=_MEANING[row.kind],
        deeds=(
            Deed("修改、终止…", lambda: ask_for_arrangement(page, row), primary=True),
            Deed("新增约定…", lambda: ask_for_arrangement(page)),
            Deed("删除…", lambda: _remove_arrangement(page, row)),
        ),
    )


_MEANING = dict(
    zip(
        KIND.options,
        (
            "一季度内不算欠交，季末那个月一起收。",
            "收缴时自动记下代交人。",
            "这些月份不在本支部收缴；登记前已经开账的月份，应交不变。",
            "在外期间不算欠交，填上终止月（回来的月份）以后再计。",
        ),
        strict=True,
    )
)


def _remove_reduction(page: Page, row: Any) -> None:
    def remove() -> None:
        with page.workspace.writing(f"删除{row.name}的少交（免交）申请") as session:
            reductions.remove(session, row.id)
        page.say(f"已删除{row.name}的申请；按 Ctrl+Z 撤销。")

    ask(page, f"删除{row.name}的这份申请？", yes="删除", detail="已经开账的月份应交不变。", then=remove)


def _remove_arrangement(page: Page, row: Any) -> None:
    def remove() -> None:
        with page.workspace.writing(f"删除{row.name}的交纳约定") as session:
            arrangements.remove(session, row.id)
        page.say(f"已删除{row.name}的约定；按 Ctrl+Z 撤销。")

    ask(page, f"删除{row.name}的这条约定？", yes="删除", detail="约定到期的，请改填终止月，不要删除。", then=remove)


TELL: dict[str, Tell] = {"dues_reductions": of_reduction, "dues_arrangements": of_arrangement}
BEGIN: dict[str, Callable[[Page], object]] = {
    "dues_reductions": ask_for_reduction,
    "dues_arrangements": ask_for_arrangement,
}
