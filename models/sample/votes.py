"""What the sample's meetings decided, what follows from them, and the lists of problems of its branches."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.records.life import activities, agenda, attendance, decisions, followups, problems, voters
from models.records.life.activities import RECORDING, Activity
from models.records.life.decisions import COMMITTEE_MEETING
from models.records.members.members import Member
from models.records.members.organisation import branches
from models.rules.meetings import PRESENT
from models.rules.votes import COMMITTEE, ORDINARY

_DECIDING = ("general_meeting", COMMITTEE_MEETING)
_ADMITTED = "程一帆"
_PERFORMANCE = (
    "程一帆同志培养考察期间学习认真，承担窗口轮值和材料起草，两次参加防汛值守；群众反映待人热情。"
    "不足是材料核对不够细，本人已列入改进。"
)
_AGENDA = (
    ("听取预备党员林小满同志汇报", "发展党员", ()),
    (
        "讨论接收程一帆同志为预备党员",
        "发展党员",
        (("郑卫东", "希望今后多参加一线帮扶。"), ("魏㛃", "工作肯吃苦，写材料要多核对一遍。")),
    ),
)
# Meetings so many before the last one of the branch, the task, who sees to it, days until it is due and was done.
_TASKS = (
    (0, 0, "下季度党员大会议题提前十天征求意见", "周丽萍", 40, None, None),
    (0, 0, "更新党员活动室制度展板", "龚文博", 12, None, None),
    (1, 0, "三名外勤党员补学十月集中学习", "刘洋", 14, 10, "已分两次补学，有签到。"),
    (2, 0, "修好档案室除湿机", "赵䶮", 20, 31, "维修合同办理慢，已修好。"),
    (0, 1, "宣传栏更换第四季度内容", "韩翊", 10, None, None),
    (1, 1, "汇总窗口“一次性告知单”意见", "金𬎆", 15, 13, "收到意见 11 条，采纳 7 条。"),
    (3, 1, "退休党员健康体检联系", "姜秀兰", 30, 25, "5 名退休党员已体检。"),
    (0, 2, "党课通知提前一周发出", "邹琮", 30, None, None),
    (2, 2, "老卷宗扫描突击两周", "诸葛绮", 15, 15, "扫描 320 卷，余下列入四季度。"),
)
# By branch: list, problem, how it shows, measures, who, days until due and closed, progress.
_PROBLEMS = (
    (0, "整改台账", "集中学习念文件多、讨论少", "上年 12 次学习中 8 次只有领读", "每次学习指定两名党员结合工作发言",
     "龚文博", 90, 80, "已形成发言安排表，每次均有发言记录。"),
    (0, "整改台账", "会议记录归档慢", "有 4 份记录晚于次月 5 日归档", "当月记录次月五日前归档，组织委员核对", "周丽萍",
     60, 52, "连续三个月按时归档。"),
    (0, "整改台账", "外勤党员补学不及时", "一季度 3 人次未补学", "建补学清单，两周内补学", "刘洋", 320, None,
     "已补 2 人次。"),
    (1, "整改台账", "志愿服务由少数党员承担", "服务时长前 4 人占一半", "按季公布时长，轮流排班", "朱棠", 270, None,
     "二、三季度已轮流排班。"),
    (2, "整改台账", "谈心谈话记录过于简单", "6 份记录只写“交流思想”", "按表逐项记录问题和建议", "戚琰", 120, 118,
     "抽查 5 份，均写明问题和建议。"),
    (0, "问题清单", "窗口早高峰排队超过二十分钟", "群众来信 2 件", "党员骨干早半小时到岗，设预检台", "郑卫东", 200, 150,
     "平均等候降到 9 分钟。"),
    (0, "任务清单", "编印办事指南口袋书", None, "四季度印 500 册，送社区", "欧阳澍", 350, None, "文稿已三校。"),
    (1, "责任清单", "保密检查每季度一次", None, "支部书记负总责，逐室检查", "蒋玥", 345, None, "前三季度已查。"),
)  # fmt: skip


def record(session: Session, activity: Activity) -> None:
    """Enters the vote on the resolution of a meeting, while its record is open."""
    written = activities.minutes_of(session, activity.id)
    counted = voters.voters(session, activity.id)
    if activity.kind not in _DECIDING or written is None or not written.resolution or counted is None:
        return
    abstained = int(activity.kind != COMMITTEE_MEETING and activity.id % 5 == 0 and counted.present > 1)
    votes = {"favour": counted.present - abstained, "abstained": abstained}
    text = written.resolution.rstrip("。")
    decisions.decide(session, activity.id, {"text": text, "rule": _rule(activity.kind), **votes})


def _rule(kind: str) -> str:
    return COMMITTEE.name if kind == COMMITTEE_MEETING else ORDINARY.name


def add(session: Session, today: date) -> None:
    """What follows from the meetings that are filed, the lists of problems, and the votes of the one under way."""
    nodes = [branch.id for branch in branches(session)]
    for back, branch, issue, owner, due, done, result in _TASKS:
        held = _meeting_before(session, nodes[branch], back)
        if held is None or held.held_on is None:
            continue
        due_on = held.held_on + timedelta(days=due)
        done_on = held.held_on + timedelta(days=done) if done is not None else None
        over = done_on is not None and done_on <= today
        values = {"issue": issue, "owner": owner, "due_on": due_on}
        followups.add(session, values | ({"done_on": done_on, "result": result} if over else {}), today, held.id)
    _list_problems(session, nodes, today)
    under_way = session.scalars(select(Activity).where(Activity.state == RECORDING, Activity.branch_id == nodes[0]))
    for meeting in under_way.all():
        _admit(session, meeting, today)


def _meeting_before(session: Session, branch_id: int, back: int) -> Activity | None:
    chosen = select(Activity).where(
        Activity.branch_id == branch_id, Activity.kind == COMMITTEE_MEETING, Activity.held_on.is_not(None)
    )
    return session.scalars(chosen.order_by(Activity.held_on.desc(), Activity.id).offset(back).limit(1)).first()


def _list_problems(session: Session, nodes: list[int], today: date) -> None:
    begun = today - timedelta(days=310)
    for branch, name, problem, evidence, measures, owner, due, closed, progress in _PROBLEMS:
        values = {
            "list_name": name, "problem": problem, "evidence": evidence, "measures": measures, "owner": owner,
            "found_on": begun, "due_on": begun + timedelta(days=due), "progress": progress,
            "closed_on": begun + timedelta(days=closed) if closed is not None else None,
        }  # fmt: skip
        problems.add(session, values, today, branch_id=nodes[branch])


def _admit(session: Session, meeting: Activity, today: date) -> None:
    """The vote on an admission in the meeting that is being recorded, and what follows from it."""
    if _ADMITTED not in (meeting.theme or ""):
        return
    for title, tags, words in _AGENDA:
        item = agenda.put(session, meeting.id, {"title": title, "tags": tags})
        for speaker, text in words:
            agenda.say(session, item.id, speaker, text)
    counted = voters.voters(session, meeting.id)
    assert counted is not None
    decisions.decide(session, meeting.id, {
        "text": f"同意接收{_ADMITTED}同志为预备党员", "subject": _ADMITTED, "performance": _PERFORMANCE,
        "favour": counted.present,
    })  # fmt: skip
    away = [
        session.get_one(Member, each.member_id).name
        for each in attendance.roll(session, meeting.id)
        if each.entitled and each.state != PRESENT
    ]
    followups.add(
        session,
        {"issue": "将接收决议和志愿书报机关党总支审批", "owner": "周丽萍", "due_on": today + timedelta(days=8)},
        today,
        meeting.id,
    )
    if away:
        issue = f"补学：{'、'.join(away)}"
        followups.add(
            session, {"issue": issue, "owner": "陈桂芳", "due_on": today + timedelta(days=7)}, today, meeting.id
        )
