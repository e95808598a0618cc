"""Names of files as people type them, made such that every system takes them and none takes them for a path."""

import re
import unicodedata

LONGEST_BYTES = 200  # of UTF-8: 255 on every system, less what a copy may add to a name
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_DEVICE = re.compile(r"(CON|PRN|AUX|NUL|CLOCK\$|CONIN\$|CONOUT\$|COM[0-9¹²³]|LPT[0-9¹²³])(?=\.|$)", re.IGNORECASE)
_STORED = re.compile(r"[0-9a-f]{32}\.bin")


def is_stored(name: str) -> bool:
    """Whether this can be the name under which an attachment is kept; no such name leads out of its folder."""
    return _STORED.fullmatch(name) is not None


def clean(name: str, otherwise: str = "附件") -> str:
    """The name with separators, device names, invisible characters and what Windows cuts off made harmless.

    At most 200 bytes of UTF-8, the ending kept; `otherwise` where nothing is left. Cleaning twice changes nothing.
    """
    text = unicodedata.normalize("NFC", name)
    text = "".join(character for character in text if unicodedata.category(character) not in ("Cf", "Cs", "Zl", "Zp"))
    text = _ends(_FORBIDDEN.sub("_", text))
    if _DEVICE.match(text.replace(" ", "")):
        text = f"_{text}"
    text = _ends(_shortened(text))
    return text or otherwise


def _ends(text: str) -> str:
    """Without spaces around and dots or spaces at the end, which Windows drops and so mistakes one name for another."""
    return text.strip().rstrip(". ").strip()


def _shortened(text: str) -> str:
    encoded = text.encode()
    if len(encoded) <= LONGEST_BYTES:
        return text
    stem, dot, ending = text.rpartition(".")
    if not dot or not stem or len(ending.encode()) > 20:
        stem, dot, ending = text, "", ""
    room = LONGEST_BYTES - len(f"{dot}{ending}".encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(". ") + dot + ending
