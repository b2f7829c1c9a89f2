"""Which front is chosen: by the setting, and by what the machine has."""

import asyncio
from pathlib import Path

import pytest

from homeport.app.routers import RouterMissing, haproxy_of
from homeport.routing.haproxy import installed
from homeport.settings import load_settings
from support.haproxy import PROGRAM, need_haproxy


def chosen(router: str) -> str:
    return asyncio.run(haproxy_of(load_settings({"router": router}, {}, None)))


@pytest.fixture
def haproxy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where haproxy would lie; nothing else is found."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(installed, "_PLACES", str(tmp_path))
    return tmp_path / "haproxy"


def install(program: Path, version: str, *, looks_at_configuration: str = "true") -> None:
    says = f"echo 'HAProxy version {version}-1+deb12u4 2026/10/17'"
    program.write_text(f'#!/bin/sh\nif [ "$1" = -v ]; then {says}; else {looks_at_configuration}; fi\n')
    program.chmod(0o755)


def test_without_haproxy_the_embedded_front_is_chosen_and_asking_for_it_is_refused(haproxy: Path) -> None:
    assert (chosen("auto"), chosen("embedded")) == ("", "")
    with pytest.raises(RouterMissing, match="apt-get install haproxy"):
        chosen("haproxy")


@pytest.mark.parametrize("version", ["2.6.12", "2.10.0", "3.0.1"])
def test_haproxy_is_chosen_where_it_is_and_wanted(haproxy: Path, version: str) -> None:
    install(haproxy, version)
    assert (chosen("auto"), chosen("haproxy"), chosen("embedded")) == (str(haproxy), str(haproxy), "")


@pytest.mark.parametrize(("version", "said"), [("2.4.22", "is version 2.4.22"), ("none", "is version unknown")])
def test_one_that_is_too_old_will_not_do(haproxy: Path, version: str, said: str) -> None:
    install(haproxy, version)
    assert chosen("auto") == ""
    with pytest.raises(RouterMissing, match=said):
        chosen("haproxy")


def test_one_that_does_not_take_the_configuration_will_not_do(haproxy: Path) -> None:
    complaint = "echo '[ALERT] (9) : config : parsing [haproxy.cfg:2]: unknown keyword.' >&2; exit 1"
    install(haproxy, "9.0.0", looks_at_configuration=complaint)
    assert chosen("auto") == ""
    with pytest.raises(RouterMissing, match=r"9\.0\.0 does not take Homeport's configuration: parsing .* keyword"):
        chosen("haproxy")


def test_the_one_of_this_machine_takes_the_configuration() -> None:
    need_haproxy()
    assert chosen("haproxy") == PROGRAM
