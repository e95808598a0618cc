"""Identity numbers where they are needed to tell people apart, and nowhere else."""

from dataclasses import replace

from sqlalchemy.orm import Session

from models.ledger import Ledger, View

NUMBER = "id_number"


def sparing(session: Session, ledger: Ledger, view: View | None = None) -> Ledger:
    """The ledger with the identity number only where two people of a view share a name; without a view, with it."""
    if view is None:
        return ledger
    rows = ledger.rows(session, ledger.seen(view))
    if len({row.name for row in rows}) < len({(row.name, row.id_number) for row in rows}):
        return ledger
    return replace(ledger, columns=tuple(column for column in ledger.columns if column.key != NUMBER))
