"""The router that asks the front: it lives in the supervisor, and is told its routes over the supervisor's socket."""

from __future__ import annotations

from typing import Final, Protocol

import msgspec

from homeport.routing.base import Route

FRONT_HOST: Final = "127.0.0.1"
FRONT_PORTS: Final = (31_000, 31_999)
"""First and last port from which addresses are given out."""

_ANSWER_SECONDS: Final = 30.0


class Call(Protocol):
    """A call of the supervisor: a method and path, a body, the body of the answer; raises `TaskFailed`."""

    async def __call__(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        *,
        timeout: float | None = 30.0,  # noqa: ASYNC109 - of one attempt, as the link's
    ) -> bytes:
        """Make the call; `timeout` is the longest silence that is borne, in seconds."""
        ...


class SetRoute(msgspec.Struct, frozen=True, kw_only=True):
    """A route as the front is told it."""

    route: Route
    drain_seconds: float = 0
    host: str = FRONT_HOST
    first_port: int = FRONT_PORTS[0]
    last_port: int = FRONT_PORTS[1]
    haproxy: str = ""
    """The program that does the front's work; empty for the embedded front."""


def with_port(asked: SetRoute, port: int) -> SetRoute:
    """Return the same route with the port that was chosen for it, to be opened again without a wait."""
    return msgspec.structs.replace(asked, route=msgspec.structs.replace(asked.route, port=port), drain_seconds=0)


def with_known_certificates(asked: SetRoute, before: SetRoute | None) -> SetRoute:
    """Return the same route with the certificates of the one before where it has none of the name.

    So one that was deleted is shown until another is asked for: a component's instances can change all the same.
    """
    known = before.route.certificates if before is not None else {}
    names = {entrance.certificate for entrance in asked.route.entrances}
    kept = {name: pem for name, pem in known.items() if name in names and name not in asked.route.certificates}
    if not kept:
        return asked
    route = msgspec.structs.replace(asked.route, certificates=kept | asked.route.certificates)
    return msgspec.structs.replace(asked, route=route)


class Readiness(msgspec.Struct, frozen=True):
    """Whether an instance that the front itself does not look after may be given traffic."""

    name: str
    ready: bool


class PortOf(msgspec.Struct, frozen=True):
    """The port of a route's address."""

    port: int


class FrontRouter:
    """`Router` (routing/base.py) by the embedded front."""

    def __init__(
        self,
        call: Call,
        *,
        host: str = FRONT_HOST,
        ports: tuple[int, int] = FRONT_PORTS,
        by_target_port: bool = False,
        haproxy: str = "",
    ) -> None:
        """Reach the front by `call`; addresses are given out on `host` from the first to the last of `ports`.

        `by_target_port` tells that every port of an instance can be reached, not just the one it was given; `haproxy`
        is the program that does the work, empty for the embedded front.
        """
        self._haproxy = haproxy
        self._by_target_port = by_target_port
        self._call = call
        self._host = host
        self._ports = ports

    async def set(self, route: Route, *, drain_seconds: float = 0) -> int:
        """Make the route so and return its port, once those it leaves are drained (routing/base.py)."""
        told = self._told(route, drain_seconds)
        path = f"/v1/routes/{route.component_id}"
        answer = await self._call("PUT", path, msgspec.json.encode(told), timeout=drain_seconds + _ANSWER_SECONDS)
        return msgspec.json.decode(answer, type=PortOf).port

    async def check(self, route: Route) -> None:
        """Pass when the route's entrances can be opened (routing/base.py)."""
        path = f"/v1/routes/{route.component_id}/check"
        await self._call("POST", path, msgspec.json.encode(self._told(route)), timeout=_ANSWER_SECONDS)

    async def remove(self, component_id: str, fence: int) -> None:
        """Close the component's address."""
        await self._call("DELETE", f"/v1/routes/{component_id}?fence={fence}")

    async def forget(self, component_id: str) -> None:
        """Remove everything kept of a component that is deleted."""
        await self._call("DELETE", f"/v1/components/{component_id}", timeout=None)

    async def tell(self, name: str, *, ready: bool) -> None:
        """Say whether an instance that the front itself does not look after may be given traffic."""
        await self._call("POST", "/v1/ready", msgspec.json.encode(Readiness(name, ready)))

    async def address(self, port: int) -> str:
        """Return the URL under which a route's port is reached."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{port}"

    async def close(self) -> None:
        """Let go; the link to the supervisor belongs to whoever made it."""

    def _told(self, route: Route, drain_seconds: float = 0) -> SetRoute:
        if not self._by_target_port:
            entrances = tuple(msgspec.structs.replace(one, target_port=0) for one in route.entrances)
            route = msgspec.structs.replace(route, entrances=entrances)
        first, last = self._ports
        return SetRoute(
            route=route,
            drain_seconds=drain_seconds,
            host=self._host,
            first_port=first,
            last_port=last,
            haproxy=self._haproxy,
        )
