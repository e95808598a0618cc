"""What comes out: the roster as JSON, ledgers as files, forms as pages, and the lists of both."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from commands import DONE
from commands.opening import opened, password_in
from commands.output import answer, hint, table, tell
from models.database import Database
from models.errors import UserError
from models.ledger import Ledger, Session, Sheet, View
from models.ledgers import catalogue
from models.ledgers.members.roster import MEMBERS, ROSTER_FIELDS, member_rows
from models.ledgers.private import joined, told_by, told_by_paper
from models.ledgers.sheets import in_one, sheets, view_of
from models.records import private_exports
from models.records.dues import months
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


def _back(ledger: Ledger, view: View, day: date) -> View:
    """The view as of an earlier day; UserError for a ledger that tells of no other day, and for a day to come."""
    if not ledger.as_of:
        raise UserError(f"“{ledger.title}”不能按某一天导出，请用 --period 选时期。")
    if day > view.today:
        raise UserError(f"{day} 还没有到，只能导出今天和以前的情况。")
    return view.back_to(day)


def export(options: argparse.Namespace, today: date) -> int:
    """Writes a ledger for a period in the format that the ending of the file names."""
    ledger = catalogue.named(options.ledger)
    path: Path = options.file
    secret = password_in(options.protect_with) if options.protect_with else None
    with opened(options) as database:
        _keep_data_file(path, database.path)
        with database.reading() as session:
            view = view_of(session, today, options.period, options.branch)
            if options.as_of is not None:
                view = _back(ledger, view, options.as_of)
            made = sheets(session, ledger, view)
            papers = papers_of(session, ledger.name, view) if path.suffix.lower() == ".pdf" else None
        if papers is not None and secret is None:
            draw(ledger.name, papers, path)
        else:
            write(made, path, secret)
        _note(database, ledger.title, joined(told_by(each.columns) for each in made), len(made[0].rows), today)
    tell(f"已写出“{path}”，共 {sum(len(each.rows) for each in made)} 行。")
    return DONE


def _note(database: Database, title: str, told: Sequence[str], rows: int, today: date) -> None:
    """Writes down that something private left the data file, where the file can be written."""
    if told and not database.read_only:
        with database.writing(f"导出“{title}”") as session:
            private_exports.note(session, title, told, "命令行导出", rows, today)


def papers_of(session: Session, name: str, view: View) -> list[Any] | None:
    """The records of the paper that a ledger of this name has on paper; None where it prints as a table."""
    from models.ledgers.paper_records import PAPERS

    return [record for _, record in _papers(session, name, view)] if name in PAPERS else None


def _papers(session: Session, name: str, view: View) -> Sequence[tuple[int, Any]]:
    """The records of a paper with their numbers; a month given to a paper of the year means its year."""
    from exporters.forms import named
    from models.ledgers.paper_records import PAPERS

    first, last = view.period.first.year, view.period.last.year
    if named(name).span == "year" and first == last:
        view = replace(view, period=Period.of_year(last))
    return PAPERS[name](session, view)


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
        from exporters import pdf, undrawn

        tell_undrawn(path, undrawn.in_sheets(pdf.write_all(made, path), made))
    elif ending == ".csv":
        from exporters import csv_file

        csv_file.write(made[0] if len(made) == 1 else in_one(made), path)
    else:
        raise UserError(f"“{path.name}”的结尾应为 .xlsx、.pdf 或 .csv。")


def draw(name: str, records: Sequence[Any], path: Path) -> None:
    """Writes the papers of this form, or the blank one where there are no records."""
    from exporters import undrawn
    from exporters.forms import named

    wanted = named(name)
    tell_undrawn(path, undrawn.in_papers(wanted.draw(records or [wanted.blank], path), records))


def tell_undrawn(path: Path, said: str) -> None:
    """Says which characters a PDF lacks because no font has them, where there are any."""
    if said:
        hint(f"“{path.name}”：{said}")


def form(options: argparse.Namespace, today: date) -> int:
    """Writes a form: a page for each record of the period, one record, or the blank form where there is none."""
    from exporters.forms import named

    path: Path = options.file
    if path.suffix.lower() != ".pdf":
        raise UserError(f"“{path.name}”的结尾应为 .pdf。")
    named(options.form)
    with opened(options) as database:
        _keep_data_file(path, database.path)
        records = _records(database, options, today)
        draw(options.form, records, path)
        if records:
            _note(database, named(options.form).title, told_by_paper(options.form), len(records), today)
    tell(f"已写出“{path}”，" + (f"共 {len(records)} 份。" if records else "没有记录，是一张空白表。"))
    return DONE


def _records(database: Database, options: argparse.Namespace, today: date) -> list[Any]:
    """The records of a form: of the period, or those of one number, looked for in all periods where none is named."""
    period = options.period
    with database.reading() as session:
        for span in [period] if period or options.id is None else _spans(session):
            found = _papers(session, options.form, view_of(session, today, span, options.branch))
            wanted = [record for number, record in found if options.id in (None, number)]
            if wanted or options.id is None:
                return wanted
    raise UserError(f"没有编号为 {options.id} 的记录可写进“{options.file.name}”，请核对编号和时期。")


def _spans(session: Session) -> list[Period | None]:
    """Where a number is looked for: the working month, each opened month from the last, and all there ever was."""
    return [None, *(Period(month, month) for month in reversed(months.opened(session))), Period.always()]


COMMANDS = {
    "ledgers": list_ledgers,
    "forms": list_forms,
    "members": list_members,
    "export": export,
    "form": form,
}
