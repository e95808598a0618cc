"""What the ledgers of appraisals, polls, points and honours show, and what can be done in them."""

from gui.ledgers.chapter_page import Chapter, RowDeed
from gui.life import appraisal_forms, honour_forms, points_forms, poll_forms
from models.ledgers.life.appraisals import LIFE_APPRAISALS
from models.ledgers.life.duty_reviews import LIFE_BRANCH_GRADES, LIFE_DUTY_REVIEWS
from models.ledgers.life.honours import LIFE_HONOURS, LIFE_SANCTIONS
from models.ledgers.life.points import LIFE_POINT_EVENTS, LIFE_POINTS
from models.ledgers.life.polls import LIFE_POLLS

APPRAISALS = (
    Chapter(
        LIFE_APPRAISALS.name, "民主评议", "F31、F32　测评票、等次", LIFE_APPRAISALS,
        ("开始评议", appraisal_forms.ask_to_begin), ("录票、定等次", appraisal_forms.tally_row),
        appraisal_forms.leave_out,
        more=(
            RowDeed("测评票…", appraisal_forms.ask_for_ballots),
            RowDeed("登记表", appraisal_forms.print_sheets, needs_rows=True),
        ),
    ),
    Chapter(
        LIFE_POLLS.name, "民主测评", "应参评、实参评、参评率", LIFE_POLLS,
        ("登记测评", poll_forms.ask_for_poll), ("修改", poll_forms.ask_for_poll), poll_forms.remove_poll,
    ),
    Chapter(
        LIFE_DUTY_REVIEWS.name, "述职评议", "F34　好、较好、一般、差", LIFE_DUTY_REVIEWS,
        ("登记述职", poll_forms.ask_for_review), ("修改", poll_forms.ask_for_review), poll_forms.remove_review,
        more=(RowDeed("测评表", poll_forms.print_duty_ballot),),
    ),
    Chapter(
        LIFE_BRANCH_GRADES.name, "党支部考核", "F34　每年的考核结果", LIFE_BRANCH_GRADES,
        ("登记考核结果", poll_forms.ask_for_grade), ("修改", poll_forms.ask_for_grade), poll_forms.remove_grade,
    ),
    Chapter(
        LIFE_POINTS.name, "党员积分", "F35　先锋指数，分项和名次", LIFE_POINTS,
        change=("评分", points_forms.ask_for_scores),
        more=(
            RowDeed("积分项目…", points_forms.ask_for_scheme),
            RowDeed("考评表", points_forms.print_sheets, needs_rows=True),
        ),
    ),
    Chapter(
        LIFE_POINT_EVENTS.name, "积分加减", "F35　日期、分值、原因", LIFE_POINT_EVENTS,
        ("登记加减分", points_forms.ask_for_event), ("修改", points_forms.ask_for_event), points_forms.remove_event,
    ),
    Chapter(
        LIFE_HONOURS.name, "表彰奖励", "F36　党员和党支部", LIFE_HONOURS,
        ("登记表彰", honour_forms.ask_for_honour), ("修改", honour_forms.ask_for_honour), honour_forms.remove_honour,
    ),
    Chapter(
        LIFE_SANCTIONS.name, "处分", "F36　只供内部使用", LIFE_SANCTIONS,
        ("登记处分", honour_forms.ask_for_sanction), ("修改", honour_forms.ask_for_sanction),
        honour_forms.remove_sanction,
    ),
)  # fmt: skip
