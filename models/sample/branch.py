"""The invented general branch that shows the program: three branches, 47 members, twelve months of dues.

Everything is built through the program's own actions, with the trouble that real months bring: late, part and advance
payments, back-pay, a reversal, reductions, an admission, transfers in and out. Nobody here exists: identity numbers
have valid check digits but region codes of no county, and no telephone number begins with 100.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import files, founding, settings
from models.database import Database
from models.records.dues import assessments, months, payments, reminders, remittances, yearly
from models.records.dues.payments import Collection
from models.records.members import members, organisation, roster
from models.records.members.members import FULL, PROBATIONARY, Member
from models.rules.identity import check_character
from models.rules.periods import Month, PartialDate
from models.sample import duties as sample_duties
from models.sample import life as sample_life
from models.sample import members as sample_members
from models.sample import sendings as sample_sendings
from models.sample.assessments import file_terms, fill_in_worksheets
from models.sample.money import count_cash, use_dues

UNIT = "示例局机关党总支"
BRANCHES = ("第一党支部", "第二党支部", "第三党支部")
CLERK = "周丽萍"
_NAMES = (
    ("张红卫", "周丽萍", "龚文博", "吴国强", "赵䶮", "钱永年", "林小满", "郑卫东", "王建国", "陈桂芳", "刘洋",
     "阿依古丽·买买提", "孙志强", "欧阳澍", "冯昱", "魏㛃"),
    ("蒋玥", "沈衡", "韩翊", "杨砚舟", "朱棠", "秦禾", "许溪筠", "何笙", "吕芷", "施蘅", "孔霁", "曹朔", "严晔",
     "金𬎆", "陶煜", "姜秀兰"),
    ("戚琰", "谢瑾", "邹琮", "喻璟", "柏旻", "窦皓", "章泓", "苏湉", "潘珂", "葛玮", "范彧", "彭祺", "艾尼瓦尔·热合曼",
     "俞𫖯", "诸葛绮"),
)  # fmt: skip
_LEAVER = "何志远"
_POSTS = ("一级主任科员", "四级调研员", "综合科科长", "办公室副主任", "三级主任科员", "二级主任科员", "财务科科长")
_RANKS = ("一级主任科员", "二级主任科员", "三级主任科员", "四级主任科员", "四级调研员", "三级调研员")
_PLACES = ("青原省白石县", "云泽省南渡市", "松江省柳湾区", "海岱省石桥县", "西岭省清溪县")
_STREETS = ("白石路", "南渡街", "柳湾巷", "石桥里", "清溪大道")
_BASES = {
    "张红卫": "9310.00", "周丽萍": "8460.00", "龚文博": "6843.00", "吴国强": "7420.00", "赵䶮": "4980.00",
    "钱永年": "5000.00", "林小满": "5120.00", "郑卫东": "10000.01", "王建国": "6240.00", "陈桂芳": "7980.00",
    "刘洋": "6300.00", "阿依古丽·买买提": "8050.00", "姜秀兰": "5860.00", _LEAVER: "6900.00",
}  # fmt: skip
_RETIRED = frozenset({"钱永年", "王建国", "沈衡", "施蘅", "喻璟", "潘珂"})
_UNPAID_NOW = ("周丽萍", "龚文博", "吴国强", "赵䶮", "钱永年", "林小满", "郑卫东")
_PARTY_POSTS = {0: "书记", 1: "组织委员", 2: "宣传委员"}


Progress = Callable[[int, int], object]


def _unwatched(_done: int, _total: int) -> None:
    """Nobody looks on."""


@dataclass
class _Invention:
    """What is being made: the day it is made for, its months, the members' numbers by name."""

    database: Database
    today: date
    random: Random = field(default_factory=lambda: Random(20261123))
    ids: dict[str, int] = field(default_factory=dict)
    phone: int = 10000000000

    @property
    def months(self) -> list[Month]:
        return [Month.of(self.today) + offset for offset in range(-11, 1)]

    def doing(self, title: str, action: Callable[[Session], Any]) -> None:
        with self.database.writing(title) as session:
            action(session)


def make(path: Path, today: date, progress: Progress) -> None:
    """Makes the sample file at `path`, whole or not at all: what is not finished stands under another name."""
    aside = files.aside_of(path)
    build(aside, today, progress=progress).close()
    files.put(aside, path)


