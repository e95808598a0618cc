"""What the ledgers of organisation life show: each ledger with its use and what can be done in it."""

from gui.ledgers.chapter_page import Chapter
from gui.life.appraisal_chapters import APPRAISALS
from gui.life.counts import show_counted_here
from gui.life.meeting_chapters import MEETINGS
from gui.life.plan_chapters import PLANS
from gui.life.study_chapters import STUDY, TALKS
from gui.life.vote_chapters import VOTES
from gui.members import branch_forms
from models.ledgers.life.counts import LIFE_STATISTICS, LIFE_STATISTICS_MONTHS
from models.ledgers.members.birthdays import MEMBERS_BIRTHDAYS

CHAPTERS = (
    *PLANS,
    *MEETINGS,
    *VOTES,
    Chapter(
        MEMBERS_BIRTHDAYS.name, "政治生日", "F30　按月或全年，登记活动", MEMBERS_BIRTHDAYS,
        change=("登记活动", branch_forms.ask_for_birthday),
    ),
    Chapter(
        LIFE_STATISTICS.name, "组织生活统计", "次、人次、%，和上年同期比", LIFE_STATISTICS,
        change=("看是哪些记录", show_counted_here),
    ),
    Chapter(
        LIFE_STATISTICS_MONTHS.name, "分月统计", "一至十二月逐月", LIFE_STATISTICS_MONTHS,
        change=("看是哪些记录", show_counted_here),
    ),
    *STUDY,
    *TALKS,
    *APPRAISALS,
)  # fmt: skip
