"""Records of the papers of meetings, filled, for the tests of all papers."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from models.ledgers.life.attendance_sheet import AttendanceRecord, Line, Meeting
from models.ledgers.life.minutes_papers import Away, MinutesRecord
from models.ledgers.life.sign_in import SignInRecord
from models.ledgers.life.work_book import Part, WorkBookRecord
from tests.exporters import sheets

UNIT = "中共××局机关第一支部委员会"
DAY = date(2026, 11, 23)
TEXT = """一、张红卫同志说明会议议题，清点人数：应到12人，实到9人；有表决权的应到11人，实到8人，符合规定。
二、林小满同志汇报预备期内的思想、工作、学习情况，宣读转正申请书。
三、介绍人王建国、陈桂芳同志介绍情况，认为该同志预备期内认真履行党员义务，按时交纳党费，建议按期转正。
四、与会党员充分讨论。郑卫东同志：希望今后多参加一线帮扶。
五、采取无记名投票方式表决：赞成8票，反对0票，弃权0票。赞成人数超过应到会有表决权人数的半数，决议通过。"""
VOTE = (
    "同意林小满同志按期转正。主要表现：思想上进，工作踏实。无记名投票，赞成8票，反对0票，弃权0票。"
    "到会 8 人，超过应到 11 人的半数；赞成 8 票，须 6 票以上。表决结果：通过。"
)
MINUTES = MinutesRecord(
    title="支部党员大会记录", unit=UNIT, name="中共××局机关第一支部2026年第四次党员大会", kind="支部党员大会",
    held_on=DAY, begins="15:00", minutes=90, place="三楼会议室", chair="张红卫", recorder="周丽萍",
    theme="讨论林小满同志按期转正", entitled=12, present=9, voting=11, voting_present=8,
    away=(Away("刘洋", "请假", "出差"), Away("钱永年", "请假", "住院"), Away("吴国强", "缺席")),
    guests="机关党委　何志明", text=TEXT, votes=(VOTE,),
    resolution="同意林小满同志按期转为中国共产党正式党员，报机关党委审批。",
    follow_ups=("报批（周丽萍，12月1日前）", "补学（陈桂芳，11月30日前）"),
)  # fmt: skip
LECTURE = MinutesRecord(
    title="党课记录", form="F21", unit=UNIT, name="新时代共产党员的标准", kind="党课", held_on=date(2026, 9, 28),
    begins="09:30", place="二楼会议室", chair="张红卫", recorder="周丽萍", theme="学习贯彻党章", lecturer="刘洋",
    lecturer_post="支部书记", hours="1.5", entitled=16, present=15, text="一、党章怎样规定党员的义务。",
    resolution="周丽萍：要把党章学习落到岗位上。", entered_on=date(2026, 11, 2),
)  # fmt: skip
THEME_DAY = replace(
    MINUTES, title="主题党日活动记录表", form="F22", kind="主题党日", votes=(), resolution=None, voting=None,
    voting_present=None, more=(("篇目、片名或基地", "白石县革命纪念馆"), ("学时", "4")),
)  # fmt: skip
NAMES = ("张红卫", "刘洋", "阿依古丽·买买提", "𬎆𫖯", "䶮㛃")
SIGN_IN = SignInRecord(UNIT, "支部党员大会", None, DAY, "15:00", "三楼会议室", "讨论林小满同志按期转正", NAMES)
MEETINGS = tuple(
    Meeting(number, date(2026, number, 16), ("支部党员大会", "主题党日", "党课")[number % 3]) for number in range(1, 10)
)
LINES = tuple(
    Line(
        number,
        name,
        "第一党支部",
        1,
        {1: "√", 2: "√补" if number == 1 else "×", 3: "△"},
        3,
        1,
        1,
        3 if number else 1,
        1,
    )
    for number, name in enumerate(NAMES)
)
ATTENDANCE = AttendanceRecord("第一党支部", 2026, "张红卫", "周丽萍", DAY, MEETINGS, LINES)
BOOK = WorkBookRecord(
    "第一党支部", 2026, "张红卫", "周丽萍", DAY, 1,
    (
        Part("支部党员大会记录", (MINUTES,)),
        Part("组织生活会记录"),
        Part("党员考勤表", (replace(ATTENDANCE, lines=LINES[2:]),)),
        Part("公示", (replace(sheets.notice(3), note=""),)),
    ),
)  # fmt: skip
RECORDS: Mapping[str, Any] = {
    "life_minutes": MINUTES,
    "life_general_meetings": MINUTES,
    "life_committee_meetings": replace(MINUTES, title="支部委员会会议记录", kind="支部委员会"),
    "life_group_meetings": replace(MINUTES, title="党小组会记录", kind="党小组会", voting=None, voting_present=None),
    "life_lectures": LECTURE,
    "life_theme_days": THEME_DAY,
    "life_life_meetings": replace(MINUTES, title="组织生活会记录", kind="组织生活会"),
    "life_sign_in": SIGN_IN,
    "life_attendance": ATTENDANCE,
    "life_work_book": BOOK,
}
PAGES = {"life_work_book": 9 * 5}
