"""A front in the test's own process, with real servers behind it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from driver.haproxies import haproxy_front
from homeport.routing.base import Backend, Route
from homeport.routing.front import Front
from homeport.routing.front_client import SetRoute
from homeport.routing.front_targets import Target, drain
from support.machine import front_range

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]

LONGEST_WAIT = 20.0
PORTS = front_range()


class FrontHouse:
    """A front, its one route, and the servers behind it. `client` speaks to the front over kept connections."""

    def __init__(self, front: Any, client: aiohttp.ClientSession, ready: dict[str, bool]) -> None:
        self.front = front
        self.client = client
        self.ready = ready
        self.port = 0
        self._runners: dict[str, web.AppRunner] = {}
        self._servers: dict[str, asyncio.Server] = {}

    @property
    def url(self) -> str:
        """The route's address."""
        return f"http://127.0.0.1:{self.port}"

    async def backend(self, answer: Answer, name: str = "cart-1") -> Backend:
        """Start a server that answers every request so, and return it as a backend."""
        app = web.Application(client_max_size=1 << 30)
        app.router.add_route("*", "/{tail:.*}", answer)
        runner = self._runners[name] = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return Backend(name=name, address=f"127.0.0.1:{runner.addresses[0][1]}")

    async def raw_backend(self, talk: Callable[..., Awaitable[None]], name: str = "cart-1") -> Backend:
        """Start a server that talks over each connection as `talk(reader, writer)` does."""

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                await talk(reader, writer)
            writer.close()

        server = self._servers[name] = await asyncio.start_server(serve, "127.0.0.1", 0)
        return Backend(name=name, address=f"127.0.0.1:{server.sockets[0].getsockname()[1]}")

    async def route(self, *backends: Backend, **facts: Any) -> list[Target]:
        """Make the route lead to these backends; return those that leave it."""
        self.port, left = await self.front.set(asked(*backends, **facts))
        return left

    async def tell(self, **ready: bool) -> None:
        """Say which backends are ready, by name; those nobody spoke of are."""
        self.ready.update(ready)
        await self.front.look()

    async def switch(self, *backends: Backend, drain_seconds: float = LONGEST_WAIT) -> None:
        """Do what a rollout does: new backends on the list, the old ones drained."""
        await drain(await self.route(*backends), drain_seconds)

    async def stop(self, name: str) -> None:
        """Stop a backend's server."""
        if name in self._runners:
            await self._runners.pop(name).cleanup()
        if name in self._servers:
            self._servers.pop(name).close()

    async def raw(self, text: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Open a connection to the route's address and send text over it."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(text.replace("\n", "\r\n").encode())
        await writer.drain()
        return reader, writer

    async def close(self) -> None:
        """Stop everything."""
        await self.client.close()
        await self.front.close()
        for name in [*self._runners, *self._servers]:
            await self.stop(name)


@asynccontextmanager
async def front_house(folder: Path, kind: str = "embedded") -> AsyncIterator[FrontHouse]:
    """Yield a front, `embedded` or `haproxy`, that knows of its instances what the house says of them."""
    ready: dict[str, bool] = {}
    async with contextlib.AsyncExitStack() as stack:
        front: Any = Front(ready.get)
        if kind == "haproxy":
            front = await stack.enter_async_context(haproxy_front(ready.get, folder / "haproxy"))
        house = FrontHouse(front, aiohttp.ClientSession(auto_decompress=False), ready)
        stack.push_async_callback(house.close)
        async with asyncio.timeout(LONGEST_WAIT):
            yield house


def asked(*backends: Backend, **facts: Any) -> SetRoute:
    """Return a route as a front is asked for it."""
    facts = {"component_id": "c", "component_name": "cart", "port": 0} | facts
    route = Route(fence=1, backends=backends, **facts)
    return SetRoute(route=route, first_port=PORTS[0], last_port=PORTS[1])


def answering(words: str, **facts: Any) -> Answer:
    """Return an answer of some words."""

    async def answer(request: web.Request) -> web.Response:
        return web.Response(text=words, **facts)

    return answer
