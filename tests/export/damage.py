"""What a model file is told that was damaged at one place."""

from __future__ import annotations

import json
from typing import Any

import pytest

from nnplayground.errors import InputError
from nnplayground.export.formats import FORMATS
from nnplayground.export.model import TrainedModel


def message_for(model: TrainedModel, place: tuple[Any, ...], value: Any) -> str:
    """Return the sentence with which the model's file is refused when `value` stands at `place`."""
    document = json.loads(FORMATS["model_json"].write(model))
    inner = document
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    with pytest.raises(InputError) as caught:
        FORMATS["model_json"].read(json.dumps(document).replace("Infinity", "1e999").encode())
    return str(caught.value)
