"""What comes out: the roster as JSON, ledgers as files, forms as pages, and the lists of both."""

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from commands import DONE
from commands.opening import opened, password_in
from commands.output import answer, table, tell
from models import ledgers
from models.errors import UserError
from models.ledger import Sheet, View
from models.ledgers.members import MEMBERS, ROSTER_FIELDS, member_rows
from models.ledgers.sheets import sheets, view_of

_SHOWN = ("name", "sex", "birth_date", "category", "branch")


def list_ledgers(options: argparse.Namespace, today: date) -> int:
    """Lists the ledgers that can be exported."""
    if options.json:
        answer([{"name": each.name, "title": each.title, "importable": each.importable} for each in ledgers.LEDGERS])
    else:
        table((each.name, each.title, "可导入" if each.importable else "") for each in ledgers.LEDGERS)
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
    ledger = ledgers.named(options.ledger)
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

        pdf.write_all(made, path)
    elif ending == ".csv":
        from exporters import csv_file

        if len(made) > 1:
            raise UserError(f"“{path.name}”只放得下一年，请一年一年导出，或改用 .xlsx、.pdf。")
        csv_file.write(made[0], path)
    else:
        raise UserError(f"“{path.name}”的结尾应为 .xlsx、.pdf 或 .csv。")


def form(options: argparse.Namespace, today: date) -> int:
    """Writes a form: a page for each record of the period, one record, or the blank form where there is none."""
    from exporters.forms import named

    path: Path = options.file
    if path.suffix.lower() != ".pdf":
        raise UserError(f"“{path.name}”的结尾应为 .pdf。")
    wanted = named(options.form)
    with opened(options) as database, database.reading() as session:
        _keep_data_file(path, database.path)
        view = view_of(session, today, options.period, options.branch)
        pages = draw(wanted, session, view, path, options.id)
    tell(f"已写出“{path}”，" + (f"共 {pages} 份。" if pages else "没有记录，是一张空白表。"))
    return DONE


def draw(wanted: Any, session: Any, view: View, path: Path, record_id: int | None = None) -> int:
    """Draws a form for its records in a view, or the one numbered; answers how many, 0 for the blank form."""
    from models.ledgers.paper_records import PAPERS

    records = PAPERS[wanted.name](session, view)
    if record_id is not None:
        records = [(number, record) for number, record in records if number == record_id]
        if not records:
            raise UserError(f"{view.period.chinese}没有编号为 {record_id} 的{wanted.title}记录。")
    wanted.draw([record for _, record in records] or [wanted.blank], path)
    return len(records)


COMMANDS = {
    "ledgers": list_ledgers,
    "forms": list_forms,
    "members": list_members,
    "export": export,
    "form": form,
}
