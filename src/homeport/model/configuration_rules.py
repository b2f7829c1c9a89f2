"""What an item of a configuration may hold (contract/contract.md, section 8).

Types that act are checked in their whole shape before they are stored. Of the others only ports are; whatever else
stands in them is kept and given back untouched. The rules of `access` are in `access.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

import msgspec
from cronsim import CronSim, CronSimError

from homeport.model.access import check_access, check_port
from homeport.model.access_edits import applied, has_operators
from homeport.model.bindings import VARIABLES
from homeport.model.configurations import Hook, Hooks, NewItem, json_object, without_nulls
from homeport.model.custom_metrics import CustomMetrics, check_custom_metrics
from homeport.model.errors import EnvValueNotText, InvalidParameter, shown
from homeport.model.log_files import LogFiles, check_log_files
from homeport.model.scaling import METRICS, MOST_INSTANCES, ScalingRule, Trigger
from homeport.model.secret_references import check_references
from homeport.model.shapes import converted
from homeport.model.volumes import Volumes, check_volumes
from homeport.model.workloads import Exec, HealthCheck, Probe

TYPES: Final = (
    "rds",
    "cse",
    "env",
    "access",
    "scaling",
    "volume",
    "healthCheck",
    "lifecycle",
    "apm2",
    "log",
    "customMetric",
)
"""Every type of configuration, in the order of the contract's schema."""

WITHOUT_EFFECT: Final = frozenset({"apm2"})
"""The types that are stored and given back, and that no driver does anything with."""

MOST_VARIABLES: Final = 1_000
"""How many environment variables a component may have."""
LONGEST_NAME: Final = 256
"""Characters of a variable's name."""
LONGEST_VALUE: Final = 65_536
"""Bytes of a variable's value in UTF-8; Linux takes no more than twice that in one string."""
APPLIED: Final = ", its operators applied: spec"
"""Follows the path of a `spec` where what is said is said of what its operators make."""
LARGEST_SET: Final = 262_144
"""Bytes of JSON that all types of a component may have together."""
LONGEST_PERIOD: Final = 86_400
"""Seconds that any time of a probe may have."""

_VARIABLE: Final = re.compile(r"[A-Za-z_.-][A-Za-z0-9_.-]*")
_VARIABLES: Final = "letters, digits, underscores, hyphens and dots, the first no digit, 256 characters at most"
_PATH: Final = re.compile(r"[\x21-\x7e]*")
_HEADER_NAME: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_HEADER_VALUE: Final = re.compile(r"[\x20-\x7e\t]*")
_PERCENT: Final = re.compile(r"[1-9][0-9]?|100")
_CRON_FIELDS: Final = 5


def checked_item(type_: str, data: bytes | None, field: str) -> NewItem:
    """Return one item as it is stored; nothing, null and `{}` as `data` reset the type.

    `field` is the item's path in the request (`items[0]`).

    Raises:
        InvalidParameter: the type is unknown, or the data cannot be used; the field says which part of it.
        EnvValueNotText: an environment variable has another value than a string.
        PortOutOfRange: a port is none.
    """
    if type_ not in TYPES:
        raise InvalidParameter(f"{field}.type", f"is {shown(type_)}", allowed=", ".join(TYPES))
    value = None if data is None else msgspec.json.decode(data)
    if not value:
        return NewItem(type_, None)
    if not isinstance(value, dict):
        raise InvalidParameter(f"{field}.data", "is no object", allowed="an object with spec and metadata")
    spec = without_nulls(value).get("spec", {})
    if not isinstance(spec, dict):
        raise InvalidParameter(f"{field}.data.spec", "is no object", allowed="an object")
    if type_ == "env":
        # A null is no string either, so the values are looked at as they were sent.
        sent = value.get("spec") or {}
        _check_env(sent.get("envs"), f"{field}.data.spec.envs")
        _check_references(spec, f"{field}.data.spec.env_references")
    elif (check := _CHECKS.get(type_)) is not None:
        check(spec, f"{field}.data.spec")
    return NewItem(type_, data)


def applied_item(item: NewItem, effective: Mapping[str, msgspec.Raw], field: str) -> NewItem:
    """Return a checked item as it is brought into effect: its operators applied to the set that is in effect.

    `field` is the item's path in the request.

    Raises:
        InvalidParameter, PortOutOfRange, PortClash: the operators cannot be applied, or make what cannot be used.
    """
    if item.type != "access" or item.data is None:
        return item
    data = msgspec.json.decode(item.data)
    spec = json_object(without_nulls(data), "spec")
    if not has_operators(spec):
        return item
    base = msgspec.json.decode(effective.get("access", b"{}"))
    after = applied(spec, json_object(without_nulls(base), "spec"), f"{field}.data.spec")
    check_access(after, f"{field}.data.spec{APPLIED}")
    return NewItem("access", msgspec.json.encode({**base, **data, "spec": after}), applied=True)


