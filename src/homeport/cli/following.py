"""Following a job to its end: looks at it again and again, and hands each move on once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Protocol

import msgspec

from homeport.cli.api import Api, NotReachable
from homeport.cli.failures import ExitCode, Failure
from homeport.cli.jobview import JobView, Move
from homeport.cli.session import Session

POLL_SECONDS: Final = 0.2
"""Between two looks at a job that moves."""
_SLOW_POLL_SECONDS: Final = 0.5
_SLOW_AFTER_SECONDS: Final = 10.0
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
        self._tag = ""
        self._path = self._api.cae(f"/jobs/{job.id}")

    def run(self, seconds: float | None) -> JobView:
        started = self._waiter.now()
        while True:
            self._look_patiently()
            if self._job.finished:
                return self._job
            waited = self._waiter.now() - started
            if seconds is not None and waited >= seconds:
                raise TimedOut(self._job, seconds, _how_to_go_on(self._session, self._job.id))
            self._waiter.pause(POLL_SECONDS if waited < _SLOW_AFTER_SECONDS else _SLOW_POLL_SECONDS)

    def _look_patiently(self) -> None:
        """Look at the job, again and again for a while when the engine is away: it may be restarting."""
        since = self._waiter.now()
        told = False
        while True:
            try:
                return self._look()
            except NotReachable as error:
                if self._waiter.now() - since > _PATIENCE_SECONDS:
                    raise self._lost(error) from error
                if not told:
                    self._viewer.waiting("The engine does not answer; it is asked again …")
                told = True
            self._waiter.pause(_SLOW_POLL_SECONDS)

    def _look(self) -> None:
        """Ask whether the job has moved; the entity tag makes that cheap, and its moves are asked for only then."""
        headers = {"If-None-Match": self._tag} if self._tag else {}
        answer = self._api.send("GET", self._path, environment_id=self._job.environment_id, headers=headers)
        if not answer.content:
            return
        self._job = _with_names(show_job(self._api, self._job.id), self._job)
        self._viewer.moved(self._job, self._moves())
        # Remembered last: a look that broke off half way is made again in full.
        self._tag = answer.headers.get("etag", "")

    def _moves(self) -> list[Move]:
        """Return the moves that were not seen yet, up to the job as it was read; the API gives them in pages."""
        path = self._api.own(f"/jobs/{self._job.id}/events")
        found: list[Move] = []
        while self._sequence < self._job.sequence:
            page = self._api.call("GET", path, query={"after": self._sequence})["items"]
            moves = [move for move in msgspec.convert(page, list[Move]) if move.sequence <= self._job.sequence]
            if not moves:
                break
            found += moves
            self._sequence = moves[-1].sequence
        return found

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
