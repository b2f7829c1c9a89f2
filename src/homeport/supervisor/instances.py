"""All instances of a supervisor, by name."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from homeport.drivers.base import ENDED_KEPT, InstanceState, Known, Observed, Usage
from homeport.drivers.process.wire import InstanceSpec, Sight, Stop
from homeport.model.causes import Cause, failed
from homeport.model.workloads import InstanceOrder
from homeport.supervisor.components import Components
from homeport.supervisor.instance import Instance, Surroundings
from homeport.supervisor.ports import Ports
from homeport.supervisor.records import Record

HOUSEKEEPING_SECONDS: Final = 2.0
"""How often the logs' sizes are looked at while anything runs."""


class Instances:
    """Starts, shows and ends instances; refuses whoever comes with a fence that was overtaken."""

    def __init__(self, around: Surroundings, components: Components, *, settled: Callable[[], None]) -> None:
        """`settled` is called whenever an instance has ended for good."""
        self._around = around
        self._components = components
        self._settled = settled
        self._instances: dict[str, Instance] = {}
        self._ports = Ports()
        self._ending: set[asyncio.Future[list[str]]] = set()
        self._open = True

    def load(self) -> None:
        """Take over the instances of an earlier supervisor: what lives is watched again, what died is started again."""
        for record in self._around.records.all():
            instance = self._instances[record.spec.order.name] = Instance(record, self._around)
            if record.wanted:
                instance.begin()
            elif record.process is not None:
                # Its end was under way when that supervisor ended.
                self._ending.add(ending := asyncio.ensure_future(self._end([instance])))
                ending.add_done_callback(self._ending.discard)
            if instance.lives:
                self._ports.keep(record.port)

    def living(self) -> list[Instance]:
        """Return the instances that run, or shall run, or are not gone yet."""
        return [instance for instance in self._instances.values() if instance.lives]

    def ended(self) -> list[str]:
        """Return the names of instances of which nothing runs any more."""
        return [name for name, instance in self._instances.items() if not instance.lives]

    def is_ready(self, name: str) -> bool | None:
        """Tell whether an instance may be given traffic; None when it is none of this supervisor's."""
        instance = self._instances.get(name)
        return None if instance is None else instance.ready

    async def start(self, spec: InstanceSpec) -> None:
        """Make an instance be there; one that is there already stays as it is.

        Raises:
            TaskFailed: the fence was overtaken (`internal`), no port is free (`start-failed`), the instance is being
                ended and does not end (`still-alive`), or all are being ended (`driver-unreachable`).
        """
        order = spec.order
        self._admit(order)
        known = self._instances.get(order.name)
        if known is not None and known.ending:
            if not await known.stop():
                raise failed(Cause.STILL_ALIVE, f"instance {order.name} does not end, so it cannot be started again")
            self._admit(order)
            known = self._instances.get(order.name)
        if known is not None and known.lives:
            return
        if known is not None:
            self._ports.give_back(known.record.port)
        record = Record(spec=spec, port=self._ports.take())
        self._around.records.save(record)
        self._instances[order.name] = Instance(record, self._around)
        self._instances[order.name].begin()
        self._forget_old(order.owner.component_id)

    def _admit(self, order: InstanceOrder) -> None:
        if not self._open:
            raise failed(Cause.DRIVER_UNREACHABLE, "the supervisor is ending: `homeport down` was asked for")
        self._components.admit(order.owner.component_id, order.fence)

    def sights(self, names: Iterable[str]) -> dict[str, Sight]:
        """Return what there is of each of `names`."""
        return {name: Sight(self._observed(name), self._around.changes.revision(name)) for name in names}

    def usage(self, names: Iterable[str]) -> dict[str, Usage]:
        """Return what each of `names` has used so far; one that does not run is left out."""
        found = [self._instances[name] for name in names if name in self._instances]
        return {one.name: used for one in found if one.lives and (used := one.usage()) is not None}

    async def stop(self, asked: Stop) -> list[str]:
        """End instances, all at the same time; return the names of those of which something still lives.

        Raises:
            TaskFailed: a higher fence was seen for the component of one of them (`internal`); none was ended.
        """
        found = [self._instances[name] for name in asked.names if name in self._instances]
        for instance in found:
            self._components.admit(instance.spec.order.owner.component_id, asked.fence)
        return await self._end(found)

    async def stop_all(self) -> list[str]:
        """End every instance and start none any more; return the names of those of which something still lives."""
        self._open = False
        return await self._end(self.living())

    def known(self) -> list[Known]:
        """Return every instance that is not gone."""
        return [_known(instance) for instance in self.living()]

    async def forget(self, component_id: str) -> None:
        """Remove the records, folders and logs of a component's instances.

        Raises:
            TaskFailed: one of them still lives (`still-alive`).
        """
        own = [one for one in self._instances.values() if one.spec.order.owner.component_id == component_id]
        if alive := [instance.name for instance in own if instance.lives]:
            raise failed(Cause.STILL_ALIVE, f"instances of component {component_id} still run: {', '.join(alive)}")
        for instance in own:
            self._drop(instance)
        layout = self._around.layout
        for folder in (layout.instances / component_id, layout.logs / component_id):
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)

    async def forget_ended(self, before: int) -> None:
        """Remove the records, folders and logs of instances that ended before a time, in microseconds since 1970."""
        ended = [one for one in self._instances.values() if not one.lives]
        for instance in ended:
            at = await asyncio.to_thread(self._around.records.written_at, instance.record)
            if at < before and not instance.lives and self._instances.get(instance.name) is instance:
                self._drop(instance)

    async def keep_house(self) -> None:
        """Rotate logs that have grown too large, for ever."""
        while True:
            await self._around.clock.sleep(HOUSEKEEPING_SECONDS)
            for instance in self.living():
                with contextlib.suppress(OSError):
                    if instance.log_is_over():
                        await asyncio.to_thread(instance.rotate_log)

    async def _end(self, instances: Sequence[Instance]) -> list[str]:
        gone = await asyncio.gather(*(instance.stop() for instance in instances))
        for instance, is_gone in zip(instances, gone, strict=True):
            if is_gone:
                self._ports.give_back(instance.record.port)
        self._settled()
        return [instance.name for instance, is_gone in zip(instances, gone, strict=True) if not is_gone]

    def _observed(self, name: str) -> Observed:
        instance = self._instances.get(name)
        return Observed(name=name, state=InstanceState.ABSENT) if instance is None else instance.observed()

    def _forget_old(self, component_id: str) -> None:
        ended = [
            instance
            for instance in self._instances.values()
            if instance.spec.order.owner.component_id == component_id and not instance.lives
        ]
        for instance in sorted(ended, key=lambda one: one.spec.order.asked_at)[:-ENDED_KEPT]:
            self._drop(instance)

    def _drop(self, instance: Instance) -> None:
        del self._instances[instance.name]
        self._around.records.remove(instance.record)
        self._around.changes.forget(instance.name)


def _known(instance: Instance) -> Known:
    order = instance.spec.order
    return Known(name=order.name, component_id=order.owner.component_id, job_id=order.job_id, fence=order.fence)
