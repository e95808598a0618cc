"""Every ledger of the program, in the order of the sidebar."""

from models.errors import UserError
from models.ledger import Ledger
from models.ledgers.care.cases import CARE_CASES, CARE_HOUSEHOLDS
from models.ledgers.care.changes import CARE_CHANGES, CARE_POSTING, CARE_POSTING_UNNAMED, CARE_REVIEWS
from models.ledgers.care.concerns import CARE_CONCERNS
from models.ledgers.care.donation_drives import CARE_DRIVES, CARE_HELPED
from models.ledgers.care.donation_receipts import CARE_RECEIPTS
from models.ledgers.care.donations import CARE_DONATIONS, CARE_PASSED_ON
from models.ledgers.care.funds import CARE_FUNDS
from models.ledgers.care.gifts import CARE_GIFTS
from models.ledgers.care.pairings import CARE_PAIRING_TASKS, CARE_PAIRINGS
from models.ledgers.care.service_hours import CARE_SERVICE_HOURS
from models.ledgers.care.sources import CARE_SOURCES
from models.ledgers.care.stock import CARE_STOCK
from models.ledgers.care.totals import CARE_TOTALS
from models.ledgers.care.visits import CARE_VISITS
from models.ledgers.care.volunteering import CARE_REGISTRATIONS, CARE_SERVICE
from models.ledgers.dues.arrangements import DUES_ARRANGEMENTS
from models.ledgers.dues.assessments import DUES_ASSESSMENTS
from models.ledgers.dues.cash_book import DUES_CASH_BOOK, DUES_SPENDING
from models.ledgers.dues.drawer import DUES_CASH
from models.ledgers.dues.ladder import DUES_ARREARS, DUES_REMINDERS
from models.ledgers.dues.large import DUES_LARGE
from models.ledgers.dues.payments import DUES_PAYMENTS, DUES_REMITTANCES
from models.ledgers.dues.published import DUES_NOTICE, DUES_SUMMARY
from models.ledgers.dues.reductions import DUES_REDUCTIONS
from models.ledgers.dues.register import DUES_REGISTER
from models.ledgers.dues.slips import DUES_SLIPS
from models.ledgers.dues.worksheets import DUES_WORKSHEETS
from models.ledgers.dues.yearly import DUES_YEARLY
from models.ledgers.life.appraisals import LIFE_APPRAISALS
from models.ledgers.life.attendance_sheet import LIFE_ATTENDANCE
from models.ledgers.life.counts import CARE_STATISTICS, LIFE_STATISTICS, LIFE_STATISTICS_MONTHS
from models.ledgers.life.dual import LIFE_DUAL
from models.ledgers.life.duty_reviews import LIFE_BRANCH_GRADES, LIFE_DUTY_REVIEWS
from models.ledgers.life.elections import LIFE_ELECTIONS
from models.ledgers.life.followups import LIFE_FOLLOWUPS
from models.ledgers.life.honours import LIFE_HONOURS, LIFE_SANCTIONS
from models.ledgers.life.lecturers import LIFE_LECTURERS
from models.ledgers.life.make_up import LIFE_MAKE_UP
from models.ledgers.life.meetings import MEETINGS
from models.ledgers.life.obligations import LIFE_DUTIES
from models.ledgers.life.plans import LIFE_MONTH_PLAN, LIFE_PLAN
from models.ledgers.life.points import LIFE_POINT_EVENTS, LIFE_POINTS
from models.ledgers.life.polls import LIFE_POLLS
from models.ledgers.life.problems import LIFE_LISTS, LIFE_PROBLEMS
from models.ledgers.life.reminder_slips import LIFE_REMINDERS
from models.ledgers.life.scores import LIFE_SCORES, LIFE_TESTS
from models.ledgers.life.study import LIFE_STUDY_ENTRIES, LIFE_STUDY_HOURS
from models.ledgers.life.study_years import LIFE_STUDY_SUMMARY
from models.ledgers.life.talk_coverage import LIFE_TALK_COVERAGE
from models.ledgers.life.talks import LIFE_TALKS
from models.ledgers.life.votes import LIFE_VOTES
from models.ledgers.life.year_table import LIFE_YEAR_TABLE
from models.ledgers.members.birthdays import MEMBERS_BIRTHDAYS
from models.ledgers.members.committee import MEMBERS_COMMITTEE, MEMBERS_TERMS
from models.ledgers.members.course import MEMBERS_COURSE
from models.ledgers.members.entry import MEMBERS_ENTRY
from models.ledgers.members.movements import MEMBERS_CHANGES
from models.ledgers.members.roster import MEMBERS, MEMBERS_ROSTER
from models.ledgers.members.service import MEMBERS_RETIREMENTS, MEMBERS_SECONDMENTS
from models.ledgers.members.statistics import MEMBERS_STATISTICS
from models.ledgers.sendings import SENDINGS

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
