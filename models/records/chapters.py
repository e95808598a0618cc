"""All chapters of records: who imports this knows every table of a data file."""

from models import attachments, settings
from models.records import (
    assessments,
    members,
    months,
    organisation,
    payments,
    payscale,
    reminders,
    remittances,
    rulebook,
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
    remittances,
    reminders,
    variants,
)
