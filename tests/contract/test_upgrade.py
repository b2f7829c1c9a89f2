"""Upgrades of Homeport itself: later versions open what earlier ones wrote, and run beside them on one PostgreSQL."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from homeport.store.statements import migrations
from support.cae import ENDED, Application, fresh, new_environment
from support.earlier import MASTER_KEY, Record, records, with_migrations
from support.postgres import Cluster, cluster
from support.server import PROJECT, Server, running, wait_for

__all__ = ["cluster"]

# Some processes run from a copy of the source, which is gone when what was run is counted.
pytestmark = pytest.mark.unmeasured

QUICK = {"master_key": MASTER_KEY, "min_ready_seconds": 0, "log_level": "warning", "poll_seconds": 0.5}
WIDER = "ALTER TABLE job ADD COLUMN note TEXT NOT NULL DEFAULT '';\nALTER TABLE component ADD COLUMN note TEXT;\n"
NARROWER = "ALTER TABLE job DROP COLUMN requested_by;\n"


NEVER_ALONE = {1, 3}
"""Schemas that no version had as its newest: the next one came with it."""


@pytest.fixture(scope="module", params=records(), ids=lambda record: record.file.stem)
def record(request: pytest.FixtureRequest) -> Record:
    """What an earlier version has left."""
    return request.param  # type: ignore[no-any-return]  # pytest's


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def upgraded(
    request: pytest.FixtureRequest, record: Record, tmp_path_factory: pytest.TempPathFactory, cluster: Cluster
) -> Iterator[Server]:
    """This version, on what an earlier one has left."""
    folder = tmp_path_factory.mktemp("upgraded") / "data"
    settings: dict[str, Any] = dict(QUICK)
    if request.param == "postgres":
        settings["store"] = cluster.new_database()
        record.into_postgres(settings["store"])
    else:
        record.into_sqlite(folder / "homeport.db")
    with running(folder, **settings) as server:
        yield server


def test_what_every_earlier_schema_holds_was_recorded() -> None:
    earlier = {migration.number for migration in migrations()[:-1]}
    assert earlier - NEVER_ALONE <= {record.schema for record in records()}


def test_a_name_made_up_now_is_in_no_record(record: Record) -> None:
    recorded = [int(number) for number in re.findall(r"'[a-z]+-(\d+)'", record.file.read_text())]
    assert recorded, "names of applications and components"
    assert max(recorded) < int(fresh("app").rpartition("-")[2])


def answer_of(server: Server, job_id: str, environment: str) -> Any:
    with server.http(environment) as http:
        answer = http.get(f"/v1/{PROJECT}/cae/jobs/{job_id}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_every_job_that_had_ended_is_answered_as_before(upgraded: Server, record: Record) -> None:
    told = [job for job in record.jobs() if job.answer["spec"]["status"] in ENDED]
    assert {job.answer["spec"]["status"] for job in told} >= {"success", "failed", "timeout", "terminated"}
    for job in told:
        assert answer_of(upgraded, job.id, job.environment) == job.answer


def test_every_job_that_was_under_way_or_waited_goes_on_to_its_end(upgraded: Server, record: Record) -> None:
    under_way = [job for job in record.jobs() if job.answer["spec"]["status"] not in ENDED]
    assert {job.answer["spec"]["status"] for job in under_way} == {"running", "init"}
    for job in under_way:

        def ended(job: Any = job) -> bool:
            return answer_of(upgraded, job.id, job.environment)["spec"]["status"] in ENDED

        wait_for(ended, what=f"the end of job {job.id}")


def test_what_was_there_can_be_worked_on(upgraded: Server, record: Record) -> None:
    with upgraded.http(record.jobs()[0].environment) as http:
        (application,) = http.get(f"/v1/{PROJECT}/cae/applications").json()["items"]
        path = f"/v1/{PROJECT}/cae/applications/{application['id']}/components"
        assert {item["spec"]["status"] for item in http.get(path).json()["items"]}
    with upgraded.http() as http:
        assert Application(upgraded, record.jobs()[0].environment, http).deployed()


def test_what_came_later_works_on_what_an_earlier_version_left(upgraded: Server) -> None:
    credential = {"name": "team-git", "type": "git-https", "username": "ada", "password": "t0ken"}
    with upgraded.http() as http:
        assert http.post(f"/homeport/v1/{PROJECT}/credentials", json=credential).status_code == 201
        assert http.delete(f"/homeport/v1/{PROJECT}/credentials/team-git").status_code == 204


def homeport(source: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(source), **environ}
    return subprocess.run(
        [sys.executable, "-m", "homeport.cli", *arguments], capture_output=True, text=True, check=False, env=environment
    )


def test_an_old_process_goes_on_while_a_new_one_widens_the_schema_under_it(tmp_path: Path, cluster: Cluster) -> None:
    store = cluster.new_database()
    with running(tmp_path / "old", store=store, **QUICK) as old, old.http() as http:
        application = Application(old, new_environment(old), http)
        component = application.deployed()
        newer = with_migrations(tmp_path / "src", **{"9000_pre_wider": WIDER})
        environ = {"HOMEPORT_STORE": store, "HOME": str(tmp_path)}
        assert "9000 pre wider" in homeport(newer, "migrate", **environ).stdout
        new = Server(tmp_path / "new", store=store, **QUICK)
        new.start(PYTHONPATH=str(newer))
        try:
            for server in (old, new):
                with server.http() as same:
                    there = Application(server, application.environment_id, same)
                    assert there.run(there.component(), "deploy") == "success"
            assert application.run(component, "restart") == "success"
        finally:
            new.stop()
        old.stop()
        old.start()
        assert application.run(component, "restart") == "success"


def test_an_old_process_refuses_to_start_once_what_it_needs_was_taken_away(tmp_path: Path, cluster: Cluster) -> None:
    store = cluster.new_database()
    source = Path(__file__).resolve().parent.parent.parent / "src"
    newer = with_migrations(tmp_path / "src", **{"9000_pre_wider": WIDER, "9001_post_narrower": NARROWER})
    environ = {"HOMEPORT_STORE": store, "HOME": str(tmp_path)}
    assert "9001" not in homeport(newer, "migrate", **environ).stdout
    assert homeport(source, "migrate", **environ).returncode == 0
    assert "9001 post narrower" in homeport(newer, "migrate", "--post", **environ).stdout
    refused = homeport(source, "migrate", **environ)
    assert refused.returncode == 1
    assert "newer version of Homeport" in refused.stderr
