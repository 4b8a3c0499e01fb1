"""The curve grows and what was handed out stays."""

from __future__ import annotations

import numpy as np

from nnplayground.training.history import FIRST_ROOM, History


def test_a_curve_handed_out_does_not_change_when_the_history_grows() -> None:
    history = History()
    history.append((1.0, 2.0, 3.0, 4.0))
    early = history.curve()
    for epoch in range(3 * FIRST_ROOM):
        history.append((float(epoch), 0.0, 0.0, 0.0))
    assert early.train_cost.tolist() == [1.0]
    late = history.curve()
    assert len(late) == len(history) == 3 * FIRST_ROOM + 1
    assert late.train_cost[1:].tolist() == [float(epoch) for epoch in range(3 * FIRST_ROOM)]
    assert history.last == (3.0 * FIRST_ROOM - 1.0, 0.0, 0.0, 0.0)


def test_a_curve_shares_its_numbers_with_the_next_one() -> None:
    history = History()
    history.append((1.0, 2.0, 3.0, 4.0))
    early = history.curve()
    history.append((5.0, 6.0, 7.0, 8.0))
    assert np.shares_memory(early.train_cost, history.curve().train_cost)
    assert not early.train_cost.flags.writeable
