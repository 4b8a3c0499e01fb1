"""What an undo gives back: exactly the numbers that the network of meanwhile had no place for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import DataSpec, GeneratedSource, NetworkSpec, Project
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.run import Run
from nnplayground.training.thread.returning import brought_back
from nnplayground.training.thread.session import Session

DATA = DataSpec(source=GeneratedSource(samples=20))
SIZES = st.lists(st.integers(1, 5), min_size=1, max_size=3)


def project_of(sizes: list[int], data: DataSpec = DATA) -> Project:
    return Project(data=data, network=NetworkSpec(layers=tuple(DenseSpec(units=units) for units in sizes)))


def snapshot_of(run: Run) -> Snapshot:
    return Session(run, 1).snapshot(epochs_per_second=0.0)


@given(sizes=SIZES, meanwhile=SIZES)
@settings(deadline=None)
def test_there_and_back_leaves_every_number_as_it_was(sizes: list[int], meanwhile: list[int]) -> None:
    old, new = project_of(sizes), project_of(meanwhile)
    first = Run(old)
    first.train_epochs(1)
    wanted = snapshot_of(first)
    between = Run(new, after=first)
    again = Run(old, after=between)
    again.set_values(brought_back(wanted, snapshot_of(between), new, old))
    assert np.array_equal(again.network.parameters, wanted.parameters)


def test_what_was_carried_over_keeps_what_it_has_learned_meanwhile() -> None:
    old, new = project_of([3]), project_of([2])
    first = Run(old)
    wanted = snapshot_of(first)
    between = Run(new, after=first)
    between.train_epochs(1)
    places = {place for place, _ in brought_back(wanted, snapshot_of(between), new, old)}
    assert {(place.layer, place.unit, place.source) for place in places} == {
        (0, 2, 0), (0, 2, 1), (0, 2, None), (1, 0, 2),
    }  # fmt: skip


def test_nothing_comes_back_to_other_inputs() -> None:
    old = project_of([3])
    wanted = snapshot_of(Run(old))
    other = project_of([3], replace(DATA, features=("x1",)))
    assert brought_back(wanted, wanted, old, other) == ()
