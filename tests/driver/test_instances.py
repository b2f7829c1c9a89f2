"""What every driver promises whose instances really run."""

import asyncio

import msgspec
import pytest

from homeport.drivers.base import InstanceState
from homeport.model.causes import Cause, TaskFailed


def test_an_instance_that_was_never_started_is_absent(in_real_rig) -> None:
    async def scenario(rig):
        return await rig.observe(await rig.order("serves"))

    assert in_real_rig(scenario).state is InstanceState.ABSENT


def test_starting_an_instance_twice_starts_it_once(in_real_rig) -> None:
    async def scenario(rig):
        order = await rig.serving()
        before = await rig.observe(order)
        await rig.driver.start(order)
        return before, await rig.observe(order)

    before, after = in_real_rig(scenario)

    assert before == after


def test_a_stopped_instance_has_ended_with_its_exit_code(in_real_rig) -> None:
    async def scenario(rig):
        order = await rig.serving("notes SIGTERM")
        alive = await rig.driver.stop([order.name], 1)
        return alive, await rig.observe(order)

    alive, seen = in_real_rig(scenario)

    assert alive == []
    assert (seen.state, seen.ready, seen.exit_code) == (InstanceState.ENDED, False, 0)


def test_an_instance_is_not_ready_from_the_moment_its_end_was_asked_for(in_real_rig) -> None:
    async def scenario(rig):
        order = await rig.serving("ignores SIGTERM", stop_seconds=1)
        stopping = asyncio.ensure_future(rig.driver.stop([order.name], 1))
        seen = await rig.until(order, lambda seen: seen.state is InstanceState.STOPPING)
        await stopping
        return seen

    assert not in_real_rig(scenario).ready


def test_an_instance_that_ignores_sigterm_is_killed(in_real_rig) -> None:
    async def scenario(rig):
        order = await rig.serving("ignores SIGTERM", stop_seconds=0)
        alive = await rig.driver.stop([order.name], 1)
        return alive, await rig.observe(order)

    alive, seen = in_real_rig(scenario)

    assert alive == []
    assert seen.exit_code in (-9, 137)


def test_stopping_an_instance_twice_is_harmless(in_real_rig) -> None:
    async def scenario(rig):
        order = await rig.serving()
        await rig.driver.stop([order.name], 1)
        return await rig.driver.stop([order.name], 1)

    assert in_real_rig(scenario) == []


def test_a_stopped_instance_starts_again_when_it_is_asked_for(in_real_rig) -> None:
    async def scenario(rig):
        order = await rig.serving()
        await rig.driver.stop([order.name], 1)
        await rig.driver.start(order)
        return await rig.until(order, lambda seen: seen.ready)

    assert in_real_rig(scenario).restarts == 0


def test_a_log_outlives_its_instance(in_real_rig) -> None:
    async def scenario(rig):
        order = await rig.serving()
        await rig.driver.stop([order.name], 1)
        return await rig.log_of(order)

    assert in_real_rig(scenario) == ["up"]


def test_the_log_of_a_crash_is_there(in_real_rig) -> None:
    async def scenario(rig):
        order = await rig.started("is quick to crash")
        await rig.until(order, lambda seen: seen.restarts > 0)
        return await rig.log_of(order, tail=1)

    assert in_real_rig(scenario) == ["no luck"]


def test_a_log_that_never_was_is_empty(in_real_rig) -> None:
    async def scenario(rig):
        return await rig.log_of(await rig.order("serves"))

    assert in_real_rig(scenario) == []


def test_a_log_is_the_components_own(in_real_rig) -> None:
    async def scenario(rig):
        order = await rig.serving()
        others = msgspec.structs.replace(order, owner=msgspec.structs.replace(order.owner, component_id=rig.ids.uuid()))
        return await rig.log_of(others)

    assert in_real_rig(scenario) == []


def test_a_followed_log_goes_on(in_real_rig) -> None:
    async def scenario(rig):
        order = await rig.order("serves")
        following = rig.driver.logs(order.owner.component_id, order.name, tail=None, follow=True)
        waiting = asyncio.ensure_future(anext(following))
        await rig.driver.start(order)
        async with asyncio.timeout(20):
            piece = await waiting
        await following.aclose()
        return piece

    assert in_real_rig(scenario) == b"up\n"


