"""The papers of votes, elections and the 组织生活会 in the list of ledgers and papers: what each is for."""

from models.kinds import DAY, NUMBER, TEXT
from models.ledger import Column

LEDGER_USES = {
    "life_votes": "每次表决的票数和结果，可导入",
    "life_elections": "候选人、得票、当选",
    "life_followups": "会后要办的事，谁办、何时办完，可导入",
    "life_problems": "F25　问题、措施、时限、销号，可导入",
    "life_lists": "问题、任务、责任清单，可以自己起名，可导入",
}
USES = {
    "life_ballot": "F33　选举用，一页两张，按到会人数",
    "life_count_sheet": "F33　选举计票结果，监票人签字",
    "life_nominations": "F33　候选人基本情况，按姓氏笔画",
    "life_vote_sheet": "F33　接收预备党员、转正的票决结果",
    "life_opinion_sheet": "F25　组织生活会前发给党员群众",
    "life_review_list": "F25　组织生活会对照检查材料",
}
_ELECTION = (
    Column("unit", "党支部", TEXT, 18),
    Column("body", "选举", TEXT, 24),
    Column("held_on", "日期", DAY, 11),
)
_MEETING = (Column("unit", "党支部", TEXT, 20), Column("year", "年度", NUMBER, 8))
COLUMNS: dict[str, tuple[Column, ...]] = {
    "life_ballot": (*_ELECTION, Column("copies", "张数", NUMBER, 7)),
    "life_count_sheet": (*_ELECTION, Column("seats", "应选", NUMBER, 7)),
    "life_nominations": (
        Column("unit", "党支部", TEXT, 18),
        Column("body", "选举", TEXT, 24),
        Column("made_on", "日期", DAY, 11),
    ),
    "life_vote_sheet": (Column("unit", "党支部", TEXT, 20), Column("held_on", "日期", DAY, 11)),
    "life_opinion_sheet": _MEETING,
    "life_review_list": _MEETING,
}
