"""The forms of care: applications, steps, the household and what it lives on. No title says whose they are."""

from dataclasses import replace
from datetime import date
from typing import Any

from gui.ledgers.record_forms import WHO, ask, meant, organisations
from gui.messages import ask as ask_whether
from gui.page import Page
from models import codes
from models.errors import FieldError
from models.kinds import DAY, ID_NUMBER, MONEY, NAME, NUMBER, PARTIAL_DAY, PHONE, TEXT, Choice
from models.ledger import Column
from models.ledgers.care.cases import CASE_COLUMNS, DEGREE, CaseRow
from models.ledgers.care.page import HomeLine, meetings_before
from models.ledgers.care.standing import still_running
from models.records.care import cases as care_cases
from models.records.care import causes as care_causes
from models.records.care.cases import HouseholdIncome, HouseholdMember
from models.rules import care

Values = dict[str, Any]
APPLIED = Column("applied_on", "申请日期", DAY, 11, required=True)
_NO_MEETING = "（不关联会议）"
_OWN = (
    Column("name", "姓名", NAME, 9, required=True),
    Column("sex", "性别", codes.SEX, 5),
    Column("birth_date", "出生日期", PARTIAL_DAY, 11),
    Column("id_number", "公民身份号码", ID_NUMBER, 20),
    Column("phone", "联系电话", PHONE, 13),
    Column("address", "家庭住址", TEXT, 16),
)
_RELATIVE = (
    Column(
        "relation",
        "称谓",
        Choice(("配偶", "父亲", "母亲", "儿子", "女儿", "岳父", "岳母"), open=True),
        8,
        required=True,
    ),
    Column("name", "姓名", NAME, 9, required=True),
    Column("birth_year", "出生年", NUMBER, 7),
    Column("unit", "单位", TEXT, 16),
    Column("health", "健康状况", TEXT, 12),
)
_SOURCES = Choice(("工资", "退休金", "配偶收入", "子女收入", "低保金", "抚恤金", "经营收入", "其他收入"), open=True)
_INCOME = (
    Column("source", "收入来源", _SOURCES, 12, required=True),
    Column("amount", "十二个月合计（元）", MONEY, 12, required=True),
)
_LINES = 40  # characters of a column from which its field has several lines
_EVERYBODY = "本人或全家"
_REMARK = Column("remark", "备注", TEXT, 14)


def ask_for_member(page: Page, who: str = "") -> None:
    """An application of a member, of `who` where it is known; whose case it is stands in the roster."""
    today = page.workspace.view.today

    def save(values: Values) -> None:
        member_id, _ = meant(page, values.pop("who"))
        _apply(page, values, values.pop("applied_on"), member_id)

    known = {"applied_on": today, "sort": "困难党员", "who": who}
    ask(page, "登记困难党员申请", (WHO, APPLIED, *_of_the_case(page, of_members=True)), known, save)


def ask_for_household(page: Page) -> None:
    """An application of somebody who is no member, with the branch that looks after them."""
    nodes = organisations(page)
    columns = (
        *_OWN, APPLIED, Column("branch", "党支部", Choice(tuple(nodes)), 14, required=True),
        *_of_the_case(page, of_members=False),
    )  # fmt: skip

    def save(values: Values) -> None:
        values["branch_id"] = nodes[values.pop("branch")]
        _apply(page, values, values.pop("applied_on"), None)

    known = {"applied_on": page.workspace.view.today, "branch": next(iter(nodes)), "sort": "困难群众"}
    ask(page, "登记困难群众申请", columns, known, save)


def ask_for_changes(page: Page, row: CaseRow) -> None:
    """What is known of a case; degree and days are those of its steps."""
    own = () if row.member_id is not None else _OWN
    told = _of_the_case(page, row.member_id is not None, row.cause)
    columns = (*own, *(each for each in told if each.key != "degree"), _REMARK)

    def save(values: Values) -> None:
        with page.workspace.writing("修改帮扶对象") as session:
            care_cases.change(session, row.id, values)
        page.say("已保存。")

    ask(page, "修改帮扶对象", columns, {each.key: getattr(row, each.key) for each in columns}, save, who=row.name)


