"""Donation drives (捐赠活动): what is collected for whom, from when to when."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record, numbered
from models.errors import FieldError
from models.kinds import tidy

OPEN, CLOSED = "进行中", "已结束"
DRIVE_FIELDS = ("name", "purpose", "beneficiary", "branch_id", "begins", "ends", "remark")


class DonationDrive(Record):
    """What is collected for: by a branch, or with `branch_id` None by all; `ends` is None while it goes on."""

    __tablename__ = "donation_drives"

    name: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[str | None]
    beneficiary: Mapped[str | None]
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    begins: Mapped[date]
    ends: Mapped[date | None]
    remark: Mapped[str | None]

    def goes_on(self, day: date) -> bool:
        """Whether it has not ended by that day; on its last it has."""
        return self.ends is None or day < self.ends


def drives(session: Session) -> Sequence[DonationDrive]:
    """Every drive, the latest first."""
    return session.scalars(select(DonationDrive).order_by(DonationDrive.begins.desc(), DonationDrive.id.desc())).all()


def drive_named(session: Session, name: str | None) -> DonationDrive:
    """The drive of a name; without one the only one that goes on. FieldError when there is none or are several."""
    if tidy(name):
        found = session.scalars(select(DonationDrive).where(DonationDrive.name == tidy(name))).first()
        if found is None:
            raise FieldError("drive", f"没有名为“{tidy(name)}”的捐赠活动，请先在“捐赠活动”里登记。")
        return found
    going = [each for each in drives(session) if each.ends is None]
    if len(going) != 1:
        raise FieldError("drive", "请填写是哪一次捐赠活动；还没有的请先在“捐赠活动”里登记。")
    return going[0]


def begin(session: Session, values: Mapping[str, Any]) -> DonationDrive:
    """Begins a drive: DRIVE_FIELDS; FieldError without name or first day, and for a name that is taken."""
    made = DonationDrive(**_drive(session, values, None))
    session.add(made)
    session.flush()
    return made


def change(session: Session, drive_id: int, values: Mapping[str, Any]) -> None:
    """Changes what is given of a drive."""
    found = numbered(session, DonationDrive, drive_id, "捐赠活动")
    given = {key: values.get(key, getattr(found, key)) for key in DRIVE_FIELDS}
    for key, value in _drive(session, given, found.id).items():
        setattr(found, key, value)
    session.flush()


def _drive(session: Session, values: Mapping[str, Any], number: int | None) -> dict[str, Any]:
    given = {key: values.get(key) for key in DRIVE_FIELDS}
    given |= {key: tidy(given[key]) or None for key in ("name", "purpose", "beneficiary", "remark")}
    if given["name"] is None:
        raise FieldError("name", "请填写捐赠活动的名称。")
    if given["begins"] is None:
        raise FieldError("begins", "请填写开始日期。")
    if given["ends"] is not None and given["ends"] < given["begins"]:
        raise FieldError("ends", f"结束日期 {given['ends']} 早于开始日期 {given['begins']}。")
    same = select(DonationDrive.id).where(DonationDrive.name == given["name"], DonationDrive.id != (number or 0))
    if session.scalar(same) is not None:
        raise FieldError("name", f"已经有“{given['name']}”，请换一个名称。")
    return given
