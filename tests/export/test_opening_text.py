"""A model of raw text columns belongs to no table that comes with the program."""

from __future__ import annotations

import numpy as np
import pytest

from nnplayground.data.scaling import Scaling
from nnplayground.errors import InputError
from nnplayground.export.model import Facts, TrainedModel
from nnplayground.export.trained import project_from
from tests.export.trained_layers import dense_layers

SPECIES = ("Adelie", "Chinstrap", "Gentoo")


def test_a_model_that_takes_a_text_column_as_a_number_is_refused_with_one_sentence() -> None:
    inputs = ("bill_length_mm", "island")
    model = TrainedModel(
        layers=dense_layers(("softmax",), (np.ones((3, 2)),), (np.zeros(3),)),
        inputs=inputs,
        features=("x1", "x2"),
        scaling=Scaling("none", (0.0, 0.0), (1.0, 1.0)),
        classes=SPECIES,
        facts=Facts(1, 1, None, None),
    )
    with pytest.raises(InputError, match="does not hold its data"):
        project_from(model)
