"""Every choice of every table has a title and a sentence, and no title stands for nothing."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from nnplayground.app.text import titles
from nnplayground.app.text.titles import Title
from nnplayground.data.datasets import GENERATORS
from nnplayground.data.features import FEATURES, normal_name
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
    assert len({title.brief for title in named.values()}) == len(named)
    for title in named.values():
        assert title.help.endswith(".")
        assert title.help[0].isupper() or not title.help[0].isalpha()


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("x1^2", "x₁²"),
        ("x1^2 + sin(3*x2)", "x₁² + sin(3·x₂)"),
        ("x1 - 2*pi/x2^3", "x₁ − 2·π/x₂³"),
        ("x1^2.5", "x₁^2.5"),
        ("x1^2^3", "x₁^2³"),
        ("bill_length_mm", "bill_length_mm"),
        ("X1", "X1"),
        ("price - cost", "price - cost"),
    ],
)
def test_features_are_written_as_on_paper_and_columns_as_they_are(name: str, title: str) -> None:
    assert titles.feature_title(name) == title


@pytest.mark.parametrize("name", ["x1^2 + sin(3*x2)", "-x1^2^3/(pi - x2)", "x1^-2*exp(x2^3)", "x1^2.5"])
def test_what_a_title_says_can_be_typed_again(name: str) -> None:
    assert normal_name(titles.feature_title(name)) == name
