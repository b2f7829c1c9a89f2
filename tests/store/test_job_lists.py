"""Lists of jobs in a store with many of them: what they show, and that they look at no more than they have to."""

import asyncio
import sqlite3
from contextlib import closing

import msgspec
import pytest

from homeport.identity.vault import KEY_BYTES, MasterKey, Vault
from homeport.model.changes import submit
from homeport.model.clock import SystemClock
from homeport.model.ids import SeededIds, uuid7_text
from homeport.model.states import FINISHED, Status
from homeport.services import job_lists
from homeport.services.context import Context, HouseRules
from homeport.services.job_lists import Filters, list_jobs
from homeport.store.sqlite import SqliteStore
from homeport.store.statements import statements
from support.jobs import NOW, a_job

SECOND = 1_000_000
COUNT = 450


def made(number):
    """Return job `number`: a second after the one before, its facts by its number."""
    status = list(Status)[number % len(Status)]
    at = NOW + number * SECOND
    ended = status in FINISHED
    return msgspec.structs.replace(
        a_job(uuid7_text(at // 1_000, number)),
        project_id=f"project-{number % 2}",
        environment_id=f"environment-{number % 3}",
        application_id=f"application-{number % 5}",
        component_id=f"component-{number}",
        requested_by="ada" if number % 7 == 0 else "bob",
        status=status,
        progress=100 if status is Status.SUCCESS else 0,
        accepted_at=at,
        finished_at=at if ended else None,
        tasks=(),
    )


JOBS = [made(number) for number in range(COUNT)]


@pytest.fixture(scope="module")
def lists(kept_stores):
    """Return a function that reads a list page by page and returns the jobs it shows."""

    async def fill(store):
        await asyncio.gather(*(store.commit(submit(job, (), ())) for job in JOBS))

    kept_stores.run(fill)

    def read(limit, **filters):
        async def pages(store):
            clock = SystemClock()
            ids = SeededIds(clock, 1)
            context = Context(store, clock, ids, Vault(MasterKey(bytes(KEY_BYTES)), ids), HouseRules())
            seen, after = [], ""
            while after is not None:
                page = await list_jobs(context, Filters(**filters), limit=limit, after=after)
                assert len(page.rows) <= limit
                seen += [row["id"] for row in page.rows]
                after = page.following
            return seen

        return kept_stores.run(pages)

    return read


def expected(**wanted):
    """Return the ids of the jobs of project 0 of which all that is wanted is so, newest first."""
    return [
        job.id
        for job in reversed(JOBS)
        if job.project_id == "project-0" and all(getattr(job, name) in values for name, values in wanted.items())
    ]


@pytest.mark.parametrize("limit", [1, 7, 500])
@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        ({}, {}),
        ({"environment_id": "environment-1"}, {"environment_id": ["environment-1"]}),
        ({"application_id": "application-2"}, {"application_id": ["application-2"]}),
        ({"component_id": "component-4"}, {"component_id": ["component-4"]}),
        ({"component_id": "component-5"}, {"component_id": []}),
        ({"requested_by": "ada"}, {"requested_by": ["ada"]}),
        ({"statuses": (Status.FAILED,)}, {"status": [Status.FAILED]}),
        ({"statuses": (Status.INIT,)}, {"status": [Status.INIT]}),
        (
            {"statuses": (Status.INIT, Status.FAILED, Status.SUCCESS), "requested_by": "ada"},
            {"status": [Status.INIT, Status.FAILED, Status.SUCCESS], "requested_by": ["ada"]},
        ),
        (
            {"environment_id": "environment-1", "statuses": (Status.FAILED,), "actions": ("upgrade",)},
            {"environment_id": ["environment-1"], "status": [Status.FAILED]},
        ),
        ({"actions": ("stop",)}, {"id": []}),
    ],
    ids=str,
)
def test_pages_show_each_job_that_passes_once_the_newest_first(lists, limit, filters, wanted) -> None:
    assert lists(limit, project_id="project-0", **filters) == expected(**wanted)


def test_times_are_held_to_the_microsecond(lists) -> None:
    since, before = NOW + 10 * SECOND, NOW + 20 * SECOND
    shown = lists(3, project_id="project-0", accepted_since=since, accepted_before=before)
    assert shown == [job.id for job in reversed(JOBS[10:20:2])]
    assert lists(3, project_id="project-0", accepted_since=NOW + (COUNT - 1) * SECOND + 1) == []
    assert lists(3, project_id="project-0", accepted_before=NOW) == []


def test_a_page_for_which_very_many_jobs_were_looked_at_ends_early_and_the_list_goes_on(lists, monkeypatch) -> None:
    monkeypatch.setattr(job_lists, "LOOKED_AT", 20)
    filters = {"environment_id": "environment-0", "requested_by": "ada"}
    assert lists(10, project_id="project-0", **filters) == expected(
        environment_id=["environment-0"], requested_by=["ada"]
    )


INDEXES = {
    "jobs_of_project": "job_project",
    "jobs_of_component": "job_component",
    "jobs_of_application": "job_application",
    "jobs_of_environment": "job_environment",
    "jobs_of_requester": "job_requester",
    "jobs_that_ended": "job_ended",
    "jobs_under_way": "job_queue",
}


@pytest.mark.parametrize(("name", "index"), INDEXES.items(), ids=INDEXES)
def test_each_list_reads_its_own_index_in_the_order_of_its_pages(tmp_path, name, index) -> None:
    async def made() -> None:
        await SqliteStore(tmp_path / "homeport.db", SystemClock()).close()

    asyncio.run(made())
    params = {"value": "v", "project_id": "p", "before": "g", "floor": "", "most": 10}
    with closing(sqlite3.connect(tmp_path / "homeport.db")) as database:
        plan = [row[3] for row in database.execute("EXPLAIN QUERY PLAN " + statements("sqlite")[name], params)]
    told = "\n".join(plan)
    assert f"INDEX {index} " in told or f"INDEX {index}" in told.splitlines(), told
    assert "SCAN job" not in told.replace(f"SCAN job USING INDEX {index}", ""), told
    assert name == "jobs_under_way" or "TEMP B-TREE" not in told, told
