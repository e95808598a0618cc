"""The items of an organisation's own card F12 in the order of the national one, and what is known of them."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.kinds import CODE, FLAG, NUMBER, PARTIAL_DAY, PHONE, TEXT, Choice
from models.ledger import Column
from models.records.members import cards
from models.records.members.cards import CARD_FIELDS
from models.records.members.members import IN_THE_BRANCH, Member
from models.records.members.organisation import BRANCH, Organisation

RELATION = Choice((cards.SAME_AS_ABOVE, "法人单位", "联合党支部"), open=True)
CATEGORY = Choice(("党支部", "党总支部", "党委", "联合党支部", "临时党支部"), open=True)
NATURE = Choice(("党政机关", "事业单位", "公有制企业", "非公有制企业", "社会组织", "街道社区", "其他"), open=True)
FOUNDED = Choice(("建立党委", "建立党总支部", "建立党支部", "建立联合党支部", "未建立党组织"), open=True)
COLUMNS = (
    Column("full_name", "党组织全称（与公章一致）", TEXT, 30),
    Column("short_name", "党组织简称", TEXT, 16),
    Column("code", "党组织编码", CODE, 16),
    Column("secretary", "党组织书记", TEXT, 10),
    Column("contact", "党组织联系人", TEXT, 10),
    Column("telephone", "联系电话", PHONE, 14),
    Column("category", "组织类别", CATEGORY, 12),
    Column("founded_on", "成立时间", PARTIAL_DAY, 11),
    Column("approved_by", "批准成立的上级党组织", TEXT, 24),
    Column("is_joint", "是否联合党支部", FLAG, 8),
    Column("unit_relation", "党组织所在单位情况", RELATION, 16),
    Column("unit_name", "单位名称", TEXT, 24),
    Column("unit_nature", "单位性质类别", NATURE, 14),
    Column("unit_party", "单位建立党组织情况", FOUNDED, 16),
    Column("credit_code", "统一社会信用代码", CODE, 20),
    Column("fax", "传真", PHONE, 14),
    Column("email", "电子邮箱", TEXT, 20),
    Column("address", "通讯地址", TEXT, 26),
    Column("remark", "备注", TEXT, 26),
)
MEMBERS = Column("members", "党员人数", NUMBER, 8, entered=False)
CARD_ITEMS = {column.key: column for column in (*COLUMNS, MEMBERS)}


def card_values(session: Session, organisation_id: int) -> dict[str, Any]:
    """What is known of an organisation's items; a name not entered is the one the program uses."""
    node = session.get_one(Organisation, organisation_id)
    card = cards.card_of(session, organisation_id)
    values = {key: getattr(card, key) if card is not None else None for key in CARD_FIELDS}
    values["full_name"] = values["full_name"] or node.name
    values |= {"secretary": node.secretary, "telephone": node.telephone}
    counted = select(func.count()).select_from(Member).where(Member.status == IN_THE_BRANCH)
    if node.kind == BRANCH:
        counted = counted.where(Member.branch_id == node.id)
    return values | {"members": session.scalar(counted)}
