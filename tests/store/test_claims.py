"""Which jobs a worker may claim, and what leases mean, on every store."""

from __future__ import annotations

import pytest

from homeport.model.changes import Change, Move, Statement, submit
from homeport.model.clock import SECOND
from homeport.model.records import Job
from homeport.model.states import Status
from homeport.store.base import Missed, Store
from support.jobs import NOW, a_job


async def a_worker(store: Store, worker: str = "worker-1", lease: int = 60 * SECOND, node: str = "node-1") -> None:
    place = {"worker_id": worker, "driver": "simulated", "node": node}
    await store.commit(
        Change((Statement("add_worker", {"id": worker, "lease": lease}), Statement("add_worker_node", place)))
    )


async def claimable(store: Store, worker: str = "worker-1") -> list[str]:
    return [str(row["id"]) for row in await store.rows("claimable_jobs", worker=worker, most=10)]


async def submitted(store: Store, job_id: str, **facts: object) -> Job:
    job = a_job(job_id, component_id=f"component of {job_id}", **facts)
    await store.commit(submit(job, (), ()))
    return job


async def claimed(store: Store, job: Job, worker: str) -> None:
    await store.commit(Move(job, NOW + 1).job(Status.RUNNING).set(owner=worker, fence=1).build().change)


def test_waiting_jobs_are_claimable_oldest_first(stores) -> None:
    async def scenario(store: Store) -> list[str]:
        await a_worker(store)
        await submitted(store, "job-late", accepted_at=NOW + 5)
        await submitted(store, "job-early", accepted_at=NOW)
        return await claimable(store)

    assert stores.run(scenario) == ["job-early", "job-late"]


def test_a_job_of_another_node_is_not_claimable(stores) -> None:
    async def scenario(store: Store) -> list[str]:
        await a_worker(store, node="node-1")
        await submitted(store, "job-here", node="node-1")
        await submitted(store, "job-there", node="node-2")
        await submitted(store, "job-anywhere", node=None)
        return sorted(await claimable(store))

    assert stores.run(scenario) == ["job-anywhere", "job-here"]


def test_a_job_of_a_driver_that_the_worker_does_not_run_is_not_claimable(stores) -> None:
    async def scenario(store: Store) -> list[str]:
        await a_worker(store)
        await submitted(store, "job-1", driver="docker")
        return await claimable(store)

    assert stores.run(scenario) == []


def test_a_job_whose_owner_lives_is_not_claimable(stores) -> None:
    async def scenario(store: Store) -> list[str]:
        await a_worker(store)
        await a_worker(store, "worker-2")
        await claimed(store, await submitted(store, "job-1"), "worker-2")
        return await claimable(store)

    assert stores.run(scenario) == []


@pytest.mark.parametrize("end", ["end_worker", "void_leases"])
def test_a_job_whose_owner_is_gone_is_claimable_again(stores, end: str) -> None:
    async def scenario(store: Store) -> list[str]:
        await a_worker(store, "worker-2")
        await claimed(store, await submitted(store, "job-1"), "worker-2")
        params = {"id": "worker-2"} if end == "end_worker" else {}
        await store.commit(Change((Statement(end, params, rows=None),)))
        await a_worker(store)
        return await claimable(store)

    assert stores.run(scenario) == ["job-1"]


def test_a_finished_job_is_never_claimable(stores) -> None:
    async def scenario(store: Store) -> list[str]:
        await a_worker(store)
        job = await submitted(store, "job-1")
        await store.commit(Move(job, NOW + 1).job(Status.TERMINATED).build().change)
        return await claimable(store)

    assert stores.run(scenario) == []


def test_a_lease_can_be_renewed_while_it_lasts(stores) -> None:
    async def scenario(store: Store) -> None:
        await a_worker(store)
        await store.commit(Change((Statement("renew_worker", {"id": "worker-1", "lease": SECOND}),)))

    stores.run(scenario)


def test_a_lease_that_has_ended_is_never_renewed(stores) -> None:
    async def scenario(store: Store) -> None:
        await a_worker(store, lease=0)
        with pytest.raises(Missed, match="renew_worker"):
            await store.commit(Change((Statement("renew_worker", {"id": "worker-1", "lease": SECOND}),)))

    stores.run(scenario)


def test_a_controller_belongs_to_one_process_at_a_time(stores) -> None:
    def take(owner: str, lease: int = 60 * SECOND) -> Change:
        return Change((Statement("take_controller", {"name": "keep", "owner": owner, "lease": lease}),))

    async def scenario(store: Store) -> None:
        await store.commit(take("one"))
        await store.commit(take("one", lease=0))
        await store.commit(take("two"))
        with pytest.raises(Missed, match="take_controller"):
            await store.commit(take("one"))

    stores.run(scenario)


def test_overdue_jobs_of_a_node_without_a_living_worker_are_found_by_any_worker(stores) -> None:
    async def scenario(store: Store) -> list[str]:
        await a_worker(store, node="node-1")
        await submitted(store, "job-lost", node="node-2", deadline_at=1)
        await submitted(store, "job-mine", node="node-1", deadline_at=1)
        await submitted(store, "job-in-time", node="node-2", deadline_at=2**53)
        return [str(row["id"]) for row in await store.rows("overdue_jobs", most=10)]

    assert stores.run(scenario) == ["job-lost"]


def test_projects_take_turns_and_those_of_which_fewest_jobs_run_come_first(stores) -> None:
    async def scenario(store: Store) -> list[str]:
        await a_worker(store)
        await a_worker(store, "worker-2")
        for number in range(5):
            await submitted(store, f"job-a-{number}", project_id="project-a", accepted_at=NOW + number)
        await claimed(store, await submitted(store, "job-a-runs", project_id="project-a"), "worker-2")
        await submitted(store, "job-b-0", project_id="project-b", accepted_at=NOW + 9)
        await submitted(store, "job-b-1", project_id="project-b", accepted_at=NOW + 10)
        await claimed(store, await submitted(store, "job-c-runs", project_id="project-c"), "worker-2")
        rows = await store.rows("claimable_jobs_by_turn", worker="worker-1", most=10)
        return [str(row["id"]) for row in rows]

    assert stores.run(scenario) == ["job-b-0", "job-a-0"]
