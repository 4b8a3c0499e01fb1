"""Hostile files, made by hand: what reading each of them must come to is in the tests.

Large ones are made of a few pieces, so that making them takes a moment.
"""

from __future__ import annotations

import io
import json
import os
import socket
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np

from nnplayground.export.formats import FORMATS
from nnplayground.project.codec import encode
from nnplayground.project.model import Project
from tests.export.models import CIRCLE, trained

Maker = Callable[[Path], Path]

MEGABYTE = 1_000_000


def fifo(folder: Path, name: str) -> Path:
    """Return a pipe without a writer: opening it in the usual way waits for ever."""
    os.mkfifo(folder / name)
    return folder / name


def link(folder: Path, name: str, target: str) -> Path:
    """Return a link."""
    (folder / name).symlink_to(target)
    return folder / name


def loop(folder: Path, name: str) -> Path:
    """Return a link that leads to another one, and that one back."""
    (folder / "back").symlink_to(folder / name)
    return link(folder, name, str(folder / "back"))


def bound_socket(folder: Path, name: str) -> Path:
    """Return a socket."""
    here = Path.cwd()
    os.chdir(folder)  # the path of a socket may have about a hundred characters
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(name)
    finally:
        os.chdir(here)
    return folder / name


def inner_folder(folder: Path, name: str) -> Path:
    """Return a folder that is called like a file."""
    (folder / name).mkdir()
    return folder / name


def sparse(folder: Path, name: str, size: int) -> Path:
    """Return a file that has a size and takes no room."""
    with (folder / name).open("wb") as file:
        file.truncate(size)
    return folder / name


def of_bytes(folder: Path, name: str, *pieces: bytes) -> Path:
    """Return a file of these bytes."""
    with (folder / name).open("wb") as file:
        file.writelines(pieces)
    return folder / name


def project_with(key: str, value: object) -> bytes:
    """Return a project file with one more key."""
    return json.dumps(json.loads(encode(Project())) | {key: value}).encode()


def archive(*entries: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP archive of these entries."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as made:
        for name, content in entries:
            made.writestr(name, content)
    return buffer.getvalue()


def array(descr: str, shape: str, data: bytes = b"", *, order: str = "False") -> bytes:
    """Return a `.npy` file that declares this type and this shape, whatever its data are."""
    header = f"{{'descr': {descr}, 'fortran_order': {order}, 'shape': {shape}, }}\n".encode("latin-1")
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + data


def model_with(content: bytes, name: str = "inputs.npy") -> bytes:
    """Return the archive of a small model in which one entry is another one."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(FORMATS["npz"].write(trained(CIRCLE)[1]))) as old,
        zipfile.ZipFile(buffer, "w") as new,
    ):
        for entry in old.namelist():
            new.writestr(entry, content if entry == name else old.read(entry))
    return buffer.getvalue()


def bomb(method: int, size: int = 5_000 * MEGABYTE) -> bytes:
    """Return an archive of one entry of zeros, which is as large as its directory says."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as made, made.open("format.npy", "w", force_zip64=True) as entry:
        zeros = bytes(10 * MEGABYTE)
        for _ in range(size // len(zeros)):
            entry.write(zeros)
    return buffer.getvalue()


def lying(content: bytes, size: int) -> bytes:
    """Return an archive whose directory says of its first entry that it is of another size once unpacked."""
    changed = bytearray(content)
    directory = changed.index(b"PK\x01\x02")
    changed[directory + 24 : directory + 28] = struct.pack("<L", size)
    return bytes(changed)


def many_entries(count: int) -> bytes:
    """Return the directory of an archive of so many entries, with nothing else."""
    name = b"a"
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, len(name), 0, 0, 0, 0, 0, 0) + name
    directory = entry * count
    place = len(directory)
    end = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, place, 0)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, place, 1)
    return directory + end + locator + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65_535, 65_535, UNSAID, UNSAID, 0)


UNSAID = 0xFFFF_FFFF


def png(width: int, height: int, *chunks: tuple[bytes, bytes], kind: int = 0, rows: bytes | None = None) -> bytes:
    """Return a PNG picture of one value, with chunks before its pixels; `kind` 0 is grey, 2 colours, 6 with alpha."""
    values = {0: 1, 2: 3, 6: 4}[kind]
    line = bytes(1 + values * width)
    packer = zlib.compressobj(1)
    pixels = packer.compress(rows) if rows is not None else b"".join(packer.compress(line) for _ in range(height))
    pixels += packer.flush()
    head = struct.pack(">2L5B", width, height, 8, kind, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">L", len(data)) + name + data + struct.pack(">L", zlib.crc32(name + data))
        for name, data in ((b"IHDR", head), *chunks, (b"IDAT", pixels), (b"IEND", b""))
    )


def text_bomb() -> bytes:
    """Return a compressed text of 50 MB in 50 KB, as a chunk of a PNG picture has it."""
    return b"Comment\0\0" + zlib.compress(bytes(50 * MEGABYTE), 9)


def points(count: int) -> bytes:
    """Return a project of so many drawn points."""
    rng = np.random.default_rng(1)
    numbers = rng.normal(size=(count, 2)).tolist()
    content = json.loads(encode(Project()))
    content["data"]["source"] = {
        "kind": "points",
        "task": "classification",
        "classes": ["a", "b"],
        "points": [[x1, x2, float(place % 2)] for place, (x1, x2) in enumerate(numbers)],
    }
    return json.dumps(content).encode()
