"""The forms of honours (表彰奖励) and sanctions (处分): of a member, or of an organisation by its name."""

from functools import partial
from typing import Any

from gui.ledgers.record_forms import ask, meant
from gui.page import Page
from models.kinds import PERSON
from models.ledger import Column
from models.ledgers.life.honours import columns
from models.records.life import honours
from models.records.life.honours import FIELDS, HONOUR, SANCTION
from models.records.members import organisation

Values = dict[str, Any]


def ask_for_honour(page: Page, row: Any = None, kind: str = HONOUR, who: str = "") -> None:
    """A new honour, or what is known of one; `who` is the member it is for, where that is known."""
    today = page.workspace.view.today
    with page.workspace.reading() as session:
        used = honours.levels(session, kind)
    asked = tuple(column for column in columns(kind, used) if column.key in FIELDS)

    def add(values: Values) -> None:
        member_id, node_id, name = _holder(page, values.pop("who"))
        with page.workspace.writing(f"登记{name}{kind}") as session:
            if member_id is not None:
                honours.add_to_member(session, member_id, values, today, kind)
            elif node_id is not None:
                honours.add_to_organisation(session, node_id, values, today, kind)
        page.say(f"{name}的{kind}已登记。")

    def change(values: Values) -> None:
        with page.workspace.writing(f"修改{row.name}{kind}") as session:
            honours.change(session, row.id, values, today)
        page.say(f"{row.name}的{kind}已保存。")

    if row is None:
        place = Column("who", "姓名或支部", PERSON, 18, required=True)
        ask(page, f"登记{kind}", (place, *asked), {"who": who}, add, locked=("who",) if who else ())
    else:
        known = {column.key: getattr(row, column.key) for column in asked}
        ask(page, f"修改{kind}", asked, known, change, who=row.name)


def remove_honour(page: Page, row: Any, kind: str = HONOUR) -> None:
    with page.workspace.writing(f"删除{row.name}{kind}") as session:
        honours.remove(session, row.id)
    page.say(f"已删除{row.name}的这条{kind}；按 Ctrl+Z 撤销。")


def _holder(page: Page, who: str) -> tuple[int | None, int | None, str]:
    """Number of the member, or of the organisation, and the name; FieldError when neither is meant."""
    with page.workspace.reading() as session:
        for node in [organisation.root(session), *organisation.branches(session)]:
            if organisation.plain(node.name) == organisation.plain(who):
                return None, node.id, node.name
    member_id, name = meant(page, who)
    return member_id, None, name


ask_for_sanction = partial(ask_for_honour, kind=SANCTION)
remove_sanction = partial(remove_honour, kind=SANCTION)
