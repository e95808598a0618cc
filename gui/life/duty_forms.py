"""The forms of duties: why one was not done, and what the list of duties says of one."""

from collections.abc import Sequence
from typing import Any

from gui.life.plan_forms import REASONS
from gui.messages import ask
from gui.page import Page
from gui.parts.record_dialog import RecordDialog
from models.errors import FieldError
from models.kinds import DAY, FLAG, NUMBER, TEXT, Choice
from models.ledger import Column
from models.ledgers.life.obligations import FIRM, USUAL
from models.records.life import activity_kinds, obligations
from models.records.life.duty_calendar import Line
from models.records.life.obligations import OTHER_RECORDS, OWED_BY
from models.rules.obligations import EVERY, State, Stretch

Values = dict[str, Any]
COLUMNS = (
    Column("name", "规定动作", TEXT, 18, required=True),
    Column("kinds", "开展什么算完成", TEXT, 28),
    Column("word", "标题须含有的词", TEXT, 14),
    Column("every", "周期", Choice(EVERY), 8, required=True),
    Column("times", "次数", NUMBER, 6, required=True),
    Column("owed_by", "由谁开展", Choice(tuple(OWED_BY.values())), 14, required=True),
    Column("firm", "性质", Choice((USUAL, FIRM)), 8, required=True),
    Column("on", "启用", FLAG, 6, required=True),
    Column("since", "从哪天起", DAY, 11),
    Column("until", "到哪天止", DAY, 11),
    Column("source", "依据", TEXT, 24),
)


def ask_for_excuse(page: Page, line: Line, stretch: Stretch) -> None:
    """Why a duty was not done in a stretch, by the organisation that owes it."""
    lacking = {
        node.name: node.id
        for node in line.nodes
        for each in line.parts[node.id]
        if each.stretch == stretch and each.state is not State.HELD
    }
    place = Column("organisation", "党组织", Choice(tuple(lacking)), 16, required=True)
    columns = (place, Column("reason", "没有开展的原因", REASONS, 28, required=True))
    duty = line.obligation
    assert duty is not None

    def save(values: Values) -> None:
        with page.workspace.writing(f"说明{line.name}没有开展的原因") as session:
            node, today = lacking[values["organisation"]], page.workspace.view.today
            obligations.excuse(session, duty.key, node, stretch, values["reason"], today)
        page.say(f"已登记{stretch.chinese}{line.name}没有开展的原因。")

    first = next(iter(lacking), None)
    known = {"organisation": first, "reason": _excused(line, stretch)}
    locked = ("organisation",) if len(lacking) == 1 else ()
    title = f"{line.name}　{stretch.chinese}"
    RecordDialog("说明没有开展的原因", columns, known, save, page, locked=locked, who=title).open()


def _excused(line: Line, stretch: Stretch) -> str | None:
    return next((each.reason for each in line.standings if each.stretch == stretch), None)


def take_back(page: Page, line: Line, stretch: Stretch) -> None:
    """Takes the excuses of a stretch away."""
    duty = line.obligation
    assert duty is not None
    with page.workspace.writing(f"收回{line.name}的说明") as session:
        for node in line.nodes:
            if any(each.stretch == stretch and each.state is State.EXCUSED for each in line.parts[node.id]):
                obligations.take_back(session, duty.key, node.id, stretch.first)
    page.say("已收回说明；按 Ctrl+Z 撤销。")


def ask_for_duty(page: Page, row: Any = None) -> None:
    """A duty of the branch's own, or what the list says of one."""
    with page.workspace.reading() as session:
        kinds = {each.name: key for key, each in activity_kinds.by_key(session).items()}
        known = obligations.named(session, row.id) if row is not None else None
    kinds |= {name: key for key, name in OTHER_RECORDS.items()}
    names = {key: name for name, key in kinds.items()}
    today = page.workspace.view.today
    values: Values = {"every": EVERY[1], "times": 1, "owed_by": OWED_BY["branch"], "firm": USUAL, "on": True}
    values["since"] = today.replace(day=1)
    if known is not None:
        values = {column.key: getattr(known, column.key) for column in COLUMNS}
        values["kinds"] = "、".join(names.get(each, each) for each in known.kinds)
        values["owed_by"] = OWED_BY[known.owed_by]
        values["firm"] = FIRM if known.firm else USUAL

    def save(typed: Values) -> None:
        typed["kinds"] = _kinds(typed["kinds"], kinds)
        typed["owed_by"] = next(key for key, words in OWED_BY.items() if words == typed["owed_by"])
        typed["firm"] = typed["firm"] == FIRM
        with page.workspace.writing(f"修改规定动作{typed['name']}") as session:
            obligations.save(session, known.key if known is not None else None, typed)
        page.say(f"规定动作“{typed['name']}”已保存。")

    RecordDialog("新增规定动作" if known is None else "规定动作", COLUMNS, values, save, page).open()


def _kinds(typed: str | None, kinds: dict[str, str]) -> tuple[str, ...]:
    """The keys of kinds named one after the other; FieldError for a name that is none."""
    words = [each.strip() for each in (typed or "").replace("，", "、").replace(",", "、").split("、") if each.strip()]
    unknown = [each for each in words if each not in kinds]
    if unknown:
        raise FieldError("kinds", f"没有“{unknown[0]}”这种活动；可以写的有：{'、'.join(list(kinds)[:12])}等。")
    return tuple(kinds[each] for each in words)


def switch(page: Page, rows: Sequence[Any], on: bool) -> None:
    """Switches duties on, owed from this month, or off."""
    today = page.workspace.view.today
    with page.workspace.writing("启用规定动作" if on else "停用规定动作") as session:
        for row in rows:
            obligations.switch(session, row.id, on, today)
    names = "、".join(row.name for row in rows[:3])
    page.say(f"已启用{names}，从本月起核对。" if on else f"已停用{names}。")


def ask_to_remove(page: Page, row: Any) -> None:
    """Removes a duty of the branch's own after a question."""

    def remove() -> None:
        with page.workspace.writing(f"删除规定动作{row.name}") as session:
            obligations.remove(session, row.id)
        page.say(f"已删除“{row.name}”；按 Ctrl+Z 撤销。")

    ask(page, f"要删除规定动作“{row.name}”和它的说明吗？", yes="删除", then=remove)
