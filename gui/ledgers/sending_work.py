"""The work behind Excel 上报: filling the tables, writing the files, keeping what was sent. It knows no widget."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from exporters.cover import Cover, Entry
from gui.tasks import Progress
from models import filenames, files, leftovers
from models.database import Database
from models.errors import UserError
from models.kinds import MONEY
from models.ledger import Furniture, Session, Sheet, View
from models.ledgers import catalogue, snapshots
from models.ledgers.paper_records import PAPERS
from models.ledgers.private import joined, told_by, told_by_paper
from models.ledgers.sheets import furniture, sheets
from models.records import sendings
from models.records.sendings import PAGES, WORKBOOK, Letter, Table

CONTENTS = "目录.xlsx"


@dataclass(frozen=True)
class Wanted:
    """What is to be sent: names of ledgers and of papers, for a view; `form` is one of sendings.FORMS."""

    ledgers: tuple[str, ...]
    papers: tuple[str, ...]
    view: View
    form: str
    recipient: str
    sent_on: date
    password: str | None = None
    remark: str | None = None


@dataclass(frozen=True)
class Paper:
    """A paper to be drawn: its name, its title for the period, and its records."""

    name: str
    title: str
    records: Sequence[Any]


@dataclass(frozen=True)
class Part:
    """What makes one file of a folder: a ledger's sheets, a paper, or a ledger that is printed as a paper."""

    sheets: Sequence[Sheet]
    paper: Paper | None = None


@dataclass(frozen=True)
class Made:
    """What was written: the file or folder, the tables to be kept, and what is to be known of the files, or ""."""

    path: Path
    tables: tuple[Table, ...]
    said: str


def verify(wanted: Wanted) -> None:
    """UserError with one sentence where this cannot be sent in this way."""
    if not wanted.ledgers and not wanted.papers:
        raise UserError("请先勾选要报送的台账或表格。")
    if wanted.form == WORKBOOK and wanted.papers:
        raise UserError("凭条、上缴单这类打印件只能存成 PDF，不能放进 Excel 文件；请把形式改成文件夹，或者去掉它们。")
    if wanted.password is not None and (wanted.papers or wanted.form == PAGES):
        raise UserError("PDF 不能加密码；要加密码请只选能存成 Excel 的台账。")


def told(wanted: Wanted) -> tuple[str, ...]:
    """What the tables and papers tell of people that is nobody else's business, in words."""
    ledgers = (told_by(catalogue.named(name).columns) for name in wanted.ledgers)
    return joined([*ledgers, *map(told_by_paper, wanted.papers)])


def make(database: Database, wanted: Wanted, target: Path, progress: Progress) -> Made:
    """Writes the workbook at `target`, or a new folder of this name; either stands there whole or not at all."""
    verify(wanted)
    with database.reading() as session:
        words = furniture(session, wanted.view)
        parts = [_ledger(session, name, wanted) for name in wanted.ledgers]
        parts += [Part((), _paper(session, name, wanted.view)) for name in wanted.papers]
    tables = tuple(table for part in parts for table in _tables(part))
    if wanted.form == WORKBOOK:
        whole = [sheet for part in parts for sheet in part.sheets]
        _write_book(whole, _cover(wanted, words, [_entry(each) for each in whole]), target, wanted.password, progress)
        return Made(target, tables, "")
    return Made(target, tables, _write_folder(target, wanted, words, parts, progress))


def keep(session: Session, wanted: Wanted, made: Made) -> None:
    """Records the sending with what tells later how its tables have changed."""
    period = wanted.view.period
    letter = Letter(
        sent_on=wanted.sent_on,
        recipient=wanted.recipient,
        sender=furniture(session, wanted.view).maker,
        first_month=period.first,
        last_month=period.last,
        branch_id=wanted.view.branch_id,
        form=wanted.form,
        locked=wanted.password is not None,
        file_name=made.path.name,
        remark=wanted.remark,
    )
    sendings.record(session, letter, made.tables)


def _ledger(session: Session, name: str, wanted: Wanted) -> Part:
    printed = wanted.form == PAGES and name in PAPERS
    filled = sheets(session, catalogue.named(name), wanted.view)
    return Part(filled, _paper(session, name, wanted.view) if printed else None)


