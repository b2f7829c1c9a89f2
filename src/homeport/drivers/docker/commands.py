"""Commands within a container: hooks, and probes by command."""

from __future__ import annotations

import asyncio

import msgspec

from homeport.drivers.docker.engine import DockerEngine, EngineRefused
from homeport.model.workloads import Exec


class _Execution(msgspec.Struct, rename="pascal"):
    exit_code: int | None = None


async def run_command(engine: DockerEngine, container_id: str, command: Exec, seconds: float | None) -> str:
    """Run a command where the program runs; return what went wrong with it, empty when nothing did.

    The Engine cannot end one that does not end in time: it goes on until its container ends.
    """
    shown = " ".join(command.command)
    body = {"Cmd": list(command.command), "AttachStdout": True, "AttachStderr": True}
    try:
        answer = await engine.call("POST", f"/containers/{container_id}/exec", body=body)
        execution = str(msgspec.json.decode(answer)["Id"])
        async with asyncio.timeout(seconds):
            async with engine.stream("POST", f"/exec/{execution}/start", body={"Detach": False}) as pieces:
                async for _ in pieces:
                    continue
        found = await engine.call("GET", f"/exec/{execution}/json")
    except TimeoutError:
        return f"`{shown}` did not end within {seconds:g} s"
    except EngineRefused as refusal:
        return f"`{shown}` cannot be run: {refusal.message}"
    code = msgspec.json.decode(found, type=_Execution).exit_code
    return "" if code == 0 else f"`{shown}` ended with exit code {code}"
