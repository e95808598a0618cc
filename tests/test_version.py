"""The number of the version is said in three places, and is the same in each."""

import re
from configparser import ConfigParser
from pathlib import Path

from gui.settings.screen import VERSION

ROOT = Path(__file__).resolve().parent.parent


def test_window_package_and_installer_say_the_same_version():
    metadata = ConfigParser()
    metadata.read(ROOT / "setup.cfg", encoding="utf-8")
    installer = (ROOT / "packaging" / "windows.nsi").read_text(encoding="utf-8")
    assert metadata["metadata"]["version"] == VERSION
    assert re.findall(r"\d+\.\d+\.\d+", installer)[0] == VERSION
