"""An application that nobody here wrote: Datasette, installed by pip from its requirements, as a package and from git.

It needs a package index, so it is marked `real`; `-m "not real"` leaves it out.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from support.machine import front_ports
from support.packages import repository, zipped
from support.server import Server, running
from support.shop import Cart, Shop

OLD: Final = "0.64.8"
NEW: Final = "0.65.1"

pytestmark = [pytest.mark.real, pytest.mark.unmeasured]


def files(version: str) -> dict[str, str]:
    """Return what is needed to run a version of Datasette."""
    return {
        "requirements.txt": f"datasette=={version}\nsetuptools<81  # this Datasette asks it for pkg_resources\n",
        "Procfile": "web: datasette serve --host 127.0.0.1 --port $PORT --setting sql_time_limit_ms 2000\n",
    }


def version(cart: Cart) -> str:
    """Return the version that Datasette says it is."""
    return str(cart.ask("/-/versions.json")["datasette"]["version"])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("engine")
    looked = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", f"datasette=={OLD}", "--dest", folder]
    if subprocess.run(looked, check=False, capture_output=True, env={**os.environ, "PIP_RETRIES": "0"}).returncode:
        pytest.skip("no package index can be reached")
    settings = {"driver": "process", "min_ready_seconds": 0.2, "front_ports": front_ports()}
    with running(folder / "data", **settings) as engine:
        yield engine


def test_datasette_is_deployed_upgraded_and_rolled_back_and_runs_from_its_repository_too(
    server: Server, tmp_path: Path
) -> None:
    shop = Shop(server)
    cart = shop.component(zipped(tmp_path / "old.zip", files(OLD)), name="datasette")
    cloned = shop.component(
        repository(tmp_path / "datasette", {"main": files(NEW), "stable": files(OLD)}),
        name="datasette-git",
        kind="code",
        branch="stable",
    )
    jobs = [cart.act("deploy"), cloned.act("deploy")]
    for job_id in jobs:
        shop.succeed(job_id)
    assert (version(cart), version(cloned)) == (OLD, OLD)

    cart.succeed("upgrade", annotations={"version": NEW}, source=zipped(tmp_path / "new.zip", files(NEW)))
    assert version(cart) == NEW

    cart.succeed("rollback", snapshot_index=1)
    assert version(cart) == OLD
