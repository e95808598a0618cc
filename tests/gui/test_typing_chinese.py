"""Chinese typed through a real input method into a real window."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PROGRAM = HERE.parent.parent
TOOLS = ("xvfb-run", "dbus-run-session", "xdotool")
METHODS = {
    "fcitx5": ("fcitx5", Path("/usr/share/fcitx5/inputmethod/pinyin.conf")),
    "ibus": ("ibus-daemon", Path("/usr/share/ibus/component/libpinyin.xml")),
}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="fcitx and ibus are input methods of Linux")
@pytest.mark.parametrize("method", METHODS)
def test_nihao_and_a_space_give_two_characters(method, tmp_path):
    daemon, pinyin = METHODS[method]
    missing = [tool for tool in (*TOOLS, daemon) if shutil.which(tool) is None]
    if missing or not pinyin.is_file():
        pytest.skip(f"not installed: {', '.join(missing) or pinyin}")
    folders = {f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("CONFIG", "CACHE", "DATA")}
    for folder in folders.values():
        Path(folder).mkdir()
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "XMODIFIERS", "DBUS_"))}
    environ = outside | folders | {"HOME": str(tmp_path), "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(PROGRAM)}
    session = ["dbus-run-session", "--", "sh", str(HERE / "typing_session.sh"), method, str(HERE / "typing_child.py")]
    command = ["xvfb-run", "-a", "-s", "-screen 0 800x400x24", *session, sys.executable]
    subprocess.run(command, env=environ, capture_output=True, timeout=100, check=False)
    assert "TEXT 你好" in (tmp_path / "typed.txt").read_text(encoding="utf-8")
