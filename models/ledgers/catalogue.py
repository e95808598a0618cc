"""Every ledger of the program, in the order of the sidebar."""

from models.errors import UserError
from models.ledger import Ledger
from models.ledgers.appraisals import LIFE_APPRAISALS
from models.ledgers.arrangements import DUES_ARRANGEMENTS
from models.ledgers.assessments import DUES_ASSESSMENTS
from models.ledgers.attendance_sheet import LIFE_ATTENDANCE
from models.ledgers.birthdays import MEMBERS_BIRTHDAYS
from models.ledgers.care_cases import CARE_CASES, CARE_HOUSEHOLDS
from models.ledgers.care_changes import CARE_CHANGES, CARE_POSTING, CARE_POSTING_UNNAMED, CARE_REVIEWS
from models.ledgers.care_concerns import CARE_CONCERNS
from models.ledgers.care_funds import CARE_FUNDS
from models.ledgers.care_gifts import CARE_GIFTS
from models.ledgers.care_sources import CARE_SOURCES
from models.ledgers.care_totals import CARE_TOTALS
from models.ledgers.care_visits import CARE_VISITS
from models.ledgers.cash_book import DUES_CASH_BOOK, DUES_SPENDING
from models.ledgers.committee import MEMBERS_COMMITTEE, MEMBERS_TERMS
from models.ledgers.course import MEMBERS_COURSE
from models.ledgers.donation_drives import CARE_DRIVES, CARE_HELPED
from models.ledgers.donation_receipts import CARE_RECEIPTS
from models.ledgers.donations import CARE_DONATIONS, CARE_PASSED_ON
from models.ledgers.drawer import DUES_CASH
from models.ledgers.dual import LIFE_DUAL
from models.ledgers.duty_reviews import LIFE_BRANCH_GRADES, LIFE_DUTY_REVIEWS
from models.ledgers.elections import LIFE_ELECTIONS
from models.ledgers.entry import MEMBERS_ENTRY
from models.ledgers.followups import LIFE_FOLLOWUPS
from models.ledgers.honours import LIFE_HONOURS, LIFE_SANCTIONS
from models.ledgers.ladder import DUES_ARREARS, DUES_REMINDERS
from models.ledgers.large import DUES_LARGE
from models.ledgers.lecturers import LIFE_LECTURERS
from models.ledgers.life_counts import CARE_STATISTICS, LIFE_STATISTICS, LIFE_STATISTICS_MONTHS
from models.ledgers.make_up import LIFE_MAKE_UP
from models.ledgers.meetings import MEETINGS
from models.ledgers.members import MEMBERS, MEMBERS_ROSTER
from models.ledgers.movements import MEMBERS_CHANGES
from models.ledgers.obligations import LIFE_DUTIES
from models.ledgers.pairings import CARE_PAIRING_TASKS, CARE_PAIRINGS
from models.ledgers.payments import DUES_PAYMENTS, DUES_REMITTANCES
from models.ledgers.plans import LIFE_MONTH_PLAN, LIFE_PLAN
from models.ledgers.points import LIFE_POINT_EVENTS, LIFE_POINTS
from models.ledgers.polls import LIFE_POLLS
from models.ledgers.problems import LIFE_LISTS, LIFE_PROBLEMS
from models.ledgers.published import DUES_NOTICE, DUES_SUMMARY
from models.ledgers.reductions import DUES_REDUCTIONS
from models.ledgers.register import DUES_REGISTER
from models.ledgers.reminder_slips import LIFE_REMINDERS
from models.ledgers.scores import LIFE_SCORES, LIFE_TESTS
from models.ledgers.sendings import SENDINGS
from models.ledgers.service import MEMBERS_RETIREMENTS, MEMBERS_SECONDMENTS
from models.ledgers.service_hours import CARE_SERVICE_HOURS
from models.ledgers.slips import DUES_SLIPS
from models.ledgers.statistics import MEMBERS_STATISTICS
from models.ledgers.stock import CARE_STOCK
from models.ledgers.study import LIFE_STUDY_ENTRIES, LIFE_STUDY_HOURS
from models.ledgers.study_years import LIFE_STUDY_SUMMARY
from models.ledgers.talk_coverage import LIFE_TALK_COVERAGE
from models.ledgers.talks import LIFE_TALKS
from models.ledgers.volunteering import CARE_REGISTRATIONS, CARE_SERVICE
from models.ledgers.votes import LIFE_VOTES
from models.ledgers.worksheets import DUES_WORKSHEETS
from models.ledgers.year_table import LIFE_YEAR_TABLE
from models.ledgers.yearly import DUES_YEARLY

