"""PostgreSQL for tests: a cluster of its own in a folder of its own, from Debian's package, ended with the tests."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import psycopg
import pytest

from support.databases import address_of, new_database
from support.server import wait_for

_START_SECONDS: Final = 30.0


class Cluster:
    """A PostgreSQL server that listens on a socket in its folder and nowhere else."""

    def __init__(self, folder: Path, *, durable: bool) -> None:
        """Make the cluster. `durable` keeps what a crash of the machine would need; without it tests are quicker."""
        self.folder = folder
        self._durable = durable
        self._process: subprocess.Popen[bytes] | None = None
        self._programs = _programs()
        self._as = _somebody()
        if self._as:
            shutil.chown(folder, self._as, self._as)
        self._run("initdb", "-D", str(folder / "data"), "-U", "homeport", "-A", "trust", "-E", "UTF8", "--no-sync")

    def start(self) -> None:
        """Start the server and wait until it answers."""
        settings = [f"unix_socket_directories={self.folder}", "listen_addresses=", "max_connections=200"]
        if not self._durable:
            settings += ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
        command = [str(self._programs / "postgres"), "-D", str(self.folder / "data")]
        for setting in settings:
            command += ["-c", setting]
        with (self.folder / "log").open("ab") as log:
            # It ends with the tests, also when they are killed.
            self._process = subprocess.Popen(
                [*_as_user(self._as), *command], stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )
        wait_for(self._answers, seconds=_START_SECONDS, what="that PostgreSQL answers")

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End the server: SIGINT in order, SIGQUIT at once and without a word, as a crash would."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait()
            self._process = None

    @property
    def runs(self) -> bool:
        """Whether it was started and has not ended."""
        return self._process is not None and self._process.poll() is None

    def restart(self, how: signal.Signals = signal.SIGINT) -> None:
        """End the server and start it again."""
        self.stop(how)
        self.start()

    def address(self, database: str) -> str:
        """Return the address of a database."""
        return address_of(self.folder, database)

    def new_database(self) -> str:
        """Make an empty database and return its address."""
        return new_database(self.folder)

    def _answers(self) -> bool:
        if self._process is not None and self._process.poll() is not None:
            raise AssertionError(f"PostgreSQL ended: {(self.folder / 'log').read_text()[-2000:]}")
        try:
            psycopg.connect(self.address("postgres")).close()
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [*_as_user(self._as), str(self._programs / program), *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=self.folder,
        )


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Yield a PostgreSQL server that the tests of this process share."""
    with a_cluster(durable=False) as made:
        yield made


@contextmanager
def a_cluster(*, durable: bool) -> Iterator[Cluster]:
    """Yield a cluster that answers; it and its folder are gone afterwards."""
    # The path of a socket may be some hundred characters long at most, so the folder is no test's own.
    folder = Path(tempfile.mkdtemp(prefix="homeport-pg-"))
    try:
        cluster = Cluster(folder, durable=durable)
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop(signal.SIGQUIT)
    finally:
        shutil.rmtree(folder)


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise AssertionError("PostgreSQL is not installed: apt-get install postgresql")
    return found[-1].parent


def _somebody() -> str | None:
    """Return the user to run as: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    return pwd.getpwnam("postgres").pw_name


def _as_user(user: str | None) -> list[str]:
    ending = ["setpriv", "--pdeathsig", "INT"]
    if user is None:
        return [*ending, "--"]
    return [*ending, f"--reuid={user}", f"--regid={user}", "--init-groups", "--"]