def _paper(session: Session, name: str, view: View) -> Paper:
    from exporters import forms

    records = [found for _, found in PAPERS[name](session, view)]
    return Paper(name, f"{view.period.chinese}{forms.named(name).title}", records)


def _tables(part: Part) -> list[Table]:
    """What is kept of a part: of a ledger its rows, of a paper that it went."""
    if part.sheets:
        return [Table(each.name, each.heading, len(each.rows), snapshots.taken(each)) for each in part.sheets]
    return [Table(part.paper.name, part.paper.title, len(part.paper.records))] if part.paper is not None else []


def _cover(wanted: Wanted, words: Furniture, entries: Sequence[Entry]) -> Cover:
    day = wanted.sent_on
    lines = (
        ("报送单位", words.unit),
        ("报送给", wanted.recipient),
        ("所属期", wanted.view.period.chinese),
        ("制表人", words.maker),
        ("报送日期", f"{day.year}年{day.month}月{day.day}日"),
        *((("备注", wanted.remark),) if wanted.remark else ()),
    )
    return Cover("报送材料目录", lines, tuple(entries), f"内部资料　账簿校验 {words.check}")


def _entry(sheet: Sheet, file: str = "") -> Entry:
    """A line of the contents: how many rows, and the sum that is written in capitals where there is one."""
    said = f"合计 {MONEY.show(sheet.capitals)} 元" if sheet.capitals is not None else ""
    return Entry(sheet.heading, len(sheet.rows), said, file)


def _write_book(whole: Sequence[Sheet], cover: Cover, path: Path, password: str | None, progress: Progress) -> None:
    from exporters import excel
    from exporters.book import Book

    excel.write_book(Book(whole, cover), path, password, progress)


def _write_folder(target: Path, wanted: Wanted, words: Furniture, parts: Sequence[Part], progress: Progress) -> str:
    """Writes the files aside and gives their folder its name at the end; answers what is to be known of them."""
    if target.exists():
        raise UserError(f"“{target}”已经有了，请换一个位置。")
    leftovers.clear(target.parent)
    aside = files.aside_of(target)
    entries, said = [], []
    try:
        aside.mkdir()
        for number, part in enumerate(parts, start=1):
            progress(number - 1, len(parts))
            found, sentence = _write_part(aside, number, part, wanted)
            entries += found
            said.append(sentence)
        _write_book([], _cover(wanted, words, entries), aside / CONTENTS, wanted.password, progress)
        aside.replace(target)
    except OSError as error:
        raise UserError(f"“{target}”没有存成（{files.reason(error)}），请另选一处。") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return "".join(said)


def _write_part(folder: Path, number: int, part: Part, wanted: Wanted) -> tuple[list[Entry], str]:
    """Writes one file; answers its lines of the contents, and what is to be known of it."""
    from exporters import excel, pdf, undrawn

    title = part.sheets[0].heading if part.sheets else part.paper.title if part.paper is not None else ""
    as_pages = part.paper is not None or wanted.form == PAGES
    name = filenames.clean(f"{number:02d} {title}{'.pdf' if as_pages else '.xlsx'}")
    said = ""
    if part.paper is not None:
        said = _draw(part.paper, folder / name)
    elif as_pages:
        said = undrawn.in_sheets(pdf.write_all(part.sheets, folder / name), part.sheets)
    else:
        excel.write_all(part.sheets, folder / name, wanted.password)
    if part.sheets:
        return [_entry(each, name) for each in part.sheets], said
    count = len(part.paper.records) if part.paper is not None else 0
    return [Entry(title, count or None, "" if count else "空白表", name)], said


def _draw(paper: Paper, path: Path) -> str:
    from exporters import forms, undrawn

    form = forms.named(paper.name)
    return undrawn.in_papers(form.draw(paper.records or [form.blank], path), paper.records)


def free_name(folder: Path, wanted: Wanted) -> Path:
    """A name in `folder` that is not taken yet, made of the period and of who gets it."""
    stem = filenames.clean(f"报送 {wanted.view.period.chinese} {wanted.recipient}", "报送")
    path, again = folder / stem, 2
    while path.exists():
        path, again = folder / f"{stem}（{again}）", again + 1
    return path
