"""How the trail calls festival rounds, gifts, sources of funds and vouchers; account numbers are told nowhere."""

from collections.abc import Mapping

from models.kinds import DAY, MONEY, NUMBER, TEXT, Kind
from models.ledgers.care.gifts import CARE_GIFTS

TABLES: Mapping[str, str] = {
    "care_funds": "资金来源",
    "care_fund_entries": "帮扶资金到账",
    "care_rounds": "走访慰问",
    "care_gifts": "慰问对象",
    "care_gift_parts": "慰问金来源",
    "care_vouchers": "慰问凭证",
    "care_handouts": "慰问发放",
    "care_exports": "导出含证号、账号的名单",
}
_GIFT = {column.key: (column.title, column.kind) for column in CARE_GIFTS.columns}
COLUMNS: Mapping[str, Mapping[str, tuple[str, Kind]]] = {
    "care_funds": {
        "name": ("名称", TEXT),
        "sort": ("种类", TEXT),
        "stopped_on": ("停用日期", DAY),
        "remark": ("备注", TEXT),
    },
    "care_fund_entries": {
        "on": ("日期", DAY),
        "amount": ("金额", MONEY),
        "document": ("文号或凭证", TEXT),
        "remark": ("备注", TEXT),
    },
    "care_rounds": {
        "name": ("名称", TEXT),
        "festival": ("慰问", TEXT),
        "year": ("年份", NUMBER),
        "first_on": ("开始日期", DAY),
        "last_on": ("结束日期", DAY),
        "handler": ("经办人", TEXT),
        "leaders": ("走访领导", TEXT),
        "budget": ("预算", MONEY),
        "closed_on": ("办结日期", DAY),
        "explained": ("原因说明", TEXT),
        "reopened": ("重新打开", TEXT),
        "remark": ("备注", TEXT),
    },
    "care_gifts": {
        key: _GIFT[key] for key in ("name", "category", "goods", "quantity", "unit", "value", "again", "remark")
    },
    "care_gift_parts": {"amount": ("金额", MONEY)},
    "care_vouchers": {"number": ("凭证号", TEXT), "amount": ("金额", MONEY), "taken_back": ("收回", TEXT)},
    "care_handouts": {
        "on": ("日期", DAY),
        "amount": ("金额", MONEY),
        "receiver": ("领取人", TEXT),
        "relation": ("与本人关系", TEXT),
        "handler": ("经办人", TEXT),
        "witness": ("证明人", TEXT),
        "word": ("发放说明", TEXT),
        "reason": ("冲销原因", TEXT),
    },
    "care_exports": {"on": ("日期", DAY), "purpose": ("用途", TEXT), "people": ("人数", NUMBER)},
}
