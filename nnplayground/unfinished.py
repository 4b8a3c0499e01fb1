"""Files that are being written, and those of a run that was killed meanwhile, which the next start takes away.

A file is first written under a name of its own beside its place. A note of it lies in the state folder of the user for
as long as that takes. At a start there is work to do only where a note was left behind:

1. the writer makes the file, locks it, and leaves a note with its path;
2. it takes the note away when the file has got its name, or is gone;
3. a later start looks at each note: a file that is still locked belongs to a program that runs, and stays.

Only a regular file with a name of this form, made on this machine, is ever taken away.
"""

from __future__ import annotations

import contextlib
import os
import platform
import re
import stat
import sys
import zlib
from collections.abc import Mapping
from pathlib import Path

if sys.platform != "win32":
    import fcntl

HOST = f"{zlib.crc32(platform.node().encode()):08x}"
NAME = re.compile(rf"\.nnp-{HOST}-\d+-[0-9a-f]{{16}}\.part")
LONGEST_NOTE = 70_000  # bytes: no path is longer
MOST_NOTES = 1_000  # looked at in one start
USUAL_MODE = 0o666  # of which the system takes what the user's umask takes from every new file

NEW = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class Unfinished:
    """One file that is being written in `folder`, empty at first and locked; `close` gives up the lock and the note.

    `mode` are the permissions that it shall have in the end; it never has more. Raises `OSError` where no file can be
    made.
    """

    def __init__(self, folder: Path, mode: int = USUAL_MODE) -> None:
        self.path = folder / f".nnp-{HOST}-{os.getpid()}-{os.urandom(8).hex()}.part"
        self._handle = os.open(self.path, NEW, mode | 0o600)
        _lock(self._handle)
        self._note = _leave_note(self.path)

    def flush(self) -> None:
        """Wait until all that was written is on the disk."""
        os.fsync(self._handle)

    def unlock(self) -> None:
        """Let go of the file; on Windows an open one cannot be renamed."""
        handle, self._handle = self._handle, -1
        if handle >= 0:
            os.close(handle)

    def close(self) -> None:
        """Take the file away if it still has this name, and the note; where that fails, the next start tries again."""
        self.unlock()
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)
            if self._note is not None:
                self._note.unlink(missing_ok=True)


def state_folder(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Return the folder of the notes, where the system keeps the state of programs; `None` where there is no home."""
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "win32":
        root = Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        root = home / "Library" / "Application Support"
    else:
        root = Path(environment.get("XDG_STATE_HOME") or home / ".local" / "state")
    return root / "nnplayground" / "unfinished"


def remove_left_behind() -> int:
    """Take away the half-written files of runs that were killed, and return how many; raises nothing."""
    folder, removed = state_folder(), 0
    if folder is None:
        return 0
    with contextlib.suppress(OSError), os.scandir(folder) as notes:
        for _, note in zip(range(MOST_NOTES), notes, strict=False):
            with contextlib.suppress(OSError, ValueError):
                removed += _follow(Path(note.path))
    return removed


def _follow(note: Path) -> bool:
    """Take away the file that a note tells of, and the note, unless it is still written; tell whether a file was."""
    if not stat.S_ISREG(os.lstat(note).st_mode):
        return False
    with note.open("rb") as file:
        path = Path(os.fsdecode(file.read(LONGEST_NOTE)))
    removed = False
    if NAME.fullmatch(path.name) and path.is_absolute():
        removed = _remove(path)
        if not removed and os.path.lexists(path):
            return False
    note.unlink(missing_ok=True)
    return removed


def _remove(path: Path) -> bool:
    """Take away a file that no program writes any more; tell whether that was done."""
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return False
        handle = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return False
    try:
        if not _lock(handle):
            return False
        if os.name != "nt":  # while it is locked, so that no program can begin to use it
            path.unlink()
            return True
    finally:
        os.close(handle)
    try:
        path.unlink()  # Windows refuses it while another program has the file open
    except OSError:
        return False
    return True


def _lock(handle: int) -> bool:
    """Lock an open file for this program; tell whether another one has not. The lock ends with the program."""
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _leave_note(path: Path) -> Path | None:
    """Leave a note of a file; `None` where it cannot be, which costs no more than a file left behind one day."""
    folder = state_folder()
    if folder is None:
        return None
    note = folder / os.urandom(16).hex()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(note, NEW, 0o600)
    except (OSError, ValueError):
        return None
    with os.fdopen(handle, "wb") as file:
        file.write(os.fsencode(path.absolute()))
    return note