def build(path: Path, today: date, password: str | None = None, progress: Progress = _unwatched) -> Database:
    """Makes the sample file at `path` as it stands in the month of `today`; refuses a path that exists.

    `progress` is told after each of its months how many are done, and of how many.
    """
    database = founding.make(path, UNIT, today, organisation.GENERAL_BRANCH, password=password, actor=CLERK)
    made = _Invention(database, today)
    try:
        made.doing("登记组织和委员", _organise)
        made.doing("导入党员名册", lambda session: _enrol(made, session))
        made.doing("核定党费", lambda session: _assess(made, session))
        made.doing("填写工资项目", lambda session: fill_in_worksheets(session, organisation.branches(session)[0].id))
        made.doing("登记减免和约定", lambda session: file_terms(session, made.ids, made.months[4], made.months[-1]))
        made.doing("登记委员会、抽调和荣退", lambda session: sample_members.add(session, made.ids, today))
        made.doing("报送党员花名册", lambda session: sample_sendings.send(session, today))
        for done, month in enumerate(made.months, 1):
            _live_month(made, month)
            progress(done, len(made.months))
    except BaseException:
        database.close()
        path.unlink(missing_ok=True)
        raise
    return database


def _organise(session: Session) -> None:
    settings.change(
        session,
        secretary="张红卫",
        committee="张红卫、周丽萍、龚文博、蒋玥、戚琰",
        maker=CLERK,
        telephone="100-0000-0001",
        sample=True,
    )
    above = organisation.root(session)
    for name, people in zip(BRANCHES, _NAMES, strict=True):
        organisation.add(session, organisation.BRANCH, name, above).secretary = people[0]


def _enrol(made: _Invention, session: Session) -> None:
    rows = []
    for branch, people in zip(BRANCHES, _NAMES, strict=True):
        for position, name in enumerate((*people, _LEAVER) if branch == BRANCHES[0] else people):
            rows.append(_person(made, name, branch, position))
    outcomes = roster.save(session, rows)
    refused = [outcome.why for outcome in outcomes if outcome.kind != "added"]
    if refused:
        raise AssertionError(refused)
    made.ids = {member.name: member.id for member in session.scalars(select(Member))}


def _person(made: _Invention, name: str, branch: str, position: int) -> Mapping[str, Any]:
    pick = made.random
    minority = "·" in name
    retired, young = name in _RETIRED, name == "林小满"
    sex = "女" if name[-1] in "萍芳丽满兰㛃玥棠芷蘅绮湉" or "阿依古丽" in name else pick.choice("男男女")
    year = pick.randint(1948, 1963) if retired else pick.randint(1996, 1999) if young else pick.randint(1968, 1994)
    born = date(year, pick.randint(1, 12), pick.randint(1, 28))
    joined = made.months[1].first_day + timedelta(days=9) if young else _day(pick, born.year + 22, born.year + 30)
    made.phone += 1
    values: dict[str, Any] = {
        "name": name,
        "sex": sex,
        "ethnicity": "维吾尔族" if minority else pick.choice(("汉族",) * 9 + ("回族", "满族")),
        "birth_date": PartialDate.of(born),
        "id_number": _identity(pick, born, sex),
        "native_place": pick.choice(_PLACES),
        "education": pick.choice(("大学本科", "大学本科", "研究生", "大学专科")),
        "work_started_on": PartialDate(born.year + pick.randint(20, 24), pick.choice((7, 8, 9))),
        "joined_on": PartialDate.of(joined),
        "full_member_on": None if young else PartialDate.of(_next_year(joined)),
        "category": PROBATIONARY if young else FULL,
        "branch": branch,
        "group": f"第{'一二'[position % 2]}党小组",
        "post": "退休干部" if retired else pick.choice(_POSTS),
        "rank": None if retired else pick.choice(_RANKS),
        "party_post": _PARTY_POSTS.get(position, "党员"),
        "phone": str(made.phone),
        "address": f"{pick.choice(_PLACES)}{pick.choice(_STREETS)}{pick.randint(1, 199)}号{pick.randint(1, 24)}01室",
        "position": "离退休" if retired else "机关",
        "party_status": "正常",
        "is_lost": False,
        "is_floating": False,
    }
    values["degree"] = {"大学本科": "学士", "研究生": "硕士"}.get(values["education"])
    if name == "谢瑾":
        values["transferred_in_on"] = PartialDate.of(made.months[7].first_day + timedelta(days=11))
    return values


def _day(pick: Random, first: int, last: int) -> date:
    return date(pick.randint(first, last), pick.randint(1, 12), pick.randint(1, 28))


def _next_year(day: date) -> date:
    return date(day.year + 1, day.month, min(day.day, 28))


def _identity(pick: Random, born: date, sex: str) -> str:
    region = f"{pick.choice(('11', '21', '32', '37', '42', '51', '61'))}99{pick.randint(1, 89):02d}"
    odd = pick.choice("13579") if sex == "男" else pick.choice("02468")
    body = f"{region}{born:%Y%m%d}{pick.randint(0, 99):02d}{odd}"
    return body + check_character(body)


