"""Builds of driver `process` as its supervisor runs them: started once, taken up again, stopped, and done again."""

import asyncio

import msgspec
import pytest

from homeport.model.causes import Cause, TaskFailed
from homeport.model.workloads import Build, Source

APP = "print('hello')\n"


async def failure_of(rig, source: Source, **facts: object):
    with pytest.raises(TaskFailed) as failure:
        await rig.driver.build(rig.build_order(source, **facts), rig.sink)
    return failure.value.failure


async def first_line(rig, source: Source) -> str:
    artifact = await rig.driver.build(rig.build_order(source), rig.sink)
    order = msgspec.structs.replace(await rig.order("serves"), artifact=artifact)
    await rig.driver.start(order)
    await rig.until(order, lambda seen: seen.restarts > 0)
    return (await rig.log_of(order))[0]


def test_a_wheel_is_installed_and_its_console_script_started(in_process, pack) -> None:
    async def scenario(rig):
        module = "def main(): print('hello from the wheel', flush=True)\n"
        return await first_line(rig, pack.wheel("greeting", module, "greet"))

    assert in_process(scenario) == "hello from the wheel"


def test_requirements_are_installed(in_process, pack) -> None:
    async def scenario(rig):
        module = pack.wheel("greeting", "WORDS = 'from a requirement'\n")
        program = "import greeting; print(greeting.WORDS, flush=True)"
        files = {"requirements.txt": f"greeting @ {module.url}\n", "app.py": program}
        return await first_line(rig, pack.folder(files))

    assert in_process(scenario) == "from a requirement"


def test_a_build_sees_the_indexes_of_the_engines_user(in_process, monkeypatch) -> None:
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "http://127.0.0.1:1/simple")
    monkeypatch.setenv("HOMEPORT_ADMIN_PASSWORD", "hunter2")

    async def scenario(rig):
        parameters = {"build_cmd": "env"}
        await rig.driver.build(
            rig.build_order(rig.package({"app.py": APP}), build=Build(parameters=parameters)), rig.sink
        )
        return rig.log.decode()

    log = in_process(scenario)

    assert "PIP_EXTRA_INDEX_URL=http://127.0.0.1:1/simple" in log
    assert "hunter2" not in log


def test_a_build_command_that_fails_shows_its_last_lines(in_process) -> None:
    async def scenario(rig):
        command = Build(parameters={"build_cmd": "echo first; echo oh no >&2; exit 3"})
        return await failure_of(rig, rig.package({"app.py": APP}), build=command), rig.log

    failure, log = in_process(scenario)

    assert failure.cause is Cause.BUILD_FAILED
    assert "exit code 3" in failure.what
    assert failure.log[-2:] == ("first", "oh no")
    assert b"oh no" in log


def test_a_build_command_that_leaves_a_daemon_neither_waits_for_it_nor_leaves_it(in_process) -> None:
    async def scenario(rig):
        pid = rig.folder / "pid"
        command = Build(parameters={"build_cmd": f"sleep 1000 & echo $! > {pid}"})
        await rig.driver.build(rig.build_order(rig.package({"app.py": APP}), build=command), rig.sink)
        return rig.is_alive(int(pid.read_text()))

    assert not in_process(scenario)


