"""The fonts the program ships: whole, lawful, and with every character a name may hold."""

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from fonts.characters import gb2312, level3
from fontTools.ttLib import TTFont
from PySide6.QtGui import QFont, QFontDatabase, QRawFont, QTextLayout
from reportlab.pdfbase import ttfonts

FOLDER = Path(__file__).parents[2] / "resources" / "fonts"
LISTED = json.loads((FOLDER / "fonts.json").read_text(encoding="utf-8"))
FACES = LISTED["fonts"]
OURS = [face for face in FACES if face["family"].startswith("Zhibu")]
CONVERTED = [face for face in FACES if face["role"] in {"serif", "sans"}]
NAME = "䶮㛃𬎆𫖯𬱖𠅤𪻐"
RARE = f"{NAME}鿍堃喆赟垚旻犇淼翀㼆𣗋䲟"
SIGNS = "，。、；：？！“”‘’（）《》【】〔〕—…·－～％￥¥℃№①⑩㈠Ⅰ□■☐☑☒√✓✔×÷±≤≥→㎡々〇─│┼０９ＡａＺ"

every_font = pytest.mark.parametrize("face", FACES, ids=lambda face: face["file"])
each_of_ours = pytest.mark.parametrize("face", OURS, ids=lambda face: face["file"])
every_chain = pytest.mark.parametrize("role", LISTED["chains"])


@cache
def opened(file: str) -> TTFont:
    return TTFont(FOLDER / file, lazy=True)


@cache
def characters(file: str) -> frozenset[int]:
    return frozenset(opened(file).getBestCmap())


def of_family(family: str, weight: int) -> dict:
    faces = [face for face in FACES if face["family"] == family]
    return next((face for face in faces if face["weight"] == weight), faces[0])


def test_the_list_names_every_font_of_the_folder() -> None:
    assert {face["file"] for face in FACES} == {file.name for file in FOLDER.glob("*.ttf")}
    assert {family for chain in LISTED["chains"].values() for family in chain} == {face["family"] for face in FACES}


@every_font
def test_bytes_are_the_ones_built(face: dict) -> None:
    assert hashlib.sha256((FOLDER / face["file"]).read_bytes()).hexdigest() == face["sha256"]


@every_font
def test_the_licence_lies_beside_the_font(face: dict) -> None:
    licence = (FOLDER / face["licence"]).read_text(encoding="utf-8")
    assert face["family"] in licence
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence or "Hanazono Font License" in licence


def test_only_the_unchanged_font_carries_a_reserved_name() -> None:
    unchanged = [face["family"] for face in FACES if face["sha256"] == face["source_sha256"]]
    assert unchanged == ["LXGW WenKai"]
    for face in OURS:
        names = " ".join(str(opened(face["file"])["name"].getDebugName(number)) for number in (1, 3, 4, 6))
        assert not any(reserved in names for reserved in ("Source", "Noto", "LXGW", "霞鹜", "Hana", "花園"))


@every_font
def test_outlines_are_truetype(face: dict) -> None:
    assert {"glyf", "loca"} <= set(opened(face["file"]).keys())
    assert "CFF " not in opened(face["file"])


@each_of_ours
def test_no_hinting_and_no_layout_rules_are_carried_along(face: dict) -> None:
    assert not {"GSUB", "GPOS", "GDEF", "fpgm", "prep", "cvt ", "DSIG"} & set(opened(face["file"]).keys())


@each_of_ours
def test_family_and_weight_are_what_the_list_says(face: dict) -> None:
    font, bold = opened(face["file"]), face["weight"] == 700
    assert font["name"].getDebugName(1) == face["family"]
    assert font["name"].getDebugName(2) == ("Bold" if bold else "Regular")
    assert font["OS/2"].usWeightClass == face["weight"]
    assert (font["OS/2"].fsSelection, font["head"].macStyle) == ((0x20, 1) if bold else (0x40, 0))


@each_of_ours
def test_all_share_one_line_with_han_characters_in_its_middle(face: dict) -> None:
    font = opened(face["file"])
    em, line, windows = font["head"].unitsPerEm, font["hhea"], font["OS/2"]
    assert (line.ascent / em, line.descent / em, line.lineGap) == pytest.approx((1.06, -0.30, 0), abs=0.001)
    assert (windows.sTypoAscender, windows.sTypoDescender) == (line.ascent, line.descent)
    assert (windows.usWinAscent, windows.usWinDescent) == (line.ascent, -line.descent)


