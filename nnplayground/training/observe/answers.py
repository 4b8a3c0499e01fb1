"""What the network answers for every sample, for marks on wrong points and for selections of samples.

Asking only looks, and draws no random numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnplayground.arrays import Floats, read_only
from nnplayground.engine.network import Evaluation
from nnplayground.training.observe.observation import Request, Subject
from nnplayground.training.run.prepare import Prepared


@dataclass(frozen=True, eq=False)
class Answers:
    """What the network says of each sample `[samples]`, in the order of `Prepared.samples`.

    `predicted` is the index of the class, or the value for a target that is a number, in its own units; of several
    targets it is `[samples, targets]`. `score` tells for two classes how far the network leans to the second (+1) or
    the first (−1), and is NaN otherwise.
    """

    predicted: Floats
    score: Floats

    def of_target(self, data: Prepared, place: int) -> Answers:
        """Return the answers for one of several targets."""
        if self.predicted.ndim == 1:
            return self
        return Answers(self.predicted[:, data.target_at(place)], self.score)


@dataclass(frozen=True)
class AnswersRequest(Request[Answers]):
    """The answers for all samples."""


def answers_of(subject: Subject) -> Callable[[AnswersRequest], Answers]:
    """Return what answers for the samples of a run with the weights of the moment; call it between batches."""
    run = subject.run
    data, rule = run.data, run.data.rule
    evaluations = [
        (data.rows_of(part), Evaluation(run.network, data.inputs_of(part), data.targets_of(part), cost=rule.cost))
        for part in data.present
    ]

    def answer(_request: AnswersRequest) -> Answers:
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
