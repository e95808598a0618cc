"""Photographs on paper: made smaller, two to four to a page, each with its number under it."""

import io
from collections.abc import Sequence

from PIL import Image, ImageOps

from exporters.paper import MM, Paper
from models.errors import UserError
from models.ledgers.life.minutes_papers import Photo

_SHORT_SHEET, _FULL_SHEET = 2, 4
_LONGEST_SIDE, _QUALITY = 1400, 82  # pixels over half a page of A4: sharp on paper, and a page stays below a megabyte
_CAPTION, _GAP = 7 * MM, 5 * MM
_MOST_PIXELS = 200_000_000

Sheet = Sequence[tuple[int, Photo]]


def sheets_of(photos: Sequence[Photo]) -> list[Sheet]:
    """The photographs of each page with their numbers: two on a page where there are two, else up to four."""
    numbered = list(enumerate(photos, start=1))
    return [numbered[start : start + _FULL_SHEET] for start in range(0, len(numbered), _FULL_SHEET)]


def draw_photographs(paper: Paper, sheet: Sheet, left: float, top: float, right: float, bottom: float) -> None:
    """Draws the photographs of a page within these bounds; one that cannot be read leaves a box that says so."""
    across = 1 if len(sheet) <= _SHORT_SHEET else 2
    width = (right - left - (across - 1) * _GAP) / across
    height = (bottom - top) / 2
    for place, (number, photo) in enumerate(sheet):
        row, column = divmod(place, across)
        x, y = left + column * (width + _GAP), top + row * height
        _draw(paper, photo, x, y, width, height - _CAPTION - _GAP)
        paper.text(x + width / 2, y + height - _GAP - 2 * MM, f"照片 {number}", 10, align="centre")


def _draw(paper: Paper, photo: Photo, x: float, y: float, width: float, height: float) -> None:
    try:
        picture, (wide, high) = made_smaller(photo.read())
    except UserError as error:
        paper.frame(x, y, width, height)
        paper.box(x, y, width, height, str(error), 10, pad=10)
        return
    scale = min(width / wide, height / high)
    across, down = wide * scale, high * scale
    paper.picture(x + (width - across) / 2, y + (height - down) / 2, across, down, picture)


def made_smaller(content: bytes) -> tuple[bytes, tuple[int, int]]:
    """A picture upright as it was taken and no larger than paper shows, as JPEG, with its size in pixels."""
    try:
        with Image.open(io.BytesIO(content)) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise UserError("这张照片太大，没有印出来，请先缩小再附上。")
            opened.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))
            upright = ImageOps.exif_transpose(opened).convert("RGBA")
            upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
            white = Image.new("RGB", upright.size, "white")
            white.paste(upright, mask=upright.getchannel("A"))
    except (OSError, ValueError, SyntaxError) as error:
        raise UserError("这张照片读不出来，没有印出来，请核对附件。") from error
    made = io.BytesIO()
    white.save(made, "JPEG", quality=_QUALITY)
    return made.getvalue(), white.size
