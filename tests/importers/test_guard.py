"""The guard refuses what is too large or malformed, each with one sentence, and lets ordinary files pass."""

import pytest

from importers import guard
from models.errors import UserError
from tests.importers import hostile


@pytest.mark.parametrize("name", hostile.REFUSED_BY_GUARD)
def test_hostile_workbooks_are_refused_before_any_parser(name):
    data = hostile.REFUSED_BY_GUARD[name]()
    assert guard.form_of(data) == "zip"
    assert len(data) < guard.FILE_BYTES
    with pytest.raises(UserError, match=r"。$"):
        guard.check_workbook(data)


@pytest.mark.parametrize("name", hostile.REFUSED_BY_PARSERS)
def test_what_only_a_parser_can_see_passes(name):
    guard.check_workbook(hostile.REFUSED_BY_PARSERS[name]())


@pytest.mark.parametrize(
    "rows",
    [
        "",
        hostile.cell("A1"),
        hostile.cell("A1") + '<row r="1048576" hidden="1"/>',  # rows below hidden to the end, as people do
        hostile.cell("A1") + '<row r="1048576"><c r="A1048576" s="1"/></row>',
        hostile.cell("XFD5"),
        "".join(hostile.cell(f"A{row}", "x" * 300) for row in range(1, 30_000)),
    ],
)
def test_ordinary_oddities_pass(rows):
    guard.check_workbook(hostile.package(rows))


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (hostile.package(), "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "ole"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + "EncryptionInfo".encode("utf-16-le")
            + "EncryptedPackage".encode("utf-16-le"),
            "locked",
        ),
        ("\ufeff<html><table>".encode(), "html"),
        ("<HTML><BODY>".encode("utf-16"), "html"),
        (b"\r\n<table border=1><tr>", "html"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "xml"),
        ("姓名,性别\n".encode("gb18030"), "text"),
        ("姓名\t性别\n".encode("utf-16"), "text"),
    ],
)
def test_a_file_is_known_by_its_content(data, form):
    assert guard.form_of(data) == form


def test_a_file_past_the_limit_is_refused():
    with pytest.raises(UserError, match="20 MB"):
        guard.form_of(b"a" * (guard.FILE_BYTES + 1))
