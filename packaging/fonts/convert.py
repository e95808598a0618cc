"""The steps that turn a font as its makers publish it into one of ours; each changes the font it is given."""

from collections.abc import Iterable, Mapping

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

from fonts.sources import Face

DROPPED = ("BASE", "FFTM", "GDEF", "GPOS", "GSUB", "VORG", "cvt ", "fpgm", "prep", "prop", "vhea", "vmtx")
# How far a quadratic outline may stray from the cubic one it stands for, in thousandths of the em.
MAX_ERROR = 1.0
# Above and below the baseline, in thousandths of the em: a line of 1.36 em with the Han characters in its middle.
ASCENT, DESCENT = 1060, 300
# How far a dash reaches into its neighbours, in units of the font, so that no seam shows between two.
OVERLAP = 10
WINDOWS_ENGLISH = (3, 1, 0x409)
HANAZONO_TERMS = (
    "This font is a free software. Unlimited permission is granted to use, copy, and distribute it, with or without "
    'modification, either commercially and noncommercially. THIS FONT IS PROVIDED "AS IS" WITHOUT WARRANTY.'
)


def use_mainland_forms(font: TTFont) -> None:
    """Bakes in what the font itself would substitute in Chinese text of the mainland, such as a full-width dash."""
    rules = font["GSUB"].table
    script = next(record.Script for record in rules.ScriptList.ScriptRecord if record.ScriptTag == "hani")
    language = next(record.LangSys for record in script.LangSysRecord if record.LangSysTag == "ZHS ")
    features = (rules.FeatureList.FeatureRecord[index] for index in language.FeatureIndex)
    forms: dict[str, str] = {}
    for feature in features:
        if feature.FeatureTag == "locl":
            for index in feature.Feature.LookupListIndex:
                for step in rules.LookupList.Lookup[index].SubTable:
                    forms |= getattr(step, "ExtSubTable", step).mapping
    for table in font["cmap"].tables:
        if table.format != 14:
            table.cmap = {code: forms.get(glyph, glyph) for code, glyph in table.cmap.items()}


def use_alike(font: TTFont, alike: Mapping[str, str]) -> None:
    """Draws characters as others are drawn, given as the one to the other, where the font has the other."""
    for table in font["cmap"].tables:
        if table.format != 14:
            glyphs = table.cmap
            glyphs |= {ord(one): glyphs[ord(other)] for one, other in alike.items() if ord(other) in glyphs}


def keep(font: TTFont, characters: Iterable[int]) -> None:
    """Drops all other characters, and with them hinting, layout rules, variants, and the tables for vertical text."""
    options = subset.Options()
    options.layout_features = []
    options.drop_tables = [*options.drop_tables, *DROPPED]
    options.hinting = False
    options.glyph_names = False
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.recalc_timestamp = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    font["cmap"].tables = [table for table in font["cmap"].tables if table.format in (4, 12)]


def draw_in_quadratics(font: TTFont) -> None:
    """Replaces the PostScript outlines (CFF) by TrueType ones (glyf)."""
    drawn = font.getGlyphSet()
    outlines = newTable("glyf")
    outlines.glyphOrder = font.getGlyphOrder()
    outlines.glyphs = {}
    for name in outlines.glyphOrder:
        pen = TTGlyphPen(None)
        drawn[name].draw(Cu2QuPen(pen, MAX_ERROR, reverse_direction=True))
        outlines.glyphs[name] = pen.glyph(dropImpliedOnCurves=True)
        outlines.glyphs[name].recalcBounds(outlines)
    del font["CFF "]
    font["glyf"] = outlines
    font["loca"] = newTable("loca")
    font.sfntVersion = "\x00\x01\x00\x00"
    limits = font["maxp"]
    limits.tableVersion = 0x00010000
    limits.maxZones = 1
    for limit in ("TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements"):
        setattr(limits, f"max{limit}", 0)
    limits.maxSizeOfInstructions = limits.maxComponentElements = limits.maxComponentDepth = 0


