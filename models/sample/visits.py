"""Whom the sample's branches visited in the year, what is still to follow, and what people needed done."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from models.records.care import concerns as care_concerns
from models.records.care import visits as care_visits
from models.records.members.organisation import branches

# Days ago, branch, whom, occasion, visitors, how they were found, needs, promises, follow-up, days until due and done,
# result.
_VISITS = (
    (284, 0, "钱永年", "春节", "张红卫、周丽萍", "老两口同住，行动不便，女儿在外地。", "希望有人陪同取药。",
     "党员轮流陪同取药。", "排出陪同取药的班次", 14, 9, "五名党员轮流，每月两次。"),
    (283, 0, "王建国", "春节", "张红卫、龚文博", "精神好，和儿子同住。", "想看支部的学习材料。", "每季度送学上门。",
     "送第一季度学习材料", 40, 30, "已送到家里。"),
    (283, 1, "姜秀兰", "春节", "蒋玥、沈衡", "住院刚回家，需要静养。", "请假手续不清楚怎么办。", "代办请假手续。",
     "代办请假手续", 10, 6, "手续已办好。"),
    (140, 1, "施蘅", "七一", "蒋玥、韩翊", "党龄长，身体尚可。", None, "请老党员讲一次党课。", "商定讲党课的时间",
     60, 55, "主题党日上讲了一次。"),
    (141, 2, "喻璟", "七一", "戚琰、谢瑾", "独居，耳背，有邻居照应。", "楼道灯坏了没人修。", "和社区联系修灯。",
     "联系社区修楼道灯", 15, 12, "社区已换灯。"),
    (96, 1, "姜秀兰", "住院", "蒋玥", "复查住院一周，家人轮流陪护。", "担心复查花费。", "了解医疗互助怎么申请。",
     "问清医疗互助的申请材料", 30, 21, "材料清单已送到家里。"),
    (33, 0, "钱永年", "生日", "周丽萍、林小满", "气色比春节时好。", "冬天供暖费报销要跑几处。", "帮助跑一次报销。",
     "代办供暖费报销", 25, None, None),
    (12, 0, "柳成荫", "日常", "吴国强、刘洋", "社区独居老人，腿脚不便。", "不会用手机挂号。", "志愿服务时教一次。",
     "上门教手机挂号", 16, None, None),
    (6, 2, "潘珂", "日常", "邹琮", "退休后身体好。", None, "邀请参加社区志愿服务。", None, None, None, None),
)  # fmt: skip
# Days ago, branch, by whom or where, matter, kind, who sees to it, measures, days until due and closed, progress.
_CONCERNS = (
    (230, 0, "白石社区三号院", "老旧小区楼道灯长期不亮", "物业和环境", "吴国强", "和社区、物业一起逐楼检查", 60, 41,
     "换灯二十六盏，社区落实了巡查。"),
    (180, 1, "南渡社区", "老人不会在手机上办医保缴费", "办事难", "朱棠", "每周三下午派党员到社区代办", 90, 88,
     "代办七十三人次，教会二十余人。"),
    (150, 0, "白石社区方家", "孩子随迁入学缺证明材料", "就学", "郑卫东", "联系教育部门问清材料", 45, 38,
     "材料补齐，已入学。"),
    (75, 2, "石桥里居民", "路口早高峰过街危险", "出行", "戚琰", "报交管部门增设信号灯", 60, None,
     "交管部门已现场查看。"),
    (40, 1, "南渡社区", "社区老年食堂周末不开", "养老托幼", "蒋玥", "和社区商量周末志愿者轮值", 45, None,
     "已开两次协调会。"),
    (9, 0, "白石社区", "新就业群体不知道到哪里歇脚", "其他", "刘洋", "在支部活动室设歇脚点", 60, None, None),
)  # fmt: skip


def add(session: Session, today: date) -> None:
    """The visits and matters of the twelve months before `today`."""
    nodes = [branch.id for branch in branches(session)]
    for ago, branch, name, occasion, visitors, found, needs, promises, follow, due, done, result in _VISITS:
        on = today - timedelta(days=ago)
        values = {
            "name": name, "on": on, "occasion": occasion, "visitors": visitors, "situation": found, "needs": needs,
            "promises": promises, "followup": follow, "followup_on": _after(on, due), "done_on": _after(on, done),
            "result": result,
        }  # fmt: skip
        care_visits.enter(session, values, today, nodes[branch])
    for ago, branch, raised_by, matter, kind, owner, measures, due, closed, progress in _CONCERNS:
        on = today - timedelta(days=ago)
        values = {
            "raised_on": on, "raised_by": raised_by, "matter": matter, "kind": kind, "owner": owner,
            "measures": measures, "due_on": _after(on, due), "closed_on": _after(on, closed), "progress": progress,
        }  # fmt: skip
        care_concerns.add(session, values, today, nodes[branch])


def _after(day: date, days: int | None) -> date | None:
    return day + timedelta(days=days) if days is not None else None
