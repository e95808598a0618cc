"""What was copied elsewhere: the same guard and child as for a file, with headings or without."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers import bare, matching, reader
from models.errors import UserError
from models.ledgers.members.roster import MEMBERS
from tests.importers.invented import HEAD, book, grid, people, rows_of

PEOPLE = rows_of(people(6))


def tabbed(*rows):
    return codecs.BOM_UTF8 + "".join("\t".join(map(str, row)) + "\r\n" for row in rows).encode()


def test_text_with_headings_is_read_as_from_a_file(tmp_path):
    data = tabbed(HEAD, *PEOPLE)
    path = tmp_path / "名册.txt"
    path.write_bytes(data)
    pasted, filed = (matching.match(book, MEMBERS) for book in (reader.read_pasted(data), reader.read(path)))
    assert [row.values for row in pasted.rows] == [row.values for row in filed.rows]
    assert pasted.sheets == (reader.PASTED,)


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.4", b"<b>x</b>", b"\x00\x01\x02\x03"], ids=["empty", "pdf", "page", "no text"]
)
def test_what_is_no_table_is_refused_as_a_file_would_be(data):
    with pytest.raises(UserError, match=f"^{reader.PASTED}.*。$"):
        reader.read_pasted(data)


@settings(max_examples=20)
@given(st.integers(1, len(PEOPLE)), st.permutations(range(1, len(HEAD))), st.booleans())
def test_without_headings_the_same_is_read_as_with_them(count, order, counted):
    """Whatever the order of the columns is, and whether the rows are counted or not."""
    titles = [HEAD[place] for place in order]
    rows = [[PEOPLE[number][place] for place in order] for number in range(count)]
    before = [[str(number)] for number in range(1, count + 1)] if counted and count > 1 else [[]] * count
    told = [[*lead, *row] for lead, row in zip(before, rows, strict=True)]
    headed = matching.match(book(grid(titles, *rows)), MEMBERS)
    plain = matching.match(bare.with_headings(book(grid(*told)), titles), MEMBERS)
    assert [row.values for row in plain.rows] == [row.values for row in headed.rows]
