"""Instances of driver `docker`: their containers, hooks, probes, limits, and who else is on the Engine."""

import asyncio
import re

import msgspec
import pytest

from driver.docker_rigs import image_of
from homeport.drivers.base import InstanceState
from homeport.model.causes import Cause, TaskFailed
from homeport.model.volumes import Mount
from homeport.model.workloads import Exec, HealthCheck, HttpGet, Lifecycle, Probe, ResourceLimit, TcpSocket

pytestmark = pytest.mark.real


def probe(**way) -> Probe:
    return Probe(period_seconds=1, failure_threshold=1, **way)


def sh(command: str) -> Exec:
    return Exec(("/bin/sh", "-c", command))


async def failure_of(awaitable):
    """Return the failure that a call of the driver is refused with."""
    with pytest.raises(TaskFailed) as refusal:
        await awaitable
    return refusal.value.failure


def test_a_container_carries_the_identity_of_its_instance(in_docker) -> None:
    async def scenario(rig):
        order = await rig.serving(fence=3)
        [container] = [one for one in rig.engine.containers() if one["Names"] == [f"/{order.name}"]]
        return order, container["Labels"]

    order, labels = in_docker(scenario)

    told = {name: labels[f"homeport.{name}"] for name in ("project", "environment", "application", "component")}
    assert list(told.values()) == ["p", "e", "a", order.owner.component_id]
    assert (labels["homeport.instance"], labels["homeport.job"], labels["homeport.fence"]) == (order.name, "job", "3")


def test_an_instance_listens_at_the_port_of_its_own_variable(in_docker) -> None:
    async def scenario(rig):
        order = await rig.serving(env={"PORT": "9000"})
        return (await rig.observe(order)).address, (await rig.asked(order))["environ"]["PORT"]

    address, port = in_docker(scenario)

    assert (address.rpartition(":")[2], port) == ("9000", "9000")


def test_an_instance_listens_at_the_one_port_that_its_image_tells_of(in_docker) -> None:
    async def scenario(rig):
        rig.engine.derive_image("homeport-test/exposes:1", image_of("serves"), "EXPOSE 7000")
        artifact = await rig.driver.pull(rig.build_order(rig.image("homeport-test/exposes:1")), None, rig.sink)
        return (await rig.observe(await rig.serving(artifact=artifact))).address

    assert in_docker(scenario).endswith(":7000")


def test_an_instance_that_was_killed_comes_back_at_its_address(in_docker) -> None:
    async def scenario(rig):
        order = await rig.serving()
        before = await rig.observe(order)
        rig.execute(order, "kill -9 $(pidof python3)")
        return before, await rig.until(order, lambda seen: seen.restarts == 1 and seen.ready)

    before, after = in_docker(scenario)

    assert (after.address, after.exit_code, after.out_of_memory) == (before.address, 137, False)


def test_another_process_finds_an_instance_as_it_is(in_docker) -> None:
    async def scenario(rig):
        order = await rig.serving()
        other = rig.another()
        try:
            return (
                await rig.observe(order),
                await other.observe(order),
                [one.name for one in await other.driver.known()],
            )
        finally:
            await other.clear_up()

    first, second, known = in_docker(scenario)

    assert msgspec.structs.replace(second, ready_since=None) == msgspec.structs.replace(first, ready_since=None)
    assert second.name in known


def test_the_instances_of_another_data_folder_are_not_known(in_docker, tmp_path) -> None:
    async def scenario(rig):
        order = await rig.serving()
        other = rig.another(tmp_path / "another")
        try:
            return order.name, [one.name for one in await other.driver.known()]
        finally:
            await other.clear_up()

    name, known = in_docker(scenario)

    assert name not in known


