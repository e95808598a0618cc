"""Which chapter of the manual F1 opens: over a ledger the one about it, over a dialog its own or that of its page."""

from collections.abc import Mapping

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from gui.page import Page

BY_LEDGER: Mapping[str, str] = {
    "dues_assessments": "assess",
    "dues_worksheets": "assess",
    "dues_yearly": "assess",
    "dues_reductions": "terms",
    "dues_arrangements": "terms",
    "dues_arrears": "arrears",
    "dues_reminders": "arrears",
    "dues_remittances": "close",
    "dues_summary": "close",
    "dues_notice": "notice",
    "dues_large": "using",
    "dues_cash": "using",
    "dues_cash_book": "using",
    "dues_spending": "using",
    "dues_slips": "using",
    "care_cases": "care",
    "care_gifts": "rounds",
    "care_totals": "rounds",
    "care_funds": "rounds",
    "care_sources": "rounds",
    "care_pairings": "pairings",
    "care_pairing_tasks": "pairings",
    "care_registrations": "pairings",
    "care_service": "pairings",
    "care_service_hours": "pairings",
    "care_households": "care",
    "care_reviews": "care",
    "care_changes": "care",
    "care_posting": "care",
    "care_posting_unnamed": "care",
    "life_plan": "plan",
    "life_month_plan": "plan",
    "life_duties": "plan",
    "life_year_table": "plan",
    "life_statistics": "counts",
    "life_statistics_months": "counts",
    "care_statistics": "care-counts",
    "life_reminders": "plan",
    "life_votes": "votes",
    "life_elections": "votes",
    "life_followups": "votes",
    "life_problems": "votes",
    "life_lists": "votes",
    "life_meetings": "life-papers",
    "life_general_meetings": "life-papers",
    "life_committee_meetings": "life-papers",
    "life_group_meetings": "life-papers",
    "life_lectures": "life-papers",
    "life_theme_days": "life-papers",
    "life_life_meetings": "life-papers",
    "life_attendance": "life-papers",
    "life_study_hours": "study",
    "life_study_summary": "study",
    "life_study_entries": "study",
    "life_make_up": "study",
    "life_scores": "study",
    "life_tests": "study",
    "life_lecturers": "study",
    "life_dual": "study",
    "life_talks": "talks",
    "care_drives": "donations",
    "care_donations": "donations",
    "care_receipts": "donations",
    "care_stock": "donations",
    "care_passed_on": "donations",
    "care_helped": "donations",
    "care_visits": "visits",
    "care_concerns": "visits",
    "life_talk_coverage": "talks",
    "life_appraisals": "appraisal",
    "life_polls": "appraisal",
    "life_duty_reviews": "appraisal",
    "life_branch_grades": "appraisal",
    "life_points": "honours",
    "life_point_events": "honours",
    "life_honours": "honours",
    "life_sanctions": "honours",
}
"""Ledgers that have a chapter of their own, by name; the others are in that of their page."""


def offer_help(dialog: QWidget, chapter: str = "") -> None:
    """Has F1 over a dialog open a chapter, that of the page below when none is named."""

    def ask() -> None:
        if (page := page_under(dialog)) is not None:
            page.asked_for_help.emit(chapter or page.chapter)

    QShortcut(QKeySequence("F1"), dialog).activated.connect(ask)


def page_under(dialog: QWidget) -> Page | None:
    """The page that a dialog was opened from."""
    over = dialog.parentWidget()
    while over is not None and not isinstance(over, Page):
        over = over.parentWidget()
    return over
