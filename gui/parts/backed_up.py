"""Work that changes much at once: it begins with a backup of what was before."""

from collections.abc import Callable
from typing import cast

from gui.page import Page
from gui.tasks import Task
from models.database import Database
from models.errors import ReadOnlyError
from models.manifests import Backup


def after_backup(page: Page, then: Callable[[], object]) -> Task:
    """Goes on with `then` once a backup holds the file as it is; where that fails the window says why, and no more.

    A UserError of `then` is shown by the window.
    """
    from models import fresh_backup

    workspace = page.workspace
    database, folder = cast(Database, workspace.database), workspace.backup_folder()
    if database.read_only:
        raise ReadOnlyError

    def go_on(kept: Backup) -> None:
        workspace.backed_up.emit(kept.made_at)
        then()

    return page.run("先做备份", lambda _progress: fresh_backup.fresh(database, folder), go_on)