def test_a_container_of_somebody_else_keeps_its_name(in_docker) -> None:
    async def scenario(rig):
        order = await rig.order("serves")
        foreign = {"Image": image_of("serves"), "HostConfig": {"NetworkMode": "none"}}
        made = rig.engine.http.post("/containers/create", params={"name": order.name}, json=foreign).json()["Id"]
        failure = await failure_of(rig.driver.start(order))
        alive = await rig.driver.stop([order.name], 1)
        there = rig.engine.http.get(f"/containers/{made}/json").status_code
        rig.engine.http.delete(f"/containers/{made}")
        return order, failure, alive, there

    order, failure, alive, there = in_docker(scenario)

    assert (failure.cause, order.name in failure.what) == (Cause.START_FAILED, True)
    assert (alive, there) == ([], 200)


def test_a_program_that_is_not_in_its_image_cannot_be_started(in_docker) -> None:
    async def scenario(rig):
        rig.engine.derive_image("homeport-test/nothing:1", image_of("serves"), 'CMD ["/no/such/program"]')
        artifact = await rig.driver.pull(rig.build_order(rig.image("homeport-test/nothing:1")), None, rig.sink)
        order = await rig.order("serves", artifact=artifact)
        try:
            await rig.driver.start(order)
        except TaskFailed as refused:
            return refused.failure.cause, refused.failure.what
        seen = await rig.until(order, lambda seen: bool(seen.restarts))
        return seen.exit_code, "\n".join(await rig.log_of(order))

    cause, what = in_docker(scenario)

    assert cause in (Cause.START_FAILED, 127)
    assert "/no/such/program" in what


def test_an_image_that_was_removed_is_said_to_be_gone(in_docker) -> None:
    async def scenario(rig):
        rig.engine.derive_image("homeport-test/short-lived:1", image_of("serves"), "LABEL short=lived")
        artifact = await rig.driver.pull(rig.build_order(rig.image("homeport-test/short-lived:1")), None, rig.sink)
        rig.engine.http.delete("/images/homeport-test/short-lived:1")
        order = await rig.order("serves", artifact=artifact)
        return await failure_of(rig.driver.start(order)), await rig.driver.stands(artifact)

    failure, stands = in_docker(scenario)

    assert (failure.cause, stands) == (Cause.IMAGE_MISSING, False)


@pytest.mark.parametrize(
    "way",
    [{"http_get": HttpGet("/health", port=8080)}, {"tcp_socket": TcpSocket()}, {"exec": sh('test -n "$PORT"')}],
    ids=["http", "tcp", "exec"],
)
def test_an_instance_whose_readiness_probe_passes_is_ready(in_docker, way) -> None:
    async def scenario(rig):
        await rig.serving(health=HealthCheck(readiness_probe=probe(**way)))

    in_docker(scenario)


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ({"http_get": HttpGet("/", port=81)}, "readiness probe: GET / on port 81: .*"),
        ({"exec": sh("exit 7")}, "readiness probe: .* ended with exit code 7"),
        ({"exec": Exec(("/no/such/program",))}, "readiness probe: .*/no/such/program.*"),
        ({"exec": sh("sleep 5")}, "readiness probe: .* did not end within 1 s"),
    ],
    ids=["http", "exec", "no program", "slow"],
)
def test_an_instance_whose_readiness_probe_fails_says_why_it_is_not_ready(in_docker, way, said) -> None:
    async def scenario(rig):
        order = await rig.started("serves", health=HealthCheck(readiness_probe=probe(**way)))
        return await rig.until(order, lambda seen: bool(re.fullmatch(said, seen.probe_failure)))

    seen = in_docker(scenario)

    assert (seen.ready, seen.restarts) == (False, 0)


def test_an_instance_whose_readiness_probe_no_longer_passes_is_no_longer_ready(in_docker) -> None:
    async def scenario(rig):
        order = await rig.serving(health=HealthCheck(readiness_probe=probe(http_get=HttpGet("/"))))
        rig.execute(order, "echo 500 > $HOME/status")
        return await rig.until(order, lambda seen: not seen.ready)

    seen = in_docker(scenario)

    assert (seen.state, seen.restarts) == (InstanceState.RUNNING, 0)


