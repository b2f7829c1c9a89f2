"""Further addresses of a component: ports of its own, ports shared by host and path, lists, TLS, and plain TCP."""

import asyncio
import os
import socket
import ssl
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from driver.fronts import LONGEST_WAIT, FrontHouse, answering, asked
from homeport.model.access import Entrance, Rule
from homeport.model.causes import Cause, TaskFailed
from homeport.routing.front_targets import drain
from support.certificates import certificate
from support.machine import front_range

FIRST, LAST = front_range()
PORT, OTHER = FIRST, FIRST + 1


def opened(port: int = PORT, *rules: Rule, **facts: Any) -> Entrance:
    """Return an entrance for HTTP that others may share, to everything unless rules say what."""
    kind = {"type": "Ingress", "protocol": "http"} | facts
    return Entrance(port=port, rules=() if kind["protocol"] == "tcp" else rules or (Rule(),), **kind)


async def said(house: FrontHouse, path: str = "/", host: str = "any.test", port: int = PORT, **facts: Any) -> Any:
    """Return the answer at an entrance, its text where it is a good one and its status where it is none."""
    url = f"http{'s' if 'ssl' in facts else ''}://127.0.0.1:{port}{path}"
    async with house.client.get(url, headers={"Host": host}, **facts) as response:
        return await response.text() if response.status == 200 else response.status


async def shop(house: FrontHouse, name: str, *entrances: Entrance, **facts: Any) -> None:
    """Let a component answer its name at entrances."""
    await house.stop(name)
    backend = await house.backend(answering(name), name)
    await house.route(backend, component_id=name, component_name=name, entrances=entrances, **facts)


def test_an_entrance_leads_to_the_instances_beside_the_stable_address(in_front) -> None:
    async def scenario(house):
        await shop(house, "cart", opened(PORT), opened(OTHER, type="LoadBalancer"))
        return [await said(house, port=port) for port in (PORT, OTHER, house.port)]

    assert in_front(scenario) == ["cart"] * 3


PLACED = {
    ("shop.test", "/"): "shop",
    ("SHOP.test:81", "/any"): "shop",
    ("shop.test", "/cart/1"): "cart",
    ("shop.test", "/cart/pay/now"): "pay",
    ("shop.test", "/cart/pay"): "paid",
    ("a.shop.test", "/"): "anyone",
    ("a.b.shop.test", "/"): 404,
    ("shop.test.", "/"): 404,
    ("elsewhere.test", "/"): 404,
    ("elsewhere.test", "/open/1?to=/cart"): "open",
    ("elsewhere.test", "/%6Fpen"): "open",
    ("shop.test", "/cart/../open"): 400,
    ("shop.test", "/cart/%2E%2e/open"): 400,
}
"""Who answers, or with which status, by host and path."""


async def raw_answer(host: str, path: str) -> Any:
    """Return the same as `said`, for a path that a client would tidy up."""
    reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    head, _, body = (await reader.read()).decode().partition("\r\n\r\n")
    writer.close()
    status = int(head.split()[1])
    return body if status == 200 else status


def test_a_request_goes_where_host_and_path_fit_best(in_front) -> None:
    async def scenario(house):
        await shop(house, "shop", opened(PORT, Rule("shop.test")))
        await shop(house, "cart", opened(PORT, Rule("shop.test", "/cart")))
        await shop(house, "pay", opened(PORT, Rule("shop.test", "/cart/pay")))
        await shop(house, "paid", opened(PORT, Rule("shop.test", "/cart/pay", exact=True)))
        await shop(house, "anyone", opened(PORT, Rule("*.shop.test")))
        await shop(house, "open", opened(PORT, Rule("", "/open")))
        return {(host, path): await raw_answer(host, path) for host, path in PLACED}

    assert in_front(scenario) == PLACED


def test_a_component_comes_to_a_shared_port_and_leaves_it_while_another_stays(in_front) -> None:
    async def scenario(house):
        await shop(house, "shop", opened(PORT, Rule("shop.test")))
        answers = [await said(house, host="cart.test")]
        await shop(house, "cart", opened(PORT, Rule("cart.test")))
        answers += [await said(house, host="cart.test"), await said(house, host="shop.test")]
        await house.front.remove("cart")
        return [*answers, await said(house, host="cart.test"), await said(house, host="shop.test")]

    assert in_front(scenario) == [404, "cart", "shop", 404, "shop"]


def test_a_request_under_way_is_waited_for_though_its_entrance_changes(in_front) -> None:
    async def scenario(house):
        asked, go_on = asyncio.Event(), asyncio.Event()

        async def held(request: web.Request) -> web.Response:
            asked.set()
            await go_on.wait()
            return web.Response(text="done")

        await house.route(await house.backend(held, "old"), entrances=(opened(PORT),))
        asking = asyncio.ensure_future(said(house))
        await asked.wait()
        new = await house.backend(answering("new"), "new")
        left = await house.route(new, entrances=(opened(PORT, type="LoadBalancer"),))
        draining = asyncio.ensure_future(drain(left, LONGEST_WAIT))
        meanwhile = await said(house)
        waited = not draining.done()
        go_on.set()
        await draining
        return meanwhile, waited, await asking

    assert in_front(scenario) == ("new", True, "done")


