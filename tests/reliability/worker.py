"""A secretary in a hurry, to be killed: works through the program's own actions and says what was saved.

Run as a program: the data file, and a seed. Each line printed is one thing that the program has acknowledged.
"""

import os
import random
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

from sqlalchemy.orm import Session

from models import attachments
from models.database import Database
from models.records import members, payments, remittances, roster
from models.records.members import Member
from models.records.payments import Collection
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


def main(path: Path, seed: int, password: str | None) -> None:
    random.seed(seed)
    database = Database.open(path, password)
    attachments.tidy(database)
    for action in set(WORK):  # what is slow for the first time only
        with database.trying() as session:
            action(session, 0)
    say("ready")
    number = seed * 10_000
    while True:
        number += 1
        action = random.choice(WORK)
        with database.writing(action.__name__) as session:
            say(f"begin {number}")
            action(session, number)
        say(f"{action.__name__} {number}")


def say(line: str) -> None:
    os.write(sys.stdout.fileno(), f"{line}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else None)
