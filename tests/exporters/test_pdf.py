"""Ledgers on paper: every character is there and copied out right, pages are numbered, nothing is cut."""

import re
from pathlib import Path

import pytest

from exporters import pdf, table
from exporters.paper import A4_LANDSCAPE, Paper
from models.errors import UserError
from models.kinds import ID_NUMBER, TEXT
from models.ledger import Column
from tests.exporters import pages, sheets

SNAPSHOTS = Path(__file__).parent / "snapshots"


@pytest.mark.parametrize(
    ("name", "sheet"),
    [
        ("register", sheets.register()),
        ("register_blank", sheets.register(0)),
        ("roster", sheets.roster(30)),
        ("notice", sheets.notice(5)),
    ],
)
def test_the_text_of_the_pages(tmp_path, name, sheet):
    pdf.write(sheet, tmp_path / "x.pdf")
    text = "\f\n".join(page.rstrip() + "\n" for page in pages.texts(tmp_path / "x.pdf"))
    assert text == (SNAPSHOTS / f"{name}.txt").read_text(encoding="utf-8")


def test_rare_names_are_copied_out_right(tmp_path):
    missing = pdf.write(sheets.roster(17), tmp_path / "x.pdf")
    text = "".join(pages.texts(tmp_path / "x.pdf"))
    for name in ("䶮文博", "赵㛃", "䶮㛃", "𬎆𫖯", "𬱖𠅤𪻐", "刘洋", "阿依古丽·买买提"):
        assert re.search(rf"\d[ \n]{name}\s", text), name
    assert missing == frozenset()


def test_only_embedded_fonts_are_used(tmp_path):
    pdf.write(sheets.roster(), tmp_path / "x.pdf")
    data = (tmp_path / "x.pdf").read_bytes()
    assert b"Helvetica" not in data
    composite = len(re.findall(rb"/Subtype /Type0\b", data))
    assert composite == len(re.findall(rb"/FontFile2 ", data)) == len(re.findall(rb"/ToUnicode ", data)) >= 3


def test_equal_sheets_give_equal_bytes(tmp_path):
    for name in ("a.pdf", "b.pdf"):
        pdf.write_all([sheets.register(), sheets.roster(20), sheets.notice()], tmp_path / name)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_every_page_has_its_heading_and_number(tmp_path):
    pdf.write(sheets.register(100), tmp_path / "x.pdf")
    texts = pages.texts(tmp_path / "x.pdf")
    assert len(texts) == 5
    for number, text in enumerate(texts, start=1):
        assert f"第 {number} 页　共 5 页" in text
        assert "交纳基数" in text
        assert "内部资料　账簿校验 7f3a 91c2" in text
    assert ["（续）" in text for text in texts] == [False, True, True, True, True]
    assert ["大写" in text for text in texts] == [False, False, False, False, True]
    assert sum(text.count("张红卫") for text in texts) == 8


@pytest.mark.parametrize("rows", range(15, 24))
def test_totals_never_stand_alone_on_a_page(tmp_path, rows):
    pdf.write(sheets.register(rows), tmp_path / "x.pdf")
    last = pages.texts(tmp_path / "x.pdf")[-1]
    assert "支部书记" in last
    assert f"\n{rows} " in last


def test_a_public_sheet_says_so_and_not_internal(tmp_path):
    pdf.write(sheets.notice(), tmp_path / "x.pdf")
    (text,) = pages.texts(tmp_path / "x.pdf")
    assert "公示　账簿校验" in text
    assert "内部资料" not in text
    assert pages.sizes(tmp_path / "x.pdf") == [(210, 297)]


def test_several_sheets_keep_their_own_pages(tmp_path):
    pdf.write_all([sheets.register(), sheets.notice(50)], tmp_path / "x.pdf")
    assert pages.sizes(tmp_path / "x.pdf") == [(297, 210), (210, 297), (210, 297)]
    assert "第 1 页　共 2 页" in pages.texts(tmp_path / "x.pdf")[1]


def test_tortured_texts_are_all_there(tmp_path):
    missing = pdf.write(sheets.texts(sheets.TORTURE), tmp_path / "x.pdf")
    whole = pages.squeezed("".join(pages.texts(tmp_path / "x.pdf")))
    for text in sheets.TORTURE:
        if len(text) < 1000 and not missing & set(text) and not re.search("[\ud800-\udfff\u0301]", text):
            assert pages.squeezed(text) in whole, text
    assert whole.count("字") >= 5000
    assert "👩" in missing
    assert "\ue000" in missing


