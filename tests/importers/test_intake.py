"""What was matched is saved whole or not at all, twice changes nothing, and our own exports come back as they were."""

import json
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from exporters import csv_file, excel
from importers import intake, matching, reader
from models.ledgers import sheets
from models.ledgers.catalogue import LEDGERS
from models.ledgers.members.roster import MEMBERS, member_rows
from models.ledgers.variants import local
from models.records.members.organisation import branches
from models.rules.periods import Period
from tests import samples
from tests.importers.conftest import TODAY
from tests.importers.invented import HEAD, book, grid, people, rows_of

SAMPLES = Path(__file__).parent.parent / "data" / "rosters"
COUNTS = ["rows_read", "added", "updated", "unchanged"]
KEYS = ["sheet", "header_row", "mapping", "unmapped", *COUNTS, "skipped", "problems"]


@pytest.fixture(scope="module")
def general_branch(tmp_path_factory):
    """The sample, with members, assessments and payments to export."""
    with closing(samples.build(tmp_path_factory.mktemp("示例") / "示例.zbtz", samples.DAY)) as made:
        yield made


def bring_in(database, match):
    with database.writing("导入") as session:
        return intake.save(session, MEMBERS, match, sheets.view_of(session, TODAY))


def held(database):
    with database.reading() as session:
        return member_rows(session, sheets.view_of(session, TODAY))


def of_file(path):
    return matching.match(reader.read(path), MEMBERS)


def of_rows(*rows):
    return matching.match(book(grid(*rows)), MEMBERS)


@pytest.mark.parametrize("file", sorted(SAMPLES.glob("s0*.expected.json")), ids=lambda file: file.name[:3])
def test_a_sample_twice_adds_nothing_the_second_time(database, file):
    sample = file.with_name(file.name.removesuffix(".expected.json"))
    expected = json.loads(file.read_text(encoding="utf-8"))
    count = sum(part["rows_saved"] for part in expected.get("parts", [expected]))
    first = bring_in(database, of_file(sample)).as_json()
    before = held(database)
    second = bring_in(database, of_file(sample)).as_json()
    assert (first["added"], first["updated"], first["unchanged"]) == (count, 0, 0)
    assert (second["added"], second["updated"], second["unchanged"]) == (0, 0, count)
    assert first["problems"] == second["problems"]
    assert held(database) == before
    assert len(before) == count


def test_the_report_is_the_document_of_the_command(database):
    report = bring_in(database, of_file(SAMPLES / "s05_身份证号成数字.xlsx")).as_json()
    assert list(report) == KEYS
    assert json.loads(json.dumps(report, ensure_ascii=False)) == report
    assert report["rows_read"] == 15
    assert report["problems"][0] == {
        "row": 5,
        "field": "id_number",
        "value": report["problems"][0]["value"],
        "why": report["problems"][0]["why"],
    }
    assert report["problems"][0]["value"].endswith("000")


def test_what_saving_refuses_joins_the_problems_in_order(database):
    some = people(3)
    rows = [list(row) for row in rows_of(some)]
    rows[1][2] = "女" if some[1]["sex"] == "男" else "男"
    rows[2][3] = "1.1E+17"
    report = bring_in(database, of_rows(HEAD, *rows, (4, "丁某", "男", "不详", "2010.05")))
    assert [(problem.row, problem.field) for problem in report.problems] == [
        (3, "sex"),
        (4, "id_number"),
        (5, "id_number"),
    ]
    assert report.counts == {"added": 1, "refused": 2}
    assert report.match.rows_read == 4
    assert len(held(database)) == 1


def test_sheets_are_named_where_there_are_several(database):
    one, two = people(1), people(2)[1:]
    sheets_of_both = [
        grid(HEAD, *rows_of(each), (9, "丁某", "男", "1.1E+17"), name=name) for each, name in ((one, "甲"), (two, "乙"))
    ]
    match = matching.match(book(*sheets_of_both), MEMBERS)
    report = bring_in(database, match).as_json()
    assert (report["sheet"], report["added"]) == ("甲", 2)
    assert [
        problem["why"].startswith(f"工作表“{name}”") for problem, name in zip(report["problems"], "甲乙", strict=True)
    ]