class TestUnderWay:
    """Builds that are taken up again, stopped, or left alone."""

    @staticmethod
    def slow(rig, then: str = "echo done") -> tuple[Source, Build, object]:
        """Return a source whose build goes on until the file is there."""
        go_on = rig.folder / "go on"
        command = f"echo waiting; until test -e '{go_on}'; do sleep 0.02; done; {then}"
        return rig.package({"app.py": APP}), Build(parameters={"build_cmd": command}), go_on

    @staticmethod
    async def until_logged(rig, words: bytes) -> None:
        await rig.comes_true(lambda: words in rig.log)

    def test_a_build_that_stands_is_returned_with_nothing_logged(self, in_process) -> None:
        async def scenario(rig):
            order = rig.build_order(rig.package({"app.py": APP}))
            first = await rig.driver.build(order, rig.sink)
            rig.log = b""
            return first, await rig.driver.build(order, rig.sink), rig.log

        first, second, log = in_process(scenario)

        assert (first, log) == (second, b"")

    @pytest.mark.parametrize("killed", [False, True], ids=["engine", "engine and supervisor"])
    def test_a_build_whose_client_went_away_is_taken_up_again(self, in_own_process, killed) -> None:
        async def scenario(rig):
            source, steps, go_on = self.slow(rig)
            order = rig.build_order(source, build=steps)
            building = asyncio.ensure_future(rig.driver.build(order, rig.sink))
            await self.until_logged(rig, b"waiting")
            building.cancel()
            if killed:
                await rig.kill_supervisor()
            await rig.link.close()
            rig.log = b""
            again = asyncio.ensure_future(rig.driver.build(order, rig.sink))
            await self.until_logged(rig, b"waiting")
            go_on.touch()
            return await rig.driver.stands(await again), rig.log.count(b"waiting")

        stands, count = in_own_process(scenario)

        assert stands
        assert count == 2  # the command is named, and speaks, once

    def test_a_build_that_ended_while_nobody_was_there_gives_its_result(self, in_own_process) -> None:
        async def scenario(rig):
            source, steps, go_on = self.slow(rig, f"echo once >> {rig.folder}/runs; exit 5")
            order = rig.build_order(source, build=steps)
            building = asyncio.ensure_future(rig.driver.build(order, rig.sink))
            result = rig.layout.build(order.id) / "result.json"
            await self.until_logged(rig, b"\nwaiting")
            building.cancel()
            go_on.touch()
            await rig.comes_true(result.exists)
            with pytest.raises(TaskFailed, match="exit code 5"):
                await rig.driver.build(order, rig.sink)
            return (rig.folder / "runs").read_text().split()

        assert in_own_process(scenario) == ["once"]

    def test_a_build_that_failed_is_done_again_when_it_is_asked_for_again(self, in_process) -> None:
        async def scenario(rig):
            command = Build(parameters={"build_cmd": f"test -e {rig.folder}/mended"})
            order = rig.build_order(rig.package({"app.py": APP}), build=command)
            with pytest.raises(TaskFailed):
                await rig.driver.build(order, rig.sink)
            (rig.folder / "mended").touch()
            return await rig.driver.stands(await rig.driver.build(order, rig.sink))

        assert in_process(scenario)

    def test_a_build_that_is_stopped_ends_with_all_it_started_and_leaves_nothing(self, in_process) -> None:
        async def scenario(rig):
            pids = rig.folder / "pids"
            command = f"setsid sleep 1000 & echo $! $$ > {pids}; echo waiting; sleep 1000"
            order = rig.build_order(rig.package({"app.py": APP}), build=Build(parameters={"build_cmd": command}))
            building = asyncio.ensure_future(rig.driver.build(order, rig.sink))
            await self.until_logged(rig, b"\nwaiting")
            await rig.driver.stop_build(order.id)
            with pytest.raises(TaskFailed) as failure:
                await building
            left = [rig.layout.build(order.id), rig.layout.release(rig.owner.component_id, order.id)]
            alive = [pid for pid in pids.read_text().split() if rig.is_alive(int(pid))]
            return failure.value.failure.cause, alive, [path for path in left if path.exists()]

        cause, alive, left = in_process(scenario)

        assert cause is Cause.TERMINATED
        assert (alive, left) == ([], [])

    def test_a_build_whose_process_was_killed_fails_with_its_last_lines(self, in_process) -> None:
        async def scenario(rig):
            command = Build(parameters={"build_cmd": "echo waiting; kill -9 $PPID; sleep 1000"})
            return await failure_of(rig, rig.package({"app.py": APP}), build=command)

        failure = in_process(scenario)

        assert failure.cause is Cause.BUILD_FAILED
        assert "exit code -9" in failure.what

    def test_a_release_in_use_is_kept(self, in_process) -> None:
        async def scenario(rig):
            artifact = await rig.driver.build(rig.build_order(rig.source_of("serves")), rig.sink)
            order = msgspec.structs.replace(await rig.order("serves"), artifact=artifact)
            rig.ordered.append(order)
            await rig.driver.start(order)
            await rig.driver.keep_artifacts(rig.owner.component_id, [])
            return await rig.driver.stands(artifact)

        assert in_process(scenario)
