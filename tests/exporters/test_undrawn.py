"""What no font has is named with its code and its place."""

from dataclasses import replace

import pytest

from exporters import pdf, undrawn
from exporters.forms import named
from models.ledgers.dues.papers import NoticeRecord, SlipRecord
from tests.exporters import sheets


def test_a_sheet_all_of_which_is_drawn_needs_no_word(tmp_path):
    sheet = sheets.roster()
    assert undrawn.in_sheets(pdf.write(sheet, tmp_path / "x.pdf"), [sheet]) == ""


def test_a_character_in_a_cell_is_named_with_its_row_and_column(tmp_path):
    sheet = sheets.roster(3)
    sheet = replace(sheet, rows=[*sheet.rows, replace(sheet.rows[0], name="刘\U00031350")])
    assert undrawn.in_sheets(pdf.write(sheet, tmp_path / "x.pdf"), [sheet]) == (
        "第 4 行“姓名”的“\U00031350”（U+31350）没有字体可画，PDF 里印成“〓”，请在纸上补写。"
    )


def test_a_character_in_the_furniture_of_one_of_several_sheets(tmp_path):
    made = [sheets.register(), sheets.notice(lines=("公示单位：\ue000局", "", ""), heading="公示")]
    said = undrawn.in_sheets(pdf.write_all(made, tmp_path / "x.pdf"), made)
    assert said.startswith("“公示”表头或表尾的U+E000没有字体可画，")


def test_many_characters_are_counted():
    sheet = sheets.texts(["".join(chr(0xE000 + number) for number in range(9))])
    said = undrawn.in_sheets({chr(0xE000 + number) for number in range(9)}, [sheet])
    assert said.count("U+") == 5
    assert "等 9 个字" in said


@pytest.mark.parametrize(
    ("name", "records"),
    [
        ("dues_slip", [SlipRecord(payer="张红卫"), SlipRecord(payer="刘\ue000")]),
        ("dues_notice", [NoticeRecord(names=(("张红卫", True),)), NoticeRecord(names=(("刘\ue000", False),))]),
    ],
)
def test_a_character_of_a_paper_is_named_with_the_paper(tmp_path, name, records):
    missing = named(name).draw(records, tmp_path / "x.pdf")
    assert undrawn.in_papers(missing, records).startswith("第 2 份的U+E000没有字体可画，")
    assert undrawn.in_papers(missing, records[:1]).startswith("表里的U+E000没有字体可画，")
