"""Everything that can be observed, in one table, and the observers of one session at work."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from nnplayground.errors import surprise
from nnplayground.message import Message
from nnplayground.training.observe.answers import AnswersRequest, answers_of
from nnplayground.training.observe.inspections import InspectionRequest, inspections_of
from nnplayground.training.observe.map_pace import PacedMaps
from nnplayground.training.observe.maps import MapRequest
from nnplayground.training.observe.observation import Observation, Observer, Request, Seen, Subject
from nnplayground.training.observe.paced import paced
from nnplayground.training.observe.probes import ProbeRequest, probes_of
from nnplayground.training.observe.reports import ReportRequest, reports_of

OBSERVATIONS: dict[type[Request[object]], Observation] = {
    entry.kind: entry
    for entry in (
        MapRequest.observed_by(PacedMaps),
        ReportRequest.observed_by(paced(reports_of)),
        InspectionRequest.observed_by(paced(inspections_of)),
        # The marks follow the boundary nearly as fast as that moves, unless so many samples would cost time.
        AnswersRequest.observed_by(paced(answers_of, pause=0.04, most_share=0.05)),
        ProbeRequest.observed_by(paced(probes_of, pause=0.0, most_share=1.0)),
    )
}
"""How each kind of request is observed, and at what pace."""


class Observers:
    """The observers of one session: one for each request, made when that is first wanted and dropped when it is not.

    A request that takes the place of another of its kind takes over the observer, with the buffers and the pace.
    """

    def __init__(self) -> None:
        self._at_work: dict[Request[object], Observer[Any, object]] = {}
        self._failed: dict[Request[object], str] = {}  # what went wrong, as long as the request is wanted

    def see(self, wants: Collection[Request[object]], subject: Subject, *, busy: bool) -> Seen:
        """Return what is seen of the subject at this moment; see `Observer` for `busy`.

        A request whose observer fails has no answer for as long as it is wanted, and does not end the training.
        """
        self._failed = {request: problem for request, problem in self._failed.items() if request in wants}
        self._at_work = self._assigned([request for request in wants if request not in self._failed])
        answers: dict[Request[object], object] = {}
        for request, observer in self._at_work.items():
            try:
                answer = observer.observe(request, subject, busy=busy)
            except Exception as error:  # noqa: BLE001  # a fault in what only looks must not cost hours of training
                self._failed[request] = surprise(error)
            else:
                if answer is not None:
                    answers[request] = answer
        problems = (Message("observation.failed", {"problem": problem}) for problem in self._failed.values())
        return Seen(answers, problems=tuple(problems))

    def _assigned(self, wants: Collection[Request[object]]) -> dict[Request[object], Observer[Any, object]]:
        """Return an observer for each request: the one that it has, one that is free by now, or a new one."""
        before = dict(self._at_work)
        assigned = {request: before.pop(request) for request in wants if request in before}
        for request in wants:
            if request not in assigned:
                free = next((one for one in before if type(one) is type(request)), None)
                assigned[request] = before.pop(free) if free is not None else OBSERVATIONS[type(request)].make()
        return assigned