def ask_for_step(page: Page, row: CaseRow, kind: str) -> None:
    """The next step of a case: its day and what belongs to it."""
    today = page.workspace.view.today
    columns = [Column("on", "公示开始" if kind == care.POSTED else "日期", DAY, 11, required=True)]
    known: Values = {"on": today, "degree": row.degree, "activity_id": _NO_MEETING}
    meetings: dict[str, int] = {}
    if kind == care.POSTED:
        with page.workspace.reading() as session:
            known["until"] = care_cases.posting_ends(session, today)
        columns.append(Column("until", "公示结束", DAY, 11, required=True))
    if kind in (care.DISCUSSED, care.TAKEN_IN, care.CHANGED):
        columns.append(Column("degree", "困难程度", DEGREE, 9, required=kind != care.DISCUSSED))
    if kind == care.DISCUSSED:
        with page.workspace.reading() as session:
            meetings = meetings_before(session, today)
        columns.append(Column("activity_id", "会议记录", Choice((_NO_MEETING, *meetings)), 24))
    said = Choice(care.OUT, open=True) if kind == care.CLOSED else TEXT
    columns.append(
        Column("reason", "退出原因" if kind == care.CLOSED else "说明", said, 24, required=kind == care.CLOSED)
    )

    def save(values: Values) -> None:
        on: date = values.pop("on")
        values["activity_id"] = meetings.get(values.pop("activity_id", None) or "")
        with page.workspace.writing(f"登记{kind}") as session:
            care_cases.take_step(session, row.id, kind, on, values, today)
            goes_on = still_running(session, row.id, today) if kind == care.CLOSED else ""
        page.say(f"已登记{kind}。{goes_on}按 Ctrl+Z 撤销。")

    ask(page, f"登记{kind}", columns, known, save, who=row.name)


def ask_for_relative(page: Page, row: CaseRow) -> None:
    """One more of the household."""

    def save(values: Values) -> None:
        with page.workspace.writing("登记家庭成员") as session:
            care_cases.add_relative(session, row.id, values)
        page.say("家庭成员已登记。")

    ask(page, "家庭成员", _RELATIVE, {}, save, who=row.name)


def ask_for_income(page: Page, row: CaseRow) -> None:
    """What one more source brought over the twelve months before the application."""
    first, last = care.months_before(row.applied_on)
    with page.workspace.reading() as session:
        names = dict.fromkeys(each.name for each in care_cases.relatives(session, row.id))
    whose = Column("whose", "谁的收入", Choice((_EVERYBODY, *names)), 12, required=True)

    def save(values: Values) -> None:
        values["whose"] = None if values["whose"] == _EVERYBODY else values["whose"]
        with page.workspace.writing("登记家庭收入") as session:
            care_cases.add_income(session, row.id, values)
        page.say("家庭收入已登记。")

    who = f"{row.name}　{first.chinese}至{last.chinese}"
    ask(page, "家庭收入", (whose, *_INCOME), {"whose": _EVERYBODY}, save, who=who)


def ask_to_remove(page: Page, is_income: bool, line: HomeLine) -> None:
    """Removes one of the household or an income, after a question."""
    record: type[HouseholdMember | HouseholdIncome] = HouseholdIncome if is_income else HouseholdMember

    def remove() -> None:
        with page.workspace.writing("删除家庭情况") as session:
            care_cases.remove_from_household(session, record, line.id)
        page.say("已删除；按 Ctrl+Z 撤销。")

    ask_whether(page, f"要删除“{line.name}”吗？", yes="删除", then=remove)


def ask_to_remove_case(page: Page, row: CaseRow) -> None:
    """Removes a case entered by mistake, after a question."""

    def remove() -> None:
        with page.workspace.writing("删除帮扶对象") as session:
            care_cases.remove(session, row.id)
        page.say("已删除；按 Ctrl+Z 撤销。")

    said = "登记的申请、家庭成员和收入一起删除。按 Ctrl+Z 可以撤销。"
    ask_whether(page, "要删除这份登记错的申请吗？", yes="删除", detail=said, then=remove)


def open_case(page: Page, row: Any) -> None:
    """Opens the person's page."""
    page.go("care", ("cases", row.id))


def open_changed(page: Page, row: Any) -> None:
    """Opens the page of the person whose change a row is."""
    page.go("care", ("cases", row.case_id))


def _of_the_case(page: Page, of_members: bool, cause: str | None = None) -> list[Column]:
    """What is asked of a case, with the sorts and causes that are offered now and the `cause` that it has."""
    with page.workspace.reading() as session:
        sorts, causes = care_cases.sorts(session, of_members), care_causes.offered(session, cause)
    sort = Column("sort", "帮扶类别", Choice(sorts, open=True), 12, required=True)
    asked: dict[str, dict[str, Any]] = {
        "cause": {"kind": Choice(causes, open=True)},
        "detail": {"width": _LINES},
        "aid": {"title": "曾受帮扶"},  # what rounds of the program handed out nobody types
    }
    return [sort, *(replace(each, **asked.get(each.key, {})) for each in CASE_COLUMNS)]


def _apply(page: Page, values: Values, on: date, member_id: int | None) -> None:
    try:
        with page.workspace.writing("登记帮扶申请") as session:
            made = care_cases.apply(session, values, on, page.workspace.view.today, member_id).id
    except FieldError as refusal:
        if refusal.field == "name" and member_id is not None:
            raise FieldError("who", str(refusal)) from None
        raise
    page.say("申请已登记；接着登记家庭成员和收入。")
    page.go("care", ("cases", made))
