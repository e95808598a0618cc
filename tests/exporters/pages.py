"""Reading PDFs back for tests."""

import re
from contextlib import closing
from pathlib import Path

import pypdfium2


def texts(path: Path) -> list[str]:
    """The text of each page as a reader copies it out."""
    with closing(pypdfium2.PdfDocument(path)) as document:
        found = []
        for number in range(len(document)):
            with closing(document[number]) as page, closing(page.get_textpage()) as text:
                found.append(text.get_text_range().replace("\r\n", "\n"))
        return found


def squeezed(text: str) -> str:
    """The text without spaces, line ends and what has no look of its own."""
    return re.sub("[\\s\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060\ufe00-\ufe0f\ufeff\ufffe\uffff]", "", text)


def sizes(path: Path) -> list[tuple[int, int]]:
    """Width and height of each page in millimetres."""
    with closing(pypdfium2.PdfDocument(path)) as document:
        return [tuple(round(side / 72 * 25.4) for side in document.get_page_size(n)) for n in range(len(document))]
