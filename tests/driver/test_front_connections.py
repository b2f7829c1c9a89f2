"""WebSockets and plain TCP through the front."""

import asyncio
from functools import partial

import aiohttp
import pytest
from aiohttp import web

from homeport.routing.base import Backend
from homeport.routing.front_targets import drain


async def chat(closed: asyncio.Future[int], request: web.Request) -> web.WebSocketResponse:
    """Say back what is said, in a protocol of the client's choice; end when told to."""
    socket = web.WebSocketResponse(protocols=("chat.v2", "chat.v1"))
    await socket.prepare(request)
    await socket.send_str(f"{request.raw_path} {request.headers['X-Forwarded-For']} {request.headers.get('Origin')}")
    async for message in socket:
        if message.data == "end":
            await socket.close(code=4000, message=b"as you wish")
        elif message.type is aiohttp.WSMsgType.TEXT:
            await socket.send_str(message.data)
        else:
            await socket.send_bytes(message.data)
    closed.set_result(socket.close_code)
    return socket


async def with_chat(house, scenario, **facts):
    closed = asyncio.get_running_loop().create_future()
    await house.route(await house.backend(partial(chat, closed)))
    async with house.client.ws_connect(f"{house.url}/room?id=1", **facts) as socket:
        return await scenario(socket, closed)


def test_a_websocket_opens_where_it_was_asked_for(in_front) -> None:
    async def talk(socket, _):
        return await socket.receive_str()

    told = in_front(lambda house: with_chat(house, talk, origin="http://shop"))

    assert told == "/room?id=1 127.0.0.1 http://shop"


@pytest.mark.parametrize("size", [0, 5, 2_000_000])
def test_messages_pass_both_ways(in_front, size) -> None:
    async def talk(socket, _):
        await socket.receive_str()
        await socket.send_str("x" * size)
        text = await socket.receive_str()
        await socket.send_bytes(bytes(size))
        return text, await socket.receive_bytes()

    assert in_front(lambda house: with_chat(house, talk, max_msg_size=0)) == ("x" * size, bytes(size))


def test_the_instance_chooses_the_protocol(in_front) -> None:
    async def talk(socket, _):
        return socket.protocol

    assert in_front(lambda house: with_chat(house, talk, protocols=("chat.v1",))) == "chat.v1"


def test_a_close_by_the_instance_reaches_the_client(in_front) -> None:
    async def talk(socket, _):
        await socket.receive_str()
        await socket.send_str("end")
        message = await socket.receive()
        return message.type, message.data, message.extra

    assert in_front(lambda house: with_chat(house, talk)) == (aiohttp.WSMsgType.CLOSE, 4000, "as you wish")


def test_a_close_by_the_client_reaches_the_instance(in_front) -> None:
    async def talk(socket, closed):
        await socket.receive_str()
        await socket.close(code=4001)
        return await closed

    assert in_front(lambda house: with_chat(house, talk)) == 4001


def test_a_client_that_is_lost_is_closed_at_the_instance(in_embedded_front) -> None:
    async def talk(socket, closed):
        await socket.receive_str()
        socket._response.connection.transport.abort()
        return await closed

    assert in_embedded_front(lambda house: with_chat(house, talk)) == 1001


def test_a_client_learns_that_its_instance_has_ended(in_embedded_front) -> None:
    async def scenario(house):
        async def answer(request):
            socket = web.WebSocketResponse()
            await socket.prepare(request)
            request.transport.abort()
            return socket

        await house.route(await house.backend(answer))
        async with house.client.ws_connect(house.url) as socket:
            return (await socket.receive()).data

    assert in_embedded_front(scenario) == 1012


def test_an_instance_that_refuses_a_websocket_is_answered_for(in_front) -> None:
    async def answer(request):
        return web.Response(status=403, headers={"X-Why": "because"})

    async def scenario(house):
        await house.route(await house.backend(answer))
        with pytest.raises(aiohttp.WSServerHandshakeError) as refusal:
            await house.client.ws_connect(house.url)
        return refusal.value.status, refusal.value.headers["X-Why"]

    assert in_front(scenario) == (403, "because")


