"""The system libraries that Qt's wheel expects of a Linux desktop, and how to get those that are missing."""

import ctypes
import os
import sys

import apt
from terminal import NotReadyError, say

# Debian's package for each library: those of any window, and those of a window on X11 or Wayland.
PAINTING = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libcups.so.2": "libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libzstd.so.1": "libzstd1",
}
X11 = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}


def has_display() -> bool:
    """Whether a window can be shown: always off Linux, there with a display or a Qt platform that needs none."""
    if sys.platform != "linux":
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def require_libraries() -> None:
    """Installs what this desktop lacks where that is allowed; otherwise raises NotReadyError naming each library."""
    if sys.platform != "linux":
        return
    missing = _missing()
    if missing and apt.may_install():
        say(f"缺少显示窗口所需的系统库：{'、'.join(missing)}")
        apt.install(sorted(set(missing.values())))
        missing = _missing()
    if missing:
        raise NotReadyError(
            f"缺少显示窗口所需的系统库：{'、'.join(missing)}。\n"
            "请管理员安装后再运行。统信、麒麟、Debian、Ubuntu 的安装命令：\n"
            f"    sudo apt-get install {' '.join(sorted(set(missing.values())))}\n"
            "其他系统请用自带的软件管理工具安装这些库。"
        )


def _missing() -> dict[str, str]:
    wanted = dict(PAINTING)
    if os.environ.get("DISPLAY"):
        wanted |= X11
    if os.environ.get("WAYLAND_DISPLAY"):
        wanted |= WAYLAND
    return {name: package for name, package in wanted.items() if not _loads(name)}


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
