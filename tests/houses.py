"""A table of two numeric targets of very different size, for tests: prices up to 600,000 and rents about 1,400."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from nnplayground.project.model import DataSpec, Project, TableSource
from nnplayground.project.training_spec import OptimizerSpec, TrainingSpec

SAMPLES = 120


def house_rows() -> list[tuple[float, float, float, float]]:
    """Return x1, x2, price and rent of each house; both can be learned."""
    rng = np.random.default_rng(7)
    x1, x2 = rng.uniform(-1.0, 1.0, (2, SAMPLES)).round(3)
    price = (337_500.0 + 131_250.0 * (x1 + x2)).round()
    rent = (1_400.0 + 300.0 * (x1 - 0.5 * x2)).round(1)
    return list(zip(x1.tolist(), x2.tolist(), price.tolist(), rent.tolist(), strict=True))


def houses(*targets: str, inputs: tuple[str, ...] = ("x1", "x2"), target_scaling: str = "auto") -> Project:
    """Return a project that predicts these targets of the houses, or both."""
    lines = [",".join(map(repr, row)) for row in house_rows()]
    text = "\n".join(["x1,x2,price,rent", *lines]) + "\n"
    source = TableSource(text=text, inputs=inputs, targets=targets or ("price", "rent"))
    project = Project(data=DataSpec(source=source, target_scaling=target_scaling))
    return replace(project, training=TrainingSpec(optimizer=OptimizerSpec(learning_rate=0.1)))
