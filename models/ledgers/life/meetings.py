"""The ledgers of meetings: 会议台账 of every kind, and one for each main kind, on paper the record of each."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.kinds import CODE, DAY, NUMBER, RATE, TEXT, Choice
from models.ledger import Column, Ledger, View
from models.ledgers.dues.past_registers import YEAR
from models.ledgers.life.hours import HOURS
from models.ledgers.life.past_meetings import HELD_ON, KEPT_LEAVE, saver
from models.records.life import activities, activity_kinds, attendance
from models.records.life.activities import FILED, HELD, RECORDING, Activity, Minutes
from models.records.life.owing import Owing
from models.rules.meetings import Count

ENTERED_LATER = "已定稿（补录）"
STATE = Choice((RECORDING, FILED, ENTERED_LATER), tones={RECORDING: "warn", FILED: "good", ENTERED_LATER: "quiet"})
_QUARTERS = "一二三四"


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """An activity that was held; the numbers are those of the roll, or as they were entered where there is none."""

    id: int
    kind: str
    key: str
    organisation: str
    title: str | None
    planned_on: date | None
    held_on: date
    begins: str | None
    minutes: int | None
    place: str | None
    chair: str | None
    recorder: str | None
    lecturer: str | None
    lecturer_post: str | None
    hours: Decimal | None
    entitled: int | None
    present: int | None
    leave: int | None
    absent: int | None
    rate: Decimal | None
    guests: str | None
    theme: str | None
    text: str | None
    resolution: str | None
    state: str

    @property
    def year(self) -> int:
        return self.held_on.year

    @property
    def quarter(self) -> str:
        return f"第{_QUARTERS[(self.held_on.month - 1) // 3]}季度"


def meeting_rows(session: Session, view: View, kinds: Collection[str] = (), detailed: bool = False) -> list[MeetingRow]:
    """What was held in the view's period, in order of the day; with `detailed` the whole text as well."""
    chosen = select(*_READ).where(
        Activity.held_on.between(view.period.first.first_day, view.period.last.last_day), Activity.state.in_(HELD)
    )
    if kinds:
        chosen = chosen.where(Activity.kind.in_(kinds))
    if view.branch_id is not None:
        chosen = chosen.where(Activity.branch_id == view.branch_id)
    found = session.execute(chosen.order_by(Activity.held_on, Activity.begins, Activity.id)).all()
    return rows_of(session, found, detailed)


def rows_of(session: Session, found: Sequence[Any], detailed: bool = False) -> list[MeetingRow]:
    """The rows of these activities, or of rows of theirs with the columns that are read."""
    owing, names = Owing(session), activity_kinds.by_key(session)
    ids = [each.id for each in found]
    titles = {number: owing.title(number) for number in {each.organisation_id for each in found}}
    counts = attendance.counts(session, ids)
    texts = _texts(session, ids, detailed)
    rows = []
    for each in found:
        assert each.held_on is not None
        text, resolution = texts.get(each.id, (None, None))
        known = {key: getattr(each, key) for key in _AS_KEPT}
        rows.append(
            MeetingRow(
                **known,
                kind=names[each.kind].name,
                key=each.kind,
                organisation=titles[each.organisation_id],
                **_numbers(each, counts.get(each.id)),
                text=text,
                resolution=resolution,
                state=ENTERED_LATER if each.state == FILED and activities.is_back_entered(each) else each.state,
            )
        )
    return rows


_AS_KEPT = (
    "id", "title", "planned_on", "held_on", "begins", "minutes", "place", "chair", "recorder", "lecturer",
    "lecturer_post", "hours", "guests", "theme",
)  # fmt: skip


_READ = tuple(
    getattr(Activity, key)
    for key in (*_AS_KEPT, "kind", "state", "organisation_id", "eligible", "people", "extras", "entered_on")
)
"""What is read of many activities: whole records take twice the time."""


