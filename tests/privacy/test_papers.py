"""No canary in a public posting, in the properties of a file, in a file's name, in the words of the trail."""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select
from sqlalchemy.orm import Session

from exporters import csv_file, docx_file, excel, forms, pdf
from gui.parts.clipboard import copied
from gui.parts.ledger_model import LedgerModel
from models import backups, manifests
from models.audit import Operation
from models.database import Database
from models.ledger import Sheet, View
from models.ledgers.catalogue import LEDGERS, named
from models.ledgers.paper_records import PAPERS
from models.ledgers.sheets import sheets
from models.ledgers.trail import lines_of
from models.rules.periods import Month, Period
from tests.exporters import pages
from tests.exporters.forms.meeting_records import MINUTES
from tests.privacy import hunting
from tests.privacy.canaries import ILLNESS, SCAN, Known, lines_with

VIEW = View(date(2026, 11, 20), Period(Month(2026, 1), Month(2026, 12)))
PUBLIC_PAPERS = ("dues_notice", "dues_year_notice", "care_acknowledgement")


def shown(session: Session, public: bool) -> Iterator[Sheet]:
    for ledger in LEDGERS:
        if ledger.public or not public:
            yield from sheets(session, ledger, VIEW)


def test_the_canaries_are_in_the_file(known: Known, opened: Database) -> None:
    content = known.path.read_bytes()
    assert [word for word in known.words if word.encode() not in content and word not in (SCAN, "54321.98")] == []
    assert lines_with(opened, ILLNESS) >= 1


def test_a_canary_is_found_wherever_it_hides(tmp_path: Path) -> None:
    for coding in ("utf-8", "gb18030", "utf-16-le"):
        (tmp_path / f"{coding}.txt").write_bytes("前面".encode(coding) + ILLNESS.encode(coding))
    with zipfile.ZipFile(tmp_path / "包.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("里面.txt", ILLNESS)
    (tmp_path / "底稿.json").write_text(json.dumps({"a": ILLNESS}), encoding="utf-8")
    assert len(hunting.in_folder(tmp_path, [ILLNESS])) == 5


def test_no_posting_tells_one(opened: Database, known: Known, tmp_path: Path) -> None:
    with opened.reading() as session:
        posted = list(shown(session, public=True))
    assert len(posted) >= 3
    assert any(each.rows for each in posted)
    for number, sheet in enumerate(posted):
        assert not [word for word in known.words if word in repr(sheet)], sheet.name
        excel.write(sheet, tmp_path / f"{number}.xlsx")
        csv_file.write(sheet, tmp_path / f"{number}.csv")
        pdf.write(sheet, tmp_path / f"{number}.pdf")
        text = "".join(pages.texts(tmp_path / f"{number}.pdf"))
        assert not [word for word in known.words if word in text], sheet.name
    assert hunting.in_folder(tmp_path, known.words) == []


@pytest.mark.parametrize("name", PUBLIC_PAPERS)
def test_no_paper_for_the_wall_tells_one(opened: Database, known: Known, tmp_path: Path, name: str) -> None:
    with opened.reading() as session:
        records = [record for _, record in PAPERS[name](session, VIEW)]
    assert records
    assert not [word for word in known.words if word in repr(records)]
    forms.named(name).draw(records, tmp_path / "贴.pdf")
    text = "".join(pages.texts(tmp_path / "贴.pdf"))
    assert not [word for word in known.words if word in text]


@pytest.mark.slow
def test_no_file_tells_one_of_itself(opened: Database, known: Known, tmp_path: Path) -> None:
    """Every ledger as a workbook and on paper: names of files, their properties, hidden sheets, comments."""
    with opened.reading() as session:
        everything = list(shown(session, public=False))
    for number, sheet in enumerate(everything):
        assert not [word for word in known.words if word in sheet.heading], sheet.name
        book, paper = tmp_path / f"{number}.xlsx", tmp_path / f"{number}.pdf"
        excel.write(sheet, book)
        pdf.write(sheet, paper)
        assert hunting.in_properties(book, known.words) == [], sheet.name
        assert hunting.in_properties(paper, known.words) == [], sheet.name


def test_no_paper_tells_one_of_itself(opened: Database, known: Known, tmp_path: Path) -> None:
    for name in ("care_application", "care_visit_sheet", "members_entry_card", "life_talk_sheet"):
        with opened.reading() as session:
            records = [record for _, record in PAPERS[name](session, VIEW)][:2]
        assert records, name
        path = tmp_path / f"{name}.pdf"
        forms.named(name).draw(records, path)
        assert hunting.in_properties(path, known.words) == [], name


def test_no_word_document_tells_one_of_itself(opened: Database, known: Known, tmp_path: Path) -> None:
    """What was said stands in its text alone, also where it was typed into each line of the record."""
    with opened.reading() as session:
        records = [record for _, record in PAPERS["life_minutes"](session, VIEW)][:1]
    told = {part.name: ILLNESS for part in fields(MINUTES) if isinstance(getattr(MINUTES, part.name), str)}
    full = replace(MINUTES, **(told | {key: getattr(MINUTES, key) for key in ("title", "form", "begins")}))
    for number, record in enumerate((*records, full)):
        path = tmp_path / f"{number}.docx"
        docx_file.write(record, path)
        assert hunting.in_properties(path, known.words) == []
    assert number > 0
    assert hunting.in_bytes(path.read_bytes(), [ILLNESS]) == [ILLNESS]


@pytest.mark.parametrize("name", [each.name for each in LEDGERS if each.name.startswith(("members", "care"))])
def test_a_copied_table_tells_no_number(opened: Database, known: Known, name: str, qapp: QApplication) -> None:
    """On the clipboard stands what the screen shows: identity numbers, telephones and accounts are masked."""
    numbers = [word for word in known.words if word.isascii() and word.rstrip("X").isdecimal()]
    assert len(numbers) > 20
    with opened.reading() as session:
        for sheet in sheets(session, named(name), VIEW):
            model = LedgerModel()
            model.show_sheet(sheet)
            data = copied(model, range(len(model.rows)), range(len(model.columns)), None)
            for taken in (data.text(), data.html()):
                assert not [word for word in numbers if word in taken], sheet.name


def test_no_line_of_the_trail_tells_an_illness(opened: Database, known: Known) -> None:
    with opened.reading() as session:
        for number, title in session.execute(select(Operation.id, Operation.title).order_by(Operation.id.desc())):
            assert not [word for word in known.words if word in title]
            if title.startswith(("登记困难", "登记", "修改")):
                said = "".join(lines_of(session, number))
                assert not [word for word in known.words if word in said], title


def test_a_backup_says_nothing_beside_itself(own: Database, known: Known, tmp_path: Path) -> None:
    made = backups.make(own, tmp_path / "备份")
    assert hunting.in_folder(tmp_path / "备份", known.words, besides=[made.path]) == []
    assert manifests.manifest_of(made.path).exists()
