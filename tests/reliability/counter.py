"""One of several who count in the same file: the data file, how many times, and where the count is kept."""

import sys
from contextlib import closing
from pathlib import Path

from models.database import Database
from models.errors import UserError
from models.records import members
from models.records.members import Member


def main(path: Path, times: int) -> None:
    with closing(Database.open(path)) as database:
        done = 0
        while done < times:
            try:
                with database.writing("加一") as session:
                    count = int(session.get_one(Member, 1).remark or 0)
                    members.change(session, 1, {"remark": str(count + 1)})
            except UserError as error:
                if "占用" not in str(error):
                    raise
            else:
                done += 1


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
