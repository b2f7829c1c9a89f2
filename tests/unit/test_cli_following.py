"""Following a job over an engine that answers as it is told to, and sometimes not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import httpx2
import pytest

from homeport.cli.api import Api, NotReachable
from homeport.cli.connection import Credentials, Target
from homeport.cli.failures import ExitCode
from homeport.cli.following import Interrupted, TimedOut, follow
from homeport.cli.jobview import JobView, Move, TaskView
from homeport.cli.moves import moved_by
from homeport.cli.output import Output
from homeport.cli.session import Session

NOON = "2026-11-24T12:00:00.000000Z"
PATIENCE = 20.0
MOVES = (
    (0, "init"),
    (0, "running"),
    (1, "running"),
    (1, "success"),
    (0, "success"),
)
"""Task and status of each move of the job, from sequence number 1 on."""


class OwnTime:
    """A waiter whose pauses are over at once; something may happen at the start of each."""

    def __init__(self, happens: Any = lambda: None) -> None:
        self._now = 0.0
        self._happens = happens

    def now(self) -> float:
        return self._now

    def pause(self, seconds: float) -> None:
        self._now += seconds
        self._happens()


class Cut(httpx2.SyncByteStream):
    """The body of a stream that breaks off."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def __iter__(self) -> Iterator[bytes]:
        yield self._content
        raise httpx2.ReadError("Connection reset by peer")


class Engine:
    """Answers the calls that following makes; `sequence` is how far the job is, `away` breaks off every connection."""

    def __init__(self) -> None:
        self.sequence = 2
        self.away = False
        self.cut_after: int | None = None
        """Bytes after which the next stream breaks off."""
        self.silent = False
        self.asked: list[str] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        path = request.url.path
        if self.away:
            raise httpx2.ConnectError("Connection refused", request=request)
        self.asked.append(path)
        if not path.endswith("/events/stream"):
            return httpx2.Response(200, json=self._record())
        if self.silent:
            raise httpx2.ReadTimeout("", request=request)
        return self._stream(int(request.headers["last-event-id"]))

    def _stream(self, after: int) -> httpx2.Response:
        """Answer with what there is, and end: as an engine does that stops."""
        moves = [
            {"sequence": number, "at": NOON, "task": task, "status": status, "progress": 0}
            for number, (task, status) in enumerate(MOVES[: self.sequence], start=1)
        ]
        if after == len(MOVES):
            return httpx2.Response(204)
        lines = ["retry: 1000\n\n", ": nothing has moved\n\n"]
        lines += [f"id: {move['sequence']}\ndata: {json.dumps(move)}\n\n" for move in moves[after:]]
        if self.sequence == len(MOVES):
            lines.append('event: end\ndata: {"status": "success", "sequence": 5}\n\n')
        content = "".join(lines).encode()
        if self.cut_after is not None:
            content, self.cut_after = content[: self.cut_after], None
            return httpx2.Response(200, stream=Cut(content))
        return httpx2.Response(200, content=content)

    def _record(self) -> dict[str, Any]:
        done = self.sequence == len(MOVES)
        return {
            "id": "job-1",
            "action": "delete-component",
            "status": "success" if done else "running",
            "progress": 100 if done else 0,
            "environment_id": "env-1",
            "component_id": "component-1",
            "component_name": None if done else "cart",
            "created_at": NOON,
            "created_by": "ada",
            "deadline_at": NOON,
            "sequence": self.sequence,
            "tasks": [],
        }

    def move(self) -> None:
        """Let the job move once."""
        self.sequence = min(self.sequence + 1, len(MOVES))


class Seen:
    """Keeps what a viewer is shown."""

    def __init__(self) -> None:
        self.moves: list[int] = []
        self.notes: list[str] = []
        self.ended = False

    def begin(self, job: JobView) -> None:
        """Nothing is kept of it."""

    def moved(self, job: JobView, moves: Sequence[Move]) -> None:
        self.moves += [move.sequence for move in moves]

    def waiting(self, text: str) -> None:
        self.notes.append(text)

    def end(self) -> None:
        self.ended = True


