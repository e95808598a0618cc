"""SQLAlchemy's engines over data files: what one of them has compiled serves all others of the process."""

from collections.abc import Callable
from functools import cache
from types import ModuleType
from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import QueuePool
from sqlalchemy.util import LRUCache

_STATEMENTS = 400  # kept compiled, and up to half as many again; then those least in use go


def engine(module: ModuleType, connect: Callable[[], Any]) -> Engine:
    """An engine whose connections `connect` makes with the driver `module`; its errors quote no member."""
    common = _common(module)
    pool = QueuePool(connect, pool_size=3, max_overflow=5, dialect=common.dialect)
    return Engine(
        pool, common.dialect, common.url, execution_options=common.get_execution_options(), hide_parameters=True
    )


@cache
def _common(module: ModuleType) -> Engine:
    """The engine of no file of which the others have their dialect, by which SQLAlchemy knows what it has compiled."""
    kept: LRUCache[Any, Any] = LRUCache(_STATEMENTS)
    common = create_engine("sqlite://", module=module, execution_options={"compiled_cache": kept})
    common.connect().close()  # at the first connection the dialect asks what the driver can do
    common.dispose()
    return common
