"""Whether the computer's clock, from which days and months are taken, can be right: by when the file was last saved."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.audit import Operation

LONGEST_PAUSE = timedelta(days=45)
_SLACK = timedelta(minutes=10)  # that clocks are set back by without anybody noticing


def doubt(session: Session, now: datetime) -> str:
    """The sentence that a person should read where `now` (with its zone) is odd; "" where it can be right.

    What counts is the last operation, not the latest moment: once something is saved under the right time, an earlier
    wrong one is forgotten.
    """
    at = session.scalar(select(Operation.at).order_by(Operation.id.desc()).limit(1))
    return "" if at is None else between(datetime.fromisoformat(at), now)


def between(saved: datetime, now: datetime) -> str:
    """The same for a file that was last saved at that moment."""
    saved = saved.astimezone(now.tzinfo)
    if saved - now > _SLACK:
        return (
            f"电脑的时间是 {now:%Y-%m-%d %H:%M}，比上一次保存的 {saved:%Y-%m-%d %H:%M} 还早。"
            "请先核对电脑的日期和时间，再登记。"
        )
    if now - saved > LONGEST_PAUSE:
        return (
            f"电脑的日期是 {now:%Y-%m-%d}，离上一次保存（{saved:%Y-%m-%d}）有 {(now - saved).days} 天。"
            "要不是这么久没有用过，请先核对电脑的日期，再登记。"
        )
    return ""
