"""The phrases and templates for minutes as a table."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.kinds import TEXT
from models.ledger import Column, Sheet
from models.ledgers.life.kind_table import CHANGED, IDLE, IN_USE, OWN, STATE, SUPPLIED
from models.records.life import activity_kinds, phrases

PHRASE, TEMPLATE = "常用语", "整篇模板"
EVERY_KIND = "各种活动"
_LONGEST = 60  # letters of a text that stand in the table


@dataclass(frozen=True, slots=True)
class PhraseRow:
    """A phrase or a template; `id` is its key."""

    id: str
    title: str
    use: str
    kinds: str
    text: str
    state: str
    origin: str


def phrase_table(session: Session) -> Sheet:
    """Every template, then every phrase, those too that are offered no more."""
    names = {key: kind.name for key, kind in activity_kinds.by_key(session).items()}
    changed = phrases.changed(session)
    rows = [
        PhraseRow(
            each.key,
            each.title,
            TEMPLATE if each.template else PHRASE,
            "、".join(names[key] for key in each.kinds if key in names) or EVERY_KIND,
            _shortened(each.text),
            IN_USE if each.active else IDLE,
            OWN if each.is_own else CHANGED if each.key in changed else SUPPLIED,
        )
        for each in sorted(phrases.everything(session, idle=True), key=lambda each: not each.template)
    ]
    return Sheet("phrases", "常用语和模板", COLUMNS, rows, {}, ("", "", ""), (), "", "landscape")


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


COLUMNS = (
    Column("title", "名称", TEXT, 14),
    Column("use", "用途", TEXT, 8),
    Column("kinds", "用于", TEXT, 18),
    Column("text", "内容", TEXT, 44),
    Column("state", "状态", STATE, 6),
    Column("origin", "来源", TEXT, 12),
)
