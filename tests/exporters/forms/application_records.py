"""An invented application for the tests of papers."""

from datetime import date
from decimal import Decimal

from models.ledgers.care.application import ApplicationRecord, HomeLine
from models.rules.periods import PartialDate

APPLICATION = ApplicationRecord(
    unit="第一党支部", applied_on=date(2026, 9, 1), name="刘洋", sex="男", birth_date=PartialDate(1969, 4),
    ethnicity="汉族", joined_on=PartialDate(1995, 7, 1), person_kind="在职", health="慢性病", post="办公室科员",
    address="示例市示例路4号", sort="困难党员", cause="家属重大疾病", certificates="住院证明", honoured=True,
    household=(
        HomeLine("本人", "刘洋", 57, "办公室", Decimal("5200.00"), "慢性病"),
        HomeLine("配偶", "方敏", 55, "无", None, "住院治疗"),
        HomeLine("女儿", "刘小青", 19, "示例大学", Decimal("0.00"), "健康"),
    ),
    people=3, months="2025年9月至2026年8月", total=Decimal("5200.00"), per_head=Decimal("1733.33"),
    detail="配偶长期住院，自费药多，女儿在读大学。", aid="2025年春节 500元；2026-02-10 春节 800.00 元 大米 10 公斤",
    asked=Decimal("3000.00"), discussed="经2026年9月10日支部委员会评议，认定为比较困难。",
    approved="2026年9月21日审核。",
)  # fmt: skip
