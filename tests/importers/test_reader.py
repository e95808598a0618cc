"""Reading in the child: hostile and broken files end in one sentence, within the limits, and leave nothing behind."""

import contextlib
import os
import time
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import psutil
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from importers import reader
from models.errors import UserError
from tests.importers import hostile

HOSTILE = {**hostile.REFUSED_BY_GUARD, **hostile.REFUSED_BY_PARSERS}


class StoppedError(Exception):
    """What a caller raises to stop the work."""


@pytest.fixture(autouse=True)
def nothing_is_left(tmp_path_factory, monkeypatch):
    """The temporary folder and the list of child processes are the same afterwards."""
    folder = tmp_path_factory.mktemp("temporary")
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(folder))
    yield
    assert list(folder.iterdir()) == []
    assert psutil.Process().children() == []


def written(tmp_path, data: bytes, name: str = "名册.xlsx"):
    path = tmp_path / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_and_broken_workbooks_end_in_one_sentence(tmp_path, name):
    path = written(tmp_path, HOSTILE[name]())
    with pytest.raises(UserError) as refused:
        reader.read(path)
    sentence = str(refused.value)
    assert sentence.startswith("“名册.xlsx”")
    assert sentence.endswith("。")
    assert "\n" not in sentence


@pytest.mark.parametrize("name", hostile.NO_TABLES)
@pytest.mark.parametrize("ending", [".xlsx", ".xls", ".csv"])
def test_what_is_no_table_ends_in_one_sentence(tmp_path, name, ending):
    path = written(tmp_path, hostile.NO_TABLES[name], f"名册{ending}")
    with pytest.raises(UserError, match=r"^“名册\.\w+”.+。$"):
        reader.read(path)


def test_a_missing_file_and_a_folder_end_in_one_sentence(tmp_path):
    for path in (tmp_path / "没有.xlsx", tmp_path):
        with pytest.raises(UserError, match=r"^“.+。$"):
            reader.read(path)


def test_a_sheet_too_wide_for_the_fast_parser_is_read_by_the_other(tmp_path):
    rows = (
        hostile.cell("A1", "7") + "".join(hostile.cell(f"B{row}") for row in range(2, 3000)) + hostile.cell("XFD3000")
    )
    grid = reader.read(written(tmp_path, hostile.package(rows))).grids[0]
    assert grid.at(0, 0) == 7
    assert grid.at(2999, 16383) == 1


def test_a_sheet_in_utf16_is_read_although_the_fast_parser_sees_nothing(tmp_path):
    part = hostile.sheet(hostile.cell("B2", "7")).encode("utf-16")
    grid = reader.read(written(tmp_path, hostile.package(parts={"xl/worksheets/sheet1.xml": part}))).grids[0]
    assert grid.at(1, 1) == 7


def test_a_lie_about_the_extent_loses_nothing(tmp_path):
    rows = "".join(hostile.cell(f"A{row}", str(row)) for row in range(1, 201))
    part = hostile.sheet(rows, before='<dimension ref="A1"/>')
    grid = reader.read(written(tmp_path, hostile.package(parts={"xl/worksheets/sheet1.xml": part}))).grids[0]
    assert [row[0] for row in grid.rows] == list(range(1, 201))


def test_markup_with_a_prefix_and_without_places_is_read(tmp_path):
    rows = '<row><c t="s"><v>0</v></c><c><f>1+1</f></c><c><v>3</v></c></row>'
    prefixed = hostile.sheet(hostile.cell("B2", "7")).replace("<", "<x:").replace("<x:/", "</x:")
    prefixed = prefixed.replace('xmlns="', 'xmlns:x="')
    for part, place, value in ((hostile.sheet(rows), (0, 2), 3), (prefixed, (1, 1), 7)):
        grid = reader.read(written(tmp_path, hostile.package(parts={"xl/worksheets/sheet1.xml": part}))).grids[0]
        assert grid.at(*place) == value


def test_errors_and_formulas_never_calculated_are_not_taken_for_blanks(tmp_path):
    rows = (
        '<row r="1"><c r="A1"><f>B1</f></c><c r="B1"><f>1+1</f><v></v></c><c r="C1" t="e"><v>#N/A</v></c>'
        '<c r="D1" t="str"><f>IF(1,"","x")</f><v></v></c><c r="E1"><f>2+2</f><v>4</v></c></row>'
    )
    grid = reader.read(written(tmp_path, hostile.package(rows))).grids[0]
    assert set(grid.faults) == {(0, 0), (0, 1), (0, 2)}
    assert "#N/A" in grid.faults[0, 2]
    assert grid.at(0, 4) == 4


def workbook(**cells) -> bytes:
    book = openpyxl.Workbook()
    for place, (value, number_format) in cells.items():
        book.active[place] = value
        book.active[place].number_format = number_format
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_date_is_as_exact_as_its_cell_shows_it(tmp_path):
    first, other = date(1990, 5, 1), date(1990, 5, 7)
    data = workbook(
        A1=(first, 'yyyy"年"m"月"'),
        B1=(first, "yyyy-mm-dd"),
        C1=(other, "yyyy.mm"),
        D1=(first, '[$-804]yyyy"年"m"月"d"日";@'),
        E1=(date(1990, 1, 1), 'yyyy"年"'),
        F1=(first, "mmm-yy"),
    )
    row = reader.read(written(tmp_path, data)).grids[0].rows[0]
    assert row == ("1990-05", first, other, first, "1990", "1990-05")


