"""Instances of driver `process`: their processes, hooks, probes, limits and logs."""

import re
import socket

import msgspec
import pytest

from homeport.drivers.base import InstanceState
from homeport.model.volumes import Mount
from homeport.model.workloads import Exec, HealthCheck, HttpGet, Lifecycle, Probe, ResourceLimit, TcpSocket


def probe(**way) -> Probe:
    return Probe(period_seconds=1, failure_threshold=1, **way)


def sh(command: str) -> Exec:
    return Exec(("/bin/sh", "-c", command))


def test_an_instance_listens_on_loopback_at_the_port_it_was_given(in_process) -> None:
    async def scenario(rig):
        order = await rig.serving()
        return (await rig.observe(order)).address, (await rig.asked(order))["environ"]

    address, environ = in_process(scenario)

    assert f"{environ['HOST']}:{environ['PORT']}" == address


def test_an_instance_sees_an_allowed_few_variables_alone(in_process, monkeypatch) -> None:
    for name in ("PIP_INDEX_URL", "HTTP_PROXY", "SOME_TOKEN"):
        monkeypatch.setenv(name, "http://user:secret@127.0.0.1")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    async def scenario(rig):
        return (await rig.asked(await rig.serving(env={"OWN": "1"})))["environ"]

    seen = set(in_process(scenario)) - {"LC_CTYPE", "PWD", "_", "SHLVL", "OLDPWD"}
    allowed = {"PATH", "LANG", "LANGUAGE", "LC_ALL", "TZ", "HOME", "TMPDIR", "HOST", "PORT", "OWN", "HOMEPORT_INSTANCE"}

    assert seen <= allowed | {"VIRTUAL_ENV", "PYTHONUNBUFFERED"}


def test_two_instances_have_homes_of_their_own(in_process) -> None:
    async def scenario(rig):
        return [(await rig.asked(await rig.serving()))["environ"]["HOME"] for _ in range(2)]

    first, second = in_process(scenario)

    assert first != second


def test_a_variable_of_the_user_does_not_move_the_port(in_process) -> None:
    async def scenario(rig):
        order = await rig.serving(env={"PORT": "1"})
        return (await rig.asked(order))["environ"]["PORT"]

    assert in_process(scenario) != "1"


def test_the_python_of_a_program_is_that_of_its_release(in_process) -> None:
    async def scenario(rig):
        order = await rig.serving()
        return rig.layout.reference(order.artifact.reference), (await rig.asked(order))["environ"]["PATH"]

    release, path = in_process(scenario)

    assert path.startswith(f"{release}/venv/bin:")


def test_a_daemon_that_left_its_session_is_ended_with_its_instance(in_process) -> None:
    async def scenario(rig):
        order = await rig.serving("leaves a daemon", env={})
        daemon = int((rig.home(order) / "daemon").read_text())
        before = rig.is_alive(daemon)
        await rig.driver.stop([order.name], 1)
        return before, rig.is_alive(daemon)

    assert in_process(scenario) == (True, False)


def test_what_a_crash_leaves_behind_is_gone_before_the_next_start(in_process) -> None:
    async def scenario(rig):
        order = await rig.started("crashes and leaves a daemon")
        await rig.until(order, lambda seen: seen.restarts >= 3)
        await rig.driver.stop([order.name], 1)
        daemons = (rig.home(order) / "daemons").read_text().split()
        return len(daemons), [pid for pid in daemons if rig.is_alive(int(pid))]

    count, alive = in_process(scenario)

    assert count >= 3
    assert alive == []


def test_an_instance_that_is_stopped_as_soon_as_it_is_started_leaves_nothing(in_process) -> None:
    async def scenario(rig):
        orders = [await rig.order("serves") for _ in range(10)]
        for order in orders:
            await rig.driver.start(order)
            assert await rig.driver.stop([order.name], 1) == []
        return {seen.state for seen in (await rig.driver.observe(orders)).values()}

    assert in_process(scenario) == {InstanceState.ENDED}


