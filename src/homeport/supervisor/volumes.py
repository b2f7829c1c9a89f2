"""The volumes of an instance: their folders on this machine, and the buckets that are mounted in the place of some."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

from homeport.drivers.buckets import use_of
from homeport.drivers.process.wire import InstanceSpec
from homeport.drivers.volumes import folder_of, make_folder
from homeport.model.volumes import Mount
from homeport.supervisor.buckets import Buckets, MountFailed


def folders_of(spec: InstanceSpec) -> Iterator[tuple[Mount, Path]]:
    """Yield what would be mounted in a container, and where its folders are on this machine."""
    for mount in spec.order.mounts:
        yield mount, folder_of(Path(spec.volumes_dir), spec.order.owner.project_id, mount)


async def make_volumes(spec: InstanceSpec, buckets: Buckets) -> None:
    """Let all folders of an instance's volumes be there.

    Raises:
        MountFailed: a bucket cannot be mounted, or a folder cannot be made.
    """
    order, volumes = spec.order, Path(spec.volumes_dir)
    if order.buckets:
        await buckets.use(use_of(order, volumes))
    try:
        for mount in order.mounts:
            # In a bucket that is a request to a store.
            await asyncio.to_thread(make_folder, volumes, order.owner.project_id, mount)
    except OSError as error:
        raise MountFailed(f"a volume cannot be mounted: {error.strerror or error}") from error
