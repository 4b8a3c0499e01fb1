"""Every choice of every table has a title and a sentence, and no title stands for nothing."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from nnplayground.app import titles
from nnplayground.app.titles import Title
from nnplayground.data.datasets import GENERATORS
from nnplayground.data.features import FEATURES
from nnplayground.data.images import IMAGE_SETS
from nnplayground.data.scaling import SCALINGS
from nnplayground.engine.activations import ACTIVATIONS
from nnplayground.engine.costs import COSTS
from nnplayground.engine.initializers import INITIALIZERS
from nnplayground.engine.optimizers import OPTIMIZERS
from nnplayground.engine.schedules import SCHEDULES
from nnplayground.project.layer_specs import LAYER_KINDS

TABLES: dict[str, tuple[dict[str, Title], Collection[str]]] = {
    "activations": (titles.ACTIVATIONS, ACTIVATIONS),
    "costs": (titles.COSTS, COSTS),
    "initializers": (titles.INITIALIZERS, INITIALIZERS),
    "optimizers": (titles.OPTIMIZERS, OPTIMIZERS),
    "schedules": (titles.SCHEDULES, SCHEDULES),
    "scalings": (titles.SCALINGS, SCALINGS),
    "features": (titles.FEATURES, FEATURES),
    "data sets": (titles.DATA_SETS, [*GENERATORS, "penguins", *IMAGE_SETS]),
    "layers": (titles.LAYERS, [kind.kind for kind in LAYER_KINDS]),
}


@pytest.mark.parametrize("table", TABLES)
def test_titles_and_tables_agree(table: str) -> None:
    named, entries = TABLES[table]
    assert set(named) == set(entries)
    assert len({title.name for title in named.values()}) == len(named)
    for title in named.values():
        assert title.help.endswith(".")
        assert title.help[0].isupper() or not title.help[0].isalpha()
