"""The forms of study: what members learned beside meetings, what is made up for, scores of tests, the rule of hours."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from gui.ledgers.chapter_page import ChapterPage
from gui.ledgers.record_forms import WHO, ask, meant
from gui.messages import ask as ask_whether
from gui.page import Page
from models.errors import UserError
from models.kinds import DAY, NUMBER, TEXT
from models.ledger import Column
from models.ledgers.life.hours import HOURS
from models.ledgers.life.make_up import MADE_UP_ON
from models.ledgers.life.scores import FAILED, PASSED, SCORE_COLUMNS
from models.ledgers.life.study import ENTRY_COLUMNS, entry_row
from models.records.life import make_up, scores, study
from models.rules.study_hours import rule_on

Values = dict[str, Any]
_RULE_COLUMNS = (
    Column("since", "从哪一天起", DAY, 11, required=True),
    Column("members", "党员全年学时", HOURS, 8, required=True),
    Column("committee", "书记和班子成员全年学时", HOURS, 8, required=True),
    Column("central", "书记和班子成员集中培训次数", NUMBER, 8, required=True),
    Column("new_secretary_months", "新任书记几个月内培训", NUMBER, 8, required=True),
    Column("hour", "1 小时折合学时", HOURS, 8, required=True),
    Column("half_day", "半天折合学时", HOURS, 8, required=True),
    Column("day", "1 天折合学时", HOURS, 8, required=True),
    Column("source", "依据", TEXT, 40, required=True),
)


def ask_for_entry(page: Page, row: Any = None) -> None:
    """What a member studied alone, online or in training: a new entry, or what is known of one."""
    today = page.workspace.view.today
    if row is None:

        def enter(values: Values) -> None:
            member_id, name = meant(page, values.pop("who"))
            with page.workspace.writing(f"登记{name}的学习") as session:
                added = study.enter(session, member_id, values, today)
                hours = HOURS.show(added.hours)
            page.say(f"已登记{name} {hours} 学时。")

        ask(page, "登记自学、培训", (WHO, *ENTRY_COLUMNS), {"on": today, "form": "自学"}, enter)
        return

    def change(values: Values) -> None:
        with page.workspace.writing(f"修改{row.name}的学习记录") as session:
            study.change(session, row.id, values, today)
        page.say(f"{row.name}的学习记录已保存。")

    ask(page, "修改学习记录", ENTRY_COLUMNS, {each.key: getattr(row, each.key) for each in ENTRY_COLUMNS}, change,
        who=row.name)  # fmt: skip


def open_line(page: Page, row: Any) -> None:
    """Enter on a line of 学时台账: its own entry to be changed, or the record of the activity."""
    if row.entry_id is None:
        page.go("life", ("records", row.activity_id))
        return
    with page.workspace.reading() as session:
        entry = entry_row(session, row.entry_id)
    ask_for_entry(page, entry)


def remove_entry(page: Page, row: Any) -> None:
    """Removes what was entered for a member."""
    with page.workspace.writing(f"删除{row.name}的学习记录") as session:
        study.remove(session, row.id)
    page.say(f"已删除{row.name}的学习记录；按 Ctrl+Z 撤销。")


def remove_line(page: Page, row: Any) -> None:
    """Removes an own entry from 学时台账; hours of an activity follow from its attendance."""
    if row.entry_id is None:
        raise UserError("这一行由活动的考勤得出，不能在这里删除；请打开那次活动修改出席情况。")
    with page.workspace.writing(f"删除{row.name}的学习记录") as session:
        study.remove(session, row.entry_id)
    page.say(f"已删除{row.name}的学习记录；按 Ctrl+Z 撤销。")


def ask_for_rule(page: Page, _rows: Sequence[Any]) -> None:
    """What is asked for in a year, and what counts for how many hours, from a day on."""
    with page.workspace.reading() as session:
        now = rule_on(study.rules(session), page.workspace.view.today)
    known = {each.key: getattr(now, "start" if each.key == "since" else each.key) for each in _RULE_COLUMNS}

    def save(values: Values) -> None:
        document = {key: str(value) if key not in ("central", "new_secretary_months") else value
                    for key, value in values.items() if key != "since"}  # fmt: skip
        with page.workspace.writing("修改学时标准") as session:
            study.save_rule(session, document | {"from": values["since"].isoformat()})
        page.say(f"学时标准已保存，从 {values['since']} 起执行；以前的年度不变。")

    ask(page, "学时标准", _RULE_COLUMNS, known, save)


def ask_for_made_up(page: Page, rows: Sequence[Any]) -> None:
    """On which day those selected made up for what they missed, singly or several at once."""
    chosen = [row.id for row in rows]
    if not chosen:
        raise UserError("请先在表里选中要登记补学的人；按住 Ctrl 或 Shift 可以选几行。")
    names = list(dict.fromkeys(row.name for row in rows))
    today = page.workspace.view.today
    column = replace(MADE_UP_ON, required=True)

    def save(values: Values) -> None:
        with page.workspace.writing(f"登记补学（{len(chosen)} 人次）") as session:
            make_up.make_up(session, chosen, values["made_up_on"], today)
        page.say(f"已登记 {len(chosen)} 人次补学。")

    listed = "、".join(names[:6]) + (f"等 {len(names)} 人" if len(names) > 6 else "")
    known = rows[0].made_up_on if len(chosen) == 1 else None
    ask(page, "登记补学", (column,), {"made_up_on": known or today}, save, who=listed)


def ask_for_made_up_of(page: Page, row: Any) -> None:
    """The same for the row on which Enter was pressed, or for all that are selected with it."""
    selected = page.table.selected_rows() if isinstance(page, ChapterPage) else []
    ask_for_made_up(page, selected if row in selected else [row])


def take_back_made_up(page: Page, rows: Sequence[Any]) -> None:
    """Takes back that the rows selected were made up for, after a question."""
    chosen = [row.id for row in rows if row.made_up_on is not None]
    if not chosen:
        raise UserError("选中的人还没有登记补学。")

    def take_back() -> None:
        with page.workspace.writing(f"取消补学登记（{len(chosen)} 人次）") as session:
            make_up.make_up(session, chosen, None, page.workspace.view.today)
        page.say(f"已取消 {len(chosen)} 人次的补学登记；按 Ctrl+Z 撤销。")

    ask_whether(page, f"要取消选中的 {len(chosen)} 人次的补学登记吗？", yes="取消登记", no="不取消", then=take_back)


def ask_for_score(page: Page, row: Any = None) -> None:
    """A member's score of a test: a new one, or what is known of one."""
    today = page.workspace.view.today
    columns = [each for each in SCORE_COLUMNS if each.key != "passed"]
    if row is None:

        def enter(values: Values) -> None:
            member_id, name = meant(page, values.pop("who"))
            with page.workspace.writing(f"登记{name}的测试成绩") as session:
                scores.enter(session, member_id, values, today)
            page.say(f"已登记{name}的成绩。再登记下一位，按 Ctrl+N。")

        shown = page.table.current_row() if isinstance(page, ChapterPage) else None
        last = {key: getattr(shown, key, None) for key in ("on", "subject", "full_mark")}
        known = last | ({} if last["on"] is not None else {"on": today, "full_mark": scores.FULL_MARK})
        ask(page, "登记测试成绩", (*columns[:2], WHO, *columns[2:]), known, enter)
        return

    def change(values: Values) -> None:
        with page.workspace.writing(f"修改{row.name}的测试成绩") as session:
            scores.change(session, row.id, _result(row, values), today)
        page.say(f"{row.name}的成绩已保存。")

    known = {each.key: getattr(row, each.key) for each in SCORE_COLUMNS}
    ask(page, "修改测试成绩", SCORE_COLUMNS, known, change, who=row.name)


def _result(row: Any, values: Values) -> Values:
    """The values of a score; whether it was passed as it was chosen, else as before or as a new score says."""
    said = values.pop("passed")
    if said != row.passed and said in (PASSED, FAILED):
        return values | {"passed": said == PASSED}
    same = (values["score"], values["full_mark"]) == (row.score, row.full_mark)
    return values | ({"passed": row.passed == PASSED} if same else {})


def remove_score(page: Page, row: Any) -> None:
    """Removes a member's score of a test."""
    with page.workspace.writing(f"删除{row.name}的测试成绩") as session:
        scores.remove(session, row.id)
    page.say(f"已删除{row.name}的成绩；按 Ctrl+Z 撤销。")
