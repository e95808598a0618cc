"""What the sample's branches gave and passed on: a winter's drive with goods in eight units, and money."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from models.records.care import donation_drives, donations, helped

NAME = "清雪除冰一线捐款捐物"
_RECEIVER = "市应急物资保障站"
# Days after the first, giver, post, yuan.
_MONEY = (
    (1, "张红卫", "支部书记", "1000.00"),
    (1, "蒋玥", "支部书记", "800.00"),
    (2, "吴国强", None, "500.00"),
    (2, "周丽萍", "组织委员", "500.00"),
    (2, "刘洋", None, "300.00"),
    (3, "钱永年", "离退休党员", "200.00"),
    (4, "示例局机关工会", None, "20000.00"),
)
# Days after the first, giver, what, how many, unit, estimate in yuan where it is known, how many were passed on.
_GOODS = (
    (1, "示例局机关工会", "大衣", "230", "件", "46000.00", "230"),
    (1, "示例局机关工会", "帐篷", "20", "顶", "24000.00", "20"),
    (2, "龚文博", "口罩", "2000", "个", "600.00", "1800"),
    (2, "韩翊", "消毒水", "15", "桶", None, "15"),
    (3, "示例酒业公司", "酒精", "1000", "斤", None, "962.5"),
    (3, "沈衡", "图书", "206", "本", None, "206"),
    (4, "示例运输公司", "棚车", "45", "辆", None, "45"),
    (5, "姜秀兰", "面粉", "40", "袋", "3600.00", "36"),
)
_PASSED = ("15000.00", "5200.00")
_HELPED = (("周小禾", "图书 4 本、书包 1 个"), ("林一帆", "图书 4 本、书包 1 个"), ("方晓宇", "图书 5 本"))
_SINCE, _LASTS, _PASSED_AFTER = 290, 20, 12


def add(session: Session, today: date) -> None:
    """Adds the drive, its donations, what was passed on and who was helped, some ten months before `today`."""
    first = today - timedelta(days=_SINCE)
    drive = donation_drives.begin(session, {
        "name": NAME, "purpose": "支援清雪除冰、帮助困难学生", "beneficiary": _RECEIVER, "begins": first,
        "ends": first + timedelta(days=_LASTS),
    })  # fmt: skip
    _give(session, drive.id, first, today)
    _pass_on(session, drive.id, first + timedelta(days=_PASSED_AFTER), today)
    for name, what in _HELPED:
        given = {"drive_id": drive.id, "name": name, "sort": helped.PUPIL, "what": what}
        helped.add(session, given | {"on": first + timedelta(days=_LASTS)}, today)


def _give(session: Session, drive_id: int, first: date, today: date) -> None:
    number = 0
    for days, giver, post, yuan in _MONEY:
        number += 1
        values: dict[str, Any] = {"giver": giver, "post": post, "on": first + timedelta(days=days)}
        values |= {"amount": Decimal(yuan), "receipt_no": f"JS{number:04d}"}
        donations.give(session, drive_id, values, today)
    for days, giver, item, quantity, unit, worth, _ in _GOODS:
        number += 1
        values = {"giver": giver, "on": first + timedelta(days=days), "item": item, "quantity": Decimal(quantity)}
        values |= {"unit": unit, "value": None if worth is None else Decimal(worth), "receipt_no": f"JS{number:04d}"}
        donations.give(session, drive_id, values, today)


def _pass_on(session: Session, drive_id: int, on: date, today: date) -> None:
    said: dict[str, Any] = {"receiver": _RECEIVER, "on": on, "handler": "周丽萍"}
    for number, yuan in enumerate(_PASSED, 1):
        donations.pass_on(session, drive_id, said | {"amount": Decimal(yuan), "receipt_no": f"WZ{number:03d}"}, today)
    for number, (_, _, item, _, unit, _, passed) in enumerate(_GOODS, len(_PASSED) + 1):
        receipt = f"WZ{number:03d}" if number < len(_GOODS) + len(_PASSED) else None
        goods = {"item": item, "quantity": Decimal(passed), "unit": unit, "receipt_no": receipt}
        donations.pass_on(session, drive_id, said | goods, today)
