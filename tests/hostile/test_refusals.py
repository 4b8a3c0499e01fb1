"""Files made by hand to hurt: each is refused with one sentence, soon, and with little memory.

What a file takes is measured in a process of its own: memory beyond that of the program, and time of the processor,
of which the system allows each file so much. The limit of 200 MB is that of the promise to the user.
"""

from __future__ import annotations

import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from nnplayground.errors import LONGEST
from tests.hostile.makers import (
    MEGABYTE,
    archive,
    array,
    bomb,
    bound_socket,
    fifo,
    inner_folder,
    link,
    loop,
    lying,
    many_entries,
    model_with,
    of_bytes,
    points,
    project_with,
    sparse,
)

if sys.platform == "win32":
    pytest.skip("pipes, devices and limits of processes are those of POSIX", allow_module_level=True)

from opened import Outcome, measured

MOST_MEGABYTES = 200

ENDINGS = (".csv", ".npz", ".nnp.json", ".model.json")

NO_FILES: dict[str, tuple[Callable[[Path, str], Path], str]] = {
    "pipe": (fifo, "it is a pipe; choose a file."),
    "link to a device": (lambda folder, name: link(folder, name, "/dev/zero"), "it is a device; choose a file."),
    "link to itself": (loop, "it is a link that leads to itself; choose a file."),
    "socket": (bound_socket, "it is a socket; choose a file."),
    "memory of the process": (lambda folder, name: link(folder, name, "/proc/self/mem"), "could not be read: "),
    "facts of the system": (lambda folder, name: link(folder, name, "/proc/self/status"), "says that it is empty but"),
    "link to nothing": (lambda folder, name: link(folder, name, "/nowhere/at/all"), ""),
    "long name": (lambda folder, name: folder / ("n" * 300 + name), ""),
    "half a character": (lambda folder, name: folder / f"\udcff{name}", ""),
    "huge": (lambda folder, name: sparse(folder, name, 10**12), "has 1,000,000,000,000 bytes; "),
}
"""What is no file that could be read, whatever kind its name tells."""

PROJECTS: dict[str, tuple[Callable[[], list[bytes]], str]] = {
    "deep": (lambda: [b'{"a":' * 100_000], "its brackets are nested too deep."),
    "many brackets": (lambda: [b"[" * MEGABYTE] * 30, "it must be a JSON object in curly brackets."),
    "many empty lists": (
        lambda: [b'{"a":[', *[b"[]," * 300_000] * 60, b"1]}"],
        "It holds more than 2,000,000 lists and objects",
    ),
    "many numbers": (
        lambda: [b'{"a":[', *[b"1," * 500_000] * 60, b"1]}"],
        "It holds more than 8,000,000 values",
    ),
    "many texts": (
        lambda: [b'{"a":[', *[b'"abcdefghi",' * 80_000] * 110, b"1]}"],
        "It holds more than 8,000,000 values",
    ),
    "many objects with keys": (
        lambda: [b'{"a":[', *[b'{"a":1,"b":2,"c":3},' * 50_000] * 30, b"1]}"],
        "It holds more than 1,000,000 keys",
    ),
    "many keys": (
        lambda: [b"{", ",".join(f'"{place}":1' for place in range(900_000)).encode(), b"}"],
        "an object in it has too many keys.",
    ),
    "many equal keys": (lambda: [b'{"a":[{', b'"a":1,' * 60_000, b'"b":1}]}'], "an object in it has too many keys."),
    "few equal keys": (lambda: [b"{", b'"a":1,' * 900, b'"b":1}'], 'The key "a" stands twice in one object'),
    "long number": (lambda: [b'{"seed":', *[b"1" * MEGABYTE] * 60, b"}"], "a number with too many digits"),
    "long fraction": (lambda: [b'{"seed":0.', b"1" * 900_000, b"}"], "a number with too many digits"),
    "number of 5,000 digits": (lambda: [b'{"seed":', b"1" * 5_000, b"}"], "a number with too many digits"),
    "long text": (lambda: [b'{"a":"', *[b"x" * MEGABYTE] * 190, b'"}'], "It holds a text of more than 12,100,000"),
    "text of backslashes": (lambda: [b'{"a":"', *[b"\\" * MEGABYTE] * 30, b'"}'], "It holds a text of more than"),
    "blanks": (lambda: [b" " * MEGABYTE] * 190, "it is little but blanks."),
    "blanks inside": (lambda: [b"{", *[b"\n" * MEGABYTE] * 190], "it is little but blanks."),
    "no text": (lambda: [b"{", b"\xff" * 1_000], "is not a text file in UTF-8"),
    "key of 2 MB": (lambda: [project_with("k" * 2 * MEGABYTE, 1)], "it must be left out, as only name, seed"),
    "value of 2 MB": (lambda: [project_with("format", "v" * 2 * MEGABYTE)], 'it must be "nnplayground/project".'),
    "name of 2 MB": (lambda: [project_with("name", "v" * 2 * MEGABYTE)], "it must be a text of 0 to 200 characters"),
    "200,000 points": (lambda: [points(200_000)], "it must be a list of up to 100,000 points."),
    "200,000 kinds of one column": (
        lambda: [
            project_with("data", {"source": {"kind": "table", "path": "a.csv", "kinds": [{"column": "a"}] * 200_000}})
        ],
        "data.source.kinds[1].column",
    ),
}
"""Project files, in pieces, and a part of the sentence that refuses them."""

