"""Visits and 急难愁盼 among the ledgers of care."""

from gui.care import visit_forms as forms
from gui.ledgers.chapter_page import Chapter, RowDeed
from models.ledgers.care.concerns import CARE_CONCERNS
from models.ledgers.care.visits import CARE_VISITS

VISITS = (
    Chapter(
        CARE_VISITS.name, "走访记录", "谁去的，后续办了没有", CARE_VISITS,
        ("登记走访", forms.ask_for_visit), ("打开、修改", forms.ask_for_visit), forms.remove_visit,
        more=(
            RowDeed("办结后续…", forms.close_followup, needs_rows=True),
            RowDeed("记录表", forms.print_visits, needs_rows=True),
        ),
    ),
    Chapter(
        CARE_CONCERNS.name, "急难愁盼", "从反映到销号，办了几天", CARE_CONCERNS,
        ("登记事项", forms.ask_for_concern), ("修改", forms.ask_for_concern), forms.remove_concern,
        more=(RowDeed("销号…", forms.close_concern, needs_rows=True),),
    ),
)  # fmt: skip