@pytest.mark.parametrize("backends", [(), (Backend(name="cart-1", address="127.0.0.1:1"),)])
def test_a_websocket_without_an_instance_is_refused_for_now(in_front, backends) -> None:
    async def scenario(house):
        await house.route(*backends)
        with pytest.raises(aiohttp.WSServerHandshakeError) as refusal:
            await house.client.ws_connect(house.url)
        return refusal.value.status

    assert in_front(scenario) == 503


def test_a_websocket_is_waited_for_only_so_long(in_front) -> None:
    async def scenario(house):
        async def talk(socket, _):
            await socket.receive_str()
            await house.switch(drain_seconds=0.05)
            await socket.send_str("still here")
            return await socket.receive_str()

        return await with_chat(house, talk)

    assert in_front(scenario) == "still here"


class TestTcp:
    """Routes of protocol tcp."""

    @staticmethod
    async def shout(reader, writer):
        """Say back, louder, what was said once it is all said."""
        writer.write((await reader.read()).upper())
        await writer.drain()

    def test_bytes_pass_both_ways_and_so_does_their_end(self, in_front) -> None:
        async def scenario(house):
            await house.route(await house.raw_backend(self.shout), protocol="tcp")
            reader, writer = await house.raw("hello")
            writer.write_eof()
            answer = await reader.read()
            writer.close()
            return answer

        assert in_front(scenario) == b"HELLO"

    def test_much_passes(self, in_front) -> None:
        async def scenario(house):
            await house.route(await house.raw_backend(self.shout), protocol="tcp")
            reader, writer = await house.raw("x" * 5_000_000)
            writer.write_eof()
            answer = await reader.read()
            writer.close()
            return len(answer)

        assert in_front(scenario) == 5_000_000

    def test_a_connection_goes_to_an_instance_that_takes_it(self, in_front) -> None:
        async def scenario(house):
            dead = Backend(name="cart-0", address="127.0.0.1:1")
            await house.route(dead, await house.raw_backend(self.shout), protocol="tcp")
            answers = []
            for _ in range(3):
                reader, writer = await house.raw("hello")
                writer.write_eof()
                answers.append(await reader.read())
                writer.close()
            return answers

        assert in_front(scenario) == [b"HELLO"] * 3

    def test_a_connection_is_closed_where_there_is_no_instance(self, in_front) -> None:
        async def scenario(house):
            await house.route(protocol="tcp")
            reader, writer = await house.raw("hello")
            try:
                return await reader.read()
            except ConnectionResetError:
                return b""
            finally:
                writer.close()

        assert in_front(scenario) == b""

    def test_a_connection_under_way_is_waited_for(self, in_front) -> None:
        async def scenario(house):
            async def talk(reader, writer):
                writer.write(b"go on")
                await self.shout(reader, writer)

            await house.route(await house.raw_backend(talk), protocol="tcp")
            reader, writer = await house.raw("hello")
            await reader.readexactly(len("go on"))
            left = await house.route(protocol="tcp")
            draining = asyncio.ensure_future(drain(left, 1_000))
            await asyncio.sleep(0)
            waited = not draining.done()
            writer.write_eof()
            answer = await reader.read()
            writer.close()
            await draining
            return waited, answer

        assert in_front(scenario) == (True, b"HELLO")

    def test_an_address_changes_its_protocol_and_keeps_its_port(self, in_front) -> None:
        async def scenario(house):
            await house.route()
            first = house.port
            await house.route(await house.raw_backend(self.shout), protocol="tcp", port=first)
            reader, writer = await house.raw("hello")
            writer.write_eof()
            answer = await reader.read()
            writer.close()
            return first == house.port, answer

        assert in_front(scenario) == (True, b"HELLO")
