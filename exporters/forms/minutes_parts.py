"""What a record of a meeting consists of, in its order, alike for paper (minutes.py) and for Word (docx_file.py)."""

from collections.abc import Iterator
from dataclasses import dataclass

from exporters.forms import words
from models.ledgers.life.minutes_papers import LECTURE, THEME_DAY, MinutesRecord

TITLE = "会议记录"
SIGNERS = ("主持人签字", "记录人签字")
_MEETING = "会"
_NAMES = {LECTURE: "党课名称", THEME_DAY: "活动名称"}
_THEMES = {LECTURE: "课题", THEME_DAY: "主题"}
_TEXTS = {LECTURE: "授课内容", THEME_DAY: "主要内容\n及特色"}
_HOUR = 60


@dataclass(frozen=True)
class Cell:
    """A labelled value; a text `to_the_left` may run to several lines."""

    label: str
    text: str
    to_the_left: bool = False


@dataclass(frozen=True)
class Section:
    """A labelled text that may run over pages; one `asked_for` keeps its room to write in even when it is empty."""

    label: str
    text: str
    asked_for: bool = False


def title(record: MinutesRecord) -> str:
    return record.title or TITLE


def rows(record: MinutesRecord) -> Iterator[tuple[Cell, ...]]:
    """The grid over the text, row by row: one cell over the whole width, or two side by side."""
    is_meeting = record.kind is None or record.kind.endswith(_MEETING)
    yield (Cell(_NAMES.get(record.form, "会议名称" if is_meeting else "活动名称"), words.said(record.name)),)
    yield Cell("时间", time_said(record)), Cell("地点", words.said(record.place))
    yield Cell("主持人", words.said(record.chair)), Cell("记录人", words.said(record.recorder))
    if record.form == LECTURE:
        yield Cell("授课人", words.said(record.lecturer)), Cell("授课人职务", words.said(record.lecturer_post))
    yield (Cell(_THEMES.get(record.form, "议题" if is_meeting else "主题"), words.said(record.theme)),)
    present = "听课人数" if record.form == LECTURE else "实到人数"
    yield (
        Cell("应到人数", _people(record.entitled, record.voting)),
        Cell(present, _people(record.present, record.voting_present)),
    )
    yield (Cell("缺席人员\n及原因", "　".join(map(str, record.away)), to_the_left=True),)
    yield (Cell("列席人员", words.said(record.guests), to_the_left=True),)
    if record.form == LECTURE:
        yield (Cell("学时", words.said(record.hours)),)
    yield from ((Cell(label, text, to_the_left=True),) for label, text in record.more)


def sections(record: MinutesRecord) -> Iterator[Section]:
    """The texts under the grid, from what was said to what follows from it."""
    yield Section(_TEXTS.get(record.form, "主要内容"), words.said(record.text), asked_for=True)
    if record.votes:
        yield Section("表决情况", "\n".join(record.votes))
    is_meeting = record.kind is None or record.kind.endswith(_MEETING)
    asked_for = record.form == LECTURE or (is_meeting and record.form != THEME_DAY and not record.votes)
    if asked_for or record.resolution:
        label = "讨论要点" if record.form == LECTURE else "决议"
        yield Section(label, words.said(record.resolution), asked_for)


def follow_ups(record: MinutesRecord) -> str:
    """What follows from the meeting in one line, or nothing."""
    return f"后续：{'；'.join(record.follow_ups)}" if record.follow_ups else ""


def entered_later(record: MinutesRecord) -> str:
    """That the record was entered long after the day, or nothing."""
    return f"补录（{words.day(record.entered_on)}录入）" if record.entered_on else ""


def time_said(record: MinutesRecord) -> str:
    """2026年11月23日 15时, as far as it is known; with its end the time stands on a line of its own."""
    if record.held_on is None:
        return words.day(None) if record.name is None else ""
    said = words.day(record.held_on)
    if record.begins is None:
        return said
    if not record.minutes:
        return f"{said} {_clock(record.begins)}"
    hour, minute = map(int, record.begins.split(":"))
    end = (hour * _HOUR + minute + record.minutes) % (24 * _HOUR)
    return f"{said}\n{_clock(record.begins)}—{_clock(f'{end // _HOUR}:{end % _HOUR:02d}')}"


def _clock(time: str) -> str:
    hour, _, minute = time.partition(":")
    return f"{int(hour)}时" + (f"{minute}分" if int(minute) else "")


def _people(number: int | None, voting: int | None) -> str:
    if number is None:
        return ""
    return f"{number}人" + (f"（有表决权 {voting}人）" if voting is not None else "")
