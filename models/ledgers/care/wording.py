"""What the trail calls cases of hardship; of illness, of papers and of what a household lives on it says nothing."""

from collections.abc import Mapping

from models.kinds import DAY, FLAG, ID_NUMBER, MONEY, PHONE, TEXT, Kind

TABLES: Mapping[str, str] = {
    "care_cases": "帮扶对象",
    "care_steps": "帮扶进程",
    "household_members": "家庭成员",
    "household_incomes": "家庭收入",
}
COLUMNS: Mapping[str, Mapping[str, tuple[str, Kind]]] = {
    "care_cases": {
        "branch_id": ("党支部", TEXT),
        "name": ("姓名", TEXT),
        "sex": ("性别", TEXT),
        "birth_date": ("出生日期", TEXT),
        "id_number": ("公民身份号码", ID_NUMBER),
        "phone": ("联系电话", PHONE),
        "sort": ("帮扶类别", TEXT),
        "honoured": ("优抚", FLAG),
        "veteran": ("建国前老党员", FLAG),
        "helper": ("结对帮扶人", TEXT),
        "helper_phone": ("帮扶人电话", PHONE),
        "paired_on": ("结对时间", DAY),
        "measures": ("帮扶措施", TEXT),
        "asked": ("申请金额", MONEY),
        "recognised": ("组织认定", TEXT),
    },
    "care_steps": {
        "kind": ("进程", TEXT),
        "on": ("日期", DAY),
        "until": ("公示结束", DAY),
        "degree": ("困难程度", TEXT),
    },
    "household_members": {"relation": ("称谓", TEXT), "name": ("姓名", TEXT)},
    "household_incomes": {"source": ("收入来源", TEXT)},
}
