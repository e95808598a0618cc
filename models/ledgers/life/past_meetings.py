"""Bringing in lists of meetings: an old 会议台账 becomes filed records, and an exported one changes what was edited."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import FieldError
from models.kinds import Day, Raw, tidy
from models.ledger import Outcome, Values, View
from models.records.life import activities, activity_kinds, attendance
from models.records.life.activities import HELD, TEXT_FIELDS, Activity
from models.records.life.activity_kinds import Kind
from models.records.life.owing import Node, Owing
from models.records.members.organisation import GROUP
from models.records.outcomes import Taken, take_each
from models.rules.meetings import clock_time
from models.rules.periods import PartialDate

KEPT_LEAVE = "请假人数"
FIELDS = (
    "title", "begins", "minutes", "place", "chair", "recorder", "lecturer", "lecturer_post", "hours", "guests",
    "theme", *TEXT_FIELDS,
)  # fmt: skip
_NUMBERS = ("entitled", "present", "leave")
_OTHER_NAMES = {
    "党员大会": "支部党员大会", "支部大会": "支部党员大会", "支委会": "支部委员会", "支部委员会会议": "支部委员会",
    "支委会会议": "支部委员会", "小组会": "党小组会", "党小组会议": "党小组会", "主题党日活动": "主题党日",
    "上党课": "党课", "专题党课": "党课", "专题组织生活会": "组织生活会", "民主评议": "民主评议党员",
}  # fmt: skip
_TIMED = re.compile(r"(.*?[日\d])\s*((?:上午|下午|晚上|中午)?\s*\d{1,2}\s*[:：时点].*?)(?:\s*[-—–~～至到].*)?")
RowsOf = Callable[[Session, Sequence[Activity], bool], Sequence[Any]]
Save = Callable[[Session, Sequence[Values], View], list[Outcome]]


class HeldOn(Day):
    """The day on which something was held; old lists write the hour behind it, and then it is a datetime."""

    def read(self, raw: Raw) -> date | PartialDate | None:
        if isinstance(raw, datetime):
            day = super().read(raw)
            return datetime.combine(day, raw.time()) if raw.time() != time() and isinstance(day, date) else day
        found = _TIMED.fullmatch(tidy(raw)) if isinstance(raw, str) else None
        if found is None:
            return super().read(raw)
        day = super().read(found[1])
        hour = time.fromisoformat(clock_time(found[2].replace("中午", "")))
        return datetime.combine(day, hour) if isinstance(day, date) else day

    def show(self, value: Any) -> str:
        return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else super().show(value)


HELD_ON = HeldOn()


def saver(rows_of: RowsOf, keys: tuple[str, ...] = ()) -> Save:
    """What saves rows of a ledger of these kinds, or of all; `rows_of` says what is known of an activity."""

    def save(session: Session, rows: Sequence[Values], view: View) -> list[Outcome]:
        books = _Books(session, view, rows_of, keys)
        return take_each(session, rows, books.take)

    return save


class _Books:
    """The meetings of a file while rows are taken into them."""

    def __init__(self, session: Session, view: View, rows_of: RowsOf, keys: tuple[str, ...]) -> None:
        self.session = session
        self.view = view
        self.rows_of = rows_of
        self.kinds = {kind.name: kind for kind in activity_kinds.kinds(session, idle=True)}
        self.keys = keys
        self.owing = Owing(session)
        self.taken = Taken()

    def take(self, values: Values) -> Outcome:
        """Changes the record of the row's number, or the like one of its day, else enters it as one of long ago."""
        values = _parted(values)
        kind = self._kind(values)
        node = self._node(values, kind)
        if values.get("held_on") is None:
            raise FieldError("held_on", "请填写实际会议时间。")
        stated = {key: values[key] for key in (*FIELDS, "held_on") if values.get(key) is not None}
        if "begins" in stated:
            stated["begins"] = _clock(stated["begins"])
        numbers = {key: values[key] for key in _NUMBERS if values.get(key) is not None}
        known = self._meant(kind, node, values, stated)
        if known is None:
            _verify(numbers)
            day = stated.pop("held_on")
            added = activities.enter(
                self.session, node.id, kind.key, day, self.view.today, stated | _as_written(numbers)
            )
            self.taken.note(added.id)
            return Outcome("added", added.id)
        changed = self._changed(known, stated, numbers)
        if changed:
            self.taken.require_new(known.id, kind.name)
            activities.change(self.session, known.id, changed, self.view.today)
        self.taken.note(known.id)
        return Outcome("updated" if changed else "unchanged", known.id)

    def _changed(self, known: Activity, stated: Mapping[str, Any], numbers: Mapping[str, int]) -> dict[str, Any]:
        """What a row says otherwise than the record; FieldError for numbers that the roll says."""
        now = self.rows_of(self.session, [known], True)[0]
        changed = {key: value for key, value in stated.items() if _plain(getattr(now, key)) != _plain(value)}
        otherwise = {key: value for key, value in numbers.items() if getattr(now, key) != value}
        if otherwise and attendance.counts(self.session, [known.id]):
            raise FieldError(next(iter(otherwise)), "人数由这次会议的点名得出，请在记录里修改点名。")
        if otherwise:
            said = {key: numbers.get(key, getattr(now, key)) for key in _NUMBERS}
            stood = {key: value for key, value in said.items() if value is not None}
            _verify(stood)
            changed |= _as_written(stood, known.free)
        return changed

    def _kind(self, values: Values) -> Kind:
        name = re.sub(r"\s", "", values.get("kind") or "")
        if not name and len(self.keys) > 0:
            return activity_kinds.kind_of(self.session, self.keys[0])
        found = self.kinds.get(name) or self.kinds.get(_OTHER_NAMES.get(name, ""))
        if found is None:
            offered = [kind.name for kind in self.kinds.values() if kind.active and kind.kept_in == "activities"]
            raise FieldError("kind", f"没有“{name[:20]}”这种会议或活动；可用的有：{'、'.join(offered)}。")
        if found.kept_in != "activities" or (self.keys and found.key not in self.keys):
            raise FieldError("kind", f"“{found.name}”另有自己的台账，请导入到那里。")
        return found

    def _node(self, values: Values, kind: Kind) -> Node:
        """The organisation that met: the one named, else the branch looked at; of a group's meeting its only group."""
        title = values.get("organisation")
        by_view = next((each for each in self.owing.branches if each.id == self.view.branch_id), None)
        only = self.owing.branches[0] if len(self.owing.branches) == 1 else None
        node = self.owing.titled(title) if title else by_view or only or self.owing.titled(None)
        if kind.entitled != "group" or node.kind == GROUP:
            return node
        groups = [each for each in self.owing.groups if each.branch_id == node.id]
        if len(groups) == 1:
            return groups[0]
        raise FieldError("organisation", f"“{kind.name}”由党小组召开，请写明是哪个党小组。")

    def _meant(self, kind: Kind, node: Node, values: Values, stated: Mapping[str, Any]) -> Activity | None:
        own = self.session.scalars(
            select(Activity).where(
                Activity.organisation_id == node.id, Activity.kind == kind.key, Activity.state.in_(HELD)
            )
        ).all()
        number = str(values.get("id") or "")
        for each in own:
            if str(each.id) == number:
                return each
        like = [
            each
            for each in own
            if each.held_on == stated["held_on"]
            and all(stated.get(key) is None or getattr(each, key) in (None, stated[key]) for key in ("begins", "title"))
        ]
        return next(iter(like), None)


