"""Odd texts through everything: typed, searched, in ledgers, in Excel, CSV and on paper, and back by the import."""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from exporters import csv_file, excel, pdf
from importers import intake, matching, reader
from importers.synonyms import DITTO
from models import checks, filenames, settings
from models.database import Database
from models.errors import UserError
from models.kinds import TEXT
from models.kinds.kind import LONGEST_TEXT
from models.ledger import Column, Ledger, Sheet
from models.ledgers import catalogue, frame
from models.ledgers.life import search as life_search
from models.ledgers.members.roster import MEMBERS
from models.ledgers.sheets import sheet, view_of
from models.records.life import followups
from models.records.members import members
from models.records.members.members import Member
from models.rules.periods import PartialDate
from tests import founded
from tests.security.torture import TEXTS

TODAY = date(2026, 11, 20)
OWN = ("branch", "group", "change_reason")  # these name organisations, and why something changed
FIELDS = tuple(
    column.key for column in MEMBERS.columns if column.entered and column.kind is TEXT and column.key not in OWN
)
BROAD = ("members_roster", "members_entry", "members_course", "members_changes", "life_followups", "dues_register")
REFUSED = {"#REF!": "单元格是错误值 #REF!，请改正后再导入。"}  # in CSV nothing tells it from the error itself
LONGEST_ON_PAPER = 300  # in the quick test: long texts fill pages


def test_there_are_two_hundred_of_them():
    assert len(TEXTS) == len(set(TEXTS)) >= 200


def read_as(column: Column, text: str) -> tuple[object, str]:
    """What a column reads, or the sentence with which it refuses."""
    try:
        return column.kind.read(text), ""
    except ValueError as error:
        return None, str(error)


@pytest.mark.parametrize("column", MEMBERS.columns, ids=lambda column: column.key)
def test_a_text_is_taken_or_refused_with_a_sentence(column: Column) -> None:
    for text in TEXTS:
        read, why = read_as(column, text)
        assert why.endswith("。") or why == "", text
        assert read_as(column, column.kind.show(read)) == (read, ""), text


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_a_name_of_a_file_stays_one(text):
    assert filenames.clean(filenames.clean(text)) == filenames.clean(text)
    assert not re.search(r"[/\\\0]", filenames.clean(text))


@pytest.fixture(scope="module")
def tortured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A branch of two hundred members, each with one of the texts in every field that takes it."""
    path = tmp_path_factory.mktemp("折磨") / "甲支部.zbtz"
    with closing(founded.make(path, "甲支部", TODAY)) as database:
        with database.writing("登记") as session:
            settings.change(session, unit="=1+1 甲<支部>", maker="@周丽萍&", telephone="+1")
            for number, text in enumerate(TEXTS):
                try:
                    read = TEXT.read(text)
                except ValueError:
                    continue
                given = {"name": f"党员甲{number}", "birth_date": PartialDate(1980)}
                members.add(session, given | dict.fromkeys(FIELDS, read))
                if read:
                    followups.add(session, {"issue": read, "owner": read[:50], "result": read}, TODAY)
        yield database


def filled(database: Database, ledger: Ledger) -> Sheet:
    with database.reading() as session:
        return sheet(session, ledger, view_of(session, TODAY))


def test_what_was_typed_stands_in_the_record(tortured: Database) -> None:
    with tortured.reading() as session:
        kept = {member.name: member for member in session.query(Member)}
    for number, text in enumerate(TEXTS):
        member = kept.pop(f"党员甲{number}", None)
        if member is not None:
            assert {getattr(member, key) for key in FIELDS} == {TEXT.read(text)}
        else:
            assert len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT
    assert kept == {}
    assert checks.check(tortured) == []


def test_searching_for_them_finds_what_is_there_and_breaks_nothing(tortured: Database) -> None:
    with tortured.reading() as session:
        for text in TEXTS:
            for hit in frame.search(session, text):
                assert hit.name.startswith("党员甲")
        assert len(frame.search(session, "%")) == len(frame.search(session, "_")) == 0  # signs, no wildcards
        assert frame.search(session, "党员甲17")[0].name == "党员甲17"


def test_words_in_minutes_are_looked_for_or_refused_with_a_sentence(tortured: Database) -> None:
    for text in TEXTS:
        said = ""
        try:
            with tortured.reading() as session:
                life_search.search(session, text)
        except UserError as error:
            said = str(error)
        assert said == "" or ("不完整的字符" in said and said.endswith("。")), text


def test_half_a_character_is_not_saved_and_said_so(tortured: Database) -> None:
    said = "文字里有一个不完整的字符（多半是从别的程序里粘贴来的），本次没有保存，请删去后再试。"
    with pytest.raises(UserError, match=re.escape(said)), tortured.writing("登记") as session:
        session.add(followups.FollowUp(issue="张\ud800"))


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_they_come_back_from_a_file_as_they_were(tortured: Database, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"名册.{ending}"
    (excel if ending == "xlsx" else csv_file).write(filled(tortured, MEMBERS), path)
    book = reader.read(path)
    with tortured.trying() as session:
        above = {f"党员甲{TEXTS.index(text)}" for text in DITTO.intersection(TEXTS)}  # what it says is what it means
        report = intake.save(session, MEMBERS, matching.match(book, MEMBERS), view_of(session, TODAY))
    assert {row.values["name"] for row, fate in report.outcomes if fate.kind != "unchanged"} == above
    refused = {each.row for each in report.problems}
    assert len(report.outcomes) + len(refused) == len(filled(tortured, MEMBERS).rows)
    assert {each.value: each.why for each in report.problems} == (REFUSED if ending == "csv" else {})


@pytest.mark.parametrize("name", BROAD)
def test_they_stand_in_ledgers_and_on_paper(tortured: Database, tmp_path: Path, name: str) -> None:
    made = filled(tortured, catalogue.named(name))
    excel.write(made, tmp_path / "x.xlsx")
    csv_file.write(made, tmp_path / "x.csv")
    short = [row for row in made.rows if all(len(str(getattr(row, c.key))) < LONGEST_ON_PAPER for c in made.columns)]
    pdf.write(replace(made, rows=short), tmp_path / "x.pdf")
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF-")
