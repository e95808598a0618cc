"""What stands in the list of ledgers and papers: title, F-number, and what each is for."""

from dataclasses import dataclass
from typing import Any

from gui.care import donation_entries, pairing_entries, round_entries, visit_entries
from gui.care import entries as care_entries
from gui.dues import money_entries
from gui.life import appraisal_entries, meeting_entries, vote_entries
from models.kinds import CODE, DAY, MONEY, MONTH, NUMBER, PERSON, TEXT
from models.ledger import Column, Ledger, Sheet
from models.ledgers.catalogue import LEDGERS

_USES = {
    "members": "F11　全部字段，可改后再导入",
    "members_roster": "F10　上报、存档，可看某一天",
    "members_entry": "F11　全部党员，按录入顺序",
    "members_changes": "F19　期初、增减、期末和名单",
    "members_statistics": "性别、民族、年龄、学历、党龄",
    "members_committee": "F13　委员、分工、任职时间",
    "members_terms": "F13　任命、应换届、实际换届",
    "members_course": "职务、姓名从何时到何时",
    "members_birthdays": "F30　按月或全年，可导入",
    "members_secondments": "专班、起止、天数，可导入",
    "members_retirements": "荣退日期和活动，可导入",
    "life_plan": "F28　一年的计划和完成情况，可导入",
    "life_month_plan": "F28　一个月的安排，可导入",
    "life_duties": "应开展、已开展、逾期、完成率",
    "life_reminders": "F27　每月印发、逐项反馈",
    "life_year_table": "F24　组织生活统计，按时开展的月份和完成率",
    "life_statistics": "次、人次、%、学时，和上年同期比，可看几年",
    "life_statistics_months": "组织生活统计，一至十二月逐月",
    "life_study_hours": "F29　一次一行，逐次累计",
    "life_study_summary": "F29　全年学时，谁还没有达标",
    "life_study_entries": "自学、线上、集中培训，可导入",
    "life_make_up": "谁缺了哪次学习，补了没有",
    "life_scores": "每人得分，可导入",
    "life_tests": "参加率、平均分、合格率",
    "life_lecturers": "谁讲了几次，谁还没有讲",
    "life_dual": "领导干部参加次数、参与率",
    "life_talks": "F26　谈话、家访、提醒，可导入",
    "life_talk_coverage": "今年还没有和谁谈过",
    "life_appraisals": "F32　每人票数、等次，可导入",
    "life_polls": "应参评、实参评、参评率和票数",
    "life_duty_reviews": "F34　书记述职，好、较好、一般、差",
    "life_branch_grades": "F34　党支部考核结果",
    "life_points": "F35　先锋指数，分项得分和名次，可导入",
    "life_point_events": "F35　加分、减分的日期和原因",
    "life_honours": "F36　党员和党支部的表彰奖励，可导入",
    "life_sanctions": "F36　处分，只供内部使用",
    "dues_register": "F01　全年收缴，年底装订",
    "dues_assessments": "类别、基数和应交，可导入",
    "dues_worksheets": "F02　工资和扣款项目，本人签字",
    "dues_yearly": "本年和上一年对照，谁还没有核定",
    "dues_reductions": "F07　申请、研究、批准，可导入",
    "dues_arrangements": "按季交纳、代交、流动、出国",
    "dues_payments": "F03　每一笔交纳，可导入",
    "dues_arrears": "欠交月份、阶段和处理情况",
    "dues_reminders": "每一次提醒、催交、谈话，认可的原因",
    "dues_remittances": "上缴和凭证",
    "dues_summary": "F04　随款上报",
    "dues_notice": "F06　张贴，每个支部一张",
    "dues_slips": "F05　凭条登记，连续编号",
    "dues_cash": "点钞、差额原因和交接",
    "dues_large": "一次多交 1000 元以上，全额上缴中央",
    "dues_cash_book": "F08　下拨、返还、留存党费的收支",
    "dues_spending": "F08　使用申请、研究和支出",
    "sendings": "什么时候报给谁、报了什么，可以对照改动",
}
_PARTS = (
    appraisal_entries,
    care_entries,
    donation_entries,
    meeting_entries,
    money_entries,
    pairing_entries,
    round_entries,
    visit_entries,
    vote_entries,
)
_PAPER_USES = {
    "dues_reduction_sheet": "F07　每份申请一张，本人、支部、上级签字",
    "members_entry_card": "F11　每人一页，本人核对签字",
    "members_organisation": "F12　党组织和所在单位",
    "life_talk_sheet": "F26　每次谈话一张，签字存档",
    "dues_slip": "F05　内部凭条，交给本人",
    "dues_remittance": "F04　一式两份，随款上报",
    "dues_arrears_sheet": "连续六个月未交，提请支部党员大会研究",
    "handover_pack": "书记、经办人换人时，三方签字",
}
_PAPER_COLUMNS: dict[str, tuple[Column, ...]] = {
    "members_entry_card": (Column("name", "姓名", PERSON, 12), Column("unit", "填报单位", TEXT, 24)),
    "members_organisation": (Column("name", "党组织", TEXT, 24), Column("filled_on", "填表日期", DAY, 11)),
    "dues_reduction_sheet": (
        Column("name", "姓名", PERSON, 10),
        Column("unit", "党支部", TEXT, 16),
        Column("amount", "减免后应交", MONEY, 10),
        Column("from_month", "起始月", MONTH, 9),
        Column("to_month", "终止月", MONTH, 9),
        Column("cause", "理由", TEXT, 22),
    ),
    "life_talk_sheet": (
        Column("on", "谈话日期", DAY, 11),
        Column("unit", "党支部", TEXT, 14),
        Column("sort", "谈话类型", TEXT, 12),
        Column("talkers", "谈话人", TEXT, 14),
        Column("talked", "被谈话人", TEXT, 18),
    ),
    "dues_arrears_sheet": (
        Column("name", "姓名", PERSON, 10),
        Column("unit", "党支部", TEXT, 16),
        Column("run", "连续月数", NUMBER, 8),
        Column("owed", "欠交金额", MONEY, 11),
    ),
    "dues_slip": (
        Column("number", "编号", CODE, 12),
        Column("payer", "姓名", PERSON, 10),
        Column("covers", "所属期", TEXT, 16),
        Column("amount", "金额", MONEY, 10),
        Column("method", "交纳方式", TEXT, 8),
        Column("paid_on", "交纳日期", DAY, 11),
        Column("unit", "党支部", TEXT, 14),
    ),
    "handover_pack": (Column("unit", "党组织", TEXT, 24), Column("made_on", "截至", DAY, 11)),
    "dues_remittance": (
        Column("number", "编号", CODE, 12),
        Column("unit", "上缴单位", TEXT, 18),
        Column("period", "所属月份", TEXT, 10),
        Column("remitted_on", "上缴日期", DAY, 11),
        Column("payers", "交费人数", NUMBER, 8),
        Column("amount", "金额", MONEY, 11),
        Column("voucher", "凭证号", CODE, 18),
    ),
}


