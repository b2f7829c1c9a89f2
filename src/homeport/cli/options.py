"""Options that several commands share."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

import click
import msgspec

from homeport.cli.params import DURATION, PAIR
from homeport.cli.places import Place, find_component
from homeport.cli.session import Session, connected

P = ParamSpec("P")

F = TypeVar("F", bound=Callable[..., Any])


def wait_options(function: F) -> F:
    """Give a command that starts a job the options --wait/--no-wait and --timeout."""
    function = click.option(
        "--timeout", "seconds", type=DURATION, metavar="DURATION", help="Wait so long at most: 90s, 10m; exit code 3."
    )(function)
    return click.option(
        "--wait/--no-wait", default=True, show_default=True, help="Follow the job to its end, or return at once."
    )(function)


class How(msgspec.Struct, frozen=True, kw_only=True):
    """How an action is asked for, and how long it is waited for."""

    wait: bool
    seconds: float | None
    annotations: dict[str, str]


def annotation_option(function: F) -> F:
    """Give a command the option --annotation."""
    return click.option(
        "--annotation",
        "annotations",
        type=PAIR,
        multiple=True,
        metavar="NAME=VALUE",
        help="Of the action, as homeport/deadline=20m; may be repeated.",
    )(function)


def action_options(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command on a component --wait, --timeout and --annotation, and what they say as argument `how`."""

    @wait_options
    @annotation_option
    @functools.wraps(function)
    def run(
        *args: Any, wait: bool, seconds: float | None, annotations: tuple[tuple[str, str], ...], **options: Any
    ) -> None:
        function(*args, how=How(wait=wait, seconds=seconds, annotations=dict(annotations)), **options)

    return run


def place_options(function: F) -> F:
    """Give a command on a component the options --env and --app, which are needed where its name is not unique."""
    function = click.option("--app", metavar="NAME", help="The application, by name or id.")(function)
    return click.option("--env", metavar="NAME", help="The environment, by name or id.")(function)


def on_component(function: Callable[Concatenate[Session, Place, P], None]) -> Callable[..., None]:
    """Give a command a `Session`, and the component that its first argument names, as its first two arguments."""

    command: Callable[..., None] = function

    @click.argument("name", metavar="NAME|ID")
    @place_options
    @connected
    @functools.wraps(function)
    def run(session: Session, /, name: str, env: str | None, app: str | None, **options: Any) -> None:
        command(session, find_component(session.api, name, env, app), **options)

    return run
