import re
from decimal import Decimal
from time import process_time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from gui.parts.clipboard import copied
from gui.parts.ledger_model import LedgerModel
from models.ledger import Column
from models.rules.identity import fault_in
from tests.gui.invented import COLUMNS, ROWS, many, sheet

KEYS = [column.key for column in COLUMNS]


@pytest.fixture
def model(qapp):
    made = LedgerModel()
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Warning, made)
    made.show_sheet(sheet())
    return made


def names(model):
    return [row.name for row in model.rows]


def text(model, row, key):
    return model.look(row, KEYS.index(key)).text


def test_the_invented_id_numbers_are_sound():
    assert [fault_in(row.id_number) for row in ROWS if row.id_number] == [None, None]


def test_it_passes_qt_s_own_check_through_all_its_changes(model):
    model.sort(7, Qt.SortOrder.DescendingOrder)
    model.filter("在职")
    model.sort(-1)
    model.show_private(True)
    model.filter("没有这个人")
    model.filter("")
    model.show_sheet(many(50))
    assert model.rowCount() == 50
    assert model.columnCount() == len(COLUMNS)
    assert model.rowCount(model.index(0, 0)) == 0


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("amount", ["王建国", "张红卫", "何志远", "䶮文博"]),
        ("paid_on", ["何志远", "王建国", "张红卫", "䶮文博"]),
        ("joined", ["王建国", "䶮文博", "张红卫", "何志远"]),
        ("months", ["张红卫", "何志远", "王建国", "䶮文博"]),
        ("state", ["张红卫", "王建国", "䶮文博", "何志远"]),
    ],
)
def test_it_sorts_by_value_and_not_by_text(model, key, expected):
    model.sort(KEYS.index(key))
    assert names(model) == expected


def test_the_unknown_stand_last_in_either_direction(model):
    model.sort(KEYS.index("amount"), Qt.SortOrder.DescendingOrder)
    assert names(model) == ["何志远", "张红卫", "王建国", "䶮文博"]


def test_no_column_gives_back_the_ledger_s_own_order(model):
    model.sort(7)
    model.sort(-1)
    assert names(model) == [row.name for row in ROWS]


def test_a_persistent_index_follows_its_row(model):
    from PySide6.QtCore import QPersistentModelIndex

    kept = QPersistentModelIndex(model.index(0, 0))
    model.sort(KEYS.index("amount"))
    assert kept.row() == 1
    assert kept.data() == "张红卫"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ZHW", ["张红卫"]),
        ("張紅衛", ["张红卫"]),
        ("1,333.20", ["何志远"]),
        ("1333.2", ["何志远"]),
        ("2026-11", ["张红卫"]),
        ("1015", ["张红卫"]),
        ("10000000002", ["王建国"]),
        ("在职 未交", ["䶮文博"]),
        ("  ", [row.name for row in ROWS]),
        ("无此人", []),
    ],
)
def test_the_filter_finds_by_all_that_a_row_holds(model, typed, found):
    model.filter(typed)
    assert names(model) == found


def test_a_filter_and_an_order_outlive_a_new_sheet(model):
    model.filter("已交")
    model.sort(KEYS.index("amount"))
    model.show_sheet(sheet())
    assert names(model) == ["王建国", "张红卫"]


def test_private_numbers_are_masked_until_they_are_asked_for(model):
    assert text(model, 0, "id_number") == "119***********1015"
    assert text(model, 0, "phone") == "100****0001"
    assert text(model, 2, "phone") == ""
    model.show_private(True)
    assert text(model, 0, "id_number") == "119901198001011015"
    assert text(model, 0, "phone") == "10000000001"


def test_looks(model):
    name, category, state = (model.look(0, KEYS.index(key)) for key in ("name", "category", "state"))
    assert (name.bold, name.quiet, name.tagged) == (True, False, False)
    assert (category.quiet, category.tagged) == (True, False)
    assert (state.tone, state.tagged) == ("good", True)
    assert model.look(3, KEYS.index("state")).tagged
    amount = model.look(3, KEYS.index("amount"))
    assert (amount.text, amount.align & Qt.AlignmentFlag.AlignRight) == ("1,333.20", Qt.AlignmentFlag.AlignRight)


def test_a_toned_amount_is_no_tag(model):
    from models.kinds import Money

    class Advance(Money):
        def tone(self, value):
            return "good"

    model.show_sheet(sheet(columns=(Column("amount", "实交", Advance()),)))
    look = model.look(0, 0)
    assert (look.tone, look.tagged) == ("good", False)


def test_totals_are_those_of_the_rows_that_are_shown(model):
    assert model.total(KEYS.index("amount")) == "1,535.30"
    assert model.total(KEYS.index("months")) == "15"
    assert model.total(KEYS.index("name")) == ""
    model.filter("已交")
    assert not model.whole
    assert model.total(KEYS.index("amount")) == "202.10"
    model.narrow(lambda row: row.id == 2)
    assert model.total(KEYS.index("amount")) == "62.40"


def test_a_copied_table_is_what_excel_takes(model):
    columns = [KEYS.index(key) for key in ("name", "id_number", "amount", "remark")]
    model.show_private(True)
    data = copied(model, [0, 2, 3], columns, None)
    assert data.text() == (
        "姓名\t公民身份号码\t实交\t备注\r\n"
        "张红卫\t119901198001011015\t139.70\t'=1+1\r\n"
        '䶮文博\t\t\t"说“好”\t的"\r\n'
        "何志远\t\t1333.20\t\r\n"
    )
    html = data.html()
    assert "<td style='mso-number-format:\"\\@\"' sdnum='2052;0;@'>119901198001011015</td>" in html
    assert "<td>139.70</td>" in html
    assert len(re.findall("<tr>", html)) == 4


def test_a_copied_table_masks_what_the_screen_masks(model):
    data = copied(model, [0], [KEYS.index("id_number")], lambda row, column: True)
    assert data.text() == "119***********1015\r\n"
    assert "19800101" not in data.html()


def test_a_hundred_thousand_rows_stay_quick(qapp):
    model = LedgerModel()
    model.show_sheet(many(100_000))
    start = process_time()
    model.sort(KEYS.index("amount"))
    sorted_in = process_time() - start
    assert all(a.amount <= b.amount for a, b in zip(model.rows[:500], model.rows[1:501], strict=True))
    start = process_time()
    model.filter("党员000042")
    first_filter = process_time() - start
    start = process_time()
    model.filter("党员000043")
    next_filter = process_time() - start
    assert [row.name for row in model.rows] == ["党员000043"]
    assert sorted_in < 1.5
    assert first_filter < 6
    assert next_filter < 0.5
    assert Decimal(model.total(KEYS.index("amount")).replace(",", "")) == model.rows[0].amount
