"""The forms of plans: an activity to come, a year planned by its duties or after the one before, one not held."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gui.messages import ask
from gui.page import Page
from gui.parts.record_dialog import RecordDialog
from models.errors import UserError
from models.kinds import DAY, TEXT, Choice
from models.ledger import Column
from models.ledgers.life.plans import PLAN_COLUMNS
from models.records.life import activities, activity_kinds, plans, recording
from models.records.life.activities import DROPPED, PLANNED
from models.records.life.owing import Owing
from models.rules.periods import Month

Values = dict[str, Any]
REASONS = Choice(
    ("与上级统一安排冲突，延期开展", "到会人数不够，改期召开", "支部书记外出，改期召开", "全员值守，并入下月开展"),
    open=True,
)


@dataclass(frozen=True)
class Proposal:
    """What a form of a plan begins with."""

    organisation_id: int | None = None
    kind: str | None = None
    month: Month | None = None
    theme: str | None = None


def ask_for_plan(page: Page, proposal: Proposal | None = None) -> None:
    """An activity to be planned."""
    begun = proposal or Proposal()
    with page.workspace.reading() as session:
        owing = Owing(session)
        kinds = {each.name: each for each in activity_kinds.kinds(session) if each.kept_in == "activities"}
        month = begun.month or Month.of(page.workspace.view.today)
        kind = next((each for each in kinds.values() if each.key == begun.kind), None)
        day = plans.fixed_day(session, kind.key, month) if kind is not None else None
    nodes = {owing.title(node.id): node.id for node in owing.nodes}
    known = {
        "kind": kind.name if kind is not None else None,
        "organisation": owing.title(begun.organisation_id) if begun.organisation_id is not None else None,
        "planned_month": month,
        "planned_on": day,
        "theme": begun.theme,
    }

    def save(values: Values) -> None:
        node, chosen = nodes[values.pop("organisation")], kinds[values.pop("kind")]
        with page.workspace.writing(f"安排{chosen.name}") as session:
            made = activities.plan(session, node, chosen.key, values)
            said = made.planned_month
        page.say(f"已把{chosen.name}安排到{said.chinese if said else ''}。")

    RecordDialog("安排活动", _columns(nodes, kinds), known, save, page).open()


def ask_for_change(page: Page, row: Any) -> None:
    """A plan to be changed; one that was held is changed in its record, which is opened."""
    if row.state not in (PLANNED, DROPPED):
        page.go("life", ("records", row.id))
        return
    nodes, kinds = {row.organisation: row.organisation_id}, {row.kind: row.key}
    columns = _columns(nodes, kinds)
    known = {column.key: getattr(row, column.key) for column in columns}

    def save(values: Values) -> None:
        today = page.workspace.view.today
        stated = {key: value for key, value in values.items() if key not in ("organisation", "kind")}
        with page.workspace.writing(f"修改{row.kind}计划") as session:
            activities.change(session, row.id, stated, today)
        page.say(f"{row.kind}的计划已保存。")

    RecordDialog("修改计划", columns, known, save, page, locked=("organisation", "kind")).open()


def ask_to_hold(page: Page, activity_id: int, kind: str, planned_on: date | None) -> None:
    """The day on which a planned activity was held; its record is opened then."""
    today = page.workspace.view.today
    column = Column("held_on", "活动日期", DAY, 11, required=True)

    def save(values: Values) -> None:
        with page.workspace.writing(f"登记{kind}") as session:
            recording.hold(session, activity_id, values["held_on"], today)
        page.go("life", ("records", activity_id))

    known = {"held_on": planned_on if planned_on is not None and planned_on <= today else today}
    RecordDialog("开始记录", (column,), known, save, page, who=kind).open()


def ask_to_begin(page: Page, proposal: Proposal) -> None:
    """An activity that was held without having been planned; its record is opened then."""
    with page.workspace.reading() as session:
        owing = Owing(session)
        kinds = {each.name: each.key for each in activity_kinds.kinds(session) if each.kept_in == "activities"}
    nodes = {owing.title(node.id): node.id for node in owing.nodes}
    today = page.workspace.view.today
    columns = (
        Column("kind", "会议（活动）", Choice(tuple(kinds)), 14, required=True),
        Column("organisation", "党组织", Choice(tuple(nodes)), 16, required=True),
        Column("held_on", "活动日期", DAY, 11, required=True),
        Column("theme", "主题", TEXT, 28),
    )
    known = {
        "kind": next((name for name, key in kinds.items() if key == proposal.kind), None),
        "organisation": owing.title(proposal.organisation_id) if proposal.organisation_id is not None else None,
        "held_on": today if proposal.month in (None, Month.of(today)) else None,
        "theme": proposal.theme,
    }

    def save(values: Values) -> None:
        theme = {"theme": values["theme"]} if values["theme"] else {}
        with page.workspace.writing(f"登记{values['kind']}") as session:
            made = recording.begin(
                session, nodes[values["organisation"]], kinds[values["kind"]], values["held_on"], today, theme
            )
            number = made.id
        page.go("life", ("records", number))

    RecordDialog("登记已开展的活动", columns, known, save, page).open()


def ask_to_drop(page: Page, row: Any) -> None:
    """Why a plan was not held; one given up before can be taken up again."""
    if row.state == DROPPED:
        with page.workspace.writing(f"恢复{row.kind}计划") as session:
            activities.replan(session, row.id)
        page.say(f"{row.kind}重新列入计划。")
        return
    if row.state != PLANNED:
        raise UserError("这项活动已经开展。")

    def save(values: Values) -> None:
        with page.workspace.writing(f"登记{row.kind}未开展") as session:
            activities.drop(session, row.id, values["reason"])
        page.say(f"已登记{row.kind}没有开展的原因。")

    column = Column("reason", "没有开展的原因", REASONS, 28, required=True)
    RecordDialog("登记未开展", (column,), {}, save, page, who=row.kind).open()


def remove_plan(page: Page, row: Any) -> None:
    """Removes a plan; a record is removed in its own place."""
    if row.state not in (PLANNED, DROPPED):
        raise UserError("这项活动已经开展，不能从计划里删除。")
    with page.workspace.writing(f"删除{row.kind}计划") as session:
        activities.remove(session, row.id)
    page.say(f"已删除{row.kind}的计划；按 Ctrl+Z 撤销。")


def ask_to_generate(page: Page, year: int, scope: int | None) -> None:
    """Plans what the duties of a year still ask."""

    def generate() -> None:
        with page.workspace.writing(f"按规定动作生成{year}年计划") as session:
            made = plans.generate(session, year, page.workspace.view.today, scope)
            if not made:
                raise UserError(f"{year}年还没有开展的规定动作都已经有计划了。")
        page.say(f"已生成 {made} 项计划；请逐项补上主题和责任人，按 Ctrl+Z 撤销。")

    ask(
        page,
        f"要按规定动作生成{year}年的计划吗？",
        yes="生成",
        detail="只补还没有开展、也没有计划的；按月、季、半年、年要求的逐次列入，每周的不逐条列入。",
        then=generate,
    )


def ask_to_copy(page: Page, year: int, scope: int | None) -> None:
    """Plans in a year what was planned in the one before."""

    def copy() -> None:
        with page.workspace.writing(f"照{year - 1}年拟{year}年计划") as session:
            owing = Owing(session)
            made = plans.copy_year(session, year, [node.id for node in owing.nodes if _within(node, scope)])
            if not made:
                raise UserError(f"{year - 1}年计划里的各项，{year}年都已经有了。")
        page.say(f"已照{year - 1}年的计划拟出 {made} 项；按 Ctrl+Z 撤销。")

    ask(
        page,
        f"要照{year - 1}年的计划拟{year}年的计划吗？",
        yes="照着拟",
        detail="主题、形式、责任人和月份照搬，日期按固定日重新推算；同月已有同类计划的不重复。",
        then=copy,
    )


def _within(node: Any, scope: int | None) -> bool:
    return scope is None or scope in (node.id, node.branch_id)


def _columns(nodes: Mapping[str, Any], kinds: Mapping[str, Any]) -> list[Column]:
    """The columns of a plan with the organisations and kinds to choose from."""
    choices = {
        "kind": Choice(tuple(kinds)),
        "organisation": Choice(tuple(nodes)),
    }
    return [
        Column(each.key, each.title, choices.get(each.key, each.kind), each.width, required=each.key in choices)
        for each in PLAN_COLUMNS
    ]
