"""The moments of an animation: first and last, in order, as evenly as was asked for."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from nnplayground.export.moments import Spacing, spaced

KEPT = st.lists(st.integers(0, 5000), min_size=2, max_size=80, unique=True).map(sorted)
SPACINGS: st.SearchStrategy[Spacing] = st.sampled_from(["even", "beginning"])


@given(KEPT, st.integers(2, 200), SPACINGS)
def test_there_are_as_many_as_asked_for_from_the_first_to_the_last_in_order(
    epochs: list[int], frames: int, spacing: Spacing
) -> None:
    chosen = spaced(epochs, frames, spacing)
    assert len(chosen) == frames
    assert (chosen[0], chosen[-1]) == (epochs[0], epochs[-1])
    assert all(before <= after for before, after in pairwise(chosen))
    assert set(chosen) <= set(epochs)


@given(KEPT, st.integers(2, 200))
def test_even_spacing_takes_the_nearest_moment_that_was_kept(epochs: list[int], frames: int) -> None:
    chosen = spaced(epochs, frames, "even")
    for place, epoch in enumerate(chosen):
        wanted = epochs[0] + (epochs[-1] - epochs[0]) * place / (frames - 1)
        assert abs(epoch - wanted) <= min(abs(other - wanted) for other in epochs) + 1e-6


def test_more_of_the_beginning_counts_moments_and_not_epochs() -> None:
    assert spaced([0, 1, 2, 3, 10, 100, 1000], 3, "beginning") == [0, 3, 1000]
    assert spaced([0, 1, 2, 3, 10, 100, 600, 1000], 3, "even") == [0, 600, 1000]


def test_one_frame_shows_the_newest_moment() -> None:
    assert spaced([0, 4, 9], 1, "even") == [9]
    assert spaced([0, 4, 9], 1, "beginning") == [9]


def test_few_moments_are_repeated_for_many_frames() -> None:
    assert spaced([0, 10], 4, "even") == [0, 0, 10, 10]
