"""What an engine does not load or make at its start: each start pays for it, and nothing else shows it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

PROGRAM = """
import asyncio, json, sys
import homeport.app
from homeport.api import docs_page
from homeport.drivers.docker.engine import DockerEngine
from homeport.model.causes import TaskFailed
from homeport.model.clock import SystemClock

docs_page.handlers()

async def ask():
    engine = DockerEngine("unix:///there/is/none", SystemClock())
    try:
        await engine.call("GET", "/info")
    except TaskFailed as error:
        return str(error)

told = asyncio.run(ask())
loaded = sorted({name.partition(".")[0] for name in sys.modules})
print(json.dumps({"told": told, "loaded": loaded, "documents": docs_page._answers.cache_info().currsize}))
"""


def started() -> dict[str, Any]:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_an_engine_where_no_docker_is_loads_no_http_client_and_makes_no_openapi_document() -> None:
    found = started()
    assert "does not answer" in found["told"]
    assert not {"httpcore2", "h11", "aiohttp", "rich"} & set(found["loaded"])
    assert found["documents"] == 0
