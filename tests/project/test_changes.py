"""What an edit means for a run that is under way, where it is about layers."""

from __future__ import annotations

from dataclasses import replace

from nnplayground.project.changes import Consequence, consequence, only_dropout
from nnplayground.project.layer_specs import DenseSpec, DropoutSpec
from nnplayground.project.model import NetworkSpec, Project

PLAIN = NetworkSpec(layers=(DenseSpec(4), DenseSpec(2)))
DROPPING = NetworkSpec(layers=(DenseSpec(4), DropoutSpec(0.2), DenseSpec(2)))


def test_dropout_keeps_the_weights() -> None:
    assert consequence(Project(network=PLAIN), Project(network=DROPPING)) is Consequence.KEEP


def test_dropout_alone_is_told_from_other_changes() -> None:
    assert only_dropout(PLAIN, DROPPING)
    assert only_dropout(DROPPING, replace(DROPPING, layers=(DenseSpec(4), DropoutSpec(0.5), DenseSpec(2))))
    assert not only_dropout(PLAIN, PLAIN)
    assert not only_dropout(PLAIN, replace(DROPPING, output_activation="tanh"))
    assert not only_dropout(DROPPING, NetworkSpec(layers=(DenseSpec(5), DropoutSpec(0.2), DenseSpec(2))))
