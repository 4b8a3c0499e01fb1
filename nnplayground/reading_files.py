"""The one way in for bytes from outside: only regular files are read, and no more of one than its kind may have.

The size is known before memory is taken, and holds while the file is read: one that grows meanwhile is refused. What
is no regular file (a pipe, a device, a socket) is refused at once, as is a file of the system, such as those in
/proc, that says it is empty and gives bytes all the same.
"""

from __future__ import annotations

import errno
import io
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, TypeAlias

from nnplayground.errors import InputError, named
from nnplayground.files import kind_of, reason

PIECE = 1 << 20
"""So many bytes are read at once; between two pieces the work can be ended."""

READING = os.O_RDONLY | sum(getattr(os, flag, 0) for flag in ("O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY", "O_BINARY"))

At: TypeAlias = Callable[[float], object]
"""Is told the share that is done; `Progress.at` is one, and ends the work by raising."""

Look: TypeAlias = Callable[[bytes], object]
"""Is given each piece of a file as it comes, and may refuse it by raising."""


def unwatched(_what: object) -> None:
    """Take no notice."""


def open_regular(path: Path) -> io.BufferedReader:
    """Return a regular file, open for reading; raises `InputError` for anything else, without waiting for it."""
    try:
        _check_regular(path, path.stat().st_mode)  # first, as some devices act on being opened
        handle = os.open(path, READING)
    except OSError as error:
        raise unreadable(path, error) from error
    except ValueError:
        raise InputError(f"{named(path)} could not be read: no file can have this name; check it.") from None
    try:
        _check_regular(path, os.fstat(handle).st_mode)
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def read_file(path: Path, *, limit: int, kind: str = "files", at: At = unwatched, look: Look = unwatched) -> bytes:
    """Return the bytes of a regular file of up to `limit` bytes.

    `kind` is what the sentence calls files like it. Raises `InputError` where it is missing, larger, or no such file.
    """
    with open_regular(path) as file:
        size = _size(file, path, limit, kind)
        content, done = io.BytesIO(), 0
        try:
            while piece := file.read(min(PIECE, limit + 1 - done)):
                done += len(piece)
                if size == 0:
                    raise InputError(f"{named(path)} says that it is empty but is not; choose another file.")
                if done > limit:
                    raise _too_large(path, done, limit, kind)
                look(piece)
                content.write(piece)
                at(min(1.0, done / size))
        except OSError as error:
            raise unreadable(path, error) from error
    return content.getvalue()


def read_beginning(path: Path, count: int) -> bytes:
    """Return the first bytes of a regular file; raises `InputError` where there is none."""
    with open_regular(path) as file:
        try:
            return file.read(count)
        except OSError as error:
            raise unreadable(path, error) from error


def read_text(path: Path, *, limit: int, at: At = unwatched, look: Look = unwatched) -> str:
    """Return the text of a UTF-8 file; raises `InputError` when it is missing, too large or not text."""
    try:
        return read_file(path, limit=limit, at=at, look=look).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{named(path)} is not a text file in UTF-8 (byte {error.start} does not fit).") from error


def size_of(path: Path) -> int:
    """Return the size of a regular file in bytes; raises `InputError` where there is none."""
    with open_regular(path) as file:
        return os.fstat(file.fileno()).st_size


def is_there(path: Path) -> bool:
    """Tell whether a path leads to anything; a name that cannot even be looked up does not. Raises nothing."""
    return _mode(path) is not None


def is_folder(path: Path) -> bool:
    """Tell whether a path leads to a folder; raises nothing."""
    return stat.S_ISDIR(_mode(path) or 0)


def unreadable(path: Path, error: OSError) -> InputError:
    """Return that a file could not be read, and why."""
    if error.errno == errno.ELOOP:
        return InputError(f"{named(path)} could not be read: it is a link that leads to itself; choose a file.")
    return InputError(f"{named(path)} could not be read: {reason(error)}.")


def _mode(path: Path) -> int | None:
    """Return the mode of what a path leads to, `None` where that is nothing; a link to itself is no kind of thing."""
    try:
        return path.stat().st_mode
    except OSError as error:
        return 0 if error.errno == errno.ELOOP else None
    except ValueError:
        return None


def _check_regular(path: Path, mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise InputError(f"{named(path)} could not be read: it is {kind_of(mode)}; choose a file.")


def _size(file: BinaryIO, path: Path, limit: int, kind: str) -> int:
    """Return the size that the system tells; raises `InputError` where it is over the limit."""
    size = os.fstat(file.fileno()).st_size
    if size > limit:
        raise _too_large(path, size, limit, kind)
    return size


def _too_large(path: Path, size: int, limit: int, kind: str) -> InputError:
    return InputError(f"{named(path)} has {size:,} bytes; {kind} of up to {limit:,} bytes can be read.")