def test_a_preview_saves_nothing(database):
    match = of_rows(HEAD, *rows_of(people(3)))
    with database.trying() as session:
        preview = intake.save(session, MEMBERS, match, sheets.view_of(session, TODAY))
    assert preview.counts["added"] == 3
    assert [fate.kind for _, fate in preview.outcomes] == ["added"] * 3
    assert held(database) == []
    assert bring_in(database, match).as_json() == preview.as_json()


class StopError(Exception):
    pass


def test_saving_stops_between_two_statements_and_leaves_nothing(database):
    """Forty new branches, none of which is there when the fifty-first statement is not to be."""
    rows = ((f"党员{number}", "1980-01-01", f"第{number}党支部") for number in range(40))
    match = of_rows(("姓名", "出生日期", "所在党支部"), *rows)
    asked = []

    def stop(done, total):
        asked.append((done, total))
        if len(asked) > 50:
            raise StopError

    with pytest.raises(StopError), database.writing("导入") as session:
        intake.save(session, MEMBERS, match, sheets.view_of(session, TODAY), stop)
    assert len(asked) == 51
    assert held(database) == []
    with database.reading() as session:
        assert len(branches(session)) == 1
    assert bring_in(database, match).counts == {"added": 40}


@pytest.mark.parametrize("ledger", [each for each in LEDGERS if each.importable], ids=lambda each: each.name)
@pytest.mark.parametrize("writer", [excel, csv_file], ids=["xlsx", "csv"])
def test_the_lines_below_our_own_tables_are_passed_over_in_silence(general_branch, tmp_path, writer, ledger):
    """Totals, sums in words and signatures are no rows, in doubt or not; of last year where this one has none yet."""
    with general_branch.reading() as session:
        view = sheets.view_of(session, TODAY)
        if not ledger.rows(session, ledger.seen(view)):
            view = replace(view, period=Period.of_year(TODAY.year - 1))
        sheet = sheets.sheet(session, ledger, view)
        declared = local(session, ledger, hidden=True)
    path = tmp_path / f"{sheet.heading}{'.xlsx' if writer is excel else '.csv'}"
    writer.write(sheet, path)
    match = matching.match(reader.read(path), declared)
    with general_branch.trying() as session:
        report = intake.save(session, declared, match, view)
    assert (match.skipped, report.problems, match.notices) == ((), (), ())
    assert report.counts == {"unchanged": len(sheet.rows)}


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_our_own_export_comes_back_unchanged_and_an_edit_changes_just_that(database, tmp_path, ending):
    bring_in(database, of_file(SAMPLES / "s02_花名册.xlsx"))
    bring_in(database, of_file(SAMPLES / "s03_标题写法.xlsx"))
    path = tmp_path / f"名册{ending}"
    with database.reading() as session:
        sheet = sheets.sheet(session, MEMBERS, sheets.view_of(session, TODAY))
    (excel if ending == ".xlsx" else csv_file).write(sheet, path)
    before = held(database)
    match = of_file(path)
    assert match.unmapped in ((), ("序号",))
    report = bring_in(database, match)
    assert report.problems == ()
    assert report.counts == {"unchanged": len(before)}
    assert held(database) == before

    rows = [dict(row.values) for row in match.rows]
    rows[0] |= {"phone": "10099999999", "dues_base": Decimal("5000.00")}
    edited = [matching.Row(row.number, values, row.sheet) for row, values in zip(match.rows, rows, strict=True)]
    changed = matching.Match(**{**vars(match), "rows": tuple(edited)})
    assert bring_in(database, changed).counts == {"updated": 1, "unchanged": len(before) - 1}
    after = held(database)
    assert after[1:] == before[1:]
    assert (after[0].phone, after[0].dues_base) == ("10099999999", Decimal("5000.00"))
