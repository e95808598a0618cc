"""The sample rosters come out exactly as their expected files say."""

import json
from pathlib import Path

import pytest

from importers import matching, reader
from models.ledgers.members.roster import MEMBERS

FOLDER = Path(__file__).parent.parent / "data" / "rosters"


def parts():
    for expected in sorted(FOLDER.glob("*.expected.json")):
        file = expected.with_name(expected.name.removesuffix(".expected.json"))
        answer = json.loads(expected.read_text(encoding="utf-8"))
        for part in answer.get("parts", [answer]):
            yield pytest.param(file, part, id=f"{file.stem} {part.get('sheet', '')}".strip())


@pytest.mark.parametrize(("file", "expected"), list(parts()))
def test_a_sample_is_read_as_expected(file, expected):
    match = matching.match(reader.read(file), MEMBERS, expected.get("sheet"))
    found = {row.number: row.values for row in match.rows}
    assert match.header_row in (expected["header_row"], *expected.get("header_row_or", []))
    assert sorted(found) == expected["people_rows"]
    assert len(found) == expected["rows_saved"]
    for number, person in zip(expected["people_rows"], expected["people"], strict=True):
        values = {key: None if found[number][key] is None else str(found[number][key]) for key in person}
        assert values == person
    problems = [{"row": problem.row, "field": problem.field} for problem in match.problems]
    assert problems == expected["problem_rows"]
    assert match.rows_read == len(found) + len(problems)


def test_sheets_that_agree_are_read_together():
    match = matching.match(reader.read(FOLDER / "s06_两个支部.xlsx"), MEMBERS)
    assert match.sheets == ("第一党支部", "第二党支部")
    assert len(match.rows) == 9 + 12
    assert [row.sheet for row in match.rows] == ["第一党支部"] * 9 + ["第二党支部"] * 12
