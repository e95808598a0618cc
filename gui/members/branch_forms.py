"""The forms of the branch page: committees and terms, task forces, retirements, birthdays, posts held before."""

from collections.abc import Sequence
from typing import Any

from gui.ledgers.record_forms import WHO, ask, electing, meant, values_of
from gui.page import Page
from models.errors import UserError
from models.kinds import DAY, TEXT, Choice
from models.ledger import Column
from models.ledgers.members.birthdays import NOTE_COLUMNS
from models.ledgers.members.cards import COLUMNS as CARD_COLUMNS
from models.ledgers.members.cards import card_values
from models.ledgers.members.committee import SEAT_COLUMNS, TERM_COLUMNS
from models.ledgers.members.course import ENTERED
from models.ledgers.members.service import RETIREMENT_COLUMNS, SECONDMENT_COLUMNS
from models.records.members import birthdays, cards, committee, facts, members, service
from models.records.members.facts import TITLES
from models.records.members.organisation import Organisation
from models.records.members.service import Retirement, Secondment
from models.rules.presence import Span

Values = dict[str, Any]
UNTIL = Column("until", "离任时间", DAY, 11)


def ask_for_term(page: Page, row: Any = None) -> None:
    """A new term of a committee, or what is known of one."""
    nodes = electing(page)
    usual = row.branch if row is not None else next(iter(nodes))
    place = Column("organisation", "党组织", Choice(tuple(nodes)), 18, required=True)
    columns = [place, *(column for column in TERM_COLUMNS if row is not None or column.key != "renewed_on")]
    known = {"organisation": usual} if row is None else values_of(row, columns) | {"organisation": usual}

    def save(values: Values) -> None:
        facts.require_happened(values, ("appointed_on", "renewed_on"), page.workspace.view.today)
        node = nodes[values.pop("organisation")]
        if row is None:
            with page.workspace.writing(f"登记{usual}新一届委员会") as session:
                committee.begin(session, node, values)
        else:
            with page.workspace.writing(f"修改{row.branch}委员会任期") as session:
                committee.change(session, row.id, values)
        page.say("委员会任期已保存。")

    title = "新一届委员会" if row is None else f"修改任期：{row.branch}"
    ask(page, title, columns, known, save, locked=() if row is None else ("organisation",))


def ask_for_seat(page: Page, row: Any = None) -> None:
    """Somebody new in the committee that stands, or what is known of a seat."""
    if row is not None:
        columns = [column for column in SEAT_COLUMNS if column.key != "name"] + [UNTIL]

        def change(values: Values) -> None:
            facts.require_happened(values, ("since", "until"), page.workspace.view.today)
            with page.workspace.writing(f"修改委员{row.name}") as session:
                committee.change_seat(session, row.id, values)
            page.say(f"{row.name}的任职已保存。")

        ask(page, "修改委员", columns, values_of(row, columns), change, who=row.name)
        return
    terms = _standing(page)
    place = Column("term", "党组织", Choice(tuple(terms)), 18, required=True)
    columns = [place, WHO, *(column for column in SEAT_COLUMNS if column.key != "name")]

    def add(values: Values) -> None:
        facts.require_happened(values, ("since",), page.workspace.view.today)
        member_id, name = meant(page, values["who"]) if _is_known(page, values["who"]) else (None, values["who"])
        with page.workspace.writing(f"登记委员{name}") as session:
            committee.seat(session, terms[values["term"]], values | {"member_id": member_id, "name": name})
        outside = "" if member_id else "（名册里没有这个人，只记姓名）"
        page.say(f"已登记{name}任{values['post']}{outside}。")

    ask(page, "新增委员", columns, {"term": next(iter(terms))}, add)


def remove_seat(page: Page, row: Any) -> None:
    with page.workspace.writing(f"删除委员{row.name}") as session:
        committee.remove_seat(session, row.id)
    page.say(f"已删除委员{row.name}；按 Ctrl+Z 撤销。")


def remove_term(page: Page, row: Any) -> None:
    with page.workspace.writing(f"删除{row.branch}的一届委员会") as session:
        committee.remove(session, row.id)
    page.say("已删除这一届；按 Ctrl+Z 撤销。")


def ask_for_secondment(page: Page, row: Any = None, who: str = "") -> None:
    """A new secondment to a task force, or what is known of one."""
    _ask_about_member(
        page, row, who, "抽调专班", SECONDMENT_COLUMNS,
        service.second, service.change_secondment,
    )  # fmt: skip


def ask_for_retirement(page: Page, row: Any = None, who: str = "") -> None:
    """A new honourable retirement, or what is known of one."""
    _ask_about_member(
        page, row, who, "荣退", RETIREMENT_COLUMNS,
        service.retire, service.change_retirement,
    )  # fmt: skip


