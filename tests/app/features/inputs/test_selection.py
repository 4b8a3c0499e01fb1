"""Which inputs and samples are drawn, and what is said about the others."""

from __future__ import annotations

import numpy as np

from nnplayground.app.features.inputs.selection import selection_note, shown_inputs, shown_samples
from nnplayground.data.images import picture_samples
from nnplayground.data.samples import Samples
from tests.app.snapshots import made_data


def table(inputs: int, rows: int = 2) -> Samples:
    names = tuple(f"input {place}" for place in range(inputs))
    values = np.random.default_rng(0).random((rows, inputs)).tolist()
    targets = (np.arange(rows) % 2).tolist()
    return made_data(values, targets, names=names, bounds=[(0.0, 1.0)] * inputs).samples


def test_up_to_eight_inputs_are_all_drawn_and_of_more_the_first() -> None:
    assert shown_inputs(table(3)) == (0, 1, 2)
    assert shown_inputs(table(8)) == tuple(range(8))
    assert shown_inputs(table(20)) == tuple(range(8))


def test_of_pictures_the_pixels_that_vary_most() -> None:
    pixels = np.zeros((4, 16))
    pixels[::2, 1:16:2] = 1.0
    targets = np.array([0.0, 1.0, 0.0, 1.0])
    samples = picture_samples(pixels, targets, shape=(1, 4, 4), target_name="t", classes=("a", "b"), notes=())
    assert shown_inputs(samples) == (1, 3, 5, 7, 9, 11, 13, 15)
    note = selection_note(samples, shown_inputs(samples), shown_samples(4))
    assert note == "The 8 most varied of 16 inputs are drawn."


def test_of_many_samples_always_the_same_thousand() -> None:
    assert shown_samples(1_000).tolist() == list(range(1_000))
    many = shown_samples(7_000)
    assert len(set(many.tolist())) == 1_000
    assert many.tolist() == shown_samples(7_000).tolist()


def test_what_is_left_out_is_said() -> None:
    assert selection_note(table(3), (0, 1, 2), shown_samples(2)) == ""
    wide = table(20, rows=1_500)
    note = selection_note(wide, shown_inputs(wide), shown_samples(1_500))
    assert note == "The 8 first of 20 inputs and 1,000 of 1,500 samples are drawn."
