"""The parts of the operating system that the app needs, and how to see whether they are there.

The system itself is asked, by loading the libraries. They and Debian's names for them were tried on a bare
Debian 12.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Part:
    """A part of the system: what it is called, how to see whether it is there, Debian's package of it.

    Without one that is not `vital` the app still works, only less well.
    """

    name: str
    package: str
    present: Callable[[str], bool]
    vital: bool = True


def has_module(name: str) -> bool:
    """Tell whether Python has the module `name`."""
    importlib.invalidate_caches()
    return importlib.util.find_spec(name) is not None


def has_library(soname: str) -> bool:
    """Tell whether the dynamic linker can load the library `soname` with all that it needs itself."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def has_font(_name: str) -> bool:
    """Tell whether there is a font in one of the usual folders."""
    shared = os.environ.get("XDG_DATA_DIRS", "") or "/usr/local/share:/usr/share"
    folders = [Path(folder) / "fonts" for folder in shared.split(":")]
    folders += [Path.home() / ".fonts", Path.home() / ".local/share/fonts"]
    endings = {".ttf", ".otf", ".ttc", ".pfb"}
    return any(file.suffix in endings for folder in folders for file in folder.rglob("*"))


# Debian packs the part of venv that installs pip separately, for each version of Python.
PIP = Part("ensurepip", f"python{sys.version_info.major}.{sys.version_info.minor}-venv", has_module)

OFF_SCREEN = (
    Part("libEGL.so.1", "libegl1", has_library),
    Part("libGL.so.1", "libgl1", has_library),
    Part("libdbus-1.so.3", "libdbus-1-3", has_library),
    Part("libfontconfig.so.1", "libfontconfig1", has_library),
    Part("libglib-2.0.so.0", "libglib2.0-0", has_library),
    Part("libxkbcommon.so.0", "libxkbcommon0", has_library),
    # Without a font all text is boxes.
    Part("a font", "fonts-dejavu-core", has_font, vital=False),
)

ON_X = (
    Part("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", has_library),
    Part("libxcb-cursor.so.0", "libxcb-cursor0", has_library),
    Part("libxcb-icccm.so.4", "libxcb-icccm4", has_library),
    Part("libxcb-image.so.0", "libxcb-image0", has_library),
    Part("libxcb-keysyms.so.1", "libxcb-keysyms1", has_library),
    Part("libxcb-render-util.so.0", "libxcb-render-util0", has_library),
    Part("libxcb-shape.so.0", "libxcb-shape0", has_library),
    Part("libxcb-xkb.so.1", "libxcb-xkb1", has_library),
)


def needed(variables: Mapping[str, str], *, draws: bool, system: str = sys.platform) -> tuple[Part, ...]:
    """Return the parts that a program needs under the environment `variables`, when it `draws` or not.

    On macOS and Windows Qt's wheels and Python's installer bring everything along.
    """
    if system != "linux":
        return ()
    if not draws:
        return (PIP,)
    # With Wayland beside it Qt does without X when it must.
    on_x = bool(variables.get("DISPLAY")) and not variables.get("WAYLAND_DISPLAY")
    chosen = variables.get("QT_QPA_PLATFORM", "")
    return (PIP, *OFF_SCREEN, *(ON_X if on_x and chosen in {"", "xcb"} else ()))


def missing(parts: Iterable[Part]) -> list[Part]:
    """Return those of the `parts` that this system does not have."""
    return [part for part in parts if not part.present(part.name)]