def _assess(made: _Invention, session: Session) -> None:
    start = made.months[0]
    rows: list[Mapping[str, Any]] = []
    for name in made.ids:
        category = (
            "离退休" if name in _RETIRED else "低保" if name == "孙志强" else "年薪" if name == "邹琮" else "在职"
        )
        base = Decimal(_BASES.get(name) or f"{made.random.randint(4200, 11800)}.{made.random.choice(('00', '50'))}")
        values = {"name": name, "dues_category": category, "dues_base": None if category == "低保" else base}
        rows.append(values | {"from_month": start, "reason": "年度核定"})
    reduced = {"from_month": made.months[4], "to_month": made.months[-1], "reason": "困难减免"}
    rows.append(
        {
            "name": "姜秀兰",
            "dues_base": Decimal("5860.00"),
            "amount": Decimal("20.00"),
            "decided_on": made.months[3].first_day,
            "approved_on": made.months[3].last_day,
            "approval_no": "示机党〔2026〕7号",
        }
        | reduced
    )
    rows.append({"name": "喻璟", "amount": Decimal("0.00"), "decided_on": made.months[3].first_day} | reduced)
    refused = [outcome.why for outcome in assessments.save(session, rows) if outcome.kind != "added"]
    if refused:
        raise AssertionError(refused)


def _live_month(made: _Invention, month: Month) -> None:
    """A month as the branch lives it: assessed if January, opened, collected with its trouble, handed up, closed."""
    position = made.months.index(month)
    if month.number == 1:
        made.doing(f"{month.year}年度核定", lambda session: yearly.carry_over(session, month.year))
    sample_life.live(made.doing, made.today, month, position)
    if month == made.months[-1]:
        sample_duties.add(made.doing, made.today)
    made.doing(f"{month.chinese}开账", lambda session: months.open_month(session, month, month.first_day))
    with made.database.reading() as session:
        day = min(months.require(session, month).collection_day, made.today)
    made.doing(f"{month.chinese}收缴党费", lambda session: _collect(made, session, month, position, day))
    if month == made.months[-1]:
        return
    made.doing(f"{month.chinese}上缴党费", lambda session: _hand_up(made, session, month, position))
    if position == 6:
        use_dues(made.doing, made.months[10], made.ids)
    if position == 10:
        last = min(month.last_day, made.today)
        made.doing(
            "转出党员", lambda session: members.leave(session, made.ids[_LEAVER], "转出", last, "邻市某局机关党委")
        )
        count_cash(made.doing, month)


def _collect(made: _Invention, session: Session, month: Month, position: int, day: date) -> None:
    absent = _absent(made, position)
    transfer, cash = Collection(day, "转账"), Collection(day, "现金")
    special: dict[str, Callable[[int], Any]] = {}
    if position in (2, 5, 8, 11):
        ahead = 1 if position == 11 else 2
        special["王建国"] = lambda who: payments.collect(
            session, who, month, cash, None, [month + offset for offset in range(ahead + 1)]
        )
    if position == 5:
        special["刘洋"] = lambda who: payments.collect(session, who, month, cash, Decimal("60.00"))
    if position == 6:
        special["刘洋"] = lambda who: payments.collect(session, who, month, cash, None, [month + -1, month])
        special["吴国强"] = special["刘洋"]
    if position == 7:
        special["陈桂芳"] = lambda who: _mistaken(session, who, month, cash, transfer)
    for name, member_id in made.ids.items():
        if name in absent or not months.owes(members.find_by_id(session, member_id), month):
            continue
        if name in special:
            special[name](member_id)
        else:
            how = transfer if made.random.random() < 0.25 else cash
            payments.collect_all(session, month, how, [member_id])
    if position == 10:
        reminders.remind(
            session, made.ids["吴国强"], min(day + timedelta(days=3), made.today), "提醒", "电话提醒，答应下月补交"
        )
    if position == 11:
        reminders.remind(session, made.ids["钱永年"], day, "谈话", "支部书记上门谈话，因住院未能按时交纳")


def _absent(made: _Invention, position: int) -> set[str]:
    """Who does not pay in the month at this place among the twelve."""
    absent = set()
    if position >= 7:
        absent.add("钱永年")
    if position in (5, 10):
        absent.add("吴国强")
    if position == 11:
        absent.update(_UNPAID_NOW)
    return absent


def _mistaken(session: Session, member_id: int, month: Month, cash: Collection, transfer: Collection) -> None:
    """A payment entered in the wrong way, reversed and entered again."""
    wrong = payments.collect(session, member_id, month, cash)
    payments.reverse(session, wrong.payment_id, "误记为现金", cash.on)
    payments.collect(session, member_id, month, transfer)


def _hand_up(made: _Invention, session: Session, month: Month, position: int) -> None:
    opened = months.require(session, month)
    day = min(opened.collection_day + timedelta(days=2), made.today)
    for number, each in enumerate(made.months[: position + 1]):
        if remittances.waiting(session, each) > 0:
            voucher = f"{day:%Y%m%d}{number + 1:02d}"
            remittances.remit(session, each, day, voucher, handler=CLERK)
    remittances.close_month(session, month, day)
