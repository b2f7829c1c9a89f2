"""Code from servers that demand a credential: it is used, it is shown nowhere, and a wrong one is told at once."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from homeport.model.causes import Cause, Failure, TaskFailed
from homeport.model.credentials import CredentialType
from homeport.model.workloads import Access, Build, CodeOrigin, Source
from support.git_server import (
    PASSWORD,
    USER,
    HttpsServer,
    SshServer,
    can_serve_ssh,
    https_server,
    new_key,
    ssh_server,
)
from support.packages import repository

GOOD = Access(name="team-git", type=CredentialType.GIT_HTTPS, secret=PASSWORD, username=USER)
WRONG = msgspec.structs.replace(GOOD, secret="wr0ng-of-the-test")


def code(url: str, **origin: str) -> Source:
    return Source("code", url, "GitLab", CodeOrigin(auth_name="team-git", **origin))


@pytest.fixture(scope="module")
def private(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("repositories") / "shop.git"
    repository(folder, {"main": {"app.py": "print('private')\n"}})
    return folder


@pytest.fixture(scope="module")
def git(private: Path) -> Iterator[HttpsServer]:
    with https_server(private.parent) as server:
        yield server


@pytest.fixture(scope="module")
def ssh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    with ssh_server(tmp_path_factory.mktemp("sshd")) as server:
        yield server


@pytest.fixture(autouse=True)
def trusting(git: HttpsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give git a home of its own, in which a helper would keep what it is told, and return the home."""
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text(f"[credential]\n\thelper = store --file {home}/kept\n")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_SSL_CAINFO", str(git.certificate))
    return home


