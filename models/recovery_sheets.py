"""Whether the recovery sheet of the present password was printed, or is said to be kept some other way."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.database import Database
from models.keys import FileKey
from models.records import private_exports
from models.records.private_exports import PrivateExport

TITLE = "数据文件恢复单"
PRINTED, KEPT = "预览打印", "另外保管"
_DIGITS = 8  # of the salt, which stands openly at the head of the file and is another for every password


def is_due(database: Database) -> bool:
    """Whether whoever looks at it should see to the sheet: the owner of an encrypted file, once for each password."""
    if database.key is None or database.person is not None or database.read_only:
        return False
    with database.reading() as session:
        noted = select(PrivateExport.id).where(PrivateExport.told == _told(database.key)).limit(1)
        return session.scalar(noted) is None


def note(session: Session, key: FileKey, way: str, today: date) -> None:
    """Writes down that the sheet of this key was printed, or is kept some other way; the trail tells it too."""
    private_exports.note(session, TITLE, (_told(key),), way, 1, today)


def _told(key: FileKey) -> str:
    return f"恢复码 {key.salt.hex()[:_DIGITS]}"
