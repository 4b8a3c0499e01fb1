"""Random numbers, one stream per purpose, all from the project's seed.

Because each purpose has a stream of its own, drawing more for one of them does not change the others: more noise on the
data leaves the initial weights as they were.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnplayground.project.model import Project

PURPOSES = ("data", "split", "initialization", "shuffling", "dropout", "directions", "validation")


@dataclass(frozen=True)
class GeneratorState:
    """Where one of our generators, a PCG64, stands: two numbers of 128 bits, and half a draw of 64 bits that is left.

    Source: O'Neill 2014, "PCG: A family of simple fast space-efficient statistically good algorithms".
    """

    state: int
    increment: int
    has_half: bool
    half: int

    @classmethod
    def of(cls, generator: np.random.Generator) -> GeneratorState:
        """Return where a generator stands now."""
        found = generator.bit_generator.state
        inner = found["state"]
        return cls(inner["state"], inner["inc"], bool(found["has_uint32"]), found["uinteger"])

    def give(self, generator: np.random.Generator) -> None:
        """Let a generator go on from here."""
        inner = {"state": self.state, "inc": self.increment}
        generator.bit_generator.state = {
            "bit_generator": "PCG64",
            "state": inner,
            "has_uint32": int(self.has_half),
            "uinteger": self.half,
        }


class Streams:
    """The random generators of a project; each call gives a fresh one from its beginning."""

    def __init__(self, project: Project) -> None:
        self._seed = project.seed
        own = project.network.initializer.seed
        self._weights_seed = project.seed if own is None else own
        split = project.data.split_seed
        self._split_seed = project.seed if split is None else split

    def data(self) -> np.random.Generator:
        """For generated samples and their noise."""
        return self._generator(self._seed, "data")

    def split(self) -> np.random.Generator:
        """For the choice of the test samples; follows the seed of the split where it has one."""
        return self._generator(self._split_seed, "split")

    def validation(self) -> np.random.Generator:
        """For the choice of the validation samples among those that do not test; goes with the split."""
        return self._generator(self._split_seed, "validation")

    def initialization(self) -> np.random.Generator:
        """For the first weights; follows the seed of the initializer where it has one."""
        return self._generator(self._weights_seed, "initialization")

    def shuffling(self) -> np.random.Generator:
        """For the order of the samples in each epoch."""
        return self._generator(self._seed, "shuffling")

    def dropout(self) -> np.random.Generator:
        """For the values that dropout layers switch off."""
        return self._generator(self._seed, "dropout")

    def directions(self, draw: int) -> np.random.Generator:
        """For the random directions of a cost surface; each `draw`, counted from 0, has its own."""
        whole = np.random.SeedSequence(self._seed).spawn(len(PURPOSES))[PURPOSES.index("directions")]
        return np.random.default_rng(whole.spawn(draw + 1)[draw])

    @staticmethod
    def _generator(seed: int, purpose: str) -> np.random.Generator:
        children = np.random.SeedSequence(seed).spawn(len(PURPOSES))
        return np.random.default_rng(children[PURPOSES.index(purpose)])
