"""Containers as the Engine describes them, and as it is asked for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import msgspec

from homeport.drivers.docker.labels import Identity, identity_of, labels_of
from homeport.model.clock import SECOND
from homeport.model.workloads import InstanceOrder

EVERY_HOST: Final = "0.0.0.0"  # noqa: S104 - inside the container: its loopback cannot be reached from outside
DEFAULT_PORT: Final = 8080
"""What PORT is where neither the component's variables nor the image say one."""

_NANO: Final = 1_000_000_000
_LOG_PARTS: Final = 2


class State(msgspec.Struct, rename="pascal"):
    """How a container is."""

    status: str
    oom_killed: bool = msgspec.field(default=False, name="OOMKilled")
    exit_code: int = 0
    error: str = ""
    started_at: str = ""


class Config(msgspec.Struct, rename="pascal"):
    """What a container was made with."""

    labels: dict[str, str] | None = None
    stop_timeout: int | None = None


class Container(msgspec.Struct, rename="pascal"):
    """A container, looked at closely."""

    id: str
    state: State
    config: Config
    restart_count: int = 0

    @property
    def identity(self) -> Identity | None:
        """Whose it is; None for a foreign one."""
        return identity_of(self.config.labels)

    @property
    def started_at(self) -> int | None:
        """When its program was started last, in microseconds since 1970."""
        return microseconds(self.state.started_at)


class Listed(msgspec.Struct, rename="pascal"):
    """A container in a list."""

    labels: dict[str, str] | None = None


class ImageConfig(msgspec.Struct, rename="pascal"):
    """What its containers are made with."""

    exposed_ports: dict[str, Any] | None = None


class Image(msgspec.Struct, rename="pascal"):
    """An image, looked at closely."""

    id: str
    config: ImageConfig | None = None
    repo_digests: list[str] | None = None


def port_of(order: InstanceOrder, image: Image) -> int:
    """Return where an instance listens.

    At its own variable PORT, else where its `access` configuration wants to reach it, else at the one port its image
    tells of, else at 8080.
    """
    given = order.env.get("PORT", "")
    if given.isascii() and given.isdigit() and 0 < int(given) < 1 << 16:
        return int(given)
    if order.target_port:
        return order.target_port
    exposed = image.config.exposed_ports if image.config is not None else None
    ports = [int(port) for port, _, kind in (name.partition("/") for name in exposed or ()) if kind in ("", "tcp")]
    return ports[0] if len(ports) == 1 else DEFAULT_PORT


def container_of(
    order: InstanceOrder,
    *,
    image: str,
    house: str,
    network: str,
    address: str,
    log_bytes: int,
    mounts: Sequence[Mapping[str, object]] = (),
) -> Any:
    """Return what the Engine is asked for; `address` is `host:port` within the network."""
    host, _, port = address.rpartition(":")
    volumes = {mount.variable: mount.path for mount in order.mounts}
    variables = {"HOST": EVERY_HOST} | volumes | order.env | {"PORT": port}
    return {
        "Image": image,
        "Env": [f"{name}={value}" for name, value in variables.items()],
        "Labels": labels_of(order, house, address),
        "StopTimeout": order.stop_seconds,
        "HostConfig": {
            "Init": True,
            "NanoCpus": int(order.limit.cores * _NANO),
            "Memory": order.limit.memory_bytes,
            # As much with swap as without: there is none to flee to.
            "MemorySwap": order.limit.memory_bytes,
            "RestartPolicy": {"Name": "unless-stopped"},
            "NetworkMode": network,
            "Mounts": list(mounts),
            "LogConfig": {
                "Type": "json-file",
                "Config": {"max-size": str(max(log_bytes // _LOG_PARTS, 1024)), "max-file": str(_LOG_PARTS)},
            },
        },
        "NetworkingConfig": {"EndpointsConfig": {network: {"IPAMConfig": {"IPv4Address": host}}}},
    }


def microseconds(text: str) -> int | None:
    """Return a time of the Engine's in microseconds since 1970; None for one that never was."""
    if not text or text.startswith("0001-"):
        return None
    return round(datetime.fromisoformat(text).timestamp() * SECOND)
