"""What reaches the log: the places of a fault, nothing of what anybody typed, and nothing of what libraries say."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from models import faults
from models.database import Database

CANARY = "青山鹦鹉"


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    root = logging.getLogger()
    before = list(root.handlers)
    path = faults.keep_log()
    assert path is not None
    yield path
    for handler in [each for each in root.handlers if each not in before]:
        root.removeHandler(handler)
        handler.close()


def test_an_error_that_names_somebody_is_logged_by_its_places(log: Path) -> None:
    try:
        raise ValueError(CANARY)
    except ValueError as error:
        logging.getLogger("gui").error("%s", faults.places(error))
    written = log.read_text(encoding="utf-8")
    assert "ValueError" in written
    assert "test_faults.py" in written
    assert CANARY not in written


def test_what_a_library_logs_stays_out(log: Path) -> None:
    try:
        raise ValueError(CANARY)
    except ValueError:
        logging.getLogger("sqlalchemy.pool").exception("could not put back %s", CANARY)
    assert log.read_text(encoding="utf-8") == ""


def test_an_error_of_the_file_quotes_nobody(database: Database) -> None:
    with pytest.raises(SQLAlchemyError) as raised, database.trying() as session:
        session.execute(text("SELECT nothing(:name)"), {"name": CANARY})
    assert "nothing" in str(raised.value)
    assert CANARY not in str(raised.value)


def test_only_the_programs_own_loggers_write() -> None:
    """Each of them is handed what `places` answers, and nothing else: whoever adds one looks at this."""
    found = {
        line.strip()
        for room in ("gui", "commands", "models", "exporters", "importers")
        for path in (faults.PROGRAM / room).rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if ".error(" in line or ".exception(" in line or ".warning(" in line or ".info(" in line
    }
    assert {line for line in found if not line.startswith(("self.", "QMessageBox.", "top."))} == {
        'LOG.error("%s", where)',
        'logging.getLogger("commands").error("%s", faults.places(error))',
    }
