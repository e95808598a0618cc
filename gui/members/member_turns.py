"""What a change of a member's data means: a real change from a day on, or a typing error set right."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from gui.parts.record_dialog import RecordDialog
from models.kinds import DAY, TEXT, Choice
from models.ledger import Column
from models.records.members.facts import Turn, require_past
from models.records.members.members import REJOINED

ASKED = {
    "name": "姓名",
    "id_number": "公民身份号码",
    "branch": "所在党支部",
    "group": "所在党小组",
    "party_post": "党内职务",
    "rank": "职级",
    "post": "工作单位及职务",
    "category": "人员类别",
    "party_status": "党籍状态",
}
MOSTLY_ERRORS = frozenset({"name", "id_number"})
BEGINNINGS = frozenset({"party_post", "rank"})  # filled in, they may have begun now or have been so before
_FIELDS = {"branch": "branch_id", "group": "group_id"}
_CHANGED, _FILLED = "更正：原来填错了", "补填：以前就是这样"
Then = Callable[[Turn], object]


def asked_about(values: Mapping[str, Any], changed: Mapping[str, Any]) -> list[str]:
    """The fields of a change of which only a person knows whether it really happened."""
    return [key for key in ASKED if key in changed and (values.get(key) or key in BEGINNINGS)]


def ask_for_turn(
    name: str,
    values: Mapping[str, Any],
    changed: Mapping[str, Any],
    today: date,
    then: Then,
    back: Callable[[], object],
    parent: QWidget,
) -> None:
    """Asks since when and why each of those fields is different; where there is none, `then` is called at once.

    Whoever leaves the question comes `back` to what was typed.
    """
    keys = asked_about(values, changed)
    if not keys:
        then(Turn(today))
        return
    questions = {key: _answers(values.get(key), changed[key]) for key in keys}
    known: dict[str, Any] = {key: answers[key in MOSTLY_ERRORS] for key, answers in questions.items()}
    columns = [Column(key, ASKED[key], Choice(answers), 24, required=True) for key, answers in questions.items()]
    columns += [Column("on", "变动日期", DAY, 11), Column("reason", "变动原因", TEXT, 20)]

    def save(typed: dict[str, Any]) -> None:
        require_past("on", typed["on"] or today, today)
        errors = {key for key in keys if typed[key] in (_CHANGED, _FILLED)}
        real = set(keys) - errors
        then(
            Turn(
                typed["on"] or today,
                typed["reason"],
                corrections=frozenset(_FIELDS.get(key, key) for key in errors),
                begun=frozenset(_FIELDS.get(key, key) for key in real),
            )
        )

    title = "是实际变动，还是更正差错？"
    dialog = RecordDialog(title, columns, known | {"on": today}, save, parent, who=name)
    dialog.rejected.connect(back)
    dialog.open()


def _answers(old: Any, new: Any) -> tuple[str, str]:
    """That it really changed, and that it was only typed wrongly or not at all before."""
    if not old:
        return f"实际变动：现在开始是{_said(new)}", _FILLED
    return f"实际变动：{_said(old)} → {_said(new)}", _CHANGED


def _said(value: Any) -> str:
    return str(value) if value else "（空）"


def ask_for_return(name: str, today: date, save: Callable[[dict[str, Any]], object], parent: QWidget) -> None:
    """Asks whether somebody who left is back, or never had left at all."""
    never = "撤回：离开登记是误登"
    columns: Sequence[Column] = (
        Column("how", "情况", Choice((*REJOINED, never)), 16, required=True),
        Column("on", "回来的日期", DAY, 11),
    )

    def save_choice(typed: dict[str, Any]) -> None:
        save({"how": None if typed["how"] == never else typed["how"], "on": typed["on"] or today})

    dialog = RecordDialog("恢复在册", columns, {"on": today}, save_choice, parent, who=name)
    dialog.save_button.setText("登记")
    dialog.open()
