"""Records of the papers of appraisals, filled, for the tests of all papers."""

from datetime import date
from decimal import Decimal

from models.ledgers.life.appraisal_papers import (
    AppraisalBallotRecord,
    AppraisalSheetRecord,
    DutyBallotRecord,
    PointLine,
    PointsSheetRecord,
)

UNIT = "中共××局机关第一支部委员会"
BALLOT = AppraisalBallotRecord(UNIT, 2025, ("张红卫", "刘洋", "阿依古丽·买买提", "𬎆𫖯"), "三分之一", 1)
SHEET = AppraisalSheetRecord(
    UNIT, 2025, "刘洋", "男", "1975年8月2日", "1999年4月25日", "2000年4月25日", "财务科科长",
    "政治立场坚定，工作扎实，联系群众主动。", "优秀", "表彰", held_on=date(2026, 1, 16),
)  # fmt: skip
DUTY = DutyBallotRecord(UNIT, 2025, (("张红卫", "第一党支部"), ("刘洋", "第二党支部")))
POINTS = PointsSheetRecord(
    UNIT, 2025, "刘洋",
    (
        PointLine("理想信念", Decimal("20.00"), Decimal("20.00"), Decimal("19.50"), Decimal("19.00")),
        PointLine("组织生活", Decimal("20.00"), None, None, Decimal("18.00")),
    ),
    ((date(2025, 6, 30), Decimal("2.00"), "获优秀共产党员"), (date(2025, 9, 12), Decimal("-1.50"), "无故缺席主题党日")),
    Decimal("37.50"), 2,
)  # fmt: skip
APPRAISALS = {
    "life_appraisal_ballot": BALLOT,
    "life_appraisal_simple_ballot": BALLOT,
    "life_appraisal_sheet": SHEET,
    "life_duty_ballot": DUTY,
    "life_points_sheet": POINTS,
}
