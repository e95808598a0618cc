"""Files beside a record: kept, told apart, in every backup, refused whole, taken off and brought back."""

from datetime import date
from pathlib import Path

import pytest

from models import attachments, backups, checks
from models.database import Database
from models.errors import FieldError, UserError
from models.records.life import activities, activity_files
from models.records.life.activity_files import MOST, OTHER, PHOTO, SIGNED
from models.records.members import organisation
from models.undo import undo_last

DAY, TODAY = date(2026, 11, 10), date(2026, 11, 12)
PNG = b"\x89PNG\r\n\x1a\n" + b"pixels"
PDF = b"%PDF-1.7\nsigned\n%%EOF"


@pytest.fixture
def held(sample: Database) -> int:
    """The number of a record that was begun."""
    with sample.writing("记录") as session:
        return activities.begin(session, organisation.branches(session)[0].id, "theme_day", DAY, TODAY).id


@pytest.fixture
def scans(tmp_path: Path) -> dict[Path, str]:
    """Two files and what they are."""
    photo, signed = tmp_path / "合影 1.png", tmp_path / "签字.pdf"
    photo.write_bytes(PNG)
    signed.write_bytes(PDF)
    return {photo: PHOTO, signed: SIGNED}


def test_files_are_kept_with_their_names_and_are_in_the_backup(
    sample: Database, held: int, scans: dict[Path, str], tmp_path: Path
) -> None:
    with sample.writing("附件") as session:
        activity_files.attach(session, held, scans)
    with sample.reading() as session:
        found = activity_files.files_of(session, held)
        assert [(each.kind, each.name, each.size) for each in found] == [
            (SIGNED, "签字.pdf", len(PDF)),
            (PHOTO, "合影 1.png", len(PNG)),
        ]
        assert attachments.content(session, found[1].attachment_id) == PNG
        assert activity_files.counts(session, [held, held + 1]) == {held: 2}
    made = backups.make(sample, tmp_path / "备份")
    backups.restore(made.path, tmp_path / "恢复.zbtz", None)
    with Database.open(tmp_path / "恢复.zbtz").reading() as session:
        (signed, _) = activity_files.files_of(session, held)
        assert attachments.content(session, signed.attachment_id) == PDF


def test_a_picture_is_taken_for_a_photograph() -> None:
    assert activity_files.usual_kind(Path("a/IMG_1.JPG")) == PHOTO
    assert activity_files.usual_kind(Path("记录.pdf")) == SIGNED


def test_one_that_cannot_be_kept_leaves_none(
    sample: Database, held: int, scans: dict[Path, str], tmp_path: Path
) -> None:
    program = tmp_path / "照片.exe"
    program.write_bytes(b"MZ")
    with pytest.raises(UserError, match="程序或网页"), sample.writing("附件") as session:
        activity_files.attach(session, held, scans | {program: OTHER})
    with sample.reading() as session:
        assert activity_files.files_of(session, held) == []
    folder = sample.path.parent / attachments.FOLDER
    assert not list(folder.glob("*.new"))


def test_there_is_an_end_to_how_many(sample: Database, held: int, tmp_path: Path) -> None:
    many = {tmp_path / f"{number}.png": PHOTO for number in range(MOST + 1)}
    with sample.writing("附件") as session, pytest.raises(UserError, match=f"最多存 {MOST} 个"):
        activity_files.attach(session, held, many)


def test_a_file_taken_off_comes_back_by_undo(sample: Database, held: int, scans: dict[Path, str]) -> None:
    with sample.writing("附件") as session:
        activity_files.attach(session, held, scans)
    with sample.writing("改类别") as session:
        first = activity_files.files_of(session, held)[0]
        activity_files.change_kind(session, first.id, OTHER)
        with pytest.raises(FieldError, match="种类"):
            activity_files.change_kind(session, first.id, "录像")
    with sample.writing("删附件") as session:
        activity_files.remove(session, first.id)
        assert len(activity_files.files_of(session, held)) == 1
    with sample.writing("撤销") as session:
        undo_last(session, TODAY)
    with sample.reading() as session:
        last = activity_files.files_of(session, held)[-1]
        assert (last.kind, last.name) == (OTHER, first.name)
        assert attachments.content(session, last.attachment_id) == PDF
    assert checks.check(sample) == []
