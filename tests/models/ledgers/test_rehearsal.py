"""The figures of a file that are laid beside those of a backup."""

from models.database import Database
from models.ledgers.rehearsal import figures
from models.records.members import members
from models.rules.periods import PartialDate


def test_a_file_tells_what_it_holds(database: Database) -> None:
    with database.writing("新增党员") as session:
        members.add(session, {"name": "唐果", "birth_date": PartialDate(1990)})
    with database.reading() as session:
        told = {figure.name: figure.text for figure in figures(session)}
    assert told["在册党员"] == "1 人"
    assert told["已开账的月份"] == "0 个"
    assert told["实交合计"] == "0.00 元"
    assert told["操作记录"] == "2 条"
