"""The benchmarks of the window tell what they have measured: start, idle, latency, soak."""

from __future__ import annotations

import math

import idle
import latency
import numpy as np
import pytest
import soak
import start


def moments(*, painted: float, full: float = 0.0, begun: float = 0.02) -> start.Moments:
    return {"launched": 100.0, "begun": 100.0 + begun, "ready": 100.0, "painted": 100.0 + painted, "full": 100.0 + full}


def test_the_start_is_told_in_medians_of_the_time_from_both_beginnings() -> None:
    bare = [moments(painted=seconds) for seconds in (0.3, 0.4, 9.0)]
    program = [moments(painted=0.5, full=seconds) for seconds in (0.5, 0.6, 0.9)]
    table = start.rows({"bare": bare, "program": program})
    assert table["bare window"]["launched"] == pytest.approx(400.0)
    assert table["bare window"]["ratio"] == 1.0
    assert table["with data in it"]["launched"] == pytest.approx(600.0)
    assert table["with data in it"]["ratio"] == pytest.approx(1.5)
    assert table["with data in it"]["ratio_begun"] == pytest.approx(0.58 / 0.38)
    assert start.verdict(table).endswith("NOT met (1.50)")


def test_a_start_within_the_budget_meets_it() -> None:
    starts = {"bare": [moments(painted=0.4)], "program": [moments(painted=0.5, full=0.5)]}
    assert start.verdict(start.rows(starts)).endswith(": met (1.25)")


def test_both_kinds_of_window_really_start_and_tell_when_they_were_painted() -> None:
    starts = start.measure(1)
    (bare,), (program,) = starts["bare"], starts["program"]
    for name in ("ready", "painted"):
        assert bare["launched"] < bare["begun"] < bare[name]
    assert program["launched"] < program["begun"] < program["ready"] < program["painted"] <= program["full"]
    lines = [start.line(title, row) for title, row in start.rows(starts).items()]
    assert len({len(line) for line in lines}) == 1


def test_idle_is_judged_by_its_worst_state() -> None:
    assert idle.verdict({"paused": 0.001, "all docks open": 0.03}).endswith("NOT met (at most 3.00%, all docks open)")
    assert ": met" in idle.verdict({"paused": 0.001})


def test_latency_is_judged_by_its_slowest_hundredth() -> None:
    row = latency.figures([10.0] * 98 + [90.0] * 2)
    assert row["median_ms"] == 10.0
    assert row["p99_ms"] == pytest.approx(90.0, abs=1.0)
    assert latency.verdict("2-4-2-1", row).endswith("NOT met")
    assert latency.verdict("2-4-2-1", latency.figures([10.0] * 100)).endswith(": met")
    assert latency.line("2-4-2-1", row).split() == ["2-4-2-1", "10.0", f"{row['p99_ms']:.1f}", "90.0", "100"]


def test_the_large_problem_of_the_latency_has_as_many_points_as_it_says() -> None:
    large = latency.projects()["2-128×4-1, 20k"]
    assert getattr(large.data.source, "samples", 0) == 20_000
    assert [getattr(layer, "units", 0) for layer in large.network.layers] == [128] * 4


def test_a_slope_is_that_of_the_line_of_least_squares() -> None:
    hours = [0.0, 0.1, 0.2, 0.4]
    rise, error = soak.slope(hours, [200.0 + 50.0 * hour for hour in hours])
    assert rise == pytest.approx(50.0)
    assert error == pytest.approx(0.0, abs=1e-9)
    assert not soak.is_flat(rise, error)


def test_a_slope_and_its_error_agree_with_a_fit_by_polynomials() -> None:
    rng = np.random.default_rng(3)
    hours = np.linspace(0.0, 0.2, 25)
    held = 300.0 + 20.0 * hours + rng.normal(0.0, 2.0, 25)
    coefficients, covariance = np.polyfit(hours, held, 1, cov=True)
    rise, error = soak.slope(hours.tolist(), held.tolist())
    assert rise == pytest.approx(coefficients[0])
    assert error == pytest.approx(math.sqrt(covariance[0, 0]))


def test_flat_is_what_rises_little_or_within_its_error() -> None:
    assert soak.is_flat(29.0, 1.0)
    assert soak.is_flat(-400.0, 1.0)
    assert soak.is_flat(50.0, 30.0)
    assert not soak.is_flat(80.0, 30.0)


def test_the_memory_of_a_process_is_a_number_of_megabytes() -> None:
    assert 10.0 < soak.memory() < 100_000.0
