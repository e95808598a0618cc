"""What comes in: a workbook, an old spreadsheet or a text file read into a ledger."""

import argparse
import gc
from datetime import date

from commands import DONE, REFUSED
from commands.opening import opened, password_in
from commands.output import answer, hint, tell
from importers import files, intake
from models.errors import UserError
from models.ledgers import catalogue
from models.ledgers.sheets import view_of
from models.ledgers.variants import local
from models.records import headings

_MOST_NAMED = 20


def take(options: argparse.Namespace, today: date) -> int:
    """Reads a file into a ledger: sound rows are saved in one transaction, the others reported."""
    ledger = catalogue.named(options.ledger)
    if not ledger.importable:
        raise UserError(f"“{ledger.title}”由其他记录算出，不能导入。")
    secret = password_in(options.open_with) if options.open_with else None
    gc.disable()  # thousands of rows are kept till the end: looking for garbage among them finds none
    with opened(options) as database:
        with database.reading() as session:
            ledger = local(session, ledger, hidden=True)
            memory = headings.remembered(session, ledger.name)
        match = files.found(options.file, ledger, memory, options.sheet, secret)
        title = files.title(ledger, options.file.name)
        with database.trying() if options.dry_run else database.writing(title) as session:
            report = intake.save(session, ledger, match, view_of(session, today, branch=options.branch))
    if options.json:
        answer(report.as_json())
    else:
        tell(_summary(report, options.dry_run))
    for notice in match.notices:
        hint(notice)
    if not report.problems:
        return DONE
    hint(_said(report, options.file.name))
    return REFUSED


def _summary(report: intake.Report, dry_run: bool) -> str:
    counts = report.counts
    words = "试读，没有保存：会" if dry_run else "已保存："
    return f"{words}新增 {counts['added']} 行，修改 {counts['updated']} 行，未变 {counts['unchanged']} 行。"


def _said(report: intake.Report, name: str) -> str:
    """The rows that were not saved, each with its reason."""
    rows = {(each.sheet, each.row) for each in report.problems}
    lines = [f"“{name}”有 {len(rows)} 行没有保存，请改好后再导入一次："]
    lines += [f"第 {each.row} 行：{each.why}" for each in report.problems[:_MOST_NAMED]]
    if len(report.problems) > _MOST_NAMED:
        lines.append(f"……另有 {len(report.problems) - _MOST_NAMED} 处")
    return "\n".join(lines)
