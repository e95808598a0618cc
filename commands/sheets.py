"""What comes out: the roster as JSON, ledgers as files, forms as pages, and the lists of both."""

import argparse
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from commands import DONE
from commands.opening import opened, password_in
from commands.output import answer, hint, table, tell
from models.database import Database
from models.errors import UserError
from models.ledger import Sheet
from models.ledgers import catalogue
from models.ledgers.members import MEMBERS, ROSTER_FIELDS, member_rows
from models.ledgers.sheets import in_one, sheets, view_of
from models.rules.periods import Period

_SHOWN = ("name", "sex", "birth_date", "category", "branch")


def list_ledgers(options: argparse.Namespace, today: date) -> int:
    """Lists the ledgers that can be exported."""
    if options.json:
        answer([{"name": each.name, "title": each.title, "importable": each.importable} for each in catalogue.LEDGERS])
    else:
        table((each.name, each.title, "可导入" if each.importable else "") for each in catalogue.LEDGERS)
    return DONE


def list_forms(options: argparse.Namespace, today: date) -> int:
    """Lists the forms that can be printed."""
    from exporters.forms import FORMS

    if options.json:
        answer([{"name": each.name, "title": each.title} for each in FORMS])
    else:
        table((each.name, each.title) for each in FORMS)
    return DONE


def list_members(options: argparse.Namespace, today: date) -> int:
    """Lists the roster, those who left too when all are asked for."""
    with opened(options) as database, database.reading() as session:
        rows = member_rows(session, view_of(session, today), everyone=options.all)
    if options.json:
        answer([_member(row) for row in rows])
    else:
        shown = [column for column in MEMBERS.columns if column.key in _SHOWN]
        table((str(row.id), *(each.kind.show(getattr(row, each.key)) for each in shown), row.status) for row in rows)
    return DONE


def _member(row: Any) -> dict[str, Any]:
    return {"id": row.id, "status": row.status} | {key: getattr(row, key) for key in ROSTER_FIELDS}


def export(options: argparse.Namespace, today: date) -> int:
    """Writes a ledger for a period in the format that the ending of the file names."""
    ledger = catalogue.named(options.ledger)
    path: Path = options.file
    secret = password_in(options.protect_with) if options.protect_with else None
    with opened(options) as database, database.reading() as session:
        _keep_data_file(path, database.path)
        made = sheets(session, ledger, view_of(session, today, options.period, options.branch))
    write(made, path, secret)
    tell(f"已写出“{path}”，共 {sum(len(each.rows) for each in made)} 行。")
    return DONE


def _keep_data_file(path: Path, data: Path) -> None:
    if path.exists() and path.samefile(data):
        raise UserError(f"“{path}”是正在使用的数据文件，不能写到它上面，请另取一个文件名。")


def write(made: Sequence[Sheet], path: Path, secret: str | None = None) -> None:
    """Writes sheets as .xlsx, .pdf or .csv; UserError for another ending, or a password for what has none."""
    ending = path.suffix.lower()
    if secret is not None and ending != ".xlsx":
        raise UserError(f"“{path.name}”不能加密码，只有 .xlsx 工作簿可以。")
    if ending == ".xlsx":
        from exporters import excel

        excel.write_all(made, path, secret)
    elif ending == ".pdf":
        from exporters import pdf

        tell_undrawn(path, pdf.write_all(made, path))
    elif ending == ".csv":
        from exporters import csv_file

        csv_file.write(made[0] if len(made) == 1 else in_one(made), path)
    else:
        raise UserError(f"“{path.name}”的结尾应为 .xlsx、.pdf 或 .csv。")


def tell_undrawn(path: Path, characters: Collection[str]) -> None:
    """Says which characters a PDF lacks because no font has them."""
    if characters:
        hint(f"“{path.name}”里这些字没有字体可画，请在纸上补写：{'、'.join(sorted(characters))}。")


def form(options: argparse.Namespace, today: date) -> int:
    """Writes a form: a page for each record of the period, one record, or the blank form where there is none."""
    from exporters.forms import named

    path: Path = options.file
    if path.suffix.lower() != ".pdf":
        raise UserError(f"“{path.name}”的结尾应为 .pdf。")
    wanted = named(options.form)
    with opened(options) as database:
        _keep_data_file(path, database.path)
        records = _records(database, options, today)
    tell_undrawn(path, wanted.draw(records or [wanted.blank], path))
    tell(f"已写出“{path}”，" + (f"共 {len(records)} 份。" if records else "没有记录，是一张空白表。"))
    return DONE


def _records(database: Database, options: argparse.Namespace, today: date) -> list[Any]:
    """The records of a form: of the period, or the numbered one, looked for in all periods where none is named."""
    from models.ledgers.paper_records import PAPERS

    find, period = PAPERS[options.form], options.period
    with database.reading() as session:
        if options.id is None:
            view = view_of(session, today, period, options.branch)
            return [record for _, record in find(session, view)]
        for span in [period] if period else [None, Period.always()]:
            for number, record in find(session, view_of(session, today, span, options.branch)):
                if number == options.id:
                    return [record]
    raise UserError(f"没有编号为 {options.id} 的记录可写进“{options.file.name}”，请核对编号和时期。")


COMMANDS = {
    "ledgers": list_ledgers,
    "forms": list_forms,
    "members": list_members,
    "export": export,
    "form": form,
}
