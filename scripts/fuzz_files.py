"""Damages sound files of every kind by chance and opens them: reports crashes, memory and time; POSIX only.

    .venv/bin/python scripts/fuzz_files.py [--files 2000] [--seed 1] [--kind table ...] [--keep FOLDER]

Each file is opened in a process of its own. A file must be opened, or refused in one line; anything else is a crash,
and the exit status is then 1. With `--keep`, files that crashed or took most are left in FOLDER. The same seed makes
the same files.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import shutil
import struct
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from opened import Outcome, measured
from PIL import Image

from nnplayground.errors import LONGEST
from nnplayground.export.formats import FORMATS
from nnplayground.headless import model_of
from nnplayground.project.codec import encode
from nnplayground.project.layer_specs import Conv2DSpec, DenseSpec, FlattenSpec, MaxPool2DSpec
from nnplayground.project.model import (
    DataSpec,
    GeneratedSource,
    ImagesSource,
    NetworkSpec,
    Parameters,
    PointsSource,
    Project,
    TableSource,
)
from nnplayground.project.parameter_index import FrozenParameter
from nnplayground.training.run.run import Run

AT_ONCE = 200
WORST = 3
MOST_MEGABYTES = 200.0
"""What a file that is refused may take."""

ODD_NUMBERS = ("1e999", "-0", "1e-400", "9" * 400, "9" * 5000, "NaN", "0x10", "1_000", "1.000,5", "١٢", "")
ODD_BYTES = (
    b"\0",
    b"\xff",
    b'"',
    b"\n" * 9,
    b"," * 999,
    b"[" * 999,
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\x1b[2J",
    b";",
)
ODD_VALUES: tuple[Any, ...] = (
    None, True, -1, 0, 1e308, 10**400, "", "x" * 100_000, "\x00", "\x1b[2J<b>", [], {}, [[]], [None] * 5, {"a": {}},
)  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """One kind of file: the end of its name, how it is opened, sound contents, and how else than by bytes to damage it.

    A picture is opened as one of a folder.
    """

    ending: str
    action: str
    sound: Callable[[], list[bytes]]
    damage: Callable[[bytes, random.Random], bytes] | None = None


def projects() -> list[bytes]:
    """Return sound project files."""
    drawn = PointsSource(classes=("a", "b"), points=tuple((0.1 * place, 1.0, float(place % 2)) for place in range(30)))
    start = Parameters((((0.5, 1.5),), ((1.0,),)), ((0.0,), (0.5,)))
    network = NetworkSpec(layers=(DenseSpec(units=1),), frozen=(FrozenParameter(0, 0, 1, 0.5),))
    made = (
        Project(),
        Project(data=DataSpec(source=drawn), network=network, parameters=start),
        Project(data=DataSpec(source=TableSource(text="a,b\n1,2\n3,4\n", targets=("b",)))),
        Project(data=DataSpec(source=ImagesSource())),
    )
    first = json.loads(encode(made[0])) | {"version": 1}
    return [*(encode(project).encode() for project in made), json.dumps(first).encode()]


def models(name: str) -> list[bytes]:
    """Return sound model files of a format."""
    small = Project(data=DataSpec(source=GeneratedSource(samples=50)))
    layers = (Conv2DSpec(filters=2), MaxPool2DSpec(), FlattenSpec())
    pictures = Project(data=DataSpec(source=ImagesSource()), network=NetworkSpec(layers=layers))
    return [FORMATS[name].write(model_of(Run(project))) for project in (small, pictures)]


def tables() -> list[bytes]:
    """Return sound tables, as several programs write them."""
    rng = random.Random(1)
    rows = [[f"{rng.gauss(0, 1):.4f}", str(rng.randrange(9)), rng.choice(["red", "blue", "NA"])] for _ in range(200)]
    texts = [
        mark.join(["x", "y", "colour"]) + end + end.join(mark.join(row) for row in rows)
        for mark, end in ((",", "\n"), (";", "\r\n"), ("\t", "\r"))
    ]
    quoted = '"x","y"\n' + "\n".join(f'"{place}.5","a ""b"" {place % 3}"' for place in range(50))
    return [*(text.encode() for text in texts), quoted.encode(), texts[0].encode("utf-16"), texts[1].encode("cp1252")]


def pictures(kind: str) -> list[bytes]:
    """Return sound pictures of a kind."""
    levels = np.random.default_rng(1).integers(0, 256, (40, 30, 4), dtype=np.uint8)
    modes = ("RGB", "L") if kind == "JPEG" else ("RGBA", "RGB", "L", "P", "1")
    made = []
    for mode in modes:
        buffer = io.BytesIO()
        Image.fromarray(levels, "RGBA").convert("RGB" if mode != "RGBA" else mode).convert(mode).save(buffer, kind)
        made.append(buffer.getvalue())
    return made


def damaged_json(content: bytes, rng: random.Random) -> bytes:
    """Put an odd value, a key more or a deeper nesting at a place of a JSON document."""
    document = json.loads(content)
    places: list[tuple[Any, Any]] = []
    found = [document]
    while found:
        inner = found.pop()
        keys = list(inner) if isinstance(inner, dict) else range(len(inner)) if isinstance(inner, list) else ()
        places += [(inner, key) for key in keys]
        found += [inner[key] for key in keys]
    inner, key = rng.choice(places)
    choice = rng.randrange(4)
    if choice == 0 and isinstance(inner, dict):
        inner[rng.choice(["new", "k" * 100_000, "\x1b"])] = inner.pop(key)
    elif choice == 1:
        inner[key] = [inner[key]] * rng.choice([2, 1_000])
    elif choice == 2:
        other, place = rng.choice(places)
        inner[key] = json.loads(json.dumps(other[place])) if place in other or isinstance(other, list) else None
    else:
        inner[key] = rng.choice(ODD_VALUES)
    return json.dumps(document).encode("utf-8", "surrogatepass")


def damaged_archive(content: bytes, rng: random.Random) -> bytes:
    """Pack an archive anew with one damaged entry, another way to pack, or an entry more or less."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        entries = [(name, old.read(name)) for name in old.namelist()]
    place = rng.randrange(len(entries))
    name, data = entries[place]
    choice = rng.randrange(5)
    if choice == 0:
        entries[place] = (name, damaged_bytes(data, rng))
    elif choice == 1:
        entries[place] = (name, _other_header(data, rng))
    elif choice == 2:
        del entries[place]
    elif choice == 3:
        entries.append((rng.choice(["../x.npy", "x" * 1_000, "n/p.npy", f"{name}/", "weights_99.npy"]), data))
    method = rng.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as new:
        for name, data in entries:
            new.writestr(name, data)
    return buffer.getvalue() if rng.randrange(3) else damaged_bytes(buffer.getvalue(), rng)


