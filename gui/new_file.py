"""The data file that the first steps ask for, and making it as they were answered."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from models import files, founding, settings
from models.database import Database
from models.records.members import organisation

ENDING = ".zbtz"


@dataclass(frozen=True)
class NewFile:
    """What a person answered; `then_import` asks for the import of a roster as the first thing in the window."""

    path: Path
    name: str
    kind: str = organisation.BRANCH
    branches: tuple[str, ...] = ()
    collection_day: int = 23
    secretary: str = ""
    committee: str = ""
    maker: str = ""
    telephone: str = ""
    backup_folder: Path | None = None
    second_folder: Path | None = None
    password: str | None = None
    then_import: bool = False


def make(wanted: NewFile, today: date) -> Database:
    """Makes the file with its organisation, branches and settings; UserError with a sentence where it cannot be."""
    with files.refusing(f"不能在“{wanted.path.parent}”里建数据文件"):
        wanted.path.parent.mkdir(parents=True, exist_ok=True)
    database = founding.make(
        wanted.path, wanted.name, today, wanted.kind, wanted.collection_day, wanted.password, actor=wanted.maker
    )
    try:
        with database.writing("填写组织情况") as session:
            settings.change(
                session,
                secretary=wanted.secretary,
                committee=wanted.committee,
                maker=wanted.maker,
                telephone=wanted.telephone,
            )
            above = organisation.root(session)
            if above.kind == organisation.BRANCH:
                above.secretary = wanted.secretary or None
            for name in wanted.branches:
                organisation.add(session, organisation.BRANCH, name, above)
    except BaseException:
        database.close()
        wanted.path.unlink(missing_ok=True)
        raise
    return database
