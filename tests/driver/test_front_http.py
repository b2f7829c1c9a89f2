"""HTTP through the front: everything passes as it is, streamed, and each request finds an instance."""

import asyncio
import contextlib
import io
import json
import socket

import pytest
from aiohttp import web

from driver.fronts import FrontHouse, answering


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


async def echoed(house: FrontHouse, method: str = "GET", path: str = "/", **facts) -> dict:
    await house.route(await house.backend(echo))
    async with house.client.request(method, house.url + path, **facts) as response:
        told = await response.json()
    return told | {"headers": dict(told["headers"])}


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"])
def test_a_method_passes(in_front, method) -> None:
    assert in_front(lambda house: echoed(house, method))["method"] == method


@pytest.mark.parametrize("path", ["/a%2Fb/c%20d?q=1%202&r=%C3%A4", "//double", "/a/../b", "/;x=y", "/?", "/*", "/%7Ea"])
def test_a_path_passes_as_it_was_written(in_front, path) -> None:
    async def scenario(house):
        await house.route(await house.backend(echo))
        reader, writer = await house.raw(f"GET {path} HTTP/1.1\nHost: shop\nConnection: close\n\n")
        answer = await reader.read()
        writer.close()
        return json.loads(answer.partition(b"\r\n\r\n")[2])["path"]

    # The embedded front cannot tell an empty query from none.
    assert in_front(scenario).removesuffix("?") == path.removesuffix("?")


def test_a_body_passes(in_front) -> None:
    assert in_front(lambda house: echoed(house, "POST", data=b"x" * 50))["body"] == "x" * 50


def test_a_large_body_passes(in_front) -> None:
    assert in_front(lambda house: echoed(house, "POST", data=io.BytesIO(bytes(30_000_000))))["size"] == 30_000_000


def test_a_chunked_body_passes(in_front) -> None:
    async def pieces():
        for number in range(5):
            yield f"piece {number} ".encode()

    told = in_front(lambda house: echoed(house, "POST", data=pieces()))

    assert told["body"].startswith("piece 0 piece 1 ")


def test_the_host_passes(in_front) -> None:
    told = in_front(lambda house: echoed(house, headers={"Host": "shop.example.test"}))

    assert told["headers"]["host"] == "shop.example.test"
    assert told["headers"]["x-forwarded-host"] == "shop.example.test"


def test_an_instance_is_told_who_asks(in_front) -> None:
    told = in_front(lambda house: echoed(house, headers={"X-Forwarded-For": "10.0.0.1"}))

    assert told["headers"]["x-forwarded-for"] == "10.0.0.1, 127.0.0.1"
    assert told["headers"]["x-forwarded-proto"] == "http"


def test_a_proxy_before_the_front_says_how_it_was_reached(in_front) -> None:
    told = in_front(lambda house: echoed(house, headers={"X-Forwarded-Proto": "https"}))

    assert told["headers"]["x-forwarded-proto"] == "https"


