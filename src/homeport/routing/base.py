"""The protocol of a router: where requests to a component's address go.

A route is what the store has committed: a list of instances under a fence. It is sent again at every start, so a router
keeps nothing that would be missed.
"""

from __future__ import annotations

from typing import Literal, Protocol

import msgspec

from homeport.model.access import Entrance


class Backend(msgspec.Struct, frozen=True, kw_only=True):
    """An instance that may be given traffic, and where it listens."""

    name: str
    address: str
    """`host:port`."""


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """Where requests to a component go. Of two routes the one with the higher fence, then the later one, counts."""

    component_id: str
    component_name: str
    fence: int
    port: int
    """Port of the stable address on the front's host; 0 asks the router to choose one."""
    protocol: Literal["http", "tcp"] = "http"
    backends: tuple[Backend, ...] = ()
    entrances: tuple[Entrance, ...] = ()
    """Further addresses, on the same host."""
    certificates: dict[str, str] = {}
    """Of the entrances for HTTPS: PEM of a chain and its key, by the name they call it. Secret."""

    def __repr__(self) -> str:
        return f"Route({self.component_name} at {self.port}, fence {self.fence}, {len(self.backends)} backends)"


class Router(Protocol):
    """Whatever answers on the components' stable addresses."""

    async def set(self, route: Route, *, drain_seconds: float = 0) -> int:
        """Make the route so and return the port of its address.

        Requests that arrive after the return go to its ready backends alone. Returns when the requests and connections
        under way at instances that are no longer on the list have ended, at the latest after `drain_seconds`. Without a
        ready backend a request is answered 503 with what it waits for; without any backend, too.

        Raises `TaskFailed` when a route of a higher fence was seen (`internal`), when a port is taken by somebody else
        (`port-taken`, naming the port and who has it), when a certificate is none (`certificate-unusable`), or when
        the router cannot be reached (`driver-unreachable`). What was there before then stands.
        """
        ...

    async def check(self, route: Route) -> None:
        """Pass when the route's entrances can be opened as things are; nothing is opened, and no instance is needed.

        Raises `TaskFailed` when one cannot (`port-taken`, `certificate-unusable`), or when the router cannot be reached
        (`driver-unreachable`).
        """
        ...

    async def remove(self, component_id: str, fence: int) -> None:
        """Close the component's address."""
        ...

    async def forget(self, component_id: str) -> None:
        """Remove everything kept of a component that is deleted and has no instances any more."""
        ...

    async def address(self, port: int) -> str:
        """Return the URL under which a route's port is reached from outside: `http://127.0.0.1:31000`."""
        ...

    async def close(self) -> None:
        """Let go of connections; routes stay as they are."""
        ...
