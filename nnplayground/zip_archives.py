"""ZIP archives, and what one would take before anything of it is unpacked: NPZ files and workbooks are such archives.

The directory at the end of the file is looked at first: how large it says it is, then what it says of each entry. An
entry of 100 MB can lie packed in 100 KB, and packed once more in a few bytes; what is packed with a method that packs
so much is refused, as no program writes it here. Layout: PKWARE, APPNOTE 6.3.10, sections 4.3.12 to 4.3.16.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from nnplayground.errors import InputError, clipped

END = struct.Struct("<4s4H2LH")
END_64 = struct.Struct("<4sQ2H2L4Q")
LOCATOR = struct.Struct("<4sLQL")
LONGEST_COMMENT = 1 << 16
BYTES_OF_ENTRY = 46 + 2 * 260  # in the directory: a fixed part, a name, and what programs add
PIECE = 1 << 18
UNSAID = 0xFFFF_FFFF  # stands where a size is told in 64 bits
IS_ENCRYPTED = 0x1
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class DamagedArchiveError(InputError):
    """A file that is no archive, or a damaged one."""


@dataclass(frozen=True)
class Limits:
    """How many entries an archive may have, and how many bytes all of them together once they are unpacked.

    An archive that is larger itself may have as many bytes as it has packed: what is stored as it is costs no more.
    """

    entries: int = 1_000
    unpacked: int = 128_000_000


@dataclass(frozen=True)
class Entry:
    """One file in an archive: its name and its size once it is unpacked."""

    name: str
    size: int


def pack(entries: Mapping[str, bytes], *, stored: Collection[str] = ()) -> bytes:
    """Return an archive of these entries; those named in `stored`, which would hardly become smaller, as they are.

    Equal entries give equal bytes, as no time is written.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in entries.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()


def check_archive(
    content: bytes, limits: Limits, *, kind: str = "a ZIP archive", at: Callable[[float], object] | None = None
) -> tuple[Entry, ...]:
    """Return the entries of an archive that keeps to the limits, also while it is unpacked: each is gone through once.

    `kind` is what a sentence calls such a file. Raises `InputError` for one that is damaged, encrypted or packed with
    another method than usual, for one with twins or with names that lead elsewhere, and for one that is too much.
    `at` is told the share that is done, and may end the work by raising.
    """
    with open_archive(content, limits, kind=kind) as archive:
        entries, done = archive.infolist(), 0
        total = sum(entry.file_size for entry in entries)
        for entry in entries:
            for piece in pieces_of(archive, entry, kind=kind):
                done += len(piece)
                if at is not None:
                    at(done / total)
        return tuple(Entry(entry.filename, entry.file_size) for entry in entries if not entry.is_dir())


def open_archive(content: bytes, limits: Limits, *, kind: str = "a ZIP archive") -> zipfile.ZipFile:
    """Return an archive whose directory keeps to the limits; raises `InputError` as `check_archive` does."""
    _check_directory(content, limits, kind)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except MemoryError:
        raise
    except Exception as error:  # zipfile has no common one for what is damaged
        raise _damaged(kind) from error
    entries = archive.infolist()
    if len(entries) > limits.entries:
        raise InputError(f"It is too large for {kind}: it has {len(entries):,} entries; {_most(limits)}.")
    total = sum(entry.file_size for entry in entries)
    if total > max(limits.unpacked, len(content)):
        raise InputError(
            f"It is too large for {kind}: it would take {total:,} bytes once it is unpacked; {_most(limits)}."
        )
    seen: set[str] = set()
    for entry in entries:
        _check_entry(entry, seen, kind)
    return archive


def read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, *, kind: str = "a ZIP archive") -> bytes:
    """Return the bytes of an entry; raises `InputError` where they are damaged or not as many as the directory says."""
    content = io.BytesIO()  # which gives its bytes away without copying them
    content.writelines(pieces_of(archive, entry, kind=kind))
    return content.getvalue()


def pieces_of(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, *, kind: str = "a ZIP archive") -> Iterator[bytes]:
    """Yield the bytes of an entry in pieces, as many as the directory says; raises `InputError` for damage."""
    left = entry.file_size
    try:
        with archive.open(entry) as file:
            while piece := file.read(min(PIECE, left + 1)):
                left -= len(piece)
                if left < 0:
                    raise _damaged(kind)
                yield piece
        if left:
            raise _damaged(kind)
    except (MemoryError, InputError):
        raise
    except Exception as error:  # zipfile, zlib and struct have no common one for what is damaged
        raise _damaged(kind) from error


def _check_directory(content: bytes, limits: Limits, kind: str) -> None:
    """Refuse an archive whose directory is missing, or larger than one of so many entries."""
    place = content.rfind(b"PK\x05\x06", max(0, len(content) - END.size - LONGEST_COMMENT))
    if place < 0 or place + END.size > len(content):
        raise _damaged(kind)
    _, _, _, _, count, size, _, _ = END.unpack_from(content, place)
    locator = place - LOCATOR.size
    if locator >= END_64.size and content.startswith(b"PK\x06\x07", locator):  # the directory is told in 64 bits too
        _, _, _, _, _, _, _, more, larger, _ = END_64.unpack_from(content, locator - END_64.size)
        count, size = (more, larger) if size == UNSAID or more > count else (count, max(size, larger))
    if size > len(content):
        raise _damaged(kind)
    if count > limits.entries or size > limits.entries * BYTES_OF_ENTRY:
        raise InputError(f"It is too large for {kind}: it has {count:,} entries; {_most(limits)}.")


def _check_entry(entry: zipfile.ZipInfo, seen: set[str], kind: str) -> None:
    """Refuse an entry that is encrypted, packed in an unusual way, there twice, or whose name leads elsewhere."""
    name = clipped(entry.filename)
    if entry.compress_type not in METHODS or entry.flag_bits & IS_ENCRYPTED:
        how = "encrypted" if entry.flag_bits & IS_ENCRYPTED else f"packed with {_method(entry.compress_type)}"
        raise InputError(f'It is not {kind} that can be read: "{name}" in it is {how}; it must be stored or deflated.')
    if entry.filename in seen:
        raise InputError(f'It is not {kind} that can be read: "{name}" stands twice in it; keep one of them.')
    seen.add(entry.filename)
    parts = entry.filename.replace("\\", "/").split("/")
    if entry.filename.startswith("/") or ".." in parts or ":" in parts[0]:
        raise InputError(f'It is not {kind} that can be read: the name "{name}" in it leads out of the archive.')


def _method(number: int) -> str:
    return {zipfile.ZIP_BZIP2: "bzip2", zipfile.ZIP_LZMA: "LZMA"}.get(number, f"the method {number}")


def _most(limits: Limits) -> str:
    return f"it may have {limits.entries:,} entries, and take {limits.unpacked:,} bytes once they are unpacked"


def _damaged(kind: str) -> DamagedArchiveError:
    return DamagedArchiveError(f"It is not {kind}, or it is damaged.")