def test_an_instance_whose_liveness_probe_fails_is_restarted_and_says_why(in_docker) -> None:
    async def scenario(rig):
        liveness = probe(exec=sh("! test -e $HOME/sick"))
        order = await rig.serving(health=HealthCheck(liveness_probe=liveness))
        rig.execute(order, "touch $HOME/sick")
        return await rig.until(order, lambda seen: seen.restarts >= 1)

    seen = in_docker(scenario)

    assert seen.probe_failure.startswith("liveness probe:")


def test_an_instance_is_being_created_until_its_poststart_hook_has_ended(in_docker) -> None:
    hook = sh('until test -e "$HOME/go on"; do sleep 0.02; done')

    async def scenario(rig):
        order = await rig.started("serves", lifecycle=Lifecycle(post_start=hook))
        during = await rig.until(order, lambda seen: seen.started_at is not None)
        rig.execute(order, 'touch "$HOME/go on"')
        return during, await rig.until(order, lambda seen: seen.ready)

    during, after = in_docker(scenario)

    assert (during.state, during.ready) == (InstanceState.CREATING, False)
    assert after.state is InstanceState.RUNNING


def test_an_instance_whose_poststart_hook_fails_is_started_again(in_docker) -> None:
    async def scenario(rig):
        order = await rig.started("serves", lifecycle=Lifecycle(post_start=sh("exit 4")))
        return await rig.until(order, lambda seen: seen.restarts >= 1)

    seen = in_docker(scenario)

    assert re.fullmatch("postStart: .* ended with exit code 4", seen.probe_failure)


def test_a_prestop_hook_runs_before_sigterm(in_docker) -> None:
    async def scenario(rig):
        hook = sh("echo preStop > /proc/1/fd/1")
        order = await rig.serving("tells of SIGTERM", lifecycle=Lifecycle(pre_stop=hook))
        await rig.driver.stop([order.name], 1)
        return await rig.log_of(order)

    assert in_docker(scenario) == ["preStop", "SIGTERM"]


def test_a_prestop_hook_that_hangs_does_not_keep_the_instance(in_docker) -> None:
    async def scenario(rig):
        hook = Lifecycle(pre_stop=sh("sleep 1000"))
        order = await rig.serving("tells of SIGTERM", lifecycle=hook, stop_seconds=1)
        return await rig.driver.stop([order.name], 1), await rig.log_of(order)

    assert in_docker(scenario) == ([], ["SIGTERM"])


def test_an_instance_that_spins_gets_its_share_of_the_processors(in_docker) -> None:
    async def scenario(rig):
        order = await rig.started("spins", limit=ResourceLimit("500m", "1Gi"))
        # Two readings a second apart, taken by the Engine itself.
        stats = rig.engine.http.get(f"/containers/{order.name}/stats", params={"stream": "0"}).json()
        before, after = (stats[name]["cpu_usage"]["total_usage"] for name in ("precpu_stats", "cpu_stats"))
        first, last = (stats[name]["system_cpu_usage"] for name in ("precpu_stats", "cpu_stats"))
        return stats["cpu_stats"]["online_cpus"] * (after - before) / (last - first)

    assert 0.05 < in_docker(scenario) < 0.6


def test_what_runs_goes_on_while_the_engine_is_away_and_is_found_again(in_docker) -> None:
    async def scenario(rig):
        order = await rig.serving()
        before = await rig.observe(order)
        rig.engine.kill()
        failure = await failure_of(rig.driver.observe([order]))
        rig.engine.start()
        after = await rig.until(order, lambda seen: seen.ready)
        return before, failure, after, await rig.driver.stop([order.name], 1)

    before, failure, after, alive = in_docker(scenario)

    assert failure.cause is Cause.DRIVER_UNREACHABLE
    assert (after.started_at, after.restarts, after.address) == (before.started_at, 0, before.address)
    assert alive == []


def test_a_followed_log_goes_on_across_a_restart(in_docker) -> None:
    async def scenario(rig):
        order = await rig.serving()
        log = rig.driver.logs(order.owner.component_id, order.name, tail=None, follow=True)
        lines = [await anext(log)]
        rig.execute(order, "kill -9 $(pidof python3)")
        async with asyncio.timeout(20):
            lines.append(await anext(log))
        await log.aclose()
        return lines

    assert in_docker(scenario) == [b"up\n", b"up\n"]