def locked(data: bytes, password: str) -> bytes:
    out = BytesIO()
    OOXMLFile(BytesIO(data)).encrypt(password, out)
    return out.getvalue()


def test_a_locked_workbook_wants_its_password(tmp_path):
    path = written(tmp_path, locked(workbook(A1=("姓名", "@")), "对的密码"))
    with pytest.raises(reader.NeedsPasswordError, match="请给出打开它的密码"):
        reader.read(path)
    with pytest.raises(reader.NeedsPasswordError, match="密码不对"):
        reader.read(path, "错的密码")
    assert reader.read(path, "对的密码").grids[0].at(0, 0) == "姓名"


def test_an_old_workbook_locked_by_libreoffice_wants_its_password_too(tmp_path):
    path = Path(__file__).parent.parent / "data" / "locked.xls"  # s01 of the sample rosters; the password is abc
    for password in (None, "错的密码"):
        with pytest.raises(reader.NeedsPasswordError):
            reader.read(path, password)
    assert reader.read(path, "abc").grids[0].at(0, 0) == "姓名"


def test_a_locked_workbook_is_guarded_too(tmp_path):
    path = written(tmp_path, locked(hostile.REFUSED_BY_GUARD["half a million rows"](), "密码"))
    with pytest.raises(UserError, match="万行"):
        reader.read(path, "密码")


def test_a_workbook_protected_against_writing_alone_opens(tmp_path):
    path = written(tmp_path, locked(workbook(A1=("姓名", "@")), "VelvetSweatshop"))
    assert reader.read(path).grids[0].at(0, 0) == "姓名"


def test_the_work_can_be_stopped_within_a_second(tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "_command", lambda: ["sleep", "30"])

    def stop(done, total):
        raise StoppedError

    begun = time.monotonic()
    with pytest.raises(StoppedError):
        reader.read(written(tmp_path, hostile.package(hostile.cell("A1"))), progress=stop)
    assert time.monotonic() - begun < 1


def test_a_child_that_takes_too_long_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "_command", lambda: ["sleep", "30"])
    monkeypatch.setattr(reader, "SECONDS", 0.3)
    with pytest.raises(UserError, match="已停止"):
        reader.read(written(tmp_path, hostile.package(hostile.cell("A1"))))


def test_a_child_out_of_processor_time_was_too_slow(tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "_command", lambda: ["sh", "-c", "ulimit -S -t 1; while :; do :; done"])
    with pytest.raises(UserError, match="太长时间"):
        reader.read(written(tmp_path, hostile.package(hostile.cell("A1"))))


def test_a_child_that_dies_ends_in_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "_command", lambda: ["sh", "-c", "kill -ABRT $$"])
    with pytest.raises(UserError, match="被迫停止"):
        reader.read(written(tmp_path, hostile.package(hostile.cell("A1"))))


def test_a_child_that_answers_with_code_is_not_believed(tmp_path, monkeypatch):
    attack = tmp_path / "answer"
    attack.write_bytes(b"cos\nsystem\n(S'touch " + bytes(tmp_path / "owned") + b"'\ntR.")
    monkeypatch.setattr(reader, "_command", lambda: ["sh", "-c", f"cat > /dev/null; cat '{attack}'"])
    with pytest.raises(UserError, match="被迫停止"):
        reader.read(written(tmp_path, hostile.package(hostile.cell("A1"))))
    assert not (tmp_path / "owned").exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    "rows",
    [
        "".join(f'<row r="{row}"><c r="ZZ{row}"><v>1</v></c></row>' for row in range(1, 190_000)),
        '<row r="1">' + "".join(f'<c r="A1" a{n}="1"><v>1</v></c>' for n in range(300_000)) + "</row>",
        "<row " + " ".join(f'a{n}="1"' for n in range(300_000)) + "/>",
        '<row r="1">' + '<c r="A1" t="inlineStr"><is><t>' + "A" * 140_000_000 + "</t></is></c></row>",
        "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 190_000)),
        "row " * 5_000_000,
    ],
    ids=["wide and long", "many attributes", "one row of attributes", "one huge text", "many rows", "no end of tags"],
)
def test_heavy_workbooks_stay_within_time_and_memory(tmp_path, rows, monkeypatch):
    strings = f'<sst xmlns="{hostile.MAIN}"><si><t>{"姓" * 30_000}</t></si></sst>'
    path = written(tmp_path, hostile.package(rows, {"xl/sharedStrings.xml": strings}))
    begun, most = time.monotonic(), 0

    def watch(done, total):
        nonlocal most
        for child in psutil.Process().children():
            most = max(most, child.memory_info().rss)

    with contextlib.suppress(UserError):  # read or refused, either is sound
        reader.read(path, progress=watch)
    assert time.monotonic() - begun < reader.SECONDS + 3
    assert most < 2**30
    assert psutil.Process(os.getpid()).memory_info().rss < 2**30


def test_a_large_file_reaches_a_child_that_is_slow_to_start(tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "_LOOK_EVERY", 0.001)  # over many times before the child has read anything
    monkeypatch.setattr(reader, "SECONDS", 15.0)
    rows = "".join(f"{number},{'字' * 40}\n" for number in range(4000))  # more than a pipe holds
    book = reader.read(written(tmp_path, f"编号,备注\n{rows}".encode(), "名册.csv"))
    assert len(book.grids[0].rows) == 4001
