"""The supervisor's parts, each by itself."""

import asyncio
import os
import socket
import tempfile
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from homeport.drivers.changes import Changes
from homeport.drivers.process.layout import Layout, safe
from homeport.drivers.process.wire import InstanceSpec
from homeport.model.causes import Cause, TaskFailed
from homeport.model.clock import SystemClock
from homeport.model.workloads import Artifact, HealthCheck, InstanceOrder, Lifecycle, Owner, ResourceLimit
from homeport.routing.base import Route
from homeport.routing.front_client import SetRoute
from homeport.supervisor.cgroups import Cgroup, Hierarchies, known_hierarchies, places
from homeport.supervisor.components import Components
from homeport.supervisor.instance import pause_after
from homeport.supervisor.ports import Ports, is_free
from homeport.supervisor.processes import Processes, identity_of

COMPONENT = "01890a5d-ac96-774b-bcce-b302099a8057"


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    layout = Layout(tmp_path)
    layout.prepare()
    return layout


class TestChanges:
    """Who changed last."""

    def test_a_wait_for_what_has_changed_already_ends_at_once(self) -> None:
        async def scenario() -> None:
            changes = Changes(SystemClock())
            seen = {"a": changes.revision("a")}
            changes.note("a")
            await changes.wait(seen, 1_000)

        asyncio.run(scenario())

    def test_a_wait_ends_with_the_next_change(self) -> None:
        async def scenario() -> None:
            changes = Changes(SystemClock())
            waiting = asyncio.ensure_future(changes.wait({"a": changes.revision("a"), "b": 0}, 1_000))
            await asyncio.sleep(0)
            changes.note("a")
            await waiting

        asyncio.run(scenario())

    def test_a_wait_ends_when_its_time_is_up(self) -> None:
        async def scenario() -> None:
            changes = Changes(SystemClock())
            await changes.wait({"a": changes.revision("a")}, 0.01)

        asyncio.run(scenario())

    def test_a_change_of_another_name_ends_no_wait(self) -> None:
        async def scenario() -> bool:
            changes = Changes(SystemClock())
            waiting = asyncio.ensure_future(changes.wait({"a": changes.revision("a")}, 0.05))
            await asyncio.sleep(0)
            changes.note("b")
            await asyncio.sleep(0)
            early = waiting.done()
            await waiting
            return early

        assert not asyncio.run(scenario())

    def test_revisions_of_a_later_supervisor_are_higher(self) -> None:
        clock = SystemClock()
        first = Changes(clock)
        first.note("a")

        assert Changes(clock).revision("a") > first.revision("a") - 1_000_000


