"""Files are written beside their place and then renamed, so that nobody ever finds half a file."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nnplayground.errors import InputError, WorkError

ADVICE = {
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.ENOSPC: "make room on the disk or choose another one",
    errno.ENOENT: "choose a folder that exists",
    errno.ENOTDIR: "choose a folder that exists",
    errno.EISDIR: "choose a name that no folder has",
}


def write_atomically(path: Path, content: bytes) -> None:
    """Write `content` to `path`, or leave what was there untouched; a symbolic link stays one.

    Raises `WorkError` with one sentence when the folder is missing, read-only or full.
    """
    with written_beside(path) as temporary, temporary.open("wb") as file:
        file.write(content)


@contextmanager
def written_beside(path: Path) -> Iterator[Path]:
    """Give the name of an empty file beside `path`, which takes its place when the block has ended well.

    Whatever ends the block otherwise leaves nothing behind, and what stood at `path` untouched. Raises `WorkError` with
    one sentence for everything that the operating system refuses, at the beginning, in the block or at the end.
    """
    temporary = None
    try:
        target = Path(os.path.realpath(path))
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "Is a folder")
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".nnp-", suffix=".part")
        os.close(handle)
        temporary = Path(name)
        yield temporary
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.chmod(_mode_of(target))
        temporary.replace(target)
    except OSError as error:
        raise WorkError(refusal(path, error)) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def refusal(path: Path, error: OSError) -> str:
    """Return why a file could not be written, and what to do."""
    advice = ADVICE.get(error.errno or 0, "choose a folder that you may write to")
    return f"{path} could not be written: {reason(error)}; {advice}."


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
