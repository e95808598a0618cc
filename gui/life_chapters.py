"""What the ledgers of organisation life show: each ledger with its use and what can be done in it."""

from gui import branch_forms
from gui.appraisal_chapters import APPRAISALS
from gui.chapter_page import Chapter
from gui.life_counts import show_counted_here
from gui.meeting_chapters import MEETINGS
from gui.plan_chapters import PLANS
from gui.study_chapters import STUDY, TALKS
from gui.vote_chapters import VOTES
from models.ledgers.birthdays import MEMBERS_BIRTHDAYS
from models.ledgers.life_counts import LIFE_STATISTICS, LIFE_STATISTICS_MONTHS

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
