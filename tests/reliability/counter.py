"""One of several who count in the same file: the data file, how many times, and whether carelessly.

The careless one looks at the count first and writes it down in another transaction, as a program would that neither
locks before it reads nor looks again: it is the control that shows how counts are lost.
"""

import sys
from contextlib import closing
from pathlib import Path

from sqlalchemy.orm import Session

from models.database import Database
from models.errors import UserError
from models.records.members import members
from models.records.members.members import Member


def add_one(database: Database) -> None:
    with database.writing("加一") as session:
        members.change(session, 1, {"remark": str(count(session) + 1)})


def add_one_carelessly(database: Database) -> None:
    with database.reading() as session:
        seen = count(session)
    with database.writing("加一") as session:
        members.change(session, 1, {"remark": str(seen + 1)})


def count(session: Session) -> int:
    return int(session.get_one(Member, 1).remark or 0)


def main(path: Path, times: int, careless: bool) -> None:
    with closing(Database.open(path)) as database:
        done = 0
        while done < times:
            try:
                (add_one_carelessly if careless else add_one)(database)
            except UserError as error:
                if "占用" not in str(error):
                    raise
            else:
                done += 1


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), careless=sys.argv[3:] == ["carelessly"])