def test_an_instance_that_is_stopped_while_it_waits_to_be_started_again_has_ended(in_process) -> None:
    async def scenario(rig):
        # It waits for so long that it still does when it is stopped.
        rig.driver._settings = msgspec.structs.replace(rig.driver._settings, restart_seconds=60.0)
        order = await rig.started("is quick to crash")
        await rig.until(order, lambda seen: seen.state is InstanceState.BACKOFF)
        await rig.driver.stop([order.name], 1)
        return await rig.observe(order)

    seen = in_process(scenario)

    assert (seen.state, seen.exit_code) == (InstanceState.ENDED, 3)


def test_an_instance_that_died_once_is_ready_after_its_restart(in_process) -> None:
    async def scenario(rig):
        return await rig.until(await rig.started("serves once"), lambda seen: seen.ready)

    assert in_process(scenario).restarts == 1


def test_a_program_that_was_killed_shows_the_signal(in_process) -> None:
    async def scenario(rig):
        order = await rig.serving()
        rig.kill(rig.pid(order))
        return await rig.until(order, lambda seen: seen.restarts == 1)

    seen = in_process(scenario)

    assert (seen.exit_code, seen.out_of_memory) == (-9, False)


def test_an_address_stays_across_restarts(in_process) -> None:
    async def scenario(rig):
        order = await rig.serving()
        before = await rig.observe(order)
        rig.kill(rig.pid(order))
        after = await rig.until(order, lambda seen: seen.restarts == 1 and seen.ready)
        return before.address, after.address

    before, after = in_process(scenario)

    assert before == after


def test_a_port_that_somebody_else_took_meanwhile_is_named(in_process) -> None:
    async def scenario(rig):
        order = await rig.started("is quick to crash")
        seen = await rig.until(order, lambda seen: seen.restarts > 0)
        port = int(seen.address.rpartition(":")[2])
        with socket.create_server(("127.0.0.1", port)):
            return port, await rig.until(order, lambda seen: bool(seen.fault))

    port, seen = in_process(scenario)

    assert seen.state is InstanceState.BACKOFF
    assert str(port) in seen.fault
    assert "taken" in seen.fault


def test_an_instance_of_a_release_that_is_gone_could_not_be_started(in_process) -> None:
    async def scenario(rig):
        order = await rig.order("serves")
        gone = msgspec.structs.replace(order.artifact, reference=f"{rig.owner.component_id}/gone")
        order = msgspec.structs.replace(order, artifact=gone)
        await rig.driver.start(order)
        return await rig.until(order, lambda seen: seen.state is InstanceState.ENDED)

    assert "gone" in in_process(scenario).fault


def test_a_variable_with_an_impossible_name_is_a_fault(in_process) -> None:
    async def scenario(rig):
        return await rig.until(await rig.started("serves", env={"A=B": "1"}), lambda seen: bool(seen.fault))

    assert not in_process(scenario).ready


@pytest.mark.parametrize(
    "way",
    [{"http_get": HttpGet("/health")}, {"tcp_socket": TcpSocket()}, {"exec": sh('test -n "$PORT"')}],
    ids=["http", "tcp", "exec"],
)
def test_an_instance_whose_readiness_probe_passes_is_ready(in_process, way) -> None:
    async def scenario(rig):
        await rig.serving(health=HealthCheck(readiness_probe=probe(**way)))

    in_process(scenario)


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ({"http_get": HttpGet("/health")}, "readiness probe: GET /health on port .* answered 503"),
        ({"exec": sh("exit 7")}, "readiness probe: .* ended with exit code 7"),
        ({"exec": Exec(("/no/such/program",))}, "readiness probe: .* ended with exit code 127"),
        ({"exec": sh("sleep 100")}, "readiness probe: .* did not end within 1 s"),
    ],
    ids=["http", "exec", "no program", "slow"],
)
def test_an_instance_whose_readiness_probe_fails_says_why_it_is_not_ready(in_process, way, said) -> None:
    async def scenario(rig):
        order = await rig.order("serves", health=HealthCheck(readiness_probe=probe(**way)))
        rig.answer_with(order, 503)
        await rig.driver.start(order)
        return await rig.until(order, lambda seen: bool(re.fullmatch(said, seen.probe_failure)))

    seen = in_process(scenario)

    assert (seen.ready, seen.restarts) == (False, 0)


