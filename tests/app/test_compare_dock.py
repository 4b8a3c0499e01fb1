"""The dock that compares, in the real window: seeds and races in the background, and what is taken over from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnplayground.app.features.compare.race.view import RacePage
from nnplayground.app.features.compare.seeds.view import SeedsPage
from nnplayground.app.features.compare.view import CompareView
from nnplayground.app.shell.main_window import MainWindow
from nnplayground.app.shell.parts import COMPARE, COMPARE_LEAST
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import DataSpec, ImagesSource, NetworkSpec, PointsSource, Project
from nnplayground.training.run.run import Run
from tests.app.driving import PATIENCE, SMALL, wait_for, window_of

DIGITS = Project(data=DataSpec(source=ImagesSource(name="digits")))


def opened(window: MainWindow) -> CompareView:
    """Open the dock by its action."""
    window.commands["compare"].trigger()
    return window.details.view(COMPARE)


def seeds_page(view: CompareView) -> SeedsPage:
    view.show_page("seeds")
    page = view.page("seeds")
    assert isinstance(page, SeedsPage)
    return page


def race_page(view: CompareView) -> RacePage:
    view.show_page("race")
    page = view.page("race")
    assert isinstance(page, RacePage)
    return page


def until(qtbot: QtBot, condition: Callable[[], bool]) -> None:
    qtbot.waitUntil(condition, timeout=PATIENCE)


def study(qtbot: QtBot, page: SeedsPage, *, epochs: int = 10) -> None:
    """Train ten seeds to the end."""
    page.controls.count.show_value("10")
    page.controls.epochs.show_value(epochs)
    page.controls._has_own_epochs = True
    page.controls.job.button.click()
    assert page.controls.job.is_working
    until(qtbot, lambda: not page.controls.job.is_working)


def test_the_key_opens_the_dock_with_its_three_pages(qtbot: QtBot) -> None:
    with window_of(qtbot) as window:
        view = opened(window)
        assert view.isVisible()
        assert view.shown == "runs"
        assert window.commands["compare"].isChecked()
        window.commands["compare"].trigger()
        assert not view.isVisible()


def test_many_seeds_are_trained_and_the_run_stays_as_it_is(qtbot: QtBot) -> None:
    with window_of(qtbot) as window:
        page = seeds_page(opened(window))
        study(qtbot, page)
        found = page.study
        assert found is not None and found.is_whole
        assert found.seeds == tuple(range(1, 11))
        assert page.share.text().startswith(tuple("0123456789"))
        assert wait_for(qtbot, window, lambda snapshot: True).epoch == 0
        assert window.document.project == SMALL


def test_the_seed_of_the_best_run_is_taken_over_and_gives_that_very_curve(qtbot: QtBot) -> None:
    with window_of(qtbot) as window:
        page = seeds_page(opened(window))
        study(qtbot, page)
        page.named["best"].click()
        page.use.click()
        assert page.study is not None and page._place is not None
        seed = page.study.seeds[page._place]
        project = window.document.project
        assert project.network.initializer.seed == seed
        assert replace(project, network=SMALL.network) == SMALL
        run = Run(project)
        run.train_epochs(10)
        cost = run.last_measures_by_part().test.cost
        assert cost is not None
        assert abs(cost - page.study.costs[page._place]) < 1e-9
        window.document.undo_stack.undo()
        assert window.document.project == SMALL


def test_where_everything_varied_the_seed_of_the_project_is_taken_over(qtbot: QtBot) -> None:
    pinned = replace(SMALL, data=replace(SMALL.data, split_seed=77))
    with window_of(qtbot, pinned) as window:
        page = seeds_page(opened(window))
        page.controls.vary.show_value("all")
        study(qtbot, page)
        page.named["worst"].click()
        page.use.click()
        assert page.study is not None and page._place is not None
        project = window.document.project
        assert project.seed == page.study.seeds[page._place]
        assert (project.data.split_seed, project.network.initializer.seed) == (None, None)


def test_seeds_are_trained_while_the_run_trains(qtbot: QtBot) -> None:
    with window_of(qtbot) as window:
        page = seeds_page(opened(window))
        window.toggle_play()
        study(qtbot, page)
        assert page.study is not None and page.study.is_whole
        wait_for(qtbot, window, lambda snapshot: snapshot.running and snapshot.epoch > 0)


def test_to_cancel_keeps_what_the_seeds_have_shown(qtbot: QtBot) -> None:
    with window_of(qtbot) as window:
        page = seeds_page(opened(window))
        page.controls.epochs.show_value(100_000)
        page.controls._has_own_epochs = True
        page.controls.job.button.click()
        until(qtbot, lambda: page.study is not None and len(page.study.train) > 2)
        page.controls.job.button.click()
        until(qtbot, lambda: not page.controls.job.is_working)
        assert page.study is not None and not page.study.is_whole
        until(qtbot, lambda: "Cancelled after epoch" in page.told.text())


def test_a_race_is_run_and_a_lane_taken_over(qtbot: QtBot) -> None:
    with window_of(qtbot) as window:
        page = race_page(opened(window))
        page.controls.epochs.show_value(5)
        page.controls.job.button.click()
        until(qtbot, lambda: not page.controls.job.is_working)
        assert page.standings is not None and page.standings.is_over
        assert [lane.epoch for lane in page.standings.lanes] == [5] * 4
        page.rows[3].use.click()
        assert window.document.project.training.optimizer.name == "adam"
        assert window.document.undo_stack.undoText() == "Use Adam"


def test_to_close_the_window_ends_what_is_under_way(qtbot: QtBot) -> None:
    with window_of(qtbot) as window:
        view = opened(window)
        seeds, race = seeds_page(view), race_page(view)
        for controls in (seeds.controls, race.controls):
            controls.epochs.show_value(100_000)
            controls.job.button.click()
            assert controls.job.is_working
        until(qtbot, lambda: seeds.study is not None and race.standings is not None)


def test_what_cannot_be_trained_is_told_in_one_sentence(qtbot: QtBot) -> None:
    wide = replace(SMALL, network=NetworkSpec(layers=(DenseSpec(500), DenseSpec(500))))
    with window_of(qtbot, wide) as window:
        page = seeds_page(opened(window))
        page.controls.count.show_value("256")
        page.controls.job.button.click()
        until(qtbot, lambda: not page.controls.job.is_working)
        assert "take fewer seeds, fewer samples or a smaller network" in window.messages.text
        assert page.study is None


def test_where_there_is_no_network_nothing_can_be_started(qtbot: QtBot) -> None:
    with window_of(qtbot) as window:
        view = opened(window)
        pages = seeds_page(view), race_page(view)
        empty = replace(SMALL, data=DataSpec(source=PointsSource(points=())))
        window.document.edit(empty, "Draw points")
        until(qtbot, lambda: window.player.snapshot is None)
        view.clear()
        for page in pages:
            assert not page.controls.job.button.isEnabled()


def test_in_a_low_window_it_opens_with_what_it_needs_and_pushes_no_edge_off_the_screen(qtbot: QtBot) -> None:
    for project, beside, least in ((SMALL, (), COMPARE_LEAST), (DIGITS, ("measures",), 0)):
        with window_of(qtbot, project) as window:
            window.resize(1280, 720)
            window.reset_layout()
            for name in (*beside, "compare"):
                window.commands[name].trigger()
            until(qtbot, window.details.view(COMPARE).isVisible)
            QApplication.processEvents()
            assert window.docks["compare"].height() >= least
            assert window.minimumSizeHint().height() <= window.height() == 720
