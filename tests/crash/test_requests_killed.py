"""An engine that is killed around the commit of a request under a key: sent again, it is the same request."""

import contextlib
import json
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from support.nursery import ForkedServer, Nursery, forked
from support.server import PROJECT
from support.shop import Cart, Shop

CODE = "https://example.test/cart.zip"


@pytest.fixture(scope="module")
def engine(engines: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ForkedServer]:
    with forked(engines, tmp_path_factory.mktemp("engine") / "data", driver="simulated") as engine:
        yield engine


@pytest.fixture
def shop(engine: ForkedServer) -> Shop:
    engine.revive()
    return Shop(engine)


def deploy(engine: ForkedServer, cart: Cart, key: str) -> httpx2.Response:
    """Ask for a deployment under a key."""
    path = f"/v1/{PROJECT}/cae/applications/{cart.shop.application_id}/components/{cart.id}/action"
    with engine.http(cart.shop.environment_id) as client:
        body = json.dumps({"metadata": {"name": "deploy"}}).encode()
        return client.post(path, headers={"Idempotency-Key": key}, content=body)


def jobs_of(shop: Shop, cart: Cart) -> list[Any]:
    return list(shop.own("GET", f"/jobs?component_id={cart.id}")["items"])


@pytest.mark.parametrize("point", ["before-claim", "after-claim"])
def test_a_request_whose_answer_a_crash_may_have_eaten_is_the_same_request_when_it_comes_again(
    engine: ForkedServer, shop: Shop, point: str
) -> None:
    cart = shop.component(CODE)
    engine.stop()
    engine.start(HOMEPORT_CRASH_AT=point)
    with contextlib.suppress(httpx2.TransportError):
        deploy(engine, cart, point)
    engine.wait_for_death()
    engine.start()
    (job,) = jobs_of(shop, cart)
    for _ in range(2):
        answer = deploy(engine, cart, point)
        assert (answer.status_code, answer.json()) == (200, {"job_id": job["id"]})
    assert shop.succeed(job["id"]).status == "success"
    assert len(jobs_of(shop, cart)) == 1
