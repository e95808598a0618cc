"""A secretary in a hurry, to be killed: works through the program's own actions and says what was saved."""

import os
import random
from collections.abc import Callable
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

from sqlalchemy.orm import Session

from models import attachments
from models.database import Database
from models.records.dues import payments, remittances
from models.records.dues.payments import Collection
from models.records.members import members, roster
from models.records.members.members import Member
from models.rules.periods import Month, PartialDate

TODAY = date(2026, 11, 23)
MONTH = Month(2026, 11)
BATCH = 500


def edit(session: Session, number: int) -> None:
    members.change(session, 1, {"remark": str(number)})


def collect(session: Session, number: int) -> None:
    payments.collect(session, 1, MONTH, Collection(TODAY, remark=str(number)), Decimal("1.00"))


def hand_up(session: Session, number: int) -> None:
    collect(session, number)
    remittances.remit(session, MONTH, TODAY, str(number))


def attach(session: Session, number: int) -> None:
    attachments.add(session, f"{number}.pdf", b"%PDF-1.7" + random.randbytes(50_000))
    session.get_one(Member, 1).address = str(number)


def bring_in(session: Session, number: int) -> None:
    born = PartialDate(1980, 1, 1)
    rows = [{"name": f"批{number}第{each}", "birth_date": born, "group": f"第{number}组"} for each in range(BATCH)]
    roster.save(session, rows)


WORK: tuple[Callable[[Session, int], None], ...] = (edit, edit, collect, hand_up, attach, attach, bring_in)


def rehearse(path: Path, password: str | None) -> None:
    """Does everything once without saving it: what is slow for the first time only is over then."""
    with closing(Database.open(path, password)) as database:
        for action in set(WORK):
            with database.trying() as session:
                action(session, 0)


def work(path: Path, password: str | None, seed: int, said: int) -> None:
    """Works until it is killed; tells the descriptor `said` of what was begun, and of what was saved."""
    random.seed(seed)
    database = Database.open(path, password)
    attachments.tidy(database)
    os.write(said, b"ready\n")
    number = seed * 10_000
    while True:
        number += 1
        action = random.choice(WORK)
        with database.writing(action.__name__) as session:
            os.write(said, f"begin {number}\n".encode())
            action(session, number)
        os.write(said, f"{action.__name__} {number}\n".encode())
