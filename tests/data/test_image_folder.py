"""A folder of class folders becomes samples, whatever the kind of its pictures, or one clear sentence."""

from __future__ import annotations

import io
import os
import struct
import warnings
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import Image

from nnplayground.arrays import Floats
from nnplayground.data import image_folder
from nnplayground.data.image_folder import PICTURE_LIMIT, load_image_folder
from nnplayground.data.samples import Samples
from nnplayground.errors import InputError
from tests.messages import all_told

GREYS = np.arange(16, dtype=np.uint8).reshape(4, 4) * 17
COLOURS = np.stack([GREYS, GREYS.T, 255 - GREYS], axis=-1)
TURNED_TO_THE_RIGHT = 6
ORIENTATION = 0x0112


def save(path: Path, pixels: Any, **options: Any) -> Path:
    """Save pixels, `[height, width]` or `[height, width, channels]`, or a picture, and return where."""
    path.parent.mkdir(parents=True, exist_ok=True)
    image = pixels if isinstance(pixels, Image.Image) else Image.fromarray(np.asarray(pixels, dtype=np.uint8))
    image.save(path, **options)
    return path


@pytest.fixture
def pets(tmp_path: Path) -> Path:
    """Return a folder of two classes, cats without pictures yet and one black dog."""
    folder = tmp_path / "pets"
    (folder / "cats").mkdir(parents=True)
    save(folder / "dogs" / "black.png", np.zeros((4, 4)))
    return folder


def load(folder: Path, *, side: int = 4, colour: bool = False) -> Samples:
    """Load a folder of pictures, small and grey unless told otherwise."""
    return load_image_folder(folder, side=side, colour=colour)


def first(folder: Path, *, side: int = 4, colour: bool = False) -> Floats:
    """Return the first picture of a folder as bytes, `[channels, side, side]`, 0 to 255."""
    samples = load(folder, side=side, colour=colour)
    pixels: Floats = samples.inputs[0].reshape(samples.image_shape or ()) * 255
    return pixels


def test_folders_are_classes_and_files_are_samples_in_the_order_of_their_names(tmp_path: Path) -> None:
    for place, level in {"b/1": 3, "a/2": 2, "a/1": 1, "c/1": 4, "c/2": 5}.items():
        save(tmp_path / f"{place}.png", np.full((4, 4), level))
    samples = load(tmp_path)
    assert samples.classes == ("a", "b", "c")
    assert samples.target_name == "class"
    assert samples.targets.tolist() == [0.0, 0.0, 1.0, 2.0, 2.0]
    assert samples.inputs[:, 0] * 255 == pytest.approx(np.array([1, 2, 3, 4, 5]))
    assert samples.image_shape == (1, 4, 4)
    assert (samples.bounds == [0.0, 1.0]).all()
    assert all_told(samples.notes) == ("5 pictures were scaled to 4 by 4 pixels in grey; 0 is black and 1 is white.",)


def test_a_grey_picture_of_the_right_size_is_taken_as_it_is(pets: Path) -> None:
    save(pets / "cats" / "a.png", GREYS)
    assert first(pets)[0] == pytest.approx(GREYS)


def test_a_coloured_picture_is_laid_out_channel_by_channel_and_row_by_row(pets: Path) -> None:
    save(pets / "cats" / "a.png", COLOURS)
    samples = load(pets, colour=True)
    assert samples.image_shape == (3, 4, 4)
    written_out = [COLOURS[row, column, channel] for channel in range(3) for row in range(4) for column in range(4)]
    assert samples.inputs[0] * 255 == pytest.approx(np.array(written_out))
    assert samples.input_names[16] == "green row 1 column 1"


def test_colours_become_grey_as_bright_as_they_look(pets: Path) -> None:
    save(pets / "cats" / "a.png", COLOURS)
    luma = COLOURS @ np.array([0.299, 0.587, 0.114])  # ITU-R BT.601
    assert first(pets)[0] == pytest.approx(luma, abs=1.0)


def test_a_grey_picture_in_colour_has_three_equal_channels(pets: Path) -> None:
    save(pets / "cats" / "a.png", GREYS)
    assert first(pets, colour=True) == pytest.approx(np.stack([GREYS] * 3))


@pytest.mark.parametrize("colour", [False, True])
def test_what_is_transparent_shows_white_paper(pets: Path, *, colour: bool) -> None:
    alpha = np.zeros((4, 4, 4))
    alpha[:2, :, 3] = 255  # the upper half is black ink
    save(pets / "cats" / "a.png", alpha)
    pixels = first(pets, colour=colour)
    assert (pixels[:, :2] == 0).all()
    assert (pixels[:, 2:] == 255).all()


