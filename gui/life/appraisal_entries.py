"""The papers of appraisals in the list of ledgers and papers: what each is for, and its records as a table."""

from models.kinds import CODE, NUMBER, PERSON, TEXT
from models.ledger import Column
from models.ledgers.short_numbers import SHORT

USES = {
    "life_appraisal_ballot": "F31　横式，按六个方面和综合评定",
    "life_appraisal_simple_ballot": "F31　竖式，只评四个等次",
    "life_appraisal_sheet": "F32　每人一页，存入档案",
    "life_duty_ballot": "F34　好、较好、一般、差",
    "life_points_sheet": "F35　每人一页，自评、小组评、支部评",
}
_BALLOT = (
    Column("unit", "党支部", TEXT, 18),
    Column("year", "年度", CODE, 8),
    Column("cap", "优秀上限", NUMBER, 8),
)
COLUMNS: dict[str, tuple[Column, ...]] = {
    "life_appraisal_ballot": _BALLOT,
    "life_appraisal_simple_ballot": _BALLOT,
    "life_appraisal_sheet": (
        Column("name", "姓名", PERSON, 10),
        Column("unit", "党支部", TEXT, 16),
        Column("year", "年度", CODE, 8),
        Column("grade", "评定等次", TEXT, 9),
    ),
    "life_duty_ballot": (Column("unit", "单位", TEXT, 20), Column("year", "年度", CODE, 8)),
    "life_points_sheet": (
        Column("name", "姓名", PERSON, 10),
        Column("unit", "党支部", TEXT, 16),
        Column("year", "年度", CODE, 8),
        Column("total", "总分", SHORT, 8),
        Column("rank", "支部内名次", NUMBER, 9),
    ),
}
