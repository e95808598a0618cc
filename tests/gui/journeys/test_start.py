"""The start of the window: it closes once its data stands painted, and has loaded nothing that can wait."""

import os
import subprocess
import sys
from pathlib import Path

from gui.application import QUIT_WHEN_SHOWN
from models.database import Database

ROOT = Path(__file__).resolve().parents[3]
# Told as the window closes itself: what the page shows then, and all that was imported till then.
STARTED = """
import sys
import main
from models import orm_loading

made = []
load = orm_loading.load


def load_and_watch():
    load()
    from gui import today_page

    today_page._LATER = 60_000  # a busy machine may take longer to close the window than what follows waits
    show = today_page.TodayPage.reload
    today_page.TodayPage.reload = lambda page: (show(page), made.append(page))


orm_loading.load = load_and_watch
assert main.main(sys.argv[1:]) == 0
print(made[-1].sums.text(), made[-1].missing.text(), sep="|")
print(*sys.modules)
"""
CAN_WAIT = (
    *("alembic", "openpyxl", "reportlab", "pypdfium2", "sqlcipher3", "pypinyin", "lunar_python"),
    *("exporters", "importers", "commands"),
    *("gui.members.page", "gui.dues.collect_page", "gui.dues.page", "gui.ledgers.page", "gui.settings.page"),
    *("gui.parts.record_dialog", "gui.importing.dialog", "gui.papers.preview", "gui.first_run"),
    *("gui.parts.person_completer",),
    *("models.records.chapters", "models.trail", "models.backups", "models.manifests", "models.sample.branch"),
    *(
        "models.records.dues.assessments",
        "models.records.dues.rulebook",
        "models.records.dues.large_payments",
        "models.records.dues.cash",
    ),
    *(
        "models.ledgers.life.today",
        "models.records.life.duty_calendar",
        "models.records.life.activities",
        "gui.life.page",
    ),
    *("models.ledgers.care.today", "models.ledgers.care.cases", "models.records.care.pairings", "gui.care.page"),
    *("asyncio", "ssl", "email", "importlib.metadata"),
    *("models.ledgers.catalogue", "models.ledgers.dues.collected", "models.ledgers.dues.cells"),
)


def test_what_the_first_page_does_not_show_is_not_loaded(branch: Database, tmp_path: Path) -> None:
    branch.close()
    environment = os.environ | {QUIT_WHEN_SHOWN: "1", "XDG_CONFIG_HOME": str(tmp_path), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", STARTED, "--data", str(branch.path)],
        cwd=ROOT, env=environment, capture_output=True, timeout=60, check=True,
    )  # fmt: skip
    shown, loaded = done.stdout.decode().splitlines()
    assert "人" in shown.split("|")[0]
    assert "未交" in shown.split("|")[1]
    assert [name for name in loaded.split() if name in CAN_WAIT] == []
