"""Papers with a shape of their own, each drawn by one file; a new one takes its file and a line in FORMS."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exporters.files import Progress, none_wanted
from models.errors import UserError
from models.ledger import Span
from models.ledgers.care.application import ApplicationRecord
from models.ledgers.care.donation_papers import AcknowledgementRecord, DonationRecord, ReceiptRecord
from models.ledgers.care.papers import SigningRecord
from models.ledgers.care.service_card import ServiceCardRecord
from models.ledgers.care.visit_papers import VisitRecord
from models.ledgers.dues.arrears_paper import ArrearsRecord
from models.ledgers.dues.money_papers import (
    CardRecord,
    HandoverRecord,
    LargeRecord,
    ReportRecord,
    SpendingRecord,
    YearNoticeRecord,
)
from models.ledgers.dues.papers import NoticeRecord, ReductionRecord, RemittanceRecord, SlipRecord
from models.ledgers.handover import HandoverPack
from models.ledgers.life.appraisal_papers import (
    AppraisalBallotRecord,
    AppraisalSheetRecord,
    DutyBallotRecord,
    PointsSheetRecord,
)
from models.ledgers.life.attendance_sheet import AttendanceRecord
from models.ledgers.life.life_meeting_papers import OpinionRecord, ReviewRecord
from models.ledgers.life.minutes_papers import MinutesRecord
from models.ledgers.life.plan_papers import YearPlanRecord
from models.ledgers.life.reminder_slips import ReminderSlipRecord
from models.ledgers.life.sign_in import SignInRecord
from models.ledgers.life.talk_papers import TalkRecord
from models.ledgers.life.vote_papers import BallotRecord, CountRecord, NominationRecord, VoteSheetRecord
from models.ledgers.life.work_book import WorkBookRecord
from models.ledgers.members.member_papers import ChangesRecord, EntryCardRecord, OrganisationRecord
from models.rules.periods import Period

Draw = Callable[[Sequence[Any], Path], frozenset[str]]
Watched = Callable[[Sequence[Any], Path, Progress], frozenset[str]]


@dataclass(frozen=True)
class Form:
    """A paper: `blank` is its empty record, and `draw` writes records, many pages in one PDF.

    `draw` answers the characters that no font has; UserError when the file cannot be written. `span` says whether its
    records are those of a month (or any period), of a whole year or of no period. `watched` draws them too, and says
    how far it is.
    """

    name: str
    title: str
    blank: Any
    draw: Draw
    span: Span = "month"
    watched: Watched | None = None

    def write(self, records: Sequence[Any], path: Path, progress: Progress) -> frozenset[str]:
        """Draws records; one that takes long tells `progress` how far it is, and stops where that raises."""
        return self.draw(records, path) if self.watched is None else self.watched(records, path, progress)

    def heading(self, period: Period) -> str:
        """What the papers of a period are called together: 2026年11月党费上缴单, 2026年度党费交纳卡."""
        if self.span == "none":
            return self.title
        said = Period.of_year(period.year) if self.span == "year" else period
        return f"{said.chinese}{self.title}"


def _slips(records: Sequence[SlipRecord], path: Path) -> frozenset[str]:
    from exporters.forms import slip

    return slip.draw(records, path)


def _remittances(records: Sequence[RemittanceRecord], path: Path) -> frozenset[str]:
    from exporters.forms import remittance

    return remittance.draw(records, path)


def _notices(records: Sequence[NoticeRecord], path: Path) -> frozenset[str]:
    from exporters.forms import notice

    return notice.draw(records, path)


def _large_sheets(records: Sequence[LargeRecord], path: Path) -> frozenset[str]:
    from exporters.forms import large_sheet

    return large_sheet.draw(records, path)


def _cash_slips(records: Sequence[HandoverRecord], path: Path) -> frozenset[str]:
    from exporters.forms import cash_slip

    return cash_slip.draw(records, path)


def _spending_sheets(records: Sequence[SpendingRecord], path: Path) -> frozenset[str]:
    from exporters.forms import spending_sheet

    return spending_sheet.draw(records, path)


def _reports(records: Sequence[ReportRecord], path: Path) -> frozenset[str]:
    from exporters.forms import report

    return report.draw_two(records, path)


def _single_reports(records: Sequence[ReportRecord], path: Path) -> frozenset[str]:
    from exporters.forms import report

    return report.draw_one(records, path)


def _cards(records: Sequence[CardRecord], path: Path) -> frozenset[str]:
    from exporters.forms import card

    return card.draw(records, path)


def _year_notices(records: Sequence[YearNoticeRecord], path: Path) -> frozenset[str]:
    from exporters.forms import year_notice

    return year_notice.draw(records, path)


def _arrears_sheets(records: Sequence[ArrearsRecord], path: Path) -> frozenset[str]:
    from exporters.forms import arrears_sheet

    return arrears_sheet.draw(records, path)


def _entry_cards(records: Sequence[EntryCardRecord], path: Path) -> frozenset[str]:
    from exporters.forms import entry_card

    return entry_card.draw(records, path)


def _organisations(records: Sequence[OrganisationRecord], path: Path) -> frozenset[str]:
    from exporters.forms import organisation_card

    return organisation_card.draw(records, path)


def _changes(records: Sequence[ChangesRecord], path: Path) -> frozenset[str]:
    from exporters.forms import member_changes

    return member_changes.draw(records, path)


def _reductions(records: Sequence[ReductionRecord], path: Path) -> frozenset[str]:
    from exporters.forms import reduction

    return reduction.draw(records, path)


def _appraisal_ballots(records: Sequence[AppraisalBallotRecord], path: Path) -> frozenset[str]:
    from exporters.forms import appraisal_ballot

    return appraisal_ballot.draw(records, path)


def _simple_ballots(records: Sequence[AppraisalBallotRecord], path: Path) -> frozenset[str]:
    from exporters.forms import appraisal_ballot

    return appraisal_ballot.draw_simple(records, path)


def _appraisal_sheets(records: Sequence[AppraisalSheetRecord], path: Path) -> frozenset[str]:
    from exporters.forms import appraisal_sheet

    return appraisal_sheet.draw(records, path)


def _duty_ballots(records: Sequence[DutyBallotRecord], path: Path) -> frozenset[str]:
    from exporters.forms import duty_ballot

    return duty_ballot.draw(records, path)


def _points_sheets(records: Sequence[PointsSheetRecord], path: Path) -> frozenset[str]:
    from exporters.forms import points_sheet

    return points_sheet.draw(records, path)


def _talks(records: Sequence[TalkRecord], path: Path) -> frozenset[str]:
    from exporters.forms import talk_sheet

    return talk_sheet.draw(records, path)


def _minutes(records: Sequence[MinutesRecord], path: Path) -> frozenset[str]:
    from exporters.forms import minutes

    return minutes.draw(records, path)


def _sign_in(records: Sequence[SignInRecord], path: Path) -> frozenset[str]:
    from exporters.forms import sign_in

    return sign_in.draw(records, path)


def _attendance(records: Sequence[AttendanceRecord], path: Path) -> frozenset[str]:
    from exporters.forms import attendance

    return attendance.draw(records, path)


def _work_books(records: Sequence[WorkBookRecord], path: Path, progress: Progress = none_wanted) -> frozenset[str]:
    from exporters.forms import work_book

    return work_book.draw(records, path, progress)


def _blank_minutes(title: str, form: str = "F20") -> MinutesRecord:
    return MinutesRecord(title=title, form=form, kind="支部党员大会" if form == "F20" else None)


def _year_plans(records: Sequence[YearPlanRecord], path: Path) -> frozenset[str]:
    from exporters.forms import year_plan

    return year_plan.draw(records, path)


def _reminder_slips(records: Sequence[ReminderSlipRecord], path: Path) -> frozenset[str]:
    from exporters.forms import reminder_slip

    return reminder_slip.draw(records, path)


def _election_ballots(records: Sequence[BallotRecord], path: Path) -> frozenset[str]:
    from exporters.forms import ballot

    return ballot.draw(records, path)


def _count_sheets(records: Sequence[CountRecord], path: Path) -> frozenset[str]:
    from exporters.forms import count_sheet

    return count_sheet.draw(records, path)


def _nominations(records: Sequence[NominationRecord], path: Path) -> frozenset[str]:
    from exporters.forms import nominations

    return nominations.draw(records, path)


def _vote_sheets(records: Sequence[VoteSheetRecord], path: Path) -> frozenset[str]:
    from exporters.forms import vote_sheet

    return vote_sheet.draw(records, path)


def _opinion_sheets(records: Sequence[OpinionRecord], path: Path) -> frozenset[str]:
    from exporters.forms import life_meeting

    return life_meeting.draw_opinions(records, path)


def _review_lists(records: Sequence[ReviewRecord], path: Path) -> frozenset[str]:
    from exporters.forms import life_meeting

    return life_meeting.draw_reviews(records, path)


def _donations(records: Sequence[DonationRecord], path: Path) -> frozenset[str]:
    from exporters.forms import donation_sheet

    return donation_sheet.draw(records, path)


def _applications(records: Sequence[ApplicationRecord], path: Path) -> frozenset[str]:
    from exporters.forms import care_application

    return care_application.draw(records, path)


def _receipts(records: Sequence[ReceiptRecord], path: Path) -> frozenset[str]:
    from exporters.forms import donation_receipt

    return donation_receipt.draw(records, path)


def _acknowledgements(records: Sequence[AcknowledgementRecord], path: Path) -> frozenset[str]:
    from exporters.forms import donation_acknowledgement

    return donation_acknowledgement.draw(records, path)


def _signing_sheets(records: Sequence[SigningRecord], path: Path) -> frozenset[str]:
    from exporters.forms import care_signing

    return care_signing.draw(records, path)


def _visits(records: Sequence[VisitRecord], path: Path) -> frozenset[str]:
    from exporters.forms import visit_sheet

    return visit_sheet.draw(records, path)


def _service_cards(records: Sequence[ServiceCardRecord], path: Path) -> frozenset[str]:
    from exporters.forms import service_card

    return service_card.draw(records, path)


def _handovers(records: Sequence[HandoverPack], path: Path) -> frozenset[str]:
    from exporters.forms import handover

    return handover.draw(records, path)


# The files that draw are read when they are first used: they bring reportlab and its fonts, and a list needs neither.
FORMS: tuple[Form, ...] = (
    Form("dues_slip", "党费交纳凭条", SlipRecord(), _slips),
    Form("dues_remittance", "党费上缴单", RemittanceRecord(), _remittances),
    Form("dues_notice", "党费收缴情况公示", NoticeRecord(), _notices),
    Form("dues_reduction_sheet", "少交（免交）党费申请审批表", ReductionRecord(), _reductions, "year"),
    Form("dues_arrears_sheet", "党员连续不交党费情况说明", ArrearsRecord(), _arrears_sheets),
    Form("dues_report", "党费收缴情况报表（一式两份）", ReportRecord(), _reports),
    Form("dues_report_single", "党费收缴情况报表（单份）", ReportRecord(), _single_reports),
    Form("dues_year_notice", "党费收缴使用情况年度公示", YearNoticeRecord(), _year_notices, "year"),
    Form("dues_card", "党费交纳卡", CardRecord(), _cards, "year"),
    Form("dues_large_sheet", "大额党费情况说明", LargeRecord(), _large_sheets, "year"),
    Form("dues_cash_slip", "党费现金交接单", HandoverRecord(), _cash_slips, "year"),
    Form("dues_spending_sheet", "党费使用审批表", SpendingRecord(), _spending_sheets, "year"),
    Form("members_entry_card", "党员信息采集表（每人一页）", EntryCardRecord(), _entry_cards),
    Form("members_organisation", "党组织基本信息采集表", OrganisationRecord(), _organisations),
    Form("members_changes", "党员增减变动表", ChangesRecord(), _changes),
    Form("life_appraisal_ballot", "民主评议测评票（分项）", AppraisalBallotRecord(), _appraisal_ballots, "year"),
    Form("life_appraisal_simple_ballot", "民主评议测评票（简式）", AppraisalBallotRecord(), _simple_ballots, "year"),
    Form("life_appraisal_sheet", "民主评议登记表（每人一页）", AppraisalSheetRecord(), _appraisal_sheets, "year"),
    Form("life_duty_ballot", "述职评议测评表", DutyBallotRecord(), _duty_ballots, "year"),
    Form("life_points_sheet", "党员积分考评表（每人一页）", PointsSheetRecord(), _points_sheets, "year"),
    Form("life_ballot", "选票", BallotRecord(), _election_ballots, "year"),
    Form("life_count_sheet", "选举计票报告单", CountRecord(), _count_sheets, "year"),
    Form("life_nominations", "候选人提名汇总表", NominationRecord(), _nominations, "year"),
    Form("life_vote_sheet", "票决情况汇总表", VoteSheetRecord(), _vote_sheets, "year"),
    Form("life_opinion_sheet", "组织生活会征求意见表", OpinionRecord(), _opinion_sheets, "year"),
    Form("life_review_list", "对照检查材料目录", ReviewRecord(), _review_lists, "year"),
    Form("care_application", "困难党员申请审批表", ApplicationRecord(), _applications, "year"),
    Form("care_visit_sheet", "走访记录表", VisitRecord(), _visits, "year"),
    Form("care_donation_sheet", "捐款（捐物）登记表", DonationRecord(), _donations, "year"),
    Form("care_receipt", "捐赠收据", ReceiptRecord(), _receipts, "year"),
    Form("care_acknowledgement", "捐赠款物接收单", AcknowledgementRecord(), _acknowledgements, "year"),
    Form("life_talk_sheet", "谈心谈话记录表", TalkRecord(), _talks),
    Form("life_minutes", "会议和活动记录", MinutesRecord(), _minutes),
    Form("life_general_meetings", "支部党员大会记录", _blank_minutes("支部党员大会记录"), _minutes, "year"),
    Form("life_committee_meetings", "支部委员会会议记录", _blank_minutes("支部委员会会议记录"), _minutes, "year"),
    Form("life_group_meetings", "党小组会记录", _blank_minutes("党小组会记录"), _minutes, "year"),
    Form("life_lectures", "党课记录", _blank_minutes("党课记录", "F21"), _minutes, "year"),
    Form("life_theme_days", "主题党日记录", _blank_minutes("主题党日活动记录表", "F22"), _minutes, "year"),
    Form("life_life_meetings", "组织生活会记录", _blank_minutes("组织生活会记录"), _minutes, "year"),
    Form("life_sign_in", "签到表", SignInRecord(), _sign_in),
    Form("life_attendance", "党员考勤表", AttendanceRecord(), _attendance, "year"),
    Form("life_work_book", "党支部工作手册", WorkBookRecord(), _work_books, "year", _work_books),
    Form("life_plan", "组织生活年度计划", YearPlanRecord(), _year_plans, "year"),
    Form("care_signing", "慰问金（品）发放签领表", SigningRecord(), _signing_sheets, "year"),
    Form("life_reminders", "党建工作提醒单", ReminderSlipRecord(), _reminder_slips),
    Form("care_service_card", "在职党员报到单（服务记录卡）", ServiceCardRecord(), _service_cards, "year"),
    Form("handover_pack", "党支部工作交接清单", HandoverPack(), _handovers, "none"),
)


def named(name: str) -> Form:
    """The form of this name; UserError when there is none."""
    for form in FORMS:
        if form.name == name:
            return form
    listed = "、".join(form.name for form in FORMS)
    raise UserError(f"没有名为“{name}”的表格；可用的有：{listed}。")
