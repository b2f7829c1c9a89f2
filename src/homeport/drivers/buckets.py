"""Buckets that are mounted for instances: by the supervisor, for those that are none of its own, too."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import msgspec

from homeport.drivers.process.link import SupervisorLink
from homeport.drivers.process.wire import BucketMount, BucketUse, Names
from homeport.model.buckets import umask_of
from homeport.model.causes import Cause, failed
from homeport.model.workloads import InstanceOrder


class BucketMounts(Protocol):
    """Mounts buckets for as long as instances use them."""

    async def use(self, use: BucketUse) -> None:
        """Return once the buckets of an instance are mounted; raise `TaskFailed` (`mount-failed`) otherwise."""
        ...

    async def leave(self, names: Sequence[str]) -> None:
        """Note that instances are gone; what nobody uses any more is no longer mounted."""
        ...

    async def keep(self, names: Sequence[str]) -> None:
        """Let go of what only instances use that are none of these and none of the supervisor's own."""
        ...


class NoBuckets:
    """`BucketMounts` where there is nothing to mount them by."""

    async def use(self, use: BucketUse) -> None:
        """Refuse it."""
        names = ", ".join(one.bucket.name for one in use.mounts)
        raise failed(Cause.MOUNT_FAILED, f"there is no supervisor to mount bucket {names}")

    async def leave(self, names: Sequence[str]) -> None:
        """Do nothing."""

    async def keep(self, names: Sequence[str]) -> None:
        """Do nothing."""


class SupervisorBuckets:
    """`BucketMounts` by the supervisor of a data folder."""

    def __init__(self, link: SupervisorLink) -> None:
        self._link = link

    async def use(self, use: BucketUse) -> None:
        """Have them mounted; a supervisor is started where none runs."""
        await self._link.call("PUT", "/v1/buckets", msgspec.json.encode(use), timeout=None)

    async def leave(self, names: Sequence[str]) -> None:
        """Tell the supervisor; where none runs nothing is mounted."""
        await self._tell("leave", names)

    async def keep(self, names: Sequence[str]) -> None:
        """Tell the supervisor; where none runs nothing is mounted."""
        await self._tell("keep", names)

    async def _tell(self, what: str, names: Sequence[str]) -> None:
        if await self._link.runs():
            await self._link.call("POST", f"/v1/buckets/{what}", msgspec.json.encode(Names(tuple(names))), timeout=None)


def use_of(order: InstanceOrder, volumes: Path) -> BucketUse:
    """Return which buckets an instance uses; `volumes` is the folder of all volumes."""
    return BucketUse(
        instance=order.name,
        project_id=order.owner.project_id,
        volumes_dir=str(volumes),
        mounts=tuple(BucketMount(bucket=one, umask=umask_of(one.name, order.mounts)) for one in order.buckets),
    )