def test_an_entrance_that_is_wanted_no_more_takes_no_connection(in_front) -> None:
    async def scenario(house):
        await shop(house, "cart", opened(PORT), opened(OTHER))
        await shop(house, "cart", opened(OTHER))
        with pytest.raises(aiohttp.ClientConnectorError):
            await said(house, port=PORT)
        return await said(house, port=OTHER)

    assert in_front(scenario) == "cart"


@pytest.mark.parametrize(
    ("lists", "client", "answer"),
    [
        ({"allowed": ("127.0.0.2/32",)}, "127.0.0.2", "cart"),
        ({"allowed": ("127.0.0.2/32",)}, "127.0.0.1", 403),
        ({"denied": ("127.0.0.2/31",)}, "127.0.0.3", 403),
        ({"denied": ("127.0.0.2/31",)}, "127.0.0.1", "cart"),
        ({"allowed": ("127.0.0.0/8",), "denied": ("127.0.0.2/32",)}, "127.0.0.2", 403),
        ({"allowed": ("2001:db8::/32",)}, "127.0.0.1", 403),
    ],
)
def test_who_is_let_in_is_decided_by_address(in_front, lists: dict[str, Any], client: str, answer: Any) -> None:
    async def scenario(house):
        await shop(house, "cart", opened(PORT, **lists))
        from_there = aiohttp.ClientSession(connector=aiohttp.TCPConnector(local_addr=(client, 0)))
        async with from_there, from_there.get(f"http://127.0.0.1:{PORT}") as response:
            return await response.text() if response.status == 200 else response.status

    assert in_front(scenario) == answer


def test_lists_change_while_the_port_stays_open(in_front) -> None:
    async def scenario(house):
        answers = []
        for denied in ((), ("127.0.0.0/8",), ()):
            await shop(house, "cart", opened(PORT, denied=denied))
            answers.append(await said(house))
        return answers

    assert in_front(scenario) == ["cart", 403, "cart"]


def shown(port: int, host: str, **facts: Any) -> bytes:
    """Return the certificate that a client is shown when it asks for a host."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    for name, value in facts.items():
        setattr(context, name, value)
    with (
        socket.create_connection(("127.0.0.1", port)) as plain,
        context.wrap_socket(plain, server_hostname=host) as tls,
    ):
        return tls.getpeercert(binary_form=True) or b""


def of(pem: str) -> bytes:
    return ssl.PEM_cert_to_DER_cert(pem)


def secure(host: str, name: str, **facts: Any) -> Entrance:
    return opened(PORT, Rule(host), protocol="https", certificate=name, **facts)


async def forwarded(request: web.Request) -> web.Response:
    return web.Response(text=request.headers["X-Forwarded-Proto"])


def test_https_is_spoken_with_the_certificate_of_the_host_that_is_asked_for(in_front) -> None:
    async def scenario(house):
        shops, carts = certificate("shop.test"), certificate("cart.test")
        pems = {"shop": "".join(shops), "cart": "".join(carts)}
        await shop(house, "shop", secure("shop.test", "shop"), certificates={"shop": pems["shop"]})
        await house.route(
            await house.backend(forwarded, "cart"),
            component_id="cart",
            entrances=(secure("*.cart.test", "cart"),),
            certificates={"cart": pems["cart"]},
        )
        seen = [await asyncio.to_thread(shown, PORT, host) for host in ("shop.test", "a.cart.test", "else.test")]
        words = [await said(house, host=host, ssl=False) for host in ("shop.test", "a.cart.test")]
        return [one == of(shops[0]) for one in seen], [one == of(carts[0]) for one in seen], words

    assert in_front(scenario) == ([True, False, True], [False, True, False], ["shop", "https"])


def test_a_renewed_certificate_is_shown_to_the_next_client(in_front) -> None:
    async def scenario(house):
        seen = []
        for _ in range(2):
            chain, key = certificate("shop.test")
            await shop(house, "shop", secure("shop.test", "shop"), certificates={"shop": chain + key})
            seen.append(await asyncio.to_thread(shown, PORT, "shop.test") == of(chain))
        return seen

    assert in_front(scenario) == [True, True]


def test_a_certificate_that_is_none_is_refused_and_the_route_stays(in_front) -> None:
    async def scenario(house):
        await shop(house, "shop", opened(PORT))
        chain, other_key = certificate("shop.test")[0], certificate("shop.test")[1]
        causes = []
        for pem in ("", "no PEM", chain, chain + other_key):
            with pytest.raises(TaskFailed, match="certificate shop") as refusal:
                await house.route(component_id="shop", entrances=(secure("", "shop"),), certificates={"shop": pem})
            causes.append(refusal.value.failure.cause)
        return causes, await said(house)

    assert in_front(scenario) == ([Cause.CERTIFICATE_UNUSABLE] * 4, "shop")


def test_tls_older_than_1_2_is_not_spoken(in_front) -> None:
    async def scenario(house):
        await shop(house, "shop", secure("", "shop"), certificates={"shop": "".join(certificate("shop.test"))})
        await asyncio.to_thread(shown, PORT, "shop.test", maximum_version=ssl.TLSVersion.TLSv1_2)
        with pytest.raises(ssl.SSLError), pytest.warns(DeprecationWarning, match="TLS"):
            await asyncio.to_thread(shown, PORT, "shop.test", maximum_version=ssl.TLSVersion.TLSv1_1)

    in_front(scenario)


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while piece := await reader.read(100):
        writer.write(piece)
    writer.write(b" and the end")


async def talk(port: int, client: str = "127.0.0.1") -> bytes:
    """Say something over TCP, end it, and return all that comes back; empty where the connection is broken off."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(client, 0))
        writer.write(b"hello")
        writer.write_eof()
        answer = await reader.read()
        writer.close()
    except ConnectionError:
        return b""
    return answer