def align_left_bearings(font: TTFont) -> None:
    """Says of every glyph that it starts where its outline does; renderers shift a glyph by the difference."""
    outlines, metrics = font["glyf"], font["hmtx"].metrics
    for name, (advance, _) in metrics.items():
        metrics[name] = (advance, getattr(outlines[name], "xMin", 0))


def set_widths(font: TTFont) -> None:
    """Makes figures tabular, the middle dot half an em wide, and the dash fill its em so that two of them join.

    GB/T 15834-2011 5.1 asks for the last two: 间隔号 takes half a place, 破折号 two places without a gap.
    """
    glyphs, metrics = font.getBestCmap(), font["hmtx"].metrics
    figure = metrics[glyphs[ord("0")]][0]
    for character in "0123456789":
        _centre(font, glyphs[ord(character)], figure)
    _centre(font, glyphs[ord("·")], font["head"].unitsPerEm // 2)
    _fill(font, glyphs[ord("—")])


def _centre(font: TTFont, name: str, advance: int) -> None:
    outline, metrics = font["glyf"][name], font["hmtx"].metrics
    outline.coordinates.translate(((advance - metrics[name][0]) // 2, 0))
    outline.recalcBounds(font["glyf"])
    metrics[name] = (advance, outline.xMin)


def _fill(font: TTFont, name: str) -> None:
    outline, advance = font["glyf"][name], font["hmtx"].metrics[name][0]
    outline.coordinates.translate((-outline.xMin, 0))
    outline.coordinates.scale(((advance + 2 * OVERLAP) / (outline.xMax - outline.xMin), 1))
    outline.coordinates.translate((-OVERLAP, 0))
    outline.coordinates.toInt()
    outline.recalcBounds(font["glyf"])


def set_line(font: TTFont) -> None:
    """Gives all fonts the same line, so that a rare character does not push a table's row apart."""
    em = font["head"].unitsPerEm
    above, below = round(ASCENT * em / 1000), round(DESCENT * em / 1000)
    line, windows = font["hhea"], font["OS/2"]
    line.ascent, line.descent, line.lineGap = above, -below, 0
    windows.sTypoAscender, windows.sTypoDescender, windows.sTypoLineGap = above, -below, 0
    windows.usWinAscent, windows.usWinDescent = above, below


def finish(font: TTFont) -> None:
    """Sets what describes the glyphs as they now are: smooth at every size, without names, for Chinese."""
    smooth = newTable("gasp")
    smooth.version, smooth.gaspRange = 1, {0xFFFF: 0x000F}
    font["gasp"] = smooth
    font["post"].formatType = 3.0
    font["head"].flags = 0b11  # the baseline lies at zero, and so does the left bearing
    windows = font["OS/2"]
    windows.recalcUnicodeRanges(font)
    windows.ulCodePageRange1, windows.ulCodePageRange2 = 1 << 0 | 1 << 18, 0  # Latin 1 and simplified Chinese


def name(font: TTFont, face: Face) -> None:
    """Names a font so that regular and bold are one family, and says what it was made from and under which licence."""
    style = "Bold" if face.bold else "Regular"
    table = font["name"]
    version = f"{font['head'].fontRevision:.3f}"
    postscript = f"{face.family.replace(' ', '')}-{style}"
    said = {
        0: table.getDebugName(0),
        1: face.family,
        2: style,
        3: f"{version};{postscript}",
        4: f"{face.family} {style}",
        5: f"Version {version}",
        6: postscript,
        10: f"Made from {face.source.family} (Debian's {face.source.package}).",
        13: table.getDebugName(13) or HANAZONO_TERMS,
        14: table.getDebugName(14),
    }
    table.names = []
    for number, text in said.items():
        if text:
            table.setName(text, number, *WINDOWS_ENGLISH)
    windows = font["OS/2"]
    windows.usWeightClass = face.weight
    windows.fsSelection = 1 << 5 if face.bold else 1 << 6
    font["head"].macStyle = int(face.bold)