@dataclass(frozen=True)
class Entry:
    """A line of the list: a ledger, a paper that exporters draw, or a ledger that such a paper prints."""

    title: str
    use: str
    ledger: Ledger | None = None
    form: Any = None

    @property
    def name(self) -> str:
        return self.ledger.name if self.ledger is not None else str(self.form.name)

    @property
    def is_paper(self) -> bool:
        """Whether it has records to choose from rather than a table."""
        return self.ledger is None

    def has(self, words: str) -> bool:
        """Whether every word stands in the title or the use."""
        return all(word in (self.title + self.use).casefold() for word in words.casefold().split())


def entries() -> list[Entry]:
    """Every ledger, then every paper that is not a ledger's own."""
    from exporters.forms import FORMS

    uses = dict(_PAPER_USES)
    for part in _PARTS:
        uses |= part.USES
    forms = {each.name: each for each in FORMS}
    said = {
        **_USES,
        **care_entries.LEDGER_USES,
        **donation_entries.LEDGER_USES,
        **meeting_entries.USES,
        **visit_entries.LEDGER_USES,
        **vote_entries.LEDGER_USES,
        **round_entries.LEDGER_USES,
        **pairing_entries.LEDGER_USES,
    }
    found = [Entry(each.title, said.get(each.name, ""), each, forms.pop(each.name, None)) for each in LEDGERS]
    return found + [Entry(each.title, uses.get(each.name, ""), form=each) for each in forms.values()]


def records_sheet(entry: Entry, records: list[Any]) -> Sheet:
    """The records of a paper as a table to choose from."""
    known = (_PAPER_COLUMNS, *(part.COLUMNS for part in _PARTS))
    columns = next(part[entry.name] for part in known if entry.name in part)
    return Sheet(entry.name, entry.title, columns, records, {}, ("", "", ""), (), "", "portrait")
