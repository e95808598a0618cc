"""The agenda of a meeting on the screen: its items with tags, and who spoke to them."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.kinds import PERSON, TEXT
from models.ledger import Column
from models.records.life import agenda


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """An item and those who spoke to it."""

    id: int
    title: str
    tags: str | None
    speakers: str


@dataclass(frozen=True, slots=True)
class ContributionRow:
    """What somebody said to an item."""

    id: int
    speaker: str
    text: str


AGENDA_COLUMNS = (
    Column("title", "议题", TEXT, 30),
    Column("tags", "标签", TEXT, 14),
    Column("speakers", "发言", TEXT, 18),
)
CONTRIBUTION_COLUMNS = (Column("speaker", "发言人", PERSON, 10), Column("text", "发言要点", TEXT, 50))


def agenda_rows(session: Session, activity_id: int) -> list[AgendaRow]:
    """The agenda of an activity, in order."""
    speakers: dict[int, list[str]] = {}
    for each in agenda.contributions(session, activity_id):
        speakers.setdefault(each.agenda_item_id, []).append(each.speaker)
    return [
        AgendaRow(item.id, item.title, item.tags, "、".join(dict.fromkeys(speakers.get(item.id, ()))))
        for item in agenda.items(session, activity_id)
    ]


def contribution_rows(session: Session, activity_id: int, item_id: int) -> list[ContributionRow]:
    """What was said to one item, in order of entry."""
    said = agenda.contributions(session, activity_id)
    return [ContributionRow(each.id, each.speaker, each.text) for each in said if each.agenda_item_id == item_id]