def test_a_row_taller_than_a_page_goes_on_over_pages(tmp_path):
    sheet = sheets.texts(["前", "甲" * 20_000, "后"])
    pdf.write(sheet, tmp_path / "x.pdf")
    texts = pages.texts(tmp_path / "x.pdf")
    assert sum(text.count("甲") for text in texts) == 20_000
    assert "前" in texts[0]
    assert "后" in texts[-1]


def test_a_note_longer_than_a_page_goes_on_over_pages(tmp_path):
    pdf.write(sheets.register(20, note="嘱" * 15_000), tmp_path / "x.pdf")
    texts = pages.texts(tmp_path / "x.pdf")
    assert sum(text.count("嘱") for text in texts) == 15_000
    assert f"共 {len(texts)} 页" in texts[0]


def test_a_long_name_becomes_smaller_or_takes_lines(tmp_path):
    long = "阿卜杜热西提·麦麦提依明·吐尔逊江"
    row = sheets.RegisterRow(*[long if key == "name" else getattr(sheets.register(1).rows[0], key)
                               for key in sheets.RegisterRow.__dataclass_fields__])  # fmt: skip
    pdf.write(sheets.sheet(sheets.REGISTER_COLUMNS, [*sheets.register(12).rows, row]), tmp_path / "x.pdf")
    assert long in pages.squeezed(pages.texts(tmp_path / "x.pdf")[0])


def test_a_sheet_too_wide_for_a4_takes_a3(tmp_path):
    columns = [Column(f"c{n}", "公民身份号码", ID_NUMBER, 20) for n in range(16)]
    row = sheets.row_type(*(column.key for column in columns))
    pdf.write(sheets.sheet(columns, [row(*["119901196001010005"] * 16)]), tmp_path / "x.pdf")
    assert pages.sizes(tmp_path / "x.pdf") == [(420, 297)]


def test_lists_of_the_roster_stay_legible_on_a4():
    paper = Paper(A4_LANDSCAPE, "")
    for sheet in (sheets.register(), sheets.roster(), sheets.notice()):
        plan = table.plan(sheet, paper)
        assert min(each.size for each in plan.columns) >= 6.5
        right = plan.columns[-1].x + plan.columns[-1].width
        assert right == pytest.approx(plan.size[0] - plan.side)


def test_a_sheet_without_furniture_or_words(tmp_path):
    row = sheets.row_type("a")
    bare = {"lines": ("", "", ""), "signatures": (), "check": "", "heading": ""}
    pdf.write(sheets.sheet([Column("a", "", TEXT)], [row(None)], **bare), tmp_path / "x.pdf")
    assert pages.texts(tmp_path / "x.pdf")[0].split() == ["序号", "1", "内部资料", "第", "1", "页", "共", "1", "页"]


def test_a_folder_or_a_bad_place_is_refused(tmp_path):
    with pytest.raises(UserError, match="是文件夹"):
        pdf.write(sheets.notice(), tmp_path)


def test_stopping_leaves_the_old_file(tmp_path):
    path = tmp_path / "x.pdf"
    path.write_bytes(b"old")
    seen = []

    def progress(done, total):
        seen.append((done, total))
        if len(seen) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pdf.write(sheets.register(100), path, progress)
    assert seen == [(22, 100), (45, 100)]
    assert {entry.name: entry.read_bytes() for entry in tmp_path.iterdir()} == {"x.pdf": b"old"}


def test_a_roster_of_a_branch_takes_three_pages_of_a4_and_no_cell_more_than_three_lines(tmp_path):
    sheet = sheets.full_roster(47)
    plan = table.plan(sheet, Paper(A4_LANDSCAPE, ""))
    assert plan.size == A4_LANDSCAPE
    assert plan.page_count <= 3
    assert min(each.size for each in plan.columns) >= 6.75
    for each in plan.columns[1:]:
        texts = [each.column.kind.paper(getattr(row, each.column.key)) for row in sheet.rows]
        assert max(len(each.fit(text).lines) for text in texts) <= 3, each.column.title


def test_a_column_with_nothing_in_it_leaves_room_to_write():
    plan = table.plan(sheets.full_roster(20), Paper(A4_LANDSCAPE, ""))
    assert plan.columns[-1].column.title == "备注"
    assert plan.columns[-1].inner >= 3.5 * plan.columns[-1].size
