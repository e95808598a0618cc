"""What the branch page shows: each ledger with its use and what can be done in it."""

from gui.ledgers.chapter_page import Chapter
from gui.members import branch_forms as forms
from gui.members.organisation_card import CARD, ORGANISATION_CARD
from models.ledgers.members.birthdays import MEMBERS_BIRTHDAYS
from models.ledgers.members.committee import MEMBERS_COMMITTEE, MEMBERS_TERMS
from models.ledgers.members.course import MEMBERS_COURSE
from models.ledgers.members.movements import MEMBERS_CHANGES
from models.ledgers.members.service import MEMBERS_RETIREMENTS, MEMBERS_SECONDMENTS
from models.ledgers.members.statistics import MEMBERS_STATISTICS

CHAPTERS = (
    Chapter(
        MEMBERS_COMMITTEE.name, "支部班子", "F13　委员、分工、任职时间", MEMBERS_COMMITTEE,
        ("新增委员", forms.ask_for_seat), ("修改、离任", forms.ask_for_seat), forms.remove_seat,
    ),
    Chapter(
        MEMBERS_TERMS.name, "换届", "F13　任命、应换届、实际换届", MEMBERS_TERMS,
        ("新一届", forms.ask_for_term), ("修改任期", forms.ask_for_term), forms.remove_term,
    ),
    Chapter(
        MEMBERS_BIRTHDAYS.name, "政治生日", "F30　按月或全年，登记活动", MEMBERS_BIRTHDAYS,
        change=("登记活动", forms.ask_for_birthday),
    ),
    Chapter(
        MEMBERS_SECONDMENTS.name, "抽调专班", "从哪天到哪天，多少天", MEMBERS_SECONDMENTS,
        ("登记抽调", forms.ask_for_secondment), ("修改、结束", forms.ask_for_secondment), forms.remove_secondment,
    ),
    Chapter(
        MEMBERS_RETIREMENTS.name, "荣退", "荣退日期和活动", MEMBERS_RETIREMENTS,
        ("登记荣退", forms.ask_for_retirement), ("修改", forms.ask_for_retirement), forms.remove_retirement,
    ),
    Chapter(MEMBERS_CHANGES.name, "党员增减", "F19　期初、增减、期末和名单", MEMBERS_CHANGES),
    Chapter(MEMBERS_STATISTICS.name, "党员结构", "性别、年龄、学历、党龄", MEMBERS_STATISTICS),
    Chapter(
        MEMBERS_COURSE.name, "任职和变动", "职务、姓名从何时到何时", MEMBERS_COURSE,
        ("补记过去", forms.ask_for_past), ("更正日期", forms.ask_for_day), forms.remove_past,
    ),
    Chapter(CARD, "党组织信息", "F12　采集表，可打印", ORGANISATION_CARD),
)  # fmt: skip
