"""Configurations of a component as values: what an operation changes, what is in force, and what that means.

A component's settings are a set, type -> `data`, where `data` is the user's own JSON and is given back as it came
(contract/terraform.md, section 1). Each POST is an operation that makes the next set from the newest one; it takes
effect with the next deploy or configure. What a set means for an instance is read here; what may be in it is the rule
of `configuration_rules.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from homeport.model.access import Entrance, entrances_of, is_readable, without_effect
from homeport.model.access_edits import with_uids
from homeport.model.bindings import VARIABLES, variables_of
from homeport.model.custom_metrics import CustomMetrics, check_custom_metrics
from homeport.model.errors import InvalidParameter
from homeport.model.log_files import LogFiles, check_log_files, patterns_of
from homeport.model.records import ConfigurationItem
from homeport.model.scaling import ScalingRule
from homeport.model.secret_references import references_of
from homeport.model.volumes import Mount, Volumes, check_volumes, mounts_of
from homeport.model.workloads import Exec, HealthCheck, Lifecycle, Probe

ConfigurationSet = dict[str, msgspec.Raw]
"""The settings of a component: the JSON of `data` by type."""

_MILLISECOND: Final = 1_000


class NewItem(msgspec.Struct, frozen=True):
    """One item of an operation: a type and its `data` as JSON; None resets the type."""

    type: str
    data: bytes | None
    applied: bool = False
    """Whether operators that it came with were applied to what is in effect."""


class Effective(msgspec.Struct, frozen=True, kw_only=True):
    """What a set means for an instance."""

    env: dict[str, str]
    health: HealthCheck
    lifecycle: Lifecycle
    mounts: tuple[Mount, ...] = ()
    log_paths: tuple[str, ...] = ()
    access: tuple[Entrance, ...] = ()
    secrets: dict[str, str] = {}
    """By variable, the names of the secrets that the user refers to; their values are not among the variables yet."""

    @property
    def volumes(self) -> tuple[str, ...]:
        """The names of the volumes that are mounted."""
        return tuple(mount.volume for mount in self.mounts)

    @property
    def target_port(self) -> int:
        """The first port at which `access` wants to reach the program; 0 where it names none."""
        return next((one.target_port for one in self.access if one.target_port), 0)


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """An item of the history, and how it stands."""

    item: ConfigurationItem
    activated: bool
    """Whether a deploy or configure has carried it, perhaps under a newer item of its type."""
    used: bool
    """Whether it is what its type runs with now."""


def laid_over(current: Mapping[str, msgspec.Raw], items: Iterable[NewItem]) -> ConfigurationSet:
    """Return the set after an operation: each item replaces its type, or resets it; other types stay."""
    after = dict(current)
    for item in items:
        if item.data is None:
            after.pop(item.type, None)
        else:
            after[item.type] = msgspec.Raw(item.data)
    return after


def in_effect(type_: str, data: bytes) -> bytes:
    """Return the `data` of a type as the list of what is in effect shows it: entries of `access` by their uids."""
    spec = json_object(msgspec.json.decode(data), "spec") if type_ == "access" else {}
    if not is_readable(without_nulls(spec)):
        return data
    named = with_uids(spec)
    return data if named == spec else msgspec.json.encode({**msgspec.json.decode(data), "spec": named})


def next_operated_at(newest: int | None, now: int) -> int:
    """Return when an operation shall count as done, in microseconds: now, but always later than the newest one.

    Later by a millisecond at least, because that is what Terraform compares (contract/terraform.md, section 4.9).
    """
    return now if newest is None else max(now, newest + _MILLISECOND)


def effective(settings: Mapping[str, msgspec.Raw]) -> Effective:
    """Return what a stored set means for an instance."""
    return _read(settings) if settings else _NOTHING_SET


def _read(settings: Mapping[str, msgspec.Raw]) -> Effective:
    return Effective(
        env=env_of(settings),
        health=health_of(settings),
        lifecycle=lifecycle_of(settings),
        mounts=volumes_of(settings),
        log_paths=log_paths_of(settings),
        access=access_of(settings),
        secrets=references_of(_spec(settings, "env").get("env_references")),
    )


def env_of(settings: Mapping[str, msgspec.Raw]) -> dict[str, str]:
    """Return the environment variables of a stored set: those of its bindings, under those of its user."""
    bound = {name: value for type_ in VARIABLES for name, value in variables_of(type_, _spec(settings, type_)).items()}
    return bound | msgspec.convert(_spec(settings, "env").get("envs") or {}, dict[str, str])


def health_of(settings: Mapping[str, msgspec.Raw]) -> HealthCheck:
    """Return the probes of a stored set; the path of an HTTP probe begins with a slash, whether or not one was sent."""
    sent = msgspec.convert(_spec(settings, "healthCheck"), HealthCheck)
    return HealthCheck(
        liveness_probe=_with_slash(sent.liveness_probe),
        readiness_probe=_with_slash(sent.readiness_probe),
        startup_probe=_with_slash(sent.startup_probe),
    )


def _with_slash(probe: Probe | None) -> Probe | None:
    if probe is None or probe.http_get is None or probe.http_get.path.startswith("/"):
        return probe
    get = msgspec.structs.replace(probe.http_get, path=f"/{probe.http_get.path}")
    return msgspec.structs.replace(probe, http_get=get)


def lifecycle_of(settings: Mapping[str, msgspec.Raw]) -> Lifecycle:
    """Return the hooks of a stored set."""
    hooks = msgspec.convert(_spec(settings, "lifecycle"), Hooks)
    return Lifecycle(post_start=command_of(hooks.post_start), pre_stop=command_of(hooks.pre_stop))


def volumes_of(settings: Mapping[str, msgspec.Raw]) -> tuple[Mount, ...]:
    """Return what a stored set mounts; nothing where it was stored before volumes were checked, and breaks a rule."""
    try:
        volumes = msgspec.convert(_spec(settings, "volume"), Volumes)
        check_volumes(volumes, "volume")
    except (msgspec.ValidationError, InvalidParameter):
        return ()
    return mounts_of(volumes)


def volume_ids(item: NewItem) -> tuple[str, ...]:
    """Return by which ids a checked item of type volume calls volumes that it does not name."""
    volumes = _spec({} if item.data is None else {"volume": msgspec.Raw(item.data)}, "volume").get("volumes") or ()
    return tuple(one["volume_id"] for one in volumes if one.get("volume_id") and not one.get("resource_name"))


def with_volume_names(item: NewItem, names: Mapping[str, str]) -> NewItem:
    """Return an item of type volume in which volumes are named that it calls by an id only; `names` are by id."""
    if not any(id_ in names for id_ in volume_ids(item)):
        return item
    data = without_nulls(msgspec.json.decode(item.data or b"{}"))
    volumes = [_named(volume, names) for volume in data["spec"]["volumes"]]
    return msgspec.structs.replace(
        item, data=msgspec.json.encode({**data, "spec": {**data["spec"], "volumes": volumes}})
    )


def _named(volume: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    known = None if volume.get("resource_name") else names.get(volume.get("volume_id", ""))
    return volume if known is None else {**volume, "resource_name": known}


def log_paths_of(settings: Mapping[str, msgspec.Raw]) -> tuple[str, ...]:
    """Return which files of an instance belong to its log; none where a set was stored unchecked and breaks a rule."""
    try:
        files = msgspec.convert(_spec(settings, "log"), LogFiles)
        check_log_files(files, "log")
    except (msgspec.ValidationError, InvalidParameter):
        return ()
    return patterns_of(files)


def custom_metrics_of(settings: Mapping[str, msgspec.Raw]) -> CustomMetrics | None:
    """Return which metrics of a stored set's program to ask for; None without any, and where a rule is broken."""
    try:
        metrics = msgspec.convert(_spec(settings, "customMetric"), CustomMetrics)
        check_custom_metrics(metrics, "customMetric")
    except (msgspec.ValidationError, InvalidParameter):
        return None
    return metrics if metrics != CustomMetrics() else None


