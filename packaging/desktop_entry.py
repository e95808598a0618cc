"""A way in from the desktop: an entry in the applications menu on Linux, a shortcut on Windows."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from environment import Environment
from terminal import NotReadyError, say

NAME = "支部台账"
FILE_NAME = "zhibu-taizhang.desktop"
COMMAND = "run.bat --desktop-entry" if sys.platform == "win32" else "sh run.sh --desktop-entry"
ENTRY = """[Desktop Entry]
Type=Application
Version=1.0
Name={name}
Comment=党支部的台账和表册
Exec=sh {script}
Icon={icon}
Terminal=false
Categories=Office;
StartupNotify=true
"""
# PowerShell takes the values from its environment, so that no path needs quoting.
SHORTCUT = (
    "$desktop = [Environment]::GetFolderPath('Desktop')",
    "$place = [IO.Path]::Combine($desktop, $env:ENTRY_NAME + '.lnk')",
    "$link = (New-Object -ComObject WScript.Shell).CreateShortcut($place)",
    "$link.TargetPath = $env:ENTRY_SCRIPT",
    "$link.WorkingDirectory = $env:ENTRY_FOLDER",
    "$link.IconLocation = $env:ENTRY_ICON",
    "$link.WindowStyle = 7",
    "$link.Save()",
)


def write(root: Path) -> None:
    """Puts the way in where this desktop looks for it, over an older one; raises NotReadyError."""
    if sys.platform == "win32":
        _write_shortcut(root)
        say("已在桌面上放好图标。")
        return
    try:
        for place in _write_entries(root):
            say(f"已放好图标：{place}")
    except OSError as error:
        raise NotReadyError(f"图标没有放成：{error.filename} {error.strerror}") from error


def entry(root: Path) -> str:
    """The desktop entry that starts the copy of the program in this folder, by the rules of freedesktop.org."""
    icon = str(root / "resources/icons/app.svg").replace("\\", "\\\\")
    return ENTRY.format(name=NAME, script=_quoted(root / "run.sh"), icon=icon)


def _write_entries(root: Path) -> list[Path]:
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share")
    applications = data / "applications"
    applications.mkdir(parents=True, exist_ok=True)
    places = [applications / FILE_NAME]
    desktop = _desktop_folder()
    if desktop.is_dir():
        places.append(desktop / FILE_NAME)
    for place in places:
        place.write_text(entry(root), encoding="utf-8")
        place.chmod(0o755)
    return places


def _desktop_folder() -> Path:
    """Where the desktop's icons lie: 桌面, Desktop or wherever its owner has moved it."""
    if shutil.which("xdg-user-dir") is None:
        return Path.home() / "Desktop"
    asked = subprocess.run(["xdg-user-dir", "DESKTOP"], capture_output=True, text=True, check=False)
    folder = Path(asked.stdout.strip())
    # Where none is set, the answer is the home folder itself.
    return Path.home() / "Desktop" if folder in (Path(), Path.home()) else folder


def _quoted(path: Path) -> str:
    """A path as one argument of Exec, which is unquoted once as a string, once as an argument, and then expands %."""
    text = str(path)
    for character in '\\"`$':
        text = text.replace(character, "\\" + character)
    return '"' + text.replace("\\", "\\\\").replace("%", "%%") + '"'


def _write_shortcut(root: Path) -> None:
    icon = Environment(root).folder / "app.ico"
    paths = {"ENTRY_SCRIPT": root / "run.bat", "ENTRY_FOLDER": root, "ENTRY_ICON": icon}
    values = {"ENTRY_NAME": NAME, **{name: str(path) for name, path in paths.items()}}
    drawing = [str(Environment(root).python), str(root / "packaging/icon.py"), str(icon)]
    shell = ["powershell", "-NoProfile", "-NonInteractive", "-Command", "; ".join(SHORTCUT)]
    try:
        subprocess.run(drawing, check=True)
        subprocess.run(shell, env=os.environ | values, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise NotReadyError(f"图标没有放成：{error}\n可以用鼠标右键把 run.bat 发送到桌面快捷方式。") from error


def main() -> int:
    """Writes the way in for this copy of the program; the exit status is 1 where that fails."""
    try:
        write(Path(__file__).resolve().parent.parent)
    except NotReadyError as reason:
        say(str(reason))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
