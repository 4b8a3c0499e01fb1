"""What the network answers for every sample, for marks on wrong points and for selections of samples."""

from __future__ import annotations

from dataclasses import dataclass

from nnplayground.arrays import Floats


@dataclass(frozen=True, eq=False)
class Answers:
    """What the network says of each sample `[samples]`, in the order of `Prepared.samples`.

    `predicted` is the index of the class, or the value for a target that is a number, in its own units; of several
    targets it is `[samples, targets]`. `score` tells for two classes how
    far the network leans to the second (+1) or the first (−1), and is NaN otherwise.
    """

    predicted: Floats
    score: Floats

    def of_target(self, place: int) -> Answers:
        """Return the answers for one of several targets."""
        return self if self.predicted.ndim == 1 else Answers(self.predicted[:, place], self.score)