def _ask_about_member(
    page: Page, row: Any, who: str, what: str, columns: Sequence[Column], add: Any, change: Any
) -> None:
    def save(values: Values) -> None:
        member_id, name = meant(page, values.pop("who")) if row is None else (row.member_id, row.name)
        with page.workspace.writing(f"登记{name}{what}") as session:
            if row is None:
                add(session, member_id, values)
            else:
                change(session, row.id, values)
        page.say(f"{name}的{what}已保存。")

    if row is None:
        ask(page, f"登记{what}", [WHO, *columns], {"who": who}, save, locked=("who",) if who else ())
    else:
        ask(page, f"修改{what}", columns, values_of(row, columns), save, who=row.name)


def remove_secondment(page: Page, row: Any) -> None:
    _remove(page, row, Secondment, "抽调记录")


def remove_retirement(page: Page, row: Any) -> None:
    _remove(page, row, Retirement, "荣退记录")


def _remove(page: Page, row: Any, record_type: Any, what: str) -> None:
    with page.workspace.writing(f"删除{row.name}的{what}") as session:
        service.remove(session, record_type, row.id)
    page.say(f"已删除{row.name}的{what}；按 Ctrl+Z 撤销。")


def ask_for_birthday(page: Page, row: Any) -> None:
    """How one birthday was marked."""

    def save(values: Values) -> None:
        with page.workspace.writing(f"登记{row.name}政治生日") as session:
            birthdays.note(session, row.member_id, row.day.year, values)
        page.say(f"{row.name}{row.day.year}年的政治生日已登记。")

    ask(page, "政治生日", NOTE_COLUMNS, values_of(row, NOTE_COLUMNS), save, who=row.name)


def ask_for_past(page: Page, who: str = "") -> None:
    """A post, place or name that somebody had in the past."""
    titles = {TITLES[field]: field for field in ENTERED if not field.endswith("_id")}
    columns = (
        WHO,
        Column("field", "项目", Choice(tuple(titles)), 14, required=True),
        Column("value", "内容", TEXT, 20, required=True),
        Column("since", "从哪一天", DAY, 11),
        Column("until", "到哪一天为止", DAY, 11, required=True),
        Column("reason", "原因", TEXT, 20),
    )

    def save(values: Values) -> None:
        member_id, name = meant(page, values["who"])
        with page.workspace.writing(f"补记{name}过去的{values['field']}") as session:
            span = Span(values["since"], values["until"])
            facts.add_past(session, member_id, titles[values["field"]], values["value"], span, values["reason"])
        page.say(f"已补记{name}的{values['field']}。")

    ask(page, "补记过去的任职或变动", columns, {"who": who, "field": "党内职务"}, save, locked=("who",) if who else ())


def ask_for_day(page: Page, row: Any) -> None:
    """The day and the reason of a change, to be set right."""
    if row.since is None:
        raise UserError("这一项没有开始的日期可改；要写明开始日期，请用“补记过去”。")
    columns = (
        Column("since", "从哪一天", DAY, 11, required=True),
        Column("reason", "原因", TEXT, 20),
    )

    def save(values: Values) -> None:
        with page.workspace.writing(f"更正{row.name}{row.title}的日期") as session:
            facts.redate(session, row.fact_id, values["since"], values["reason"])
        page.say(f"{row.name}{row.title}的日期已更正。")

    ask(page, "更正日期", columns, values_of(row, columns), save, who=f"{row.name}　{row.title}　{row.value}")


def remove_past(page: Page, row: Any) -> None:
    with page.workspace.writing(f"删除{row.name}{row.title}的一条变动") as session:
        facts.remove_past(session, row.fact_id)
    page.say("已删除这条变动；按 Ctrl+Z 撤销。")


def ask_for_card(page: Page, organisation_id: int) -> None:
    """The organisation's own card."""
    with page.workspace.reading() as session:
        known = card_values(session, organisation_id)
        name = session.get_one(Organisation, organisation_id).name

    def save(values: Values) -> None:
        with page.workspace.writing(f"填写{name}信息") as session:
            cards.fill_in(session, organisation_id, values)
        page.say(f"{name}的信息已保存。")

    ask(page, "党组织信息", CARD_COLUMNS, known, save, who=name)


def _is_known(page: Page, who: str) -> bool:
    """Whether the roster has somebody of the name; a committee may have members from elsewhere."""
    name, _ = members.split_marks(who)
    with page.workspace.reading() as session:
        return any(each.name == name for each in members.search(session, name))


def _standing(page: Page) -> dict[str, int]:
    """The terms that stand, by the organisation's name; UserError while there is none."""
    with page.workspace.reading() as session:
        terms = sorted(committee.standing(session), key=lambda term: term.organisation_id)
        found = {session.get_one(Organisation, term.organisation_id).name: term.id for term in terms}
    if not found:
        raise UserError("还没有登记这一届委员会，请先在“换届”里登记任命时间。")
    return found
