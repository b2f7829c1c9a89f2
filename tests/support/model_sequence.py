"""Runs sequences of steps against an engine, and says what came of them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final

from homeport.model.errors import (
    ComponentHasInstances,
    InvalidApplicationName,
    InvalidComponentName,
    InvalidEnvironmentName,
    InvalidParameter,
    JobActive,
    Refused,
    WrongState,
)
from homeport.model.plans import Action
from homeport.model.records import Component, Environment
from homeport.services.actions import ActionRequest, execute_action
from homeport.services.applications import create_application, delete_application
from homeport.services.components import ComponentSpec, create_component
from homeport.services.environments import NewEnvironment, Scope, create_environment, delete_environment
from homeport.services.jobs import retry_job, terminate_job
from homeport.store.base import StoreError
from homeport.store.loading import load_component, load_environment, record
from support import model_steps as steps
from support.model_hands import Hand
from support.model_plant import PROJECT, Plant
from support.model_record import must

IMAGES: Final = tuple(f'{{"type":"image","url":"nginx:{number}"}}' for number in range(1, 5))
CODE: Final = tuple(
    f'{{"type":"code","sub_type":"GitLab","url":"https://git.example/{number}.git"}}' for number in range(1, 5)
)


class Course:
    """One sequence under way: the plant, and how each kind of step is done there."""

    def __init__(self, plant: Plant) -> None:
        self.plant = plant
        self._named = 0

    async def prepare(self, beginning: frozenset[str]) -> None:
        """Begin with a worker, an environment, a component from an image and one from code."""
        self.plant.start_worker()
        await self.do(steps.Step(steps.NewEnvironment(""), 0))
        for number, kind in enumerate(("image", "code")):
            await self.do(steps.Step(steps.NewComponent(0, kind == "code"), 0))
            if kind in beginning:
                await self.do(steps.Step(steps.Act(Action.DEPLOY, number, "stop=2s", "", 1, False), 0))

    async def do(self, step: steps.Step) -> None:
        """Do one step, wait as it says, and look around."""
        await _DOES[type(step.what)](self, step.what)
        if step.wait < 0:
            for _ in range(int(-step.wait)):
                await asyncio.sleep(0)
        elif step.wait:
            await self.plant.clock.sleep(step.wait)
        else:
            await self.plant.clock.drain()
        await self.plant.look_around()

    # Users

    async def _asked(self, call: Awaitable[Any]) -> Any:
        """Return what came of a call: its answer, the refusal, or None where the store failed."""
        try:
            return await call
        except (InvalidComponentName, InvalidApplicationName, InvalidEnvironmentName):
            raise
        except Refused as refused:
            return refused
        except StoreError:
            return None

    async def act(self, what: steps.Act) -> None:
        component = await self._component(what.component)
        if component is None:
            return
        environment = await load_environment(self.plant.store, component.environment_id)
        assert environment is not None
        told = await self._told(component.id)
        before = await self._expected(what, component.id)
        answer = await self._asked(
            execute_action(self.plant.users, environment, component, _request(what, component), "tester")
        )
        after = await self._expected(what, component.id, accepted=isinstance(answer, str))
        told = told and await self._told(component.id)
        if (told and before == after) or isinstance(answer, str):
            given = type(answer) if isinstance(answer, Refused) else None
            # Which snapshots there are is looked at before whether a job is active.
            no_snapshot = what.action is Action.ROLLBACK and given is InvalidParameter
            as_said = answer is None or no_snapshot or given in (before, after)
            must(as_said, "an action was answered otherwise", what, answer, before)

    async def _told(self, component_id: str) -> bool:
        """Tell whether the reference knows which job is active: whoever has ended it may be about to be told so."""
        await self.plant.look_around()
        active = await self.plant.store.row("active_job_of", target=component_id)
        return (active["id"] if active else None) == self.plant.reference.targets[component_id].active

    async def _expected(self, what: steps.Act, component_id: str, *, accepted: bool = False) -> type[Refused] | None:
        """Return the refusal that an action meets now, None where it is accepted (DESIGN, section 5)."""
        target = self.plant.reference.targets[component_id]
        component = await load_component(self.plant.store, component_id)
        if component is None or target.serving is None:
            return Refused
        if target.active is not None and not accepted:
            return JobActive
        deployed, status = target.serving.snapshot is not None, component.status
        if what.action is Action.DELETE_COMPONENT:
            gone = status in ("created", "paused") or (status == "notReady" and not component.available_replica)
            return None if gone or accepted else ComponentHasInstances
        if accepted:
            return None
        if not _allowed(what.action, deployed, status):
            return WrongState
        unknown = what.action is Action.ROLLBACK and what.number > len(target.serving.sources)
        return InvalidParameter if unknown else None

    async def new_component(self, what: steps.NewComponent) -> None:
        environment = await self._environment(what.environment)
        if environment is None:
            return
        self._named += 1
        scope = Scope(PROJECT, environment.id)
        application = await self._asked(create_application(self.plant.users, scope, f"app-{self._named}"))
        if not isinstance(application, Refused) and application is not None:
            spec = ComponentSpec(
                name=f"cart-{self._named}",
                annotations='{"version": "1.0.0"}',
                runtime="Python3" if what.code else "Docker",
                replica=2,
                source=(CODE if what.code else IMAGES)[0],
                resource_limit='{"cpu_limit":"500m","memory_limit":"1Gi"}',
                build=None,
            )
            await self._asked(create_component(self.plant.users, scope, application.id, spec))

    async def new_environment(self, what: steps.NewEnvironment) -> None:
        self._named += 1
        annotations = {"homeport/deadline": what.deadline} if what.deadline else {}
        new = NewEnvironment(
            project_id=PROJECT,
            name=f"env-{self._named}",
            annotations=json.dumps(annotations),
            enterprise_project_id=None,
            requested_by="tester",
        )
        await self._asked(create_environment(self.plant.users, new))

    async def delete_environment(self, what: steps.DeleteEnvironment) -> None:
        environment = await self._environment(what.environment)
        if environment is None:
            return
        for row in await self.plant.store.rows("applications", environment_id=environment.id):
            await self._asked(delete_application(self.plant.users, environment, str(row["id"])))
        await self._asked(delete_environment(self.plant.users, Scope(PROJECT, environment.id), "tester"))

    async def retry(self, what: steps.Retry) -> None:
        job_id = self._job(what.job)
        if job_id is not None:
            await self._asked(retry_job(self.plant.users, job_id))

    async def terminate(self, what: steps.Terminate) -> None:
        job_id = self._job(what.job)
        if job_id is not None:
            await self._asked(terminate_job(self.plant.users, PROJECT, job_id))

    # The world

    async def with_worker(self, what: Any) -> None:
        living = self.plant.living()
        if living:
            _WORKERS[type(what)](self.plant, living[what.worker % len(living)])

    async def resume(self, what: steps.ResumeWorker) -> None:
        paused = [hand for hand in self.plant.living() if hand.gate.closed]
        if paused:
            self.plant.resume_worker(paused[what.worker % len(paused)])

    async def start_worker(self, what: steps.StartWorker) -> None:
        if len(self.plant.living()) < 3:
            self.plant.start_worker()

    async def crash_at(self, what: steps.CrashAt) -> None:
        self.plant.crash_at = what.point

    async def store_fails(self, what: steps.StoreFails) -> None:
        self.plant.store_fails[what.for_users] = ["after" if what.written else "before"] * what.times

    async def store_reconnects(self, what: steps.StoreReconnects) -> None:
        self.plant.store._watches.signal_all()  # type: ignore[attr-defined]  # both stores under test have them

    async def driver_fails(self, what: steps.DriverFails) -> None:
        self.plant.world.failing[what.call] = what.times
        self.plant.disturb()

    async def controllers(self, what: steps.Controllers) -> None:
        self.plant.apart(self.plant.control())

    async def nothing(self, what: steps.Nothing) -> None:
        """Let nothing happen."""

    # Who is meant

    async def _component(self, number: int) -> Component | None:
        targets = self.plant.reference.targets
        living = [key for key, target in targets.items() if target.serving is not None and not target.gone]
        return await load_component(self.plant.store, living[number % len(living)]) if living else None

    async def _environment(self, number: int) -> Environment | None:
        rows = await self.plant.store.rows("environments", project_id=PROJECT, enterprise_project_id="")
        return record(Environment, rows[number % len(rows)]) if rows else None

    def _job(self, back: int) -> str | None:
        known = sorted(self.plant.records.stories, reverse=True)
        return known[back] if back < len(known) else None


def _request(what: steps.Act, component: Component) -> ActionRequest:
    annotations = {"homeport/script": what.script}
    if what.deadline:
        annotations["homeport/deadline"] = what.deadline
    if what.skips:
        annotations["homeport/on-noop"] = "skip"
    sources = IMAGES if component.runtime == "Docker" else CODE
    changes = what.action in (Action.DEPLOY, Action.UPGRADE)
    return ActionRequest(
        action=what.action,
        annotations=json.dumps(annotations),
        source=sources[what.number % len(sources)] if changes else None,
        replica=what.number if what.action is Action.SCALE else None,
        snapshot_index=what.number if what.action is Action.ROLLBACK else None,
    )


def _allowed(action: Action, deployed: bool, status: str) -> bool:
    """Tell whether an action may be done on a component (DESIGN, section 5)."""
    match action:
        case Action.DEPLOY:
            return not deployed
        case Action.UPGRADE:
            return deployed or status == "notReady"
        case Action.RESTART:
            return deployed and status != "paused"
        case Action.START:
            return deployed and status in ("paused", "running")
        case _:
            return deployed


_WORKERS: Final[dict[type, Callable[[Plant, Hand], None]]] = {
    steps.StopWorker: Plant.stop_worker,
    steps.KillWorker: Plant.kill_worker,
    steps.PauseWorker: Plant.pause_worker,
}

_DOES: Final[dict[type, Callable[[Course, Any], Coroutine[Any, Any, None]]]] = {
    steps.Nothing: Course.nothing,
    steps.Act: Course.act,
    steps.NewComponent: Course.new_component,
    steps.NewEnvironment: Course.new_environment,
    steps.DeleteEnvironment: Course.delete_environment,
    steps.Retry: Course.retry,
    steps.Terminate: Course.terminate,
    steps.StartWorker: Course.start_worker,
    steps.StopWorker: Course.with_worker,
    steps.KillWorker: Course.with_worker,
    steps.PauseWorker: Course.with_worker,
    steps.ResumeWorker: Course.resume,
    steps.CrashAt: Course.crash_at,
    steps.StoreFails: Course.store_fails,
    steps.StoreReconnects: Course.store_reconnects,
    steps.DriverFails: Course.driver_fails,
    steps.Controllers: Course.controllers,
}
"""How each kind of step is done."""


async def run_sequence(plant: Plant, plan: steps.Plan) -> None:
    """Run a sequence to its end; raises what it found broken."""
    under_way = Course(plant)
    await under_way.prepare(plan.beginning)
    for step in plan.steps:
        await under_way.do(step)
    await plant.settle()
