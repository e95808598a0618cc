"""From a page to paper and files: preview with printing, and saving where the person chooses."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from gui.page import Page
from gui.parts.file_dialogs import ask_where_to_save, safe_name
from gui.tasks import Progress

# Writes a file, and answers what the person should know of it: a sentence, or nothing.
Write = Callable[[Path, Progress], str | None]


def preview(page: Page, title: str, write: Write) -> None:
    """Has `write(path, progress)` make a PDF in a private place and shows it with what `write` has to say of it.

    The file goes with the preview.
    """
    place = TemporaryDirectory(prefix="preview-", ignore_cleanup_errors=True)
    path = Path(place.name) / f"{safe_name(title)}.pdf"

    def show(said: str | None) -> None:
        from gui.papers.preview_window import PreviewWindow

        asking = QApplication.activeModalWidget()
        window = PreviewWindow(path, title, asking or page, place.cleanup, folder=folder_of(page))
        if said:
            window.warn(said)
        if isinstance(asking, QDialog):
            _keep_before(window, asking)
        window.show()

    task = page.run(f"生成{title}", lambda progress: write(path, progress), show)
    task.failed.connect(lambda _error: place.cleanup())
    task.cancelled.connect(place.cleanup)


def _keep_before(window: QWidget, asking: QDialog) -> None:
    """Has a window stand before the dialog it was opened from, whose modality would lock it, and go with it."""
    asking.finished.connect(window.close)
    window.winId()  # makes the native window, which alone can be tied to another
    window.windowHandle().setTransientParent(asking.windowHandle())


def save_as(
    page: Page,
    title: str,
    suggested_name: str,
    write: Write,
    then: Callable[[Path], object] | None = None,
    written: Callable[[], object] | None = None,
) -> None:
    """Asks where to save, has `write(path, progress)` make the file there, and says so (or hands it to `then`).

    `written` is called before that, once the file stands there.
    """

    def chosen(path: Path) -> None:
        page.workspace.folder = path.parent

        def done(said: str | None) -> None:
            if written is not None:
                written()
            if then is not None:
                then(path)
            elif said:
                page.told.emit("warn", f"已保存到 {path}。{said}")
            else:
                page.say(f"已保存到 {path}")

        page.run(title, lambda progress: write(path, progress), done)

    ask_where_to_save(page, title, folder_of(page), suggested_name, chosen)


def folder_of(page: Page) -> Path:
    """Where files were last saved from this window, or the documents folder."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return page.workspace.folder or Path(documents)
