"""Invented sheets for the writers: a year register, a roster, a public notice, and a table for every torture."""

from collections.abc import Sequence
from dataclasses import make_dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from models.kinds import DAY, FLAG, ID_NUMBER, MONEY, MONTH, NAME, NUMBER, PARTIAL_DAY, PHONE, RATE, TEXT, Choice
from models.ledger import Column, Sheet
from models.ledgers.members.roster import MEMBERS_ROSTER
from models.rules.identity import check_character
from models.rules.periods import Month, PartialDate


def row_type(*keys: str) -> Any:
    """A kind of row with these attributes, as ledgers have them."""
    return make_dataclass("Row", keys, frozen=True, slots=True)


CATEGORY = Choice(("在职", "离退休", "低保"))
MONTHS = tuple(f"month_{number}" for number in range(1, 13))
REGISTER_COLUMNS = (
    Column("name", "姓名", NAME, 10),
    Column("category", "类别", CATEGORY, 7),
    Column("base", "交纳基数", MONEY, 10),
    Column("rate", "比例", RATE, 6),
    Column("monthly", "月应交", MONEY, 8, totalled=True),
    *(Column(key, f"{number}月", MONEY, 8, totalled=True) for number, key in enumerate(MONTHS, 1)),
    Column("due", "全年应交", MONEY, 10, totalled=True),
    Column("paid", "全年实交", MONEY, 10, totalled=True),
    Column("paid_until", "交至年月", MONTH, 8),
    Column("remark", "备注", TEXT, 8),
)
RegisterRow = row_type("id", *(column.key for column in REGISTER_COLUMNS))
PAYERS = (
    ("张红卫", "在职", "9310.00", "0.015", "139.70", 11),
    ("王建国", "离退休", "6240.00", "0.01", "62.40", 12),
    ("陈桂芳", "在职", "7980.00", "0.015", "119.70", 11),
    ("刘洋", "在职", "6300.00", "0.015", "94.50", 11),
    ("阿依古丽·买买提", "在职", "8050.00", "0.015", "120.80", 11),
    ("周丽萍", "在职", "8460.00", "0.015", "126.90", 10),
    ("䶮文博", "在职", "6843.00", "0.015", "102.60", 10),
    ("吴国强", "在职", "7420.00", "0.015", "111.30", 9),
    ("赵㛃", "在职", "4980.00", "0.01", "49.80", 10),
    ("郑卫东", "在职", "10000.01", "0.02", "200.00", 10),
    ("钱永年", "离退休", "5000.00", "0.005", "25.00", 6),
    ("孙志强", "低保", None, None, "0.20", 11),
    ("林小满", "在职", "5120.00", "0.015", "76.80", 10),
    ("何志远", "在职", "6900.00", "0.015", "103.50", 10),
)
SIGNATURES = ("支部书记：", "组织委员：", "填表人：周丽萍", "填表日期：2026年11月23日")


def sheet(columns: Sequence[Column], rows: Sequence[Any], **furniture: Any) -> Sheet:
    """A sheet of these rows whose totals are summed as a ledger sums them."""
    totals = {
        column.key: sum((value for row in rows if (value := getattr(row, column.key)) is not None), Decimal(0))
        for column in columns
        if column.totalled
    }
    plain = {
        "name": "invented",
        "heading": "党费收缴登记表",
        "lines": ("填报单位（盖章）：中共××局机关第一支部委员会", "收缴人：周丽萍", "单位：元"),
        "signatures": SIGNATURES,
        "note": "",
        "orientation": "landscape",
        "check": "7f3a 91c2",
    }
    return Sheet(**{**plain, "columns": tuple(columns), "rows": rows, "totals": totals, **furniture})


def register(rows: int = 14, **furniture: Any) -> Sheet:
    """The year register of the drawing, its fourteen members repeated for more rows."""
    made = []
    for number in range(rows):
        name, category, base, rate, monthly, months = PAYERS[number % len(PAYERS)]
        due = Decimal(monthly)
        paid = [due if month < months else None for month in range(12)]
        made.append(
            RegisterRow(
                number + 1, name, category, base and Decimal(base), rate and Decimal(rate), due, *paid,
                due * 12, due * months, Month(2026, months), "欠交" if months < 10 else None,
            )
        )  # fmt: skip
    made_of = sheet(REGISTER_COLUMNS, made)
    note = (
        "说明：在职党员月工资收入（税后）3000元以下（含）交0.5%，3000元以上至5000元（含）交1%，"
        "5000元以上至10000元（含）交1.5%，10000元以上交2%；离退休党员5000元以下（含）交0.5%，5000元以上交1%。"
        "实交栏为空者未交或未到期。"
    )
    furnished = {"heading": "2026年度党费收缴登记表", "note": note, "capitals": made_of.totals["paid"], **furniture}
    return sheet(REGISTER_COLUMNS, made, **furnished)


ROSTER_COLUMNS = (
    Column("name", "姓名", NAME, 10, required=True),
    Column("sex", "性别", Choice(("男", "女")), 6),
    Column("birth_date", "出生日期", PARTIAL_DAY, 11),
    Column("id_number", "公民身份号码", ID_NUMBER, 20),
    Column("joined_on", "入党时间", DAY, 11),
    Column("post", "工作单位及职务", TEXT, 18, band="工作"),
    Column("phone", "联系电话", PHONE, 14, band="工作"),
    Column("address", "家庭住址", TEXT, 24),
    Column("lost", "是否失联", FLAG, 8),
    Column("years", "党龄", NUMBER, 5),
    Column("base", "缴费基数", MONEY, 11),
)
RosterRow = row_type("id", *(column.key for column in ROSTER_COLUMNS))


