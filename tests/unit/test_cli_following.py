"""Following a job over an engine that answers as it is told to, and sometimes not at all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx2
import pytest

from homeport.cli.api import Api, NotReachable
from homeport.cli.connection import Credentials, Target
from homeport.cli.failures import ExitCode
from homeport.cli.following import Interrupted, TimedOut, follow
from homeport.cli.jobview import JobView, Move
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


class Engine:
    """Answers the calls that following makes; `sequence` is how far the job is, `away` breaks off every connection."""

    def __init__(self) -> None:
        self.sequence = 2
        self.away = False
        self.breaks_on = ""
        self.page = 1_000
        self.asked: list[str] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        path = request.url.path
        if self.away or (self.breaks_on and path.endswith(self.breaks_on)):
            self.breaks_on = ""
            raise httpx2.ConnectError("Connection refused", request=request)
        self.asked.append(path)
        if path.endswith("/events"):
            return httpx2.Response(200, json={"items": self._moves(int(request.url.params["after"]))})
        if path.startswith("/homeport/v1/"):
            return httpx2.Response(200, json=self._record())
        tag = f'"{self.sequence}"'
        if request.headers.get("if-none-match") == tag:
            return httpx2.Response(304)
        return httpx2.Response(200, json={}, headers={"ETag": tag})

    def _moves(self, after: int) -> list[dict[str, Any]]:
        moves = [
            {"sequence": number, "at": NOON, "task": task, "status": status, "progress": 0}
            for number, (task, status) in enumerate(MOVES[: self.sequence], start=1)
        ]
        return [move for move in moves if int(str(move["sequence"])) > after][: self.page]

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


def test_a_job_that_does_not_move_is_not_asked_for_its_moves():
    pauses = iter([False] * 5 + [True] * 3)
    world = World(lambda: world.engine.move() if next(pauses) else None)
    world.follow()
    assert len([path for path in world.engine.asked if path.endswith("/events")]) == 4


def test_moves_that_come_in_pages_are_all_shown():
    world = World()
    world.engine.sequence, world.engine.page = 5, 2
    world.follow()
    assert world.seen.moves == [1, 2, 3, 4, 5]


def test_a_look_that_broke_off_half_way_is_made_again_in_full():
    world = World()
    world.engine.breaks_on = "/events"
    world.follow()
    assert world.seen.moves == [1, 2, 3, 4, 5]


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
