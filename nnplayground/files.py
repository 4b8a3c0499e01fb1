"""Files are written beside their place and then renamed, so that no half-written file is ever found there.

Only a regular file is ever replaced: a pipe, a device or a folder keeps its place, and the refusal says what it is.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nnplayground.errors import WorkError, named
from nnplayground.unfinished import Unfinished

ADVICE = {
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.ENOSPC: "make room on the disk or choose another one",
    errno.ENOENT: "choose a folder that exists",
    errno.ENOTDIR: "choose a folder that exists",
    errno.EISDIR: "choose a name that no folder has",
    errno.ELOOP: "choose a name that is no link to itself",
}

KINDS = {
    stat.S_IFIFO: "a pipe",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFSOCK: "a socket",
    stat.S_IFDIR: "a folder",
}
"""What a path can lead to besides a regular file."""


def write_atomically(path: Path, content: bytes) -> None:
    """Write `content` to `path`, or leave what was there untouched; a symbolic link stays one.

    Raises `WorkError` with one sentence when the folder is missing, read-only or full, or something else than a file
    stands there.
    """
    with written_beside(path) as temporary, temporary.open("wb") as file:
        file.write(content)


@contextmanager
def written_beside(path: Path) -> Iterator[Path]:
    """Give the name of an empty file beside `path`, which takes its place when the block has ended well.

    Whatever ends the block otherwise leaves nothing behind, and what stood at `path` untouched. Raises `WorkError` with
    one sentence for everything that the operating system refuses, at the beginning, in the block or at the end.
    """
    unfinished = None
    try:
        target = absolute(path)
        mode = _replaceable(path)
        unfinished = Unfinished(target.parent) if mode is None else Unfinished(target.parent, mode)
        yield unfinished.path
        unfinished.flush()
        if mode is not None:
            unfinished.path.chmod(mode)
        _replaceable(path)  # which may be something else by now
        if os.name == "nt":
            unfinished.unlock()
        unfinished.path.replace(target)
    except OSError as error:
        raise WorkError(refusal(path, error)) from error
    finally:
        if unfinished is not None:
            unfinished.close()


def check_writable(path: Path) -> None:
    """Raise `WorkError` where a file cannot be written, before the long work whose result it shall hold."""
    try:
        _replaceable(path)
        folder = path.parent
        if not os.access(folder, os.F_OK):
            raise WorkError(
                f"{named(path)} could not be written: there is no folder {named(folder)}; make it or choose another "
                "one."
            )
        if not os.access(folder, os.W_OK):
            raise WorkError(
                f"{named(path)} could not be written: {named(folder)} is read-only; choose a folder that you may "
                "write to."
            )
    except OSError as error:
        raise WorkError(refusal(path, error)) from error


def _replaceable(path: Path) -> int | None:
    """Return the permissions of the file that stands at `path`, `None` where there is none.

    Raises `WorkError` where something else stands there, and `OSError` where that cannot be found out.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return None
    except ValueError:
        raise WorkError(
            f"{named(path)} could not be written: no file can have this name; choose another one."
        ) from None
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "Is a folder")
    if not stat.S_ISREG(mode):
        raise WorkError(f"{named(path)} could not be written: it is {kind_of(mode)}; choose the name of a file.")
    return stat.S_IMODE(mode) & 0o777


def kind_of(mode: int) -> str:
    """Return what a path leads to, in words, by the mode that the system tells of it."""
    return KINDS.get(stat.S_IFMT(mode), "no regular file")


def absolute(path: Path) -> Path:
    """Return the path from the root on, with links followed as far as they lead somewhere; raises nothing."""
    try:
        return Path(os.path.realpath(path))
    except (OSError, ValueError):
        return Path.cwd() / path


def refusal(path: Path, error: OSError) -> str:
    """Return why a file could not be written, and what to do."""
    advice = ADVICE.get(error.errno or 0, "choose a folder that you may write to")
    return f"{named(path)} could not be written: {reason(error)}; {advice}."


def reason(error: OSError) -> str:
    """Return the operating system's reason in small letters, without numbers and paths."""
    return (error.strerror or str(error)).lower()
