"""What was said in a confidential talk stands in no list, search, chart, file, paper or line of the trail."""

import base64
import csv
import json
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from exporters import csv_file, excel, forms, pdf
from models.audit import Change, Operation
from models.database import Database
from models.ledger import Sheet, View
from models.ledgers import snapshots
from models.ledgers.catalogue import LEDGERS
from models.ledgers.charts import charts_of
from models.ledgers.life.search import search
from models.ledgers.members.person import person
from models.ledgers.paper_records import PAPERS
from models.ledgers.sheets import sheets
from models.ledgers.trail import lines_of
from models.ledgers.wording import Names, differences
from models.records.life import talks
from models.records.members import members
from models.rules.periods import Month, Period
from tests.exporters import pages

TODAY = date(2026, 11, 20)
VIEW = View(TODAY, Period(Month(2025, 12), Month(2026, 11)))
NOVEMBER = View(TODAY, Period(Month(2026, 11), Month(2026, 11)))
CANARY = "青山鹦鹉"  # of common letters, so that every paper could print it


@pytest.fixture
def kept(sample: Database) -> Database:
    """The sample with a talk that was entered in confidence, one that became confidential, and both changed later."""
    with sample.writing("登记一次谈话") as session:
        branch = members.find(session, "吴国强").branch_id
        said = {"text": f"{CANARY}一", "promises": f"{CANARY}二"}
        values = {"on": date(2026, 11, 18), "talkers": "张红卫", "talked": "吴国强", **said}
        first = talks.enter(session, branch, values | {"confidential": True}, TODAY).id
        second = talks.enter(session, branch, values | {"talked": "刘洋"}, TODAY).id
    with sample.writing("修改一次谈话记录") as session:
        talks.change(session, first, {"text": f"{CANARY}三"}, TODAY)
        talks.change(session, second, {"confidential": True, "text": f"{CANARY}四"}, TODAY)
    with sample.writing("查看不公开的谈话记录") as session:
        assert CANARY in str(talks.disclose(session, first, "查看", TODAY).text)
    return sample


def shown(session: Session) -> Iterator[Sheet]:
    for ledger in LEDGERS:
        for view in (VIEW, NOVEMBER):
            yield from sheets(session, ledger, view)


def test_the_canary_is_in_the_file_so_that_it_could_be_found(kept: Database) -> None:
    with kept.reading() as session:
        assert sum(CANARY in (change.new or "") for change in session.scalars(select(Change))) == 4


def test_no_ledger_chart_or_snapshot_holds_it(kept: Database) -> None:
    with kept.reading() as session:
        for sheet in shown(session):
            assert CANARY not in repr(sheet), sheet.name
            assert CANARY not in repr(charts_of(sheet)), sheet.name
            text = zlib.decompress(base64.b64decode(snapshots.taken(sheet))).decode()
            assert CANARY not in text + json.loads(json.dumps(text)), sheet.name


def test_no_file_holds_it_its_properties_neither(kept: Database, tmp_path: Path) -> None:
    with kept.reading() as session:
        found = [sheet for sheet in shown(session) if sheet.name.startswith("life_talk") or sheet.name == "trail"]
    assert len(found) >= 2
    for number, sheet in enumerate(found):
        book, plain, paper = (tmp_path / f"{number}.{ending}" for ending in ("xlsx", "csv", "pdf"))
        excel.write(sheet, book)
        csv_file.write(sheet, plain)
        pdf.write(sheet, paper)
        with zipfile.ZipFile(book) as parts:
            assert all(CANARY.encode() not in parts.read(name) for name in parts.namelist())
        with plain.open(encoding="utf-8-sig", newline="") as lines:
            assert CANARY not in repr(list(csv.reader(lines)))
        assert CANARY not in "".join(pages.texts(paper))


def test_no_paper_prints_it_unless_it_is_asked_for(kept: Database, tmp_path: Path) -> None:
    with kept.reading() as session:
        found = {name: [record for _, record in records(session, VIEW)] for name, records in PAPERS.items()}
    assert all(CANARY not in repr(records) for records in found.values())
    forms.named("life_talk_sheet").draw(found["life_talk_sheet"], tmp_path / "x.pdf")
    text = "".join(pages.texts(tmp_path / "x.pdf"))
    assert CANARY not in text
    assert "吴国强" in text


def test_no_line_of_the_trail_tells_it(kept: Database) -> None:
    with kept.reading() as session:
        for number, title in session.execute(select(Operation.id, Operation.title)):
            assert CANARY not in title
            assert all(CANARY not in line for line in lines_of(session, number))
        for private in (False, True):
            names = Names(session, private)
            for change in session.scalars(
                select(Change).where(Change.new.contains(CANARY) | Change.old.contains(CANARY))
            ):
                assert all(CANARY not in str(asdict(each)) for each in differences(change, names))


def test_no_search_finds_it(kept: Database) -> None:
    with kept.reading() as session:
        assert search(session, CANARY).hits == ()
        assert not members.search(session, CANARY)


def test_the_history_of_those_who_talked_does_not_tell_it(kept: Database) -> None:
    with kept.reading() as session:
        for name in ("张红卫", "吴国强", "刘洋"):
            assert CANARY not in repr(person(session, members.find(session, name).id, NOVEMBER, private=True))
