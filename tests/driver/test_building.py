"""The steps of a build: from every kind of source to a release, and all the ways in which they fail."""

import base64
import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import msgspec
import pytest

from homeport.drivers.process.release import read_release
from homeport.model.causes import Cause
from homeport.model.workloads import Build, CodeOrigin, Source

APP = "print('hello')\n"


def by(command: str) -> Build:
    return Build(parameters={"build_cmd": command})


@pytest.mark.parametrize(
    ("kind", "below"),
    [("zip", ""), ("zip", "app-1.0/"), ("tar.gz", ""), ("tar.gz", "app-1.0/"), ("tgz", ""), ("folder", "")],
)
def test_a_package_is_unpacked(built, pack, kind, below) -> None:
    build = built(pack.of(kind, {f"{below}app.py": APP, f"{below}lib/words.py": ""}))

    assert (build.app / "app.py").read_text() == APP
    assert (build.app / "lib" / "words.py").exists()


def test_a_python_file_of_a_usual_name_is_started_by_the_environments_python(built, pack) -> None:
    build = built(pack.folder({"main.py": APP}))

    assert build.command == "exec python main.py"
    assert (build.folder / "venv" / "bin" / "python").exists()


def test_a_project_with_one_console_script_is_started_by_it(built, pack) -> None:
    project = '[project]\nname = "greeting"\nversion = "1"\n[project.scripts]\ngreet = "greeting:main"\n'
    files = {"pyproject.toml": project, "requirements.txt": "", "greeting.py": ""}

    assert built(pack.folder(files)).command == "exec greet"


def test_a_wheel_with_two_console_scripts_does_not_say_which_to_start(built, pack) -> None:
    failure = built(pack.wheel("greeting", "", "greet", "wave")).failure

    assert failure.cause is Cause.START_FAILED
    assert "greet, wave" in failure.what


def test_a_requirement_that_is_not_there_fails_with_what_pip_said(built, pack) -> None:
    failure = built(pack.folder({"requirements.txt": "/no/such/thing.whl\n", "app.py": APP})).failure

    assert failure.cause is Cause.BUILD_FAILED
    assert any("/no/such/thing.whl" in line for line in failure.log)


def test_a_build_command_runs_in_the_source_with_the_environments_python(built, pack) -> None:
    build = built(pack.folder({"x": ""}), by('python -c \'import sys; open("app.py", "w").write(sys.prefix)\''))

    assert (build.app / "app.py").read_text() == str(build.folder / "venv")


@pytest.mark.parametrize("pip", ["pip", "python -m pip"])
def test_a_build_command_finds_the_environments_pip(built, pack, pip) -> None:
    wheel = pack.wheel("greeting", "WORDS = 'hello'\n")
    build = built(pack.folder({"app.py": APP}), by(f"{pip} install {wheel.url} && python -c 'import greeting'"))

    assert build.failure is None


def test_a_build_script_runs_where_no_command_is_given(built, pack) -> None:
    assert built(pack.folder({"build.sh": "echo 'web: ./it' > Procfile"})).command == "exec ./it"


def test_variables_of_the_build_are_seen_by_its_command_and_kept_out_of_its_log(built, pack) -> None:
    build = built(pack.folder({"app.py": APP}), by("echo token is $TOKEN; exit 1"), env={"TOKEN": "hunter2secret"})

    assert "token is ***" in build.log
    assert "hunter2secret" not in build.log + build.failure.detail()


def test_a_full_disk_is_named(built, pack) -> None:
    assert built(pack.folder({"app.py": APP}), by("cat /etc/hostname > /dev/full")).failure.cause is Cause.DISK_FULL


@pytest.mark.parametrize(
    ("procfile", "command"),
    [
        ("web: gunicorn app:app", "exec gunicorn app:app"),
        ("worker: x\nweb:   python -u app.py  \n", "exec python -u app.py"),
        ("web: MODE=fast python app.py", "exec env MODE=fast python app.py"),
        ("web: cd src && python app.py", "cd src && python app.py"),
    ],
)
def test_a_procfile_says_how_to_start(built, pack, procfile, command) -> None:
    assert built(pack.folder({"Procfile": procfile, "app.py": APP})).command == command


