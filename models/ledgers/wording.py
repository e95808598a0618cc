"""Lines of the trail in words: column titles for keys, names for numbers, old → new."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.audit import CHANGE, Change, Line
from models.kinds import DAY, FLAG, MONEY, MONTH, NUMBER, TEXT, IdNumber, Kind, Phone
from models.ledgers import (
    care_references,
    care_wording,
    donation_wording,
    pairing_wording,
    round_wording,
    visit_wording,
    vote_wording,
)
from models.ledgers.assessments import DUES_ASSESSMENTS
from models.ledgers.cells import PAY_ITEMS
from models.ledgers.members import CARD_COLUMNS, PERSON_COLUMNS
from models.records.activity_kinds import EXTRA_FIELDS
from models.records.members import Member
from models.records.organisation import Organisation
from models.rules import identity
from models.settings import Setting

TABLES: Mapping[str, str] = {
    "members": "党员",
    "assessments": "党费核定",
    "organisations": "组织",
    "settings": "设置",
    "dues_rule_sets": "党费标准",
    "pay_scale_sets": "工资项目",
    "reductions": "少交免交申请",
    "arrangements": "交纳约定",
    "dues_months": "月份",
    "dues": "应交",
    "payments": "交纳",
    "allotments": "入账",
    "remittances": "上缴",
    "vouchers": "凭证",
    "reminders": "催交记录",
    "cash_counts": "点钞",
    "cash_handovers": "现金交接",
    "large_payments": "大额党费",
    "spending_requests": "党费使用申请",
    "cash_book": "党费收支",
    "attachments": "附件",
    "key_holders": "使用人",
    "erasures": "彻底删除个人信息",
    "private_exports": "导出个人信息",
    "member_facts": "历次变动",
    "mergers": "合并重复登记",
    "secondments": "抽调专班",
    "retirements": "荣退",
    "birthday_notes": "政治生日",
    "terms": "委员会任期",
    "seats": "委员",
    "organisation_cards": "党组织信息",
    "ledger_variants": "表样",
    "extra_columns": "增加的列",
    "extra_values": "增加列的内容",
    "remembered_headings": "记住的列名",
    "sendings": "报送",
    "sent_tables": "报送的表",
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
    **care_wording.TABLES,
    **pairing_wording.TABLES,
    **round_wording.TABLES,
    **visit_wording.TABLES,
    **donation_wording.TABLES,
    **vote_wording.TABLES,
    "activities": "组织生活",
    "minutes": "会议记录",
    "attendances": "到会",
    "activity_kinds": "活动种类",
    "activity_files": "记录附件",
    "phrases": "常用语",
}
SETTINGS: Mapping[str, str] = {
    "unit": "组织名称",
    "collection_day": "收缴日",
    "shift": "收缴日遇节假日",
    "secretary": "书记",
    "committee": "委员会",
    "maker": "填表人",
    "telephone": "联系电话",
    "working_month": "工作月份",
    "notice_days": "公示天数",
    "remit_cadence": "上缴周期",
    "remit_percent": "上缴比例（%）",
    "theme_day": "固定党日",
    "study_day": "固定学习日",
    "life_since": "规定动作核对起点",
    "service_hours": "全年服务小时",
    "care_causes": "困难类型",
    "care_causes_idle": "停用的困难类型",
    "sample": "示例",
    "holidays": "节假日",
    "workdays": "调休上班日",
}
_VERBS = {"add": "新增", "change": "修改", "remove": "删除"}
_Columns = Mapping[str, tuple[str, Kind]]
_OTHERS: _Columns = {
    "name": ("名称", TEXT),
    "kind": ("种类", TEXT),
    "secretary": ("书记", TEXT),
    "telephone": ("电话", TEXT),
    "month": ("月份", MONTH),
    "collection_day": ("收缴日", DAY),
    "opened_on": ("开账日期", DAY),
    "closed_on": ("结账日期", DAY),
    "category": ("类别", TEXT),
    "base": ("基数", MONEY),
    "amount": ("金额", MONEY),
    "working": ("依据", TEXT),
    "paid_on": ("交纳日期", DAY),
    "method": ("交纳方式", TEXT),
    "proxy": ("代交人", TEXT),
    "cause": ("理由", TEXT),
    "to_month": ("终止月", MONTH),
    "agreed_on": ("支部同意日期", DAY),
    "refused_on": ("不同意日期", DAY),
    "remitted_on": ("上缴日期", DAY),
    "handler": ("经办人", TEXT),
    "number": ("凭证号", TEXT),
    "dated": ("凭证日期", DAY),
    "on": ("日期", DAY),
    "day": ("日期", DAY),
    "text": ("情况", TEXT),
    "by": ("经办人", TEXT),
    "deadline": ("限期", DAY),
    "counted": ("实点", MONEY),
    "booked": ("账面", MONEY),
    "kept": ("留存", MONEY),
    "handed_on": ("转交日期", DAY),
    "receipt_no": ("收据号", TEXT),
    "description": ("简要情况", TEXT),
    "giver": ("交出人", TEXT),
    "receiver": ("接收人", TEXT),
    "summary": ("摘要", TEXT),
    "activity": ("活动名称", TEXT),
    "purpose": ("用途", TEXT),
    "budget": ("预算", MONEY),
    "asked_on": ("申请日期", DAY),
    "held_on": ("活动日期", DAY),
    "place": ("地点", TEXT),
    "people": ("人数", NUMBER),
    "approver": ("审批人", TEXT),
    "decided_on": ("研究日期", DAY),
    "approved_on": ("批准日期", DAY),
    "from_month": ("起始月", MONTH),
    "remark": ("备注", TEXT),
    "title": ("列名", TEXT),
    "sent_on": ("报送日期", DAY),
    "recipient": ("报送给", TEXT),
    "heading": ("表名", TEXT),
    "file_name": ("文件名", TEXT),
    "value": ("内容", TEXT),
    "year": ("年度", NUMBER),
    "grade": ("等次", TEXT),
    "outstanding": ("优秀票", NUMBER),
    "passed": ("合格票", NUMBER),
    "barely": ("基本合格票", NUMBER),
    "failed": ("不合格票", NUMBER),
    "opinion": ("意见", TEXT),
    "disposition": ("处置", TEXT),
    "over_reason": ("超出上限的理由", TEXT),
    "counts": ("测评结果", TEXT),
    "level": ("级别", TEXT),
    "awarded_by": ("授予单位", TEXT),
    "document_no": ("文号", TEXT),
    "item": ("积分项目", TEXT),
    "standard": ("标准分", MONEY),
    "points": ("分值", MONEY),
    "task": ("重点任务", TEXT),
    "requirement": ("具体要求", TEXT),
    "due_on": ("完成时限", DAY),
    "responsible": ("责任人", TEXT),
    "state": ("状态", TEXT),
    "feedback": ("支部反馈", TEXT),
    "done_on": ("落实日期", DAY),
    "issued_on": ("印发日期", DAY),
    "signer": ("签发人", TEXT),
    "reason": ("原因", TEXT),
    "begins_on": ("时段开始", DAY),
}
_MEMBERS: _Columns = {
    **{column.key: (column.title, column.kind) for column in (*PERSON_COLUMNS, *CARD_COLUMNS)},
    "branch_id": ("所在党支部", TEXT),
    "group_id": ("所在党小组", TEXT),
    "status": ("状态", TEXT),
    "left_on": ("离开日期", DAY),
    "left_to": ("转往单位", TEXT),
    "dues_until": ("党费交至", MONTH),
}
_ASSESSMENTS: _Columns = {
    **{column.key: (column.title, column.kind) for column in DUES_ASSESSMENTS.columns},
    "worksheet": ("工资项目", PAY_ITEMS),
}
_ACTIVITIES: _Columns = {
    **_OTHERS,
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
_ATTENDANCES: _Columns = {
    "state": ("出席情况", TEXT),
    "reason": ("原因", TEXT),
    "entitled": ("应到", FLAG),
    "voting": ("有表决权", FLAG),
    "dual": ("双重组织生活", FLAG),
    "made_up_on": ("补学日期", DAY),
}
_STUDY: _Columns = {
    "on": ("日期", DAY),
    "content": ("学习内容", TEXT),
    "form": ("形式", TEXT),
    "hours": ("学时", MONEY),
    "is_central": ("集中培训", FLAG),
    "organiser": ("举办单位", TEXT),
    "remark": ("备注", TEXT),
}
_SCORES: _Columns = {
    "on": ("测试日期", DAY),
    "subject": ("测试名称", TEXT),
    "score": ("得分", MONEY),
    "full_mark": ("满分", MONEY),
    "passed": ("合格", FLAG),
    "remark": ("备注", TEXT),
}
_TALKS: _Columns = {
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
_UNTOLD = frozenset({"talk_texts", "care_visit_texts", "donation_helped"})  # told nowhere but on the record itself
_CARE = (care_wording, pairing_wording, round_wording, visit_wording, donation_wording)
_BY_TABLE: Mapping[str, _Columns] = {
    "reminder_slips": {**_OTHERS, "number": ("提醒单编号", TEXT)},
    "members": _MEMBERS,
    "assessments": _ASSESSMENTS,
    "study_entries": _STUDY,
    "test_scores": _SCORES,
    "talks": _TALKS,
    "talk_people": {"name": ("姓名", TEXT)},
    "talk_texts": {},
    "private_exports": {
        "on": ("日期", DAY),
        "title": ("表名", TEXT),
        "told": ("含有", TEXT),
        "way": ("方式", TEXT),
        "rows": ("行数", NUMBER),
    },
    "key_holders": {
        "name": ("姓名", TEXT),
        "role": ("权限", TEXT),
        "salt": ("密码", care_references.NEVER),
        "wrapping": ("密码", care_references.NEVER),
    },
    "erasures": {"on": ("日期", DAY), "whose": ("对象", TEXT)},
    "disclosures": {"on": ("日期", DAY), "purpose": ("用途", TEXT)},
    **{
        table: {**care_references.REFERENCES, **columns, **care_references.UNTOLD.get(table, {})}
        for each in _CARE
        for table, columns in each.COLUMNS.items()
    },
    **vote_wording.COLUMNS,
    "activities": _ACTIVITIES,
    "attendances": _ATTENDANCES,
    "minutes": {"text": ("内容", TEXT), "resolution": ("决议", TEXT)},
}


class Names:
    """The names that numbers in the trail stand for; identity and telephone numbers are masked unless `private`."""

    def __init__(self, session: Session, private: bool = False) -> None:
        self.private = private
        self._session = session
        self.organisations = dict(session.execute(select(Organisation.id, Organisation.name)).all())
        self.members = dict(session.execute(select(Member.id, Member.name)).all())
        stored = session.execute(select(Setting.id, Setting.name))
        self.settings = {number: SETTINGS.get(name, name) for number, name in stored}

    def named(self, key: str, number: int) -> str:
        """What the number in a column stands for: an organisation, a person, a round; 编号 7 where there is no word."""
        known = {"branch_id": self.organisations, "group_id": self.organisations, "member_id": self.members}
        found = known[key].get(number) if key in known else care_references.named(self._session, key, number)
        return found or f"编号 {number}"

    def word(self, key: str, value: Any, kind: Kind) -> str:
        """A value as it is read: organisations by name, money with two decimals, nothing as （空）."""
        if value is None:
            return "（空）"
        if kind is care_references.NEVER:
            return "（不在这里显示）"
        if key in care_references.REFERENCES or key == "group_id":
            return self.named(key, value)
        if isinstance(value, bool):
            return FLAG.show(value)
        if kind is PAY_ITEMS:
            return kind.show(value)
        if not self.private and isinstance(kind, IdNumber):
            return identity.masked(value)
        if not self.private and isinstance(kind, Phone):
            return identity.masked_phone(value)
        return MONEY.show(Decimal(value)) if kind is MONEY else str(value)


@dataclass(frozen=True)
class Difference:
    """One column of a line in words; of a record added or removed only `new` says anything."""

    title: str
    old: str
    new: str
    changed: bool

    @property
    def sentence(self) -> str:
        """缴费基数：6,000.00 → 6,500.00, or 缴费基数：6,500.00."""
        words = f"{self.old or '（空）'} → {self.new}" if self.changed else self.new
        return f"{self.title}：{words}" if self.title else words


def about(change: Change, names: Names) -> str:
    """What a line is about: 党员 张红卫, 交纳 吴国强, 组织 第一党支部, 设置 收缴日."""
    values = json.loads(change.new or "{}") | json.loads(change.old or "{}")
    known = {"members": names.members, "settings": names.settings, "organisations": names.organisations}
    if change.table_name in known:
        name = known[change.table_name].get(change.record_id) or values.get("name", "")
    elif values.get("member_id") is not None:
        name = names.members.get(values["member_id"], "")
    else:
        name = values.get("number") or values.get("month") or values.get("day") or values.get("title")
        name = name or ("" if change.table_name in _UNTOLD else _said(values, names))
    return f"{TABLES.get(change.table_name, change.table_name)} {name}".strip()


def _said(values: Mapping[str, Any], names: Names) -> str:
    """The words that a record without a name is known by, else whom it is about."""
    said = next((str(values[key]) for key in vote_wording.SAID_BY if values.get(key)), "")
    return said or next((names.named(key, values[key]) for key in care_references.SAID_ABOUT if values.get(key)), "")


def differences(change: Change | Line, names: Names) -> list[Difference]:
    """Each column of a line, old and new in words; what `about` says already stays out."""
    table = change.table if isinstance(change, Line) else change.table_name
    old, new = json.loads(change.old or "{}"), json.loads(change.new or "{}")
    if table == "settings":
        return [Difference("", _setting(old.get("value")), _setting(new.get("value")), change.verb == CHANGE)]
    columns = _columns_of(table)
    found = []
    for key in (key for key in columns if key in old or key in new):
        title, kind = columns[key]
        if change.verb == CHANGE:
            before, after = (names.word(key, values.get(key), kind) for values in (old, new))
            found.append(Difference(title, before, after, True))
        elif key != "name" and key not in care_references.SAID_ABOUT:
            found.append(Difference(title, "", names.word(key, (new or old)[key], kind), False))
    return found


def column_title(table: str, key: str) -> str:
    """What a column of a table is called; 内容 for one that nobody reads by name."""
    return _columns_of(table).get(key, ("内容", TEXT))[0]


def _columns_of(table: str) -> _Columns:
    return _BY_TABLE.get(table, _OTHERS)


def _setting(text: str | None) -> str:
    """A setting's value as it is read; lists of days are joined."""
    value = json.loads(text) if text else None
    if isinstance(value, bool):
        return FLAG.show(value)
    return "、".join(value) if isinstance(value, list) else str(value or "")


def verb(change: Change) -> str:
    """新增, 修改 or 删除."""
    return _VERBS[change.verb]