def check_types_differ(types: Sequence[str], field: str) -> None:
    """Pass when no type is there twice: an operation sets each type once.

    Raises:
        InvalidParameter: one is.
    """
    for index, type_ in enumerate(types):
        if type_ in types[:index]:
            raise InvalidParameter(f"{field}[{index}].type", f"is {type_} once more", allowed="each type once")


def check_size(settings: Mapping[str, msgspec.Raw], field: str) -> None:
    """Pass when all types together are small enough to be kept; raise `InvalidParameter` otherwise."""
    size = sum(len(bytes(data)) for data in settings.values())
    if size > LARGEST_SET:
        problem = f"would make the component's configurations {size} bytes"
        raise InvalidParameter(field, problem, allowed=f"{LARGEST_SET} bytes in all types together")


def _check_env(envs: Any, field: str) -> None:
    if envs is None:
        return
    if not isinstance(envs, dict):
        raise InvalidParameter(field, "is no object", allowed="an object of strings")
    if len(envs) > MOST_VARIABLES:
        raise InvalidParameter(field, f"has {len(envs)} variables", allowed=f"{MOST_VARIABLES} at most")
    for name, value in envs.items():
        if len(name) > LONGEST_NAME or _VARIABLE.fullmatch(name) is None:
            raise InvalidParameter(field, f"has a variable {shown(name)}", allowed=_VARIABLES)
        if not isinstance(value, str):
            raise EnvValueNotText(name)
        if len(value.encode()) > LONGEST_VALUE:
            raise InvalidParameter(f"{field}.{name}", "is too long", allowed=f"{LONGEST_VALUE} bytes of UTF-8 at most")


def _check_references(spec: dict[str, Any], field: str) -> None:
    names = check_references(spec.get("env_references"), spec.get("envs") or (), field)
    if len(names) > MOST_VARIABLES:
        raise InvalidParameter(field, f"has {len(names)} variables", allowed=f"{MOST_VARIABLES} at most")
    for index, name in enumerate(names):
        if len(name) > LONGEST_NAME or _VARIABLE.fullmatch(name) is None:
            raise InvalidParameter(f"{field}[{index}].env_name", f"is {shown(name)}", allowed=_VARIABLES)


def _check_health(spec: dict[str, Any], field: str) -> None:
    check = converted(spec, HealthCheck, field)
    _check_probe(check.liveness_probe, f"{field}.livenessProbe", most_successes=1)
    _check_probe(check.readiness_probe, f"{field}.readinessProbe", most_successes=LONGEST_PERIOD)
    _check_probe(check.startup_probe, f"{field}.startupProbe", most_successes=1)


def _check_probe(probe: Probe | None, field: str, *, most_successes: int) -> None:
    if probe is None:
        return
    ways = [way for way in (probe.http_get, probe.tcp_socket, probe.exec) if way is not None]
    if len(ways) != 1:
        raise InvalidParameter(field, f"has {len(ways)} ways to probe", allowed="one of httpGet, tcpSocket, exec")
    _check_number(probe.period_seconds, f"{field}.periodSeconds", 1)
    _check_number(probe.initial_delay_seconds, f"{field}.initialDelaySeconds", 0)
    _check_number(probe.timeout_seconds, f"{field}.timeoutSeconds", 1)
    _check_number(probe.failure_threshold, f"{field}.failureThreshold", 1)
    # A liveness or startup probe that has to succeed twice is refused by Kubernetes, which CAE runs on.
    _check_number(probe.success_threshold, f"{field}.successThreshold", 1, most_successes)
    _check_way(probe, field)


def _check_number(number: int, field: str, least: int, most: int = LONGEST_PERIOD) -> None:
    if not least <= number <= most:
        allowed = f"a whole number from {least} to {most}" if least < most else str(least)
        raise InvalidParameter(field, f"is {number}", allowed=allowed)


def _check_way(probe: Probe, field: str) -> None:
    if probe.http_get is not None:
        check_port(probe.http_get.port, f"{field}.httpGet.port")
        if _PATH.fullmatch(probe.http_get.path) is None:
            problem = "holds a space, or a character outside of ASCII"
            raise InvalidParameter(f"{field}.httpGet.path", problem, allowed="a path as in a URL, percent-encoded")
        _check_headers(probe.http_get.http_headers, f"{field}.httpGet.httpHeaders")
    elif probe.tcp_socket is not None:
        check_port(probe.tcp_socket.port, f"{field}.tcpSocket.port")
    else:
        _check_command(probe.exec, f"{field}.exec.command")