ARCHIVES: dict[str, tuple[Callable[[], bytes], str]] = {
    "bzip2 bomb": (lambda: bomb(zipfile.ZIP_BZIP2, 130 * MEGABYTE), "it would take 130,000,000 bytes"),
    "deflate bomb": (lambda: bomb(zipfile.ZIP_DEFLATED, 200 * MEGABYTE), "it would take 200,000,000 bytes"),
    "small bzip2": (
        lambda: archive(("format.npy", b"x" * 1000), method=zipfile.ZIP_BZIP2),
        '"format.npy" in it is packed with bzip2; it must be stored or deflated.',
    ),
    "as much as may be": (lambda: bomb(zipfile.ZIP_DEFLATED, 120 * MEGABYTE), 'its array "format" must hold'),
    "bomb that says it is small": (
        lambda: lying(bomb(zipfile.ZIP_DEFLATED, 200 * MEGABYTE), 1000),
        "or it is damaged.",
    ),
    "2,000,000 entries": (lambda: many_entries(2_000_000), "it has 2,000,000 entries; it may have 2,000"),
    "no archive": (lambda: bytes(150 * MEGABYTE), "It is not an NPZ archive of arrays, or it is damaged."),
    "way out": (lambda: archive(("../../a.npy", b"")), 'the name "../../a.npy" in it leads out of the archive.'),
    "texts of no letters": (
        lambda: model_with(array("'<U0'", "(2000000000,)")),
        'the array "inputs" says that it is <U0 of the shape (2000000000,), and has 0 bytes.',
    ),
    "negative shape": (lambda: model_with(array("'<f8'", "(-1,)")), "has the shape (-1,), which no array has."),
    "huge shape": (
        lambda: model_with(array("'<f8'", "(1000000, 1000000)")),
        "says that it is float64 of the shape (1000000, 1000000), and has 0 bytes.",
    ),
    "more dimensions than there are": (
        lambda: model_with(array("'<f8'", f"({'1,' * 200})", bytes(8))),
        "which no array has.",
    ),
    "objects": (lambda: model_with(array("'|O'", "(1,)", b"x")), "holds object; it must hold numbers or texts."),
    "records": (lambda: model_with(array("[('a','<f8')]", "(1,)", bytes(8))), "it must hold numbers or texts."),
    "arrays in arrays": (
        lambda: model_with(array("('<f8',(1000,1000))", "(1,)", bytes(8))),
        "it must hold numbers or texts.",
    ),
    "nested header": (lambda: model_with(array("'<f8'", "(" * 5_000)), "has a damaged beginning."),
    "long header": (lambda: model_with(array("'<f8'", f"({' ' * 60_000})")), "has a damaged beginning."),
}
"""NPZ archives and a part of the sentence that refuses them."""

