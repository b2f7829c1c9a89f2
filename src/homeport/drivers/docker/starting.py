"""The start of an instance: its network and address, its container, its program."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any, Final

import msgspec

from homeport.drivers.buckets import BucketMounts, use_of
from homeport.drivers.docker.containers import container_of, port_of
from homeport.drivers.docker.ending import Ending
from homeport.drivers.docker.engine import DockerEngine, EngineRefused
from homeport.drivers.docker.images import Images
from homeport.drivers.docker.layout import DockerLayout
from homeport.drivers.docker.mounts import binds_of, check_here, folders_mounted, log_folders
from homeport.drivers.docker.networks import Networks
from homeport.drivers.docker.settings import is_here
from homeport.model.causes import Cause, TaskFailed, failed
from homeport.model.workloads import InstanceOrder

_ADDRESS_TRIES: Final = 3
_CONFLICT: Final = 409


class Starting:
    """Starts containers of one data folder."""

    def __init__(
        self,
        engine: DockerEngine,
        images: Images,
        networks: Networks,
        ending: Ending,
        *,
        layout: DockerLayout,
        log_bytes: int,
        volumes: Path,
        buckets: BucketMounts,
    ) -> None:
        self._engine = engine
        self._images = images
        self._networks = networks
        self._ending = ending
        self._layout = layout
        self._log_bytes = log_bytes
        self._volumes = volumes
        self._buckets = buckets

    async def prepare(self, order: InstanceOrder) -> None:
        """Have the buckets of an instance mounted that is going to be created; raises as the driver's `start`."""
        if order.buckets:
            check_here(order.mounts, self._engine.host)
            await self._buckets.use(use_of(order, self._volumes))

    async def begin(self, order: InstanceOrder, house: str, created: str | None) -> None:
        """Start an instance's program; `created` is the container that was made for it already, if one was.

        Raises:
            TaskFailed: as the driver's `start`.
        """
        for _ in range(_ADDRESS_TRIES):
            container_id = created or await self._create(order, house)
            try:
                await self._engine.call("POST", f"/containers/{container_id}/start")
            except EngineRefused as refusal:
                if "already in use" not in refusal.message or "ddress" not in refusal.message:
                    raise _not_started(order, refusal) from refusal
                # Somebody outside of Homeport has taken the address meanwhile.
                await self._ending.remove(container_id)
                created = None
            else:
                return
        raise failed(Cause.START_FAILED, f"instance {order.name}: others take every address of its network")

    async def _create(self, order: InstanceOrder, house: str) -> str:
        image = await self._images.find(order.artifact.reference)
        if image is None:
            what = f"image {order.artifact.image_url} ({order.artifact.reference[:19]}) is gone from this machine"
            raise failed(Cause.IMAGE_MISSING, what, advice="Deploy or upgrade again: that pulls it.")
        # In a bucket, making a folder is a request to a store.
        mounts = await asyncio.to_thread(self._mounts, order)
        async with self._networks.lock:
            network = await self._networks.of(order.owner, house)
            host = await self._networks.free_address(network, order.owner)
            body = container_of(
                order,
                image=image.id,
                house=house,
                network=network.name,
                address=f"{host}:{port_of(order, image)}",
                log_bytes=self._log_bytes,
                mounts=mounts,
            )
            try:
                answer = await self._engine.call("POST", "/containers/create", body=body, params={"name": order.name})
            except EngineRefused as refusal:
                container = await self._ending.look(order.name) if refusal.status == _CONFLICT else None
                if container is not None and container.identity is not None:
                    # Another call or process has been faster.
                    return container.id
                raise (_not_started(order, refusal) if container is None else foreign(order.name)) from refusal
        return str(msgspec.json.decode(answer)["Id"])

    def _mounts(self, order: InstanceOrder) -> list[dict[str, Any]]:
        volumes = binds_of(order.mounts, order.owner.project_id, self._volumes, self._engine.host)
        files = self._layout.files(order.owner.component_id, order.name)
        folders = log_folders(order.log_paths, order.mounts) if is_here(self._engine.host) else ()
        return volumes + folders_mounted(folders, files.folder)


def foreign(name: str) -> TaskFailed:
    """Return the failure for a name that a container of somebody else has."""
    what = f"the name {name} belongs to a container that is none of Homeport's"
    return failed(Cause.START_FAILED, what, advice="Rename or remove that container, then retry the job.")


def _not_started(order: InstanceOrder, refusal: EngineRefused) -> TaskFailed:
    if "no space left" in refusal.message:
        return failed(Cause.DISK_FULL, f"instance {order.name}: {refusal.message}")
    advice = "Check what the image runs (its ENTRYPOINT and CMD)."
    return failed(Cause.START_FAILED, f"instance {order.name}: {refusal.message}", advice=advice)
