"""What the ledgers of organisation life show: each ledger with its use and what can be done in it."""

from gui import branch_forms
from gui.chapter_page import Chapter
from models.ledgers.birthdays import MEMBERS_BIRTHDAYS

CHAPTERS = (
    Chapter(
        MEMBERS_BIRTHDAYS.name, "政治生日", "F30　按月或全年，登记活动", MEMBERS_BIRTHDAYS,
        change=("登记活动", branch_forms.ask_for_birthday),
    ),
)  # fmt: skip
