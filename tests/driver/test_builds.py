"""Builds of driver `process`: from real packages and repositories to releases, and all the ways in which they fail."""

import asyncio
import base64
import io
import os
import subprocess
import tarfile
import zipfile

import msgspec
import pytest
from aiohttp import web

from homeport.drivers.process.settings import ProcessSettings
from homeport.model.causes import Cause, TaskFailed
from homeport.model.workloads import Build, CodeOrigin, Source

APP = "print('hello')\n"


def zipped(files: dict[str, str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


def tarred(files: dict[str, str]) -> bytes:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w:gz") as archive:
        for name, text in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(text)
            archive.addfile(info, io.BytesIO(text.encode()))
    return content.getvalue()


def wheel(name: str, module: str, scripts: tuple[str, ...]) -> bytes:
    info = f"{name}-1.0.dist-info"
    points = "[console_scripts]\n" + "".join(f"{script} = {name}:main\n" for script in scripts)
    return zipped(
        {
            f"{name}.py": module,
            f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
            f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            f"{info}/entry_points.txt": points,
            f"{info}/RECORD": "",
        }
    )


async def build(rig, source: Source, **facts: object):
    return await rig.driver.build(rig.build_order(source, **facts), rig.sink)


async def failure_of(rig, source: Source, **facts: object):
    with pytest.raises(TaskFailed) as failure:
        await build(rig, source, **facts)
    return failure.value.failure


def file(rig, name: str, content: bytes) -> Source:
    path = rig.folder / name
    path.write_bytes(content)
    return Source("softwarePackage", path.as_uri())


def command_of(rig, artifact) -> str:
    release = rig.layout.reference(artifact.reference) / "release.json"
    return msgspec.json.decode(release.read_bytes())["command"]


@pytest.mark.parametrize("name", ["app.zip", "app.tar.gz", "app.tgz"])
@pytest.mark.parametrize("below", ["", "app-1.0/"])
def test_a_package_is_built(in_process, name, below) -> None:
    pack = zipped if name.endswith(".zip") else tarred

    async def scenario(rig):
        artifact = await build(rig, file(rig, name, pack({f"{below}app.py": APP})))
        return (rig.layout.reference(artifact.reference) / "app" / "app.py").read_text(), command_of(rig, artifact)

    assert in_process(scenario) == (APP, "exec python app.py")


def test_a_folder_is_built(in_process) -> None:
    async def scenario(rig):
        return command_of(rig, await build(rig, rig.package({"main.py": APP})))

    assert in_process(scenario) == "exec python main.py"


def test_a_wheel_is_installed_and_its_console_script_started(in_process) -> None:
    content = wheel("greeting", "def main(): print('hello from the wheel', flush=True)\n", ("greet",))

    async def scenario(rig):
        artifact = await build(rig, file(rig, "greeting-1.0-py3-none-any.whl", content))
        order = msgspec.structs.replace(await rig.order("serves"), artifact=artifact)
        await rig.driver.start(order)
        await rig.until(order, lambda seen: seen.restarts > 0)
        return (await rig.log_of(order))[0]

    assert in_process(scenario) == "hello from the wheel"


def test_a_wheel_with_two_console_scripts_does_not_say_which_to_start(in_process) -> None:
    content = wheel("greeting", "def main(): pass\n", ("greet", "wave"))

    async def scenario(rig):
        return await failure_of(rig, file(rig, "greeting-1.0-py3-none-any.whl", content))

    failure = in_process(scenario)

    assert failure.cause is Cause.START_FAILED
    assert "greet, wave" in failure.what


def test_requirements_are_installed(in_process) -> None:
    async def scenario(rig):
        module = wheel("greeting", "WORDS = 'from a requirement'\n", ())
        (rig.folder / "greeting-1.0-py3-none-any.whl").write_bytes(module)
        requirement = f"greeting @ {(rig.folder / 'greeting-1.0-py3-none-any.whl').as_uri()}\n"
        files = {"requirements.txt": requirement, "app.py": "import greeting; print(greeting.WORDS, flush=True)"}
        artifact = await build(rig, rig.package(files))
        order = msgspec.structs.replace(await rig.order("serves"), artifact=artifact)
        await rig.driver.start(order)
        await rig.until(order, lambda seen: seen.restarts > 0)
        return (await rig.log_of(order))[0]

    assert in_process(scenario) == "from a requirement"


def test_a_requirement_that_is_not_there_fails_the_build_with_what_pip_said(in_process) -> None:
    async def scenario(rig):
        return await failure_of(rig, rig.package({"requirements.txt": "/no/such/thing.whl\n", "app.py": APP}))

    failure = in_process(scenario)

    assert failure.cause is Cause.BUILD_FAILED
    assert any("/no/such/thing.whl" in line for line in failure.log)


def test_a_build_sees_the_indexes_of_the_engines_user(in_process, monkeypatch) -> None:
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "http://127.0.0.1:1/simple")
    monkeypatch.setenv("HOMEPORT_ADMIN_PASSWORD", "hunter2")

    async def scenario(rig):
        parameters = {"build_cmd": "env"}
        await build(rig, rig.package({"app.py": APP}), build=Build(parameters=parameters))
        return rig.log.decode()

    log = in_process(scenario)

    assert "PIP_EXTRA_INDEX_URL=http://127.0.0.1:1/simple" in log
    assert "hunter2" not in log


def test_a_build_command_runs_in_the_source_with_the_environments_python(in_process) -> None:
    async def scenario(rig):
        command = 'python -c \'import sys; open("app.py", "w").write(sys.prefix)\''
        artifact = await build(rig, rig.package({"x": ""}), build=Build(parameters={"build_cmd": command}))
        release = rig.layout.reference(artifact.reference)
        return str(release / "venv"), (release / "app" / "app.py").read_text()

    venv, prefix = in_process(scenario)

    assert prefix == venv


def test_a_build_script_runs_where_no_command_is_given(in_process) -> None:
    async def scenario(rig):
        return command_of(rig, await build(rig, rig.package({"build.sh": "echo 'web: ./it' > Procfile"})))

    assert in_process(scenario) == "exec ./it"


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
        await build(rig, rig.package({"app.py": APP}), build=command)
        return rig.is_alive(int(pid.read_text()))

    assert not in_process(scenario)


@pytest.mark.parametrize(
    ("procfile", "command"),
    [
        ("web: gunicorn app:app", "exec gunicorn app:app"),
        ("worker: x\nweb:   python -u app.py  \n", "exec python -u app.py"),
        ("web: MODE=fast python app.py", "exec env MODE=fast python app.py"),
        ("web: cd src && python app.py", "cd src && python app.py"),
    ],
)
def test_a_procfile_says_how_to_start(in_process, procfile, command) -> None:
    async def scenario(rig):
        return command_of(rig, await build(rig, rig.package({"Procfile": procfile, "app.py": APP})))

    assert in_process(scenario) == command


def test_a_source_that_does_not_say_how_to_start_fails_with_what_was_looked_for(in_process) -> None:
    async def scenario(rig):
        return await failure_of(rig, rig.package({"readme.txt": ""}))

    failure = in_process(scenario)

    assert failure.cause is Cause.START_FAILED
    for word in ("Procfile", "app.py", "main.py"):
        assert word in failure.what


def test_another_runtime_is_built_where_its_interpreter_is(in_process, monkeypatch, tmp_path) -> None:
    (tmp_path / "node").write_text("#!/bin/sh\n")
    (tmp_path / "node").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")

    async def scenario(rig):
        artifact = await build(rig, rig.package({"server.js": ""}), runtime="Nodejs16")
        return command_of(rig, artifact), (rig.layout.reference(artifact.reference) / "venv").exists()

    assert in_process(scenario) == ("exec node server.js", False)


def test_a_runtime_that_is_not_here_is_refused_before_anything_is_fetched(in_process, monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    async def scenario(rig):
        with pytest.raises(TaskFailed) as failure:
            await rig.driver.check(rig.build_order(rig.package({"index.php": ""}), runtime="Php8"))
        return failure.value.failure

    failure = in_process(scenario)

    assert failure.cause is Cause.RUNTIME_MISSING
    assert "php" in failure.what


@pytest.mark.parametrize(
    ("source", "runtime"),
    [(Source("image", "nginx:1"), "Docker"), (Source("softwarePackage", "file:///app.zip"), "Docker")],
)
def test_an_image_is_refused_at_once_with_what_to_do(in_process, source, runtime) -> None:
    async def scenario(rig):
        with pytest.raises(TaskFailed) as failure:
            await rig.driver.check(rig.build_order(source, runtime=runtime))
        return failure.value.failure

    failure = in_process(scenario)

    assert failure.cause is Cause.SOURCE_UNSUPPORTED
    assert "--driver docker" in failure.advice


@pytest.mark.parametrize("url", ["ftp://host/app.zip", "app.zip", "file://elsewhere/app.zip", "http://[bad/app.zip"])
def test_a_url_of_another_kind_is_refused_at_once(in_process, url) -> None:
    async def scenario(rig):
        with pytest.raises(TaskFailed) as failure:
            await rig.driver.check(rig.build_order(Source("softwarePackage", url)))
        return failure.value.failure.cause

    assert in_process(scenario) is Cause.SOURCE_UNSUPPORTED


@pytest.mark.parametrize("through", ["plainly", "by ..", "by a link"])
def test_a_file_outside_of_the_allowed_folders_is_refused_naming_the_setting(in_process, through) -> None:
    async def scenario(rig):
        allowed, secret = rig.folder / "allowed", rig.folder / "secret"
        allowed.mkdir()
        secret.mkdir()
        (secret / "app.zip").write_bytes(zipped({"app.py": APP}))
        (allowed / "link").symlink_to(secret)
        path = {"plainly": secret, "by ..": f"{allowed}/../secret", "by a link": allowed / "link"}[through]
        rig.driver._settings = ProcessSettings(file_sources=(str(allowed),))
        return await failure_of(rig, Source("softwarePackage", f"file://{path}/app.zip"))

    failure = in_process(scenario)

    assert failure.cause is Cause.SOURCE_REFUSED
    assert "file_sources" in failure.what


def test_a_file_below_an_allowed_folder_is_built(in_process) -> None:
    async def scenario(rig):
        rig.driver._settings = ProcessSettings(file_sources=(str(rig.folder),))
        return await build(rig, file(rig, "app.zip", zipped({"app.py": APP})))

    in_process(scenario)


@pytest.mark.parametrize("kind", ["softwarePackage", "code"])
def test_a_source_that_is_not_there_is_missing(in_process, kind) -> None:
    async def scenario(rig):
        return await failure_of(rig, Source(kind, f"file://{rig.folder}/none.zip"))

    failure = in_process(scenario)

    assert failure.cause is Cause.SOURCE_MISSING
    assert "none.zip" in failure.what


class TestOverHttp:
    """Packages that come from a server."""

    @pytest.fixture
    def in_web(self, in_process):
        """Return a function that runs `async (rig, url) -> T` beside a server that answers as `handler` says."""

        def run(handler, scenario):
            async def whole(rig):
                app = web.Application()
                app.router.add_get("/{name:.*}", handler)
                runner = web.AppRunner(app, access_log=None)
                await runner.setup()
                site = web.TCPSite(runner, "127.0.0.1", 0)
                await site.start()
                try:
                    host, port = runner.addresses[0][:2]
                    return await scenario(rig, f"{host}:{port}")
                finally:
                    await runner.cleanup()

            return in_process(whole)

        return run

    def test_a_package_is_fetched(self, in_web) -> None:
        async def handler(request):
            return web.Response(body=zipped({"app.py": APP}))

        async def scenario(rig, server):
            return command_of(rig, await build(rig, Source("softwarePackage", f"http://{server}/app.zip")))

        assert in_web(handler, scenario) == "exec python app.py"

    def test_a_package_is_fetched_by_way_of_a_redirect(self, in_web) -> None:
        async def handler(request):
            if request.path == "/app.zip":
                return web.Response(body=zipped({"app.py": APP}))
            raise web.HTTPFound("/app.zip")

        async def scenario(rig, server):
            return await build(rig, Source("softwarePackage", f"http://{server}/latest"))

        in_web(handler, scenario)

    def test_a_package_is_fetched_with_the_credentials_of_its_url_and_they_are_shown_nowhere(self, in_web) -> None:
        asked = []

        async def handler(request):
            asked.append(request.headers.get("Authorization"))
            return web.Response(status=404)

        async def scenario(rig, server):
            url = f"http://user:hunter2secret@{server}/app.zip?signature=very-secret-too"
            failure = await failure_of(rig, Source("softwarePackage", url))
            return failure.detail() + rig.log.decode()

        shown = in_web(handler, scenario)

        assert asked == ["Basic " + base64.b64encode(b"user:hunter2secret").decode()]
        assert "app.zip" in shown
        assert "secret" not in shown

    @pytest.mark.parametrize(
        ("status", "cause"),
        [
            (404, Cause.SOURCE_MISSING),
            (410, Cause.SOURCE_MISSING),
            (401, Cause.SOURCE_REFUSED),
            (403, Cause.SOURCE_REFUSED),
            (503, Cause.SOURCE_UNREACHABLE),
        ],
    )
    def test_an_answer_that_is_no_package_has_a_cause(self, in_web, status, cause) -> None:
        async def handler(request):
            return web.Response(status=status)

        async def scenario(rig, server):
            return await failure_of(rig, Source("softwarePackage", f"http://{server}/app.zip"))

        failure = in_web(handler, scenario)

        assert failure.cause is cause
        assert str(status) in failure.what

    def test_a_server_that_is_not_there_is_unreachable(self, in_process) -> None:
        async def scenario(rig):
            return await failure_of(rig, Source("softwarePackage", "http://127.0.0.1:1/app.zip"))

        assert in_process(scenario).cause is Cause.SOURCE_UNREACHABLE

    def test_a_transfer_that_breaks_off_is_unreachable(self, in_web) -> None:
        async def handler(request):
            response = web.StreamResponse(headers={"Content-Length": "1000000"})
            await response.prepare(request)
            await response.write(b"PK")
            request.transport.close()
            return response

        async def scenario(rig, server):
            return await failure_of(rig, Source("softwarePackage", f"http://{server}/app.zip"))

        assert in_web(handler, scenario).cause is Cause.SOURCE_UNREACHABLE

    def test_a_server_that_never_stops_sending_is_broken_off_at_the_limit(self, in_web) -> None:
        async def handler(request):
            response = web.StreamResponse()
            await response.prepare(request)
            while True:
                await response.write(bytes(100_000))

        async def scenario(rig, server):
            rig.driver._settings = ProcessSettings(max_package_bytes=1_000_000)
            return await failure_of(rig, Source("softwarePackage", f"http://{server}/app.zip"))

        failure = in_web(handler, scenario)

        assert failure.cause is Cause.SOURCE_INVALID
        assert "max_package_bytes" in failure.advice

    def test_a_package_that_is_something_else_is_invalid(self, in_web) -> None:
        async def handler(request):
            return web.Response(text="<html>please log in</html>")

        async def scenario(rig, server):
            return await failure_of(rig, Source("softwarePackage", f"http://{server}/app.zip"))

        assert in_web(handler, scenario).cause is Cause.SOURCE_INVALID


class TestRepositories:
    """Code that comes from git."""

    @pytest.fixture
    def repository(self, tmp_path):
        """Return a repository with a branch `main` and a branch `next`."""
        folder = tmp_path / "repository"
        folder.mkdir()

        def git(*words: str) -> None:
            identity = ("-c", "user.name=T", "-c", "user.email=t@example.test")
            subprocess.run(("git", *identity, *words), cwd=folder, check=True, capture_output=True)

        git("init", "--initial-branch=main")
        for branch in ("main", "next"):
            if branch != "main":
                git("checkout", "-b", branch)
            (folder / "app.py").write_text(f"print('{branch}')\n")
            git("add", ".")
            git("commit", "-m", f"Say {branch}")
        git("checkout", "main")
        return folder

    @pytest.mark.parametrize(("branch", "said"), [(None, "main"), ("next", "next")])
    def test_a_branch_is_built(self, in_process, repository, branch, said) -> None:
        async def scenario(rig):
            source = Source("code", repository.as_uri(), "GitLab", CodeOrigin(branch=branch))
            artifact = await build(rig, source)
            return rig.layout.reference(artifact.reference) / "app", rig.log.decode()

        app, log = in_process(scenario)

        assert (app / "app.py").read_text() == f"print('{said}')\n"
        assert not (app / ".git").exists()
        assert f"Say {said}" in log

    def test_a_branch_that_is_not_there_is_missing(self, in_process, repository) -> None:
        async def scenario(rig):
            return await failure_of(rig, Source("code", repository.as_uri(), code=CodeOrigin(branch="none")))

        failure = in_process(scenario)

        assert failure.cause is Cause.SOURCE_MISSING
        assert "source.code.branch" in failure.advice

    def test_a_folder_that_is_no_repository_is_missing(self, in_process, tmp_path) -> None:
        async def scenario(rig):
            return await failure_of(rig, Source("code", tmp_path.as_uri()))

        assert in_process(scenario).cause is Cause.SOURCE_MISSING

    @pytest.mark.parametrize("url", ["https://127.0.0.1:1/x.git", "ssh://git@127.0.0.1:1/x.git", "git@[::1]:x.git"])
    def test_a_server_that_is_not_there_is_unreachable(self, in_process, url) -> None:
        async def scenario(rig):
            return await failure_of(rig, Source("code", url))

        assert in_process(scenario).cause in (Cause.SOURCE_UNREACHABLE, Cause.SOURCE_UNSUPPORTED)

    def test_a_repository_over_plain_http_is_refused(self, in_process) -> None:
        async def scenario(rig):
            return await failure_of(rig, Source("code", "http://127.0.0.1:1/x.git"))

        assert in_process(scenario).cause is Cause.SOURCE_UNSUPPORTED

    def test_a_token_is_shown_neither_in_the_log_nor_to_other_users(self, in_process, monkeypatch, tmp_path) -> None:
        (tmp_path / "bin").mkdir()
        (tmp_path / "bin" / "git").write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/arguments\necho "$@"\nexit 128\n')
        (tmp_path / "bin" / "git").chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}/bin:{os.environ['PATH']}")

        async def scenario(rig):
            failure = await failure_of(rig, Source("code", "https://user:hunter2secret@git.example.test/x.git"))
            return failure.detail() + rig.log.decode()

        shown = in_process(scenario)

        assert "git.example.test/x.git" in (tmp_path / "arguments").read_text()
        assert "secret" not in shown + (tmp_path / "arguments").read_text()


class TestUnderWay:
    """Builds that are taken up again, stopped, or left alone."""

    @staticmethod
    def slow(rig) -> tuple[Source, Build, object]:
        """Return a source whose build goes on until the file is there."""
        go_on = rig.folder / "go on"
        command = f"echo waiting; until test -e '{go_on}'; do sleep 0.02; done; echo done"
        return rig.package({"app.py": APP}), Build(parameters={"build_cmd": command}), go_on

    @staticmethod
    async def until_logged(rig, words: bytes) -> None:
        async with asyncio.timeout(20):
            while words not in rig.log:
                await asyncio.sleep(0.02)

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
            command = Build(parameters={"build_cmd": f"echo once >> {rig.folder}/runs; exit 5"})
            order = rig.build_order(rig.package({"app.py": APP}), build=command)
            building = asyncio.ensure_future(rig.driver.build(order, rig.sink))
            result = rig.layout.build(order.id) / "result.json"
            await self.until_logged(rig, b"Running")
            building.cancel()
            async with asyncio.timeout(20):
                while not result.exists():
                    await asyncio.sleep(0.02)
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

    def test_values_of_build_variables_are_kept_out_of_the_log(self, in_process) -> None:
        async def scenario(rig):
            command = Build(parameters={"build_cmd": "echo token is $TOKEN; exit 1"})
            env = {"TOKEN": "hunter2secret"}
            failure = await failure_of(rig, rig.package({"app.py": APP}), build=command, env=env)
            return failure.detail() + rig.log.decode()

        shown = in_process(scenario)

        assert "token is ***" in shown
        assert "hunter2secret" not in shown

    def test_a_full_disk_is_named(self, in_process) -> None:
        async def scenario(rig):
            command = Build(parameters={"build_cmd": "cat /etc/hostname > /dev/full"})
            return await failure_of(rig, rig.package({"app.py": APP}), build=command)

        assert in_process(scenario).cause is Cause.DISK_FULL

    def test_a_release_in_use_is_kept(self, in_process) -> None:
        async def scenario(rig):
            artifact = await build(rig, rig.source_of("serves"))
            order = msgspec.structs.replace(await rig.order("serves"), artifact=artifact)
            rig.ordered.append(order)
            await rig.driver.start(order)
            await rig.driver.keep_artifacts(rig.owner.component_id, [])
            return await rig.driver.stands(artifact)

        assert in_process(scenario)
