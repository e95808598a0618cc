"""The form in which a member's leaving or death is entered, with what becomes of the help the member had."""

from datetime import date
from typing import Any

from gui.page import Page
from gui.parts.record_dialog import RecordDialog
from models import codes
from models.errors import FieldError
from models.kinds import DAY, MONTH, NAME, TEXT, Choice
from models.ledger import Column
from models.ledgers.members.person import PersonFile
from models.records.care import leaving as care_leaving
from models.records.care.leaving import DIED, Matters
from models.records.members import committee, members
from models.rules.periods import Month

LEAVING = (
    Column("reason", "去向", codes.LEFT_REASON, 10, required=True),
    Column("on", "离开日期", DAY, 11, required=True),
    Column("to", "转往单位", TEXT, 20),
    Column("dues_until", "党费交至", MONTH, 9),
)
_END, _FAMILY, _KEEP = "登记退出帮扶", "去世的：由家属继续受帮扶", "先不退出，以后再办"
_STAY, _DROP = "留在名单，由家属代领或以后发放", "移出名单，不再发放"


def ask_for_leaving(page: Page, filed: PersonFile) -> RecordDialog:
    """Opens the form; dues are taken to be paid until the month known so far, and what is open in care is asked."""
    today = page.workspace.view.today
    with page.workspace.reading() as session:
        matters = care_leaving.open_matters(session, filed.id)
    known: dict[str, Any] = {
        "reason": codes.LEFT_REASON.options[0],
        "on": today,
        "dues_until": filed.paid_until or Month.of(today),
        "case": _END,
        "family": next(iter(matters.relatives), None),
        "gifts": _STAY,
    }

    def save(values: dict[str, Any]) -> None:
        _leave(page, filed, matters, values)

    columns = (*LEAVING, *_care_columns(matters))
    dialog = RecordDialog("转出或离开", columns, known, save, page, who=filed.name)
    dialog.save_button.setText("登记")
    dialog.open()
    return dialog


def _care_columns(matters: Matters) -> tuple[Column, ...]:
    """What is asked of a case that has not ended and of gifts that wait; nothing where there is neither."""
    found: tuple[Column, ...] = ()
    if matters.case_id is not None:
        band = "有一份没有退出的困难帮扶"
        found += (
            Column("case", "帮扶怎么办", Choice((_END, _FAMILY, _KEEP)), 22, required=True, band=band),
            Column("family", "代表家庭的家属", NAME, 12, band=band),
        )
    if matters.gifts:
        band = f"还在{'、'.join(matters.rounds)}的名单里，没有发放"
        found += (Column("gifts", "慰问怎么办", Choice((_STAY, _DROP)), 24, required=True, band=band),)
    return found


def _leave(page: Page, filed: PersonFile, matters: Matters, values: dict[str, Any]) -> None:
    until: Month | None = values["dues_until"]
    reason, on, name = values["reason"], values["on"], filed.name
    with page.workspace.writing(f"登记{name}{reason}") as session:
        members.leave(session, filed.id, reason, on, values["to"], until)
        committee.vacate(session, filed.id, on)
        said = _settle_case(session, matters, values, page.workspace.view.today)
        if values.get("gifts") == _DROP:
            care_leaving.drop_gifts(session, matters.gifts)
            said += "已移出慰问名单。"
    page.say(f"已登记{name}{reason}，在“已离开”里可以查到；{said}按 Ctrl+Z 撤销。")


def _settle_case(session: Any, matters: Matters, values: dict[str, Any], today: date) -> str:
    """Does with the case what was chosen, and says it."""
    if matters.case_id is None:
        return ""
    if values["case"] == _KEEP:
        return "困难帮扶还没有退出。"
    if values["case"] == _END:
        care_leaving.end_case(session, matters.case_id, values["reason"], values["on"], today)
        return "困难帮扶已退出。"
    if values["reason"] != DIED:
        raise FieldError("case", "只有去世的，才由家属继续受帮扶；其他情况请选退出或以后再办。")
    family = care_leaving.hand_to_family(session, matters.case_id, values["family"], values["on"], today)
    return f"困难帮扶转到家属{family.name}名下。"
