"""The plane that is shown at first."""

from __future__ import annotations

import numpy as np

from nnplayground.app.views.boundary.plane_choice import first_plane
from nnplayground.data.images import picture_samples
from tests.app.views.snapshots import made_data


def test_of_pictures_the_two_pixels_that_vary_most() -> None:
    pixels = np.zeros((4, 6))
    pixels[:, 4], pixels[:, 1], pixels[:, 2] = (0.0, 1.0, 0.0, 1.0), (0.0, 0.5, 0.0, 0.9), (0.1, 0.2, 0.1, 0.2)
    targets = np.array([0.0, 1.0, 0.0, 1.0])
    samples = picture_samples(pixels, targets, shape=(1, 2, 3), target_name="class", classes=("a", "b"), notes=())
    assert first_plane(samples) == (1, 4)


def test_of_other_data_the_first_two_inputs() -> None:
    names, bounds = ("a", "b", "c"), [(-1.0, 9.0)] * 3
    data = made_data([[0.0, 0.0, 0.0], [0.0, 1.0, 8.0]], [0.0, 1.0], names=names, bounds=bounds)
    assert first_plane(data.samples) == (0, 1)