def test_the_unchanged_font_fits_into_that_line() -> None:
    line = opened(of_family("LXGW WenKai", 400)["file"])["hhea"]
    assert line.ascent <= 1060
    assert line.descent >= -300


def test_level_3_has_as_many_characters_as_the_standard_says() -> None:
    assert len(level3()) == 87_887


@every_chain
@pytest.mark.parametrize("weight", [400, 700])
def test_a_chain_has_every_character_of_level_3(role: str, weight: int) -> None:
    files = [of_family(family, weight)["file"] for family in LISTED["chains"][role]]
    held = frozenset().union(*(characters(file) for file in files))
    assert not level3() - held
    assert not {ord(sign) for sign in SIGNS} - held


@pytest.mark.parametrize("face", CONVERTED, ids=lambda face: face["file"])
def test_serif_and_sans_have_what_a_name_or_a_paper_needs(face: dict) -> None:
    gbk_punctuation = {ord(bytes((row, cell)).decode("gbk")) for row in (0xA1, 0xA3) for cell in range(0xA1, 0xFF)}
    missing = (gbk_punctuation | gb2312() | {ord(rare) for rare in RARE}) - characters(face["file"])
    known = {"sans": "𪻐", "serif": "𬎆𪻐"}[face["role"]]
    assert {chr(code) for code in missing} == set(known)


@pytest.mark.parametrize("face", [*CONVERTED, of_family("LXGW WenKai", 400)], ids=lambda face: face["file"])
def test_figures_are_tabular(face: dict) -> None:
    glyphs, metrics = opened(face["file"]).getBestCmap(), opened(face["file"])["hmtx"].metrics
    assert len({metrics[glyphs[ord(figure)]][0] for figure in "0123456789"}) == 1


@pytest.mark.parametrize("face", CONVERTED, ids=lambda face: face["file"])
def test_dash_and_middle_dot_are_those_of_the_mainland(face: dict) -> None:
    font = opened(face["file"])
    glyphs, metrics = font.getBestCmap(), font["hmtx"].metrics
    dash = font["glyf"][glyphs[ord("—")]]
    assert metrics[glyphs[ord("—")]][0] == 1000
    assert (dash.xMin, dash.xMax) == (-10, 1010)  # two of them join
    assert metrics[glyphs[ord("·")]][0] == 500
    assert metrics[glyphs[ord("“")]][0] == 1000


@every_font
def test_paper_takes_it(face: dict) -> None:
    font = ttfonts.TTFont(face["file"], FOLDER / face["file"])
    assert set(font.face.charToGlyph) >= characters(face["file"])


@pytest.fixture
def on_screen(qapp) -> Iterator[None]:
    added = [QFontDatabase.addApplicationFont(str(FOLDER / face["file"])) for face in FACES]
    assert -1 not in added
    yield
    for font in added:
        QFontDatabase.removeApplicationFont(font)


def drawn_with(text: str, font: QFont) -> list[QRawFont]:
    """The fonts that draw a line of text; fails if one draws a box for want of a character."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    runs = layout.glyphRuns()
    assert all(0 not in run.glyphIndexes() for run in runs)
    return [run.rawFont() for run in runs]


@pytest.mark.usefixtures("on_screen")
@every_chain
@pytest.mark.parametrize("bold", [False, True])
def test_the_screen_draws_a_rare_name_from_the_chain(role: str, bold: bool) -> None:
    font = QFont(LISTED["chains"][role])
    font.setBold(bold)
    used = drawn_with(f"{NAME} 𠀀𪜀㐂﨎 {SIGNS}", font)
    assert {raw.familyName() for raw in used} <= set(LISTED["chains"][role])


@pytest.mark.usefixtures("on_screen")
@pytest.mark.parametrize(("role", "own"), [("sans", "Zhibu Sans"), ("serif", "Zhibu Serif"), ("kai", "LXGW WenKai")])
def test_the_screen_takes_its_own_font_where_that_has_the_character(role: str, own: str) -> None:
    used = drawn_with("王䶮㛃𫖯𬱖𠅤 党费实交 1,234.50 元（“甲”）", QFont(LISTED["chains"][role]))
    assert {raw.familyName() for raw in used} == {own}


@pytest.mark.usefixtures("on_screen")
def test_the_screen_takes_the_bold_file_for_bold() -> None:
    font = QFont(LISTED["chains"]["sans"])
    font.setBold(True)
    assert [raw.styleName() for raw in drawn_with("应交党费", font)] == ["Bold"]
