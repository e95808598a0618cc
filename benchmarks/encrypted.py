"""The work of a day on an encrypted file, beside the same work on a plain one; the key was derived before."""

import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks import large_branch
from benchmarks.case import Case
from benchmarks.large_branch import MEMBERS, NEXT, PAID, PAYMENTS, TODAY, UNPAID
from benchmarks.ten_years import PASSWORD
from models import checks
from models.database import Database
from models.keys import FileKey
from models.ledger import View
from models.ledgers import frame
from models.ledgers.dues.payments import payment_rows
from models.ledgers.dues.register import register_rows
from models.records.dues import months, payments
from models.records.dues.payments import Collection
from models.unlocking import key_of

_COLLECTED, _SEARCHES = 50, ("赵岚", "zl", "钱", "孙澍玥")
_YEAR = View(TODAY, PAID)


@dataclass(frozen=True)
class Files:
    """The same branch twice, and the key of the encrypted one."""

    plain: Path
    encrypted: Path
    key: FileKey


def kept(_folder: Path) -> Files:
    """The files as they are kept, to be read."""
    plain, encrypted = large_branch.file(None), large_branch.file(PASSWORD)
    key = key_of(encrypted, PASSWORD)
    assert key is not None
    return Files(plain, encrypted, key)


def copied(folder: Path) -> Files:
    """Copies of them, to be changed."""
    found = kept(folder)
    plain, encrypted = (Path(shutil.copy(path, folder / path.name)) for path in (found.plain, found.encrypted))
    return Files(plain, encrypted, found.key)


def register(database: Database) -> None:
    """Every member's dues and payments of the year, month by month."""
    with database.reading() as session:
        _require(len(register_rows(session, _YEAR)) == MEMBERS)


def payments_one_by_one(database: Database) -> None:
    """Every payment of the year."""
    with database.reading() as session:
        _require(len(payment_rows(session, _YEAR)) == PAYMENTS)


def search(database: Database) -> None:
    """Names looked for as in the field above the pages: as written, and by initials."""
    for text in _SEARCHES:
        with database.reading() as session:
            frame.search(session, text)


def collect(database: Database) -> None:
    """Payments taken one after another, each saved with its line in the trail."""
    with database.reading() as session:
        found = large_branch.unpaid(session, _COLLECTED)
    for member_id in found:
        with database.writing("收缴") as session:
            payments.collect(session, member_id, UNPAID, Collection(TODAY))


def open_month(database: Database) -> None:
    """The next month opened for everybody."""
    with database.writing("开账") as session:
        _require(months.open_month(session, NEXT, TODAY).added == MEMBERS)


def check(database: Database) -> None:
    """The file, its trail and its books found sound."""
    _require(checks.check(database) == [])


def _require(so: bool) -> None:
    if not so:
        raise RuntimeError("the work was not done")


def _case(title: str, prepare: Callable[[Path], Files], work: Callable[[Database], None], limit: float) -> Case:
    def ours(files: Files) -> None:
        with closing(Database.with_key(files.encrypted, files.key, read_only=prepare is kept)) as database:
            work(database)

    def plain(files: Files) -> None:
        with closing(Database.with_key(files.plain, None, read_only=prepare is kept)) as database:
            work(database)

    return Case(f"an encrypted file: {title}", "the same on a plain file", prepare, ours, plain, limit)


CASES = (
    _case(f"a month opened for {MEMBERS:,} members", copied, open_month, 1.3),
    _case(f"{_COLLECTED} payments taken one after another", copied, collect, 1.3),
    _case(f"{len(_SEARCHES)} searches among {MEMBERS:,} members", kept, search, 1.3),
    _case(f"the register of a year, {PAYMENTS:,} payments", kept, register, 1.3),
    _case("the same, payment by payment", kept, payments_one_by_one, 1.3),
    _case("check", kept, check, 1.3),
)
