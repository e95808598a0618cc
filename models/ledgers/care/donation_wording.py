"""What the trail calls donations and their columns; of those helped it tells no names."""

from collections.abc import Mapping

from models.kinds import DAY, MONEY, TEXT, Kind

TABLES: Mapping[str, str] = {
    "donation_drives": "捐赠活动",
    "donations": "捐款捐物",
    "donation_handovers": "捐赠转交",
    "donation_helped": "受助对象",
}
_GOODS: Mapping[str, tuple[str, Kind]] = {
    "drive_id": ("捐赠活动", TEXT),
    "on": ("日期", DAY),
    "amount": ("金额", MONEY),
    "item": ("物品名称", TEXT),
    "quantity": ("数量", TEXT),
    "unit": ("单位", TEXT),
    "receipt_no": ("收据（凭据）号", TEXT),
    "remark": ("备注", TEXT),
    "reverses_id": ("冲销", TEXT),
}
COLUMNS: Mapping[str, Mapping[str, tuple[str, Kind]]] = {
    "donation_drives": {
        "name": ("活动名称", TEXT),
        "purpose": ("事由", TEXT),
        "beneficiary": ("受益单位（人）", TEXT),
        "branch_id": ("党支部", TEXT),
        "begins": ("开始日期", DAY),
        "ends": ("结束日期", DAY),
        "remark": ("备注", TEXT),
    },
    "donations": {
        **_GOODS,
        "member_id": ("党员", TEXT),
        "giver": ("捐赠人（单位）", TEXT),
        "post": ("职务", TEXT),
        "value": ("折款", MONEY),
    },
    "donation_handovers": {**_GOODS, "receiver": ("接收单位（受助人）", TEXT), "handler": ("经办人", TEXT)},
    "donation_helped": {"sort": ("类别", TEXT), "what": ("帮助内容", TEXT), "on": ("日期", DAY)},
}
