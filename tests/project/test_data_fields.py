"""Formulas, rare classes, outliers and the seed of the split in the document and its file."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from nnplayground.errors import FieldError
from nnplayground.project.changes import Consequence, is_planar
from nnplayground.project.codec import decode, encode
from nnplayground.project.feature_list import MOST_FEATURES
from nnplayground.project.limits import rule_of
from nnplayground.project.model import DataSpec, GeneratedSource, ImagesSource, PointsSource, Project
from tests.plans import kept

PLAIN = DataSpec()


def written(data: DataSpec) -> Any:
    return json.loads(encode(Project(data=data)))["data"]


def test_formulas_are_kept_in_their_normal_form() -> None:
    data = DataSpec(features=("x1", "X1 ** 2 + sin( 3*x2 )", "x2**2"))
    assert data.features == ("x1", "x1^2 + sin(3*x2)", "x2^2")
    assert decode(encode(Project(data=data))).data == data
    assert decode(
        '{"format": "nnplayground/project", "version": 1, "data": {"features": ["x1**2"]}}'
    ).data.features == ("x1^2",)


def test_what_the_list_may_hold_is_said_and_kept_by_its_rule() -> None:
    rule = rule_of(DataSpec, "features")
    assert rule.accepts(("x1", "x1^2 + sin(3*x2)"))
    assert rule.accepts(tuple(f"x1 + {number}" for number in range(MOST_FEATURES)))
    for wrong in ((), ("x1", "x1"), ("x1**2",), ["x1"], ("x9",), (1,), tuple(f"x1 + {n}" for n in range(17)), None):
        assert not rule.accepts(wrong)
    assert "formulas of x1 and x2" in rule.legal


@pytest.mark.parametrize("features", [(), ("x1", "x1 "), ("x1**2", "x1^2"), ("1 + 1",), ("x1", 3)])
def test_illegal_features_are_refused_with_their_place(features: Any) -> None:
    with pytest.raises(FieldError) as caught:
        DataSpec(features=features)
    assert caught.value.path.startswith("features")


def test_what_says_nothing_is_left_out_of_the_file() -> None:
    assert set(written(PLAIN)) == {"features", "scaling", "source", "test_fraction"}
    assert set(written(PLAIN)["source"]) == {"kind", "name", "noise", "samples"}


def test_what_says_something_is_written() -> None:
    data = DataSpec(source=GeneratedSource(imbalance=0.25, outliers=0.1), split_seed=0)
    found = written(data)
    assert found["split_seed"] == 0
    assert (found["source"]["imbalance"], found["source"]["outliers"]) == (0.25, 0.1)
    assert decode(encode(Project(data=data))).data == data


def test_imbalance_is_not_written_for_sets_with_values() -> None:
    assert "imbalance" not in written(DataSpec(source=GeneratedSource(name="sine", imbalance=0.25)))["source"]


@pytest.mark.parametrize(
    "other",
    [
        replace(PLAIN, split_seed=4),
        replace(PLAIN, features=("x1", "x2", "x1 + x2")),
        DataSpec(source=GeneratedSource(imbalance=0.3)),
        DataSpec(source=GeneratedSource(outliers=0.3)),
    ],
)
def test_none_of_them_costs_the_weights_but_all_of_them_change_the_data(other: DataSpec) -> None:
    old, new = Project(data=PLAIN), Project(data=other)
    assert kept(old, new).consequence is Consequence.KEEP
    assert not kept(old, new).same_data


def test_which_sources_have_features() -> None:
    points = PointsSource(points=((0.0, 0.0, 0.0), (1.0, 1.0, 1.0)))
    assert is_planar(GeneratedSource()) and is_planar(points)
    assert not is_planar(GeneratedSource(name="sine")) and not is_planar(ImagesSource())