class TestPorts:
    """Ports for instances."""

    def test_no_port_is_given_twice(self) -> None:
        ports = Ports(range(22_000, 22_100))

        given = [ports.take() for _ in range(20)]

        assert len(set(given)) == 20

    def test_a_port_that_somebody_has_is_not_given(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as stranger:
            port = stranger.getsockname()[1]
            with pytest.raises(TaskFailed) as refusal:
                Ports(range(port, port + 1)).take()

        assert refusal.value.failure.cause is Cause.START_FAILED

    def test_supervisors_that_started_together_begin_far_apart(self, monkeypatch: pytest.MonkeyPatch) -> None:
        given = []
        for pid in range(70_000, 70_010):
            monkeypatch.setattr("os.getpid", lambda pid=pid: pid)
            given.append(Ports().take())

        places = sorted(given)
        assert min(after - before for before, after in pairwise(places)) > 300

    def test_a_port_that_was_given_back_is_given_again(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        ports = Ports(range(port, port + 1))
        ports.give_back(ports.take())

        assert ports.take() == port

    def test_a_port_is_taken_by_whoever_listens_on_any_address(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as stranger:
            assert not is_free(stranger.getsockname()[1])


class TestComponents:
    """What is remembered of components."""

    def test_a_call_of_the_same_fence_passes(self, layout: Layout) -> None:
        components = Components(layout)
        components.admit(COMPONENT, 3)
        components.admit(COMPONENT, 3)

        assert components.fence(COMPONENT) == 3

    def test_a_call_of_a_lower_fence_is_refused_by_the_next_supervisor_too(self, layout: Layout) -> None:
        Components(layout).admit(COMPONENT, 3)
        next_one = Components(layout)
        next_one.load()

        with pytest.raises(TaskFailed, match="fence 3 was seen"):
            next_one.admit(COMPONENT, 2)

    def test_a_route_outlives_the_supervisor(self, layout: Layout) -> None:
        asked = SetRoute(route=Route(component_id=COMPONENT, component_name="cart", fence=1, port=31_000))
        Components(layout).set_route(COMPONENT, asked)
        next_one = Components(layout)
        next_one.load()

        assert next_one.routes() == [asked]

    def test_a_component_that_was_forgotten_stays_so(self, layout: Layout) -> None:
        components = Components(layout)
        components.admit(COMPONENT, 3)
        components.forget(COMPONENT)
        next_one = Components(layout)
        next_one.load()

        assert next_one.fence(COMPONENT) == 0

    def test_a_file_that_cannot_be_read_harms_no_other(self, layout: Layout) -> None:
        Components(layout).admit(COMPONENT, 3)
        layout.component("broken").write_text("{")
        next_one = Components(layout)
        next_one.load()

        assert next_one.fence(COMPONENT) == 3


V1 = "20 1 0:1 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
V2 = "30 1 0:2 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n"
V2_OF_A_CONTAINER = "30 1 0:2 /docker/abc /sys/fs/cgroup ro - cgroup2 cgroup rw\n"


class TestCgroups:
    """Where control groups are made, and what is written into them."""

    @pytest.mark.parametrize(
        ("mounts", "own", "controller", "found"),
        [
            (V2, "0::/user.slice/u.service\n", "", ["user.slice/u.service", "user.slice", "."]),
            (V2, "0::/\n", "", ["."]),
            (V2, "0::/\n", "memory", []),
            (V2_OF_A_CONTAINER, "0::/docker/abc/inner\n", "", ["inner", "."]),
            (V2_OF_A_CONTAINER, "0::/\n", "", ["."]),
            (V1, "4:memory:/a/b\n0::/\n", "memory", ["memory/a/b", "memory/a", "memory"]),
            (V1, "4:memory:/a/b\n", "cpu", []),
        ],
    )
    def test_a_cgroup_is_made_as_near_to_the_own_as_can_be(self, mounts, own, controller, found) -> None:
        assert places(mounts, own, controller) == [Path("/sys/fs/cgroup", one) for one in found]

    def test_limits_of_version_2_are_written_in_its_words(self, tmp_path: Path) -> None:
        folder = tmp_path / "cart-1"
        folder.mkdir()
        for name in ("cpu.max", "memory.max", "memory.swap.max", "memory.oom.group"):
            (folder / name).write_text("max")
        hierarchies = Hierarchies(unified=tmp_path, memory=tmp_path, cpu=tmp_path)
        Cgroup(hierarchies, "cart-1").limit(ResourceLimit("500m", "1Gi"))

        assert (folder / "cpu.max").read_text() == "50000 100000"
        assert (folder / "memory.max").read_text() == "1073741824"
        assert (folder / "memory.swap.max").read_text() == "0"
        assert (folder / "memory.oom.group").read_text() == "1"

    def test_limits_of_version_1_are_written_in_its_words(self, tmp_path: Path) -> None:
        folder = tmp_path / "cart-1"
        folder.mkdir()
        for name in ("cpu.cfs_quota_us", "memory.limit_in_bytes", "memory.memsw.limit_in_bytes"):
            (folder / name).write_text("-1")
        Cgroup(Hierarchies(memory=tmp_path, cpu=tmp_path), "cart-1").limit(ResourceLimit("2000m", "2Gi"))

        assert (folder / "cpu.cfs_quota_us").read_text() == "200000"
        assert (folder / "memory.limit_in_bytes").read_text() == "2147483648"
        assert (folder / "memory.memsw.limit_in_bytes").read_text() == "2147483648"

    @pytest.mark.parametrize(
        ("file", "content"), [("memory.events", "low 0\noom 3\noom_kill 2\n"), ("memory.oom_control", "oom_kill 2\n")]
    )
    def test_the_kernels_kills_are_counted(self, tmp_path: Path, file: str, content: str) -> None:
        (tmp_path / "cart-1").mkdir()
        (tmp_path / "cart-1" / file).write_text(content)

        assert Cgroup(Hierarchies(memory=tmp_path), "cart-1").oom_kills() == 2

    def test_what_cannot_be_held_is_said(self) -> None:
        notes = " ".join(Hierarchies().notes())

        for word in ("memory limit", "cpu limit", "version 2"):
            assert word in notes

    def test_the_cgroups_of_the_supervisor_before_are_found_again(self, tmp_path: Path) -> None:
        folder = tmp_path / "elsewhere"
        folder.mkdir()
        before = Hierarchies(unified=folder)
        (tmp_path / "cgroups.json").write_bytes(msgspec.json.encode(before, enc_hook=str))

        assert known_hierarchies(tmp_path / "cgroups.json", "homeport-unused") == before


@pytest.mark.parametrize(("ends", "seconds"), [(0, 1), (1, 2), (2, 4), (5, 32), (6, 60), (1_000_000, 60)])
def test_pauses_between_restarts_double_up_to_a_limit(ends: int, seconds: int) -> None:
    """With the settings as they are by default: one second, and a minute at most."""
    order = InstanceOrder(
        name="cart-1",
        owner=Owner(
            project_id="p",
            environment_id="e",
            environment_name="test",
            application_id="a",
            application_name="shop",
            component_id=COMPONENT,
            component_name="cart",
        ),
        job_id="j",
        fence=1,
        asked_at=0,
        artifact=Artifact(driver="process", reference="a/b", image_url=""),
        runtime="Python3",
        limit=ResourceLimit("500m", "1Gi"),
        env={},
        health=HealthCheck(),
        lifecycle=Lifecycle(),
    )

    assert pause_after(ends, InstanceSpec(order=order, environ={})) == seconds


class TestProcesses:
    """Processes and who they are."""

    def test_a_process_is_known_by_its_start_as_well(self) -> None:
        async def scenario() -> bool:
            processes = Processes()
            process = await asyncio.create_subprocess_exec("sleep", "1000")
            try:
                identity = identity_of(process.pid)
                assert identity is not None
                impostor = msgspec.structs.replace(identity, start=identity.start + 1)
                return processes.adopt(impostor) is None and processes.adopt(identity) is not None
            finally:
                process.kill()
                await process.wait()

        assert asyncio.run(scenario())

    def test_nobody_has_the_number_of_nobody(self) -> None:
        assert identity_of(2**22 + 1) is None


class TestLayout:
    """Paths in the data folder."""

    @pytest.mark.parametrize("name", ["", "..", "a/b", "/a", ".hidden", "a\0b", "a" * 300])
    def test_a_name_that_is_no_step_of_a_path_is_refused(self, name: str) -> None:
        with pytest.raises(TaskFailed):
            safe(name)

    def test_a_folder_of_somebody_else_holds_no_socket(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        with tempfile.TemporaryDirectory() as short:
            monkeypatch.setenv("XDG_RUNTIME_DIR", short)
            layout = Layout(tmp_path / ("a" * 120))
            folder = Path(short, f"homeport-{os.getuid()}-{layout.key}")
            folder.mkdir()
            folder.chmod(0o777)

            with pytest.raises(PermissionError, match="not a folder of this user alone"):
                layout.socket()