def _parted(values: Values) -> Values:
    """The row with the hour of its day as the time it began, unless it says that elsewhere."""
    held_on = values.get("held_on")
    if not isinstance(held_on, datetime):
        return values
    return {**values, "held_on": held_on.date(), "begins": values.get("begins") or f"{held_on:%H:%M}"}


def _clock(text: str) -> str:
    try:
        return clock_time(text)
    except ValueError as error:
        raise FieldError("begins", str(error)) from None


def _plain(value: Any) -> Any:
    return tidy(value) if isinstance(value, str) else value


def _verify(numbers: Mapping[str, int]) -> None:
    """FieldError where the numbers of people cannot be."""
    for key, number in numbers.items():
        if number < 0:
            raise FieldError(key, "人数不能是负数。")
    entitled, present, leave = (numbers.get(key) for key in _NUMBERS)
    if entitled is None or present is None:
        return
    if present > entitled:
        raise FieldError("present", f"实到 {present} 人，比应到 {entitled} 人还多。")
    if leave is not None and present + leave > entitled:
        raise FieldError("leave", f"实到 {present} 人加请假 {leave} 人，比应到 {entitled} 人还多。")


def _as_written(numbers: Mapping[str, int], free: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The fields in which an activity without a roll keeps the numbers of a list."""
    fields = {"eligible": "entitled", "people": "present"}
    kept: dict[str, Any] = {field: numbers[key] for field, key in fields.items() if key in numbers}
    if "leave" in numbers:
        extras = {**(free or {}), KEPT_LEAVE: str(numbers["leave"])}
        kept["extras"] = json.dumps(extras, ensure_ascii=False)
    return kept
