"""Addresses on their way from one front to the other."""

from __future__ import annotations

import asyncio
import socket

import pytest

from homeport.routing.base import Route
from homeport.routing.front_client import SetRoute
from homeport.routing.fronts import Fronts
from homeport.routing.sockets import Handed, listening

HOST = "127.0.0.1"


class Broken(Exception):  # noqa: N818 - what no front promises to raise
    """A defect of a front."""


class StandIn:
    """A front with one socket, that breaks when it is asked for a route, if it shall."""

    def __init__(self, *, breaks: bool) -> None:
        self.breaks = breaks
        self.closed = False
        self.handed_on: socket.socket | None = None

    def sockets(self) -> Handed:
        """Return a copy of its socket."""
        self.handed_on = listening(HOST, 0)
        return {(HOST, 1): self.handed_on}

    async def set(self, asked: SetRoute) -> tuple[int, list[object]]:
        """Take a route, or break."""
        if self.breaks:
            raise Broken
        return asked.route.port, []

    async def close(self) -> None:
        """Note that it is closed."""
        self.closed = True


def asked(haproxy: str) -> SetRoute:
    route = Route(component_id="1", component_name="cart", fence=1, port=31_000)
    return SetRoute(route=route, host=HOST, haproxy=haproxy)


def test_a_move_that_breaks_leaves_no_socket_open_and_the_front_before_it_closed() -> None:
    made: list[StandIn] = []

    def make(program: str, _: Handed) -> StandIn:
        made.append(StandIn(breaks=bool(program)))
        return made[-1]

    async def scenario() -> None:
        fronts = Fronts(make)  # type: ignore[arg-type]  # as much of a front as a move needs
        await fronts.set(asked(""))
        await fronts.set(asked("/usr/sbin/haproxy"))

    with pytest.raises(Broken):
        asyncio.run(scenario())
    before, after = made
    assert (before.closed, after.closed) == (True, False)
    assert before.handed_on is not None
    assert before.handed_on.fileno() == -1
