"""How each crash point of a component's job is reached, and how the job and its component end all the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from support.shop import Cart, Shop

CODE: Final = "https://example.test/cart.zip"


class Story(NamedTuple):
    """How a crash point is reached: what there is before, what is asked for then, and how the job and component end."""

    begin: Callable[[Shop], Cart]
    act: Callable[[Cart], str]
    ends: str = "success"
    stands: tuple[str, int] | None = ("running", 2)
    """Status and available instances of the component in the end; None when it is gone."""


def _new(shop: Shop) -> Cart:
    return shop.component(CODE, replica=2)


def _image(shop: Shop) -> Cart:
    return shop.component("nginx:1", kind="image", runtime="Docker", replica=2)


def _serving(shop: Shop) -> Cart:
    return shop.deployed(CODE, replica=2)


def _paused(shop: Shop) -> Cart:
    cart = _serving(shop)
    cart.succeed("stop")
    return cart


def _asks(action: str, **facts: object) -> Callable[[Cart], str]:
    return lambda cart: cart.act(action, **facts)


CRASHES: Final = {"homeport/script": "ready=crash"}

STORIES: Final[Mapping[str, Story]] = {
    "claim": Story(_new, _asks("deploy")),
    "build-done": Story(_new, _asks("deploy")),
    "pull-done": Story(_image, _asks("deploy")),
    "deploy-done": Story(_new, _asks("deploy")),
    "progress": Story(_new, _asks("deploy")),
    "verify-done": Story(_serving, _asks("upgrade")),
    "record-done": Story(_serving, _asks("upgrade")),
    "upgrade-done": Story(_serving, _asks("upgrade")),
    "rollback-done": Story(_serving, _asks("rollback", snapshot_index=1)),
    "configure-done": Story(_serving, _asks("configure")),
    "restart-done": Story(_serving, _asks("restart")),
    "scale-done": Story(_serving, _asks("scale", replica=3), stands=("running", 3)),
    "stop-done": Story(_serving, _asks("stop"), stands=("paused", 0)),
    "start-done": Story(_paused, _asks("start")),
    "delete-component-done": Story(_paused, lambda cart: cart.ask_to_delete(), stands=None),
    "ending": Story(_serving, _asks("upgrade", annotations=CRASHES), ends="failed"),
    "end": Story(_serving, _asks("upgrade", annotations=CRASHES), ends="failed"),
}
"""A story that passes each commit of a component's job."""

ENVIRONMENTS: Final = frozenset({"create-environment-done", "delete-environment-done"})
"""Commits of the jobs of environments; their test is one of its own."""

NEVER_REACHED: Final = frozenset({"advance"})
"""The step between two tasks that is a commit of its own: every commit that ends a task starts the next one too."""
