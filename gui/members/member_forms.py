"""The form of a member: the person's data."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from gui.parts.record_dialog import RecordDialog
from models.kinds import Choice
from models.ledger import Column
from models.ledgers.members.roster import CARD_COLUMNS, PERSON_COLUMNS

Save = Callable[[dict[str, Any]], object]
_BANDS: Mapping[str, tuple[str, ...]] = {
    "基本情况": (
        "name", "sex", "id_number", "birth_date", "ethnicity", "native_place", "education", "degree", "phone",
        "landline", "work_started_on", "household_place", "address",
    ),
    "党员信息": (
        "category", "branch", "group", "party_post", "joined_on", "full_member_on", "joined_how", "joined_at",
        "full_member_how", "probation_until", "seniority_correction", "party_status", "transferred_in_on",
    ),
    "工作": ("post", "rank", "position", "technical_post", "new_stratum", "is_migrant_worker"),
    "失联与流动": ("is_lost", "lost_since", "is_floating", "floating_to"),
    "党费（已经核定的，以核定表为准）": ("dues_category", "dues_base", "dues_from"),
    "备注": ("remark",),
}  # fmt: skip
_COLUMNS = {column.key: column for column in (*PERSON_COLUMNS, *CARD_COLUMNS)}
_WIDE = {"address": 26, "household_place": 18, "remark": 40}


def member_columns(branches: Sequence[str], groups: Sequence[str]) -> list[Column]:
    """Every field of a member under its heading; the branch is one of those there are, a group may be new."""
    kinds = {"branch": Choice(tuple(branches)), "group": Choice(tuple(groups), open=True)}
    return [
        replace(
            _COLUMNS[key],
            band=band,
            kind=kinds.get(key, _COLUMNS[key].kind),
            width=_WIDE.get(key, min(_COLUMNS[key].width, 18)),
        )
        for band, keys in _BANDS.items()
        for key in keys
    ]


def ask_for_member(
    title: str,
    values: Mapping[str, Any],
    places: tuple[Sequence[str], Sequence[str]],
    save: Save,
    parent: QWidget,
    who: str = "",
) -> RecordDialog:
    """Opens the form of a member, new or known; `save` is handed the fields that were changed and no others."""

    def save_changes(typed: dict[str, Any]) -> object:
        return save({key: value for key, value in typed.items() if value != values.get(key)})

    dialog = RecordDialog(title, member_columns(*places), values, save_changes, parent, who=who)
    dialog.open()
    return dialog
