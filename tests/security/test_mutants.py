"""Mutants of rosters through guard, reader and import: taken in, or refused with one sentence; never a crash."""

import time
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random

import pytest

from importers import guard, intake, matching, reader
from models.errors import UserError
from models.ledgers.members.roster import MEMBERS
from models.ledgers.sheets import view_of
from tests import founded
from tests.security.mutants import mutant

TODAY = date(2026, 11, 20)
ROSTERS = sorted(
    path for path in (Path(__file__).parent.parent / "data" / "rosters").glob("s0*") if path.suffix != ".json"
)
OF_EACH = 38  # 304 of eight rosters
GUARDED = 40  # of each, through the guard alone, which is no child and costs little
LONGEST = reader.SECONDS + 5


def _one_sentence(said: str) -> bool:
    return said.endswith("。") and "\n" not in said and "Error" not in said and "Traceback" not in said


def _guarded(data: bytes) -> str:
    """What the guard says of a file; nothing where it lets it in."""
    try:
        if guard.form_of(data) == "zip":
            guard.check_workbook(data)
    except UserError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("path", ROSTERS, ids=lambda path: path.name[:3])
def test_the_guard_lets_in_or_refuses(path: Path) -> None:
    whole, random = path.read_bytes(), Random(f"guard {path.name}")
    for number in range(GUARDED):
        said = _guarded(mutant(whole, random))
        assert said == "" or _one_sentence(said), number


@pytest.mark.slow
@pytest.mark.parametrize("path", ROSTERS, ids=lambda path: path.name[:3])
def test_a_mutant_is_imported_or_refused_with_one_sentence(path: Path, tmp_path: Path) -> None:
    whole, random = path.read_bytes(), Random(path.name)
    taken = 0
    with closing(founded.make(tmp_path / "甲支部.zbtz", "甲支部", TODAY)) as database:
        for number in range(OF_EACH):
            changed = tmp_path / f"{number}{path.suffix}"
            changed.write_bytes(mutant(whole, random))
            begun, said = time.monotonic(), ""
            try:
                match = matching.match(reader.read(changed), MEMBERS)
                with database.trying() as session:
                    report = intake.save(session, MEMBERS, match, view_of(session, TODAY))
            except UserError as error:
                said = str(error)
            else:
                taken += 1
                assert all(_one_sentence(each.why) for each in report.problems), number
            assert said == "" or _one_sentence(said), (number, said)
            assert time.monotonic() - begun < LONGEST, number
    assert 0 < taken < OF_EACH  # tame and wild ones among them