def test_an_instance_whose_readiness_probe_no_longer_passes_is_no_longer_ready(in_process) -> None:
    async def scenario(rig):
        order = await rig.serving(health=HealthCheck(readiness_probe=probe(http_get=HttpGet("/"))))
        rig.answer_with(order, 500)
        return await rig.until(order, lambda seen: not seen.ready)

    seen = in_process(scenario)

    assert (seen.state, seen.restarts) == (InstanceState.RUNNING, 0)


def test_an_instance_whose_liveness_probe_fails_is_restarted_and_says_why(in_process) -> None:
    async def scenario(rig):
        liveness = probe(http_get=HttpGet("/"), initial_delay_seconds=2)
        order = await rig.serving(health=HealthCheck(liveness_probe=liveness))
        before = rig.pid(order)
        rig.answer_with(order, 500)
        seen = await rig.until(order, lambda seen: seen.restarts == 1)
        return seen, rig.is_alive(before)

    seen, alive = in_process(scenario)

    assert seen.probe_failure.startswith("liveness probe: GET / on port")
    assert not alive


def test_an_instance_whose_startup_probe_never_passes_is_restarted(in_process) -> None:
    async def scenario(rig):
        order = await rig.started("serves", health=HealthCheck(startup_probe=probe(exec=sh("exit 1"))))
        return await rig.until(order, lambda seen: seen.restarts == 1)

    assert in_process(scenario).probe_failure.startswith("startup probe:")


def test_a_startup_probe_delays_the_others(in_process) -> None:
    slow = Probe(period_seconds=1, failure_threshold=60, exec=sh('test -e "$HOME/started"'))
    health = HealthCheck(startup_probe=slow, liveness_probe=probe(exec=sh('test -e "$HOME/started"')))

    async def scenario(rig):
        order = await rig.started("serves", health=health)
        await rig.until(order, lambda seen: seen.probe_failure.startswith("startup probe:"))
        (rig.home(order) / "started").touch()
        return await rig.until(order, lambda seen: seen.ready)

    assert in_process(scenario).restarts == 0


def test_a_probe_of_another_port_goes_to_the_instances_own_and_says_so(in_process) -> None:
    async def scenario(rig):
        health = HealthCheck(readiness_probe=probe(http_get=HttpGet("/", port=8080)))
        return await rig.observe(await rig.serving(health=health))

    assert "8080" in " ".join(in_process(scenario).notes)


def test_an_instance_is_being_created_until_its_poststart_hook_has_ended(in_process) -> None:
    hook = sh('until test -e "$HOME/go on"; do sleep 0.02; done')

    async def scenario(rig):
        order = await rig.started("serves", lifecycle=Lifecycle(post_start=hook))
        await rig.until(order, lambda seen: seen.started_at is not None)
        during = await rig.observe(order)
        (rig.home(order) / "go on").touch()
        return during, await rig.until(order, lambda seen: seen.ready)

    during, after = in_process(scenario)

    assert (during.state, during.ready) == (InstanceState.CREATING, False)
    assert after.state is InstanceState.RUNNING


def test_an_instance_whose_poststart_hook_fails_is_started_again(in_process) -> None:
    async def scenario(rig):
        order = await rig.started("serves", lifecycle=Lifecycle(post_start=sh("echo oh no; exit 4")))
        seen = await rig.until(order, lambda seen: seen.restarts == 1)
        return seen, await rig.log_of(order)

    seen, log = in_process(scenario)

    assert "postStart" in seen.probe_failure
    assert "exit code 4" in seen.probe_failure
    assert "oh no" in log


def test_a_prestop_hook_runs_before_sigterm(in_process) -> None:
    async def scenario(rig):
        hook = sh('echo preStop >> "$HOME/ends"')
        order = await rig.serving("notes SIGTERM", lifecycle=Lifecycle(pre_stop=hook))
        await rig.driver.stop([order.name], 1)
        return (rig.home(order) / "ends").read_text().split()

    assert in_process(scenario) == ["preStop", "SIGTERM"]


