"""党支部工作交接清单: what the next secretary takes over, read from the whole file and from the backups of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import audit, holders, manifests, preferences
from models.attachments import Attachment
from models.audit import Anchor
from models.ledger import View
from models.ledgers.handover_matters import Matter, open_matters
from models.ledgers.sheets import furniture
from models.records.care.cases import CareCase
from models.records.care.concerns import CareConcern
from models.records.care.donations import Donation, Handover
from models.records.care.pairings import Pairing
from models.records.care.rounds import CareHandout
from models.records.care.visits import CareVisit
from models.records.care.volunteering import ServiceEntry
from models.records.dues.assessments import Assessment
from models.records.dues.cash import CashCount
from models.records.dues.cash_book import CashEntry
from models.records.dues.large_payments import LargePayment
from models.records.dues.months import Due
from models.records.dues.payments import Payment
from models.records.dues.reductions import Reduction
from models.records.dues.remittances import Remittance, Voucher
from models.records.life.activities import HELD, Activity
from models.records.life.appraisals import Appraisal
from models.records.life.followups import FollowUp
from models.records.life.honours import Honour
from models.records.life.study import StudyEntry
from models.records.life.talks import Talk
from models.records.members.members import IN_THE_BRANCH, Member
from models.records.sendings import Sending

_KEPT: Sequence[tuple[str, Any, Any]] = (
    ("党费核定", Assessment, Assessment.from_month),
    ("应交党费", Due, Due.month),
    ("党费交纳", Payment, Payment.paid_on),
    ("少交免交", Reduction, Reduction.from_month),
    ("上缴记录", Remittance, Remittance.remitted_on),
    ("上缴凭证", Voucher, Voucher.dated),
    ("现金点交", CashCount, CashCount.day),
    ("大额党费", LargePayment, LargePayment.paid_on),
    ("党费收支", CashEntry, CashEntry.on),
    ("会议和活动记录", Activity, Activity.held_on),
    ("后续事项", FollowUp, FollowUp.due_on),
    ("谈心谈话", Talk, Talk.on),
    ("民主评议", Appraisal, Appraisal.held_on),
    ("学习登记", StudyEntry, StudyEntry.on),
    ("表彰处分", Honour, Honour.awarded_on),
    ("困难帮扶", CareCase, None),
    ("慰问发放", CareHandout, CareHandout.on),
    ("走访", CareVisit, CareVisit.on),
    ("急难愁盼", CareConcern, CareConcern.raised_on),
    ("捐款捐物", Donation, Donation.on),
    ("捐赠转交", Handover, Handover.on),
    ("结对共建", Pairing, Pairing.since),
    ("志愿服务", ServiceEntry, ServiceEntry.on),
    ("报送登记", Sending, Sending.sent_on),
    ("扫描件、附件", Attachment, None),
)


@dataclass(frozen=True, slots=True)
class KeptLedger:
    """A ledger of the file: how many records it has, and from when to when."""

    name: str
    count: str
    span: str = ""


@dataclass(frozen=True, slots=True)
class BackupPlace:
    """A folder of backups: the number of those verified in it, and when the last one was made (local time)."""

    folder: str
    count: int
    last: str = ""


@dataclass(frozen=True, slots=True)
class HandoverPack:
    """What is handed over on a day; all empty, it is the blank to fill in by hand.

    `people` are those who open the file with a password of their own, by name and right; None where it has none.
    """

    unit: str | None = None
    made_on: date | None = None
    matters: tuple[Matter, ...] = ()
    ledgers: tuple[KeptLedger, ...] = ()
    file: str | None = None
    folder: str | None = None
    encrypted: bool | None = None
    people: tuple[str, ...] = ()
    backups: tuple[BackupPlace, ...] = ()
    trail: Anchor | None = None


def packs(session: Session, view: View) -> Sequence[tuple[int, HandoverPack]]:
    """The one pack of the file: it goes from hand to hand whole, whichever branch is looked at."""
    home = session.info["home"]
    path = home.path.absolute()
    pack = HandoverPack(
        unit=furniture(session, View(view.today, view.period)).unit,
        made_on=view.today,
        matters=open_matters(session, view),
        ledgers=tuple(_ledgers(session)),
        file=path.name,
        folder=str(path.parent),
        encrypted=home.encrypted,
        people=tuple(f"{each.name}（{each.role}）" for each in holders.everybody(session)),
        backups=tuple(_places(path)),
        trail=Anchor(audit.length(session), audit.head(session)),
    )
    return [(1, pack)]


def _ledgers(session: Session) -> list[KeptLedger]:
    """The ledgers that have records, the roster first."""
    everybody = session.scalar(select(func.count(Member.id))) or 0
    present = session.scalar(select(func.count(Member.id)).where(Member.status == IN_THE_BRANCH)) or 0
    found = [KeptLedger("党员名册", f"{everybody} 人", f"在册 {present} 人")]
    for name, record, day in _KEPT:
        chosen = select(func.count(record.id), *(() if day is None else (func.min(day), func.max(day))))
        if record is Activity:
            chosen = chosen.where(Activity.state.in_(HELD))
        count, *days = session.execute(chosen).one()
        if count:
            found.append(KeptLedger(name, f"{count} 条", _span(*(each for each in days if each is not None))))
    return found


def _span(*days: Any) -> str:
    """From the first to the last, as exactly as each is known."""
    return " 至 ".join(dict.fromkeys(map(str, days)))


def _places(path: Path) -> list[BackupPlace]:
    """The folders that backups go to, and what they hold of this very file."""
    known = preferences.read()
    folders = (known.backup_folder or path.parent / "备份", known.second_folder)
    origin = manifests.origin_of(path)
    found = []
    for folder in folders:
        if folder is not None:
            own = [each for each in manifests.found_in(folder) if each.origin == origin and each.sound and each.whole]
            found.append(BackupPlace(str(folder), len(own), f"{own[0].made_at:%Y-%m-%d %H:%M}" if own else ""))
    return found


HANDOVER_PAPERS = {"handover_pack": packs}
