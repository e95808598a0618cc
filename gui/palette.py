"""The colours of the window and the tones in which a state is shown."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """The colours, as #RRGGBB."""

    paper: str = "#F6F4F1"
    surface: str = "#FFFFFF"
    side: str = "#FFFDFA"
    heading: str = "#FAF8F5"
    trough: str = "#EEEBE6"
    line: str = "#E4DFD8"
    row_line: str = "#EFEBE5"
    edge: str = "#D8D2C9"
    text: str = "#1F1B16"
    heading_text: str = "#4B453C"
    nav_text: str = "#3A342C"
    quiet: str = "#6B645B"
    faint: str = "#A59D92"
    red: str = "#B5322A"
    red_dark: str = "#8F241D"
    red_soft: str = "#F7E6E3"
    red_pale: str = "#F9ECE9"
    green: str = "#2F7D4F"
    green_soft: str = "#E5F2EA"
    amber: str = "#A3650C"
    amber_soft: str = "#FBF0DC"


PALETTE = Palette()


# What a state looks like: its text, and the soft ground of its tag.
TONES = {
    "plain": (PALETTE.text, PALETTE.trough),
    "quiet": (PALETTE.quiet, PALETTE.trough),
    "good": (PALETTE.green, PALETTE.green_soft),
    "warn": (PALETTE.amber, PALETTE.amber_soft),
    "bad": (PALETTE.red, PALETTE.red_soft),
}