def test_tcp_goes_both_ways_until_both_sides_have_ended(in_front) -> None:
    async def scenario(house):
        tcp = opened(PORT, type="LoadBalancer", protocol="tcp", denied=("127.0.0.2/32",))
        await house.route(await house.raw_backend(echo), entrances=(tcp,))
        return await talk(PORT), await talk(PORT, "127.0.0.2")

    assert in_front(scenario) == (b"hello and the end", b"")


def test_an_entrance_changes_from_tcp_to_http_on_the_same_port(in_front) -> None:
    async def scenario(house):
        await house.route(await house.raw_backend(echo), entrances=(opened(PORT, protocol="tcp"),))
        before = await talk(PORT)
        await house.route(await house.backend(answering("cart"), "web"), entrances=(opened(PORT),))
        return before, await said(house)

    assert in_front(scenario) == (b"hello and the end", "cart")


def test_an_entrance_leads_to_another_port_of_the_instance(in_front) -> None:
    async def scenario(house):
        main = await house.backend(answering("main"), "main")
        metrics = await house.backend(answering("metrics"), "metrics")
        port = int(metrics.address.rpartition(":")[2])
        await house.route(main, entrances=(opened(PORT, target_port=port), opened(OTHER)))
        return await said(house), await said(house, port=OTHER)

    assert in_front(scenario) == ("metrics", "main")


async def shouting(request: web.Request) -> web.WebSocketResponse:
    socket_ = web.WebSocketResponse()
    await socket_.prepare(request)
    async for message in socket_:
        await socket_.send_str(message.data.upper())
    return socket_


def test_a_websocket_passes_an_entrance(in_front) -> None:
    async def scenario(house):
        await house.route(await house.backend(shouting), entrances=(opened(PORT, Rule("", "/live")),))
        async with house.client.ws_connect(f"ws://127.0.0.1:{PORT}/live") as there:
            await there.send_str("hello")
            heard = await there.receive_str()
        with pytest.raises(aiohttp.WSServerHandshakeError) as refusal:
            await house.client.ws_connect(f"ws://127.0.0.1:{PORT}/elsewhere")
        return heard, refusal.value.status

    assert in_front(scenario) == ("HELLO", 404)


def test_an_entrance_that_cannot_be_had_names_who_has_it_and_changes_nothing_checked_or_set(in_front) -> None:
    async def scenario(house):
        await shop(house, "shop", opened(PORT, Rule("shop.test")))
        address = house.port
        stranger = await asyncio.start_server(lambda *_: None, "127.0.0.1", OTHER)
        wanted = [
            opened(PORT, Rule("shop.test")),
            opened(PORT, type="LoadBalancer"),
            opened(PORT, protocol="tcp", type="LoadBalancer"),
            opened(address, type="LoadBalancer"),
            opened(OTHER),
        ]
        await shop(house, "cart", opened(PORT, Rule("cart.test")))
        told = []
        for entrance in wanted:
            with pytest.raises(TaskFailed) as refusal:
                await house.route(component_id="cart", component_name="cart", entrances=(entrance,))
            assert refusal.value.failure.cause is Cause.PORT_TAKEN
            told.append(refusal.value.failure.what)
            with pytest.raises(TaskFailed) as checked:
                await house.front.check(asked(component_id="cart", component_name="cart", entrances=(entrance,)))
            assert checked.value.failure.what == told[-1]
        stranger.close()
        await house.front.check(asked(component_id="cart", entrances=(opened(PORT, Rule("cart.test")), opened(OTHER))))
        with pytest.raises(OSError, match="Connect call failed"):
            await asyncio.open_connection("127.0.0.1", OTHER)
        return told, await said(house, host="cart.test")

    told, answer = in_front(scenario)

    assert all("component shop" in what for what in told[:4]), told
    assert f"(process {os.getpid()})" in told[4]
    assert answer == "cart"
