"""The ASGI application of a port with rules: finds whose a request is, and whether its client is let in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Any, NamedTuple

from homeport.model.access import Rule
from homeport.routing.front_answers import Answer, ambiguous, nobody, not_let_in
from homeport.routing.front_http import Forwarder
from homeport.routing.front_places import Places, climbs, host_of, path_of
from homeport.routing.front_websocket import reject
from homeport.routing.gate import Gate

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


class Place(NamedTuple):
    """What is behind rules: the gate that guards it, and what passes requests on."""

    gate: Gate
    forwarder: Forwarder
    told_apart: bool
    """Whether it has got its requests by their paths."""


class Switch:
    """Places the requests of one port."""

    def __init__(self) -> None:
        self._places: Places[Place] = Places(())

    def lead(self, rules: Iterable[tuple[Rule, Place]]) -> None:
        """Place requests by these rules from now on."""
        self._places = Places(rules)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request or WebSocket on to the component it is for, or say why not."""
        path = path_of(scope["raw_path"])
        place = self._places.choose(host_of(_host(scope)), path)
        if climbs(path) and (place is None or place.told_apart):
            await _say(ambiguous(scope), scope, receive, send)
        elif place is None:
            await _say(nobody(scope), scope, receive, send)
        elif not place.gate.lets_in(scope["client"][0] if scope["client"] else ""):
            await _say(not_let_in(place.forwarder.component_name, scope), scope, receive, send)
        else:
            await place.forwarder(scope, receive, send)


def _host(scope: Scope) -> str:
    return next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")


async def _say(answer: Answer, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await reject(send, answer)
    else:
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        await send({"type": "http.response.body", "body": answer.body})
