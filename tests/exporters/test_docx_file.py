"""The record of a meeting as a Word document: what it says, in which order, and what it keeps to itself."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as DocumentType
from docx.oxml.ns import qn
from docx.shared import Mm
from PIL import Image

from exporters import docx_file
from exporters.forms import minutes_parts as parts
from models.errors import UserError
from models.ledgers.life.minutes_papers import MinutesRecord, Photo
from tests.exporters.forms.meeting_records import LECTURE, MINUTES, THEME_DAY, VOTE
from tests.exporters.sheets import TORTURE


def written(tmp_path: Path, record: MinutesRecord) -> DocumentType:
    docx_file.write(record, tmp_path / "记录.docx")
    return Document(str(tmp_path / "记录.docx"))


def lines(document: DocumentType) -> list[tuple[str, ...]]:
    """The texts of each row of the table, a merged cell once."""
    found = []
    for row in document.tables[0].rows:
        cells = {id(cell._tc): cell.text for cell in row.cells}
        found.append(tuple(cells.values()))
    return found


@pytest.mark.parametrize("record", [MINUTES, LECTURE, THEME_DAY, MinutesRecord()], ids=["F20", "F21", "F22", "blank"])
def test_the_same_fields_in_the_same_order_as_on_paper(tmp_path: Path, record: MinutesRecord) -> None:
    wanted = [tuple(text for cell in row for text in (cell.label, cell.text)) for row in parts.rows(record)]
    wanted += [
        (section.label, "\n".join(line.strip() for line in section.text.splitlines()))
        for section in parts.sections(record)
    ]
    assert lines(written(tmp_path, record)) == [*wanted, ("主持人签字", "", "记录人签字", "")]


def test_the_title_the_unit_and_what_follows_stand_around_the_grid(tmp_path: Path) -> None:
    said = [paragraph.text for paragraph in written(tmp_path, replace(LECTURE, follow_ups=("补学",))).paragraphs]
    assert said[0] == "党课记录"
    assert said[1].startswith("党组织：中共××局机关第一支部委员会")
    assert said[1].endswith("补录（2026年11月2日录入）")
    assert said[-1] == "后续：补学"


def test_the_page_is_a4_its_first_row_is_repeated_and_its_foot_counts_pages(tmp_path: Path) -> None:
    document = written(tmp_path, MINUTES)
    section = document.sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width / Mm(1)), round(section.page_height / Mm(1))) == (210, 297)
    repeated = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in document.tables[0].rows]
    assert repeated == [True] + [False] * (len(repeated) - 1)
    foot = document.sections[0].footer.paragraphs[0]._p
    assert [field.text for field in foot.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]


def test_han_characters_have_fonts_of_their_own(tmp_path: Path) -> None:
    document = written(tmp_path, MINUTES)
    fonts = [run._r.rPr.rFonts.get(qn("w:eastAsia")) for row in document.tables[0].rows for cell in row.cells
             for paragraph in cell.paragraphs for run in paragraph.runs]  # fmt: skip
    assert set(fonts) == {"宋体", "仿宋"}


def test_nothing_tells_who_made_it_or_when(tmp_path: Path) -> None:
    said = written(tmp_path, MINUTES).core_properties
    assert (said.author, said.last_modified_by, said.comments) == ("支部台账", "支部台账", "")
    assert str(said.created) == "2026-11-23 00:00:00+00:00"
    with zipfile.ZipFile(tmp_path / "记录.docx") as archive:
        assert not [name for name in archive.namelist() if "thumbnail" in name or name.endswith("app.xml")]
        around = [archive.read(name).decode() for name in archive.namelist() if name.startswith("docProps/")]
    assert not any(word in text for text in around for word in ("python-docx", "张红卫", "周丽萍"))


def test_equal_records_give_equal_bytes(tmp_path: Path) -> None:
    docx_file.write(MINUTES, tmp_path / "a.docx")
    docx_file.write(replace(MINUTES), tmp_path / "b.docx")
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


@pytest.mark.parametrize("text", TORTURE, ids=range(len(TORTURE)))
def test_any_text_is_kept_as_a_text(tmp_path: Path, text: str) -> None:
    record = replace(MINUTES, text=text, theme=text)
    found = lines(written(tmp_path, record))
    kept = "".join(character for character in text if character.isalnum())
    assert kept in "".join(character for character in "".join(found[-4]) if character.isalnum())
    assert [row for row in found if VOTE in row[-1]]


def test_photographs_stand_behind_and_one_that_is_none_is_named(tmp_path: Path) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (300, 200), "red").save(picture, "PNG")
    photos = (Photo("a.png", picture.getvalue), Photo("b.jpg", lambda: b"\xff\xd8\xff nothing"))
    document = written(tmp_path, replace(THEME_DAY, photos=photos, follow_ups=()))
    assert len(document.inline_shapes) == 1
    assert [each.text for each in document.paragraphs][2:] == [
        "", "照片 1", "这张照片读不出来，没有印出来，请核对附件。", "照片 2",
    ]  # fmt: skip


def test_a_file_that_cannot_be_replaced_stands(tmp_path: Path) -> None:
    (tmp_path / "记录.docx").mkdir()
    with pytest.raises(UserError, match="是文件夹"):
        docx_file.write(MINUTES, tmp_path / "记录.docx")