class World:
    """An engine, a session with it, and what was seen."""

    def __init__(self, happens: Any = None) -> None:
        self.engine = Engine()
        self.seen = Seen()
        self.session = Session(Output(as_json=True), Path("/data"), waiter=OwnTime(happens or self.engine.move))
        credentials = Credentials(access_key="key", secret_key="secret")
        target = Target(url="http://127.0.0.1:1", credentials=credentials, project_id="project-1")
        self.session.api = Api(target, transport=httpx2.MockTransport(self.engine))

    def follow(self, **options: Any) -> JobView:
        try:
            return follow(self.session, "job-1", self.seen, **options)
        finally:
            self.session.close()


def test_every_move_is_shown_once_and_in_order():
    world = World()
    assert world.follow().status == "success"
    assert world.seen.moves == [1, 2, 3, 4, 5]


def test_moves_that_were_told_before_are_passed_over():
    world = World()
    world.follow(after=2)
    assert world.seen.moves == [3, 4, 5]


def test_a_job_that_has_ended_is_asked_for_its_moves_once():
    world = World()
    world.engine.sequence = 5
    assert world.follow().status == "success"
    assert world.seen.moves == [1, 2, 3, 4, 5]
    assert len([path for path in world.engine.asked if path.endswith("/events/stream")]) == 1


def test_a_job_whose_moves_were_all_seen_is_at_its_end():
    world = World()
    world.engine.sequence = 5
    assert world.follow(after=5).status == "success"
    assert world.seen.moves == []


@pytest.mark.parametrize("cut", range(0, 400, 13))
def test_a_stream_that_breaks_anywhere_is_taken_up_without_losing_or_repeating_a_move(cut: int):
    world = World()
    world.engine.sequence, world.engine.cut_after = 5, cut
    assert world.follow().status == "success"
    assert world.seen.moves == [1, 2, 3, 4, 5]


def test_an_engine_that_says_nothing_for_long_is_asked_whether_the_job_has_ended():
    world = World()
    world.engine.silent = True
    world.engine.sequence = 5
    assert world.follow(after=5).status == "success"


def test_what_moved_is_shown_on_the_job_and_its_tasks():
    task = TaskView(index=1, name="pull", status="init", detail="", created_at=NOON, updated_at=NOON)
    job = JobView(
        id="j",
        action="deploy",
        status="init",
        progress=0,
        environment_id="e",
        created_at=NOON,
        created_by="ada",
        sequence=1,
        deadline_at=NOON,
        tasks=[task],
    )
    moves = [
        Move(sequence=1, at=NOON, task=0, status="failed", progress=99),
        Move(sequence=2, at=NOON, task=0, status="running", progress=0),
        Move(sequence=3, at="later", task=1, status="failed", progress=7, detail="why"),
    ]
    moved = moved_by(job, moves)
    assert (moved.status, moved.progress, moved.sequence) == ("running", 7, 3)
    assert (moved.tasks[0].status, moved.tasks[0].detail, moved.tasks[0].updated_at) == ("failed", "why", "later")


def test_a_name_that_is_gone_with_its_component_is_still_known():
    assert World().follow().title == "delete component cart"


def test_an_engine_that_is_away_for_a_while_is_waited_for():
    away = iter([True] * 8 + [False] * 100)

    def happens() -> None:
        world.engine.away = next(away)
        world.engine.move()

    world = World(happens)
    assert world.follow().status == "success"
    assert len(world.seen.notes) == 1


def test_an_engine_that_stays_away_is_given_up():
    def happens() -> None:
        world.engine.away = True

    world = World(happens)
    with pytest.raises(NotReachable) as caught:
        world.follow()
    assert caught.value.code == ExitCode.UNREACHABLE
    assert "homeport jobs watch job-1" in caught.value.advice
    assert world.session.waiter.now() > PATIENCE


def test_a_job_that_is_not_finished_in_time_goes_on():
    world = World(lambda: None)
    with pytest.raises(TimedOut) as caught:
        world.follow(seconds=3)
    assert caught.value.code == ExitCode.TIMEOUT
    assert caught.value.message == "After 3 s the delete component cart (job job-1) is not finished; it goes on"


def test_ctrl_c_says_that_the_job_goes_on_and_how_to_end_it():
    def happens() -> None:
        raise KeyboardInterrupt

    world = World(happens)
    with pytest.raises(Interrupted) as caught:
        world.follow()
    assert caught.value.code == ExitCode.INTERRUPTED
    assert "homeport jobs terminate job-1 --data-dir /data" in caught.value.advice
    assert world.seen.ended