def test_a_source_that_does_not_say_how_to_start_fails_with_what_was_looked_for(built, pack) -> None:
    failure = built(pack.folder({"readme.txt": ""})).failure

    assert failure.cause is Cause.START_FAILED
    for word in ("Procfile", "app.py", "main.py"):
        assert word in failure.what


@pytest.mark.parametrize(
    ("runtime", "files", "command"),
    [
        ("Nodejs16", {"server.js": ""}, "exec node server.js"),
        ("Php8", {"index.php": ""}, "exec php -S $HOST:$PORT"),
    ],
)
def test_another_runtime_is_started_by_its_own_convention(built, pack, runtime, files, command) -> None:
    build = built(pack.folder(files), runtime=runtime)

    assert build.command == command
    assert not (build.folder / "venv").exists()


@pytest.mark.parametrize("kind", ["softwarePackage", "code"])
def test_a_source_that_is_not_there_is_missing(built, tmp_path, kind) -> None:
    failure = built(Source(kind, f"file://{tmp_path}/none.zip")).failure

    assert failure.cause is Cause.SOURCE_MISSING
    assert "none.zip" in failure.what


def test_a_package_that_is_too_large_is_refused(built, pack) -> None:
    failure = built(pack.of("zip", {"app.py": "x" * 2_000}), max_package_bytes=1_000).failure

    assert failure.cause is Cause.SOURCE_INVALID
    assert "max_package_bytes" in failure.advice


def test_a_source_that_holds_the_release_itself_is_refused(built, pack, tmp_path) -> None:
    failure = built(Source("softwarePackage", tmp_path.as_uri())).failure

    assert failure.cause is Cause.SOURCE_INVALID
    assert "data folder" in failure.what


def test_a_build_that_failed_is_no_release(built, pack) -> None:
    build = built(pack.folder({"app.py": APP}), by("exit 1"))

    assert read_release(build.folder) is None


class TestOverHttp:
    """Packages that come from a server."""

    @pytest.fixture
    def serve(self):
        """Return a function that starts a server which answers as `answer(handler)` does, and returns `host:port`."""
        servers = []

        def run(answer):
            handler = type("Handler", (BaseHTTPRequestHandler,), {"do_GET": answer, "log_message": lambda *_: None})
            server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            servers.append(server)
            return f"127.0.0.1:{server.server_port}"

        yield run
        for server in servers:
            server.shutdown()
            server.server_close()

    @staticmethod
    def give(handler, content: bytes = b"", status: int = 200, **headers: str) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(content)

    def test_a_package_is_fetched(self, built, pack, serve) -> None:
        content = pack.content("zip", {"app.py": APP})
        server = serve(lambda handler: self.give(handler, content))

        assert built(Source("softwarePackage", f"http://{server}/app.zip")).command == "exec python app.py"

    def test_a_package_is_fetched_by_way_of_a_redirect(self, built, pack, serve) -> None:
        content = pack.content("zip", {"app.py": APP})

        def answer(handler):
            if handler.path == "/app.zip":
                self.give(handler, content)
            else:
                self.give(handler, status=302, Location="/app.zip")

        assert built(Source("softwarePackage", f"http://{serve(answer)}/latest")).failure is None

    def test_credentials_of_a_url_are_used_and_shown_nowhere(self, built, serve) -> None:
        asked = []

        def answer(handler):
            asked.append(handler.headers["Authorization"])
            self.give(handler, status=404)

        url = f"http://user:hunter2secret@{serve(answer)}/app.zip?signature=very-secret-too"
        build = built(Source("softwarePackage", url))
        shown = build.log + build.failure.detail()

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
    def test_an_answer_that_is_no_package_has_a_cause(self, built, serve, status, cause) -> None:
        server = serve(lambda handler: self.give(handler, status=status))
        failure = built(Source("softwarePackage", f"http://{server}/app.zip")).failure

        assert failure.cause is cause
        assert str(status) in failure.what

    def test_a_server_that_is_not_there_is_unreachable(self, built) -> None:
        assert built(Source("softwarePackage", "http://127.0.0.1:1/a.zip")).failure.cause is Cause.SOURCE_UNREACHABLE

    def test_a_transfer_that_breaks_off_is_unreachable(self, built, serve) -> None:
        def answer(handler):
            handler.send_response(200)
            handler.send_header("Content-Length", "1000000")
            handler.end_headers()
            handler.wfile.write(b"PK")

        failure = built(Source("softwarePackage", f"http://{serve(answer)}/app.zip")).failure

        assert failure.cause is Cause.SOURCE_UNREACHABLE

    def test_a_server_that_never_stops_sending_is_broken_off_at_the_limit(self, built, serve) -> None:
        def answer(handler):
            handler.send_response(200)
            handler.end_headers()
            try:
                while True:
                    handler.wfile.write(bytes(100_000))
            except ConnectionError:
                return

        url = f"http://{serve(answer)}/app.zip"
        failure = built(Source("softwarePackage", url), max_package_bytes=1_000_000).failure

        assert failure.cause is Cause.SOURCE_INVALID

    def test_a_package_that_is_something_else_is_invalid(self, built, serve) -> None:
        server = serve(lambda handler: self.give(handler, b"<html>please log in</html>"))

        assert built(Source("softwarePackage", f"http://{server}/a.zip")).failure.cause is Cause.SOURCE_INVALID


