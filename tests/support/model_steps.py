"""The steps of a sequence, as values that read well, and the strategy that draws them.

What a step means does not depend on what came before: "the newest job but two" is nobody's where there are fewer. So a
sequence is drawn whole before it is run, shrinks by steps that become `Nothing`, and can be written down and run again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from hypothesis import strategies as st

from homeport.model.plans import COMPONENT_ACTIONS, Action

STEPS_OF_A_SEQUENCE: Final = 50

WAITS: Final = (
    *(0.0, -1, 0.0, -2, 0.0, -5, 0.05, 0.6) * 3,
    *(1.2, 3.0, 6.0, 11.0, 16.0, 25.0, 62.0, 320.0),
)
"""What follows a step, in seconds: 0 lets everything go on that can, less than 0 gives so many turns only."""

SCRIPTS: Final = (
    *("",) * 8,
    *("ready=2s", "build=2s; pull=3s; ready=1s", "start=1s; ready=500ms; stop=2s", "stop=4s") * 3,
    *("ready=never", "ready=crash", "pull=20s; build=20s; start=2s", "ready=never; stop=8s") * 2,
    "build=fail:build-failed; pull=fail:image-missing",
    "build=1s,fail:build-failed; pull=1s,fail:registry-refused",
    "start=fail",
    "ready=1s,oom",
    "stop=stuck",
    "build=stuck; pull=stuck",
    "stop=6m",
    "ready=never; stop=stuck",
    "start=stuck",
    "ready=never; stop=40s",
    "build=90s",
)
DEADLINES: Final = (*("",) * 11, "4s", "30s", "10m", "10m", "1ms")

_COMMITS: Final = (
    *("claim", "ending", "end", "record-done", "verify-done", "pull-done", "build-done", "upgrade-done", "deploy-done"),
    *("stop-done", "progress", "advance"),
)
POINTS: Final = tuple(f"{when}-{commit}" for commit in _COMMITS for when in ("before", "after"))
DRIVER_CALLS: Final = ("observe", "start", "stop", "pull", "build", "node")


@dataclass(frozen=True)
class Nothing:
    """Let nothing happen."""


@dataclass(frozen=True)
class Act:
    """A user sends an action."""

    action: Action
    component: int
    script: str
    deadline: str
    number: int
    """Replicas for a scale, otherwise which source or snapshot."""
    skips: bool
    """Whether the job ends `skip` when there is nothing to do."""


@dataclass(frozen=True)
class NewComponent:
    """A user makes a component in an application of its own; from an image, or from code that has to be built."""

    environment: int
    code: bool


@dataclass(frozen=True)
class NewEnvironment:
    """A user makes an environment."""

    deadline: str


@dataclass(frozen=True)
class DeleteEnvironment:
    """A user deletes an environment, with its applications when they are empty."""

    environment: int


@dataclass(frozen=True)
class Retry:
    """A user retries a job, counted from the newest."""

    job: int


@dataclass(frozen=True)
class Terminate:
    """A user terminates a job, counted from the newest."""

    job: int


@dataclass(frozen=True)
class StartWorker:
    """A worker begins."""


@dataclass(frozen=True)
class StopWorker:
    """A worker is stopped in good order."""

    worker: int


@dataclass(frozen=True)
class KillWorker:
    """A worker dies; what it had handed in is written all the same."""

    worker: int


@dataclass(frozen=True)
class PauseWorker:
    """A worker stands still, as a process does that is stopped or starved."""

    worker: int


@dataclass(frozen=True)
class ResumeWorker:
    """A worker that stood still goes on, as if no time had passed."""

    worker: int


@dataclass(frozen=True)
class CrashAt:
    """The next worker that passes a crash point dies there."""

    point: str


@dataclass(frozen=True)
class StoreFails:
    """Commits fail: before they were written, or after."""

    written: bool
    times: int
    for_users: bool


@dataclass(frozen=True)
class StoreReconnects:
    """The store listens anew to what others commit: whoever waits for a signal is woken, for some may be lost."""


@dataclass(frozen=True)
class DriverFails:
    """The driver does not answer calls of a kind."""

    call: str
    times: int


@dataclass(frozen=True)
class Controllers:
    """The controllers `keep` and `orphans` look once."""


What = (
    Nothing | Act | NewComponent | NewEnvironment | DeleteEnvironment | Retry | Terminate | StartWorker | StopWorker
    | KillWorker | PauseWorker | ResumeWorker | CrashAt | StoreFails | StoreReconnects | DriverFails | Controllers
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """Something that happens, and how long it is waited after."""

    what: What
    wait: float

    def __repr__(self) -> str:
        if self.wait < 0:
            return f"{self.what!r}, then {-self.wait:g} turns"
        return f"{self.what!r}, then {f'{self.wait:g} s' if self.wait else 'drained'}"


_ACTIONS: Final = (Action.UPGRADE, *COMPONENT_ACTIONS, Action.DELETE_COMPONENT, Action.UPGRADE, Action.UPGRADE)


def _act(a: int, b: int) -> What:
    action = _ACTIONS[a % len(_ACTIONS)]
    rest = a // len(_ACTIONS)
    script = SCRIPTS[b % len(SCRIPTS)]
    deadline = DEADLINES[(b + rest) % len(DEADLINES)]
    return Act(action, rest % 2, script, deadline, 1 + (a + b) % 3, bool(rest // 2 % 2))


_MAKERS: Final[tuple[tuple[int, Callable[[int, int], What]], ...]] = (
    (2, lambda a, b: Nothing()),
    (42, _act),
    (9, lambda a, b: Retry(a % 4 % 3)),
    (9, lambda a, b: Terminate(a % 4 % 3)),
    (7, lambda a, b: StartWorker()),
    (2, lambda a, b: StopWorker(a % 3)),
    (4, lambda a, b: KillWorker(a % 3)),
    (4, lambda a, b: PauseWorker(a % 3)),
    (4, lambda a, b: ResumeWorker(a % 2)),
    (8, lambda a, b: CrashAt(POINTS[b % len(POINTS)])),
    (5, lambda a, b: StoreFails(bool(a % 2), 1 + b % 4, b // 4 % 4 == 0)),
    (2, lambda a, b: StoreReconnects()),
    (3, lambda a, b: DriverFails(DRIVER_CALLS[a % len(DRIVER_CALLS)], 1 + b % 3)),
    (5, lambda a, b: Controllers()),
    (1, lambda a, b: NewComponent(a % 2, bool(b % 2))),
    (1, lambda a, b: NewEnvironment(DEADLINES[b % len(DEADLINES)])),
    (1, lambda a, b: DeleteEnvironment(a % 2)),
)
_KINDS: Final = tuple(make for weight, make in _MAKERS for _ in range(weight))


def _step(drawn: tuple[int, int, int, int]) -> Step:
    kind, first, second, wait = drawn
    return Step(_KINDS[kind](first, second), WAITS[wait])


_NUMBERS: Final = st.integers(0, 255)

BEGINNINGS: Final = (
    frozenset(),
    frozenset({"image"}),
    frozenset({"image", "code"}),
    frozenset({"image", "code"}),
    frozenset({"code"}),
    frozenset({"image", "as failed"}),
)
"""Which components serve when a sequence begins, and whether jobs end `failed` instead of `timeout` or `terminated`."""


@dataclass(frozen=True)
class Plan:
    """A sequence, drawn whole: how it begins, and its steps."""

    beginning: frozenset[str]
    steps: tuple[Step, ...]

    def __repr__(self) -> str:
        return "Plan(...)"


def _plan(drawn: tuple[int, list[Step]]) -> Plan:
    return Plan(BEGINNINGS[drawn[0]], tuple(drawn[1]))


_steps: Final = st.lists(
    st.tuples(st.integers(0, len(_KINDS) - 1), _NUMBERS, _NUMBERS, st.integers(0, len(WAITS) - 1)).map(_step),
    min_size=STEPS_OF_A_SEQUENCE,
    max_size=STEPS_OF_A_SEQUENCE,
)

plans: Final = st.tuples(st.integers(0, len(BEGINNINGS) - 1), _steps).map(_plan)
"""Sequences; what shrinks becomes `Nothing`."""


def told(plan: Plan) -> str:
    """Return a sequence as somebody reads it: without the steps in which nothing happens."""
    begins = f"  it begins with {', '.join(sorted(plan.beginning)) or 'nothing deployed'}"
    lines = [f"  {number:2}. {step!r}" for number, step in enumerate(plan.steps, 1) if _happens(step)]
    return "\n".join([begins, *lines])


def _happens(step: Step) -> bool:
    return not isinstance(step.what, Nothing) or step.wait > 0
