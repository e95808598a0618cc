"""Laws of reading: nothing but a UserError ever comes out, and no row of people is lost without a word."""

import random
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importers import matching
from importers.reading import child
from models.errors import UserError
from models.ledgers.members.roster import MEMBERS
from tests.importers.invented import HEAD, book, grid, people, rows_of

SAMPLES = sorted(
    path for path in (Path(__file__).parent.parent / "data" / "rosters").glob("s0*") if path.suffix != ".json"
)
PEOPLE = rows_of(people(30))
WORDS = [
    "姓名",
    "性别",
    "合计",
    "说明：",
    "填表人：",
    "无",
    "男",
    "张三",
    "必填",
    "=1+1",
    "第一党小组",
    "1990.05",
    "备注",
    "",
]
CELLS = st.one_of(
    st.none(),
    st.sampled_from(WORDS),
    st.text(max_size=8),
    st.floats(),
    st.integers(-(10**20), 10**20),
    st.booleans(),
    st.dates(date(1900, 1, 1)),
)
ROWS = st.lists(st.lists(CELLS, max_size=7), max_size=12)
PLACES = st.integers(0, 9)
MERGES = st.lists(
    st.tuples(PLACES, PLACES, PLACES, PLACES).map(lambda m: (*map(min, m[:2], m[2:]), *map(max, m[:2], m[2:]))),
    max_size=4,
)
ODD_ROWS = st.sampled_from(
    [
        (),
        (None, None, "x"),
        ("合计", 3),
        ("小 计", None, 5),
        HEAD,
        ("党员名册",),
        ("填表人：某", None, "审核："),
        ("说明：本表一式两份。",),
        (7,),
        ("", "", ""),
        (" ", None, "　"),
    ]
)


def matched(sheet):
    """What was found on a sheet and nothing, or None and why it was refused."""
    try:
        return matching.match(book(sheet), MEMBERS), ""
    except UserError as refused:
        return None, str(refused)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS, ROWS, MERGES, st.booleans())
def test_whatever_stands_on_a_sheet_is_read_or_refused(before, after, merges, typed):
    sheet = grid(*before, HEAD, *after, merges=merges, typed=typed)
    match, refusal = matched(sheet)
    if match is None:
        assert refusal.endswith("。")
        return
    numbers = {row.number for row in match.rows}
    assert numbers.isdisjoint(problem.row for problem in match.problems)
    assert numbers.isdisjoint(each.row for each in match.skipped)
    assert match.rows_read == len(match.rows) + len({problem.row for problem in match.problems})
    assert all(problem.why for problem in match.problems)


@given(st.lists(st.one_of(ODD_ROWS, st.integers(0, len(PEOPLE) - 1)), min_size=1, max_size=40))
def test_everybody_is_found_among_whatever_stands_between(mixed):
    rows = [PEOPLE[each] if isinstance(each, int) else each for each in mixed]
    expected = [number for number, each in enumerate(mixed, 2) if isinstance(each, int)]
    try:
        match = matching.match(book(grid(HEAD, *rows)), MEMBERS)
    except UserError:
        assert not expected
        return
    assert [row.number for row in match.rows] == expected
    assert match.problems == ()


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name[:3])
def test_a_damaged_file_is_read_or_refused(path):
    chance = random.Random(path.name)
    whole = path.read_bytes()
    for _ in range(25):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 30)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)) :]
        assert child.answer(bytes(data))[0] in ("read", "refused")


@pytest.mark.parametrize("path", [path for path in SAMPLES if path.suffix == ".xlsx"], ids=lambda path: path.name[:3])
def test_a_workbook_with_damaged_parts_is_read_or_refused(path):
    chance = random.Random(path.name)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(25):
        changed = dict(parts)
        name = chance.choice(list(parts))
        data = bytearray(changed[name])
        for _ in range(chance.randint(1, 10)):
            at = chance.randrange(len(data))
            data[at : at + chance.randint(0, 6)] = chance.choice(
                [b"", b"<", b">", b"9" * 30, b"&x;", b"-1", b'"', b"\x00"]
            )
        changed[name] = bytes(data)
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, content in changed.items():
                archive.writestr(part, content)
        assert child.answer(out.getvalue())[0] in ("read", "refused")
