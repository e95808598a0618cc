"""The workbook of changes: a cover that counts them, and the changed cells in their colours."""

from pathlib import Path

from openpyxl import load_workbook

from exporters import changes
from models.ledgers import snapshots
from models.ledgers.changes import compared
from tests.models.ledgers.test_changes import of_rows, row


def test_changed_cells_stand_out(tmp_path: Path):
    before = of_rows(row(1), row(2, "李素云"), row(3, "王五"))
    now = of_rows(row(1, remark="=补"), row(3, "王五"), row(4, "赵六"))
    found = compared(snapshots.read(snapshots.taken(before)), now)
    same = compared(snapshots.read(snapshots.taken(before)), before)
    path = tmp_path / "改动.xlsx"
    changes.write([same, found], "报送后的改动", (("对照", "2026年11月"),), path)
    cover, page = load_workbook(path).worksheets
    assert [[cover.cell(line, column).value for column in (2, 3, 4)] for line in (5, 6)] == [
        ["试验表", 3, "新增 1 行，修改 1 行，删除 1 行"],
        ["试验表", 0, "没有改动"],
    ]
    assert cover["B5"].hyperlink.location == f"'{page.title}'!A1"
    assert cover["B6"].hyperlink is None
    headings = [cell.value.replace("\n", "") for cell in page[3]]
    assert headings == ["序号", "变动", "姓名", "金额", "人数", "比例", "日期", "备注", "原来的内容"]
    changed, added, removed = page[4], page[5], page[6]
    assert [cell.value for cell in changed][1:4] == ["修改", "张红卫", 111.3]
    assert changed[7].data_type == "s"
    assert changed[8].value == "备注：（空）"
    colours = [cell.fill.fgColor.rgb if cell.fill.fill_type else "" for cell in changed]
    assert colours == ["", "00FFF2CC", "", "", "", "", "", "00FFF2CC", ""]
    assert {cell.fill.fgColor.rgb for cell in added[1:8]} == {"00E2F0D9"}
    assert all(cell.font.strike for cell in removed[1:8])
    assert (removed[3].value, removed[3].number_format) == (111.3, "#,##0.00")
