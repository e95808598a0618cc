"""What the trail calls activities, their roll and text, talks, study and the yearly appraisals, and their columns."""

from collections.abc import Mapping

from models.kinds import DAY, FLAG, MONEY, MONTH, NUMBER, TEXT
from models.ledgers.usual_wording import USUAL, Columns
from models.records.life.activity_kinds import EXTRA_FIELDS

TABLES: Mapping[str, str] = {
    "study_entries": "自学培训",
    "study_rule_sets": "学时标准",
    "test_scores": "测试成绩",
    "talks": "谈话",
    "talk_people": "谈话人员",
    "talk_texts": "谈话内容",
    "disclosures": "查看不公开谈话",
    "appraisals": "民主评议",
    "appraisal_results": "评议结果",
    "polls": "民主测评",
    "duty_reviews": "述职评议",
    "branch_grades": "党支部考核",
    "honours": "表彰处分",
    "point_items": "积分项目",
    "point_scores": "积分评分",
    "point_events": "积分加减",
    "obligations": "规定动作",
    "excuses": "未开展原因",
    "reminder_slips": "提醒单",
    "reminder_lines": "提醒事项",
    "activities": "组织生活",
    "minutes": "会议记录",
    "attendances": "到会",
    "activity_kinds": "活动种类",
    "activity_files": "记录附件",
    "phrases": "常用语",
}
_ACTIVITIES: Columns = {
    **USUAL,
    "state": ("状态", TEXT),
    "title": ("名称", TEXT),
    "theme": ("议题", TEXT),
    "form": ("形式", TEXT),
    "responsible": ("负责人", TEXT),
    "planned_month": ("计划月份", MONTH),
    "planned_on": ("计划日期", DAY),
    "begins": ("时间", TEXT),
    "minutes": ("时长（分钟）", NUMBER),
    "chair": ("主持", TEXT),
    "recorder": ("记录", TEXT),
    "guests": ("列席", TEXT),
    **{key: (title, kind) for key, (title, kind) in EXTRA_FIELDS.items()},
    "reason": ("原因", TEXT),
    "uploaded_on": ("上传日期", DAY),
    "filed_on": ("定稿日期", DAY),
    "entered_on": ("录入日期", DAY),
}
_ATTENDANCES: Columns = {
    "state": ("出席情况", TEXT),
    "reason": ("原因", TEXT),
    "entitled": ("应到", FLAG),
    "voting": ("有表决权", FLAG),
    "dual": ("双重组织生活", FLAG),
    "made_up_on": ("补学日期", DAY),
}
_STUDY: Columns = {
    "on": ("日期", DAY),
    "content": ("学习内容", TEXT),
    "form": ("形式", TEXT),
    "hours": ("学时", MONEY),
    "is_central": ("集中培训", FLAG),
    "organiser": ("举办单位", TEXT),
    "remark": ("备注", TEXT),
}
_SCORES: Columns = {
    "on": ("测试日期", DAY),
    "subject": ("测试名称", TEXT),
    "score": ("得分", MONEY),
    "full_mark": ("满分", MONEY),
    "passed": ("合格", FLAG),
    "remark": ("备注", TEXT),
}
_TALKS: Columns = {
    "on": ("谈话日期", DAY),
    "begins": ("开始时间", TEXT),
    "branch_id": ("党支部", TEXT),
    "talkers": ("谈话人", TEXT),
    "talked": ("被谈话人", TEXT),
    "sort": ("谈话类型", TEXT),
    "place": ("地点", TEXT),
    "confidential": ("不公开", FLAG),
    "is_signed": ("已签字", FLAG),
    "remark": ("备注", TEXT),
}
COLUMNS: Mapping[str, Columns] = {
    "reminder_slips": {**USUAL, "number": ("提醒单编号", TEXT)},
    "study_entries": _STUDY,
    "test_scores": _SCORES,
    "talks": _TALKS,
    "talk_people": {"name": ("姓名", TEXT)},
    "talk_texts": {},
    "disclosures": {"on": ("日期", DAY), "purpose": ("用途", TEXT)},
    "activities": _ACTIVITIES,
    "attendances": _ATTENDANCES,
    "minutes": {"text": ("内容", TEXT), "resolution": ("决议", TEXT)},
}
