"""PyInstaller's recipe names all that the packed program needs: every room of modules, and the folders beside them."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
RECIPE = (ROOT / "packaging" / "zhibu-taizhang.spec").read_text(encoding="utf-8")
NOT_OF_THE_PROGRAM = {"benchmarks"}


def test_every_room_of_modules_is_collected() -> None:
    """Pages, dialogs, ledgers and steps of the schema are imported where they are first used."""
    collected = re.search(r"for room in \(([^)]*)\)", RECIPE)
    assert collected is not None
    rooms = {found.parent.name for found in ROOT.glob("*/__init__.py")} - NOT_OF_THE_PROGRAM
    assert set(re.findall(r'"(\w+)"', collected[1])) == rooms


def test_what_lies_beside_the_modules_is_there() -> None:
    named = re.findall(r'ROOT / "([^"]+)"', RECIPE)
    assert {"resources", "docs", "models/migrations"} <= set(named)
    assert all((ROOT / name).exists() for name in named)


def test_the_steps_of_the_schema_are_modules_of_a_room_that_is_collected() -> None:
    steps = ROOT / "models" / "migrations" / "versions"
    assert (steps / "__init__.py").is_file()
    assert list(steps.glob("0001_*.py"))
