"""Following a job to its end: by the stream of its moves, each handed on once, wherever the stream may break."""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import closing, suppress
from typing import Any, Final, Protocol

import msgspec

from homeport.cli.api import Api, NotReachable, Silence
from homeport.cli.failures import ExitCode, Failure
from homeport.cli.jobview import JobView, Move
from homeport.cli.moves import moved_by, news_of
from homeport.cli.session import Session

_AGAIN_SECONDS: Final = 0.3
"""Before a stream that broke is taken up again."""
_SILENCE_SECONDS: Final = 40.0
"""Without any sign of life, after which a connection counts as dead."""
_SHORTEST_SECONDS: Final = 0.05
_SLACK_SECONDS: Final = 0.5
"""By which a command may overstay the time it was given, so as not to ask all the time at its end."""
_PATIENCE_SECONDS: Final = 20.0
"""How long an engine that was there may be away, as it is while it restarts."""


class Viewer(Protocol):
    """Shows a job that is followed."""

    def begin(self, job: JobView) -> None:
        """Show the job as it stands."""
        ...

    def moved(self, job: JobView, moves: Sequence[Move]) -> None:
        """Show the moves since the last time; the job is as it stands after them."""
        ...

    def waiting(self, text: str) -> None:
        """Say what is waited for, when it is not the job."""
        ...

    def end(self) -> None:
        """Stop showing; called however it ends."""
        ...


class TimedOut(Failure):
    """A job was not finished in the time that the command had for it; it goes on."""

    def __init__(self, job: JobView, seconds: float, advice: str) -> None:
        message = f"After {seconds:g} s the {job.title} (job {job.id}) is not finished; it goes on"
        super().__init__(message, advice=advice, code=ExitCode.TIMEOUT)


class Interrupted(Failure):
    """Ctrl-C while a job was followed; it goes on."""

    def __init__(self, job: JobView, advice: str) -> None:
        super().__init__(f"The {job.title} (job {job.id}) goes on", advice=advice, code=ExitCode.INTERRUPTED)

    def headline(self) -> str:
        """Return a line's end: the terminal has just written ^C. It is no error."""
        return "\n"


def show_job(api: Api, job_id: str) -> JobView:
    """Return everything that is known of a job."""
    return msgspec.convert(job_document(api, job_id), JobView)


def job_document(api: Api, job_id: str) -> dict[str, Any]:
    """Return everything that is known of a job, as the API answers it."""
    document: dict[str, Any] = api.call("GET", api.own(f"/jobs/{job_id}"))
    return document


def follow(session: Session, job_id: str, viewer: Viewer, *, seconds: float | None = None, after: int = 0) -> JobView:
    """Show a job until it is finished and return it; moves up to sequence number `after` are passed over.

    Raises:
        TimedOut: it was not finished after so many seconds.
        Interrupted: Ctrl-C.
        NotReachable: the engine went away and did not come back.
    """
    job = show_job(session.api, job_id)
    try:
        viewer.begin(job)
        return _Following(session, job, viewer, after).run(seconds)
    except KeyboardInterrupt:
        raise Interrupted(job, _how_to_go_on(session, job.id)) from None
    finally:
        viewer.end()


class _Following:
    def __init__(self, session: Session, job: JobView, viewer: Viewer, after: int) -> None:
        self._session = session
        self._api = session.api
        self._waiter = session.waiter
        self._viewer = viewer
        self._job = job
        self._sequence = after
        self._end: float | None = None
        self._heard = session.waiter.now()
        self._told = False

    def run(self, seconds: float | None) -> JobView:
        """Follow the stream, and take it up again wherever it broke, until the job is finished."""
        self._end = None if seconds is None else self._waiter.now() + seconds
        while True:
            try:
                with suppress(Silence):
                    self._listen()
                if self._is_finished():
                    return self._job
            except NotReachable as error:
                self._be_patient(error)
            if self._left() <= 0:
                raise TimedOut(self._job, seconds or 0, _how_to_go_on(self._session, self._job.id))
            self._waiter.pause(min(_AGAIN_SECONDS, self._left()))

    def _listen(self) -> None:
        """Show moves as they come, until there are no more, the stream ends, or there is less time than it was given.

        Raises:
            Silence: nothing came for long, or for as long as there is time.
        """
        patience = min(_SILENCE_SECONDS, max(self._left(), _SHORTEST_SECONDS))
        pieces = self._api.stream(
            self._api.own(f"/jobs/{self._job.id}/events/stream"),
            headers={"Last-Event-ID": str(self._sequence)},
            silence=patience,
        )
        with closing(pieces):
            for news in news_of(pieces):
                self._hear()
                self._show(news.moves)
                if news.ended or self._left() < patience - _SLACK_SECONDS:
                    return

    def _show(self, moves: list[Move]) -> None:
        if moves:
            self._sequence = moves[-1].sequence
            self._job = moved_by(self._job, moves)
            self._viewer.moved(self._job, moves)

    def _is_finished(self) -> bool:
        """Look at the job itself: its moves do not tell all of its end, and a stream may end for other reasons."""
        job = _with_names(show_job(self._api, self._job.id), self._job)
        self._hear()
        if not job.finished or self._sequence < job.sequence:
            return False
        self._job = job
        return True

    def _left(self) -> float:
        return math.inf if self._end is None else self._end - self._waiter.now()

    def _hear(self) -> None:
        self._heard, self._told = self._waiter.now(), False

    def _be_patient(self, error: NotReachable) -> None:
        """Let the engine be away for a while: it may be restarting. Raises `NotReachable` when it stays away."""
        if self._waiter.now() - self._heard > _PATIENCE_SECONDS:
            raise self._lost(error) from error
        if not self._told:
            self._viewer.waiting("The engine does not answer; it is asked again …")
        self._told = True

    def _lost(self, error: NotReachable) -> NotReachable:
        later = f"The job goes on when the engine is back.\n{_how_to_go_on(self._session, self._job.id)}"
        return NotReachable(error.message, f"{error.advice}\n{later}")


def _with_names(job: JobView, before: JobView) -> JobView:
    """Return a job with the names it had: a job that deletes its target loses them when it ends."""
    return msgspec.structs.replace(
        job,
        component_name=job.component_name or before.component_name,
        environment_name=job.environment_name or before.environment_name,
    )


def _how_to_go_on(session: Session, job_id: str) -> str:
    follow_it = session.command(f"jobs watch {job_id}")
    end_it = session.command(f"jobs terminate {job_id}")
    return f"Follow it:    {follow_it}\nTerminate it: {end_it}"
