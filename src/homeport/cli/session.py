"""What every command that calls the engine has: where it is, how to answer, and the options that say so."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

import click

from homeport.cli.api import Api
from homeport.cli.connection import command, find_target
from homeport.cli.output import Output
from homeport.cli.waiting import SystemWaiter, Waiter
from homeport.settings import default_data_dir

P = ParamSpec("P")
F = TypeVar("F", bound=Callable[..., Any])

JSON_FLAG: Final = "homeport.json"
"""Key in a click context's `meta`: whether the command was asked for JSON, failures included."""


class Session:
    """One run of a command: the engine it calls, and where its answer goes."""

    def __init__(
        self,
        out: Output,
        data_dir: Path,
        *,
        endpoint: str | None = None,
        project: str | None = None,
        ca_file: str | None = None,
        waiter: Waiter | None = None,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        self.out = out
        self.data_dir = data_dir
        self.waiter = waiter or SystemWaiter()
        self._environ = environ
        self._endpoint = endpoint
        self._project = project
        self._ca_file = ca_file

    @cached_property
    def api(self) -> Api:
        """The client; made when it is first needed, so that its failures are the command's."""
        target = find_target(
            self._environ, self.data_dir, endpoint=self._endpoint, project=self._project, ca_file=self._ca_file
        )
        return Api(target, waiter=self.waiter)

    def command(self, words: str) -> str:
        """Return a homeport command that reaches the same engine, to be typed."""
        if self._endpoint and self._endpoint != os.environ.get("HOMEPORT_ENDPOINT"):
            return f"homeport {words} --endpoint {self._endpoint}"
        return command(words, self.data_dir)

    def close(self) -> None:
        """Let go of the connections, if there are any."""
        if "api" in self.__dict__:
            self.api.close()


def json_option(function: F) -> F:
    """Give a command the option --json; failures are then printed as JSON too."""
    return click.option(
        "--json",
        "as_json",
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=_remember_json,
        help="Print one JSON document, and nothing else, to standard output.",
    )(function)


def data_dir_option(function: F) -> F:
    """Give a command the option --data-dir."""
    return click.option(
        "--data-dir",
        type=click.Path(path_type=Path, file_okay=False),
        envvar="HOMEPORT_DATA_DIR",
        default=default_data_dir,
        show_default="~/.local/share/homeport",
        show_envvar=True,
        help="The engine's data folder: finds a local engine and its credentials.",
    )(function)


def output() -> Output:
    """Return where the current command's answer goes."""
    return Output(as_json=bool(click.get_current_context().meta.get(JSON_FLAG)))


def connected(function: Callable[Concatenate[Session, P], None]) -> Callable[..., None]:
    """Give a command a `Session` as its first argument, and the options that say which engine is meant."""

    @json_option
    @data_dir_option
    @click.option(
        "--endpoint", envvar="HOMEPORT_ENDPOINT", show_envvar=True, metavar="URL", help="Where the engine is."
    )
    @click.option("--project", envvar="HOMEPORT_PROJECT_ID", show_envvar=True, metavar="ID", help="The project.")
    @click.option("--ca-file", envvar="HOMEPORT_CA_FILE", show_envvar=True, metavar="FILE", help="PEM file to trust.")
    @functools.wraps(function)
    def run(*args: Any, **options: Any) -> None:
        where = {name: options.pop(name) for name in ("data_dir", "endpoint", "project", "ca_file")}
        session = Session(output(), **where)
        try:
            function(session, *args, **options)
        finally:
            session.close()

    return run


def _remember_json(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: ARG001 - click's
    ctx.meta[JSON_FLAG] = value
