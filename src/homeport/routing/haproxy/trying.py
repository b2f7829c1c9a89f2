"""Whether a haproxy takes the configuration that ports are served with: newer ones may know some of it no more."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from pathlib import Path
from typing import Final

from homeport.model.access import Entrance, Rule
from homeport.routing.base import Backend, Route
from homeport.routing.haproxy.config import files_of
from homeport.routing.haproxy.shape import Slots, wanted
from homeport.routing.ports import Tenant

_ANSWER_SECONDS: Final = 5.0
_LONGEST: Final = 200


async def refusal_of(program: str) -> str:
    """Return why a haproxy does not take the configuration of a port, in its own words; empty where it does."""
    with tempfile.TemporaryDirectory(prefix="homeport-haproxy-") as folder:
        await asyncio.to_thread(_write_example, Path(folder))
        try:
            process = await asyncio.create_subprocess_exec(
                *(program, "-c", "-f", "haproxy.cfg"),
                cwd=folder,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
            )
        except OSError as error:
            return f"it cannot be run: {error.strerror}"
        try:
            said, _ = await asyncio.wait_for(process.communicate(), _ANSWER_SECONDS)
        except TimeoutError:
            return f"it has not looked at it within {_ANSWER_SECONDS:g} s"
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
    return _alert(said.decode(errors="replace")) if process.returncode else ""


def _write_example(folder: Path) -> None:
    """Write a port of two components that hosts and paths tell apart: it has everything that others have."""
    backends = (Backend(name="cart-1", address="127.0.0.1:1"),)
    tenants = {}
    for name in ("cart", "till"):
        entrance = Entrance(type="Ingress", port=1, protocol="http", rules=(Rule(f"{name}.test", "/"),))
        route = Route(component_id=name, component_name=name, fence=1, port=1, backends=backends, entrances=(entrance,))
        tenants[name] = Tenant(route, (entrance,))
    for name, text in files_of(wanted(tenants, Slots(), lambda _: True, frozenset()), 100).items():
        # Nothing is inherited here, and nothing is listened on.
        (folder / name).write_text(text.replace("fd@3", "unix@port").replace("fd@4", "unix@admin"))


def _alert(said: str) -> str:
    """Return the first complaint of what a haproxy has said, on one line."""
    lines = [line for line in said.splitlines() if line.startswith("[ALERT]")] or said.splitlines() or ["no word"]
    return lines[0].rpartition("config : ")[2].strip()[:_LONGEST]
