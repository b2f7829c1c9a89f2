"""Record what an engine of this version writes, for the tests of every later one.

    scripts/record_schema.py tests/contract/data/schema-0004.sql

An engine with driver `simulated` does jobs of every end and is then killed in the middle of others. What it leaves is
written as SQL, with what it answered last for each job as comments in front. Run it at each release.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

# The tests' own helpers lie in their folder, which is no part of what the scripts are checked with.
from support.cae import Application, new_environment  # type: ignore[import-not-found]  # noqa: E402
from support.server import PROJECT, Server, wait_for  # type: ignore[import-not-found]  # noqa: E402

MASTER_KEY: Final = "11" * 32
HEAD: Final = "-- job "


def main(target: Path) -> None:
    """Write the record."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        server = Server(data, master_key=MASTER_KEY, min_ready_seconds=0, slots=2, log_level="warning").start()
        try:
            jobs = _history(server)
            answers = [_answer(server, job_id, environment) for job_id, environment in jobs]
        finally:
            server.kill()
        connection = sqlite3.connect(data / "homeport.db")
        heads = [f"{HEAD}{json.dumps(answer, sort_keys=True)}" for answer in answers]
        target.write_text("\n".join([*heads, *_statements(connection)]) + "\n")
        connection.close()


def _history(server: Server) -> list[tuple[str, str]]:
    """Do jobs of every end and return their ids and environments; the last ones are under way."""
    environment = new_environment(server)
    with server.http() as http:
        application = Application(server, environment, http)
        component = application.component()
        serving = application.act(component, "deploy")
        application.ended(serving)
        failed = application.act(application.component(), "deploy", script="pull=fail:image-missing")
        application.ended(failed)
        terminated = application.holds(component, "upgrade", task="verify", script="ready=never")
        application.terminated(terminated)
        late = application.act(component, "restart", script="ready=never", deadline="50ms")
        application.ended(late)
        half = application.holds(component, "upgrade", task="verify", script="ready=3s")
        other = application.holds(application.component(), "deploy", task="pull", script="pull=3s")
        waiting = application.act(application.component(), "deploy")
        wait_for(lambda: application.job(waiting).status == "init", what="that a job waits for a slot")
    return [(job, environment) for job in (serving, failed, terminated, late, half, other, waiting)]


def _answer(server: Server, job_id: str, environment: str) -> dict[str, Any]:
    with server.http(environment) as http:
        answer = http.get(f"/v1/{PROJECT}/cae/jobs/{job_id}")
    assert answer.status_code == 200, answer.text
    return {"id": job_id, "environment": environment, "answer": answer.json()}


def _statements(connection: sqlite3.Connection) -> list[str]:
    return [line for line in connection.iterdump() if not line.startswith(("BEGIN", "COMMIT"))]


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
