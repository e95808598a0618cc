"""A ledger of a hundred thousand rows on the screen: scrolled, sorted and filtered, beside plain Python on its rows."""

import os
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from operator import attrgetter
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from benchmarks.case import Case
from gui import theme
from gui.parts.ledger_view import LedgerView
from models.ledger import Sheet
from models.ledgers.dues.payments import DUES_PAYMENTS, PaymentRow
from models.rules.periods import Month

ROWS = 100_000
MOST = 0.3  # seconds of CPU an action: what a hand does not wait for
_SURNAMES, _GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "岚澍玥昱珩翊砚舟棠禾溪筠笙芷蘅霁朔晔"


@dataclass(frozen=True)
class Screen:
    """A shown ledger with the application that draws it."""

    application: QApplication
    view: LedgerView
    rows: list[Any]

    def settle(self) -> None:
        self.application.processEvents()


def shown(_folder: Path) -> Screen:
    """The ledger of payments with its rows, painted once."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QApplication([])
    theme.dress(application)
    pick = random.Random(1)
    rows = [_payment(pick, number) for number in range(ROWS)]
    view = LedgerView()
    view.resize(1100, 600)
    view.show()
    view.show_sheet(Sheet("dues_payments", "", DUES_PAYMENTS.columns, rows, {}, ("", "", ""), (), "", "landscape"))
    screen = Screen(application, view, rows)
    screen.settle()
    return screen


def _payment(pick: random.Random, number: int) -> Any:
    month = Month(2021 + number % 6, 1 + number % 12)
    return PaymentRow(
        id=number,
        name=pick.choice(_SURNAMES) + pick.choice(_GIVEN) + pick.choice(_GIVEN),
        id_number=f"119901{1950 + number % 50}0305{number % 10000:04d}",
        branch=f"第{number % 30}党支部",
        paid_on=date(2020, 1, 1) + timedelta(days=pick.randrange(2000)),
        amount=Decimal(pick.randrange(20, 100000)) / 100,
        method="现金",
        proxy=None,
        first=month,
        last=month,
        covers=month.chinese,
        kind="",
        remark=None,
        initials="zsc",
        member_id=number,
    )


def _doing(act: Callable[[Screen], object]) -> Callable[[Screen], None]:
    def do(screen: Screen) -> None:
        act(screen)
        screen.settle()

    return do


def scroll(screen: Screen) -> None:
    """Twenty pages down, each painted."""
    bar = screen.view.table.verticalScrollBar()
    for _ in range(20):
        bar.setValue(bar.value() + bar.pageStep())
        screen.settle()


def sort(screen: Screen) -> None:
    """By the sum, the largest first."""
    place = [column.key for column in DUES_PAYMENTS.columns].index("amount")
    screen.view.table.header.setSortIndicator(place, Qt.SortOrder.DescendingOrder)


def filter_first(screen: Screen) -> None:
    """The first letter typed into a filter that was never used."""
    screen.view.filter("赵")


def repaint(screen: Screen) -> None:
    """The same page painted twenty times where it stands."""
    for _ in range(20):
        screen.view.table.viewport().repaint()


def sort_list(screen: Screen) -> list[Any]:
    return sorted(screen.rows, key=attrgetter("amount"), reverse=True)


def search_texts(screen: Screen) -> list[Any]:
    """Every cell of a row written out in a line, and the line searched."""
    values_of = attrgetter(*(column.key for column in DUES_PAYMENTS.columns))
    return [row for row in screen.rows if "赵" in "\n".join(map(str, values_of(row)))]


_SIZE = f"{ROWS:,} rows on the screen"
CASES = (
    Case(
        f"{_SIZE}: twenty pages down", "the same page painted twenty times", shown, _doing(scroll), repaint, most=MOST
    ),
    Case(f"{_SIZE}: sorted by amount", "Python sorting the list", shown, _doing(sort), sort_list, most=MOST),
    Case(
        f"{_SIZE}: the first letter of a filter",
        "every row written out and searched",
        shown,
        _doing(filter_first),
        search_texts,
        most=MOST,
    ),
)
