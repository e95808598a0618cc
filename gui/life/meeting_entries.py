"""The ledgers and papers of meetings in the list of ledgers: what each is for, and its records as a table."""

from models.kinds import CODE, DAY, NUMBER, TEXT
from models.ledger import Column

USES = {
    "life_meetings": "F20　各种会议、活动，可导入旧台账",
    "life_general_meetings": "F20　每次一份记录，可导入",
    "life_committee_meetings": "F20　每次一份记录，可导入",
    "life_group_meetings": "F20　每次一份记录，可导入",
    "life_lectures": "F21　授课人、课题、学时、讨论",
    "life_theme_days": "F22　活动记录，照片附后，可导入",
    "life_life_meetings": "F20　每次一份记录，可导入",
    "life_attendance": "F23　全年出席、请假、缺席、补学",
    "life_minutes": "F20　任何一种会议、活动的记录",
    "life_sign_in": "F23　应到人员名单，到会签名",
    "life_work_book": "全年装订成册，封面、目录、页码",
}
COLUMNS: dict[str, tuple[Column, ...]] = {
    "life_minutes": (
        Column("held_on", "日期", DAY, 11),
        Column("kind", "会议（活动）", TEXT, 12),
        Column("unit", "党组织", TEXT, 16),
        Column("theme", "议题（主题）", TEXT, 30),
        Column("place", "地点", TEXT, 12),
    ),
    "life_sign_in": (
        Column("day", "日期", DAY, 11),
        Column("kind", "会议（活动）", TEXT, 12),
        Column("unit", "党组织", TEXT, 16),
        Column("theme", "议题（主题）", TEXT, 30),
        Column("place", "地点", TEXT, 12),
    ),
    "life_work_book": (
        Column("unit", "党支部", TEXT, 24),
        Column("year", "年度", CODE, 8),
        Column("meetings", "会议和活动（次）", NUMBER, 14),
        Column("secretary", "支部书记", TEXT, 10),
    ),
}
