"""The invented branch to look at, with every ledger and form that can be made of it."""

import argparse
from contextlib import closing
from datetime import date
from pathlib import Path

from commands import DONE
from commands.opening import password
from commands.output import tell
from commands.sheets import draw, papers_of, write
from exporters.forms import FORMS
from models import files
from models.database import Database
from models.ledger import Session, View
from models.ledgers.catalogue import LEDGERS
from models.ledgers.dues.payments import remittance_rows
from models.ledgers.sheets import sheets, view_of
from models.rules.periods import Period
from models.sample import branch as sample

DEMO_FILE = "示例支部.zbtz"
_WITH_THE_MONEY = ("dues_summary", "dues_remittance")


def demo(options: argparse.Namespace, today: date) -> int:
    """Builds the sample branch and writes every ledger and form from it into a folder."""
    folder: Path = options.folder
    with files.refusing(f"写不进“{folder}”"):
        folder.mkdir(parents=True, exist_ok=True)
    path = options.data or folder / DEMO_FILE
    with closing(sample.build(path, today, password(options))) as database:
        written = _write_everything(database, folder, today)
    tell(f"已在“{folder}”写好示例支部的 {written} 个文件，数据文件是“{path}”。")
    return DONE


def _write_everything(database: Database, folder: Path, today: date) -> int:
    """Writes each ledger as .xlsx, .pdf and .csv and each form as .pdf; answers how many files there are."""
    written = 0
    with database.reading() as session:
        handed_up = {name: view_of(session, today, _last_handed_up(session)) for name in _WITH_THE_MONEY}
        present = view_of(session, today)
        for ledger in LEDGERS:
            view = handed_up.get(ledger.name, present)
            made, papers = sheets(session, ledger, view), papers_of(session, ledger.name, view)
            path = folder / f"{ledger.name}_{made[0].heading}"
            for ending in ("xlsx", "csv") if papers is not None else ("xlsx", "pdf", "csv"):
                write(made, path.with_name(f"{path.name}.{ending}"))
                written += 1
        for form in FORMS:
            view = handed_up.get(form.name, present)
            path = folder / f"{form.name}_{form.heading(view.period)}.pdf"
            draw(form.name, papers_of(session, form.name, view) or [], path)
            written += 1
    return written


def _last_handed_up(session: Session) -> Period | None:
    """The last month of which something was handed up, for the papers that go with the money; None without any."""
    handed = remittance_rows(session, View(date.max, Period.always()))
    last = max((row.month for row in handed), default=None)
    return Period(last, last) if last is not None else None
