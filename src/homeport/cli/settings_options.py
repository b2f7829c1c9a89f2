"""Every setting as an option of a command, with --config for a file of them."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import click
import msgspec

from homeport.cli.failures import ExitCode, Failure
from homeport.settings import SECRET, Facts, SettingError, Settings, describe, flag_of, load_settings, variable_of

P = ParamSpec("P")
F = TypeVar("F", bound=Callable[..., Any])


def with_settings(
    only: Collection[str] = (),
) -> Callable[[Callable[Concatenate[Settings, P], None]], Callable[..., None]]:
    """Give a command the `Settings` as its first argument, and an option for each of them, or for those in `only`."""
    shown = [facts for facts in describe() if not only or facts.name in only]

    def decorate(function: Callable[Concatenate[Settings, P], None]) -> Callable[..., None]:
        command: Callable[..., None] = function

        @functools.wraps(function)
        def run(*args: Any, config: Path | None, **options: Any) -> None:
            flags = {facts.name: options.pop(facts.name) for facts in shown}
            given = {name: value for name, value in flags.items() if value is not None}
            command(settings_of(given, config), *args, **options)

        wrapped: Callable[..., None] = run
        for facts in reversed(shown):
            wrapped = _option(facts)(wrapped)
        return _config_option(wrapped)

    return decorate


def settings_of(flags: dict[str, Any], config: Path | None) -> Settings:
    """Return the settings by flags, the environment and a file; the data folder absolute.

    Raises:
        Failure: one of them cannot be used.
    """
    try:
        settings = load_settings(flags, os.environ, config)
    except SettingError as error:
        text = str(error)
        advice = "Every setting stands in `homeport serve --help`."
        raise Failure(text[:1].upper() + text[1:], advice=advice, code=ExitCode.USAGE) from None
    return msgspec.structs.replace(settings, data_dir=settings.data_dir.absolute())


def _config_option(function: F) -> F:
    return click.option(
        "--config",
        type=click.Path(path_type=Path),
        envvar="HOMEPORT_CONFIG",
        show_envvar=True,
        metavar="FILE",
        help="TOML file of settings; flags and variables count before it.",
    )(function)


def _option(facts: Facts) -> Callable[[F], F]:
    notes = [variable_of(facts.name)]
    if (default := shown_default(facts)) != "":
        notes.append(f"default: {default}")
    warning = " (Others see flags in the list of processes: better the variable.)" if facts.name in SECRET else ""
    help_ = f"{facts.description}{warning}  [{'; '.join(notes)}]"
    flag = flag_of(facts.name)
    if facts.switch:
        return click.option(f"{flag}/--no-{flag[2:]}", facts.name, default=None, help=help_)
    return click.option(flag, facts.name, metavar=_metavar(facts), help=help_)


def shown_default(facts: Facts) -> str:
    """Return a default as documentation shows it; empty where there is none to show."""
    if facts.name == "data_dir":
        return "~/.local/share/homeport"
    if facts.default is None or facts.default == "":
        return ""
    return str(facts.default).lower() if facts.switch else str(facts.default)


def _metavar(facts: Facts) -> str:
    if "," in facts.allowed and " " not in facts.allowed.replace(", ", ""):
        return "[" + facts.allowed.replace(", ", "|") + "]"
    words = {
        "a path": "PATH",
        "paths of folders": "PATHS",
        "text": "TEXT",
        "first-last, two port numbers": "FIRST-LAST",
        "a postgresql:// address": "ADDRESS",
    }
    return words.get(facts.allowed, "NUMBER")
