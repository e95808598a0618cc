"""A roster of ten thousand rows read, checked and saved, beside openpyxl alone reading the same file."""

import random
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook, load_workbook

import main
from benchmarks.case import Case
from models import founding, keys
from models.rules.identity import check_character

ROWS = 10_000
PASSWORD = "名册导入的密码"
_HEADINGS = (
    "姓名", "性别", "民族", "公民身份号码", "出生日期", "籍贯", "学历", "学位", "参加工作时间", "入党时间", "转正时间",
    "人员类别", "工作单位及职务", "职级", "党内职务", "所在党小组", "联系电话", "家庭住址", "党费类别", "缴费基数",
)  # fmt: skip
_SURNAMES, _GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "岚澍玥昱珩翊砚舟棠禾溪筠笙芷蘅霁朔晔"


@dataclass(frozen=True)
class Import:
    """A workbook, the data file that it goes to, and what the command line says of that."""

    workbook: Path
    data: Path
    arguments: tuple[str, ...]


def roster(folder: Path) -> Import:
    """A workbook of invented people and an empty data file."""
    return _roster(folder, None)


def roster_and_password(folder: Path) -> Import:
    """The same with an encrypted data file, its password in a file."""
    found = _roster(folder, PASSWORD)
    secret = folder / "密码.txt"
    secret.write_text(PASSWORD, encoding="utf-8")
    return Import(found.workbook, found.data, (*found.arguments, "--password-file", str(secret)))


def _roster(folder: Path, password: str | None) -> Import:
    pick = random.Random(1)
    book = Workbook(write_only=True)
    page = book.create_sheet("名册")
    page.append(_HEADINGS)
    for number in range(ROWS):
        page.append(_person(pick, number))
    path = folder / "名册.xlsx"
    book.save(path)
    data = folder / "支部.zbtz"
    founding.make(data, "某局机关党支部", date(2026, 11, 20), password=password).close()
    return Import(path, data, ("--data", str(data)))


def _person(pick: random.Random, number: int) -> list[str]:
    born = date(1950, 1, 1) + timedelta(days=number)
    body = f"1199{1 + number % 80:02d}{born:%Y%m%d}{number % 1000:03d}"
    name = pick.choice(_SURNAMES) + pick.choice(_GIVEN) + pick.choice(_GIVEN)
    return [
        name, "男" if number % 2 else "女", "汉族", body + check_character(body), born.isoformat(), "青原省白石县",
        "大学本科", "学士", "1998-07", "1999-05-01", "2000-05-01", "正式党员", "一级主任科员", "一级主任科员", "党员",
        f"第{1 + number % 3}党小组", f"1000000{number:04d}", f"白石路{number}号", "在职", f"{3000 + number % 9000}.50",
    ]  # fmt: skip


def ours(work: Import) -> None:
    """The import as a command does it, every row saved with its line in the trail."""
    if main.main([*work.arguments, "import", "members", str(work.workbook)]) != 0:
        raise RuntimeError("the import was refused")


def derive(work: Import) -> None:
    """The key of the data file from its password."""
    with work.data.open("rb") as file:
        keys.key_for(PASSWORD, file.read(keys.SALT_BYTES))


def openpyxl_alone(work: Import) -> None:
    """Every cell of the file read by openpyxl, nothing done with it."""
    with closing(load_workbook(work.workbook)) as book:
        for page in book:
            for _row in page.iter_rows(values_only=True):
                pass


_TITLE, _FLOOR = f"a roster of {ROWS:,} rows × {len(_HEADINGS)} columns, saved", "openpyxl reading it, no more"
CASES = (
    Case(_TITLE, _FLOOR, roster, ours, openpyxl_alone, limit=0.5),
    Case(
        f"{_TITLE}, encrypted, without deriving the key",
        _FLOOR,
        roster_and_password,
        ours,
        openpyxl_alone,
        limit=0.5,
        apart=derive,
    ),
)
