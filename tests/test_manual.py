"""The manual and the first pages of the project: every page has its chapter, and what they name is there."""

import re
from pathlib import Path

import pytest
from PIL import Image

from gui.application import ENTRIES
from gui.dues.assessment_dialog import AssessmentDialog
from gui.dues.payment_dialog import PaymentDialog
from gui.dues.round_dialog import RoundDialog
from gui.dues.worksheet_dialog import WorksheetDialog
from gui.help import chapters
from gui.importing.dialog import ImportDialog
from gui.importing.history import ImportHistory
from gui.ledgers.chapters import BY_LEDGER
from gui.ledgers.ledger_entries import entries
from gui.ledgers.sending_dialog import SendingDialog
from gui.ledgers.variant_dialog import VariantDialog
from models.ledgers.catalogue import LEDGERS
from tests.photographs import MANUAL_WIDTH

ROOT = Path(__file__).resolve().parent.parent
MANUAL = ROOT / "docs" / "manual"
TEXTS = [ROOT / "README.md", ROOT / "README.zh-CN.md", ROOT / "CHANGELOG.md", *sorted(MANUAL.glob("*.md"))]
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_SECTION = re.compile(r"^#+ +(.+)$", re.MULTILINE)


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def _linked() -> list[tuple[Path, str]]:
    links = [(text, link) for text in TEXTS for link in _LINK.findall(text.read_text(encoding="utf-8"))]
    return [(text, link) for text, link in dict.fromkeys(links) if not link.startswith("http")]


@pytest.mark.parametrize("page", [entry.name for entry in ENTRIES])
def test_every_page_has_a_chapter(page: str) -> None:
    assert page in [chapter.name for chapter in chapters(MANUAL)]


def test_every_chapter_that_f1_opens_is_there() -> None:
    dialogs = (
        AssessmentDialog, ImportDialog, ImportHistory, PaymentDialog, RoundDialog, SendingDialog, VariantDialog,
        WorksheetDialog,
    )  # fmt: skip
    wanted = {*BY_LEDGER.values(), *(dialog.chapter for dialog in dialogs)}
    assert all(wanted)
    assert wanted <= {chapter.name for chapter in chapters(MANUAL)}
    assert set(BY_LEDGER) <= {ledger.name for ledger in LEDGERS}


def test_chapters_have_titles_and_names_of_their_own() -> None:
    found = chapters(MANUAL)
    assert len({chapter.name for chapter in found}) == len(found)
    assert all(chapter.title != chapter.name and chapter.text.startswith("# ") for chapter in found)


@pytest.mark.parametrize(("text", "link"), _linked(), ids=lambda part: part.name if isinstance(part, Path) else part)
def test_what_is_linked_to_exists(text: Path, link: str) -> None:
    path, _, section = link.partition("#")
    target = text.parent / path if path else text
    assert target.exists()
    if section:
        assert section in map(_anchor, _SECTION.findall(target.read_text(encoding="utf-8")))


def test_the_manual_is_reached_from_its_first_chapter() -> None:
    """Every chapter that is no page's own is linked to from another: nobody finds it otherwise than by its title."""
    linked = {Path(link.partition("#")[0]).name for _, link in _linked()}
    own = {entry.name for entry in ENTRIES}
    lonely = [file.name for file in MANUAL.glob("*.md") if re.sub(r"^\d+-", "", file.stem) not in own]
    assert set(lonely) - {"00-start.md"} <= linked


@pytest.mark.parametrize("text", sorted(MANUAL.glob("*.md")), ids=lambda file: file.name)
def test_the_manual_names_only_commands_there_are(text: Path) -> None:
    from commands.arguments import parser

    known = parser().format_help()
    for command in re.findall(r"sh run\.sh(?: --data \S+)? ([a-z]+)", text.read_text(encoding="utf-8")):
        assert re.search(rf"^\s+{command}\b", known, re.MULTILINE)


def test_every_section_of_the_settings_is_explained() -> None:
    from gui.settings.page import SECTIONS

    text = (MANUAL / "60-settings.md").read_text(encoding="utf-8")
    assert set(SECTIONS) <= set(_SECTION.findall(text))


def test_every_ledger_and_every_paper_is_told_of() -> None:
    text = (MANUAL / "50-ledgers.md").read_text(encoding="utf-8")
    assert [entry.title for entry in entries() if entry.title not in text] == []


def test_the_pictures_fit_beside_the_list_of_chapters_and_stand_in_a_chapter() -> None:
    pictures = sorted((MANUAL / "pictures").iterdir())
    linked = {Path(link).name for _, link in _linked() if "pictures/" in link}
    assert {picture.name for picture in pictures} <= linked
    for picture in pictures:
        with Image.open(picture) as opened:
            assert opened.width <= MANUAL_WIDTH
        assert picture.stat().st_size < 60_000
