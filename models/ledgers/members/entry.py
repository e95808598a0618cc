"""F11: the national entry card of a member, as a register in the order of the card for re-keying upstream."""

from collections.abc import Mapping
from dataclasses import make_dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from models.kinds import NUMBER
from models.ledger import LINES_OF_A_DAY, Column, Ledger, View
from models.ledgers.members.roster import CARD_COLUMNS, PERSON_COLUMNS, members_on, seniority

# In the order and with the labels of 党组织和党员信息库 (forms.md §7.3), then what the card of 2017 asks besides.
LABELS: Mapping[str, str] = {
    "name": "姓名", "id_number": "公民身份号码", "sex": "性别", "ethnicity": "民族", "birth_date": "出生日期",
    "education": "学历", "category": "人员类别", "degree": "学位", "branch": "所在党支部", "phone": "手机号码",
    "joined_on": "入党日期", "full_member_on": "转正日期", "seniority": "党龄", "seniority_correction": "党龄校正值",
    "new_stratum": "新社会阶层类型", "position": "工作岗位", "technical_post": "从事专业技术职务",
    "is_migrant_worker": "是否农民工", "address": "现居住地", "household_place": "户籍所在地",
    "is_lost": "是否失联党员",
    "lost_since": "失去联系日期", "is_floating": "是否流动党员", "floating_to": "外出流向", "joined_how": "入党类型",
    "full_member_how": "转正情况", "joined_at": "入党时所在支部", "probation_until": "延长预备期时间",
    "party_status": "党籍状态", "landline": "固定电话",
}  # fmt: skip
_COLUMNS = {column.key: column for column in (*PERSON_COLUMNS, *CARD_COLUMNS)}
EntryRow = make_dataclass("EntryRow", ["id", *LABELS], frozen=True, slots=True)


def entry_rows(session: Session, view: View) -> list[Any]:
    """The members in the branch on the view's day, in the order of the card."""
    return [
        EntryRow(
            id=row.id,
            seniority=seniority(row, view),
            **{key: getattr(row, key) for key in LABELS if key != "seniority"},
        )
        for row in members_on(session, view)
    ]


def _column(key: str, label: str) -> Column:
    if key == "seniority":
        return Column(key, label, NUMBER, 5)
    return replace(_COLUMNS[key], title=label)


MEMBERS_ENTRY = Ledger(
    name="members_entry",
    title="党员信息采集表",
    columns=tuple(_column(key, label) for key, label in LABELS.items()),
    rows=entry_rows,
    span="none",
    heading="{title}",
    lines=LINES_OF_A_DAY,
    note="按党员信息库录入界面的顺序排列，可以逐人照着录入。党龄校正值以月为单位。",
    as_of=True,
    empty="名册里还没有党员。",
)