class TestRepositories:
    """Code that comes from git."""

    @pytest.mark.parametrize(("branch", "said"), [(None, "main"), ("next", "next")])
    def test_a_branch_is_built(self, built, repository, branch, said) -> None:
        build = built(Source("code", repository.as_uri(), "GitLab", CodeOrigin(branch=branch)))

        assert (build.app / "app.py").read_text() == f"print('{said}')\n"
        assert not (build.app / ".git").exists()
        assert f"Say {said}" in build.log

    def test_a_branch_that_is_not_there_is_missing(self, built, repository) -> None:
        failure = built(Source("code", repository.as_uri(), code=CodeOrigin(branch="none"))).failure

        assert failure.cause is Cause.SOURCE_MISSING
        assert "source.code.branch" in failure.advice

    def test_a_folder_that_is_no_repository_is_missing(self, built, tmp_path) -> None:
        (tmp_path / "empty").mkdir()

        assert built(Source("code", (tmp_path / "empty").as_uri())).failure.cause is Cause.SOURCE_MISSING

    @pytest.mark.parametrize("url", ["https://127.0.0.1:1/x.git", "ssh://git@127.0.0.1:1/x.git"])
    def test_a_server_that_is_not_there_is_unreachable(self, built, url) -> None:
        assert built(Source("code", url)).failure.cause in (Cause.SOURCE_UNREACHABLE, Cause.SOURCE_REFUSED)

    def test_a_token_is_shown_neither_in_the_log_nor_to_other_users(self, built, monkeypatch, tmp_path) -> None:
        (tmp_path / "bin").mkdir()
        (tmp_path / "bin" / "git").write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/arguments\necho "$@"\nexit 128\n')
        (tmp_path / "bin" / "git").chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}/bin:{os.environ['PATH']}")

        build = built(Source("code", "https://user:hunter2secret@git.example.test/x.git"))

        assert "git.example.test/x.git" in (tmp_path / "arguments").read_text()
        assert "secret" not in build.log + build.failure.detail() + (tmp_path / "arguments").read_text()

    def test_an_option_in_disguise_of_a_branch_is_no_option(self, built, repository, tmp_path) -> None:
        branch = f"--upload-pack=touch {tmp_path}/owned"

        assert built(Source("code", repository.as_uri(), code=CodeOrigin(branch=branch))).failure is not None
        assert not (tmp_path / "owned").exists()


def test_msgspec_reads_what_a_build_leaves(built, pack) -> None:
    build = built(pack.folder({"app.py": APP}))

    assert msgspec.json.decode((build.folder / "release.json").read_bytes())["command"] == build.command
