"""Code lists as data: the words a field may hold and the other ways they are written (GB/T 2261.1, 3304, 4658)."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from models.kinds import Choice, Tone

RESOURCES = Path(__file__).resolve().parent.parent / "resources"


@cache
def _lists() -> Mapping[str, Mapping[str, object]]:
    text = (RESOURCES / "codes" / "lists.json").read_text(encoding="utf-8")
    loaded: Mapping[str, Mapping[str, object]] = json.loads(text)
    return loaded


def choice(name: str, open: bool = False, tones: Mapping[str, Tone] | None = None) -> Choice:
    """The kind of a field whose words stand in resources/codes/lists.json under `name`."""
    found = _lists()[name]
    options, synonyms = found["options"], found["synonyms"]
    assert isinstance(options, list)
    assert isinstance(synonyms, dict)
    synonyms = dict(synonyms)
    if name == "ethnicity":  # 汉 is 汉族; GB/T 3304 numbers the fifty-six in this order
        synonyms |= {option.removesuffix("族"): option for option in options}
        synonyms |= {f"{number:02d}": option for number, option in enumerate(options, 1)}
    return Choice(tuple(options), synonyms, open, tones or {})


SEX = choice("sex")
ETHNICITY = choice("ethnicity", open=True)
EDUCATION = choice("education", open=True)
DEGREE = choice("degree", open=True)
CATEGORY = choice("category")
PARTY_STATUS = choice("party_status", open=True)
PARTY_POST = choice("party_post", open=True)
POSITION = choice("position", open=True)
DUES_CATEGORY = choice("dues_category")
METHOD = choice("method")
LEFT_REASON = choice("left_reason")
ASSESSMENT_REASON = choice("assessment_reason", open=True)
