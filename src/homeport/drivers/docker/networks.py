"""One network an environment, and an address of its own in it for every instance.

Docker would give a container another address whenever its program is started again, and the old one to somebody else:
traffic for one component would reach another. So the addresses are ours to give, for which the Engine wants the
network's range to be asked for.
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from homeport.drivers.docker.containers import Listed
from homeport.drivers.docker.engine import DockerEngine, EngineRefused, filters
from homeport.drivers.docker.labels import ENVIRONMENT, HOUSE, identity_of, labels_of_owner
from homeport.model.causes import Cause, failed
from homeport.model.workloads import Owner

_CONFLICT: Final = 409
_NOT_FOUND: Final = 404


class Range(msgspec.Struct, rename="pascal", frozen=True):
    """A range of addresses, as the Engine writes it."""

    subnet: str = ""
    gateway: str = ""


class Ranges(msgspec.Struct, rename="pascal"):
    """Where a network's addresses come from."""

    config: list[Range] | None = None


class Member(msgspec.Struct, rename="pascal"):
    """A container that runs in it."""

    ipv4_address: str = msgspec.field(default="", name="IPv4Address")


class Network(msgspec.Struct, rename="pascal"):
    """A network, looked at closely."""

    id: str
    name: str
    ranges: Ranges = msgspec.field(default_factory=Ranges, name="IPAM")
    containers: dict[str, Member] | None = None
    labels: dict[str, str] | None = None

    @property
    def range(self) -> Range:
        """Its range of IPv4 addresses."""
        return next((one for one in self.ranges.config or () if ":" not in one.subnet), Range())


class Networks:
    """The networks of one data folder's environments; whoever holds the lock is alone at work on them."""

    def __init__(self, engine: DockerEngine) -> None:
        self._engine = engine
        self.lock = asyncio.Lock()
        """Held from the choice of an address until the container that has it is made."""

    async def of(self, owner: Owner, house: str) -> Network:
        """Return an environment's network, making it where there is none.

        Raises:
            TaskFailed: the Engine has no range of addresses left (`start-failed`).
        """
        name = f"homeport-{owner.environment_id}"
        found = await self._found(name)
        if found is None:
            await self._make(name, labels_of_owner(owner, house))
            found = await self._found(name)
        if found is None:
            raise failed(Cause.START_FAILED, f"network {name} was removed while instances were being started")
        return found

    async def free_address(self, network: Network, owner: Owner) -> str:
        """Return an address that no container of the network has, running or not."""
        wanted = filters(label=[f"{ENVIRONMENT}={owner.environment_id}"])
        listed = await self._engine.call("GET", "/containers/json", params={"all": "1", **wanted})
        identities = (identity_of(one.labels) for one in msgspec.json.decode(listed, type=list[Listed]))
        taken = {identity.host for identity in identities if identity is not None}
        taken |= {member.ipv4_address.partition("/")[0] for member in (network.containers or {}).values()}
        for host in _hosts(network.range):
            if host not in taken:
                return host
        raise failed(Cause.START_FAILED, f"network {network.name} has no address left ({len(taken)} are taken)")

    async def remove_unused(self, house: str) -> None:
        """Remove the networks of this data folder in which there is no container of Homeport's."""
        label = f"{HOUSE}={house}"
        listed = await self._engine.call("GET", "/containers/json", params={"all": "1", **filters(label=[label])})
        used = {(one.labels or {}).get(ENVIRONMENT) for one in msgspec.json.decode(listed, type=list[Listed])}
        networks = await self._engine.call("GET", "/networks", params=filters(label=[label]))
        for network in msgspec.json.decode(networks, type=list[Network]):
            if (network.labels or {}).get(ENVIRONMENT) not in used:
                await self._remove(network)

    async def _found(self, name: str) -> Network | None:
        content = await self._engine.found(f"/networks/{name}")
        return None if content is None else msgspec.json.decode(content, type=Network)

    async def _make(self, name: str, labels: dict[str, str]) -> None:
        """Let the Engine choose a range, then ask for a network of that range."""
        chosen = await self._create(name, labels, {})
        if chosen is None:
            return
        network = await self._found(chosen)
        if network is None:
            return
        asked = {"Subnet": network.range.subnet, "Gateway": network.range.gateway}
        await self._remove(network)
        await self._create(name, labels, {"IPAM": {"Config": [asked]}})

    async def _create(self, name: str, labels: dict[str, str], more: dict[str, Any]) -> str | None:
        """Create a network and return its id; None when there is one of this name by now."""
        body = {"Name": name, "CheckDuplicate": True, "Driver": "bridge", "Labels": labels, **more}
        try:
            answer = await self._engine.call("POST", "/networks/create", body=body)
        except EngineRefused as refusal:
            if refusal.status == _CONFLICT:
                return None
            advice = "Remove networks that are not used (docker network prune), or give the Engine more address pools."
            raise failed(Cause.START_FAILED, f"no network: {refusal.message}", advice=advice) from refusal
        return str(msgspec.json.decode(answer)["Id"])

    async def _remove(self, network: Network) -> None:
        try:
            await self._engine.call("DELETE", f"/networks/{network.id}")
        except EngineRefused as refusal:
            if refusal.status != _NOT_FOUND:
                raise failed(Cause.INTERNAL, f"network {network.name} stays: {refusal.message}") from refusal


def _hosts(among: Range) -> Iterator[str]:
    gateway = among.gateway.partition("/")[0]
    for host in ipaddress.IPv4Network(among.subnet or "0.0.0.0/32").hosts():
        if str(host) != gateway:
            yield str(host)