def access_of(settings: Mapping[str, msgspec.Raw]) -> tuple[Entrance, ...]:
    """Return the further addresses that a stored set gives its component."""
    return entrances_of(_spec(settings, "access"))


def idle_access(settings: Mapping[str, msgspec.Raw]) -> tuple[str, ...]:
    """Return what a checked set says of access that has no effect, a sentence each."""
    return without_effect(_spec(settings, "access"))


def scaling_of(settings: Mapping[str, msgspec.Raw]) -> ScalingRule | None:
    """Return the rule of a stored set that scales its component; None without one."""
    spec = _spec(settings, "scaling")
    return msgspec.convert(spec, ScalingRule) if spec else None


class Hook(msgspec.Struct, frozen=True):
    """One hook as CAE writes it."""

    exec: Exec | None = None


class Hooks(msgspec.Struct, frozen=True, rename="camel"):
    """The hooks of `data.spec` of type lifecycle."""

    post_start: Hook | None = None
    pre_stop: Hook | None = None


def command_of(hook: Hook | None) -> Exec | None:
    """Return the command of a hook; None where there is nothing to run."""
    return hook.exec if hook is not None and hook.exec is not None and hook.exec.command else None


def _spec(settings: Mapping[str, msgspec.Raw], type_: str) -> dict[str, Any]:
    data = settings.get(type_)
    return {} if data is None else json_object(without_nulls(msgspec.json.decode(data)), "spec")


def json_object(value: Any, name: str) -> dict[str, Any]:
    """Return a field of decoded JSON that is an object; an empty one where it is something else, or not there."""
    inner = value.get(name) if isinstance(value, dict) else None
    return inner if isinstance(inner, dict) else {}


def without_nulls(value: Any) -> Any:
    """Return decoded JSON without the fields of objects that are null: clients send them for "not set"."""
    if isinstance(value, dict):
        return {name: without_nulls(inner) for name, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [without_nulls(inner) for inner in value]
    return value


def standing(
    items: Sequence[ConfigurationItem], times: Mapping[str, int], serving: str | None, served: Collection[str]
) -> list[Listed]:
    """Return each item of the history with how it stands.

    `times` says when each operation of the component was done, `serving` is the one in effect, `served` are those of
    its snapshots.
    """
    now = times.get(serving) if serving is not None else None
    ever = max((times[name] for name in (*served, serving or "") if name in times), default=None)
    used = _newest_by_type(items, now)
    return [
        Listed(
            item=item,
            activated=ever is not None and item.operated_at <= ever,
            used=item.data is not None and used.get(item.type) is item,
        )
        for item in items
    ]


def _newest_by_type(items: Sequence[ConfigurationItem], until: int | None) -> dict[str, ConfigurationItem]:
    newest: dict[str, ConfigurationItem] = {}
    for item in items:
        if until is not None and item.operated_at <= until:
            known = newest.get(item.type)
            if known is None or known.operated_at < item.operated_at:
                newest[item.type] = item
    return newest


_NOTHING_SET: Final = _read({})
"""What holds where nothing was ever configured, as for most components that a job is about."""