def test_a_palette_is_looked_up_and_its_transparent_colour_is_white(pets: Path) -> None:
    image = Image.fromarray(np.repeat([[0, 1, 2, 2]], 4, axis=0).astype(np.uint8)).convert("P")
    image.putpalette([255, 0, 0, 0, 255, 0, 0, 0, 0])
    save(pets / "cats" / "a.png", image, transparency=2)
    assert first(pets, colour=True)[:, 0].T.tolist() == [[255, 0, 0], [0, 255, 0], [255, 255, 255], [255, 255, 255]]


@pytest.mark.parametrize("colour", [False, True])
def test_greys_of_16_bits_keep_their_range(pets: Path, *, colour: bool) -> None:
    image = Image.fromarray(GREYS.astype(np.uint16) * 257)
    save(pets / "cats" / "a.png", image)
    assert first(pets, colour=colour)[0] == pytest.approx(GREYS)


def test_pictures_of_one_bit_are_black_and_white(pets: Path) -> None:
    save(pets / "cats" / "a.png", Image.fromarray(GREYS > 100))
    assert first(pets)[0].tolist() == (255 * (GREYS > 100)).tolist()


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_a_photo_is_read_whatever_its_colour_space(pets: Path, mode: str) -> None:
    quarters = np.kron([[250, 10], [130, 60]], np.ones((200, 200)))
    save(pets / "cats" / "a.jpg", Image.fromarray(quarters.astype(np.uint8)).convert(mode), quality=95)
    (corners,) = first(pets)[:, ::3, ::3]
    assert corners == pytest.approx(np.array([[250, 10], [130, 60]]), abs=4)


def test_a_photo_keeps_all_detail_that_the_side_can_show(pets: Path) -> None:
    checks = np.kron(np.indices((16, 16)).sum(axis=0) % 2 * 200, np.ones((4, 4)))
    save(pets / "cats" / "a.jpg", checks, quality=95)
    (pixels,) = first(pets, side=32)
    assert pixels == pytest.approx(checks[::2, ::2], abs=30)


@pytest.mark.parametrize("name", ["a.PNG", "a.Jpg", "a.JPEG", "photo.of.tom.png"])
def test_the_suffix_may_have_capitals(pets: Path, name: str) -> None:
    save(pets / "cats" / name, np.full((4, 4), 100))
    assert first(pets)[0] == pytest.approx(np.full((4, 4), 100))


def test_what_a_file_is_decides_how_it_is_read_and_not_its_suffix(pets: Path) -> None:
    save(pets / "cats" / "a.png", np.full((4, 4), 100), format="JPEG")
    assert first(pets)[0] == pytest.approx(np.full((4, 4), 100))


@pytest.mark.parametrize("suffix", ["png", "jpg"])
def test_a_camera_that_was_held_upright_is_believed(pets: Path, suffix: str) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = TURNED_TO_THE_RIGHT
    quarters = np.kron([[250, 10], [130, 60]], np.ones((64, 64)))
    save(pets / "cats" / f"a.{suffix}", quarters, exif=exif)
    (corners,) = first(pets)[:, ::3, ::3]
    assert corners == pytest.approx(np.rot90([[250, 10], [130, 60]], k=-1), abs=4)


def test_the_middle_of_a_picture_that_is_not_square_is_taken(pets: Path) -> None:
    wide = np.full((4, 10), 200)
    wide[:, 3:7] = GREYS
    save(pets / "cats" / "wide.png", wide)
    assert first(pets)[0] == pytest.approx(GREYS)
    assert all_told(load(pets).notes)[1:] == ("1 of them was not square, and only the middle square was taken.",)
    save(pets / "cats" / "tall.png", wide.T)
    assert first(pets)[0] == pytest.approx(GREYS.T)
    assert all_told(load(pets).notes)[1:] == ("2 of them were not square, and only the middle square was taken.",)


@pytest.mark.parametrize("size", [12, 37, 400])
def test_scaling_down_takes_means_and_scaling_up_makes_no_new_extremes(pets: Path, size: int) -> None:
    checks = np.indices((size, size)).sum(axis=0) % 2 * 200
    save(pets / "cats" / "a.png", checks)
    assert first(pets)[0] == pytest.approx(np.full((4, 4), 100), abs=5)
    enlarged = first(pets, side=128)
    assert (enlarged >= 0).all()
    assert (enlarged <= 200).all()


