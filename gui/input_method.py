"""Chinese typing on Linux: Qt as Python brings it speaks to ibus and not to fcitx, but fcitx 5 answers as ibus."""

import sys
from collections.abc import MutableMapping
from pathlib import Path

_LISTS = ("QT_IM_MODULES", "QT_IM_MODULE")  # the first that is set is the one Qt looks at
_CANNOT_TYPE = frozenset({"", "xim", "none"})


def prepare(environ: MutableMapping[str, str], plugins: Path, platform: str = sys.platform) -> None:
    """Sets QT_IM_MODULE so that Chinese can be typed; call it before QApplication is made.

    `plugins` is Qt's plugin folder: where a fcitx plugin built for this very Qt lies in it, nothing is changed.
    """
    if platform != "linux" or any((plugins / "platforminputcontexts").glob("*fcitx*")):
        return
    named = next((name for name in _LISTS if environ.get(name)), "QT_IM_MODULE")
    asked_for = environ.get(named, "")
    server = environ.get("XMODIFIERS", "")
    by_server = asked_for in _CANNOT_TYPE and ("fcitx" in server or "ibus" in server)
    if "fcitx" in asked_for or by_server:
        environ.pop("QT_IM_MODULES", None)
        environ["QT_IM_MODULE"] = "ibus"
