"""What stands in the place of a record while an activity is only planned, or was not held."""

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout

from gui.life.minutes_fields import STATE_TONES
from gui.parts.cards import Card, Tag, button, label, row
from models.ledgers.life.minutes_page import MinutesPage
from models.records.life.activities import DROPPED, PLANNED


class PlanCard(Card):
    """Says what is planned and offers to begin its record."""

    def __init__(self, begin: Callable[[], object], drop: Callable[[], object], replan: Callable[[], object]) -> None:
        super().__init__(spacing=12)
        self.title, self.state = label("", "title"), Tag()
        self.facts = QGridLayout()
        self.facts.setHorizontalSpacing(16)
        self.facts.setVerticalSpacing(8)
        self.facts.setColumnStretch(1, 1)
        self.begin = button("开始记录　Alt+&B", begin, primary=True)
        self.drop = button("未开展…", drop)
        self.replan = button("恢复为计划", replan)
        self.body.addLayout(row(self.title, self.state, 1))
        self.body.addLayout(self.facts)
        self.body.addLayout(row(self.begin, self.drop, self.replan, 1))
        self.body.addWidget(label("开会、活动结束以后点“开始记录”，应到名单按那一天的名册列出。", "small", wrap=True))
        self.body.addStretch(1)

    def show_page(self, page: MinutesPage) -> None:
        """Shows a plan."""
        self.title.setText(page.title)
        self.state.show_state(page.state, STATE_TONES[page.state])
        while (item := self.facts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        on, month = page.planned
        facts = (
            ("组织", page.organisation),
            ("计划", str(on or (month.chinese if month is not None else ""))),
            ("主题", page.values.get("theme")),
            ("形式", page.values.get("form")),
            ("地点", page.values.get("place")),
            ("负责人", page.values.get("responsible")),
            ("未开展的原因", page.reason if page.state == DROPPED else None),
        )
        for line, (name, text) in enumerate((name, text) for name, text in facts if text):
            self.facts.addWidget(label(name, "quiet"), line, 0)
            self.facts.addWidget(label(text, wrap=True), line, 1)
        self.drop.setVisible(page.state == PLANNED)
        self.replan.setVisible(page.state == DROPPED)
