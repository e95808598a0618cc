"""The members as the roster page looks through them: those who left too, with age, seniority and whereabouts."""

from dataclasses import make_dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import codes
from models.kinds import Choice
from models.ledger import Column, Ledger, View
from models.ledgers.members.person import AGE_COLUMNS, LEAVING_COLUMNS, age
from models.ledgers.members.roster import CARD_COLUMNS, PERSON_COLUMNS, member_rows, seniority
from models.records.members.members import IN_THE_BRANCH, Member

STATUS = Choice(
    (IN_THE_BRANCH, *codes.LEFT_REASON.options), tones=dict.fromkeys(codes.LEFT_REASON.options, "quiet"), open=True
)
_STATUS_COLUMN = Column("status", "状态", STATUS, 9, entered=False)
_EXTRA = (*AGE_COLUMNS, _STATUS_COLUMN, *(column for column in LEAVING_COLUMNS if column.key != "status"))
_FIELDS = tuple(column.key for column in (*PERSON_COLUMNS, *CARD_COLUMNS))
DirectoryRow = make_dataclass(
    "DirectoryRow",
    ["id", "initials", *_FIELDS, *(column.key for column in _EXTRA)],
    frozen=True,
    slots=True,
)


def directory_rows(session: Session, view: View) -> list[Any]:
    """Every member of the view, those who left too, in order of branch and entry."""
    left = {
        member_id: (left_on, left_to, dues_until)
        for member_id, left_on, left_to, dues_until in session.execute(
            select(Member.id, Member.left_on, Member.left_to, Member.dues_until).where(Member.status != IN_THE_BRANCH)
        )
    }
    rows = []
    for row in member_rows(session, view, everyone=True):
        left_on, left_to, dues_until = left.get(row.id, (None, None, None))
        rows.append(
            DirectoryRow(
                id=row.id,
                initials=row.initials,
                status=row.status,
                age=age(row.birth_date, view.today),
                seniority=seniority(row, view),
                left_on=left_on,
                left_to=left_to,
                dues_until=dues_until,
                **{key: getattr(row, key) for key in _FIELDS},
            )
        )
    return rows


DIRECTORY = Ledger(
    name="directory",
    title="党员名册",
    columns=(*PERSON_COLUMNS, *CARD_COLUMNS, *_EXTRA),
    rows=directory_rows,
    span="none",
    heading="{title}",
    lines=("填报单位：{unit}", "", "截至{date}"),
    empty="名册里还没有党员。",
)