def left_of(secret: str, folder: Path) -> list[Path]:
    """Return the files below a folder that hold a secret."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path for path in files if secret.encode() in path.read_bytes()]


class TestOverHttps:
    """User and password, or token."""

    def test_a_private_repository_is_built(self, built, git, private) -> None:
        build = built(code(git.url(private)), access=GOOD)

        assert (build.app / "app.py").read_text() == "print('private')\n"

    def test_a_credential_counts_before_the_user_of_the_url(self, built, git, private) -> None:
        url = git.url(private).replace("https://", "https://somebody:else@")

        assert built(code(url), access=GOOD).failure is None

    def test_the_user_and_password_of_the_url_count_where_no_credential_is_named(self, built, git, private) -> None:
        url = git.url(private).replace("https://", f"https://{USER}:{PASSWORD}@")

        assert built(Source("code", url)).failure is None

    def test_the_secret_is_only_sent_when_it_is_asked_for(self, built, git, private) -> None:
        git.asked.clear()
        built(code(git.url(private)), access=GOOD)

        assert git.asked[0] is None
        assert any(git.asked)

    def test_nothing_of_the_secret_is_left_behind(self, built, git, private, tmp_path) -> None:
        build = built(code(git.url(private)), by_env(), access=GOOD)

        assert build.failure is None
        assert left_of(PASSWORD, tmp_path) == []
        assert PASSWORD not in build.log

    def test_a_wrong_password_has_a_cause_of_its_own(self, built, git, private, tmp_path) -> None:
        build = built(code(git.url(private)), access=WRONG)

        assert build.failure.cause is Cause.CREDENTIAL_REFUSED
        assert WRONG.secret not in build.log + build.failure.detail()
        assert left_of(WRONG.secret, tmp_path) == []

    def test_without_a_credential_it_is_said_how_to_store_one(self, built, git, private) -> None:
        failure = built(Source("code", git.url(private))).failure

        assert failure.cause is Cause.SOURCE_REFUSED
        assert "homeport credentials create" in failure.advice

    def test_a_repository_that_the_credential_does_not_see_is_missing(self, built, git, private) -> None:
        failure = built(code(git.url(private.with_name("none.git"))), access=GOOD).failure

        assert failure.cause is Cause.SOURCE_MISSING
        assert "credential team-git may read" in failure.advice

    def test_the_secret_is_in_no_command_line_and_no_variable(self, built, git, private, monkeypatch, tmp_path) -> None:
        seen = tmp_path / "seen"
        (tmp_path / "bin").mkdir()
        spy = tmp_path / "bin" / "git"
        access = tmp_path / "data" / "work" / "access"
        tells = f'{{ echo "$@"; env; ls -l {access}; }} >> {seen}'
        spy.write_text(f'#!/bin/sh\n{tells}\nexec {shutil.which("git")} "$@"\n')
        spy.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}/bin:{os.environ['PATH']}")

        assert built(code(git.url(private)), access=GOOD).failure is None
        assert PASSWORD not in seen.read_text()
        assert "-rw------- " in seen.read_text()


def by_env() -> Build:
    """Return a build whose command prints everything that it is told, and whatever credential it finds."""
    files = "find ../../.. ../../../../builds -name answer -o -name key -o -name access.json"
    return Build(parameters={"build_cmd": f"env; {files} | xargs -r cat"})


@pytest.mark.real
@pytest.mark.skipif(not can_serve_ssh(), reason="no sshd on this machine (Debian: openssh-server)")
class TestOverSsh:
    """A private key, and the keys by which the server is known."""

    @staticmethod
    def key(ssh: SshServer, **changed: str) -> Access:
        access = Access(
            name="team-git", type=CredentialType.GIT_SSH, secret=ssh.private_key, known_hosts=ssh.known_hosts
        )
        return msgspec.structs.replace(access, **changed)

    def test_a_private_repository_is_built(self, built, ssh, private, tmp_path) -> None:
        build = built(code(ssh.url(private)), by_env(), access=self.key(ssh))

        assert (build.app / "app.py").exists()
        assert left_of(ssh.private_key.splitlines()[2], tmp_path) == []

    def test_a_wrong_key_has_a_cause_of_its_own(self, built, ssh, private, tmp_path) -> None:
        failure = built(code(ssh.url(private)), access=self.key(ssh, secret=new_key(tmp_path / "other"))).failure

        assert failure.cause is Cause.CREDENTIAL_REFUSED

    def test_a_server_of_another_key_is_not_spoken_to(self, built, ssh, private, tmp_path) -> None:
        new_key(tmp_path / "other")
        kind, key, *_ = (tmp_path / "other.pub").read_text().split()
        known = f"[127.0.0.1]:{ssh.port} {kind} {key}\n"
        failure = built(code(ssh.url(private)), access=self.key(ssh, known_hosts=known)).failure

        assert failure.cause is Cause.SOURCE_REFUSED
        assert "known_hosts of credential team-git" in failure.advice

    def test_a_server_that_nothing_is_known_of_is_not_spoken_to(self, built, ssh, private) -> None:
        assert built(code(ssh.url(private)), access=self.key(ssh, known_hosts="")).failure.cause is Cause.SOURCE_REFUSED


class TestThroughTheSupervisor:
    """The whole way of a credential: from the order to the build's process."""

    def test_a_private_repository_is_built_and_no_secret_is_left(self, in_own_process, git, private) -> None:
        async def scenario(rig):
            order = rig.build_order(code(git.url(private)), build=by_env())
            order = msgspec.structs.replace(order, access=GOOD)
            await rig.driver.build(order, rig.sink)
            return rig.log.decode(), left_of(PASSWORD, rig.layout.data_dir)

        log, left = in_own_process(scenario)

        assert "Release" in log
        assert PASSWORD not in log
        assert left == []

    @pytest.mark.parametrize(
        ("access", "says"),
        [
            (None, "names no credential"),
            (Access(name="team-git", type=CredentialType.GIT_SSH, secret="x"), "of type git-ssh"),
            (msgspec.structs.replace(GOOD, server="git.example.test"), "for git.example.test alone"),
        ],
        ids=["unknown", "of another type", "of another server"],
    )
    def test_a_credential_that_does_not_fit_is_refused_before_anything_is_fetched(
        self, in_process, git, private, access, says
    ) -> None:
        git.asked.clear()

        async def scenario(rig) -> Failure:
            order = msgspec.structs.replace(rig.build_order(code(git.url(private))), access=access)
            with pytest.raises(TaskFailed) as failure:
                await rig.driver.check(order)
            return failure.value.failure

        failure = in_process(scenario)

        assert failure.cause is Cause.CREDENTIAL_MISSING
        assert says in failure.what
        assert git.asked == []

    def test_a_name_plays_no_part_for_a_path_of_this_machine(self, in_process, private) -> None:
        async def scenario(rig):
            return await rig.driver.build(rig.build_order(code(private.as_uri())), rig.sink)

        assert in_process(scenario).reference
