"""Fonts in a PDF: every character found in the chain, drawn once, copied out as written."""

import io
import re

import pytest
from reportlab.pdfgen.canvas import Canvas

from exporters import fonts
from exporters.lettering import Lettering
from tests.exporters import pages

STYLES = ["serif", "serif bold", "sans", "sans bold", "kai"]


@pytest.fixture
def document():
    return Canvas(io.BytesIO(), initialFontName=fonts.font(fonts.chain("serif")[0]).fontName)._doc


def test_to_unicode_has_pairs_and_blocks_of_a_hundred():
    characters = ["\0", *(chr(0x4E00 + n) for n in range(249)), "𪻐"]
    text = fonts.to_unicode(characters)
    assert "<00FA> <d86bded0>" in text
    assert [int(size) for size in re.findall(r"(\d+) beginbfchar", text)] == [100, 100, 50]
    assert "<0000> <FFFF>" in text


def test_characters_that_share_a_glyph_keep_their_own_codes():
    assert fonts.glyph_map([0, 7, 9, 7]) == bytes([0, 0, 0, 1, 0, 2, 0, 1])


@pytest.mark.parametrize("style", STYLES)
def test_rare_characters_are_found_in_every_style(document, style):
    missing: set[str] = set()
    letters = Lettering(document, style, missing)
    assert letters.width("䶮㛃𬎆𫖯𬱖𠅤𪻐鿍堃喆赟垚旻犇淼翀㼆𣗋䲟", 10) == pytest.approx(190, abs=1)
    assert missing == set()


def test_bold_type_falls_back_on_regular_serif_first():
    assert fonts.chain("serif bold")[:2] == ("ZhibuSerif-Bold.ttf", "ZhibuSerif-Regular.ttf")


def test_a_text_is_as_wide_as_its_characters(document):
    letters = Lettering(document, "serif", set())
    assert letters.width("党费", 10) == pytest.approx(20)
    assert letters.width("党费𪻐ab", 9) == pytest.approx(letters.width("党费", 9) + letters.width("𪻐ab", 9))
    assert len({letters.width(figure, 1000) for figure in "0123456789"}) == 1


def test_what_has_no_look_takes_no_room(document):
    missing: set[str] = set()
    letters = Lettering(document, "serif", missing)
    assert letters.width("\u200b\u202e\ufeff\u200d\ufe0f\x00", 10) == 0
    assert letters.show("\u200b", 10) == "<> Tj"
    assert missing == set()


@pytest.mark.parametrize("name", ["刘洋", "䶮㛃", "𬎆𫖯", "王𠀀", "欧阳修"])
def test_a_name_set_apart_is_copied_out_whole(tmp_path, name):
    canvas = Canvas(str(tmp_path / "x.pdf"), initialFontName=fonts.font(fonts.chain("serif")[0]).fontName)
    letters = Lettering(canvas._doc, "serif", set())
    apart = letters.show_spread(name, 1, 20)
    canvas.addLiteral(f"BT {letters.font(20)} 1 0 0 1 50 500 Tm {apart} 1 0 0 1 250 500 Tm {letters.show('女', 20)} ET")
    canvas.save()
    assert pages.texts(tmp_path / "x.pdf") == [f"{name} 女"]


def test_a_character_no_font_has_is_named_and_drawn_as_the_mark(document):
    missing: set[str] = set()
    letters = Lettering(document, "serif", missing)
    assert letters.width("\ue000", 10) == letters.width("〓", 10)
    assert missing == {"\ue000"}


def test_lone_surrogates_are_drawn_as_the_replacement_character(document):
    letters = Lettering(document, "serif", set())
    assert letters.width("\ud800", 10) > 0
    assert letters.show("\ud800", 10) == letters.show("\ufffd", 10)


def test_reportlab_itself_draws_with_the_fonts(tmp_path):
    name = fonts.font(fonts.chain("kai")[0]).fontName
    canvas = Canvas(str(tmp_path / "x.pdf"), initialFontName=name, invariant=1)
    canvas.setFont(name, 20)
    canvas.drawString(50, 700, "张红卫䶮㛃𬎆𪻐 (\\) 1,234.50")
    canvas.save()
    assert pages.texts(tmp_path / "x.pdf") == ["张红卫䶮㛃𬎆𪻐 (\\) 1,234.50"]


def test_more_characters_than_one_old_font_holds(tmp_path):
    name = fonts.font(fonts.chain("serif")[0]).fontName
    canvas = Canvas(str(tmp_path / "x.pdf"), initialFontName=name)
    canvas.setFont(name, 8)
    every = [chr(0x4E00 + n) for n in range(2000)]
    for line in range(50):
        canvas.drawString(20, 800 - 15 * line, "".join(every[line * 40 : line * 40 + 40]))
    canvas.save()
    assert pages.squeezed(pages.texts(tmp_path / "x.pdf")[0]) == "".join(every)
