"""requirements.lock says what setup.cfg declares, and nothing that is not pinned by its contents."""

import configparser
import re
from pathlib import Path

import pytest
from environment import Environment

ROOT = Path(__file__).resolve().parents[2]
PINNED = re.compile(r"^([\w.-]+)==([\w.]+)(?: ;[^\\]+)? \\$", re.MULTILINE)

Pins = set[tuple[str, str]]


def normal(pairs: list[tuple[str, str]]) -> Pins:
    return {(name.lower().replace("_", "-"), version) for name, version in pairs}


def pins(lock: str) -> Pins:
    return normal(PINNED.findall(lock))


def declared() -> dict[str, Pins]:
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    extras = setup["options.extras_require"]
    wanted = {"build": extras["build"], "program": setup["options"]["install_requires"], "tests": extras["tests"]}
    return {part: normal(re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE)) for part, text in wanted.items()}


def test_every_declared_pin_stands_in_its_part_of_the_lock():
    parts = Environment(ROOT).locked(tests=True)
    for part, text in zip(("build", "program", "tests"), parts, strict=True):
        assert declared()[part] - pins(text) == set()


def test_what_only_tests_need_is_left_out_of_the_program():
    program = pins("".join(Environment(ROOT).locked(tests=False)))
    assert declared()["tests"] & program == set()


@pytest.mark.parametrize("part", range(3))
def test_every_release_is_locked_by_the_hashes_of_its_files(part: int):
    entries = re.split(r"\n(?=\S)", Environment(ROOT).locked(tests=True)[part].strip())
    for entry in entries:
        release, *hashes = (line.strip().removesuffix(" \\") for line in entry.splitlines())
        assert PINNED.match(f"{release} \\"), release
        assert hashes, release
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", line) for line in hashes), release


def test_the_lock_names_no_place_to_fetch_from():
    assert "//" not in (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_the_notices_name_every_library_of_the_program_at_its_version():
    notices = (ROOT / "THIRD_PARTY_NOTICES.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|", notices, re.MULTILINE)
    noticed = [
        (name, version)
        for names, versions in rows
        for name in names.split(", ")
        for version in re.findall(r"\d[\w.]*\w", versions)
    ]
    assert pins("".join(Environment(ROOT).locked(tests=False))) - normal(noticed) == set()
