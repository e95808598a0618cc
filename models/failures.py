"""What can go wrong with a data file, told in one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError

from models.errors import DamagedError, UserError

_NOT_SAVED = "本次没有保存，"
_DAMAGED = "数据文件已损坏，{not_saved}请从最近的备份恢复。"
_HALF = "文字里有一个不完整的字符（多半是从别的程序里粘贴来的），{not_saved}请删去后再试。"
_ELSEWHERE = "数据文件已被替换或移走（例如改了密码、恢复了备份），{not_saved}请重新打开它。"
DAMAGED = _DAMAGED.format(not_saved="")
UNCONFIRMED = "已经保存，但磁盘没有确认写稳，不要重复登记；请马上备份到另一个磁盘，并检查这个磁盘。"
UNKNOWN = "磁盘正好在保存时出错，不能确定这一步有没有保存；请检查磁盘，重新打开数据文件，看清楚有没有再登记。"
_SENTENCES = (
    ("database is locked", "数据文件正被另一个程序占用，{not_saved}请稍后再试。"),
    ("database or disk is full", "磁盘已满，{not_saved}请腾出空间后再试。"),
    ("readonly database", "数据文件是只读的，{not_saved}请检查它所在的磁盘和文件夹。"),
    ("disk I/O error", "读写磁盘出错（磁盘可能已满或被拔出），{not_saved}请检查磁盘后再试。"),
    ("unable to open database", "数据文件打不开，{not_saved}请检查它是否还在、磁盘是否已拔出。"),
    ("pattern too complex", "要找的文字太长，请缩短后再找。"),
    ("not a database", _DAMAGED),
    ("malformed", _DAMAGED),
    ("Could not decode to UTF-8", _DAMAGED),
    ("no such table", _DAMAGED),
    ("no such column", _DAMAGED),
)


@contextmanager
def translated(driver: ModuleType, saving: bool = False) -> Iterator[None]:
    """Turns a stale row, a lock, a full disk, a damaged file and half a character into sentences; other errors pass.

    `driver` is the DB-API module at work; `saving` adds that nothing was saved.
    """
    try:
        yield
    except StaleDataError:
        raise UserError("这条记录刚刚在另一处被修改，本次没有保存，请刷新后再试。") from None
    except UnicodeEncodeError as error:  # half a character of UTF-16, as some programs copy it
        raise UserError(_filled(_HALF, saving)) from error
    except DBAPIError as error:
        raise_sentence(error.orig, error, saving)
    except driver.Error as error:
        raise_sentence(error, error, saving)


def raise_sentence(told: BaseException | None, error: Exception, saving: bool) -> None:
    """Raises the sentence for what the driver told, or `error` itself when that is no mishap but a fault of ours."""
    for words, sentence in _SENTENCES:
        if words in str(told):
            kind = DamagedError if sentence is _DAMAGED else UserError
            raise kind(_filled(sentence, saving)) from error
    raise error


def elsewhere(saving: bool) -> UserError:
    """What to raise where another file stands at the path of the one that was opened, or none."""
    return UserError(_filled(_ELSEWHERE, saving))


def _filled(sentence: str, saving: bool) -> str:
    return sentence.format(not_saved=_NOT_SAVED if saving else "")