def _other_header(data: bytes, rng: random.Random) -> bytes:
    """Return an array with another type or shape in its header."""
    kind = rng.choice(["'<f8'", "'<U0'", "'|O'", "'<U999999999'", "'>i2'", "[('a','<f8')]", "'<M8[s]'", "'|V0'", "7"])
    shape = rng.choice(["()", "(0,)", "(-1,)", "(2**40,)", "(9999999999,)", "(1,)*40", "(3, 0, 9)", "'x'", "(True,)"])
    header = f"{{'descr': {kind}, 'fortran_order': {rng.choice(['True', 'False', '1'])}, 'shape': {shape}}}\n".encode()
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + data[80:]


def damaged_png(content: bytes, rng: random.Random) -> bytes:
    """Damage one chunk of a PNG picture and let its checksum fit, so that what is inside is looked at."""
    chunks, place = [], 8
    while place < len(content):
        (length,) = struct.unpack(">L", content[place : place + 4])
        chunks.append((content[place + 4 : place + 8], content[place + 8 : place + 8 + length]))
        place += 12 + length
    place = rng.randrange(len(chunks))
    name, data = chunks[place]
    if rng.randrange(3):
        chunks[place] = (name, damaged_bytes(data, rng) if data else b"x")
    else:
        chunks.insert(place, (rng.choice([b"tRNS", b"zTXt", b"eXIf", b"acTL", b"fcTL", b"PLTE", b"iCCP"]), data[:99]))
    written = (
        struct.pack(">L", len(data)) + name + data + struct.pack(">L", zlib.crc32(name + data)) for name, data in chunks
    )
    return content[:8] + b"".join(written)


def damaged_bytes(content: bytes, rng: random.Random) -> bytes:
    """Flip, cut, double, put in or overwrite some bytes, once or a few times."""
    changed = bytearray(content)
    for _ in range(rng.choice([1, 1, 2, 8])):
        start = rng.randrange(len(changed) + 1)
        end = min(len(changed), start + rng.choice([1, 4, 50, 5_000]))
        choice = rng.randrange(6)
        if choice == 0 and start < len(changed):
            changed[start] ^= 1 << rng.randrange(8)
        elif choice == 1:
            del changed[start:end]
        elif choice == 2:
            changed[start:start] = changed[start:end] * rng.choice([1, 100])
        elif choice == 3:
            changed[start:start] = rng.choice(ODD_BYTES)
        elif choice == 4:
            changed[start:end] = rng.randbytes(end - start)
        else:
            changed[start:start] = rng.choice(ODD_NUMBERS).encode()
    return bytes(changed)


