"""F07: what the application and its approval say on paper, and what stays to be filled in by hand."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from exporters.forms import named
from models.ledgers.dues.papers import ReductionRecord
from models.rules.periods import Month
from tests.exporters import pages

ASKED: dict[str, Any] = {
    "unit": "甲局第一党支部", "name": "姜秀兰", "sex": "女", "joined_on": "1999年4月25日", "category": "在职",
    "base": Decimal("5860.00"), "full": Decimal("87.90"), "amount": Decimal("20.00"),
    "from_month": Month(2026, 7), "to_month": Month(2026, 12), "cause": "本人患病，家庭支出较大", "applicant": "本人",
    "applied_on": date(2026, 6, 1),
}  # fmt: skip
DECIDED = {"decided_on": date(2026, 6, 8)}
APPROVED = {"approver": "示例局机关党委", "approval_no": "示机党〔2026〕7号", "approved_on": date(2026, 6, 20)}


def drawn(tmp_path: Any, *records: ReductionRecord) -> list[str]:
    path = tmp_path / "x.pdf"
    assert named("dues_reduction_sheet").draw(records, path) == frozenset()
    return [pages.squeezed(text) for text in pages.texts(path)]


def test_an_application_still_to_be_decided_leaves_room(tmp_path):
    (text,) = drawn(tmp_path, ReductionRecord(**ASKED))
    assert "☑少交，每月交20.00元" in text
    assert "2026年7月至2026年12月" in text
    assert "研究，同意" not in text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (DECIDED, "经2026年6月8日支部研究，同意姜秀兰同志2026年7月至2026年12月每月交纳党费20.00元，报上级党委批准。"),
        (DECIDED | {"category": "离退休", "amount": Decimal(0)}, "免交党费。"),
        (DECIDED | APPROVED, "示例局机关党委2026年6月20日批准（示机党〔2026〕7号）。"),
    ],
)
def test_what_was_decided_stands_in_its_box(tmp_path, changes, said):
    (text,) = drawn(tmp_path, ReductionRecord(**(ASKED | changes)))
    assert said in text


def test_each_application_has_its_page_and_the_blank_its_boxes(tmp_path):
    texts = drawn(tmp_path, ReductionRecord(**ASKED), ReductionRecord())
    assert len(texts) == 2
    assert "□少交" in texts[1]
    assert "书记签字" in texts[1]
    assert "姜秀兰" not in texts[1]
