"""What is said of the store over PostgreSQL alone: several processes, a database that goes away, its schema."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager

import psycopg
import pytest
from psycopg.pq.abc import PGresult

from homeport.model.changes import Change, Move, Statement, Value, submit
from homeport.model.clock import SystemClock
from homeport.model.records import Job
from homeport.model.states import Status
from homeport.store.base import Missed, Query, StoreError
from homeport.store.loading import load_job
from homeport.store.postgres.connecting import STORE_NOW, connect
from homeport.store.postgres.listener import announcements
from homeport.store.postgres.shapes import array_of, runs_of
from homeport.store.postgres.store import PostgresStore, open_postgres
from homeport.store.postgres.wire import Call, Wire
from homeport.store.statements import bind, migrations, statements, with_store_now
from support.jobs import NOW, a_job
from support.postgres import Cluster, a_cluster

MANY = 40


@pytest.fixture
def address(cluster: Cluster) -> str:
    """Return the address of an empty database."""
    return cluster.new_database()


@pytest.fixture
def own_cluster() -> Iterator[Cluster]:
    """Yield a server that the test may end."""
    with a_cluster(durable=False) as cluster:
        yield cluster


@asynccontextmanager
async def processes(address: str, count: int = 2) -> AsyncIterator[list[PostgresStore]]:
    """Yield stores over one database, as so many processes have them."""
    stores = [await open_postgres(address, SystemClock()) for _ in range(count)]
    try:
        yield stores
    finally:
        for store in stores:
            await store.close()


def rows_of(address: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(address) as connection:
        return connection.execute(query.encode()).fetchall()


def new_environment(name: str) -> Change:
    texts: dict[str, Value] = dict.fromkeys(("project_id", "annotations", "enterprise_project_id", "job_id"), "x")
    facts: dict[str, Value] = {"id": name, "name": name, "status": "finish", "driver": "simulated", "node": None}
    return Change((Statement("add_environment", texts | facts | {"fence": 0, "created_at": 1, "updated_at": 1}),))


def new_application(environment: str, name: str) -> Change:
    application: dict[str, Value] = {"id": name, "project_id": "x", "environment_id": environment, "name": name}
    return Change(
        (
            Statement("lock_environment", {"id": environment, "project_id": "x"}),
            Statement("add_application", application | {"created_at": 1, "updated_at": 1}),
        )
    )


def deletion(environment: str) -> Change:
    was: dict[str, Value] = {"was_status": "finish", "was_job_id": "x"}
    return Change((Statement("accept_environment_deletion", was | {"id": environment, "job_id": "y", "now": 2}),))


def test_processes_that_start_at_once_bring_the_schema_up_to_date_once(address: str) -> None:
    async def scenario() -> None:
        stores = await asyncio.gather(*(open_postgres(address, SystemClock()) for _ in range(10)))
        for store in stores:
            await store.close()

    asyncio.run(scenario())
    numbers = [number for (number,) in rows_of(address, "SELECT number FROM migration ORDER BY number")]
    assert numbers == [migration.number for migration in migrations()]


def test_what_one_process_has_committed_every_other_one_reads_at_once(address: str) -> None:
    async def scenario() -> None:
        async with processes(address) as (one, other):
            for number in range(MANY):
                job = a_job(f"job-{number}", component_id=f"component-{number}")
                await one.commit(submit(job, (), ()))
                assert await load_job(other, job.id) == job

    asyncio.run(scenario())


def test_a_commit_of_one_process_signals_its_topics_in_every_other_one(address: str) -> None:
    async def scenario() -> bool:
        async with processes(address) as (one, other):
            with other.watch("jobs") as watch:
                await watch.wait(0)
                await one.commit(submit(a_job(), (), ()))
                return await watch.wait(10)

    assert asyncio.run(scenario())


def test_of_two_processes_that_move_a_job_at_once_one_misses(address: str) -> None:
    async def scenario() -> list[set[type]]:
        async with processes(address) as stores:
            found = []
            for number in range(MANY):
                job = a_job(f"job-{number}", component_id=f"component-{number}")
                await stores[0].commit(submit(job, (), ()))
                found.append(await _both_move(stores, job))
            return found

    assert asyncio.run(scenario()) == [{type(None), Missed}] * MANY


async def _both_move(stores: list[PostgresStore], job: Job) -> set[type]:
    moves = [Move(job, NOW + 1).job(Status.RUNNING).set(owner=f"worker-{n}").build() for n in range(len(stores))]
    pairs = zip(stores, moves, strict=True)
    return {
        type(outcome)
        for outcome in await asyncio.gather(
            *(store.commit(move.change) for store, move in pairs), return_exceptions=True
        )
    }


def test_an_environment_is_not_deleted_while_another_process_puts_an_application_into_it(address: str) -> None:
    async def scenario() -> list[set[type]]:
        async with processes(address) as (one, other):
            found = []
            for number in range(MANY):
                name = f"environment-{number}"
                await one.commit(new_environment(name))
                both = one.commit(deletion(name)), other.commit(new_application(name, f"application-{number}"))
                found.append({type(outcome) for outcome in await asyncio.gather(*both, return_exceptions=True)})
            return found

    assert asyncio.run(scenario()) == [{type(None), Missed}] * MANY


def test_processes_that_hold_the_same_rows_in_opposite_orders_both_come_through(address: str) -> None:
    async def scenario() -> None:
        async with processes(address) as (one, other):
            names = ("environment-1", "environment-2")
            for name in names:
                await one.commit(new_environment(name))
            held = [Statement("lock_environment", {"id": name, "project_id": "x"}) for name in names]
            for _ in range(MANY):
                there, back = Change(tuple(held)), Change(tuple(reversed(held)))
                await asyncio.gather(one.commit(there), other.commit(back))

    asyncio.run(scenario())


def test_a_change_that_misses_late_takes_no_other_change_of_a_large_batch_with_it(address: str) -> None:
    async def scenario() -> list[type]:
        async with processes(address, 1) as (store,):
            changes = [submit(a_job(f"job-{n}", component_id=f"component-{n}"), (), ()) for n in range(MANY)]
            for number in range(0, MANY, 7):
                missing = Statement("remove_environment", {"id": "none", "fence": 0})
                changes[number] = changes[number].also(missing)
            outcomes = await asyncio.gather(*(store.commit(change) for change in changes), return_exceptions=True)
            written = [await load_job(store, f"job-{n}") is not None for n in range(MANY)]
            assert written == [number % 7 != 0 for number in range(MANY)]
            return [type(outcome) for outcome in outcomes]

    assert asyncio.run(scenario()) == [Missed if number % 7 == 0 else type(None) for number in range(MANY)]


def test_after_the_database_was_restarted_everything_goes_on(own_cluster: Cluster) -> None:
    async def scenario() -> None:
        async with processes(own_cluster.new_database()) as (one, other):
            with other.watch("jobs") as watch:
                await asyncio.to_thread(own_cluster.restart)
                # Whoever waits is told to look, for what was announced meanwhile is lost.
                assert await watch.wait(20)
                await one.commit(submit(a_job(), (), ()))
                assert await watch.wait(20)
                assert await load_job(other, "job-1") == a_job()

    asyncio.run(scenario())


def test_a_call_waits_for_a_database_that_is_away_for_a_moment(own_cluster: Cluster) -> None:
    async def scenario() -> Job | None:
        async with processes(own_cluster.new_database(), 1) as (store,):
            await asyncio.to_thread(own_cluster.stop)
            reading = asyncio.create_task(load_job(store, "job-1"))
            writing = asyncio.create_task(store.commit(submit(a_job("job-2"), (), ())))
            await asyncio.to_thread(own_cluster.start)
            await asyncio.gather(reading, writing)
            return await load_job(store, "job-2")

    assert asyncio.run(scenario()) == a_job("job-2")


def test_a_database_that_cannot_be_reached_is_named_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("homeport.store.postgres.connecting.PATIENCE", 0.1)
    address = "postgresql://somebody:a-secret-word@127.0.0.1:1/homeport"
    with pytest.raises(StoreError, match="cannot reach the database homeport on 127") as error:
        asyncio.run(open_postgres(address, SystemClock()))
    assert "a-secret-word" not in str(error.value)


def test_an_address_that_is_none_is_refused_without_showing_it() -> None:
    with pytest.raises(StoreError, match="address cannot be used") as error:
        asyncio.run(open_postgres("postgresql://u:a-secret-word@h/d?nonsense=1", SystemClock()))
    assert "a-secret-word" not in str(error.value)


@pytest.mark.parametrize(("phase", "refused"), [("pre", False), ("post", True)])
def test_a_newer_schema_is_refused_once_what_this_version_needs_is_gone(
    address: str, phase: str, refused: bool
) -> None:
    async def opened() -> None:
        await (await open_postgres(address, SystemClock())).close()

    asyncio.run(opened())
    rows_of(address, f"INSERT INTO migration (number, name, phase) VALUES (9999, 'future', '{phase}') RETURNING 1")
    if not refused:
        asyncio.run(opened())
    else:
        with pytest.raises(StoreError, match="newer version of Homeport"):
            asyncio.run(opened())


def test_every_statement_can_be_prepared(address: str) -> None:
    asyncio.run(_opened_once(address))
    with psycopg.connect(address) as connection:
        for name, text in statements("postgres").items():
            bound = bind(with_store_now(text, STORE_NOW))
            places = [f"${number + 1}" for number in range(len(bound.names))]
            connection.execute(f"PREPARE {name}_ AS {bound.text(places)}".encode())


async def _opened_once(address: str) -> None:
    await (await open_postgres(address, SystemClock())).close()


@pytest.mark.parametrize("isolated", [True, False], ids=["commits", "reads"])
def test_no_query_is_compiled_which_takes_longer_than_to_run_it(address: str, isolated: bool) -> None:
    async def scenario() -> object:
        connection = await connect(address, isolated=isolated)
        try:
            return await (await connection.execute("SHOW jit")).fetchone()
        finally:
            await connection.close()

    assert asyncio.run(scenario()) == ("off",)


def test_a_query_that_is_prepared_goes_on_when_its_table_has_got_a_column(address: str) -> None:
    async def scenario() -> list[bool]:
        async with processes(address, 1) as (store,):
            await store.rows("projects", domain_id="d")
            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute("ALTER TABLE project ADD COLUMN note TEXT")
            return [await store.rows("projects", domain_id="d") == [] for _ in range(4)]

    assert asyncio.run(scenario()) == [True] * 4


def test_several_queries_are_one_round_trip(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[int] = []
    run = Wire.run

    async def counted(wire: Wire, calls: Sequence[Call]) -> list[PGresult]:
        sent.append(len(calls))
        return await run(wire, calls)

    async def scenario() -> None:
        async with processes(address, 1) as [store]:
            await store.rows("job", id="none")
            monkeypatch.setattr(Wire, "run", counted)
            await store.results(Query("job", {"id": "none"}), Query("tasks_of_job", {"job_id": "none"}))

    asyncio.run(scenario())
    assert sent == [2]


def test_ids_and_names_are_compared_byte_by_byte(address: str) -> None:
    asyncio.run(_opened_once(address))
    columns = rows_of(
        address,
        "SELECT collation_name FROM information_schema.columns WHERE table_schema = 'public' AND data_type = 'text' "
        "AND table_name <> 'migration'",
    )
    assert set(columns) == {("C",)}


def test_a_text_that_postgresql_cannot_hold_is_stored_with_a_mark_in_its_place(address: str) -> None:
    async def scenario() -> Job | None:
        async with processes(address, 1) as (store,):
            await store.commit(submit(a_job(requested_by="a\0b"), (), ()))
            return await load_job(store, "job-1")

    assert asyncio.run(scenario()) == a_job(requested_by="a\ufffdb")


@pytest.mark.parametrize("text", ["", "NULL", '"', "\\", "a,b", "{}", " ", "ä\n\t", "$1 %s :id"])
def test_every_text_arrives_as_it_was(cluster: Cluster, text: str) -> None:
    with psycopg.connect(cluster.address("postgres")) as connection:
        row = connection.execute("SELECT %s::text[]", (array_of([text, None, 7]).decode(),)).fetchone()
    assert row == ([text, None, "7"],)


def test_announcements_are_short_enough_for_the_database_and_hold_every_topic() -> None:
    topics = [f"job:{number:0>40}" for number in range(1_000)]
    payloads = list(announcements(topics))
    assert max(len(payload.encode()) for payload in payloads) < 8_000
    assert [topic for payload in payloads for topic in payload.split("\n")] == topics


def test_rows_that_go_into_one_table_one_after_the_other_are_one_statement_of_a_function() -> None:
    shape = (("move_job", 1), ("add_job_event", 1), ("add_job_event", 1), ("move_task", 1), ("move_task", 1))
    assert runs_of(shape, statements("postgres")) == [(0, 1), (1, 2), (3, 1), (4, 1)]
