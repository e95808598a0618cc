"""A window with one line edit that tells what is typed into it; test_typing_chinese.py runs it on its own screen."""

import os
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit

from gui import input_method


def main() -> None:
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    input_method.prepare(os.environ, plugins)
    app = QApplication([])
    line = QLineEdit()
    line.resize(400, 60)

    def tell(text: str) -> None:
        print("TEXT", text, flush=True)
        if "你好" in text:
            app.quit()

    line.textChanged.connect(tell)
    line.show()
    line.activateWindow()
    line.setFocus()
    QTimer.singleShot(1500, lambda: print("WINDOW", int(line.winId()), flush=True))
    QTimer.singleShot(25_000, app.quit)
    app.exec()


if __name__ == "__main__":
    main()
