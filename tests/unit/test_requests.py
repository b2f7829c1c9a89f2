"""A request under a key, in a real store: its answer is committed with its effect, and kept for a time."""

import asyncio

import msgspec
import pytest

from homeport.api.calls import Call
from homeport.api.once import answered_once
from homeport.api.operations import OPERATIONS
from homeport.controllers.retention import Retention
from homeport.model.changes import Change, Statement
from homeport.model.errors import ApplicationNameTaken, KeyReused
from homeport.services import deciding
from homeport.services.applications import create_application, list_applications
from homeport.services.asking import Ask, Once, Reply
from homeport.services.deciding import CarriedOut, Decision, accept
from homeport.services.requests import find_reply

HOUR = 3_600_000_000


def ask(key="key-1", **facts):
    made = Ask(project_id="p", key=key, operation="CreateApplication", digest="d1", kept_for=HOUR)
    return msgspec.structs.replace(made, **facts)


def within(context, asked):
    """Return a context that carries out a request; its answer is the id of what was made."""
    once = Once(asked, lambda made: Reply(201, made.id.encode()))
    return msgspec.structs.replace(context, once=once)


def test_the_answer_is_there_once_the_request_was_carried_out(in_house) -> None:
    async def scenario(house):
        environment = await house.environment()
        before = await find_reply(house.context, ask())
        made = await create_application(within(house.context, ask()), house.scope(environment), "shop")
        return before, made, await find_reply(house.context, ask())

    before, made, after = in_house(scenario)
    assert before is None
    assert after == Reply(201, made.id.encode())


def test_a_request_that_is_refused_is_not_written_down(in_house) -> None:
    async def scenario(house):
        environment = await house.environment()
        await house.application(environment, "shop")
        with pytest.raises(ApplicationNameTaken):
            await create_application(within(house.context, ask()), house.scope(environment), "shop")
        return await find_reply(house.context, ask())

    assert in_house(scenario) is None


async def sent_four_times(house):
    """Return what came of a request that was sent four times at once, and what it has made."""
    environment = await house.environment()
    calls = [
        create_application(within(house.context, ask()), house.scope(environment), f"shop-{number}")
        for number in range(4)
    ]
    outcomes = await asyncio.gather(*calls, return_exceptions=True)
    return outcomes, await list_applications(house.context, environment)


def test_of_the_same_request_at_once_one_is_carried_out_and_the_others_are_told(in_house) -> None:
    outcomes, made = in_house(sent_four_times)
    assert sum(isinstance(outcome, CarriedOut) for outcome in outcomes) == 3
    assert len(made) == 1


def test_a_commit_without_its_request_would_be_noticed(in_house, monkeypatch) -> None:
    # The defect that promise P7 is there to catch: the effect is committed, the request is not.
    monkeypatch.setattr(deciding, "noted", lambda _context, _once, change, _result: change)
    _, made = in_house(sent_four_times)
    assert len(made) == 4


def a_call(key):
    """Return a call of CreateApplication under a key."""
    operation = next(one for one in OPERATIONS if one.id == "CreateApplication")
    return Call(operation, ("p",), {b"idempotency-key": key.encode()}, {"query_string": b""}, "r")


def test_a_request_that_its_own_effect_refuses_gets_the_answer_of_the_one_that_was_faster(in_house) -> None:
    async def scenario(house):
        environment = await house.environment()

        async def handler(call):
            context = within(house.context, call.ask)
            await create_application(context, house.scope(environment), "shop")
            return await create_application(house.context, house.scope(environment), "shop")

        answer = await answered_once(house.context, handler)(a_call("key-1"))
        return answer, await list_applications(house.context, environment)

    answer, (made,) = in_house(scenario)
    assert (answer.status, answer.body) == (201, made.id.encode())


def test_a_request_that_something_else_refuses_is_refused(in_house) -> None:
    async def scenario(house):
        environment = await house.environment()
        await house.application(environment, "shop")

        async def handler(call):
            return await create_application(within(house.context, call.ask), house.scope(environment), "shop")

        with pytest.raises(ApplicationNameTaken):
            await answered_once(house.context, handler)(a_call("key-1"))

    in_house(scenario)


def test_a_request_that_changes_nothing_is_written_down_too(in_house) -> None:
    async def scenario(house):
        async def attempt():
            return Decision(None, None)

        once = Once(ask(), lambda _: Reply(200, b"nothing to do"))
        await accept(msgspec.structs.replace(house.context, once=once), attempt)
        return await find_reply(house.context, ask())

    assert in_house(scenario) == Reply(200, b"nothing to do")


@pytest.mark.parametrize("other", [{"digest": "d2"}, {"operation": "CreateComponent"}])
def test_another_request_under_the_key_is_refused(in_house, other) -> None:
    async def scenario(house):
        environment = await house.environment()
        await create_application(within(house.context, ask()), house.scope(environment), "shop")
        with pytest.raises(KeyReused, match=r"Idempotency-Key 'key-1'.*CreateApplication"):
            await find_reply(house.context, ask(**other))

    in_house(scenario)


def test_another_project_has_keys_of_its_own(in_house) -> None:
    async def scenario(house):
        environment = await house.environment()
        await create_application(within(house.context, ask()), house.scope(environment), "shop")
        return await find_reply(house.context, ask(project_id="q", digest="d2"))

    assert in_house(scenario) is None


def test_a_key_whose_time_is_over_stands_for_the_next_request(in_house) -> None:
    async def scenario(house):
        environment = await house.environment()
        await create_application(within(house.context, ask()), house.scope(environment), "shop")
        late = ask(digest="d2", kept_for=0)
        before = await find_reply(house.context, late)
        made = await create_application(within(house.context, late), house.scope(environment), "blog")
        return before, made, await find_reply(house.context, ask(digest="d2"))

    before, made, after = in_house(scenario)
    assert before is None
    assert after == Reply(201, made.id.encode())


def test_retention_removes_the_requests_whose_time_is_over_and_no_others(in_house) -> None:
    async def scenario(house):
        now = house.context.clock.now()
        for key, age in (("old", 2 * HOUR), ("young", HOUR // 2)):
            row = {"project_id": "p", "key": key, "operation": "o", "digest": "d", "status": 200, "answer": "sealed"}
            statement = Statement("add_request", {**row, "made_at": now - age, "since": 0})
            await house.context.store.commit(Change((statement,)))
        await Retention(house.context).step()
        return [
            await house.context.store.row("request", project_id="p", key=key, since=0) is not None
            for key in ("old", "young")
        ]

    assert in_house(scenario, key_time=HOUR) == [False, True]
