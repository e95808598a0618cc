"""The forms of handing dues up: a remittance with its voucher, and a voucher that comes later."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QBoxLayout, QWidget

from gui.messages import ask
from gui.page import Page
from gui.papers.scan_picker import ScanPicker
from gui.parts.cards import column, label
from gui.parts.record_dialog import RecordDialog, Save
from models import attachments, settings
from models.errors import UserError
from models.kinds import CODE, DAY, MONEY, TEXT
from models.ledger import Column
from models.ledgers.dues.progress import Unvouched, waiting
from models.records.dues import cash_book, remittances
from models.records.members.facts import require_happened
from models.rules.handing_up import share
from models.rules.periods import Month, show_months

REMITTANCE = (
    Column("on", "上缴日期", DAY, 11, required=True),
    Column("number", "凭证号", CODE, 16),
    Column("handler", "经办人", TEXT, 10),
)
VOUCHER = (
    Column("number", "凭证号", CODE, 16, required=True),
    Column("dated", "凭证日期", DAY, 11, required=True),
)


class ScannedDialog(RecordDialog):
    """A form with words over its foot and a scan that may go with it."""

    def __init__(
        self, page: Page, title: str, columns: Sequence[Column], values: Mapping[str, Any], save: Save, words: str,
        parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(title, columns, values, save, parent)
        self.scan = ScanPicker(page.workspace)
        around = QWidget()
        around.setLayout(column(self.scan, label(words, "quiet", wrap=True), margins=(18, 0, 18, 10)))
        layout = self.layout()
        assert isinstance(layout, QBoxLayout)
        layout.insertWidget(layout.count() - 1, around)


def ask_for_remittance(page: Page, parent: QWidget | None = None) -> ScannedDialog:
    """Hands up everything that waits, each month as a remittance of its own under one voucher number."""
    view = page.workspace.view
    with page.workspace.reading() as session:
        parts = [(month, amount) for month, amount in waiting(session, view.branch_id) if amount > 0]
        maker, percent = settings.read(session).maker, settings.read(session).percent_handed_up
    if not parts:
        raise UserError("没有待上缴的党费。")
    total = sum((amount for _, amount in parts), Decimal(0))
    up = share(total, percent)
    listed = "\n".join(f"{month.chinese}　{MONEY.show(amount)} 元" for month, amount in parts)
    kept = f"按 {percent.normalize():f}% 上缴 {MONEY.show(up)} 元，留存 {MONEY.show(total - up)} 元，记入收支台账。\n"

    def save(values: dict[str, Any]) -> None:
        require_happened(values, ("on",), view.today)
        _hand_up(page, [month for month, _ in parts], values, dialog)
        stays = f"，留存 {MONEY.show(total - up)} 元" if total != up else ""
        page.say(f"已登记上缴 {MONEY.show(up)} 元（{show_months([month for month, _ in parts])}{stays}）。")

    dialog = ScannedDialog(
        page,
        f"登记上缴：{MONEY.show(up)} 元",
        REMITTANCE,
        {"on": view.today, "handler": maker},
        save,
        f"本次上缴：\n{listed}\n{kept if total != up else ''}凭证号可以以后再补；几个月一并上缴的用同一个凭证号。",
        parent or page,
    )
    dialog.save_button.setText("登记上缴")
    dialog.open()
    return dialog


def _hand_up(page: Page, months: Sequence[Month], values: Mapping[str, Any], dialog: ScannedDialog) -> None:
    branch_id = page.workspace.view.branch_id
    if dialog.scan.path is not None and not values["number"]:
        raise UserError("附了扫描件，请同时填写凭证号。")
    with page.workspace.writing("登记上缴") as session:
        scan = attachments.add_file(session, dialog.scan.path).id if dialog.scan.path else None
        number = values["number"] or None
        remittances.hand_up(session, months, values["on"], number, branch_id, values["handler"], scan)


def ask_for_voucher(page: Page, missing: Sequence[Unvouched], parent: QWidget | None = None) -> ScannedDialog:
    """Asks for the voucher that proves what these remittances still lack."""
    total = sum((each.missing for each in missing), Decimal(0))
    latest: date = max(each.remitted_on for each in missing)
    listed = "\n".join(f"{each.month.chinese}　{MONEY.show(each.missing)} 元" for each in missing)

    def save(values: dict[str, Any]) -> None:
        require_happened(values, ("dated",), max(page.workspace.view.today, latest))
        with page.workspace.writing("登记凭证") as session:
            scan = attachments.add_file(session, dialog.scan.path).id if dialog.scan.path else None
            for each in missing:
                remittances.add_voucher(session, each.id, values["number"], values["dated"], each.missing, scan)
        page.say(f"已登记凭证 {values['number']}，{MONEY.show(total)} 元。")

    dialog = ScannedDialog(
        page,
        f"登记凭证：{MONEY.show(total)} 元",
        VOUCHER,
        {"dated": latest},
        save,
        f"用于：\n{listed}",
        parent or page,
    )
    dialog.save_button.setText("登记凭证")
    dialog.open()
    return dialog


def withdraw_remittance(page: Page, remittance_id: int, month: Month, amount: Decimal) -> None:
    """Asks, then takes a remittance back with its vouchers; its money waits to be handed up again."""

    def withdraw() -> None:
        with page.workspace.writing(f"撤回{month.chinese}上缴") as session:
            cash_book.take_back(session, remittance_id)
        page.say(f"已撤回{month.chinese}的上缴 {MONEY.show(amount)} 元，可以重新登记。")

    ask(
        page,
        f"撤回{month.chinese}上缴的 {MONEY.show(amount)} 元？",
        yes="撤回",
        detail="连同它的凭证一起撤回，这笔钱重新成为待上缴；撤回后可以按 Ctrl+Z 撤销。",
        then=withdraw,
    )
