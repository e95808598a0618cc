"""Which columns of a ledger stay hidden on the screen till they are asked for."""

from gui.parts.ledger_view import LedgerView
from models.ledgers import private

_NUMBERS, _ALL_PRIVATE = "显示证号、电话", "显示证号、电话、困难情况"
_NEVER = ("id",)  # a record's own number


def keep_private(table: LedgerView) -> None:
    """Hides what is nobody else's business till the switch shows it; the menu of the headings shows any one column."""
    assert table.sheet is not None
    _name_switch(table)
    table.keep_private(private.private_keys(table.sheet.columns), _NEVER)


def keep_illness_private(table: LedgerView) -> None:
    """The same where a ledger tells of illness; else all is shown as it is exported: pay is what dues are about."""
    assert table.sheet is not None
    _name_switch(table)
    told = private.told_by(table.sheet.columns)
    table.keep_private(private.private_keys(table.sheet.columns) if private.ILLNESS in told else ())


def _name_switch(table: LedgerView) -> None:
    assert table.sheet is not None
    tells = private.ILLNESS in private.told_by(table.sheet.columns)
    table.mask_switch.setText(_ALL_PRIVATE if tells else _NUMBERS)
