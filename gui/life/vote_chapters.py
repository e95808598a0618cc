"""Votes, elections, tasks and problem lists among the ledgers of organisation life."""

from gui.ledgers.chapter_page import Chapter, RowDeed
from gui.life import followup_forms as forms
from models.ledgers.life.elections import LIFE_ELECTIONS
from models.ledgers.life.followups import LIFE_FOLLOWUPS
from models.ledgers.life.problems import LIFE_LISTS, LIFE_PROBLEMS
from models.ledgers.life.votes import LIFE_VOTES

VOTES = (
    Chapter(
        LIFE_VOTES.name, "会议表决", "决议、票数、结果", LIFE_VOTES, change=("打开会议记录", forms.show_meeting),
    ),
    Chapter(
        LIFE_ELECTIONS.name, "选举", "候选人、得票、当选", LIFE_ELECTIONS, change=("打开会议记录", forms.show_meeting),
    ),
    Chapter(
        LIFE_FOLLOWUPS.name, "后续事项", "谁办、何时办完，逾期红色", LIFE_FOLLOWUPS,
        ("新增事项", forms.ask_for_followup), ("修改、办结", forms.ask_for_followup), forms.remove_followup,
        more=(RowDeed("今天办结", forms.close_followups, needs_rows=True),),
    ),
    Chapter(
        LIFE_PROBLEMS.name, "整改台账", "F25　问题、措施、时限、销号", LIFE_PROBLEMS,
        ("列入问题", forms.ask_for_problem), ("修改", forms.ask_for_problem), forms.remove_problem,
        more=(RowDeed("销号…", forms.close_problem, needs_rows=True),),
    ),
    Chapter(
        LIFE_LISTS.name, "三张清单", "问题、任务、责任清单，可自己起名", LIFE_LISTS,
        ("列入清单", forms.ask_for_listed), ("修改", forms.ask_for_listed), forms.remove_problem,
        more=(RowDeed("销号…", forms.close_problem, needs_rows=True),),
    ),
)  # fmt: skip