@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (300, 1)])
def test_even_a_picture_of_one_pixel_is_one(pets: Path, shape: tuple[int, int]) -> None:
    save(pets / "cats" / "a.png", np.full(shape, 100))
    assert first(pets)[0] == pytest.approx(np.full((4, 4), 100))


def test_hidden_entries_do_not_count_and_others_are_counted(pets: Path) -> None:
    save(pets / "cats" / "a.png", GREYS)
    (pets / ".thumbnails").mkdir()
    (pets / "cats" / "._a.png").write_bytes(b"not a picture")
    assert len(load(pets).notes) == 1
    (pets / "readme.txt").touch()
    only = "left out; only .png, .jpg, .jpeg files in class folders count."
    assert all_told(load(pets).notes)[1:] == (f"1 other entry was {only}",)
    (pets / "cats" / "a.gif").touch()
    (pets / "cats" / "more.png").mkdir()
    assert all_told(load(pets).notes)[1:] == (f"3 other entries were {only}",)
    assert len(load(pets).inputs) == 2


def test_a_folder_is_looked_up_from_the_current_one(pets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(pets / "cats" / "a.png", GREYS)
    monkeypatch.chdir(pets.parent)
    assert load(Path("pets")).classes == ("cats", "dogs")


def refusal(folder: Path, *, side: int = 4, colour: bool = False) -> str:
    """Return the one sentence with which a folder is refused."""
    with pytest.raises(InputError) as caught:
        load(folder, side=side, colour=colour)
    sentence = str(caught.value)
    assert sentence.isprintable()
    assert sentence.endswith(".")
    return sentence


@pytest.mark.parametrize("side", [-1, 0, 3, 129, 10**9])
def test_a_side_that_is_too_small_or_too_large_is_refused(pets: Path, side: int) -> None:
    assert refusal(pets, side=side) == f"The side of the pictures is {side} pixels; it must be 4 to 128."


@pytest.mark.parametrize("name", ["missing", "two\nlines", "nul\0"])
def test_a_missing_folder_is_named(tmp_path: Path, name: str) -> None:
    assert refusal(tmp_path / name).startswith(f"There is no folder {tmp_path}")


def test_a_name_that_is_too_long_to_look_up_is_refused(tmp_path: Path) -> None:
    assert "could not be read: " in refusal(tmp_path / ("x" * 5000))


def test_a_file_is_no_folder(pets: Path) -> None:
    assert "black.png is a file; choose a folder" in refusal(pets / "dogs" / "black.png")


def test_one_class_folder_none_or_too_many_are_refused(pets: Path) -> None:
    assert refusal(pets / "dogs") == (
        f"{pets / 'dogs'} holds pictures but no folders; "
        "put the pictures of each class in a folder of its own, and choose the folder above."
    )
    (pets / "cats").rmdir()
    assert "pets is 1; there must be 2 to 100" in refusal(pets)
    for number in range(100):
        (pets / f"class {number}").mkdir()
    assert "pets is 101; there must be 2 to 100" in refusal(pets)


def test_a_class_folder_without_pictures_is_named(pets: Path) -> None:
    (pets / "cats" / "tom.gif").touch()
    assert "cats has no pictures; put .png, .jpg or .jpeg files into it, or remove it." in refusal(pets)


@pytest.mark.parametrize("locked", ["pets", "cats"])
def test_a_folder_that_may_not_be_read_is_named(pets: Path, locked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = os.scandir

    def refuse(folder: Path) -> Any:
        if folder.name == locked:
            raise PermissionError(13, os.strerror(13))
        return listed(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    assert f"{locked} could not be read: permission denied." in refusal(pets)


def test_a_picture_that_may_not_be_read_is_named(pets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(pets / "cats" / "tom.png", GREYS)
    opened = os.open

    def refuse(path: Path, flags: int, mode: int = 0o777) -> int:
        if path.name == "tom.png":
            raise PermissionError(13, os.strerror(13))
        return opened(path, flags, mode)

    monkeypatch.setattr(os, "open", refuse)
    assert "tom.png could not be read: permission denied." in refusal(pets)


def png() -> bytes:
    """Return a small picture in colours as the bytes of a PNG file."""
    file = io.BytesIO()
    Image.fromarray(np.tile(COLOURS, (8, 8, 1))).save(file, "PNG")
    return file.getvalue()


def jpeg() -> bytes:
    """Return a small picture in colours as the bytes of a JPEG file with EXIF data."""
    file = io.BytesIO()
    exif = Image.Exif()
    exif[ORIENTATION] = TURNED_TO_THE_RIGHT
    Image.fromarray(np.tile(COLOURS, (8, 8, 1))).save(file, "JPEG", exif=exif)
    return file.getvalue()


def png_of(width: int, height: int) -> bytes:
    """Return the head of a PNG file that claims to hold a picture of this size (PNG specification, 5.3 and 11.2.2)."""
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(bytes(1000))),
        (b"IEND", b""),
    ]
    packed = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a", b"hello", png()[:-40], png()[:30], jpeg()[:-100], jpeg()[:20], png_of(0, 5)],
)
def test_a_damaged_picture_is_named(pets: Path, content: bytes) -> None:
    (pets / "cats" / "tom.png").write_bytes(content)
    said = refusal(pets)
    assert said.endswith("tom.png is damaged or no PNG or JPEG picture; replace it or take it out of the folder.")


def test_a_picture_of_another_format_under_a_false_name_is_refused(pets: Path) -> None:
    save(pets / "cats" / "tom.png", GREYS, format="BMP")
    assert "tom.png is damaged or no PNG or JPEG picture" in refusal(pets)


@pytest.mark.parametrize("width", [5_001, 10_000, 100_000])
def test_a_picture_that_unfolds_to_too_much_is_named(pets: Path, width: int) -> None:
    limit = Image.MAX_IMAGE_PIXELS
    (pets / "cats" / "tom.png").write_bytes(png_of(width, 10_000))
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        assert "tom.png has more than 50,000,000 pixels; make it smaller" in refusal(pets)
    assert warned == []
    assert limit == Image.MAX_IMAGE_PIXELS


def test_nobody_is_warned_of_exif_data_that_end_too_early(pets: Path) -> None:
    ends_early = b"Exif\0\0II*\0" + struct.pack("<IH", 8, 5) + bytes(3)
    save(pets / "cats" / "tom.jpg", np.full((4, 4), 100), exif=ends_early)
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        assert first(pets)[0] == pytest.approx(np.full((4, 4), 100))
    assert warned == []


def test_too_many_pictures_are_refused(pets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (pets / "cats" / "tom.png").touch()
    monkeypatch.setattr(image_folder, "PICTURE_LIMIT", 1)
    assert "pets has 2 pictures; at most 1 can be used." in refusal(pets)


def test_pixels_that_would_fill_the_memory_are_refused_with_a_side_that_would_not(
    pets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(pets / "cats" / "tom.png", GREYS)
    monkeypatch.setattr(image_folder, "NUMBER_LIMIT", 2 * 3 * 9**2)
    assert "make 600 numbers with a side of 10 pixels; at most 486 can be" in refusal(pets, side=10, colour=True)
    assert "so choose a side of 9 or less." in refusal(pets, side=10, colour=True)
    assert load(pets, side=9, colour=True).image_shape == (3, 9, 9)


def test_as_many_pictures_as_are_allowed_fit_with_a_side_that_is_allowed() -> None:
    smallest = 3 * image_folder.SIDES[0] ** 2
    assert PICTURE_LIMIT * smallest <= image_folder.NUMBER_LIMIT
    # the array, the copy of the samples, and the bytes before, while they are loaded
    assert image_folder.NUMBER_LIMIT * (8 + 8 + 1) < 1e9


def loaded_or_refused(folder: Path, content: bytes) -> None:
    """Load `content` as the picture of a cat: it is read, or refused with one sentence, and nobody is warned."""
    (folder / "cats" / "tom.png").write_bytes(content)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            said, pixels = "", load(folder, colour=True).inputs
        except InputError as refused:
            said, pixels = str(refused), np.zeros(1)
    assert "tom.png" in said or not said
    assert ((pixels >= 0.0) & (pixels <= 1.0)).all()


SAME_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@SAME_FOLDER
@given(content=st.binary(max_size=300))
@example(content=b"\xff\xd8\xff")
@example(content=b"\x89PNG\r\n\x1a\n")
def test_no_bytes_at_all_make_anything_but_a_picture_or_a_sentence(pets: Path, content: bytes) -> None:
    loaded_or_refused(pets, content)


@SAME_FOLDER
@given(good=st.sampled_from([png(), jpeg()]), place=st.integers(0, 2000), noise=st.binary(min_size=1, max_size=4))
def test_no_damage_to_a_picture_makes_anything_but_a_picture_or_a_sentence(
    pets: Path, good: bytes, place: int, noise: bytes
) -> None:
    place %= len(good)
    loaded_or_refused(pets, good[:place] + noise + good[place + len(noise) :])
