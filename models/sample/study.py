"""What the sample's members studied beside meetings, their tests, what was made up, and who talked with whom."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.records.life import attendance, make_up, scores, study, talks
from models.records.life.activities import HELD, Activity
from models.records.life.attendance import Attendance
from models.records.life.talks import HEART
from models.records.members.committee import Seat, Term
from models.records.members.members import IN_THE_BRANCH, Member
from models.records.members.organisation import Organisation, branches, root
from models.records.members.timeline import Timeline
from models.rules.meetings import ABSENT, LEAVE, ON_DUTY, PRESENT
from models.rules.periods import Month

# Months before the last one, day, content, form, hours, called together, by whom, names.
_TRAININGS = (
    (7, 14, "基层党组织书记示范培训班", "集中培训", "24", "市直机关工委", ("张红卫", "戚琰")),
    (6, 21, "支部组织委员业务培训班", "集中培训", "16", "市直机关工委", ("周丽萍", "沈衡")),
    (4, 9, "宣传和意识形态工作培训班", "集中培训", "16", "市委党校", ("龚文博", "韩翊", "邹琮")),
    (9, 11, "新录用公务员初任培训（党性教育单元）", "集中培训", "12", "市委党校", ("冯昱", "许溪筠")),
    (5, 18, "年轻党员集中轮训", "集中培训", "16", "示例局机关党总支", ("刘洋", "赵䶮", "孙志强", "何笙", "曹朔")),
    (3, 6, "党员教育网络课堂专题班", "线上学习", "8", None, ("吴国强", "陈桂芳", "秦禾", "陶煜", "苏湉", "范彧")),
    (8, 25, "党章条文通读", "自学", "4", None, ("欧阳澍", "魏㛃", "孔霁", "章泓")),
    (2, 12, "党内法规选读", "自学", "6", None, ("林小满", "严晔", "窦皓", "葛玮", "俞𫖯")),
)  # fmt: skip
_SAID = (
    ("近期手头工作多，能按时完成；希望支部学习安排提前一周通知，便于调开窗口值班。", "学习安排提前一周发到群里。"),
    ("孩子今年上学，接送和加班有冲突，情绪总体平稳。", "科室内部调一调晚间值守。"),
    ("认为党课结合业务少，建议请业务骨干讲案例。", "下季度党课安排业务骨干讲。"),
    ("对新系统不熟，担心出差错；愿意多向同事请教。", "结对帮带三个月。"),
    ("思想稳定，家庭和睦；提出老旧档案整理缺人手。", "列入党员突击任务。"),
    ("肯定支部活动，指出外勤党员补学跟不上。", "建立补学清单，两周内补上。"),
    ("谈到群众来信办理周期长，自己也有拖一拖的想法，表示要改。", "来信三日内先回话。"),
    ("退休后身体尚好，愿意参加社区志愿服务。", None),
    ("交流了一年来的工作得失，相互指出：布置工作急，听意见少。", "重要安排先在支委会上商量。"),
    ("对职级晋升有些想法，经过谈话表示理解，会把心思放在工作上。", "本人愿意承担牵头任务。"),
)
_VISITS = ("钱永年", "王建国", "姜秀兰", "施蘅", "喻璟")
# Months before the last one, day, type, who, with whom, place, text, promises, confidential.
_SPECIAL = (
    (6, 18, "约谈提醒（集体）", "张红卫", "孙志强、冯昱、魏㛃", "小会议室",
     "两周内三次集中学习迟到，提醒遵守学习纪律，签到以会议开始时间为准。", "今后提前五分钟到会。", False),
    (5, 12, "约谈提醒（个别）", "蒋玥", "曹朔", "书记办公室",
     "有同志反映其在酒后谈论尚未公开的人事安排，经核实属实，提醒遵守组织纪律。", "写出情况说明，保证不再发生。", True),
    (8, 27, "任前廉政谈话", "张红卫", "郑卫东", "谈话室", "新任综合科科长，强调财务审批、印章管理的风险点。",
     "签订廉洁承诺书。", False),
    (3, 16, "廉政家访", "戚琰", "窦皓", "家中", "介绍岗位廉政风险，请家属多提醒。家属表示支持。", None, False),
    (1, 20, "帮助教育", "周丽萍", "林小满", "党员活动室", "预备期过半，指出发言少、汇报不及时，家中老人住院也有影响。",
     "每季度按时交思想汇报。", True),
)  # fmt: skip
_DAY_OFF = 5


def add(session: Session, today: date) -> None:
    """Adds all of it for the twelve months that end with `today`."""
    _train(session, today)
    _test(session, today)
    _make_up(session, today)
    for branch in branches(session):
        _talk(session, branch, today)
    for months, day, sort, talker, talked, place, text, promises, confidential in _SPECIAL:
        values = {"on": _on(today, months, day), "sort": sort, "talkers": talker, "talked": talked, "place": place,
                  "text": text, "promises": promises, "confidential": confidential, "is_signed": True}  # fmt: skip
        talks.enter(session, _branch_of(session, talker), values, today)


def _on(today: date, months: int, day: int) -> date:
    """A day so many months before the present one, moved off the end of the week and never to come."""
    month = Month.of(today) + -months
    found = date(month.year, month.number, day)
    return min(found - timedelta(days=max(0, found.weekday() - _DAY_OFF + 1)), today)


def _train(session: Session, today: date) -> None:
    known = {member.name: member.id for member in session.scalars(select(Member))}
    for months, day, content, form, hours, organiser, names in _TRAININGS:
        for name in names:
            values = {"on": _on(today, months, day), "content": content, "form": form, "hours": Decimal(hours),
                      "is_central": form == "集中培训", "organiser": organiser}  # fmt: skip
            if name in known:
                study.enter(session, known[name], values, today)


def _test(session: Session, today: date) -> None:
    """The scores of those who came to the tests; who was away has none."""
    chosen = select(Activity).where(Activity.kind == "theory_test", Activity.state.in_(HELD)).order_by(Activity.id)
    for test in session.scalars(chosen).all():
        pick = Random(test.id)
        for each in attendance.roll(session, test.id):
            if each.entitled and each.state is not None:
                score = Decimal(min(100, round(pick.gauss(84, 9)))) if each.state == PRESENT else None
                values = {"on": test.held_on, "subject": test.theme or test.title, "score": score,
                          "remark": each.reason if score is None else None}  # fmt: skip
                scores.enter(session, each.member_id, values, today)


def _make_up(session: Session, today: date) -> None:
    """Most of what was missed was made up for within a fortnight; the last month is open yet."""
    chosen = (
        select(Attendance.id, Activity.held_on)
        .join(Activity, Activity.id == Attendance.activity_id)
        .where(
            Attendance.state.in_((LEAVE, ON_DUTY, ABSENT)),
            Activity.kind.in_(("group_study", "party_lecture", "theme_day", "seminar", "warning")),
            Activity.state.in_(HELD),
        )
        .order_by(Attendance.id)
    )
    for number, held_on in session.execute(chosen).all():
        on = held_on + timedelta(days=5 + number % 9) if held_on is not None else today
        if number % 5 and on < today - timedelta(days=20):
            make_up.make_up(session, [number], on, today)


def _talk(session: Session, branch: Organisation, today: date) -> None:
    """The committee among itself before the meeting of the year, then with the members one after another."""
    seated = session.scalars(
        select(Seat.name).join(Term, Term.id == Seat.term_id)
        .where(Term.organisation_id == branch.id, Seat.until.is_(None), Term.renewed_on.is_(None)).order_by(Seat.id)
    ).all()  # fmt: skip
    for place, (one, other) in enumerate(combinations(seated, 2)):
        _meet(session, branch, _on(today, 10, 8 + place), one, other, 8 + place, today)
    chosen = select(Member).where(Member.branch_id == branch.id, Member.status == IN_THE_BRANCH).order_by(Member.id)
    others = [member for member in session.scalars(chosen) if member.name not in seated]
    known = Timeline(session)
    for place, member in enumerate(others):
        on = _on(today, 10 - place * 11 // len(others), 6 + place * 7 % 20)
        if place % 9 != _DAY_OFF and known.present(member, on, branch.id):
            _meet(session, branch, on, seated[place % len(seated)], member.name, place, today)


def _meet(
    session: Session, branch: Organisation, on: date, talker: str, talked: str, place: int, today: date
) -> None:  # fmt: skip
    visit = talked in _VISITS
    text, promises = _SAID[7 if visit else place % len(_SAID)]
    rooms = ("党员活动室", "办公室", "小会议室")
    values = {"on": on, "begins": ("9:30", "15:00", "16:00")[place % 3], "sort": "家庭走访" if visit else HEART,
              "place": "家中" if visit else rooms[place % 3], "talkers": talker, "talked": talked, "text": text,
              "promises": promises, "is_signed": place % 6 != 1}  # fmt: skip
    talks.enter(session, branch.id, values, today)


def _branch_of(session: Session, name: str) -> int:
    found: Sequence[int] = session.scalars(select(Member.branch_id).where(Member.name == name)).all()
    return found[0] if found else root(session).id
