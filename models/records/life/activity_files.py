"""What is kept beside the record of an activity: the signed copy, photographs, the sheet of signatures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import attachments
from models.attachments import Attachment
from models.base import Record, numbered
from models.errors import FieldError, UserError
from models.records.life.activities import find

SIGNED, PHOTO, SHEET, OTHER = "签字件", "照片", "签到表", "其他"
KINDS = (SIGNED, PHOTO, SHEET, OTHER)
MOST = 60  # files of one activity
_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff")


class ActivityFile(Record):
    """One file of an activity: `kind` is 签字件, 照片, 签到表 or 其他; the content is that of the attachment."""

    __tablename__ = "activity_files"

    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), index=True)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachments.id"))
    kind: Mapped[str]


@dataclass(frozen=True)
class Kept:
    """A file as lists show it; `size` is in bytes."""

    id: int
    attachment_id: int
    kind: str
    name: str
    media_type: str
    size: int


def usual_kind(path: Path) -> str:
    """What a file of this name most likely is: a picture is a photograph, anything else the signed copy."""
    return PHOTO if path.suffix.lower() in _PICTURES else SIGNED


def attach(session: Session, activity_id: int, paths: Mapping[Path, str]) -> None:
    """Keeps copies of files, each of its kind; UserError when one cannot be kept, and then none is."""
    find(session, activity_id)
    known = counts(session, [activity_id]).get(activity_id, 0)
    if known + len(paths) > MOST:
        raise UserError(f"一次活动最多存 {MOST} 个文件，现在已有 {known} 个，请先挑选。")
    for path, kind in paths.items():
        _require_kind(kind)
        kept = attachments.add_file(session, path)
        session.add(ActivityFile(activity_id=activity_id, attachment_id=kept.id, kind=kind))
    session.flush()


def files_of(session: Session, activity_id: int) -> Sequence[Kept]:
    """The files of an activity by kind, then in the order in which they were added."""
    found = session.execute(
        select(
            ActivityFile.id, Attachment.id, ActivityFile.kind, Attachment.name, Attachment.media_type, Attachment.size
        )
        .join(Attachment, Attachment.id == ActivityFile.attachment_id)
        .where(ActivityFile.activity_id == activity_id)
        .order_by(ActivityFile.id)
    )
    return sorted((Kept(*row) for row in found), key=lambda each: KINDS.index(each.kind))


def counts(session: Session, activity_ids: Sequence[int]) -> dict[int, int]:
    """How many files each of these activities has, of those that have any."""
    chosen = select(ActivityFile.activity_id, func.count()).where(ActivityFile.activity_id.in_(activity_ids))
    return {row[0]: row[1] for row in session.execute(chosen.group_by(ActivityFile.activity_id))}


def change_kind(session: Session, file_id: int, kind: str) -> None:
    """Says that a file is of another kind."""
    _require_kind(kind)
    numbered(session, ActivityFile, file_id, "文件").kind = kind
    session.flush()


def remove(session: Session, file_id: int) -> None:
    """Takes a file off the record; its content stays in the folder of attachments, so that this can be undone."""
    session.delete(numbered(session, ActivityFile, file_id, "文件"))
    session.flush()


def clear(session: Session, activity_id: int) -> None:
    """Takes all files off an activity that is removed."""
    for each in session.scalars(select(ActivityFile).where(ActivityFile.activity_id == activity_id)):
        session.delete(each)
    session.flush()


def _require_kind(kind: str) -> None:
    if kind not in KINDS:
        raise FieldError("kind", f"文件的种类应为{'、'.join(KINDS)}。")
