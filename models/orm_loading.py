"""Loads SQLAlchemy without what it imports for engines and plug-ins that this program has none of.

asyncio brings sockets, TLS and child processes along, importlib.metadata readers of mail and of archives: a tenth of
the window's start. While SQLAlchemy is imported, stand-ins have their names; it keeps those, and everybody else who
imports the modules later gets the modules themselves.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

_PARTS = ("sqlalchemy.orm", "sqlalchemy.dialects.sqlite")
_NEVER_NEEDED = ("asyncio", "importlib.metadata")


class StandIn(ModuleType):
    """Stands for a module that is loaded once anything is asked of it."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


def load() -> None:
    """Imports SQLAlchemy; where it, or one of the modules it can do without, is loaded already, that stays so."""
    stand_ins = {name: StandIn(name) for name in _NEVER_NEEDED if name not in sys.modules}
    if "asyncio" in stand_ins:
        vars(stand_ins["asyncio"])["iscoroutine"] = _is_coroutine  # which SQLAlchemy takes as it is imported
    sys.modules.update(stand_ins)
    try:
        for name in _PARTS:
            import_module(name)
    finally:
        for name, stand_in in stand_ins.items():
            if sys.modules.get(name) is stand_in:
                del sys.modules[name]


def _is_coroutine(value: object) -> bool:
    found: bool = import_module("asyncio").iscoroutine(value)
    return found