def test_a_stop_that_nobody_waits_for_any_more_is_carried_out(in_docker) -> None:
    async def scenario(rig):
        order = await rig.serving("tells of SIGTERM")
        stopping = asyncio.ensure_future(rig.driver.stop([order.name], 1))
        await rig.until(order, lambda seen: seen.state is InstanceState.STOPPING)
        stopping.cancel()
        return await rig.until(order, lambda seen: seen.state is InstanceState.ENDED)

    assert in_docker(scenario).exit_code == 0


def test_two_environments_have_networks_apart_and_none_is_left(in_docker) -> None:
    async def scenario(rig):
        owners = [msgspec.structs.replace(rig.owner, environment_id=f"apart-{number}") for number in range(2)]
        orders = [await rig.serving(owner=owner) for owner in owners]
        during = [one["Name"] for one in rig.engine.networks() if "apart" in one["Name"]]
        await rig.driver.stop([order.name for order in orders], 1)
        await rig.driver.forget(rig.owner.component_id)
        return during, [one["Name"] for one in rig.engine.networks() if "apart" in one["Name"]]

    during, after = in_docker(scenario)

    assert (sorted(during), after) == (["homeport-apart-0", "homeport-apart-1"], [])


def test_a_volume_is_found_at_its_path_by_every_instance_and_outlives_them(in_docker) -> None:
    async def scenario(rig):
        write = Lifecycle(post_start=sh('mkdir "$HOMEPORT_VOLUME_MNT_DATA/cart" && echo kept > /mnt/data/cart/note'))
        first = await rig.serving(mounts=(Mount(volume="shared", path="/mnt/data"),), lifecycle=write)
        read = Lifecycle(post_start=sh("grep kept /srv/cart/note && ! touch /srv/cart/other"))
        mounts = (Mount(volume="shared", path="/srv/cart", sub_path="cart", read_only=True),)
        await rig.serving(mounts=mounts, lifecycle=read)
        await rig.driver.stop([order.name for order in rig.ordered], 1)
        await rig.driver.forget(first.owner.component_id)
        return (rig.layout.data_dir / "volumes" / "p" / "shared" / "cart" / "note").read_text()

    assert in_docker(scenario) == "kept\n"


def test_what_is_written_to_log_files_is_in_the_log_between_what_is_printed(in_docker) -> None:
    async def scenario(rig):
        command = "echo hello > /var/log/shop/a.log; echo there > /mnt/logs/b.log; echo bye > /programs/c.log"
        order = await rig.serving(
            log_paths=("/var/log/shop/*.log", "/mnt/logs/*.log", "/programs/c.log"),
            mounts=(Mount(volume="logs", path="/mnt/logs"),),
            lifecycle=Lifecycle(post_start=sh(command)),
        )
        seen: list[str] = []
        async with asyncio.timeout(30):
            async for piece in rig.driver.logs(order.owner.component_id, order.name, tail=None, follow=True):
                seen += piece.decode().splitlines()
                if len(seen) == 4:
                    break
        living, tail = await rig.log_of(order), await rig.log_of(order, 1)
        rig.execute(order, "printf 'last words' > /var/log/shop/a.log")
        await rig.driver.stop([order.name], 1)
        left = [one.name for one in rig.layout.log(order.owner.component_id, order.name).parent.iterdir()]
        left += rig.engine.http.get("/volumes").json()["Volumes"] or []
        return seen, living, tail, (await rig.log_of(order))[-1], left, order.name

    seen, living, tail, last, left, name = in_docker(scenario)
    lines = ["[/mnt/logs/b.log] there", "[/programs/c.log] bye", "[/var/log/shop/a.log] hello", "up"]
    assert (sorted(seen), sorted(living)) == (lines, lines)
    assert (tail, last) == (living[-1:], "[/var/log/shop/a.log] last words")
    assert sorted(left) == [f"{name}.json", f"{name}.log"]
