"""What the ledgers of study and talks show, and what can be done in them."""

from gui.ledgers.chapter_page import Chapter, RowDeed
from gui.life import study_forms, talk_forms
from models.ledgers.life.dual import LIFE_DUAL
from models.ledgers.life.lecturers import LIFE_LECTURERS
from models.ledgers.life.make_up import LIFE_MAKE_UP
from models.ledgers.life.scores import LIFE_SCORES, LIFE_TESTS
from models.ledgers.life.study import LIFE_STUDY_ENTRIES, LIFE_STUDY_HOURS
from models.ledgers.life.study_years import LIFE_STUDY_SUMMARY
from models.ledgers.life.talk_coverage import LIFE_TALK_COVERAGE
from models.ledgers.life.talks import LIFE_TALKS

STUDY = (
    Chapter(
        LIFE_STUDY_SUMMARY.name, "学时汇总", "全年学时，谁还没有达标", LIFE_STUDY_SUMMARY,
        ("登记学习", study_forms.ask_for_entry), more=(RowDeed("学时标准…", study_forms.ask_for_rule),),
    ),
    Chapter(
        LIFE_STUDY_HOURS.name, "学时台账", "F29　一次一行，逐次累计", LIFE_STUDY_HOURS,
        ("登记学习", study_forms.ask_for_entry), ("打开", study_forms.open_line), study_forms.remove_line,
    ),
    Chapter(
        LIFE_STUDY_ENTRIES.name, "自学和培训", "自学、线上、集中培训", LIFE_STUDY_ENTRIES,
        ("登记学习", study_forms.ask_for_entry), ("修改", study_forms.ask_for_entry), study_forms.remove_entry,
    ),
    Chapter(
        LIFE_MAKE_UP.name, "补学", "谁缺了哪次学习", LIFE_MAKE_UP,
        change=("登记补学", study_forms.ask_for_made_up_of),
        more=(RowDeed("取消补学", study_forms.take_back_made_up, needs_rows=True),),
    ),
    Chapter(
        LIFE_SCORES.name, "理论测试成绩", "每人得分，可导入", LIFE_SCORES,
        ("登记成绩", study_forms.ask_for_score), ("修改", study_forms.ask_for_score), study_forms.remove_score,
    ),
    Chapter(LIFE_TESTS.name, "理论测试汇总", "参加率、平均分、合格率", LIFE_TESTS),
    Chapter(LIFE_LECTURERS.name, "党课授课统计", "谁讲了几次，谁还没有讲", LIFE_LECTURERS),
    Chapter(LIFE_DUAL.name, "双重组织生活", "领导干部参加次数、参与率", LIFE_DUAL),
)  # fmt: skip
TALKS = (
    Chapter(
        LIFE_TALKS.name, "谈心谈话", "F26　谈话、家访、提醒", LIFE_TALKS,
        ("登记谈话", talk_forms.ask_for_talk), ("打开、修改", talk_forms.ask_for_talk), talk_forms.remove_talk,
        more=(
            RowDeed("记录表", talk_forms.print_talks, needs_rows=True),
            RowDeed("不公开内容…", talk_forms.offer_hidden, needs_rows=True),
        ),
    ),
    Chapter(LIFE_TALK_COVERAGE.name, "谈话覆盖情况", "今年还没有和谁谈过", LIFE_TALK_COVERAGE),
)  # fmt: skip