LEDGERS: tuple[Ledger, ...] = (
    MEMBERS,
    MEMBERS_ROSTER,
    MEMBERS_ENTRY,
    MEMBERS_CHANGES,
    MEMBERS_STATISTICS,
    MEMBERS_COMMITTEE,
    MEMBERS_TERMS,
    MEMBERS_COURSE,
    MEMBERS_BIRTHDAYS,
    MEMBERS_SECONDMENTS,
    MEMBERS_RETIREMENTS,
    LIFE_PLAN,
    LIFE_MONTH_PLAN,
    LIFE_DUTIES,
    LIFE_YEAR_TABLE,
    LIFE_REMINDERS,
    *MEETINGS,
    LIFE_ATTENDANCE,
    LIFE_STATISTICS,
    LIFE_STATISTICS_MONTHS,
    LIFE_APPRAISALS,
    LIFE_POLLS,
    LIFE_DUTY_REVIEWS,
    LIFE_BRANCH_GRADES,
    LIFE_POINTS,
    LIFE_POINT_EVENTS,
    LIFE_HONOURS,
    LIFE_SANCTIONS,
    LIFE_VOTES,
    LIFE_ELECTIONS,
    LIFE_FOLLOWUPS,
    LIFE_PROBLEMS,
    LIFE_LISTS,
    LIFE_STUDY_HOURS,
    LIFE_STUDY_SUMMARY,
    LIFE_STUDY_ENTRIES,
    LIFE_MAKE_UP,
    LIFE_SCORES,
    LIFE_TESTS,
    LIFE_LECTURERS,
    LIFE_DUAL,
    LIFE_TALKS,
    LIFE_TALK_COVERAGE,
    CARE_DRIVES,
    CARE_DONATIONS,
    CARE_RECEIPTS,
    CARE_STOCK,
    CARE_PASSED_ON,
    CARE_HELPED,
    CARE_CASES,
    CARE_HOUSEHOLDS,
    CARE_REVIEWS,
    CARE_CHANGES,
    CARE_POSTING,
    CARE_POSTING_UNNAMED,
    CARE_GIFTS,
    CARE_TOTALS,
    CARE_FUNDS,
    CARE_SOURCES,
    CARE_PAIRINGS,
    CARE_PAIRING_TASKS,
    CARE_REGISTRATIONS,
    CARE_SERVICE,
    CARE_SERVICE_HOURS,
    CARE_VISITS,
    CARE_CONCERNS,
    CARE_STATISTICS,
    DUES_REGISTER,
    DUES_ASSESSMENTS,
    DUES_WORKSHEETS,
    DUES_YEARLY,
    DUES_REDUCTIONS,
    DUES_ARRANGEMENTS,
    DUES_PAYMENTS,
    DUES_ARREARS,
    DUES_REMINDERS,
    DUES_REMITTANCES,
    DUES_SUMMARY,
    DUES_NOTICE,
    DUES_SLIPS,
    DUES_CASH,
    DUES_LARGE,
    DUES_CASH_BOOK,
    DUES_SPENDING,
    SENDINGS,
)


def named(name: str) -> Ledger:
    """The ledger of this name; UserError when there is none."""
    for ledger in LEDGERS:
        if ledger.name == name:
            return ledger
    listed = "、".join(ledger.name for ledger in LEDGERS)
    raise UserError(f"没有名为“{name}”的台账；可用的有：{listed}。")
