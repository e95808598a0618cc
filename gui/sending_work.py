"""The work behind Excel 上报: filling the tables, writing the files, keeping what was sent. It knows no widget."""

import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from exporters.cover import Cover, Entry
from gui.tasks import Progress
from models import filenames
from models.database import Database
from models.errors import UserError
from models.kinds import MONEY
from models.ledger import Furniture, Sheet, View
from models.ledgers import catalogue, snapshots
from models.ledgers.paper_records import PAPERS
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


def make(database: Database, wanted: Wanted, target: Path, progress: Progress) -> Made:
    """Writes the workbook at `target`, or a new folder of this name; either stands there whole or not at all."""
    verify(wanted)
    with database.reading() as session:
        words = furniture(session, wanted.view)
        filled = [sheets(session, catalogue.named(name), wanted.view) for name in wanted.ledgers]
        papers = [_paper(name, [found for _, found in PAPERS[name](session, wanted.view)], wanted.view)
                  for name in wanted.papers]  # fmt: skip
    tables = [
        Table(each.name, each.heading, len(each.rows), snapshots.taken(each)) for parts in filled for each in parts
    ]
    tables += [Table(each.name, each.title, len(each.records)) for each in papers]
    if wanted.form == WORKBOOK:
        whole = [each for parts in filled for each in parts]
        _write_book(whole, _cover(wanted, words, [_entry(each) for each in whole]), target, wanted.password, progress)
        return Made(target, tuple(tables), "")
    said = _write_folder(target, wanted, words, filled, papers, progress)
    return Made(target, tuple(tables), said)


def keep(session: Any, wanted: Wanted, made: Made) -> None:
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


def _paper(name: str, records: Sequence[Any], view: View) -> Paper:
    from exporters import forms

    return Paper(name, f"{view.period.chinese}{forms.named(name).title}", records)


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
    from exporters.skeleton import Book

    excel.write_book(Book(whole, cover), path, password, progress)


def _write_folder(
    target: Path,
    wanted: Wanted,
    words: Furniture,
    filled: Sequence[Sequence[Sheet]],
    papers: Sequence[Paper],
    progress: Progress,
) -> str:
    """Writes the files aside and gives their folder its name at the end; answers what is to be known of them."""
    if target.exists():
        raise UserError(f"“{target}”已经有了，请换一个位置。")
    aside = target.with_name(f".~{secrets.token_hex(8)}")
    try:
        aside.mkdir()
        entries, said = _write_files(aside, wanted, filled, papers, progress)
        _write_book([], _cover(wanted, words, entries), aside / CONTENTS, wanted.password, progress)
        aside.replace(target)
    except OSError as error:
        raise UserError(f"“{target}”没有存成（{error.strerror or error}），请另选一处。") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return said


def _write_files(
    folder: Path, wanted: Wanted, filled: Sequence[Sequence[Sheet]], papers: Sequence[Paper], progress: Progress
) -> tuple[list[Entry], str]:
    from exporters import excel, pdf, undrawn

    entries, said = [], []
    done, total = 0, len(filled) + len(papers)
    for parts in filled:
        progress(done, total)
        done += 1
        first = parts[0]
        if wanted.form == PAGES:
            name = _file_name(done, first.heading, ".pdf")
            said.append(undrawn.in_sheets(pdf.write_all(parts, folder / name), parts))
        else:
            name = _file_name(done, first.heading, ".xlsx")
            excel.write_all(parts, folder / name, wanted.password)
        entries += [_entry(each, name) for each in parts]
    for paper in papers:
        progress(done, total)
        done += 1
        name = _file_name(done, paper.title, ".pdf")
        said.append(_draw(paper, folder / name))
        entries.append(Entry(paper.title, len(paper.records) or None, "" if paper.records else "空白表", name))
    return entries, "".join(filter(None, said))


def _draw(paper: Paper, path: Path) -> str:
    from exporters import forms, undrawn

    form = forms.named(paper.name)
    return undrawn.in_papers(form.draw(paper.records or [form.blank], path), paper.records)


def _file_name(number: int, title: str, ending: str) -> str:
    return filenames.clean(f"{number:02d} {title}{ending}")


def free_name(folder: Path, wanted: Wanted) -> Path:
    """A name in `folder` that is not taken yet, made of the period and of who gets it."""
    stem = filenames.clean(f"报送 {wanted.view.period.chinese} {wanted.recipient}", "报送")
    path, again = folder / stem, 2
    while path.exists():
        path, again = folder / f"{stem}（{again}）", again + 1
    return path
