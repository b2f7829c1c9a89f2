"""Volumes that are buckets: mounted for who uses them, by a process that outlives the supervisor and nothing else."""

import asyncio
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from homeport.drivers.base import InstanceState
from homeport.model.causes import Cause, TaskFailed
from homeport.model.volumes import Mount
from homeport.model.workloads import Exec, Lifecycle
from support.buckets import SECRET_KEY, Store, a_store, mounters, mounts_below, need_s3fs
from support.machine import files_with

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    need_s3fs()
    with a_store() as made:
        yield made


def mounted(name: str, **facts: object) -> Mount:
    return Mount(volume=name, path="/mnt/data", **facts)


def sh(command: str) -> Lifecycle:
    return Lifecycle(post_start=Exec(("/bin/sh", "-c", command)))


def pid_of(bucket: str) -> int:
    [pid] = [
        int(file.parent.name)
        for file in Path("/proc").glob("[0-9]*/cmdline")
        if file.read_bytes().startswith(b"/usr/bin/s3fs\0" + bucket.encode() + b"\0")
    ]
    return pid


def test_a_program_finds_what_is_in_a_bucket_and_what_it_writes_is_in_the_store(in_own_process, store) -> None:
    async def scenario(rig):
        bucket = store.bucket("both-ways")
        store.put("both-ways", "before", "hello")
        write = sh('cp "$HOMEPORT_VOLUME_MNT_DATA/../before" "$HOMEPORT_VOLUME_MNT_DATA/after"')
        await rig.serving(mounts=(mounted("both-ways", sub_path="cart"),), buckets=(bucket,), lifecycle=write)
        secrets = files_with(rig.layout.buckets, SECRET_KEY)
        return secrets, mounters("both-ways")

    secrets, [command] = in_own_process(scenario)
    assert store.get("both-ways", "cart/after") == "hello"
    assert (secrets, SECRET_KEY in command) == (["p/both-ways/record.json"], False)


def test_a_bucket_is_mounted_as_long_as_an_instance_uses_it_and_leaves_nothing(in_own_process, store) -> None:
    async def scenario(rig):
        bucket = store.bucket("shared")
        facts = {"mounts": (mounted("shared"),), "buckets": (bucket,)}
        first, second = await rig.serving(**facts), await rig.serving(**facts)
        both = mounters("shared")
        await rig.driver.stop([first.name], 1)
        one = mounters("shared")
        await rig.driver.stop([second.name], 1)
        left = mounters("shared"), mounts_below(rig.layout.key), list(rig.layout.buckets.rglob("*"))
        volumes = list((rig.layout.data_dir / "volumes" / "p").iterdir())
        return both, one, left, volumes, rig.layout.mounts().exists()

    both, one, left, volumes, folder = in_own_process(scenario)
    assert (len(both), one) == (1, both)
    assert (left, volumes, folder) == (([], [], []), [], False)


def test_a_bucket_outlives_its_supervisor_and_ends_with_the_next_one(in_own_process, store) -> None:
    async def scenario(rig):
        order = await rig.serving(mounts=(mounted("outlives"),), buckets=(store.bucket("outlives"),))
        before = pid_of("outlives")
        await rig.kill_supervisor()
        await rig.until(order, lambda seen: seen.ready)
        after = pid_of("outlives")
        await rig.link.down()
        return before == after, mounters("outlives"), mounts_below(rig.layout.key)

    assert in_own_process(scenario) == (True, [], [])


def test_a_bucket_whose_process_dies_is_mounted_again(in_own_process, store) -> None:
    async def scenario(rig):
        await rig.serving(mounts=(mounted("again"),), buckets=(store.bucket("again"),))
        store.put("again", "note", "kept")
        first = pid_of("again")
        os.kill(first, signal.SIGKILL)
        note = rig.layout.data_dir / "volumes" / "p" / "again" / "note"

        def reads() -> bool:
            try:
                return note.read_text() == "kept"
            except OSError:
                return False

        async with asyncio.timeout(20):
            while not await asyncio.to_thread(reads):
                await rig.clock.sleep(0.05)
        return pid_of("again") != first

    assert in_own_process(scenario)


def test_a_bucket_that_is_not_there_is_told_of_in_the_words_of_its_store(in_own_process, store) -> None:
    async def scenario(rig):
        # Else it may be tried again, by another s3fs, before that is looked at.
        rig.driver._settings = msgspec.structs.replace(rig.driver._settings, restart_seconds=60.0)
        order = await rig.started("serves", mounts=(mounted("absent"),), buckets=(store.unmade("absent"),))
        seen = await rig.until(order, lambda seen: seen.fault)
        return seen, mounters("absent"), mounts_below(rig.layout.key)

    seen, processes, places = in_own_process(scenario)
    assert (seen.state, seen.fault_cause) == (InstanceState.BACKOFF, Cause.MOUNT_FAILED)
    assert seen.fault.startswith("bucket absent cannot be mounted: s3fs has ended; ")
    assert "bucket or key not found" in seen.fault
    assert (processes, places) == ([], [])


def test_files_that_are_in_the_way_of_a_bucket_stay_and_are_told_of(in_own_process, store) -> None:
    async def scenario(rig):
        folder = rig.layout.data_dir / "volumes" / "p" / "in-the-way"
        folder.mkdir(parents=True)
        (folder / "note").write_text("mine")
        order = await rig.started("serves", mounts=(mounted("in-the-way"),), buckets=(store.bucket("in-the-way"),))
        seen = await rig.until(order, lambda seen: seen.fault)
        return seen.fault, (folder / "note").read_text()

    fault, note = in_own_process(scenario)
    assert fault.endswith("is in the way of bucket in-the-way (Directory not empty); move it elsewhere")
    assert note == "mine"


def test_a_container_finds_a_bucket_at_its_path_as_long_as_it_lives(in_docker, store) -> None:
    async def scenario(rig):
        store.put("containers", "before", "hello")
        write = sh("cp /mnt/data/before /mnt/data/after")
        facts = {"mounts": (mounted("containers"),), "buckets": (store.unmade("containers"),)}
        order = await rig.serving(**facts, lifecycle=write)
        await rig.link.close()
        living = len(mounters("containers"))
        await rig.driver.stop([order.name], 1)
        return living, mounters("containers"), list((rig.layout.data_dir / "volumes" / "p").glob("containers"))

    store.bucket("containers")
    assert in_docker(scenario) == (1, [], [])
    assert store.get("containers", "after") == "hello"


def test_the_start_of_a_container_fails_where_its_bucket_is_not_there_and_nothing_is_left(in_docker, store) -> None:
    async def scenario(rig):
        with pytest.raises(TaskFailed) as refusal:
            await rig.started("serves", mounts=(mounted("no-such"),), buckets=(store.unmade("no-such"),))
        return refusal.value.failure, mounters("no-such")

    failure, processes = in_docker(scenario)
    assert (failure.cause, processes) == (Cause.MOUNT_FAILED, [])
    assert failure.what.startswith("bucket no-such cannot be mounted: s3fs has ended; ")
