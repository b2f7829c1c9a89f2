"""What a configuration of type `access` opens: further addresses of a component (contract/contract.md, section 8).

An item of type LoadBalancer has its ports to itself; items of type Ingress may share a port, apart by host and path.
ClusterIP opens nothing: within an environment the instances reach each other as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from ipaddress import ip_network
from typing import Any, Final, Literal

import msgspec

from homeport.model.access_edits import check_operators, has_operators
from homeport.model.errors import InvalidParameter, PortClash, PortOutOfRange, Refused, shown
from homeport.model.shapes import converted

MOST_ENTRANCES: Final = 100
"""How many ports the items of a component may have together."""
MOST_RULES: Final = 100
"""How many pairs of host and path a port may have."""
MOST_NETWORKS: Final = 1_000
"""How many addresses a list may have."""

_INGRESS_PORTS: Final = {"HTTP": 80, "HTTPS": 443}
_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST: Final = re.compile(rf"(?:\*\.)?{_LABEL}(?:\.{_LABEL})*")
_LONGEST_HOST: Final = 253
_PATH: Final = re.compile(r"/[\x21-\x7e]{0,1023}")


class Rule(msgspec.Struct, frozen=True):
    """Which requests of a port are for a component: a host (empty: any; `*.example.com`: one label more) and a path."""

    host: str = ""
    path: str = "/"
    exact: bool = False
    """Whether the path is the whole path; else it is how the path begins."""


class Entrance(msgspec.Struct, frozen=True, kw_only=True):
    """A further address of a component: a port of the front, and what is let in there."""

    type: Literal["LoadBalancer", "Ingress"]
    port: int
    protocol: Literal["tcp", "http", "https"]
    target_port: int = 0
    """Where instances listen, if elsewhere than where the driver has them listen; 0: there."""
    rules: tuple[Rule, ...] = ()
    """Of a port for HTTP; at least one."""
    allowed: tuple[str, ...] = ()
    """Networks that are let in; empty: all."""
    denied: tuple[str, ...] = ()
    """Networks that are not, also where they are allowed."""
    certificate: str = ""
    """Name or id of the certificate that a port for HTTPS shows."""
    strict_tls: bool = False
    """Whether only ciphers with forward secrecy and authenticated encryption will do."""

    @property
    def shared(self) -> bool:
        """Whether other components may open the same port."""
        return self.type == "Ingress"

    @property
    def told_apart(self) -> bool:
        """Whether hosts and paths tell requests apart at its port."""
        return self.shared or self.rules not in ((), (Rule(),))


class _Path(msgspec.Struct, frozen=True):
    hostname: str = ""
    path: str = "/"
    url_match_mode: Literal["STARTS_WITH", "REGEX", "EQUAL_TO", ""] = "STARTS_WITH"


class _Port(msgspec.Struct, frozen=True):
    target_port: int | None = None
    port: int | None = None
    protocol: Literal["TCP", "HTTP", "HTTPS", ""] = ""
    default_certificate: str = ""
    certificate: str = ""
    policy: Literal["tls-1-2-strict", "tls-1-2", "tls-1-1", "tls-1-0", ""] = ""
    paths: tuple[_Path, ...] = ()


class _Control(msgspec.Struct, frozen=True):
    """Both shapes that are in use: two lists, or one with its kind."""

    black: tuple[str, ...] = ()
    white: tuple[str, ...] = ()
    type: Literal["white", "black", ""] = ""
    ip_list: tuple[str, ...] = ()


class _Item(msgspec.Struct, frozen=True):
    type: Literal["ClusterIP", "LoadBalancer", "Ingress", ""] = ""
    domain_names: tuple[str, ...] = ()
    access_control: _Control = _Control()
    ports: tuple[_Port, ...] = ()


class _Spec(msgspec.Struct, frozen=True):
    items: tuple[_Item, ...] = ()


def check_access(spec: dict[str, Any], field: str) -> None:
    """Pass when everything that acts can be read; `field` is the path of `spec` in the request.

    With operators, what they make is checked once they are applied.

    Raises:
        InvalidParameter: something cannot be used; the field says what.
        PortOutOfRange: a port is none.
        PortClash: two items want one port that they cannot share.
    """
    for path, name, value in _fields(spec, field):
        if name in ("port", "target_port"):
            check_port(value, f"{path}.{name}")
    converted(spec, _Spec, field)
    if has_operators(spec):
        check_operators(spec, field)
    else:
        placed_entrances(spec, field)


def is_readable(spec: Mapping[str, Any]) -> bool:
    """Tell whether a decoded `data.spec` has the shape of one; what was stored before it was checked may have none."""
    try:
        converted(spec, _Spec, "spec")
    except InvalidParameter:
        return False
    return True


def check_port(port: Any, field: str) -> None:
    """Pass when a decoded value is a port, or None; raise `InvalidParameter` or `PortOutOfRange` otherwise."""
    if port is None:
        return
    if isinstance(port, bool) or not isinstance(port, int):
        raise InvalidParameter(field, "is no whole number", allowed="a whole number from 1 to 65535")
    if not 1 <= port <= 65_535:
        raise PortOutOfRange(field, port)


def entrances_of(spec: Mapping[str, Any]) -> tuple[Entrance, ...]:
    """Return what a stored `data.spec` opens; nothing where it was stored before it was checked and cannot be read."""
    try:
        return tuple(entrance for _, entrance in placed_entrances(spec, "spec"))
    except Refused:
        return ()


def addresses_of(entrance: Entrance, front_host: str) -> list[str]:
    """Return the URLs of an entrance on a front: one for each host and path, `tcp://…` for plain TCP."""
    if entrance.protocol == "tcp":
        return [f"tcp://{front_host}:{entrance.port}"]
    port = "" if entrance.port == _INGRESS_PORTS[entrance.protocol.upper()] else f":{entrance.port}"
    places = [f"{rule.host or front_host}{port}{rule.path if rule.path != '/' else ''}" for rule in entrance.rules]
    return [f"{entrance.protocol}://{place}" for place in places]


def without_effect(spec: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what of a checked `data.spec` does nothing, a sentence each."""
    told: dict[str, None] = {}
    for item in converted(spec, _Spec, "spec").items:
        if item.type == "ClusterIP":
            told["type ClusterIP opens nothing: instances of an environment reach each other as they are"] = None
        elif not item.type and item.ports:
            told["an item without a type opens nothing: give LoadBalancer or Ingress"] = None
        elif item.type:
            told |= dict.fromkeys(told_of for port in item.ports for told_of in _unheeded(port))
    return tuple(told)