def id_number(born: date, sequence: int) -> str:
    """An identity number of a county that does not exist, with a sound check digit."""
    first = f"119901{born:%Y%m%d}{sequence % 1000:03d}"
    return first + check_character(first)


def roster(rows: int = 14, **furniture: Any) -> Sheet:
    """A roster that may come back, with two-level headings, dates of less than a day, and long addresses."""
    names = [payer[0] for payer in PAYERS] + ["䶮㛃", "𬎆𫖯", "𬱖𠅤𪻐"]
    made = []
    for number in range(rows):
        born = date(1960, 1, 1) + timedelta(days=97 * number % 15000)
        known = PartialDate(born.year, born.month) if number % 5 == 4 else PartialDate.of(born)
        address = "和平里东街十号院三号楼二单元" + ("1204室（与父母同住，另在城西租房）" if number % 7 == 3 else "")
        made.append(
            RosterRow(
                number + 1, names[number % len(names)], "男女"[number % 2], known, id_number(born, number),
                date(1990, 7, 1) + timedelta(days=number), "机关党委办公室四级调研员", f"100{number:08d}", address,
                number % 9 == 8, number % 40 or None, None if number % 4 == 3 else Decimal(5000 + number),
            )
        )  # fmt: skip
    furnished = {"heading": "党员花名册", "importable": True, "lines": ("填报单位：第一支部", "", "截至2026年11月23日")}
    return sheet(ROSTER_COLUMNS, made, **{**furnished, **furniture})


def full_roster(rows: int) -> Sheet:
    """Form F10 as the ledger declares it, its columns filled as an office fills them, the remarks left empty."""
    columns = MEMBERS_ROSTER.columns
    made = []
    for number in range(rows):
        born = date(1960, 1, 1) + timedelta(days=311 * number)
        said = {
            "name": PAYERS[number % len(PAYERS)][0],
            "sex": "男女"[number % 2],
            "ethnicity": "维吾尔族" if number % 12 == 4 else "汉族",
            "birth_date": PartialDate.of(born),
            "id_number": id_number(born, number),
            "native_place": "云泽省南渡市",
            "education": "大学本科",
            "degree": "学士",
            "work_started_on": PartialDate(2001, 7),
            "joined_on": PartialDate(2004, 1, 2),
            "full_member_on": PartialDate(2005, 1, 2),
            "seniority": 21,
            "category": "正式党员",
            "branch": "第一党支部",
            "post": "综合科副科长" if number % 3 else "退休干部",
            "rank": "二级主任科员",
            "party_post": "组织委员",
            "group": "第一党小组",
            "phone": f"100{number:08d}",
            "address": f"松江省柳湾区清溪大道{100 + number}号{number}01室",
            "transferred_in_on": date(2026, 7, 12) if number == 30 else None,
        }
        made.append(row_type(*(column.key for column in columns))(*(said.get(column.key) for column in columns)))
    return sheet(columns, made, heading="党员花名册", lines=("填报单位：第一支部", "", "截至2026年11月23日"))


def notice(rows: int = 14, **furniture: Any) -> Sheet:
    """A portrait public notice: names, and paid or not."""
    columns = (
        Column("name", "姓名", NAME, 12),
        Column("state", "交纳情况", Choice(("已交", "未交")), 12),
        Column("until", "交至年月", MONTH, 12),
    )
    row_of = row_type(*(column.key for column in columns))
    made = [row_of(PAYERS[n % 14][0], "已交" if n % 5 else "未交", Month(2026, 11)) for n in range(rows)]
    furnished = {
        "heading": "2026年11月党费收缴情况公示",
        "lines": ("", "", ""),
        "orientation": "portrait",
        "public": True,
        "note": "公示时间：2026年11月23日至2026年11月27日。",
    }
    return sheet(columns, made, **{**furnished, **furniture})


def texts(values: Sequence[str | None], key: str = "text", **furniture: Any) -> Sheet:
    """One column of text."""
    row_of = row_type(key)
    return sheet([Column(key, "内容", TEXT, 20)], [row_of(value) for value in values], **furniture)


FORMULAS = (
    *(f"{mark}1+1" for mark in "=+-@\t\r\n＝＋－＠"),
    " =1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "=cmd|'/C calc'!A0",
    '=HYPERLINK("http://example.invalid","点击")',
    '=WEBSERVICE("http://example.invalid")',
    "#N/A",
    "'=1+1",
    "''=1+1",
    "_x000D_",
    "_x003D_1+1",
)
TORTURE = (
    *FORMULAS,
    "a\x00b",
    "\x0b\x1f\x7f",
    "\ud800x",
    "\ufffe\uffff",
    "\u202e张三\u200d",
    "䶮㛃𬎆𫖯𬱖𠅤𪻐",
    "\ue000",
    "a<b&c>\"d'",
    '<img src="file:///etc/passwd">',
    '<a href="http://example.invalid">',
    "{}%s%(x)s{0}",
    "';--",
    "一行\n二行\r\n三行",
    " 前后有空 ",
    "12345678901234567890",
    "1.10101E+17",
    "👨‍👩‍👧",
    "e\u0301",
    "字" * 5000,
    "a" * 32_767,
)