def test_nothing_is_added_to_a_request_but_who_asks(in_embedded_front) -> None:
    async def scenario(house):
        await house.route(await house.backend(echo))
        reader, writer = await house.raw("GET / HTTP/1.1\nHost: shop\nConnection: close\n\n")
        answer = await reader.read()
        writer.close()
        return {name for name, _ in json.loads(answer.partition(b"\r\n\r\n")[2])["headers"]}

    assert in_embedded_front(scenario) == {"host", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"}


def test_headers_of_one_connection_alone_do_not_pass(in_embedded_front) -> None:
    asked = {"Connection": "keep-alive, X-Mine", "X-Mine": "1", "X-Yours": "2"}
    told = in_embedded_front(lambda house: echoed(house, headers=asked))

    assert "x-yours" in told["headers"]
    assert not {"x-mine", "connection"} & told["headers"].keys()


def test_headers_that_are_always_of_one_connection_do_not_pass(in_front) -> None:
    asked = {"TE": "trailers", "Proxy-Authorization": "Basic eDp5", "Keep-Alive": "timeout=5", "X-Yours": "2"}
    told = in_front(lambda house: echoed(house, headers=asked))

    assert "x-yours" in told["headers"]
    assert not {"te", "proxy-authorization", "keep-alive"} & told["headers"].keys()


def test_an_answer_passes_as_it_is(in_front) -> None:
    async def answer(request):
        headers = [("X-Own", "1"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"), ("Content-Encoding", "gzip")]
        return web.Response(status=418, headers=headers, body=b"not really gzip")

    async def scenario(house):
        await house.route(await house.backend(answer))
        async with house.client.get(house.url) as response:
            return response.status, response.headers.getall("Set-Cookie"), response.headers, await response.read()

    status, cookies, headers, body = in_front(scenario)

    assert (status, cookies, body) == (418, ["a=1", "b=2"], b"not really gzip")
    assert (headers["X-Own"], headers["Content-Encoding"], headers["Content-Length"]) == ("1", "gzip", "15")
    assert len(headers.getall("Date")) == len(headers.getall("Server")) == 1


@pytest.mark.parametrize("status", [204, 304])
def test_an_answer_without_a_body_passes_and_the_connection_stays(in_front, status) -> None:
    async def talk(reader, writer):
        while await reader.readuntil(b"\r\n\r\n"):
            writer.write(f"HTTP/1.1 {status} X\r\nContent-Length: 5\r\nETag: x\r\n\r\n".encode())

    async def scenario(house):
        await house.route(await house.raw_backend(talk))
        statuses = []
        for _ in range(2):
            async with house.client.get(house.url) as response:
                statuses.append(response.status)
        return statuses

    assert in_front(scenario) == [status, status]


def test_a_redirect_is_the_clients_to_follow(in_front) -> None:
    async def answer(request):
        raise web.HTTPFound("/elsewhere")

    async def scenario(house):
        await house.route(await house.backend(answer))
        async with house.client.get(house.url, allow_redirects=False) as response:
            return response.status, response.headers["Location"]

    assert in_front(scenario) == (302, "/elsewhere")


def test_a_head_request_tells_the_length_and_sends_no_body(in_front) -> None:
    async def scenario(house):
        await house.route(await house.backend(answering("twelve bytes")))
        async with house.client.head(house.url) as response:
            head = response.headers["Content-Length"], await response.read()
        async with house.client.get(house.url) as response:
            return head, await response.text()

    assert in_front(scenario) == (("12", b""), "twelve bytes")


def test_a_client_that_waits_for_leave_to_send_its_body_gets_it(in_front) -> None:
    async def scenario(house):
        await house.route(await house.backend(echo))
        reader, writer = await house.raw("POST / HTTP/1.1\nHost: x\nContent-Length: 5\nExpect: 100-continue\n\n")
        leave = await reader.readuntil(b"\r\n\r\n")
        writer.write(b"hello")
        status = await reader.readline()
        writer.close()
        return leave, status

    assert in_front(scenario) == (b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 200 OK\r\n")


def test_an_answer_is_passed_on_while_it_is_being_made(in_front) -> None:
    """Server-sent events, long answers: the first piece arrives although the second is not there yet."""

    async def scenario(house):
        go_on = asyncio.Event()

        async def answer(request):
            response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
            await response.prepare(request)
            await response.write(b"data: first\n\n")
            await go_on.wait()
            await response.write(b"data: second\n\n")
            return response

        await house.route(await house.backend(answer))
        async with house.client.get(house.url) as response:
            first = await response.content.readany()
            go_on.set()
            return first, await response.read()

    assert in_front(scenario) == (b"data: first\n\n", b"data: second\n\n")


@pytest.mark.parametrize("protocol", ["http", "tcp"])
def test_small_pieces_are_sent_at_once(in_embedded_front, protocol) -> None:
    async def scenario(house):
        await house.route(protocol=protocol)
        listening = house.front._sites["c"].listener._server.sockets[0]
        return listening.proto

    # Only then asyncio sets TCP_NODELAY on what it accepts.
    assert in_embedded_front(scenario) == socket.IPPROTO_TCP


def test_a_body_is_passed_on_while_it_is_being_sent(in_front) -> None:
    async def scenario(house):
        arrived = asyncio.Event()

        async def answer(request):
            await request.content.readexactly(5)
            arrived.set()
            await request.content.read()
            return web.Response()

        async def body():
            yield b"first"
            await arrived.wait()
            yield b"second"

        await house.route(await house.backend(answer))
        async with house.client.post(house.url, data=body()) as response:
            return response.status

    assert in_front(scenario) == 200


def test_an_instance_may_answer_before_it_has_read_the_whole_body(in_front) -> None:
    async def talk(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()

    async def scenario(house):
        await house.route(await house.raw_backend(talk))
        reader, writer = await house.raw("POST / HTTP/1.1\nHost: x\nContent-Length: 100000000\n\nbegun")
        status = await reader.readline()
        writer.close()
        return status

    assert b" 413 " in in_front(scenario)


def test_an_instance_learns_that_its_client_has_gone(in_front) -> None:
    async def scenario(house):
        asked, gone = asyncio.Event(), asyncio.Event()

        async def talk(reader, writer):
            await reader.readuntil(b"\r\n\r\n")
            asked.set()
            with contextlib.suppress(ConnectionResetError):
                await reader.read()
            gone.set()

        await house.route(await house.raw_backend(talk))
        _, writer = await house.raw("GET / HTTP/1.1\nHost: x\n\n")
        await asked.wait()
        writer.close()
        await gone.wait()

    in_front(scenario)


def test_a_client_that_goes_in_the_middle_of_its_body_is_let_go(in_front) -> None:
    async def scenario(house):
        asked, gone = asyncio.Event(), asyncio.Event()

        async def talk(reader, writer):
            await reader.readuntil(b"\r\n\r\n")
            asked.set()
            with contextlib.suppress(ConnectionResetError):
                await reader.read()
            gone.set()

        await house.route(await house.raw_backend(talk))
        _, writer = await house.raw("POST / HTTP/1.1\nHost: x\nContent-Length: 1000\n\nbegun")
        await asked.wait()
        writer.close()
        await gone.wait()

    in_front(scenario)


BROKE_OFF = ("Homeport: instance cart-1 broke off", '{"error": "instance cart-1 broke off')
"""As text, and as JSON."""


def test_an_instance_that_breaks_off_before_it_answers_is_a_bad_gateway(in_front) -> None:
    async def talk(reader, writer):
        await reader.readuntil(b"\r\n\r\n")

    async def scenario(house):
        await house.route(await house.raw_backend(talk))
        said = []
        for accepted in ("text/html", "application/json"):
            headers = {"Accept": accepted, "Connection": "close"}
            async with house.client.post(house.url, data=b"x", headers=headers) as response:
                said.append((response.status, response.content_type, (await response.text()).startswith(BROKE_OFF)))
        return said

    assert in_front(scenario) == [(502, "text/plain", True), (502, "application/json", True)]


def test_an_instance_that_speaks_something_else_is_a_bad_gateway(in_front) -> None:
    async def talk(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"SSH-2.0-OpenSSH\r\n\r\n")
        await writer.drain()

    async def scenario(house):
        await house.route(await house.raw_backend(talk))
        async with house.client.post(house.url) as response:
            return response.status

    assert in_front(scenario) == 502


def test_an_answer_that_breaks_off_is_broken_off_for_the_client_too(in_front) -> None:
    async def talk(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this")
        await writer.drain()

    async def scenario(house):
        await house.route(await house.raw_backend(talk))
        reader, writer = await house.raw("GET / HTTP/1.1\nHost: x\n\n")
        answer = await reader.read()
        writer.close()
        return answer.partition(b"\r\n\r\n")[2]

    assert in_front(scenario) == b"only this"


def test_a_request_is_never_sent_twice_when_it_may_have_been_taken(in_front) -> None:
    async def scenario(house):
        asked = []

        async def talk(reader, writer):
            await reader.readuntil(b"\r\n\r\n")
            asked.append(1)

        backends = [await house.raw_backend(talk, name) for name in ("cart-1", "cart-2")]
        await house.route(*backends)
        async with house.client.post(house.url, data=b"order") as response:
            return response.status, len(asked)

    assert in_front(scenario) == (502, 1)
