"""Asks a run what it answers for every sample; it only looks, and draws no random numbers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from nnplayground.arrays import read_only
from nnplayground.engine.network import Evaluation
from nnplayground.training.observe.answers import Answers
from nnplayground.training.run.run import Run

PAUSE_SECONDS = 0.04
MOST_SHARE = 0.05
"""The marks follow the boundary nearly as fast as that moves, unless the samples are so many that this costs time."""


def answers_of(run: Run) -> Callable[[None], Answers]:
    """Return what answers for the samples of a run with the weights of the moment; call it between batches."""
    data, rule = run.data, run.data.rule
    evaluations = [
        (data.rows_of(part), Evaluation(run.network, data.inputs_of(part), data.targets_of(part), cost=rule.cost))
        for part in data.present
    ]

    def answer(_nothing: None) -> Answers:
        predicted = np.full(data.samples.targets.shape, np.nan)
        score = np.full(len(predicted), np.nan)
        with np.errstate(all="ignore"):
            for rows, evaluation in evaluations:
                evaluation.cost()
                outputs = evaluation.outputs
                if rule.classes:
                    predicted[rows] = rule.predicted_classes(outputs)
                else:
                    predicted[rows] = data.answers(outputs).T if predicted.ndim > 1 else data.answers(outputs)[0]
                if len(rule.classes) == 2:
                    score[rows] = rule.leaning(outputs)
        return Answers(read_only(predicted), read_only(score))

    return answer
