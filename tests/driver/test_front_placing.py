"""Where the front places a request, and what it answers when it can place it nowhere."""

import asyncio
import socket

import pytest
from aiohttp import web

from driver.fronts import answering
from homeport.model.causes import Cause, TaskFailed
from homeport.routing.base import Backend


async def echo(request: web.Request) -> web.Response:
    body = await request.read()
    told = {
        "method": request.method,
        "path": request.raw_path,
        "headers": [[name.lower(), value] for name, value in request.headers.items()],
        "size": len(body),
        "body": body[:100].decode("latin-1"),
    }
    return web.json_response(told)


def test_a_request_goes_to_another_instance_when_one_takes_no_connection(in_front) -> None:
    async def scenario(house):
        good = await house.backend(answering("here"), "cart-2")
        await house.route(Backend(name="cart-1", address="127.0.0.1:1"), good)
        texts = []
        for _ in range(4):
            async with house.client.post(house.url, data=b"x" * 100_000) as response:
                texts.append(await response.text())
        return texts

    assert in_front(scenario) == ["here"] * 4


@pytest.mark.parametrize(
    ("backends", "ready", "said"),
    [
        ((), {}, "runs no instance"),
        ((Backend(name="cart-9", address="127.0.0.1:1"),), {"cart-9": False}, "cart-9"),
        ((Backend(name="cart-9", address="127.0.0.1:1"),), {}, "takes connections: cart-9"),
    ],
    ids=["none", "not ready", "refuses"],
)
def test_an_address_without_an_instance_says_so(in_front, backends, ready, said) -> None:
    async def scenario(house):
        await house.tell(**ready)
        await house.route(*backends)
        async with house.client.get(house.url, headers={"Accept": "application/json"}) as response:
            return response.status, response.headers["Retry-After"], (await response.json())["error"]

    status, retry_after, error = in_front(scenario)

    assert (status, retry_after) == (503, "1")
    assert said in error


@pytest.mark.parametrize("ready", [True, False])
def test_an_address_that_nobody_answers_at_says_when_to_come_again(in_front, ready) -> None:
    async def scenario(house):
        await house.tell(cart=ready)
        await house.route(Backend(name="cart", address="127.0.0.1:1"))
        async with house.client.get(house.url) as response:
            return response.status, response.headers["Retry-After"], "no instance" in await response.text()

    assert in_front(scenario) == (503, "1", True)


def test_an_address_without_an_instance_does_not_read_the_body(in_front) -> None:
    async def scenario(house):
        await house.route()
        reader, writer = await house.raw("POST / HTTP/1.1\nHost: x\nContent-Length: 5\nExpect: 100-continue\n\n")
        status = await reader.readline()
        writer.close()
        return status

    assert b" 503 " in in_front(scenario)


def test_a_forward_proxy_is_not_what_an_address_is(in_front) -> None:
    async def scenario(house):
        await house.route(await house.backend(echo))
        reader, writer = await house.raw("CONNECT example.test:443 HTTP/1.1\nHost: example.test:443\n\n")
        status = await reader.readline()
        writer.close()
        return status

    status = in_front(scenario)

    assert status.startswith((b"HTTP/1.1 400", b"HTTP/1.1 501"))


def test_an_address_that_is_closed_takes_no_connection(in_front) -> None:
    async def scenario(house):
        await house.route(await house.backend(echo))
        await house.front.remove("c")
        with pytest.raises(OSError, match=r"refused|Connect"):
            await asyncio.open_connection("127.0.0.1", house.port)

    in_front(scenario)


def test_an_address_keeps_its_port(in_front) -> None:
    async def scenario(house):
        await house.route()
        first = house.port
        await house.route(await house.backend(echo))
        return first, house.port

    first, second = in_front(scenario)

    assert first == second


def test_an_address_moves_to_another_port(in_front) -> None:
    async def scenario(house):
        await house.route()
        with socket.create_server(("127.0.0.1", 0)) as listener:
            free = listener.getsockname()[1]
        await house.route(await house.backend(answering("here")), port=free)
        async with house.client.get(house.url) as response:
            return house.port - free, await response.text()

    assert in_front(scenario) == (0, "here")


def test_an_address_that_cannot_move_stays(in_front) -> None:
    async def scenario(house):
        await house.route(await house.backend(answering("here")))
        taken = int((await house.backend(answering("stranger"), "stranger")).address.rpartition(":")[2])
        with pytest.raises(TaskFailed):
            await house.route(port=taken)
        async with house.client.get(house.url) as response:
            return await response.text()

    assert in_front(scenario) == "here"


def test_a_port_that_somebody_else_has_is_named(in_front) -> None:
    async def scenario(house):
        stranger = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
        port = stranger.sockets[0].getsockname()[1]
        with pytest.raises(TaskFailed) as refusal:
            await house.route(port=port)
        stranger.close()
        return port, refusal.value.failure

    port, failure = in_front(scenario)

    assert failure.cause is Cause.PORT_TAKEN
    assert str(port) in failure.what
    assert "cart" in failure.what