def _unheeded(port: _Port) -> Iterator[str]:
    if any(path.url_match_mode == "REGEX" for path in port.paths):
        yield "paths of url_match_mode REGEX lead nowhere: give STARTS_WITH or EQUAL_TO"
    if port.policy in ("tls-1-1", "tls-1-0"):
        yield f"policy {port.policy} is taken as tls-1-2: nothing older is spoken"


def placed_entrances(spec: Mapping[str, Any], field: str) -> list[tuple[str, Entrance]]:
    """Return what a decoded `data.spec` opens, each with its place in the request; raises as `check_access`."""
    found: list[tuple[str, Entrance]] = []
    for index, item in enumerate(converted(spec, _Spec, field).items):
        at = f"{field}.items[{index}]"
        control = item.access_control
        allowed = _networks((*control.white, *_listed(control, "white")), f"{at}.access_control")
        denied = _networks((*control.black, *_listed(control, "black")), f"{at}.access_control")
        if item.type not in ("LoadBalancer", "Ingress"):
            continue
        for number, port in enumerate(item.ports):
            entrance = _entrance(item, port, f"{at}.ports[{number}]")
            if entrance.rules or entrance.protocol == "tcp":
                entrance = msgspec.structs.replace(entrance, allowed=allowed, denied=denied)
                found.append((f"{at}.ports[{number}]", entrance))
    if len(found) > MOST_ENTRANCES:
        raise InvalidParameter(f"{field}.items", f"have {len(found)} ports", allowed=f"{MOST_ENTRANCES} at most")
    _check_apart(found)
    return found


def _listed(control: _Control, kind: str) -> tuple[str, ...]:
    return control.ip_list if control.type == kind else ()


