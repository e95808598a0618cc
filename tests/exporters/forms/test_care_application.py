"""F41: long accounts go on behind, large households stand closer, and nothing is cut."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from exporters.forms import care_application
from models.ledgers.care.application import OF_OTHERS, HomeLine
from tests.exporters import pages
from tests.exporters.forms.application_records import APPLICATION

ACCOUNT = "".join(f"第{number}次住院，自费药品和护理费用很高。" for number in range(1, 61))


def drawn(tmp_path: Path, **values: Any) -> list[str]:
    assert care_application.draw([replace(APPLICATION, **values)], tmp_path / "x.pdf") == frozenset()
    return [pages.squeezed(text) for text in pages.texts(tmp_path / "x.pdf")]


def test_a_long_account_goes_on_behind_and_is_whole(tmp_path: Path) -> None:
    first, second = drawn(tmp_path, detail=ACCOUNT)
    shown, rest = first.split("（下接续页）")[0], second
    assert "第1次住院" in shown
    numbers = [number for number in range(1, 61) if f"第{number}次住院" in shown or f"第{number}次住院" in rest]
    assert len(numbers) >= 59  # one may be parted by the turn of the page
    assert rest.count("申请人签字") == 1
    assert "上级党组织" in first


@pytest.mark.parametrize("detail", ["", "短。", "第一段。\n第二段。", ACCOUNT[:200]])
def test_a_short_account_stays_on_the_form(tmp_path: Path, detail: str) -> None:
    assert len(drawn(tmp_path, detail=detail)) == 1


def test_a_household_of_ten_stands_whole_on_the_form(tmp_path: Path) -> None:
    lines = tuple(HomeLine("儿子", f"方{number:02d}郎", number, "示例小学", Decimal(number)) for number in range(10))
    (text,) = drawn(tmp_path, household=lines, title=OF_OTHERS, joined_on=None)
    assert [line.name in text for line in lines] == [True] * 10
    assert "困难群众帮扶申请审批表" in text
    assert "审批金额" in text