KINDS: dict[str, Kind] = {
    "project": Kind(".nnp.json", "open", projects, damaged_json),
    "model": Kind(".model.json", "open", lambda: models("model_json"), damaged_json),
    "archive": Kind(".npz", "open", lambda: models("npz"), damaged_archive),
    "table": Kind(".csv", "open", tables),
    "png": Kind(".png", "folder", lambda: pictures("PNG"), damaged_png),
    "jpeg": Kind(".jpg", "folder", lambda: pictures("JPEG")),
}


def damaged_files(kind: Kind, count: int, rng: random.Random) -> list[bytes]:
    """Return so many damaged files of a kind, half of them damaged as only this kind can be."""
    sound = kind.sound()
    made = []
    for number in range(count):
        content = rng.choice(sound)
        damage = kind.damage if kind.damage is not None and number % 2 else damaged_bytes
        made.append(damage(content, rng))
    return made


def outcomes(kind: Kind, contents: list[bytes], folder: Path) -> list[Outcome]:
    """Write files and return what became of each."""
    paths = []
    for number, content in enumerate(contents):
        inner = folder / str(number)
        path = inner / "cats" / f"a{kind.ending}" if kind.action == "folder" else inner / f"a{kind.ending}"
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
        if kind.action == "folder":
            (inner / "dogs").mkdir()
            (inner / "dogs" / "good.png").write_bytes(pictures("PNG")[0])
        paths.append(inner if kind.action == "folder" else path)
    return [checked(outcome) for outcome in measured(kind.action, paths)]


def checked(outcome: Outcome) -> Outcome:
    """Return the outcome; a sentence that is none, and one that took too much, count as failed."""
    if outcome.kind != "refused":
        return outcome
    is_line = outcome.said.isprintable() and len(outcome.said) <= LONGEST
    if is_line and outcome.megabytes <= MOST_MEGABYTES:
        return outcome
    return replace(outcome, kind="failed", said=f"{outcome.megabytes:.0f} MB: {outcome.said!r}")


def fuzz(name: str, count: int, seed: int, keep: Path | None) -> int:
    """Open so many files of a kind, print a line of figures, and return how many crashed."""
    kind, rng = KINDS[name], random.Random(f"{name} {seed}")
    results: list[tuple[Outcome, bytes]] = []
    for start in range(0, count, AT_ONCE):
        contents = damaged_files(kind, min(AT_ONCE, count - start), rng)
        folder = Path(tempfile.mkdtemp(prefix="nnp-fuzz-"))
        try:
            results += zip(outcomes(kind, contents, folder), contents, strict=True)
        finally:
            shutil.rmtree(folder)
    tally = {word: sum(outcome.kind == word for outcome, _ in results) for word in ("opened", "refused")}
    crashed = [pair for pair in results if pair[0].kind not in tally]
    megabytes, seconds = (max(getattr(outcome, key) for outcome, _ in results) for key in ("megabytes", "seconds"))
    figures = f"{tally['opened']:>7,} opened {tally['refused']:>7,} refused {len(crashed):>5,} crashed"
    print(f"{name:<8} {count:>7,} files {figures}   at most {megabytes:6.1f} MB {seconds:6.2f} s", flush=True)
    for outcome, _ in crashed[:WORST]:
        print(f"    {outcome.kind}: {outcome.said.strip().splitlines()[-1][:300]}")
    if keep is not None:
        worst = sorted(results, key=lambda pair: pair[0].seconds)[-WORST:]
        for number, (_, content) in enumerate([*crashed, *worst]):
            (keep / f"{name}-{seed}-{number}{kind.ending}").write_bytes(content)
    return len(crashed)


def main() -> int:
    """Fuzz the kinds that were asked for; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=2_000, help="of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="leave files that crashed or took most there")
    options = parser.parse_args()
    if options.keep is not None:
        options.keep.mkdir(parents=True, exist_ok=True)
    return int(sum(fuzz(name, options.files, options.seed, options.keep) for name in options.kind) > 0)


if __name__ == "__main__":
    sys.exit(main())