def _networks(texts: tuple[str, ...], field: str) -> tuple[str, ...]:
    if len(texts) > MOST_NETWORKS:
        raise InvalidParameter(field, f"lists {len(texts)} addresses", allowed=f"{MOST_NETWORKS} at most")
    try:
        return tuple(str(ip_network(text.strip(), strict=False)) for text in texts)
    except ValueError as error:
        problem = f"lists what is no address: {error}"
        raise InvalidParameter(field, problem, allowed="addresses and ranges like 192.0.2.7 and 10.0.0.0/8") from None


def _entrance(item: _Item, port: _Port, at: str) -> Entrance:
    is_ingress = item.type == "Ingress"
    protocol = port.protocol or ("HTTP" if is_ingress or port.paths or item.domain_names else "TCP")
    number = port.port or (_INGRESS_PORTS.get(protocol) if is_ingress else None)
    if number is None:
        raise InvalidParameter(f"{at}.port", "is missing", allowed="a whole number from 1 to 65535")
    certificate = port.certificate or port.default_certificate
    if protocol == "TCP" and (is_ingress or port.paths):
        raise InvalidParameter(f"{at}.protocol", "is TCP, which knows no hosts and paths", allowed="HTTP, HTTPS")
    if protocol == "HTTPS" and not certificate:
        raise InvalidParameter(f"{at}.certificate", "is missing", allowed="name or id of a certificate, as HTTPS is")
    return Entrance(
        type="Ingress" if is_ingress else "LoadBalancer",
        port=number,
        protocol={"TCP": "tcp", "HTTP": "http", "HTTPS": "https"}[protocol],  # type: ignore[arg-type]
        target_port=port.target_port or 0,
        rules=() if protocol == "TCP" else _rules(item, port, at),
        certificate=certificate if protocol == "HTTPS" else "",
        strict_tls=protocol == "HTTPS" and port.policy == "tls-1-2-strict",
    )


def _rules(item: _Item, port: _Port, at: str) -> tuple[Rule, ...]:
    hosts = [_host(name, f"{at[: at.rindex('.')]}.domain_names[{i}]") for i, name in enumerate(item.domain_names)]
    rules: dict[Rule, None] = {}
    for index, path in enumerate(port.paths or (_Path(),)):
        own = [_host(path.hostname, f"{at}.paths[{index}].hostname")] if path.hostname else []
        text = path.path or "/"
        if _PATH.fullmatch(text) is None and path.url_match_mode != "REGEX":
            allowed = "a path from its slash on, as in a URL, percent-encoded"
            raise InvalidParameter(f"{at}.paths[{index}].path", f"is {shown(text)}", allowed=allowed)
        if path.url_match_mode != "REGEX":
            exact = path.url_match_mode == "EQUAL_TO"
            rules |= dict.fromkeys(Rule(host, text, exact) for host in own or hosts or [""])
    if len(rules) > MOST_RULES:
        raise InvalidParameter(f"{at}.paths", f"make {len(rules)} pairs of host and path", allowed=f"{MOST_RULES}")
    return tuple(rules)


def is_host(name: str) -> bool:
    """Tell whether requests for a host of this name could be told apart; `*.` in front stands for one label."""
    return len(name) <= _LONGEST_HOST and _HOST.fullmatch(name.lower()) is not None


def _host(name: str, field: str) -> str:
    host = name.lower()
    if not is_host(host):
        raise InvalidParameter(field, f"is {shown(name)}", allowed="a host name, perhaps with *. in front of it")
    return host


def _check_apart(found: list[tuple[str, Entrance]]) -> None:
    first: dict[int, Entrance] = {}
    rules: dict[tuple[int, Rule], str] = {}
    for at, entrance in found:
        before = first.setdefault(entrance.port, entrance)
        alike = (before.protocol, before.strict_tls) == (entrance.protocol, entrance.strict_tls)
        if before is not entrance and not (alike and before.shared and entrance.shared):
            raise PortClash(f"{at}.port", entrance.port, why="another item of the same configuration has it")
        for rule in entrance.rules:
            other = rules.setdefault((entrance.port, rule), at)
            if other != at:
                raise PortClash(f"{at}.paths", entrance.port, why=f"{other} has the same host and path")


def _fields(value: Any, path: str) -> Iterator[tuple[str, str, Any]]:
    """Yield every field of every object in decoded JSON: the object's path, the field's name, its value."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield path, name, inner
            yield from _fields(inner, f"{path}.{name}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _fields(inner, f"{path}[{index}]")
