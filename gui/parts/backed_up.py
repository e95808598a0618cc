"""Work that changes much at once: it begins with a backup of what was before."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from gui.messages import ask
from gui.page import Page
from gui.tasks import Progress, Task
from models.database import Database
from models.errors import ReadOnlyError, UserError
from models.manifests import Backup

Deed = Callable[[], object]


def _nothing() -> None:
    """What need not be done."""


def after_backup(
    page: Page, then: Deed, *, anyway: str = "", otherwise: Deed = _nothing, over: QWidget | None = None
) -> Task:
    """Goes on with `then` once a backup holds the file as it is; one that holds it already is enough.

    Where the backup fails the window says why, and no more; with `anyway`, the words of a button, the person is asked
    (`over` the dialog that is open) whether to go on all the same. Whenever `then` is not to be, it is `otherwise`.
    A UserError of `then` is shown by the window.
    """

    def go_on(made: Backup | UserError) -> None:
        if not isinstance(made, UserError):
            then()
        elif anyway:
            box = ask(over or page, "备份没有做成，还要继续吗？", yes=anyway, no="先不做", detail=str(made), then=then)
            box.rejected.connect(otherwise)
        else:
            page.refuse(str(made))
            otherwise()

    task = _backing_up(page, go_on)
    task.failed.connect(lambda _bug: otherwise())
    return task


class BackupAhead(QObject):
    """A backup that is made while a person is still being asked what is to be done."""

    def __init__(self, page: Page, anyway: str, dialog: QDialog) -> None:
        super().__init__(dialog)
        self._page, self._anyway, self._dialog = page, anyway, dialog
        self._next: tuple[Deed, Deed] | None = None
        self._is_making = True
        _backing_up(page, lambda _made: None).ended.connect(self._made)

    def go_on(self, then: Deed, otherwise: Deed) -> None:
        """As `after_backup`: at once, or when the backup that was begun is made."""
        if self._is_making:
            self._next = then, otherwise
        else:
            after_backup(self._page, then, anyway=self._anyway, otherwise=otherwise, over=self._dialog)

    def _made(self) -> None:
        self._is_making = False
        if self._next is not None:
            self.go_on(*self._next)


def _backing_up(page: Page, then: Callable[[Backup | UserError], None]) -> Task:
    from models import fresh_backup

    workspace = page.workspace
    database, folder = cast(Database, workspace.database), workspace.backup_folder()
    if database.read_only:
        raise ReadOnlyError

    def work(_progress: Progress) -> Backup | UserError:
        try:
            return fresh_backup.fresh(database, folder)
        except UserError as refusal:
            return refusal

    def tell(made: Backup | UserError) -> None:
        if isinstance(made, Backup):
            workspace.backed_up.emit(made.made_at)
        then(made)

    return page.run("先做备份", work, tell)
