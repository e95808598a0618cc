"""What is counted of care: cases, gifts, visits, donations, people who were helped, pairings, services, concerns."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import Session

from models.ledgers.life.items import Item, Source, Span, full_names
from models.ledgers.life.others import Table, Told, of_member
from models.records.care.cases import CareCase, CareStep
from models.records.care.concerns import CareConcern
from models.records.care.donation_drives import DonationDrive
from models.records.care.donations import Donation, Handover, reversed_numbers
from models.records.care.helped import Helped
from models.records.care.pairings import Pairing, PairingTask
from models.records.care.rounds import CareGift, CareHandout, CareRound, still_stands
from models.records.care.visits import CareVisit
from models.records.care.volunteering import Registration, ServiceEntry
from models.rules import care

UNIT = "unit"


def _service(row: Any, _today: date) -> Told:
    amounts = {
        "times": 1, "people": row.people, "hours": row.hours * row.people,
        "paired": int(row.pairing_id is not None), "paired_people": row.people if row.pairing_id is not None else 0,
    }  # fmt: skip
    return Told("志愿服务（登记）", row.content, amounts, {})


def _registration(row: Any, _today: date) -> Told:
    return Told("双报到", f"{row.name}　{row.community}", {"people": 1}, {})


def _pairing(row: Any, _today: date) -> Told:
    return Told(row.sort, row.partner, {"times": 1}, {})


def _pairing_task(row: Any, _today: date) -> Told:
    return Told("结对任务", f"{row.partner}　{row.task}", {"times": 1, "spent": row.spent or 0}, {})


def _visits(_of: Any, _today: date) -> Mapping[str, Any]:
    return {"times": func.count()}


def _visit(row: Any, _today: date) -> Told:
    """To whom it was is told in the ledger of visits alone."""
    return Told("走访", row.occasion, {"times": 1}, {})


def _concern(row: Any, today: date) -> Told:
    closed = row.closed_on is not None and row.closed_on <= today
    return Told("急难愁盼", row.matter, {"found": 1, "closed": int(closed)}, {})


def _concerns(of: Any, today: date) -> Mapping[str, Any]:
    return {"found": func.count(), "closed": func.count().filter(of.closed_on <= today)}


def _gift(row: Any, _today: date) -> Told:
    """Who was given it is told in the ledger of gifts alone."""
    return Told(row.festival, row.round, {"people": 1, "yuan": row.amount, "goods": int(row.goods is not None)}, {})


def _gifts(of: Any, _today: date) -> Mapping[str, Any]:
    return {"people": func.count(), "yuan": func.sum(of.amount), "goods": func.count(of.goods)}


def _case(row: Any, _today: date) -> Told:
    """Whose case it is is told in the ledgers of cases alone."""
    amounts = {"entered": int(row.kind == care.TAKEN_IN), "left": int(row.kind == care.CLOSED), "stands": row.adds}
    return Told(row.kind, row.sort, amounts, {})


def _cases(of: Any, _today: date) -> Mapping[str, Any]:
    entered, left = (func.count().filter(of.kind == kind) for kind in (care.TAKEN_IN, care.CLOSED))
    return {"entered": entered, "left": left, "stands": func.sum(of.adds)}


def _helped(row: Any, _today: date) -> Told:
    return Told(row.sort, "", {"people": 1}, {})


def _running(row: Any, _today: date) -> Told:
    return Told(row.sort, row.partner, {"stands": row.adds}, {})


def _of_cases() -> Any:
    """The steps by which somebody came on the list or left it: an application that came to nothing is neither."""
    taken_in = select(CareStep.case_id).where(CareStep.kind == care.TAKEN_IN)
    adds = func.iif(CareStep.kind == care.TAKEN_IN, 1, -1).label("adds")
    return (
        select(CareStep.id, CareStep.on.label("day"), CareCase.branch_id, CareStep.kind, CareCase.sort, adds)
        .join(CareCase, CareCase.id == CareStep.case_id)
        .where(CareStep.kind.in_((care.TAKEN_IN, care.CLOSED)), CareStep.case_id.in_(taken_in))
    )


def _of_running() -> Any:
    """Each pairing twice: one more on the day it began, one less on the day it ended."""
    known = (Pairing.branch_id, Pairing.sort, Pairing.partner)
    begun = select(Pairing.id, Pairing.since.label("day"), *known, literal(1).label("adds"))
    ended = select(Pairing.id, Pairing.ended_on.label("day"), *known, literal(-1).label("adds"))
    both = union_all(begun, ended.where(Pairing.ended_on.is_not(None))).subquery()
    return select(both)


_CONCERN = (CareConcern.branch_id, CareConcern.matter, CareConcern.closed_on)
TABLES = (
    Table("cases", _of_cases(), _case, _cases),
    Table("gifts", select(CareGift.id, CareHandout.on.label("day"), CareGift.branch_id, CareHandout.amount,
                          CareGift.goods, CareRound.festival, CareRound.name.label("round"))
          .join(CareHandout, CareHandout.gift_id == CareGift.id).join(CareRound, CareRound.id == CareGift.round_id)
          .where(still_stands()), _gift, _gifts),
    Table("visits", select(CareVisit.id, CareVisit.on.label("day"), CareVisit.branch_id, CareVisit.occasion), _visit,
          _visits),
    Table("concerns", select(CareConcern.id, CareConcern.raised_on.label("day"), *_CONCERN), _concern,
          _concerns),
    Table("concerns_closed", select(CareConcern.id, CareConcern.closed_on.label("day"), *_CONCERN), _concern,
          _concerns),
    Table("helped", select(Helped.id, Helped.on.label("day"), Helped.sort,
                           func.coalesce(Helped.branch_id, DonationDrive.branch_id).label("branch_id"))
          .outerjoin(DonationDrive, DonationDrive.id == Helped.drive_id), _helped),
    Table("services", select(ServiceEntry.id, ServiceEntry.on.label("day"), ServiceEntry.branch_id,
                             ServiceEntry.content, ServiceEntry.people, ServiceEntry.hours,
                             ServiceEntry.pairing_id), _service),
    Table("registrations", of_member(Registration, Registration.registered_on, Registration.community),
          _registration),
    Table("pairings", select(Pairing.id, Pairing.since.label("day"), Pairing.branch_id, Pairing.sort,
                             Pairing.partner), _pairing),
    Table("pairing_tasks", select(PairingTask.id, PairingTask.done_on.label("day"), Pairing.branch_id,
                                  PairingTask.task, PairingTask.spent, Pairing.partner)
          .join(Pairing, Pairing.id == PairingTask.pairing_id), _pairing_task),
)  # fmt: skip
STANDING = (Table("cases_standing", _of_cases(), _case, _cases), Table("pairings_running", _of_running(), _running))


@dataclass(frozen=True)
class Moved:
    """Donations, or what was passed on of them, to be counted: money and goods as the ledger sums them up.

    A counter-entry counts below nothing on its own day. People are counted once a drive and day, however many lines
    one has, and only where a line of theirs stands. `whose` is the column of the giver or receiver.
    """

    name: str
    kind: Any
    whose: Any
    told: str

    def read(self, session: Session, span: Span) -> list[Item]:
        """The lines of the span in order of the day, of one branch where only that is counted."""
        kind = self.kind
        asked = (
            select(kind, self.whose.label("whose"), DonationDrive.name, DonationDrive.branch_id)
            .join(DonationDrive, DonationDrive.id == kind.drive_id)
            .where(kind.on.between(span.first, span.last))
            .order_by(kind.on, kind.id)
        )
        if span.branch_id is not None:
            asked = asked.where(DonationDrive.branch_id == span.branch_id)
        names, undone = full_names(session), reversed_numbers(session, kind)
        seen: set[tuple[Any, ...]] = set()
        found = []
        for line, whose, drive, branch_id in session.execute(asked):
            key = line.drive_id, whose, line.on
            counts = line.reverses_id is None and line.id not in undone and key not in seen
            if counts:
                seen.add(key)
            amounts = {
                "people": int(counts), "yuan": line.amount or 0,
                "quantity": Decimal(line.quantity) if line.quantity is not None else 0,
            }  # fmt: skip
            words = {UNIT: (line.unit,)} if line.unit else {}
            what = f"{drive}　{line.item or ''}".rstrip()
            found.append(
                Item(self.name, line.id, line.on, self.name, self.told, what, names.get(branch_id, ""), amounts, words)
            )
        return found


_MOVED = (
    Moved("donations", Donation, Donation.giver, "捐赠"),
    Moved("handovers", Handover, Handover.receiver, "转交"),
)
SOURCES = (
    *(table.source for table in TABLES),
    *(replace(table.source, since_ever=True) for table in STANDING),
    *(Source(each.name, each.read) for each in _MOVED),
)
