"""Settings of the organisation: its name and people, its branches and groups."""

from dataclasses import asdict
from typing import Any

from gui.messages import ask
from gui.page import Page
from gui.parts.cards import Card, button, row
from gui.parts.ledger_view import LedgerView
from gui.parts.record_dialog import RecordDialog
from gui.settings.section import Facts, Section
from models import settings
from models.errors import UserError
from models.kinds import NUMBER, TEXT
from models.ledger import Column
from models.ledgers.members.tree import tree
from models.records.members import organisation
from models.records.members.organisation import BRANCH, GROUP, Organisation

_PEOPLE = (
    Column("unit", "组织名称", TEXT, 24, required=True),
    Column("secretary", "书记", TEXT, 10),
    Column("committee", "委员", TEXT, 30),
    Column("maker", "填表人", TEXT, 10),
    Column("telephone", "监督电话", TEXT, 14),
    Column("notice_days", "公示天数", NUMBER, 6, required=True),
)
_NODE = (
    Column("name", "名称", TEXT, 24, required=True),
    Column("secretary", "书记（组长）", TEXT, 10),
    Column("telephone", "电话", TEXT, 14),
)


class BranchSection(Section):
    """What the furniture of every ledger says, and the tree of branches and groups."""

    def __init__(self, page: Page) -> None:
        self.facts = Facts(across=2)
        self.tree = LedgerView("还没有登记组织。")
        self.tree.opened.connect(lambda _row: self._rename())
        about = Card(
            self.facts, row(button("修改", self._change, primary=True), 1), title="基本情况", aside="用在每张台账上"
        )
        tools = row(
            button("添加支部", lambda: self._add(BRANCH)),
            button("在选中的支部下添加党小组", lambda: self._add(GROUP)),
            button("修改选中的组织", self._rename),
            button("删除", self._ask_to_remove, flat=True),
            1,
        )
        super().__init__(page, about, Card(self.tree, tools, title="支部和党小组", aside="双击修改"))
        self.column.setStretch(1, 1)

    def reload(self) -> None:
        with self.workspace.reading() as session:
            chosen = settings.read(session)
            found = tree(session)
        self.facts.show_facts([(each.title, each.kind.show(getattr(chosen, each.key))) for each in _PEOPLE])
        self.tree.show_sheet(found)

    def _change(self) -> None:
        with self.workspace.reading() as session:
            values = asdict(settings.read(session))
        RecordDialog("基本情况", _PEOPLE, values, self._save, self).open()

    def _save(self, values: dict[str, Any]) -> None:
        filled = {key: ("" if value is None and key != "notice_days" else value) for key, value in values.items()}
        with self.workspace.writing("修改基本情况") as session:
            settings.change(session, **filled)
            organisation.rename(session, organisation.root(session).id, filled["unit"])
        self.page.say("基本情况已保存。")

    def _add(self, kind: str) -> None:
        chosen = self.tree.current_row()
        if kind == GROUP and (chosen is None or chosen.kind != BRANCH):
            raise UserError("请先在表里选一个支部，再添加党小组。")
        parent_id = chosen.id if kind == GROUP else None
        RecordDialog(f"添加{kind}", _NODE, {}, lambda values: self._save_new(kind, parent_id, values), self).open()

    def _save_new(self, kind: str, parent_id: int | None, values: dict[str, Any]) -> None:
        with self.workspace.writing(f"添加{kind}") as session:
            root = organisation.root(session)
            parent = session.get_one(Organisation, parent_id) if parent_id else None
            if kind == BRANCH and root.kind != BRANCH:
                parent = root
            made = organisation.add(session, kind, values["name"] or "", parent)
            organisation.describe(session, made.id, values["secretary"], values["telephone"])
        self.page.say(f"已添加{values['name']}。")

    def _rename(self) -> None:
        chosen = self._chosen()
        values = {"name": chosen.name, "secretary": chosen.secretary, "telephone": chosen.telephone}
        RecordDialog("修改组织", _NODE, values, lambda typed: self._save_node(chosen.id, typed), self).open()

    def _save_node(self, organisation_id: int, values: dict[str, Any]) -> None:
        with self.workspace.writing("修改组织") as session:
            organisation.rename(session, organisation_id, values["name"] or "")
            organisation.describe(session, organisation_id, values["secretary"], values["telephone"])
            if organisation.root(session).id == organisation_id:
                settings.change(session, unit=values["name"])
        self.page.say("组织已修改。")

    def _ask_to_remove(self) -> None:
        chosen = self._chosen()
        ask(
            self,
            f"要删除{chosen.kind}“{chosen.name}”吗？",
            yes="删除",
            detail="只有没有党员、没有党费记录的才能删除。",
            then=lambda: self._remove(chosen.id, chosen.kind, chosen.name),
        )

    def _remove(self, organisation_id: int, kind: str, name: str) -> None:
        with self.workspace.writing(f"删除{kind}{name}") as session:
            organisation.remove(session, organisation_id)
        self.page.say(f"已删除{kind}“{name}”；按 Ctrl+Z 撤销。")

    def _chosen(self) -> Any:
        chosen = self.tree.current_row()
        if chosen is None:
            raise UserError("请先在表里选一个组织。")
        return chosen
