"""Pictures and folders made by hand to hurt: a sentence or the right pixels, with memory that is known before."""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from nnplayground.data.image_folder import load_image_folder
from nnplayground.data.picture_file import read_picture
from nnplayground.errors import InputError
from tests.hostile.makers import MEGABYTE, fifo, link, loop, png, text_bomb
from tests.messages import all_told

if sys.platform == "win32":
    pytest.skip("pipes, devices and limits of processes are those of POSIX", allow_module_level=True)

from opened import Outcome, measured

DAMAGED = "is damaged or no PNG or JPEG picture; replace it or take it out of the folder."
TOO_LARGE = "has more than 50,000,000 pixels; make it smaller or take it out of the folder."

REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "too many pixels": (lambda: png(7_100, 7_100), TOO_LARGE),
    "more pixels than there are bytes": (lambda: png(2**31 - 1, 2**31 - 1, rows=b"\0"), TOO_LARGE),
    "text bomb": (lambda: png(8, 8, (b"zTXt", text_bomb())), DAMAGED),
    "many text bombs": (lambda: png(8, 8, *[(b"zTXt", text_bomb())] * 100), DAMAGED),
    "bomb of another text": (
        lambda: png(8, 8, (b"iTXt", b"k\0\1\0\0\0" + zlib.compress(bytes(50 * MEGABYTE), 9))),
        DAMAGED,
    ),
    "profile bomb": (lambda: png(8, 8, (b"iCCP", b"k\0\0" + zlib.compress(bytes(50 * MEGABYTE), 9))), DAMAGED),
    "much beside the pixels": (
        lambda: png(8, 8, (b"eXIf", bytes(40 * MEGABYTE))),
        "bytes besides its pixels, such as texts; up to 8,000,000 are possible, so save it anew without them.",
    ),
    "many pieces": (
        lambda: png(8, 8, *[(b"abCd", b"")] * 300_000),
        "is cut into more than 200,000 pieces; save it anew.",
    ),
    "cut off": (lambda: png(1_000, 1_000)[:500], DAMAGED),
    "rows that lack": (lambda: png(1_000, 1_000, rows=bytes(10)), DAMAGED),
    "nothing": (lambda: b"", DAMAGED),
}
"""PNG files and a part of the sentence that refuses them."""

OPENED: dict[str, tuple[Callable[[], bytes], int]] = {
    "50 million greys": (lambda: png(7_071, 7_071), 100),
    "50 million colours": (lambda: png(7_071, 7_071, kind=2), 300),
    "50 million colours that let the paper through": (lambda: png(7_071, 7_071, kind=6), 300),
    "one long row": (lambda: png(50_000_000, 1), 200),
}
"""Large legal pictures, and how many megabytes one may take: four bytes for each pixel, as Pillow keeps them."""


def pets(folder: Path, content: bytes) -> Path:
    """Return a folder of pictures, one of which has this content."""
    for name in ("cats", "dogs"):
        (folder / name).mkdir(parents=True)
        (folder / name / "good.png").write_bytes(png(8, 8))
    (folder / "cats" / "odd.png").write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """What became of all folders, in one go, as the program need then be loaded once only."""
    folder = tmp_path_factory.mktemp("pictures")
    made = {name: pets(folder / name, content()) for name, (content, _) in {**REFUSED, **OPENED}.items()}
    return dict(zip(made, measured("folder", list(made.values())), strict=True))


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_picture_is_refused_in_one_sentence_with_little_memory(
    name: str, outcomes: dict[str, Outcome]
) -> None:
    outcome = outcomes[name]
    assert outcome.kind == "refused", outcome.said
    assert REFUSED[name][1] in outcome.said
    assert "odd.png" in outcome.said
    assert outcome.megabytes < 100


@pytest.mark.parametrize("name", OPENED)
def test_a_large_legal_picture_takes_little_more_than_its_pixels(name: str, outcomes: dict[str, Outcome]) -> None:
    outcome = outcomes[name]
    assert outcome.kind == "opened", outcome.said
    assert outcome.megabytes < OPENED[name][1]


def test_what_is_no_file_in_a_folder_is_left_out_and_counted(tmp_path: Path) -> None:
    folder = pets(tmp_path / "pets", png(8, 8))
    cats = folder / "cats"
    fifo(cats, "pipe.png")
    link(cats, "device.png", "/dev/zero")
    loop(cats, "loop.png")
    link(cats, "nothing.png", "/nowhere/at/all")
    link(cats, "up", str(folder))
    samples = load_image_folder(folder, side=8, colour=False)
    assert len(samples.inputs) == 3
    assert any("6 other entries were left out" in note for note in all_told(samples.notes))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (fifo, "it is a pipe"),
        (loop, "it is a link that leads to itself"),
        (lambda _, name: Path(name * 90), "too long"),
    ],
)
def test_a_picture_that_is_no_file_is_refused_at_once(
    make: Callable[[Path, str], Path], words: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=words):
        read_picture(make(tmp_path, "a.png"), side=8, colour=False)


@pytest.mark.parametrize("make", [fifo, loop])
def test_a_folder_that_is_none_is_refused_at_once(make: Callable[[Path, str], Path], tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        load_image_folder(make(tmp_path, "pets"), side=8, colour=False)
    assert "choose a folder that holds one folder of pictures for each class." in str(caught.value)


@pytest.mark.parametrize("colour", [False, True])
@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_paper_shows_through_band_by_band_as_at_once(mode: str, colour: bool, tmp_path: Path) -> None:
    """The picture is higher than two bands; the oracle lays all of it on white with NumPy."""
    rng = np.random.default_rng(1)
    levels = rng.integers(0, 256, (600, 600, 4), dtype=np.uint8)
    levels[..., 3] = np.where(rng.random((600, 600)) < 0.5, 0, 255)  # all or nothing, so that nothing is rounded
    levels[..., :3] = levels[..., :1]
    picture = Image.fromarray(levels, "RGBA").convert(mode)
    picture.save(tmp_path / "a.png")
    found, square = read_picture(tmp_path / "a.png", side=100, colour=colour)
    on_white = np.where(levels[..., 3:] == 0, 255, levels[..., :1]).astype(np.uint8)[..., 0]
    plain = Image.fromarray(on_white, "L")
    plain.convert("RGB" if colour else "L").save(tmp_path / "b.png")
    wanted, _ = read_picture(tmp_path / "b.png", side=100, colour=colour)
    assert square
    assert np.array_equal(found, wanted)


def test_a_folder_of_many_entries_is_looked_through_in_one_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the listing of the folder tells of an entry is enough where its name tells that it is no picture."""
    folder = pets(tmp_path / "pets", png(8, 8))
    for number in range(300):
        (folder / "cats" / f"{number}.txt").touch()
    asked: list[str] = []
    plain = os.stat

    def counted(path: Path, **options: Any) -> os.stat_result:
        asked.append(str(path))
        return plain(path, **options)

    monkeypatch.setattr(os, "stat", counted)
    load_image_folder(folder, side=8, colour=False)
    assert len([path for path in asked if path.endswith(".txt")]) == 0
