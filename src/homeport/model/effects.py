"""What of a configuration has no effect on a driver, in words for whoever stores it.

`docs/reference/configurations.md` shows the same as a table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec

from homeport.model.configuration_rules import WITHOUT_EFFECT
from homeport.model.configurations import NewItem, custom_metrics_of, idle_access, log_paths_of, volumes_of
from homeport.model.environments import SIMULATED
from homeport.model.errors import listed

NONE: Final = "ConfigurationWithoutEffect"
"""The event that tells of a type on which nothing acts."""
IN_PART: Final = "ConfigurationInPart"
"""The event that tells of a type that acts, but not in all that was asked for."""

_OF_PROGRAMS: Final = frozenset({"access", "volume", "log", "customMetric"})
"""Types that nothing acts on where no program runs. `env` and the like belong to what driver `simulated` pretends."""
_MOST_SHOWN: Final = 10

_Set = Mapping[str, msgspec.Raw]


class Shortcoming(msgspec.Struct, frozen=True):
    """What to tell of a configuration: the event's name, and its text."""

    event: str
    message: str


def shortcomings(driver: str, item: NewItem) -> tuple[Shortcoming, ...]:
    """Return what of a checked item has no effect on a driver; nothing where all of it has, and for a reset."""
    if item.data is None:
        return ()
    stored = f"Configurations of type {item.type} are stored and given back"
    if item.type in WITHOUT_EFFECT:
        return (Shortcoming(NONE, f"{stored}; no driver of this version acts on them"),)
    if driver == SIMULATED and item.type in _OF_PROGRAMS:
        return (Shortcoming(NONE, f"{stored}; driver {driver} runs no program, so nothing acts on them"),)
    settings = {item.type: msgspec.Raw(item.data)}
    if item.type == "access":
        return tuple(Shortcoming(NONE, f"In the configuration of type access {what}") for what in idle_access(settings))
    told = _IN_PART.get((driver, item.type))
    words = told(settings) if told is not None else ""
    return (Shortcoming(IN_PART, f"Type {item.type} on driver {driver}: {words}"),) if words else ()


def without_buckets(driver: str, names: Sequence[str], why: str) -> Shortcoming:
    """Return what to tell of volumes that are buckets where none can be mounted; `why` says what is missing."""
    what = f"Type volume on driver {driver}: bucket {listed(names)} cannot be mounted as it is now: {why}"
    return Shortcoming(IN_PART, what)


def _volumes_of_processes(settings: _Set) -> str:
    mounts = volumes_of(settings)
    if not mounts:
        return ""
    named = ", ".join(f"{mount.variable} for {mount.path}" for mount in mounts[:_MOST_SHOWN])
    more = f" and {len(mounts) - _MOST_SHOWN} more" if len(mounts) > _MOST_SHOWN else ""
    held = "; ReadOnlyMany is not held" if any(mount.read_only for mount in mounts) else ""
    return f"nothing is mounted at a path of this machine; a variable names each folder: {named}{more}{held}"


def _files_in_containers(settings: _Set) -> str:
    others = [path for path in log_paths_of(settings) if not path.startswith("/")]
    return f"files in containers have absolute paths; nothing is at {listed(others)}" if others else ""


def _metrics_of_processes(settings: _Set) -> str:
    metrics = custom_metrics_of(settings)
    if metrics is None or metrics.port is None:
        return ""
    return f"PORT is asked instead of port {metrics.port}: every instance on this machine has a port of its own"


_IN_PART: Final[dict[tuple[str, str], Callable[[_Set], str]]] = {
    ("process", "volume"): _volumes_of_processes,
    ("process", "customMetric"): _metrics_of_processes,
    ("docker", "log"): _files_in_containers,
}
