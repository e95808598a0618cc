"""Kinds of value: how each is read from what people type, shown, aligned and given to a spreadsheet.

A value not known is None throughout; `read` gives None for the empty cell and for the words that mean unknown.
`read` raises ValueError with one plain Chinese sentence when the value cannot be that kind.
"""

from models.kinds.amounts import MONEY, NUMBER, RATE, Money, Number, Rate
from models.kinds.choices import FLAG, Choice, Flag, Several
from models.kinds.codes import ACCOUNT, CODE, ID_NUMBER, PHONE, Account, Code, IdNumber, Phone
from models.kinds.days import DAY, MONTH, PARTIAL_DAY, Day, MonthKind
from models.kinds.kind import Align, Cell, Kind, Raw, Tone, is_unknown, tidy
from models.kinds.words import NAME, PERSON, TEXT, Name, Person, Text

__all__ = [
    "ACCOUNT",
    "CODE",
    "DAY",
    "FLAG",
    "ID_NUMBER",
    "MONEY",
    "MONTH",
    "NAME",
    "NUMBER",
    "PARTIAL_DAY",
    "PERSON",
    "PHONE",
    "RATE",
    "TEXT",
    "Account",
    "Align",
    "Cell",
    "Choice",
    "Code",
    "Day",
    "Flag",
    "IdNumber",
    "Kind",
    "Money",
    "MonthKind",
    "Name",
    "Number",
    "Person",
    "Phone",
    "Rate",
    "Raw",
    "Several",
    "Text",
    "Tone",
    "is_unknown",
    "tidy",
]
