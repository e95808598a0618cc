"""The members: the roster, and beside it the page of the one who is chosen."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from gui.ledgers.column_chooser import ColumnChooser
from gui.members import member_leaving, member_turns
from gui.members.member_card import MemberCard
from gui.members.member_filters import MemberFilters
from gui.members.member_forms import ask_for_member
from gui.page import Page
from gui.papers.sheet_files import export_sheet, preview_sheet
from gui.parts.cards import PAGE_MARGINS, button, column, fill, restyle, row
from gui.parts.ledger_view import LedgerView
from gui.workspace import Workspace
from models import files, preferences
from models.errors import UserError
from models.ledger import Ledger, Sheet, View
from models.ledgers.members.directory import DIRECTORY
from models.ledgers.members.person import PersonFile, person
from models.ledgers.members.roster import MEMBERS, MEMBERS_ROSTER
from models.ledgers.sheets import sheet
from models.ledgers.variants import is_added
from models.records import erasures
from models.records.members import members
from models.records.members.facts import Turn, require_happened
from models.records.members.members import IN_THE_BRANCH, PAST_DAYS
from models.records.members.organisation import branches

USUAL = ("name", "sex", "age", "seniority", "category", "branch", "group", "party_post", "phone")


def _remembered() -> tuple[str, ...]:
    """The columns chosen the last time, in so far as there still are such columns."""
    known = {column.key for column in DIRECTORY.columns}
    return tuple(key for key in preferences.read().roster_columns if key in known or is_added(key)) or USUAL


class MembersPage(Page):
    """The roster with its filters, and the card of the member who is chosen."""

    keys = "回车 修改　Ctrl+N 新党员　Ctrl+C 复制到 Excel　Ctrl+P 打印花名册"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.everything: Sheet | None = None
        self.shown_columns = _remembered()
        self.roster = LedgerView(
            "还没有党员。可以把手里的名册（Excel、WPS、CSV 都行）直接导入，也可以按 Ctrl+N 逐个登记。",
            button("从 Excel 导入名册", self.bring_in, primary=True),
        )
        self.roster.emphasise(bold={"name"}, quiet={"branch", "group"})
        self.filters = MemberFilters(self.roster.mask_switch, self.choose_columns)
        self.roster.narrow(self.filters.wanted)
        self.card = MemberCard(self._edit_chosen, self._collect, self._leave_or_return, self._offer_more)
        self.header = self._make_header()
        left = column(self.filters, self.roster, spacing=10)
        left.setStretch(1, 1)
        layout = row(left, self.card, spacing=14, margins=PAGE_MARGINS)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.filters.typed.connect(self._filter)
        self.filters.changed.connect(self._narrow)
        self.card.case_wanted.connect(lambda number: self.go("care", ("cases", number)))
        self.roster.opened.connect(lambda _row: self._edit_chosen())
        self.roster.chosen.connect(self._show_person)
        self.roster.mask_switch.toggled.connect(lambda _on: self._show_person(self.roster.current_row()))

    def reload(self) -> None:
        with self.workspace.reading() as session:
            everything = sheet(session, DIRECTORY, replace(self.workspace.view, branch_id=None))
        self.everything = everything
        self.filters.offer(everything.rows)
        self.roster.show_sheet(self._chosen_columns(everything))
        self._after_choosing()
        restyle(self.new_button, primary=bool(everything.rows))
        if self.roster.current_row() is None and self.roster.rows_shown():
            self.roster.select(lambda _row: True)
        else:
            self._show_person(self.roster.current_row())

    def show_target(self, target: Any) -> None:
        """Shows the member with this number, taking the filters away when they hide the member; "import" brings in."""
        if target == "import":
            self.bring_in()
            return
        if not self.roster.select(lambda row: row.id == target):
            self.filters.show_everybody()
            self.roster.select(lambda row: row.id == target)
        self.roster.table.setFocus()

    def new_record(self) -> None:
        place = self.filters.place.value()
        known = {"branch": place[0], "group": place[1]} if place else {}
        if not known and len(branch_names := self._places()[0]) == 1:
            known = {"branch": branch_names[0], "group": None}
        ask_for_member("新党员", known, self._places(), lambda changed: self._add({**known, **changed}), self)

    def export(self) -> None:
        self.export_button.showMenu()

    def print_out(self) -> None:
        preview_sheet(self, self._filled(MEMBERS_ROSTER))

    def bring_in(self) -> None:
        """Opens the import of a roster."""
        from gui.importing.dialog import open_import

        open_import(self, MEMBERS.name)

    def paste(self) -> None:
        """Brings copied rows into the roster."""
        from gui.importing.dialog import open_pasted

        open_pasted(self, MEMBERS, self.roster)

    def choose_columns(self) -> None:
        """Asks which columns the roster shows."""
        columns = self.everything.columns if self.everything is not None else DIRECTORY.columns
        dialog = ColumnChooser(columns, self.shown_columns, USUAL, self, always="name")
        dialog.chosen.connect(self._show_columns)
        dialog.open()

    def _make_header(self) -> QWidget:
        bar = QWidget()
        self.new_button = button("新党员　Ctrl+N", self.new_record)
        self.export_button = button("导出", lambda: None, icon="download")
        menu = QMenu(self.export_button)
        choices = (
            ("党员花名册（上报格式）…", lambda: export_sheet(self, self._filled(MEMBERS_ROSTER))),
            ("加密的党员花名册…", self._export_locked),
            ("党员信息（全部字段，可再导入）…", lambda: export_sheet(self, self._filled(MEMBERS))),
            ("当前表格（所选的人和列）…", lambda: export_sheet(self, self._as_shown())),
        )
        for words, slot in choices:
            action = QAction(words, menu)
            action.triggered.connect(lambda _checked=False, slot=slot: slot())
            menu.addAction(action)
        self.export_button.setMenu(menu)
        self.export_button.setProperty("menu", True)
        self.import_button = button("导入", self.bring_in, icon="upload")
        self.print_button = button("打印花名册", self.print_out, icon="printer")
        fill(line := row(), self.new_button, self.import_button, self.export_button, self.print_button, spacing=8)
        bar.setLayout(line)
        return bar

    def _export_locked(self) -> None:
        from gui.ledgers.export_password import ExportPasswordDialog

        roster = self._filled(MEMBERS_ROSTER)
        ExportPasswordDialog(lambda password: export_sheet(self, roster, password=password), self).open()

    def _chosen_columns(self, everything: Sheet) -> Sheet:
        chosen = tuple(column for column in everything.columns if column.key in self.shown_columns)
        order = {key: place for place, key in enumerate(USUAL)}
        return replace(everything, columns=tuple(sorted(chosen, key=lambda each: order.get(each.key, len(order)))))

    def _show_columns(self, keys: tuple[str, ...]) -> None:
        self.shown_columns = keys
        with files.refusing("所选的列没能记住，下次打开会恢复默认"):
            preferences.change(roster_columns=() if set(keys) == set(USUAL) else keys)
        if self.everything is not None:
            self.roster.show_sheet(self._chosen_columns(self.everything))

    def _filter(self, text: str) -> None:
        self.roster.filter(text)
        self._after_choosing()

    def _narrow(self) -> None:
        self.roster.narrow(self.filters.wanted)
        self._after_choosing()

    def _after_choosing(self) -> None:
        if self.everything is not None:
            self.filters.show_counts(self.everything.rows, self.roster.rows_shown())
        if not self.roster.rows_shown():
            self.card.show_person(None, private=False)

    def _filled(self, ledger: Ledger) -> Sheet:
        with self.workspace.reading() as session:
            return sheet(session, ledger, self._looked_at())

    def _looked_at(self) -> View:
        """The view of the branch that is chosen above the roster, or of all."""
        place = self.filters.place.value()
        if place is None:
            return replace(self.workspace.view, branch_id=None)
        with self.workspace.reading() as session:
            return replace(
                self.workspace.view,
                branch_id=next(each.id for each in branches(session) if each.name == place[0]),
            )

    def _as_shown(self) -> Sheet:
        assert self.roster.sheet is not None
        return replace(self.roster.sheet, rows=self.roster.rows_shown(), importable=False)

    def _places(self) -> tuple[list[str], list[str]]:
        """The names of the branches and groups there are."""
        rows = self.everything.rows if self.everything is not None else ()
        with self.workspace.reading() as session:
            return [each.name for each in branches(session)], sorted({row.group for row in rows if row.group})

    def _show_person(self, chosen: Any) -> None:
        if chosen is None:
            self.card.show_person(None, private=False)
            return
        private = self.roster.mask_switch.isChecked()
        with self.workspace.reading() as session:
            self.card.show_person(person(session, chosen.id, self.workspace.view, private), private)

    def _edit_chosen(self) -> None:
        self._edit({})

    def _edit(self, typed: Mapping[str, Any]) -> None:
        """Opens the form of the member who is chosen, with what was `typed` into it before."""
        filed = self.card.filed
        if filed is None:
            raise UserError("请先在名册里选一位党员。")
        with self.workspace.reading() as session:
            erasures.require_known(session, filed.id)
        dialog = ask_for_member(
            "修改党员",
            filed.values,
            self._places(),
            lambda changed: self._ask_about_change(filed, changed),
            self,
            who=filed.name,
        )
        for key, value in typed.items():
            dialog.fields[key].type_text(dialog.fields[key].column.kind.show(value))

    def _add(self, values: dict[str, Any]) -> None:
        require_happened(values, PAST_DAYS, self.workspace.view.today)
        with self.workspace.writing("新增党员") as session:
            added = members.add(session, values)
            member_id, name = added.id, added.name
        self.show_target(member_id)
        self.say(f"已新增党员{name}。")

    def _ask_about_change(self, filed: PersonFile, changed: dict[str, Any]) -> None:
        """Asks what the change means once it is known to be sound: what is refused is said at its field."""
        if not changed:
            return
        today = self.workspace.view.today
        require_happened(changed, PAST_DAYS, today)
        with self.workspace.reading() as session:
            members.verify(session, filed.id, changed)
        then = partial(self._change, filed.id, filed.name, changed)
        back = partial(self._edit, changed)
        member_turns.ask_for_turn(filed.name, filed.values, changed, today, then, back, self)

    def _change(self, member_id: int, name: str, changed: dict[str, Any], turn: Turn) -> None:
        with self.workspace.writing(f"修改党员{name}") as session:
            members.change(session, member_id, changed, turn)
        self.say(f"已保存{changed.get('name', name)}的 {len(changed)} 项修改。")

    def _collect(self) -> None:
        if self.card.filed is not None:
            self.go("collect", self.card.filed.id)

    def _leave_or_return(self) -> None:
        filed = self.card.filed
        if filed is None:
            return
        if filed.status == IN_THE_BRANCH:
            member_leaving.ask_for_leaving(self, filed)
            return
        member_turns.ask_for_return(
            filed.name, self.workspace.view.today, lambda values: self._return(filed.id, filed.name, values), self
        )

    def _return(self, member_id: int, name: str, values: dict[str, Any]) -> None:
        how = values["how"]
        with self.workspace.writing(f"登记{name}{how}" if how else f"撤回{name}的离开登记") as session:
            if how:
                members.rejoin(session, member_id, values["on"], how)
            else:
                members.come_back(session, member_id)
        self.show_target(member_id)
        filed = self.card.filed
        ended = filed is not None and filed.case is not None and not filed.case.is_open
        self.say(f"{name}已重新在册。" + ("困难帮扶已经退出，还要帮扶的请重新登记申请。" if ended else ""))

    def _offer_more(self) -> None:
        """What else can be entered about the member who is chosen."""
        filed = self.card.filed
        if filed is None:
            raise UserError("请先在名册里选一位党员。")
        from gui.members import branch_forms, member_merging

        with self.workspace.reading() as session:
            who = members.told_apart(session, members.find_by_id(session, filed.id))
        menu = QMenu(self)
        deeds: tuple[tuple[str, Callable[[], object]], ...] = (
            ("抽调专班…", lambda: branch_forms.ask_for_secondment(self, who=who)),
            ("荣退…", lambda: branch_forms.ask_for_retirement(self, who=who)),
            ("补记过去的任职…", lambda: branch_forms.ask_for_past(self, who=who)),
            ("合并重复登记…", lambda: member_merging.ask_whom_to_join(self, filed.id, filed.name)),
            ("打印采集表（本人核对签字）…", lambda: self._print_card(filed.id)),
            *((("填写增加的列…", self._fill_in),) if self._has_added_columns() else ()),
            ("彻底删除个人信息…", partial(self._erase, filed.id)),
        )
        for words, slot in deeds:
            menu.addAction(words, slot)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.card.more_button.mapToGlobal(self.card.more_button.rect().bottomLeft()))

    def _has_added_columns(self) -> bool:
        return self.everything is not None and any(is_added(column.key) for column in self.everything.columns)

    def _fill_in(self) -> None:
        """Fills in the columns that the branch added to the ledger of members."""
        from gui.ledgers.variant_actions import fill_in

        fill_in(self, MEMBERS, self.workspace.view, self.roster.current_row())

    def _erase(self, member_id: int) -> None:
        from gui.members.erasing_dialog import ask_to_erase_member

        ask_to_erase_member(self, member_id)

    def _print_card(self, member_id: int) -> None:
        from gui.papers.paper_files import preview_paper

        preview_paper(self, "members_entry_card", replace(self.workspace.view, branch_id=None), {member_id})
