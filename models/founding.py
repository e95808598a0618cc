"""Making a new data file with its tables, its organisation and its first settings."""

from datetime import date
from pathlib import Path

from models import settings
from models.database import Database
from models.errors import UserError
from models.kinds import tidy
from models.records import chapters
from models.records.members import organisation
from models.rules.periods import Month

TABLES = chapters.CHAPTERS  # importing them makes their tables known before the file is made


def make(
    path: Path,
    name: str,
    today: date,
    kind: str = organisation.BRANCH,
    collection_day: int = 23,
    password: str | None = None,
    actor: str = "",
) -> Database:
    """Makes the data file of an organisation; refuses a path that exists or an empty name.

    The working month is that of `today`. A general branch or committee begins without branches.
    """
    if not tidy(name):
        raise UserError("请填写组织名称。")
    if kind not in organisation.KINDS:
        raise UserError(f"组织类别应为{'、'.join(organisation.KINDS)}。")

    def begin(database: Database) -> None:
        with database.writing("新建数据文件") as session:
            organisation.add(session, kind, name)
            settings.change(session, unit=tidy(name), collection_day=collection_day, working_month=str(Month.of(today)))

    return Database.create(path, password, actor, begin=begin)