def test_a_prestop_hook_that_hangs_does_not_keep_the_instance(in_process) -> None:
    async def scenario(rig):
        hook = Lifecycle(pre_stop=sh("sleep 1000"))
        order = await rig.serving("notes SIGTERM", lifecycle=hook, stop_seconds=1)
        alive = await rig.driver.stop([order.name], 1)
        return alive, (rig.home(order) / "ends").read_text().split()

    assert in_process(scenario) == ([], ["SIGTERM"])


def test_an_instance_is_held_to_its_share_of_the_processors(in_process) -> None:
    async def scenario(rig):
        if any("cpu limit" in note for note in (await rig.link.info()).notes):
            pytest.skip("no cpu cgroup is writable here")
        return rig.cpu_share(await rig.serving(limit=ResourceLimit("500m", "1Gi")))

    assert in_process(scenario) == 0.5


def test_a_log_is_rotated_and_its_end_stays_whole(in_process) -> None:
    async def scenario(rig):
        order = await rig.serving("writes much")
        log = rig.layout.log(rig.owner.component_id, order.name)
        await rig.comes_true(log.with_name(log.name + ".1").exists)
        return log.stat().st_size, await rig.log_of(order)

    size, lines = in_process(scenario)

    assert size < 100_000
    assert lines[-1] == "line 19999"
    assert lines[1:] == [f"line {number}" for number in range(20_000 - len(lines) + 1, 20_000)]


@pytest.mark.parametrize("count", [0, 1, 3, 20_000, 30_000])
def test_the_tail_of_a_log_is_its_last_lines(in_process, count) -> None:
    async def scenario(rig):
        order = await rig.order("serves")
        log = rig.layout.log(rig.owner.component_id, order.name)
        log.parent.mkdir(parents=True)
        log.with_name(log.name + ".1").write_text("".join(f"{number}\n" for number in range(10_000)))
        log.write_text("".join(f"{number}\n" for number in range(10_000, 20_000)))
        return await rig.log_of(order, tail=count)

    assert in_process(scenario) == [str(number) for number in range(max(20_000 - count, 0), 20_000)]


def test_nothing_is_left_in_a_cgroup_after_the_end(in_process) -> None:
    async def scenario(rig):
        order = await rig.serving("leaves a daemon")
        before = rig.cgroups_of(order)
        await rig.driver.stop([order.name], 1)
        return before, rig.cgroups_of(order)

    before, after = in_process(scenario)

    if not before:
        pytest.skip("no cgroup is writable here")
    assert after == []


def test_a_variable_names_the_folder_of_a_volume_which_outlives_its_instances(in_process) -> None:
    async def scenario(rig):
        write = Lifecycle(post_start=sh('echo kept > "$HOMEPORT_VOLUME_MNT_DATA/note"'))
        order = await rig.serving(mounts=(Mount(volume="shared", path="/mnt/data", sub_path="a"),), lifecycle=write)
        await rig.driver.stop([order.name], 1)
        return (rig.layout.data_dir / "volumes" / "p" / "shared" / "a" / "note").read_text()

    assert in_process(scenario) == "kept\n"


def test_what_is_written_to_log_files_is_in_the_log_with_the_name_of_the_file(in_process) -> None:
    async def scenario(rig):
        command = 'mkdir ~/logs && echo hello > ~/logs/a.log && echo there > "$HOMEPORT_VOLUME_MNT_LOGS/b.log"'
        order = await rig.serving(
            log_paths=("~/logs/*.log", "/mnt/logs/*.log"),
            mounts=(Mount(volume="logs-of-processes", path="/mnt/logs"),),
            lifecycle=Lifecycle(post_start=sh(command)),
        )
        await rig.driver.stop([order.name], 1)
        return sorted(await rig.log_of(order))

    assert in_process(scenario) == ["[/mnt/logs/b.log] there", "[~/logs/a.log] hello", "up"]
