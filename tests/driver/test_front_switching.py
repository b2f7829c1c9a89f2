"""Switching what is behind an address: whoever is under way is waited for, and no request is lost."""

import asyncio

import aiohttp
from aiohttp import web

from driver.fronts import LONGEST_WAIT, answering
from homeport.routing.front_entrances import CLOSE_SECONDS
from homeport.routing.front_targets import drain


def held(asked: asyncio.Event, go_on: asyncio.Event):
    async def answer(request):
        asked.set()
        await go_on.wait()
        return web.Response(text="done")

    return answer


def test_not_one_request_fails_while_the_instances_behind_it_are_replaced(in_front) -> None:
    """Twenty switches under kept connections; each old instance is stopped as soon as it is drained."""

    async def ask(house, failures, answered, done):
        async with aiohttp.ClientSession() as client:
            while not done.is_set():
                try:
                    async with client.post(house.url, data=b"x" * 100) as response:
                        answered[int(await response.text())].set()
                except (aiohttp.ClientError, ValueError) as error:
                    failures.append(repr(error))

    async def scenario(house):
        failures, done = [], asyncio.Event()
        answered = [asyncio.Event() for _ in range(21)]
        await house.route(await house.backend(answering("0"), "0"))
        asking = [asyncio.ensure_future(ask(house, failures, answered, done)) for _ in range(8)]
        await answered[0].wait()
        for number in range(1, 21):
            await house.switch(await house.backend(answering(str(number)), str(number)))
            await house.stop(str(number - 1))
            await answered[number].wait()
        done.set()
        await asyncio.gather(*asking)
        return failures

    assert in_front(scenario) == []


def test_a_request_under_way_is_waited_for(in_front) -> None:
    async def scenario(house):
        asked, go_on = asyncio.Event(), asyncio.Event()
        await house.route(await house.backend(held(asked, go_on), "old"))
        asking = asyncio.ensure_future(house.client.get(house.url))
        await asked.wait()
        left = await house.route(await house.backend(answering("new"), "new"))
        draining = asyncio.ensure_future(drain(left, LONGEST_WAIT))
        async with house.client.get(house.url) as response:
            meanwhile = await response.text()
        waited = not draining.done()
        go_on.set()
        await draining
        async with await asking as response:
            return waited, meanwhile, await response.text()

    assert in_front(scenario) == (True, "new", "done")


def test_a_request_under_way_is_waited_for_only_so_long(in_front) -> None:
    async def scenario(house):
        asked, go_on = asyncio.Event(), asyncio.Event()
        await house.route(await house.backend(held(asked, go_on), "old"))
        asking = asyncio.ensure_future(house.client.get(house.url))
        await asked.wait()
        await house.switch(await house.backend(answering("new"), "new"), drain_seconds=0.05)
        unanswered = not asking.done()
        go_on.set()
        async with await asking as response:
            return unanswered, await response.text()

    assert in_front(scenario) == (True, "done")


def test_nobody_is_waited_for_where_nothing_is_under_way(in_front) -> None:
    async def scenario(house):
        await house.route(await house.backend(answering("old"), "old"))
        async with house.client.get(house.url):
            pass
        await drain(await house.route(), 1_000)

    in_front(scenario)


def test_an_instance_that_stays_on_the_list_is_not_drained(in_front) -> None:
    async def scenario(house):
        asked, go_on = asyncio.Event(), asyncio.Event()
        stays = await house.backend(held(asked, go_on), "stays")
        await house.route(stays)
        asking = asyncio.ensure_future(house.client.get(house.url))
        await asked.wait()
        await house.switch(stays, await house.backend(answering("new"), "new"), drain_seconds=1_000)
        go_on.set()
        async with await asking as response:
            return response.status

    assert in_front(scenario) == 200


def test_the_instance_with_the_least_to_do_gets_the_next_request(in_front) -> None:
    async def scenario(house):
        asked, go_on = asyncio.Event(), asyncio.Event()
        busy = await house.backend(held(asked, go_on), "busy")
        await house.route(busy)
        asking = asyncio.ensure_future(house.client.get(house.url))
        await asked.wait()
        await house.route(busy, await house.backend(answering("idle"), "idle"))
        texts = []
        for _ in range(5):
            async with house.client.get(house.url) as response:
                texts.append(await response.text())
        go_on.set()
        await (await asking).read()
        return texts

    assert in_front(scenario) == ["idle"] * 5


def test_instances_that_have_nothing_to_do_take_turns(in_front) -> None:
    async def scenario(house):
        await house.route(*[await house.backend(answering(name), name) for name in "abc"])
        texts = []
        for _ in range(6):
            async with house.client.get(house.url) as response:
                texts.append(await response.text())
        return texts

    texts = in_front(scenario)

    assert sorted(texts[:3]) == sorted(texts[3:]) == ["a", "b", "c"]


def test_an_instance_that_is_no_longer_ready_gets_no_request(in_front) -> None:
    async def scenario(house):
        await house.route(*[await house.backend(answering(name), name) for name in "ab"])
        await house.tell(a=False)
        texts = set()
        for _ in range(4):
            async with house.client.get(house.url) as response:
                texts.add(await response.text())
        return texts

    assert in_front(scenario) == {"b"}


def test_addresses_with_requests_under_way_are_closed_all_at_the_same_time(in_front) -> None:
    count = 5

    async def scenario(house):
        reached = asyncio.Semaphore(0)

        async def never(_):
            reached.release()
            await asyncio.Event().wait()

        backend = await house.backend(never)
        asking = []
        for number in range(count):
            await house.route(backend, component_id=f"c{number}")
            asking.append(asyncio.ensure_future(house.client.get(house.url)))
            await reached.acquire()
        begun = asyncio.get_running_loop().time()
        await house.front.close()
        took = asyncio.get_running_loop().time() - begun
        await asyncio.gather(*asking, return_exceptions=True)
        return took

    assert in_front(scenario) < count * CLOSE_SECONDS - 1


def test_a_connection_that_was_just_opened_is_answered_once_when_its_address_closes(in_front) -> None:
    async def scenario(house):
        await house.route(await house.backend(answering("here")))
        reader, writer = await house.raw("")
        # Whoever is answered after it was opened after it: by then it was accepted.
        async with house.client.get(house.url) as response:
            await response.read()
        closing = asyncio.create_task(house.front.close())
        writer.write(b"GET / HTTP/1.1\r\nHost: shop\r\n\r\n")
        answer = await reader.read()
        writer.close()
        await closing
        return answer.endswith(b"here")

    assert in_front(scenario)
