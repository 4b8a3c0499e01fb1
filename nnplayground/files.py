"""Files are written beside their place and then renamed, so that nobody ever finds half a file."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from nnplayground.errors import InputError, WorkError


def write_atomically(path: Path, content: bytes) -> None:
    """Write `content` to `path`, or leave what was there untouched.

    Raises `WorkError` with one sentence when the folder is missing, read-only or full.
    """
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(_mode_of(path))
        Path(temporary).replace(path)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True) if temporary else None
        raise WorkError(
            f"{path} could not be written: {reason(error)}; choose a folder that you may write to."
        ) from error


def _mode_of(path: Path) -> int:
    """Return the permissions the new file should have: those of the old one, else the usual ones."""
    if path.exists():
        return path.stat().st_mode & 0o777
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def read_text(path: Path, *, limit: int = 200_000_000) -> str:
    """Return the text of a UTF-8 file; raises `InputError` when it is missing, too large or not text."""
    try:
        if path.stat().st_size > limit:
            raise InputError(f"{path} has {path.stat().st_size:,} bytes; files up to {limit:,} bytes can be read.")
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not a text file in UTF-8 (byte {error.start} does not fit).") from error
    except OSError as error:
        raise InputError(f"{path} could not be read: {reason(error)}.") from error


def reason(error: OSError) -> str:
    """Return the operating system's reason in small letters, without numbers and paths."""
    return (error.strerror or str(error)).lower()
