"""The locks: every dependency by version and hash, for every platform, and no address of where they come from."""

import re
import tomllib
from typing import Any, Final

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from house.tree import ROOT

LOCKS: Final = ("requirements.lock", "requirements-dev.lock", "requirements-peers.lock")
GROUPS: Final = {
    "requirements.lock": ("build",),
    "requirements-dev.lock": ("build", "dev"),
    "requirements-peers.lock": ("peers",),
}
ALONE: Final = ("requirements-peers.lock",)
"""Locks of a group without Homeport."""
_PIN: Final = re.compile(r"(?m)^(?P<name>[a-z0-9.-]+)(\[[a-z,]+\])?==(?P<version>[^ ;]+)")
_HASH: Final = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def _project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def _pins(lock: str) -> dict[str, str]:
    return {found["name"]: found["version"] for found in _PIN.finditer((ROOT / lock).read_text())}


def _asked_for(lock: str) -> list[Requirement]:
    project = _project()
    texts = [] if lock in ALONE else list(project["project"]["dependencies"])
    for group in GROUPS[lock]:
        texts += project["dependency-groups"][group]
    return [Requirement(text) for text in texts]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_what_the_project_asks_for(lock: str):
    pins = _pins(lock)
    unmet = [
        f"{wanted}: locked is {pins.get(canonicalize_name(wanted.name), 'none')}; run make lock"
        for wanted in _asked_for(lock)
        if not wanted.specifier.contains(pins.get(canonicalize_name(wanted.name), ""), prereleases=True)
    ]
    assert unmet == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_no_address(lock: str):
    text = (ROOT / lock).read_text()
    assert not re.findall(r"(?i)://|^-|--(?!hash=)|@", text, re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes(lock: str):
    pieces = re.split(r"(?m)^(?=[a-z])", (ROOT / lock).read_text())[1:]
    assert [piece.split()[0] for piece in pieces if not _HASH.search(piece)] == []


def test_what_runs_is_what_was_tested():
    tested = _pins("requirements-dev.lock")
    assert {name: version for name, version in _pins("requirements.lock").items() if tested.get(name) != version} == {}


def test_the_build_takes_nothing_from_outside_the_lock():
    needs = [canonicalize_name(Requirement(text).name) for text in _project()["build-system"]["requires"]]
    assert [name for name in needs if name not in _pins("requirements.lock")] == []
