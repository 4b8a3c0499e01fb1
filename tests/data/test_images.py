"""The shipped pictures are those that their authors published, and every pixel has its place and name."""

from __future__ import annotations

import gzip
import subprocess
import sys

import numpy as np
import pytest

from nnplayground import resources
from nnplayground.data.images import IMAGE_SETS, load_digits, load_image_set, pixel_names
from nnplayground.errors import InputError

# How often each digit occurs in the test part, from the authors' description of the set (optdigits.names).
PUBLISHED_COUNTS = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]

# The first line of optdigits.tes, a zero, as a picture.
FIRST_ZERO = [
    [0, 0, 5, 13, 9, 1, 0, 0],
    [0, 0, 13, 15, 10, 15, 5, 0],
    [0, 3, 15, 2, 0, 11, 8, 0],
    [0, 4, 12, 0, 0, 8, 8, 0],
    [0, 5, 8, 0, 0, 9, 8, 0],
    [0, 4, 11, 0, 1, 12, 7, 0],
    [0, 2, 14, 5, 10, 12, 0, 0],
    [0, 0, 6, 13, 10, 0, 0, 0],
]


def test_the_digits_are_as_many_of_each_as_published() -> None:
    samples = load_digits()
    assert samples.inputs.shape == (1797, 64)
    assert samples.image_shape == (1, 8, 8)
    assert samples.classes == tuple("0123456789")
    assert np.bincount(samples.targets.astype(int)).tolist() == PUBLISHED_COUNTS


def test_the_first_digit_is_the_zero_of_the_published_file() -> None:
    samples = load_digits()
    assert samples.target_name == "digit"
    assert samples.targets[:10].tolist() == list(range(10))
    assert (samples.inputs[0].reshape(8, 8) * 16).tolist() == FIRST_ZERO


def test_the_digits_file_is_plain_text_and_the_same_whenever_it_is_packed() -> None:
    packed = resources.read_bytes("datasets/digits.csv.gz")
    assert packed[3:8] == bytes(5)  # neither a file name nor a time, RFC 1952
    lines = gzip.decompress(packed).decode("ascii").splitlines()
    assert lines[0] == ",".join(str(pixel) for row in FIRST_ZERO for pixel in row) + ",0"


@pytest.mark.parametrize("name", IMAGE_SETS)
def test_every_shipped_set_is_made_of_pictures_from_0_to_1(name: str) -> None:
    samples = load_image_set(name)
    assert samples.image_shape is not None
    assert samples.task == "classification"
    assert samples.inputs.min() == 0.0
    assert samples.inputs.max() == 1.0
    assert (samples.bounds == [0.0, 1.0]).all()
    assert len(samples.notes) == 1


@pytest.mark.parametrize("name", IMAGE_SETS)
def test_every_shipped_set_has_its_licence_beside_it(name: str) -> None:
    licence = resources.read_bytes(f"datasets/{name}.LICENSE.txt").decode()
    assert "Licence: CC" in licence
    assert "Source: https://" in licence


def test_the_licence_of_the_digits_names_authors_licence_and_changes() -> None:
    licence = resources.read_bytes("datasets/digits.LICENSE.txt").decode()
    for part in ("CC BY 4.0", "Alpaydin", "Kaynak", "https://doi.org/10.24432/C50P49", "Changed: "):
        assert part in licence


@pytest.mark.parametrize("name", ["letters", "", "Digits", "digits.csv.gz", "two\nlines"])
def test_a_set_that_is_not_shipped_is_answered_with_those_that_are(name: str) -> None:
    with pytest.raises(InputError) as caught:
        load_image_set(name)
    assert str(caught.value).endswith("; choose one of digits.")
    assert "\n" not in str(caught.value)


def test_pixels_are_named_row_by_row_and_colour_by_colour() -> None:
    assert pixel_names((1, 2, 2)) == ("row 1 column 1", "row 1 column 2", "row 2 column 1", "row 2 column 2")
    assert pixel_names((3, 1, 2)) == (
        "red row 1 column 1",
        "red row 1 column 2",
        "green row 1 column 1",
        "green row 1 column 2",
        "blue row 1 column 1",
        "blue row 1 column 2",
    )


def test_the_digits_are_there_without_pillow() -> None:
    program = """
import sys
from nnplayground.data import image_folder, images
images.load_digits()
print([name for name in sys.modules if name.partition(".")[0] == "PIL"])
"""
    outcome = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (outcome.stdout, outcome.stderr) == ("[]\n", "")
