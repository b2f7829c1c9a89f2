"""Scaling as a controller: components in a real store, a clock of the test's own, loads by the script."""

from __future__ import annotations

import msgspec

from homeport.controllers.scaling import Scaling
from homeport.drivers.simulated import SimulatedDriver
from homeport.model.changes import Change, Statement
from homeport.model.clock import SECOND, SystemClock
from homeport.model.configurations import NewItem
from homeport.model.plans import Action
from homeport.model.workloads import Artifact
from homeport.services.configurations import store_configurations
from homeport.services.keeping import take_over
from homeport.store.loading import load_component, load_job
from support.reads import HandReads

CPU = {"type": "cpu", "metadata": {"type": "Utilization", "value": "50"}}


class HandClock(SystemClock):
    """A clock that stands still until it is told to go on."""

    def __init__(self, micros: int) -> None:
        self.micros = micros

    def now(self) -> int:
        return self.micros


class Scaled:
    """A component that runs, with a rule, and the controller that looks after it."""

    def __init__(self, house, script: str, **rule) -> None:
        self.clock = HandClock(house.context.clock.now())
        self.context = msgspec.structs.replace(house.context, clock=self.clock)
        self.house = house
        self.house.context = self.context
        self.script = script
        self.rule = {"triggers": [CPU], **rule}
        self.driver = SimulatedDriver(self.clock, HandReads())
        self.controller = Scaling(self.context, self.driver, "node")

    async def begin(self, replica: int = 2, status: str = "running") -> None:
        """Put the component into the store as a deploy leaves it."""
        annotations = msgspec.json.encode({"version": "1.0.0", "homeport/script": self.script}).decode()
        self.component = await self.house.component(replica=replica, annotations=annotations)
        data = msgspec.json.encode({"spec": self.rule})
        operation = await store_configurations(self.context, self.component, [NewItem("scaling", data)])
        artifact = Artifact(driver="simulated", reference="nginx:1", image_url="nginx:1")
        params = msgspec.structs.asdict(self.component) | {
            "status": status,
            "available_replica": replica,
            "snapshot_index": 1,
            "operation_id": operation.id,
            "artifact": msgspec.json.encode(artifact).decode(),
            "now": self.clock.now(),
        }
        await self.context.store.commit(Change((Statement("record_component", params),)))
        await take_over(self.context, await self.now(), ())

    async def now(self):
        """Return the component as it is."""
        return await load_component(self.context.store, self.component.id)

    async def look(self, times: int = 2):
        """Let the controller look so often, 15 seconds apart; return the job that the component has then, if any."""
        for _ in range(times):
            self.clock.micros += 15 * SECOND
            await self.controller.step()
        return await load_job(self.context.store, (await self.now()).job_id)

    async def events(self) -> list[str]:
        """Return what was told of the component's size."""
        rows = await self.context.store.rows("component_events", component_id=self.component.id, most=100)
        return [str(row["message"]) for row in rows if row["name"] == "SuccessfulRescale"]


def test_a_component_above_its_target_gets_a_scale_job_and_an_event_that_says_why(in_house) -> None:
    async def scenario(house):
        scaled = Scaled(house, "cpu=100%", max_replica_count=3)
        await scaled.begin()
        return await scaled.look(), await scaled.events()

    job, events = in_house(scenario)
    assert (job.action, job.goal.replica, job.requested_by) == (Action.SCALE, 3, "scaling")
    assert job.goal.skip_when_noop
    why = "cpu is at 100 % of its limit on average, the target is 50 %, and max_replica_count is 3"
    assert events == [f"New size: 3 (was 2); reason: {why}"]


def test_processor_time_is_known_from_the_second_look_on(in_house) -> None:
    async def scenario(house):
        scaled = Scaled(house, "cpu=100%")
        await scaled.begin()
        return await scaled.look(1)

    assert in_house(scenario) is None


def test_nothing_is_asked_for_while_a_job_is_active(in_house) -> None:
    async def scenario(house):
        scaled = Scaled(house, "cpu=100%")
        await scaled.begin()
        first = await scaled.look()
        return first.id, (await scaled.look(5)).id, await scaled.events()

    first, later, events = in_house(scenario)
    assert first == later
    assert len(events) == 1


def test_fewer_instances_wait_for_five_minutes_of_little_load(in_house) -> None:
    async def scenario(house):
        scaled = Scaled(house, "cpu=10%; memory=10%")
        await scaled.begin()
        return await scaled.look(20), await scaled.look(2)

    early, late = in_house(scenario)
    assert early is None
    assert late.goal.replica == 1


def test_a_component_outside_of_its_bounds_is_brought_in_without_a_known_load(in_house) -> None:
    async def scenario(house):
        scaled = Scaled(house, "", min_replica_count=4)
        await scaled.begin()
        return await scaled.look(1)

    assert in_house(scenario).goal.replica == 4


def test_a_component_that_is_stopped_is_not_scaled(in_house) -> None:
    async def scenario(house):
        scaled = Scaled(house, "cpu=100%", min_replica_count=4)
        await scaled.begin(status="paused")
        return await scaled.look()

    assert in_house(scenario) is None


def test_a_component_at_its_target_is_left_alone(in_house) -> None:
    async def scenario(house):
        scaled = Scaled(house, "cpu=50%")
        await scaled.begin()
        return await scaled.look(30)

    assert in_house(scenario) is None