def test_an_instance_that_runs_is_known(in_real_rig) -> None:
    async def scenario(rig):
        order = await rig.serving()
        return order, [known for known in await rig.driver.known() if known.component_id == rig.owner.component_id]

    order, known = in_real_rig(scenario)

    assert [(one.name, one.job_id, one.fence) for one in known] == [(order.name, order.job_id, order.fence)]


def test_an_instance_that_was_stopped_is_known_no_more(in_real_rig) -> None:
    async def scenario(rig):
        order = await rig.serving()
        await rig.driver.stop([order.name], 1)
        return order, await rig.driver.known()

    order, known = in_real_rig(scenario)

    assert order.name not in [one.name for one in known]


@pytest.mark.parametrize("call", ["start", "stop"])
def test_a_call_that_was_overtaken_by_a_higher_fence_is_refused(in_real_rig, call) -> None:
    async def scenario(rig):
        newer, older = await rig.serving(fence=7), await rig.order("serves", fence=6)
        late = rig.driver.start(older) if call == "start" else rig.driver.stop([newer.name], 6)
        with pytest.raises(TaskFailed) as refusal:
            await late
        return refusal.value.failure, await rig.observe(newer)

    failure, seen = in_real_rig(scenario)

    assert failure.cause is Cause.INTERNAL
    assert "fence 7" in failure.what
    assert seen.ready


def test_a_forgotten_component_leaves_no_log(in_real_rig) -> None:
    async def scenario(rig):
        order = await rig.serving()
        await rig.driver.stop([order.name], 1)
        await rig.driver.forget(rig.owner.component_id)
        return await rig.log_of(order), await rig.observe(order)

    log, seen = in_real_rig(scenario)

    assert (log, seen.state) == ([], InstanceState.ABSENT)


def test_what_ended_before_a_time_is_forgotten_and_what_ended_later_or_lives_is_not(in_real_rig) -> None:
    async def scenario(rig):
        ended, living = await rig.serving(), await rig.serving()
        await rig.driver.stop([ended.name], 1)
        await rig.driver.forget_ended(ended.asked_at)
        before = await rig.log_of(ended)
        await rig.driver.forget_ended(rig.clock.now() + 1_000_000)
        return before, await rig.log_of(ended), await rig.observe(ended), await rig.observe(living)

    before, after, gone, lives = in_real_rig(scenario)

    assert before != []
    assert (after, gone.state) == ([], InstanceState.ABSENT)
    assert lives.ready


def test_a_component_with_a_living_instance_is_not_forgotten(in_real_rig) -> None:
    async def scenario(rig):
        order = await rig.serving()
        with pytest.raises(TaskFailed) as refusal:
            await rig.driver.forget(rig.owner.component_id)
        return order, refusal.value.failure

    order, failure = in_real_rig(scenario)

    assert failure.cause is Cause.STILL_ALIVE
    assert order.name in failure.what


def test_artifacts_that_are_not_kept_no_longer_stand(in_process) -> None:
    async def scenario(rig):
        kept, dropped = [await rig.driver.build(rig.build_order(rig.source_of("serves")), rig.sink) for _ in range(2)]
        await rig.driver.keep_artifacts(rig.owner.component_id, [kept.reference])
        return await rig.driver.stands(kept), await rig.driver.stands(dropped)

    assert in_process(scenario) == (True, False)


def test_an_instance_gets_its_own_variables_and_none_of_the_engines(in_real_rig, monkeypatch) -> None:
    monkeypatch.setenv("HOMEPORT_ADMIN_PASSWORD", "secret")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")

    async def scenario(rig):
        order = await rig.serving(env={"GREETING": "hello"})
        return (await rig.asked(order))["environ"]

    environ = in_real_rig(scenario)

    assert environ["GREETING"] == "hello"
    assert "secret" not in environ.values()


def test_changed_returns_when_an_instance_has_changed_since_it_was_observed(in_real_rig) -> None:
    async def scenario(rig):
        order = await rig.order("serves")
        await rig.observe(order)
        await rig.driver.start(order)
        async with asyncio.timeout(20):
            await rig.driver.changed([order.name], 1_000)

    in_real_rig(scenario)


def test_orders_of_the_same_name_are_the_same_instance(in_real_rig) -> None:
    async def scenario(rig):
        order = await rig.serving()
        again = msgspec.structs.replace(order, job_id="another")
        await rig.driver.start(again)
        return [known for known in await rig.driver.known() if known.name == order.name]

    assert len(in_real_rig(scenario)) == 1