TABLES: dict[str, tuple[Callable[[], list[bytes]], str]] = {
    "100,000 commas": (lambda: [b"," * 100_000, b"\n1,2\n"], "there are 100,001 columns; at most 1,000 can be read."),
    "100,000 names": (
        lambda: [b",".join(b"c%d" % place for place in range(100_000)), b"\n1,2\n"],
        "there are 100,000 columns; at most 1,000 can be read.",
    ),
    "zeros": (lambda: [bytes(MEGABYTE)] * 40, "does not hold text that can be read"),
    "one line of 40 MB": (lambda: [b"1,2,3,4," * 125_000] * 40, "line 1: the row has more than 2,000,000 characters"),
    "letters without an end": (lambda: [b"a" * MEGABYTE] * 40, "line 1: the row has more than 2,000,000 characters"),
    "one row of many lines": (
        lambda: [b"a,b\n", *[b'"x\n",' * 100_000] * 40],
        "line 2: the row has more than 2,000,000 characters",
    ),
    "open quotation": (lambda: [b'a,b\n"', *[b"1,2\n" * 250_000] * 40], "a cell cannot be read"),
}
"""Tables, in pieces, and a part of the sentence that refuses them."""


Made = Callable[[Path], Path]

SAME_IN_MODELS = ("deep", "many empty lists", "long text", "blanks")


def _pieces(name: str, pieces: Callable[[], list[bytes]]) -> Made:
    return lambda folder: of_bytes(folder, name, *pieces())


def _content(content: Callable[[], bytes]) -> Made:
    return lambda folder: of_bytes(folder, "a.npz", content())


def _named(maker: Callable[[Path, str], Path], ending: str) -> Made:
    return lambda folder: maker(folder, f"a{ending}")


CASES: dict[str, tuple[Made, str]] = {
    **{f"{name} {end}": (_named(maker, end), words) for name, (maker, words) in NO_FILES.items() for end in ENDINGS},
    **{f"folder {end}": (_named(inner_folder, end), "it is a folder; choose a file.") for end in ENDINGS[1:]},
    **{f"project: {name}": (_pieces("a.nnp.json", pieces), words) for name, (pieces, words) in PROJECTS.items()},
    **{f"model: {name}": (_pieces("a.model.json", PROJECTS[name][0]), PROJECTS[name][1]) for name in SAME_IN_MODELS},
    **{f"archive: {name}": (_content(content), words) for name, (content, words) in ARCHIVES.items()},
    **{f"table: {name}": (_pieces("a.csv", pieces), words) for name, (pieces, words) in TABLES.items()},
}
"""How each file is made in a folder of its own, and what its sentence holds."""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """What became of all files, in one go, as the program need then be loaded once only."""
    folder = tmp_path_factory.mktemp("hostile")
    paths = []
    for number, (make, _) in enumerate(CASES.values()):
        (folder / str(number)).mkdir()
        paths.append(make(folder / str(number)))
    found = measured("open", paths)
    shutil.rmtree(folder)  # some are large
    return dict(zip(CASES, found, strict=True))


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_file_is_refused_in_one_sentence_with_little_memory(name: str, outcomes: dict[str, Outcome]) -> None:
    outcome = outcomes[name]
    assert outcome.kind == "refused", outcome.said
    assert CASES[name][1] in outcome.said
    assert len(outcome.said) <= LONGEST
    assert len(outcome.said.splitlines()) == 1
    assert outcome.said.isprintable()
    assert outcome.megabytes < MOST_MEGABYTES


def test_a_large_legal_project_takes_memory_in_proportion(tmp_path: Path) -> None:
    path = of_bytes(tmp_path, "a.nnp.json", points(100_000))
    (outcome,) = measured("open", [path])
    assert outcome.kind == "opened"
    assert outcome.megabytes < 20 * path.stat().st_size / MEGABYTE
