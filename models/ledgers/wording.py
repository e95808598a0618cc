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
from models.ledgers.care import donation_wording, pairing_wording, round_wording, visit_wording
from models.ledgers.care import references as care_references
from models.ledgers.care import wording as care_wording
from models.ledgers.dues.assessments import DUES_ASSESSMENTS
from models.ledgers.dues.cells import PAY_ITEMS
from models.ledgers.life import vote_wording
from models.ledgers.life import wording as life_wording
from models.ledgers.members.roster import CARD_COLUMNS, PERSON_COLUMNS
from models.ledgers.usual_wording import USUAL, Columns
from models.records.members.members import Member
from models.records.members.organisation import Organisation
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
    **life_wording.TABLES,
    **care_wording.TABLES,
    **pairing_wording.TABLES,
    **round_wording.TABLES,
    **visit_wording.TABLES,
    **donation_wording.TABLES,
    **vote_wording.TABLES,
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
_MEMBERS: Columns = {
    **{column.key: (column.title, column.kind) for column in (*PERSON_COLUMNS, *CARD_COLUMNS)},
    "branch_id": ("所在党支部", TEXT),
    "group_id": ("所在党小组", TEXT),
    "status": ("状态", TEXT),
    "left_on": ("离开日期", DAY),
    "left_to": ("转往单位", TEXT),
    "dues_until": ("党费交至", MONTH),
}
_ASSESSMENTS: Columns = {
    **{column.key: (column.title, column.kind) for column in DUES_ASSESSMENTS.columns},
    "worksheet": ("工资项目", PAY_ITEMS),
}
_UNTOLD = frozenset({"talk_texts", "care_visit_texts", "donation_helped"})  # told nowhere but on the record itself
_CARE = (care_wording, pairing_wording, round_wording, visit_wording, donation_wording)
_BY_TABLE: Mapping[str, Columns] = {
    "members": _MEMBERS,
    "assessments": _ASSESSMENTS,
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
    **{
        table: {**care_references.REFERENCES, **columns, **care_references.UNTOLD.get(table, {})}
        for each in _CARE
        for table, columns in each.COLUMNS.items()
    },
    **life_wording.COLUMNS,
    **vote_wording.COLUMNS,
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
    return list(dict.fromkeys(found))  # the salt and the wrapping key are one password, said once


def column_title(table: str, key: str) -> str:
    """What a column of a table is called; 内容 for one that nobody reads by name."""
    return _columns_of(table).get(key, ("内容", TEXT))[0]


def _columns_of(table: str) -> Columns:
    return _BY_TABLE.get(table, USUAL)


def _setting(text: str | None) -> str:
    """A setting's value as it is read; lists of days are joined."""
    value = json.loads(text) if text else None
    if isinstance(value, bool):
        return FLAG.show(value)
    return "、".join(value) if isinstance(value, list) else str(value or "")


def verb(change: Change) -> str:
    """新增, 修改 or 删除."""
    return _VERBS[change.verb]
