"""Whether a person wants things on the screen to move: what the system was told, as far as it lets itself be asked.

`NNPLAYGROUND_REDUCED_MOTION` (1 or 0) says it where the system cannot, as GNOME, which keeps it where Qt does not look.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QSettings

VARIABLE = "NNPLAYGROUND_REDUCED_MOTION"
NO = ("0", "false", "no", "off", "")
CLIENT_AREA_ANIMATION = 0x1042  # SPI_GETCLIENTAREAANIMATION


def wants_less_motion(environment: Mapping[str, str] = os.environ, home: Path | None = None) -> bool:
    """Tell whether the system, or the environment in its place, asks for reduced motion."""
    said = environment.get(VARIABLE)
    if said is not None:
        return said.strip().lower() not in NO
    home = Path.home() if home is None else home
    if sys.platform == "win32":
        return not _windows_animates()
    if sys.platform == "darwin":
        return _macos_reduces(home)
    return _linux_reduces(Path(environment.get("XDG_CONFIG_HOME") or home / ".config"))


def _windows_animates() -> bool:
    """Ask Windows: Settings, Accessibility, Visual effects, Animation effects."""
    answer = ctypes.c_int(1)
    if sys.platform == "win32":
        ctypes.windll.user32.SystemParametersInfoW(CLIENT_AREA_ANIMATION, 0, ctypes.byref(answer), 0)
    return bool(answer.value)


def _macos_reduces(home: Path) -> bool:
    """Ask macOS: System Settings, Accessibility, Display, Reduce motion."""
    store = QSettings(str(home / "Library/Preferences/com.apple.universalaccess.plist"), QSettings.Format.NativeFormat)
    return str(store.value("reduceMotion", "0")).lower() not in NO


def _linux_reduces(config: Path) -> bool:
    """Ask the files of KDE Plasma (animation speed "instant") and of GTK (animations off)."""
    plasma = QSettings(str(config / "kdeglobals"), QSettings.Format.IniFormat)
    if str(plasma.value("KDE/AnimationDurationFactor", "1")).strip() in ("0", "0.0"):
        return True
    files = (config / folder / "settings.ini" for folder in ("gtk-4.0", "gtk-3.0"))
    stores = (QSettings(str(path), QSettings.Format.IniFormat) for path in files)
    return any(str(store.value("Settings/gtk-enable-animations", "1")).lower() in NO for store in stores)
