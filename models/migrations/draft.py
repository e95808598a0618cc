"""For whoever changes the tables: prints the step that leads from the last schema to the tables as declared now."""

import sys
from typing import Any, Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.autogenerate.api import AutogenContext
from alembic.migration import MigrationContext
from sqlalchemy import TypeDecorator, create_engine

from models.base import Base
from models.migrations import upgrade
from models.records import chapters

TABLES = chapters.CHAPTERS  # importing them makes every table known


def draft() -> str:
    """The Python text of a step's `upgrade`; `pass` when the steps lead to the declared tables already."""
    with create_engine("sqlite://").begin() as connection:
        upgrade.run(connection, 0, max((number for number, _ in upgrade.steps()), default=0))
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        changes = produce_migrations(context, Base.metadata).upgrade_ops
    assert changes is not None
    return render_python_code(changes, render_as_batch=True, render_item=_render)


def _render(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Our own types as what they are kept as: a step must not depend on what they become."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


if __name__ == "__main__":
    sys.stdout.write(draft() + "\n")