def _numbers(activity: Any, count: Count | None) -> dict[str, Any]:
    """How many should and did come, and the share of them."""
    entitled, present = activity.eligible, activity.people
    leave: int | None = None
    absent: int | None = None
    if count is not None:
        entitled, present, leave, absent = count.entitled, count.present, count.leave, count.absent
    elif activity.extras and (kept := json.loads(activity.extras).get(KEPT_LEAVE, "")).isdecimal():
        leave = int(kept)
        absent = entitled - present - leave if entitled is not None and present is not None else None
    rate = Decimal(present * 1000 // entitled) / 1000 if entitled and present is not None else None
    return {"entitled": entitled, "present": present, "leave": leave, "absent": absent, "rate": rate}


def _texts(session: Session, ids: Sequence[int], detailed: bool) -> dict[int, tuple[str | None, str | None]]:
    """What was written, by activity; without `detailed` the resolutions alone, so that no long text is read."""
    columns = (Minutes.text, Minutes.resolution) if detailed else (Minutes.resolution,)
    found: dict[int, tuple[str | None, str | None]] = {}
    for start in range(0, len(ids), _AT_ONCE):
        part = ids[start : start + _AT_ONCE]
        for number, *texts in session.execute(
            select(Minutes.activity_id, *columns).where(Minutes.activity_id.in_(part))
        ):
            found[number] = (texts[0] if detailed else None, texts[-1])
    return found


_AT_ONCE = 500
_KIND = Column("kind", "会议类型", TEXT, 12, required=True, synonyms=("类型", "活动类型", "会议（活动）类型", "种类"))
_ORGANISATION = Column(
    "organisation", "党组织", TEXT, 14, synonyms=("党支部", "所在党支部", "支部", "召开组织", "支部名称")
)
_DAY = Column(
    "held_on", "实际会议时间", HELD_ON, 11, required=True,
    synonyms=("会议时间", "会议日期", "召开时间", "召开日期", "实际时间", "活动时间", "时间", "日期", "授课时间"),
)  # fmt: skip
_BEGINS = Column("begins", "开始时刻", TEXT, 7, synonyms=("开始时间",))
_NUMBERS = (
    Column("entitled", "应到人数", NUMBER, 6, synonyms=("应到",)),
    Column("present", "实到人数", NUMBER, 6, synonyms=("实到", "听课人数", "参加人数")),
    Column("leave", "请假人数", NUMBER, 6, synonyms=("请假",)),
    Column("absent", "缺席人数", NUMBER, 6, entered=False),
)
_RATE = Column("rate", "出勤率", RATE, 7, entered=False)
_GUESTS = Column("guests", "列席人员", TEXT, 12, synonyms=("列席", "其他人员"))
_TEXT = Column("text", "会议内容", TEXT, 40, synonyms=("主要内容", "内容", "活动内容", "授课内容", "主要内容及特色"))
_RESOLUTION = Column("resolution", "会议决议", TEXT, 20, synonyms=("决议", "议定事项"))
_STATE = Column("state", "审核状态", STATE, 10, entered=False)
_NUMBER = Column("id", "编号", CODE, 6, entered=False)


def _people(*titles: str) -> tuple[Column, ...]:
    keys = ("place", "chair", "recorder")
    known = ("会议地点", "主持人", "记录人")
    return tuple(
        Column(key, title, TEXT, 9, synonyms=(usual,) if usual != title else ("地点",) if key == "place" else ())
        for key, title, usual in zip(keys, titles or known, known, strict=True)
    )


def _without_texts(_session: Session, ledger: Ledger, view: View | None) -> Ledger:
    """The ledger as it is looked at, without the long texts, which an import may bring all the same."""
    if view is None:
        return ledger
    return replace(ledger, columns=tuple(each for each in ledger.columns if each is not _TEXT))


LIFE_MEETINGS = Ledger(
    name="life_meetings",
    title="会议台账",
    columns=(
        _KIND, _ORGANISATION,
        Column("title", "会议名称", TEXT, 16, synonyms=("活动名称", "名称", "会议（活动）名称")),
        Column("theme", "会议议题", TEXT, 26, synonyms=("议题", "主题", "会议主题", "课题", "活动主题")),
        Column("planned_on", "计划会议时间", DAY, 11, entered=False),
        _DAY, _BEGINS, *_people(), *_NUMBERS, _GUESTS, _TEXT, _RESOLUTION,
        Column("year", "年度", YEAR, 6, entered=False),
        Column("quarter", "季度", TEXT, 8, entered=False),
        Column("minutes", "时长（分钟）", NUMBER, 7, synonyms=("时长",)),
        _RATE, _STATE, _NUMBER,
    ),
    rows=meeting_rows,
    save=saver(rows_of),
    fitted=_without_texts,
    span="any",
    lines=("填报单位（盖章）：{unit}", "", "截至{date}"),
    signatures=("支部书记：", "组织委员：", "填表人：{maker}", "填表日期：{date}"),
    empty="这段时间没有会议和活动的记录。可以在“记录”里开始一次，也可以从 Excel 导入以前的台账。",
)  # fmt: skip


def _ledger(name: str, title: str, kinds: tuple[str, ...], columns: tuple[Column, ...], empty: str) -> Ledger:
    """The ledger of one kind of meeting, with the whole text; on paper it is the record of each."""

    def rows(session: Session, view: View) -> list[MeetingRow]:
        return meeting_rows(session, view, kinds, detailed=True)

    return replace(
        LIFE_MEETINGS, name=name, title=title, columns=columns, rows=rows, save=saver(rows_of, kinds), fitted=None,
        span="year", empty=empty,
    )  # fmt: skip


def _columns(theme: str, resolution: str, *more: Column) -> tuple[Column, ...]:
    return (
        _ORGANISATION, _DAY, _BEGINS,
        Column("title", "名称", TEXT, 16, synonyms=("会议名称", "活动名称", "会议（活动）名称")),
        Column("theme", theme, TEXT, 26, synonyms=("会议议题", "主题", "议题", "课题", "活动主题")),
        *more, *_people(), *_NUMBERS, _RATE, _GUESTS, _TEXT,
        replace(_RESOLUTION, title=resolution, synonyms=("决议", "会议决议", "议定事项")), _STATE, _NUMBER,
    )  # fmt: skip


_LECTURE = (
    Column("lecturer", "授课人", TEXT, 9, synonyms=("主讲人", "讲课人")),
    Column("lecturer_post", "授课人职务", TEXT, 10, synonyms=("职务",)),
    Column("hours", "学时", HOURS, 5),
)
LIFE_GENERAL_MEETINGS = _ledger(
    "life_general_meetings", "支部党员大会记录", ("general_meeting",), _columns("议题", "决议"),
    "这一年还没有支部党员大会的记录。",
)  # fmt: skip
LIFE_COMMITTEE_MEETINGS = _ledger(
    "life_committee_meetings", "支部委员会会议记录", ("committee_meeting",), _columns("议题", "决议"),
    "这一年还没有支部委员会的记录。",
)  # fmt: skip
LIFE_GROUP_MEETINGS = _ledger(
    "life_group_meetings", "党小组会记录", ("group_meeting",), _columns("议题", "决议"), "这一年还没有党小组会的记录。"
)
LIFE_LECTURES = _ledger(
    "life_lectures", "党课记录", ("party_lecture", "micro_lecture"),
    (_KIND, *_columns("课题", "讨论要点", *_LECTURE)), "这一年还没有党课的记录。",
)  # fmt: skip
LIFE_THEME_DAYS = _ledger(
    "life_theme_days", "主题党日记录", ("theme_day",), _columns("主题", "决议"), "这一年还没有主题党日的记录。"
)
LIFE_LIFE_MEETINGS = _ledger(
    "life_life_meetings", "组织生活会记录", ("life_meeting",), _columns("议题", "决议"),
    "这一年还没有组织生活会的记录。",
)  # fmt: skip
MEETINGS = (
    LIFE_MEETINGS, LIFE_GENERAL_MEETINGS, LIFE_COMMITTEE_MEETINGS, LIFE_GROUP_MEETINGS, LIFE_LECTURES,
    LIFE_THEME_DAYS, LIFE_LIFE_MEETINGS,
)  # fmt: skip
KINDS_OF: Mapping[str, tuple[str, ...]] = {
    "life_general_meetings": ("general_meeting",),
    "life_committee_meetings": ("committee_meeting",),
    "life_group_meetings": ("group_meeting",),
    "life_lectures": ("party_lecture", "micro_lecture"),
    "life_theme_days": ("theme_day",),
    "life_life_meetings": ("life_meeting",),
}
"""The kinds of activity whose records each ledger prints."""
