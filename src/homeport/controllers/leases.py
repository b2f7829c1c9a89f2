"""Runs controllers: loops that nobody called, each under a lease of its own, so that one process has it at a time."""

from __future__ import annotations

import asyncio
from typing import Final, Protocol

from homeport.log_setup import get_logger
from homeport.model.causes import TaskFailed
from homeport.model.changes import Change, Statement, Value
from homeport.model.clock import SECOND
from homeport.services.context import Context
from homeport.store.base import Missed, StoreError

_log = get_logger()

LEASE: Final = 15 * SECOND
"""Microseconds for which a controller belongs to the process that ran it last."""


class Controller(Protocol):
    """A loop's body."""

    @property
    def name(self) -> str:
        """Name of its lease; what acts on a node has the node in it."""
        ...

    @property
    def pause(self) -> float:
        """Seconds between two passes."""
        ...

    async def step(self) -> None:
        """Look at what is, and change what should be otherwise. One that fails is called again after the pause."""
        ...


async def run_controllers(context: Context, owner: str, controllers: list[Controller]) -> None:
    """Run controllers until cancelled; `owner` names this process."""
    async with asyncio.TaskGroup() as group:
        for controller in controllers:
            group.create_task(_run(context, owner, controller))


async def _run(context: Context, owner: str, controller: Controller) -> None:
    lease = _Lease(context, owner, controller.name)
    while True:
        try:
            if await lease.held():
                await controller.step()
        except (TaskFailed, StoreError, Missed) as error:
            _log.warning("controller.failed", controller=controller.name, error=str(error))
        except Exception:  # noqa: BLE001 - it is logged with its traceback
            # One defect must not end the loop: what should be so is looked after for ever.
            _log.exception("controller.crashed", controller=controller.name)
        await context.clock.sleep(controller.pause)


class _Lease:
    """The lease of one controller, renewed when half of it has passed: a pass without news writes nothing."""

    def __init__(self, context: Context, owner: str, name: str) -> None:
        self._context = context
        self._params: dict[str, Value] = {"name": name, "owner": owner, "lease": LEASE}
        self._renew_at = 0.0

    async def held(self) -> bool:
        """Take or renew the lease where that is due; False while it is another process's."""
        now = self._context.clock.monotonic()
        if now >= self._renew_at:
            try:
                await self._context.store.commit(Change((Statement("take_controller", self._params),)))
            except Missed:
                return False
            self._renew_at = now + LEASE / SECOND / 2
        return True
