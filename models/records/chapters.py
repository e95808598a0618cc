"""All chapters of records: who imports this knows every table of a data file."""

from models import attachments, settings
from models.records import (
    assessments,
    cash,
    cash_book,
    large_payments,
    members,
    months,
    organisation,
    payments,
    payscale,
    reminders,
    remittances,
    rulebook,
    sendings,
    spending,
    variants,
)

CHAPTERS = (
    settings,
    attachments,
    organisation,
    members,
    assessments,
    rulebook,
    payscale,
    months,
    payments,
    large_payments,
    remittances,
    cash,
    spending,
    cash_book,
    reminders,
    variants,
    sendings,
)