def _check_headers(headers: Sequence[Mapping[str, str]], field: str) -> None:
    for index, header in enumerate(headers):
        if _HEADER_NAME.fullmatch(header.get("name", "")) is None:
            raise InvalidParameter(f"{field}[{index}].name", "is no name of a header", allowed="a name as in HTTP")
        if _HEADER_VALUE.fullmatch(header.get("value", "")) is None:
            raise InvalidParameter(f"{field}[{index}].value", "is no value of a header", allowed="printable ASCII")


def _check_command(command: Exec | None, field: str) -> None:
    if command is None or not command.command or not command.command[0]:
        raise InvalidParameter(field, "names no program", allowed="an array of strings, the first a program")


def _check_lifecycle(spec: dict[str, Any], field: str) -> None:
    hooks = converted(spec, Hooks, field)
    _check_hook(hooks.post_start, f"{field}.postStart")
    _check_hook(hooks.pre_stop, f"{field}.preStop")


def _check_hook(hook: Hook | None, field: str) -> None:
    if hook is not None and hook.exec is not None:
        _check_command(hook.exec, f"{field}.exec.command")


def _check_volumes(spec: dict[str, Any], field: str) -> None:
    check_volumes(converted(spec, Volumes, field), field)


def _check_log(spec: dict[str, Any], field: str) -> None:
    check_log_files(converted(spec, LogFiles, field), field)


def _check_metric(spec: dict[str, Any], field: str) -> None:
    check_port(spec.get("port"), f"{field}.port")
    check_custom_metrics(converted(spec, CustomMetrics, field), field)


def _check_binding(type_: str, spec: dict[str, Any], field: str) -> None:
    for name in VARIABLES[type_]:
        value = spec.get(name)
        if isinstance(value, str) and len(value.encode()) <= LONGEST_VALUE:
            continue
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            problem = "is too long" if isinstance(value, str) else "is no string"
            raise InvalidParameter(f"{field}.{name}", problem, allowed=f"a string of {LONGEST_VALUE} bytes at most")


def _check_scaling(spec: dict[str, Any], field: str) -> None:
    rule = converted(spec, ScalingRule, field)
    _check_number(rule.max_replica_count, f"{field}.max_replica_count", 1, MOST_INSTANCES)
    _check_number(rule.min_replica_count, f"{field}.min_replica_count", 1, rule.max_replica_count)
    advanced = rule.advanced
    _check_number(advanced.scaledown_rate, f"{field}.advanced.scaledown_rate", 1, MOST_INSTANCES)
    _check_number(advanced.scaleup_rate, f"{field}.advanced.scaleup_rate", 1, MOST_INSTANCES)
    for name in ("scaledown_stabilization_seconds", "scaleup_stabilization_seconds"):
        _check_number(getattr(advanced, name), f"{field}.advanced.{name}", 0)
    for index, trigger in enumerate(rule.triggers):
        _check_trigger(trigger, f"{field}.triggers[{index}]")


def _check_trigger(trigger: Trigger, field: str) -> None:
    facts = trigger.metadata
    if trigger.type == "cron":
        for index, schedule in enumerate(facts.schedulers):
            _check_cron(schedule.cron, f"{field}.metadata.schedulers[{index}].cron")
            target = f"{field}.metadata.schedulers[{index}].target_replica"
            _check_number(schedule.target_replica, target, 1, MOST_INSTANCES)
    elif trigger.type not in METRICS:
        raise InvalidParameter(f"{field}.type", f"is {shown(trigger.type)}", allowed="cpu, memory, cron")
    elif facts.type != "Utilization":
        raise InvalidParameter(f"{field}.metadata.type", f"is {shown(facts.type)}", allowed="Utilization")
    elif _PERCENT.fullmatch(str(facts.value)) is None:
        problem = "is missing" if facts.value is None else f"is {shown(str(facts.value))}"
        raise InvalidParameter(f"{field}.metadata.value", problem, allowed="percent of the limit, 1 to 100")


def _check_cron(cron: str, field: str) -> None:
    allowed = "five fields that name a time there is: minute, hour, day, month, weekday"
    try:
        CronSim(cron, datetime(2000, 1, 1, tzinfo=UTC))
    except CronSimError as error:
        raise InvalidParameter(field, f"is {shown(cron)}: {error}", allowed=allowed) from error
    if len(cron.split()) != _CRON_FIELDS:
        raise InvalidParameter(field, f"is {shown(cron)}", allowed=allowed)


_CHECKS: Final[dict[str, Callable[[dict[str, Any], str], None]]] = {
    "healthCheck": _check_health,
    "lifecycle": _check_lifecycle,
    "access": check_access,
    "scaling": _check_scaling,
    "rds": partial(_check_binding, "rds"),
    "cse": partial(_check_binding, "cse"),
    "volume": _check_volumes,
    "log": _check_log,
    "customMetric": _check_metric,
}
